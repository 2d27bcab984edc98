//! USB cameras through nokhwa, each in a thread of its own.

mod capture;
mod format;
mod frame;
mod identity;
mod rate;
#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(not(windows), path = "linux.rs")]
mod system;

use std::borrow::Cow;
use std::sync::Arc;

use nokhwa::Camera;
use nokhwa::utils::{
    CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use serde::Serialize;

pub use self::format::{Offer, PixelFormat};
use crate::camera::{CameraError, Capture, Wanted};
use crate::clock::Clock;
use crate::point::{Source, UsbSelector};
use capture::{Abandoned, Device, STALL_LIMIT_MS, ThreadedCapture};
pub use identity::Claims;
use identity::Identity;

/// A camera that is plugged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundCamera {
    /// The system's number for it; another one after it was unplugged and plugged in again.
    pub index: u32,
    pub name: String,
    /// The port that it is plugged into.
    pub bus: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    pub path: String,
    /// What can be recorded from it.
    pub formats: Vec<Offer>,
    /// Why its formats could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl FoundCamera {
    /// The source by which it is found again, as long as it stays in its port.
    pub fn source(&self) -> Source {
        Source::Usb(UsbSelector::Named(self.bus.clone()))
    }

    fn is_same_as(&self, other: &Self) -> bool {
        let identity = |camera: &Self| (camera.index, Identity::of(camera));
        identity(self) == identity(other)
    }

    fn label(&self) -> String {
        format!("{}, {}", self.name, self.path)
    }
}

/// The USB cameras (and what presents itself as one) of this computer, by index.
pub fn list() -> Vec<FoundCamera> {
    system::cameras()
}

/// The cameras that are plugged in and that none of `used` is. Only those are opened, to see what they
/// offer, that are not among `before`; a driver may take its time then.
pub fn spare(used: &[&UsbSelector], claims: &Claims, before: &[FoundCamera]) -> Vec<FoundCamera> {
    let claimed = claims.only_of(used);
    let in_use = |camera: &FoundCamera| {
        // Who was opened once goes by its identity; the others by the profile's words.
        used.iter().any(|selector| match claimed.iter().find(|(whose, _)| whose == *selector) {
            Some((_, identity)) => identity.may_be(camera),
            None => camera.is_named_by(selector),
        })
    };
    let mut spare: Vec<FoundCamera> = Vec::new();
    for camera in system::plugged_in() {
        // One port, one camera: a second picture of it, such as an infrared one, is none of its own.
        if in_use(&camera) || spare.iter().any(|other| other.bus == camera.bus) {
            continue;
        }
        let known = before.iter().find(|known| known.is_same_as(&camera)).cloned();
        spare.extend(known.or_else(|| system::examined(camera)));
    }
    spare
}

/// One camera of the profile over the whole day: remembers which device it was, to find the same one
/// again, and which of its threads hang in the driver.
pub struct UsbCamera {
    selector: UsbSelector,
    known: Option<Identity>,
    /// What the day's other cameras are.
    claims: Arc<Claims>,
    abandoned: Arc<Abandoned>,
}

impl UsbCamera {
    pub fn new(selector: UsbSelector, claims: Arc<Claims>) -> Self {
        Self { selector, known: None, claims, abandoned: Arc::default() }
    }

    /// Opens the camera in the format nearest to `wanted`.
    pub fn open(&mut self, wanted: &Wanted, clock: Arc<dyn Clock>) -> Result<Box<dyn Capture>, CameraError> {
        let found = self.find()?;
        self.claims.note(&self.selector, Identity::of(&found));
        self.known = Some(Identity::of(&found));
        let wanted = *wanted;
        let name = found.path.clone();
        let open = move || {
            let offer = system::prepare(&found, &wanted)?;
            Ok((NokhwaDevice::open(&found, &offer)?, offer))
        };
        let abandoned = Arc::clone(&self.abandoned);
        match ThreadedCapture::start(&name, open, wanted.frames_per_second, clock, abandoned) {
            Ok(capture) => Ok(Box::new(capture)),
            // It is this program that keeps it busy: the stall goes on.
            Err(CameraError::Busy(_)) if self.abandoned.count() > 0 => {
                Err(CameraError::Stalled { seconds: STALL_LIMIT_MS / 1_000 })
            }
            Err(error) => Err(error),
        }
    }
}

impl UsbCamera {
    /// Opens no other camera to find this one, since that one's driver may hang; but for a profile that
    /// leaves the choice, or names a node that is not the first of its device.
    fn find(&self) -> Result<FoundCamera, CameraError> {
        let others = self.claims.of_others(&self.selector);
        if let Some(known) = &self.known {
            let found = known.find(&system::plugged_in(), &others).cloned();
            return found.ok_or_else(|| CameraError::Unplugged(known.to_string()));
        }
        let select = |present| identity::select(&self.selector, present, &others);
        match &self.selector {
            UsbSelector::Any => select(list()),
            UsbSelector::Index(_) => select(system::plugged_in()).or_else(|_| select(list())),
            UsbSelector::Named(text) if text.starts_with('/') => {
                select(system::plugged_in()).or_else(|_| select(list()))
            }
            UsbSelector::Named(_) => select(system::plugged_in()),
        }
    }
}

struct NokhwaDevice {
    camera: Camera,
    label: String,
}

impl NokhwaDevice {
    fn open(found: &FoundCamera, offer: &Offer) -> Result<Self, CameraError> {
        let label = found.label();
        let refused = |error: nokhwa::NokhwaError| system::refusal(&error.to_string(), &label);
        let pixels = match offer.pixels {
            PixelFormat::Mjpeg => FrameFormat::MJPEG,
            PixelFormat::Yuyv => FrameFormat::YUYV,
            PixelFormat::Nv12 => FrameFormat::NV12,
        };
        let size = Resolution::new(offer.width, offer.height);
        let format = CameraFormat::new(size, pixels, offer.frames_per_second);
        let codings = [pixels];
        let exactly = RequestedFormat::with_formats(RequestedFormatType::Exact(format), &codings);
        let mut camera = Camera::new(CameraIndex::Index(found.index), exactly).map_err(refused)?;
        camera.open_stream().map_err(refused)?;
        Ok(Self { camera, label })
    }
}

impl Device for NokhwaDevice {
    fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError> {
        self.camera.frame_raw().map_err(|error| system::refusal(&error.to_string(), &self.label))
    }
}
