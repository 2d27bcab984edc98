//! What a client has received and not looked at yet.

use std::collections::VecDeque;
use std::sync::Arc;

use super::ConnectionLost;
use crate::checklist::{Checklist, Checklists};
use crate::station::outbox::Outbox;
use crate::station::protocol::{PreviewPicture, Update};

/// Takes from an outbox without waiting, update by update.
pub(super) struct Mailbox {
    source: Arc<Outbox>,
    updates: VecDeque<Update>,
    pictures: Vec<Arc<PreviewPicture>>,
    /// As they were told.
    lists: Vec<Checklist>,
    /// All of them, with a step for each room or camera, once a view named the rooms and cameras.
    whole: Option<Arc<Checklists>>,
}

impl Mailbox {
    pub fn new(source: Arc<Outbox>) -> Self {
        let (updates, pictures) = (VecDeque::new(), Vec::new());
        Self { source, updates, pictures, lists: Vec::new(), whole: None }
    }

    pub fn source(&self) -> &Arc<Outbox> {
        &self.source
    }

    /// The next update; checklists stay here and go into every view.
    pub fn poll(&mut self) -> Result<Option<Update>, ConnectionLost> {
        loop {
            match self.next()? {
                Some(Update::Checklist(list)) => self.lists.push(*list),
                Some(Update::View(mut view)) => {
                    let lists = &mut self.lists;
                    let spread = || {
                        let told = Checklists::told(lists.drain(..));
                        Arc::new(told.spread(&view.point.places()))
                    };
                    let whole = Arc::clone(self.whole.get_or_insert_with(spread));
                    view.point.checklists = whole;
                    return Ok(Some(Update::View(view)));
                }
                other => return Ok(other),
            }
        }
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
