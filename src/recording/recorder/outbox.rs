//! Events on their way out, without ever waiting for who hears them.

use std::collections::VecDeque;
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread;
use std::time::Duration;

use super::RecorderEvent;

/// Events that wait for a listener who is behind by a whole channel; the next ones are only logged.
const MOST_WAITING: usize = 4_096;

pub struct Outbox {
    events: SyncSender<RecorderEvent>,
    waiting: VecDeque<RecorderEvent>,
}

impl Outbox {
    pub fn new(events: SyncSender<RecorderEvent>) -> Self {
        Self { events, waiting: VecDeque::new() }
    }

    pub fn send(&mut self, event: RecorderEvent) {
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push_back(event);
        } else {
            tracing::error!(?event, "nobody hears the recorder's events");
        }
        self.push();
    }

    /// Hands over what fits.
    pub fn push(&mut self) {
        while let Some(event) = self.waiting.pop_front() {
            match self.events.try_send(event) {
                Ok(()) => {}
                Err(TrySendError::Full(event)) => return self.waiting.push_front(event),
                Err(TrySendError::Disconnected(_)) => self.waiting.clear(),
            }
        }
    }

    /// Hands over everything, for at most half a second.
    pub fn close(mut self) {
        for _ in 0..50 {
            self.push();
            if self.waiting.is_empty() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        tracing::error!(lost = self.waiting.len(), "nobody heard the recorder's last events");
    }
}
