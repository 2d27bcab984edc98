//! The way into a running station from other threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::client::ConnectionLost;
use super::outbox::Outbox;
use super::protocol::Request;

/// How many messages may wait for the station before their senders do.
const INBOX: usize = 1024;

/// One client's line, numbered in the order they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineId(u64);

/// What clients bring to the station's thread.
pub(super) enum FromClient {
    Connected { line: LineId, outbox: Arc<Outbox> },
    Asked { line: LineId, request: Request },
    Disconnected { line: LineId },
}

/// Opens lines to the station; cheap to clone, outlives nothing.
#[derive(Clone)]
pub struct StationHandle {
    inbox: SyncSender<super::Inbox>,
    lines: Arc<AtomicU64>,
}

impl StationHandle {
    pub(super) fn new() -> (Self, Receiver<super::Inbox>) {
        let (inbox, receiver) = sync_channel(INBOX);
        (Self { inbox, lines: Arc::default() }, receiver)
    }

    pub(super) fn inbox(&self) -> SyncSender<super::Inbox> {
        self.inbox.clone()
    }

    /// Asks the station to finish its files and end, as a service manager does; recording goes on
    /// at the next start.
    pub fn terminate(&self) {
        let _ = self.inbox.send(super::Inbox::Terminate);
    }

    pub(super) fn connect(&self) -> Line {
        let id = LineId(self.lines.fetch_add(1, Ordering::Relaxed));
        let outbox = Arc::new(Outbox::default());
        let connected = FromClient::Connected { line: id, outbox: Arc::clone(&outbox) };
        if self.inbox.send(super::Inbox::Client(connected)).is_err() {
            outbox.close();
        }
        Line { id, outbox, inbox: self.inbox.clone() }
    }
}

/// A client's line; dropping it signs the client out.
pub(super) struct Line {
    id: LineId,
    outbox: Arc<Outbox>,
    inbox: SyncSender<super::Inbox>,
}

impl Line {
    pub fn outbox(&self) -> Arc<Outbox> {
        Arc::clone(&self.outbox)
    }

    pub fn ask(&self, request: Request) -> Result<(), ConnectionLost> {
        let asked = FromClient::Asked { line: self.id, request };
        self.inbox.send(super::Inbox::Client(asked)).map_err(|_| ConnectionLost)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _ = self.inbox.send(super::Inbox::Client(FromClient::Disconnected { line: self.id }));
    }
}
