//! A line to a station in this process.

use std::sync::Arc;

use super::mailbox::Mailbox;
use super::{Connection, ConnectionLost, Heed};
use crate::station::handle::{Line, StationHandle};
use crate::station::protocol::{PreviewPicture, Request, Update};

pub struct LocalConnection {
    line: Line,
    mailbox: Mailbox,
}

impl LocalConnection {
    pub fn open(station: &StationHandle) -> Self {
        let line = station.connect();
        let mailbox = Mailbox::new(line.outbox());
        Self { line, mailbox }
    }
}

impl Connection for LocalConnection {
    fn send(&mut self, request: Request) -> Result<(), ConnectionLost> {
        self.line.ask(request)
    }

    fn poll(&mut self) -> Result<Option<Update>, ConnectionLost> {
        self.mailbox.poll()
    }

    fn previews(&mut self) -> Vec<PreviewPicture> {
        self.mailbox.previews()
    }

    fn on_update(&mut self, heed: Heed, wake: Box<dyn Fn() + Send + Sync>) {
        self.mailbox.source().on_update(heed, Arc::from(wake));
    }
}
