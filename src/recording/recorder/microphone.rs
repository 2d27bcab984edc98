//! The thread that opens a microphone, hears it, and opens it again when it is gone. It may hang in a
//! driver: then it is left to itself.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::camera::sound::{Microphone, Pcm, SoundError};
use crate::clock::Clock;
use crate::point::{CameraId, MicrophoneSelector};

/// Opens microphones, each on the thread that hears it.
pub type MicrophoneOpener =
    Arc<dyn Fn(&MicrophoneSelector, Arc<dyn Clock>) -> Result<Box<dyn Microphone>, SoundError> + Send + Sync>;

/// Pieces that wait for the recorder: ten seconds. More are lost, and silence takes their place.
const QUEUE: usize = 512;
/// How long the thread waits for a piece before it looks whether it is still needed.
const WAIT: Duration = Duration::from_millis(200);
/// A microphone that failed is tried again so much later.
const RETRY: Duration = Duration::from_secs(2);
/// Threads that hang in a driver; with so many none is started.
const MOST_ABANDONED: usize = 2;

/// What comes from a microphone.
#[derive(Debug)]
pub enum Heard {
    /// It is open; which one it is.
    Opened(String),
    Piece(Pcm),
    /// It is tried again by itself.
    Failed(SoundError),
}

/// One camera's microphone, heard from [`MicrophoneLink::open`] to [`MicrophoneLink::close`].
pub struct MicrophoneLink {
    camera: CameraId,
    selector: MicrophoneSelector,
    opener: MicrophoneOpener,
    clock: Arc<dyn Clock>,
    running: Option<Running>,
    abandoned: Vec<JoinHandle<()>>,
}

struct Running {
    heard: Receiver<Heard>,
    needed: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl MicrophoneLink {
    pub fn new(
        camera: CameraId,
        selector: MicrophoneSelector,
        opener: MicrophoneOpener,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { camera, selector, opener, clock, running: None, abandoned: Vec::new() }
    }

    /// Hears from now on, if it does not already.
    pub fn open(&mut self) {
        self.abandoned.retain(|thread| !thread.is_finished());
        if self.running.is_none() && self.abandoned.len() < MOST_ABANDONED {
            match self.start() {
                Ok(running) => self.running = Some(running),
                Err(error) => tracing::error!(camera = %self.camera, %error, "no thread for the microphone"),
            }
        }
    }

    fn start(&self) -> io::Result<Running> {
        let (sender, heard) = sync_channel(QUEUE);
        let needed = Arc::new(AtomicBool::new(true));
        let (selector, opener) = (self.selector.clone(), Arc::clone(&self.opener));
        let (clock, still_needed) = (Arc::clone(&self.clock), Arc::clone(&needed));
        let thread = thread::Builder::new().name(format!("sound-{}", self.camera)).spawn(move || {
            while still_needed.load(Ordering::SeqCst) {
                let failed = match opener(&selector, Arc::clone(&clock)) {
                    Ok(mut microphone) => hear(&mut *microphone, &sender, &still_needed),
                    Err(error) => Some(error),
                };
                let Some(error) = failed else { return };
                tell(&sender, Heard::Failed(error));
                thread::park_timeout(RETRY);
            }
        })?;
        Ok(Running { heard, needed, thread })
    }

    /// The next of what was heard, without waiting.
    pub fn poll(&self) -> Option<Heard> {
        self.running.as_ref()?.heard.try_recv().ok()
    }

    /// What is open is of no use: tries it anew.
    pub fn renew(&mut self) {
        self.close();
        self.open();
    }

    /// Lets go of the microphone. The thread ends as soon as the driver lets it.
    pub fn close(&mut self) {
        if let Some(running) = self.running.take() {
            running.needed.store(false, Ordering::SeqCst);
            running.thread.thread().unpark();
            self.abandoned.push(running.thread);
        }
    }
}

impl Drop for MicrophoneLink {
    fn drop(&mut self) {
        self.close();
    }
}

/// Passes pieces on until nobody needs them (None) or the microphone fails.
fn hear(
    microphone: &mut dyn Microphone,
    sender: &SyncSender<Heard>,
    needed: &AtomicBool,
) -> Option<SoundError> {
    tell(sender, Heard::Opened(microphone.detail()));
    while needed.load(Ordering::SeqCst) {
        match microphone.next(WAIT) {
            Ok(Some(piece)) => tell(sender, Heard::Piece(piece)),
            Ok(None) => {}
            Err(error) => return Some(error),
        }
    }
    None
}

fn tell(sender: &SyncSender<Heard>, heard: Heard) {
    // Full: the recorder is behind by seconds. Gone: nobody needs it.
    let (Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_))) = sender.try_send(heard);
}
