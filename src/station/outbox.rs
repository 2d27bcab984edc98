//! What waits to go to one client: answers in order, of views and pictures only the newest.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::protocol::{PreviewPicture, Update, View};
use crate::point::CameraId;

/// A client that leaves so many answers lying is cut off.
const MAX_WAITING: usize = 256;

/// Shared by the station, which puts in and never waits, and one client's line, which takes out.
#[derive(Default)]
pub struct Outbox {
    state: Mutex<State>,
    came: Condvar,
}

#[derive(Default)]
struct State {
    /// Who the station is and what its views rest on: goes before any view.
    first: Vec<Update>,
    updates: VecDeque<Update>,
    view: Option<Box<View>>,
    pictures: BTreeMap<CameraId, Arc<PreviewPicture>>,
    closed: bool,
    wake: Option<(Heed, Arc<dyn Fn() + Send + Sync>)>,
    /// The last view's [`calm`](View::calm), where only news wake somebody.
    calm: Option<Box<View>>,
}

/// What somebody wants to be woken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heed {
    Everything,
    /// Not for views in which nothing but counters moved ([`View::calm`]).
    News,
}

impl State {
    /// Whether whoever is woken for a view would see anything new in it.
    fn is_news(&mut self, view: &View) -> bool {
        if self.wake.as_ref().is_none_or(|(heed, _)| *heed == Heed::Everything) {
            return true;
        }
        let calm = view.calm();
        let news = self.calm.as_deref() != Some(&calm);
        self.calm = Some(Box::new(calm));
        news
    }
}

/// What a line takes out at once.
#[derive(Default)]
pub struct Taken {
    pub updates: Vec<Update>,
    pub pictures: Vec<Arc<PreviewPicture>>,
    pub closed: bool,
}

impl Outbox {
    pub fn put(&self, update: Update) {
        let mut state = self.lock();
        match update {
            Update::View(view) => {
                let news = state.is_news(&view);
                state.view = Some(view);
                if !news {
                    return self.came.notify_all();
                }
            }
            first @ (Update::Hello { .. } | Update::Checklist(_)) => state.first.push(first),
            other => state.updates.push_back(other),
        }
        state.closed |= state.updates.len() > MAX_WAITING;
        self.notify(state);
    }

    pub fn put_picture(&self, picture: Arc<PreviewPicture>) {
        let mut state = self.lock();
        state.pictures.insert(picture.camera.clone(), picture);
        drop(state);
        self.came.notify_all();
    }

    /// No more will come; what waits can still be taken.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        self.notify(state);
    }

    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Called whenever an update comes that is heeded, or the outbox closes.
    pub fn on_update(&self, heed: Heed, wake: Arc<dyn Fn() + Send + Sync>) {
        self.lock().wake = Some((heed, wake));
    }

    /// All that waits now; the view before the answers whose effect it shows.
    pub fn take(&self) -> Taken {
        Self::drain(&mut self.lock())
    }

    /// Waits until something is there, at most `timeout`.
    pub fn wait(&self, timeout: Duration) -> Taken {
        let state = self.lock();
        let idle = |state: &mut State| {
            state.first.is_empty()
                && state.updates.is_empty()
                && state.view.is_none()
                && state.pictures.is_empty()
                && !state.closed
        };
        let (mut state, _) =
            self.came.wait_timeout_while(state, timeout, idle).unwrap_or_else(PoisonError::into_inner);
        Self::drain(&mut state)
    }

    fn drain(state: &mut State) -> Taken {
        let mut updates = std::mem::take(&mut state.first);
        updates.extend(state.view.take().map(Update::View));
        updates.extend(state.updates.drain(..));
        let pictures = std::mem::take(&mut state.pictures).into_values().collect();
        Taken { updates, pictures, closed: state.closed }
    }

    fn notify(&self, state: MutexGuard<'_, State>) {
        let wake = state.wake.clone();
        drop(state);
        self.came.notify_all();
        if let Some((_, wake)) = wake {
            wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change above leaves the state whole, so a poisoned lock is as good as any.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
