//! Opening a camera by its source.

use std::sync::Arc;

use crate::camera::pattern;
use crate::camera::rtsp::RtspCapture;
use crate::camera::usb::UsbCamera;
use crate::camera::{CameraError, Capture, Wanted};
use crate::clock::Clock;
use crate::point::Source;

/// One camera of the profile over the whole day: opened, and opened again after each outage. It
/// remembers which device it was, so that a USB camera is found again under another index and no
/// other one is taken for it.
pub struct Opener {
    kind: Kind,
    wanted: Wanted,
    clock: Arc<dyn Clock>,
}

enum Kind {
    Usb(UsbCamera),
    Other(Source),
}

impl Opener {
    pub fn new(source: Source, wanted: Wanted, clock: Arc<dyn Clock>) -> Self {
        let kind = match source {
            Source::Usb(selector) => Kind::Usb(UsbCamera::new(selector)),
            other => Kind::Other(other),
        };
        Self { kind, wanted, clock }
    }

    /// Waits until the camera has agreed on a format, 10 s at most. What it agreed to may differ from
    /// what was wanted and stands in [`Capture::detail`]. The capture opened before must be dropped.
    pub fn open(&mut self) -> Result<Box<dyn Capture>, CameraError> {
        let clock = Arc::clone(&self.clock);
        match &mut self.kind {
            Kind::Usb(camera) => camera.open(&self.wanted, clock),
            Kind::Other(Source::Rtsp(address)) => Ok(Box::new(RtspCapture::open(address, clock)?)),
            Kind::Other(Source::Pattern(name)) => pattern::open(name, &self.wanted, clock),
            Kind::Other(source) => Err(CameraError::Unknown(source.to_string())),
        }
    }
}

/// Opens a camera once.
pub fn open(
    source: &Source,
    wanted: &Wanted,
    clock: Arc<dyn Clock>,
) -> Result<Box<dyn Capture>, CameraError> {
    Opener::new(source.clone(), *wanted, clock).open()
}
