//! What a data folder configures: its profile and checklist, or those that are built in.

use std::path::Path;

use super::{Context, Failure, code};
use crate::camera::usb;
use crate::checklist::{self, Checklist};
use crate::point::{Profile, UsbSelector, demo_with_usb_cameras};

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

/// The two-hour check of `data/checklists`, or the built-in one.
pub fn two_hours_before(data: &Path) -> Result<Checklist, Failure> {
    checklist::two_hours_before(data).map_err(|error| Failure::file(code::CHECKLIST, &error))
}
