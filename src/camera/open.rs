//! Opening a camera by its source.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::camera::rtsp::RtspCapture;
use crate::camera::usb::{self, Claims, FoundCamera, UsbCamera};
use crate::camera::{CameraError, Capture, Wanted, file, pattern};
use crate::clock::Clock;
use crate::point::{RtspAddress, Source};

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
    Rtsp(RtspAddress),
    File(PathBuf),
    Pattern(String),
}

impl Opener {
    pub fn new(source: Source, wanted: Wanted, clock: Arc<dyn Clock>) -> Self {
        Self::among(Arc::default(), source, wanted, clock)
    }

    /// One of several cameras, of which none takes another's device.
    fn among(claims: Arc<Claims>, source: Source, wanted: Wanted, clock: Arc<dyn Clock>) -> Self {
        let kind = match source {
            Source::Usb(selector) => Kind::Usb(UsbCamera::new(selector, claims)),
            Source::Rtsp(address) => Kind::Rtsp(address),
            Source::File(path) => Kind::File(path),
            Source::Pattern(name) => Kind::Pattern(name),
        };
        Self { kind, wanted, clock }
    }

    /// Waits until the camera has agreed on a format, 10 s at most. What it agreed to may differ from
    /// what was wanted and stands in [`Capture::detail`]. The capture opened before must be dropped.
    pub fn open(&mut self) -> Result<Box<dyn Capture>, CameraError> {
        let clock = Arc::clone(&self.clock);
        match &mut self.kind {
            Kind::Usb(camera) => camera.open(&self.wanted, clock),
            Kind::Rtsp(address) => Ok(Box::new(RtspCapture::open(address, self.wanted.sound, clock)?)),
            Kind::File(path) => file::open(path, &self.wanted, clock),
            Kind::Pattern(name) => pattern::open(name, &self.wanted, clock),
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

/// [`open`] for recorders: keeps one [`Opener`] for each source, so that a camera which comes back is
/// known again. Sources may be opened at the same time; one source is opened by one thread at a time.
pub fn remembering()
-> impl Fn(&Source, &Wanted, Arc<dyn Clock>) -> Result<Box<dyn Capture>, CameraError> + Send + Sync {
    let cameras = Cameras::default();
    move |source, wanted, clock| cameras.open(source, wanted, clock)
}

/// The cameras of a day.
#[derive(Default)]
pub struct Cameras {
    known: Mutex<Vec<Known>>,
    claims: Arc<Claims>,
}

struct Known {
    source: Source,
    wanted: Wanted,
    opener: Arc<Mutex<Opener>>,
}

impl Cameras {
    /// As [`remembering`] does.
    pub fn open(
        &self,
        source: &Source,
        wanted: &Wanted,
        clock: Arc<dyn Clock>,
    ) -> Result<Box<dyn Capture>, CameraError> {
        let mut cameras = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cameras.iter().find(|known| known.source == *source && known.wanted == *wanted);
        let opener = match known {
            Some(known) => Arc::clone(&known.opener),
            None => {
                let claims = Arc::clone(&self.claims);
                let opener = Opener::among(claims, source.clone(), *wanted, clock);
                let opener = Arc::new(Mutex::new(opener));
                let (source, wanted) = (source.clone(), *wanted);
                cameras.push(Known { source, wanted, opener: Arc::clone(&opener) });
                opener
            }
        };
        drop(cameras);
        opener.lock().unwrap_or_else(PoisonError::into_inner).open()
    }

    /// USB cameras that are plugged in and that none of `sources` is; every other source is forgotten.
    /// Those of `before` are not opened again.
    pub fn spare(&self, sources: &[Source], before: &[FoundCamera]) -> Vec<FoundCamera> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|known| sources.contains(&known.source));
        drop(known);
        let usb = sources.iter().filter_map(|source| match source {
            Source::Usb(selector) => Some(selector),
            _ => None,
        });
        usb::spare(&usb.collect::<Vec<_>>(), &self.claims, before)
    }
}
