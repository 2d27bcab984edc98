//! What a client has received and not looked at yet.

use std::collections::VecDeque;
use std::sync::Arc;

use super::ConnectionLost;
use crate::checklist::{Checklist, Checklists};
use crate::point::Room;
use crate::station::outbox::Outbox;
use crate::station::protocol::{CameraInfo, PointView, PreviewPicture, Update, untold};

/// Takes from an outbox without waiting, update by update.
pub(super) struct Mailbox {
    source: Arc<Outbox>,
    updates: VecDeque<Update>,
    pictures: Vec<Arc<PreviewPicture>>,
    /// As they were told.
    lists: Vec<Checklist>,
    /// All of them, with a step for each room or camera, and the rooms and cameras as a view named them.
    whole: Option<Whole>,
}

/// The checklists as they apply to a point.
struct Whole {
    lists: Arc<Checklists>,
    rooms: Vec<Room>,
    cameras: Vec<CameraInfo>,
}

impl Whole {
    fn of(lists: &[Checklist], point: &PointView) -> Self {
        let told = Checklists::told(lists.iter().cloned());
        let lists = Arc::new(told.spread(&point.places()));
        Self { lists, rooms: point.rooms.clone(), cameras: point.cameras.clone() }
    }

    fn is_of(&self, point: &PointView) -> bool {
        self.rooms == point.rooms && self.cameras == point.cameras
    }
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
                // The station began anew, and tells everything again.
                Some(Update::Hello { protocol, version }) => {
                    self.lists.clear();
                    self.whole = None;
                    return Ok(Some(Update::Hello { protocol, version }));
                }
                Some(Update::View(mut view)) => {
                    if self.whole.as_ref().is_none_or(|whole| !whole.is_of(&view.point)) {
                        self.whole = Some(Whole::of(&self.lists, &view.point));
                    }
                    view.point.checklists =
                        self.whole.as_ref().map(|whole| Arc::clone(&whole.lists)).unwrap_or_else(untold);
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
