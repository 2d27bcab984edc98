//! Looks for cameras that are plugged in and in no use, on a thread of its own: a driver that hangs when
//! a new camera is looked at holds up nothing but this.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::Inbox;
use super::protocol::PluggedCamera;
use crate::camera::usb::FoundCamera;
use crate::point::Source;

/// Gives the cameras that none of the sources is; those it gave the last time come along, so that it
/// opens only new ones.
pub type CameraFinder = Arc<dyn Fn(&[Source], &[FoundCamera]) -> Vec<FoundCamera> + Send + Sync>;

/// More would hardly be plugged in at once, and a view has to stay small.
const MOST: usize = 8;
const MOST_FORMATS: usize = 8;

pub(super) struct Lookout {
    looks: SyncSender<Vec<Source>>,
}

impl Lookout {
    /// Starts the thread, which tells the inbox whenever the cameras are other ones.
    pub fn start(find: CameraFinder, inbox: SyncSender<Inbox>) -> io::Result<Self> {
        let (looks, asked) = sync_channel(1);
        thread::Builder::new().name("plugged".into()).spawn(move || watch(&find, &asked, &inbox))?;
        Ok(Self { looks })
    }

    /// Has a look, unless the last one is still on its way.
    pub fn look(&self, used: Vec<Source>) {
        let _ = self.looks.try_send(used);
    }
}

fn watch(find: &CameraFinder, asked: &Receiver<Vec<Source>>, inbox: &SyncSender<Inbox>) {
    let mut before = Vec::new();
    for used in asked {
        let mut found = find(&used, &before);
        found.truncate(MOST);
        if found != before && inbox.send(Inbox::Plugged(found.clone())).is_err() {
            return;
        }
        before = found;
    }
}

/// The camera as the view has it.
pub(super) fn view_of(camera: &FoundCamera) -> PluggedCamera {
    PluggedCamera {
        source: camera.source().to_string(),
        name: camera.name.clone(),
        bus: camera.bus.clone(),
        formats: camera.formats.iter().take(MOST_FORMATS).map(ToString::to_string).collect(),
        problem: camera.problem.clone(),
    }
}
