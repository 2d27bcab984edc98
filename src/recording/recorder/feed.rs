//! The thread that opens a camera and waits for its frames. It may hang in a driver or in the network:
//! then it is left to itself.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{CameraOpener, wanted};
use crate::camera::{CameraError, Captured};
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
#[derive(Debug)]
pub struct Feed {
    items: Receiver<Item>,
    needed: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Feed {
    pub fn start(camera: &Camera, opener: &CameraOpener, clock: &Arc<dyn Clock>) -> io::Result<Self> {
        let (sender, items) = sync_channel(QUEUE);
        let needed = Arc::new(AtomicBool::new(true));
        let source = camera.source.clone();
        let wanted = wanted(camera);
        let (opener, clock, still_needed) = (Arc::clone(opener), Arc::clone(clock), Arc::clone(&needed));
        let thread = thread::Builder::new().name(format!("feed-{}", camera.id)).spawn(move || {
            let ended = match opener(&source, &wanted, clock) {
                Ok(mut capture) => {
                    let opened = sender.send(Item::Opened(capture.detail()));
                    opened.is_ok().then(|| pump(&mut *capture, &sender, &still_needed)).flatten()
                }
                Err(error) => Some(error),
            };
            if let Some(error) = ended {
                // Nobody hears it if the feed was abandoned.
                let _ = sender.send(Item::Failed(error));
            }
        })?;
        Ok(Self { items, needed, thread })
    }

    /// The next item; None if there was none within `timeout`.
    pub fn recv(&self, timeout: Duration) -> Option<Item> {
        match self.items.recv_timeout(timeout) {
            Ok(item) => Some(item),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                Some(Item::Failed(CameraError::Failed("its thread ended".to_owned())))
            }
        }
    }

    /// Lets go of the camera. The thread ends as soon as the driver lets it.
    pub fn abandon(self) -> JoinHandle<()> {
        self.needed.store(false, Ordering::SeqCst);
        self.thread
    }
}

/// Passes frames on until nobody needs them (None) or the camera fails.
fn pump(
    capture: &mut dyn crate::camera::Capture,
    sender: &SyncSender<Item>,
    needed: &AtomicBool,
) -> Option<CameraError> {
    while needed.load(Ordering::SeqCst) {
        match capture.next(WAIT) {
            Ok(Some(frame)) => sender.send(Item::Frame(frame)).ok()?,
            Ok(None) => {}
            Err(error) => return Some(error),
        }
    }
    None
}
