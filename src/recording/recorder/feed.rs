//! The thread that opens a camera and waits for its frames. It may hang in a driver or in the network:
//! then it is left to itself. A capture that never keeps anybody waiting is asked without it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{CameraOpener, wanted};
use crate::camera::{CameraError, Capture, Captured};
use crate::clock::Clock;
use crate::point::Camera;

/// Frames that wait for the encoder: about two seconds' worth. A camera is made to wait when it is
/// full; none is dropped here.
const QUEUE: usize = 32;
/// How long a capture may wait for a frame before it looks whether it is still needed.
const WAIT: Duration = Duration::from_millis(200);

/// What comes from a camera, in this order.
#[derive(Debug)]
pub enum Item {
    /// It is open; what it agreed to.
    Opened(String),
    Frame(Captured),
    /// The end; nothing follows.
    Failed(CameraError),
}

/// A camera that is being opened or is open.
pub struct Feed {
    sent: Receiver<Sent>,
    /// An open camera that is asked here.
    prompt: Option<Box<dyn Capture>>,
    /// Where that one is let go of.
    back: SyncSender<Box<dyn Capture>>,
    needed: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// What the thread sends.
enum Sent {
    Item(Item),
    /// An open camera that is to be asked by who takes it. Nothing follows.
    Prompt(Box<dyn Capture>),
}

impl Feed {
    pub fn start(camera: &Camera, opener: &CameraOpener, clock: &Arc<dyn Clock>) -> io::Result<Self> {
        let (sender, sent) = sync_channel(QUEUE);
        let (back, returned) = sync_channel(1);
        let needed = Arc::new(AtomicBool::new(true));
        let source = camera.source.clone();
        let wanted = wanted(camera);
        let (opener, clock, still_needed) = (Arc::clone(opener), Arc::clone(clock), Arc::clone(&needed));
        let thread = thread::Builder::new().name(format!("feed-{}", camera.id)).spawn(move || {
            let ended = match opener(&source, &wanted, clock) {
                Ok(capture) if capture.is_prompt() => return lend(capture, &sender, &returned),
                Ok(mut capture) => {
                    let opened = sender.send(Sent::Item(Item::Opened(capture.detail())));
                    opened.is_ok().then(|| pump(&mut *capture, &sender, &still_needed)).flatten()
                }
                Err(error) => Some(error),
            };
            if let Some(error) = ended {
                // Nobody hears it if the feed was abandoned.
                let _ = sender.send(Sent::Item(Item::Failed(error)));
            }
        })?;
        Ok(Self { sent, prompt: None, back, needed, thread })
    }

    /// The next item; None if there was none within `timeout`.
    pub fn recv(&mut self, timeout: Duration) -> Option<Item> {
        if let Some(capture) = &mut self.prompt {
            return match capture.next(timeout) {
                Ok(frame) => frame.map(Item::Frame),
                Err(error) => Some(Item::Failed(error)),
            };
        }
        match self.sent.recv_timeout(timeout) {
            Ok(Sent::Item(item)) => Some(item),
            Ok(Sent::Prompt(capture)) => {
                let detail = capture.detail();
                self.prompt = Some(capture);
                Some(Item::Opened(detail))
            }
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                Some(Item::Failed(CameraError::Failed("its thread ended".to_owned())))
            }
        }
    }

    /// Lets go of the camera. The thread ends as soon as the driver lets it.
    pub fn abandon(mut self) -> JoinHandle<()> {
        self.needed.store(false, Ordering::SeqCst);
        let untaken = || match self.sent.try_recv() {
            Ok(Sent::Prompt(capture)) => Some(capture),
            _ => None,
        };
        if let Some(capture) = self.prompt.take().or_else(untaken) {
            // It has room for the one; the thread waits for it.
            let _ = self.back.send(capture);
        }
        self.thread
    }
}

/// Gives the camera away, and lets go of it here once it is returned: that may take a while.
fn lend(capture: Box<dyn Capture>, sender: &SyncSender<Sent>, returned: &Receiver<Box<dyn Capture>>) {
    if sender.send(Sent::Prompt(capture)).is_ok() {
        drop(returned.recv());
    }
}

/// Passes frames on until nobody needs them (None) or the camera fails.
fn pump(capture: &mut dyn Capture, sender: &SyncSender<Sent>, needed: &AtomicBool) -> Option<CameraError> {
    while needed.load(Ordering::SeqCst) {
        match capture.next(WAIT) {
            Ok(Some(frame)) => sender.send(Sent::Item(Item::Frame(frame))).ok()?,
            Ok(None) => {}
            Err(error) => return Some(error),
        }
    }
    None
}
