//! What a client has received and not looked at yet.

use std::collections::VecDeque;
use std::sync::Arc;

use super::ConnectionLost;
use crate::station::outbox::Outbox;
use crate::station::protocol::{PreviewPicture, Update};

/// Takes from an outbox without waiting, update by update.
pub(super) struct Mailbox {
    source: Arc<Outbox>,
    updates: VecDeque<Update>,
    pictures: Vec<Arc<PreviewPicture>>,
}

impl Mailbox {
    pub fn new(source: Arc<Outbox>) -> Self {
        Self { source, updates: VecDeque::new(), pictures: Vec::new() }
    }

    pub fn source(&self) -> &Arc<Outbox> {
        &self.source
    }

    pub fn poll(&mut self) -> Result<Option<Update>, ConnectionLost> {
        let mut update = self.next()?;
        if let Some(Update::View(view)) = &mut update {
            view.spread();
        }
        Ok(update)
    }

    fn next(&mut self) -> Result<Option<Update>, ConnectionLost> {
        if let Some(update) = self.updates.pop_front() {
            return Ok(Some(update));
        }
        let taken = self.source.take();
        self.updates.extend(taken.updates);
        self.pictures.extend(taken.pictures);
        match self.updates.pop_front() {
            None if taken.closed => Err(ConnectionLost),
            update => Ok(update),
        }
    }

    pub fn previews(&mut self) -> Vec<PreviewPicture> {
        let taken = self.source.take();
        self.updates.extend(taken.updates);
        self.pictures.extend(taken.pictures);
        self.pictures.drain(..).map(Arc::unwrap_or_clone).collect()
    }
}
