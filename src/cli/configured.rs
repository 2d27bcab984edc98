//! What a data folder configures: its profile and checklists, or those that are built in.

use std::path::Path;
use std::sync::Arc;

use super::{Context, Failure, code};
use crate::camera::{Cameras, Wanted, usb};
use crate::checklist::{self, Checklists};
use crate::clock::Clock;
use crate::point::{Profile, Source, UsbSelector, demo_with_usb_cameras};
use crate::recording::CameraOpener;
use crate::station::CameraFinder;

/// The profile of the data folder; if there is none, the built-in example with every USB camera found.
pub fn profile(context: &Context) -> Result<Profile, Failure> {
    match context.profile()? {
        (profile, Some(_)) => Ok(profile),
        (_, None) => {
            let usable = usb::list().into_iter().filter(|camera| camera.problem.is_none());
            Ok(demo_with_usb_cameras(usable.map(|camera| (camera.name, UsbSelector::Index(camera.index)))))
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
