//! What a data folder configures: its profile and checklists, or those that are built in.

use std::path::Path;
use std::sync::Arc;

use super::{Context, Failure, code};
use crate::camera::{Cameras, Wanted, usb};
use crate::checklist::{self, Checklists};
use crate::clock::Clock;
use crate::point::{Profile, Source, UsbSelector, demo_with_usb_cameras};
use crate::recording::CameraOpener;
use crate::signing::Digest;
use crate::station::CameraFinder;

/// The profile of the data folder, and what its file was then; if there is none, the built-in example with
/// every USB camera found.
pub fn profile(context: &Context) -> Result<(Profile, Option<Digest>), Failure> {
    match context.profile()? {
        (profile, Some(file)) => Ok((profile, Some(file.sha256))),
        (_, None) => {
            let usable = usb::list().into_iter().filter(|camera| camera.problem.is_none());
            let usable = usable.map(|camera| (camera.name, UsbSelector::Index(camera.index)));
            Ok((demo_with_usb_cameras(usable), None))
        }
    }
}

/// The checklists of the exam day: those of `data/checklists`, and the built-in ones.
pub fn checklists(data: &Path) -> Result<Checklists, Failure> {
    checklist::of_the_day(data).map_err(|error| Failure::file(code::CHECKLIST, &error))
}

/// This computer's cameras: how they are opened, and how those in no use are found.
pub fn cameras() -> (CameraOpener, CameraFinder) {
    let cameras = Arc::new(Cameras::default());
    let all = Arc::clone(&cameras);
    let open = move |source: &Source, wanted: &Wanted, clock: Arc<dyn Clock>| all.open(source, wanted, clock);
    (
        Arc::new(open),
        Arc::new(move |used: &[Source], before: &[usb::FoundCamera]| cameras.spare(used, before)),
    )
}
