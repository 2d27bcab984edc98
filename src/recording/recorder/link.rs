//! The way to a camera: opened, given up, opened again after 1, 2, 5, and then every 10 seconds.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::CameraOpener;
use super::feed::{Feed, Item};
use crate::camera::{CameraError, Captured};
use crate::clock::Clock;
use crate::point::{Camera, Source};

const RETRY_MS: [u64; 4] = [1_000, 2_000, 5_000, 10_000];
/// An open camera that gives no frame for this long is given up.
pub const SILENCE_MS: u64 = 5_000;
/// Opening one may take this long.
const OPENING_MS: u64 = 15_000;
/// Threads that hang in a driver; with so many the next try waits until one ends.
const MOST_ABANDONED: usize = 2;

pub struct Link {
    camera: Camera,
    opener: CameraOpener,
    clock: Arc<dyn Clock>,
    feed: Option<Feed>,
    /// What the open camera agreed to; none while it is being opened.
    detail: Option<String>,
    /// When the camera was last asked to open or gave something, by the monotonic clock.
    heard_ms: u64,
    failures: usize,
    retry_at_ms: Option<u64>,
    abandoned: Vec<JoinHandle<()>>,
}

impl Link {
    pub fn new(camera: Camera, opener: CameraOpener, clock: Arc<dyn Clock>) -> Self {
        Self {
            camera,
            opener,
            clock,
            feed: None,
            detail: None,
            heard_ms: 0,
            failures: 0,
            retry_at_ms: None,
            abandoned: Vec::new(),
        }
    }

    /// Waits for what comes from the camera, opening it when it is time to.
    pub fn next(&mut self, timeout: Duration) -> Option<Item> {
        if self.feed.is_none()
            && let Err(error) = self.open()
        {
            return Some(Item::Failed(error));
        }
        let Some(feed) = &mut self.feed else {
            thread::park_timeout(timeout);
            return None;
        };
        let item = feed.recv(timeout);
        let now_ms = self.clock.now().mono_ms;
        match &item {
            Some(Item::Opened(detail)) => {
                self.detail = Some(detail.clone());
                self.heard_ms = now_ms;
            }
            Some(Item::Frame(_)) => self.heard_ms = now_ms,
            Some(Item::Failed(_)) => self.give_up(),
            None => {
                let patience_ms = if self.detail.is_some() { SILENCE_MS } else { OPENING_MS };
                if now_ms.saturating_sub(self.heard_ms) >= patience_ms {
                    self.give_up();
                    return Some(Item::Failed(CameraError::Stalled { seconds: patience_ms / 1000 }));
                }
            }
        }
        item
    }

    /// What has come from the open camera and was not taken yet, or comes within this time.
    pub fn waiting(&mut self, timeout: Duration) -> Option<Captured> {
        match self.feed.as_mut()?.recv(timeout) {
            Some(Item::Frame(captured)) => Some(captured),
            _ => None,
        }
    }

    fn open(&mut self) -> Result<(), CameraError> {
        self.abandoned.retain(|thread| !thread.is_finished());
        let now_ms = self.clock.now().mono_ms;
        let due = self.retry_at_ms.is_none_or(|at_ms| at_ms <= now_ms);
        if !due || self.abandoned.len() >= MOST_ABANDONED {
            return Ok(());
        }
        self.heard_ms = now_ms;
        self.retry_at_ms = None;
        match Feed::start(&self.camera, &self.opener, &self.clock) {
            Ok(feed) => {
                self.feed = Some(feed);
                Ok(())
            }
            Err(error) => {
                self.give_up();
                Err(CameraError::Failed(error.to_string()))
            }
        }
    }

    /// Lets go of the camera until it is time for the next try.
    fn give_up(&mut self) {
        let delay_ms = RETRY_MS[self.failures.min(RETRY_MS.len() - 1)];
        self.failures += 1;
        self.abandon();
        self.retry_at_ms = Some(self.clock.now().mono_ms + delay_ms);
    }

    /// An open camera's frames are of no use: tries it anew.
    pub fn useless(&mut self) {
        if self.detail.is_some() {
            self.give_up();
        }
    }

    fn abandon(&mut self) {
        self.detail = None;
        if let Some(feed) = self.feed.take() {
            self.abandoned.push(feed.abandon());
        }
    }

    /// A frame was good: the next failure is a first one again.
    pub fn works(&mut self) {
        self.failures = 0;
    }

    /// Lets go of the camera.
    pub fn close(&mut self) {
        self.abandon();
        self.failures = 0;
        self.retry_at_ms = None;
    }

    /// Goes over to another device at once. Threads that hang in the old one's driver are not its own.
    pub fn replace(&mut self, source: Source) {
        self.camera.source = source;
        self.close();
        self.abandoned.clear();
    }

    /// What the camera agreed to give.
    pub fn detail(&self) -> &str {
        self.detail.as_deref().unwrap_or_default()
    }

    pub fn retry_at_ms(&self) -> Option<u64> {
        self.retry_at_ms
    }
}
