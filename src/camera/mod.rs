//! Where pictures come from: a [`Capture`] for each kind of source, and the health of what it gives.
//!
//! A capture either gives raw [`Picture`]s, which the recording draws on and encodes, or
//! [`CodedFrame`]s of H.264, which it stores as they came; and the sound that comes with them, if it
//! is asked for. Microphones are opened apart from cameras ([`sound`]).

#[cfg(feature = "cameras")]
mod file;
pub mod health;
#[cfg(feature = "cameras")]
mod open;
#[cfg(feature = "cameras")]
mod pace;
#[cfg(feature = "cameras")]
pub mod pattern;
#[cfg(feature = "cameras")]
mod rtsp;
pub mod sound;
#[cfg(feature = "cameras")]
pub mod usb;

use std::time::Duration;

#[cfg(feature = "cameras")]
pub use open::{Cameras, Opener, open, remembering};

use crate::clock::Stamp;
use crate::i18n::Message;
use crate::point::CameraId;

/// What is asked of a camera. It gives the closest that it offers; an RTSP camera gives what it was
/// set up to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub width: u32,
    pub height: u32,
    pub frames_per_second: u32,
    /// The sound that comes with the pictures, too.
    pub sound: bool,
}

/// How long pictures gather that nobody waits for, so that one waking serves several: each finds the processor's
/// caches filled by others.
pub const GATHER: Duration = Duration::from_millis(240);

/// An opened camera. Dropping it releases the device.
pub trait Capture: Send {
    /// Waits for the next frame or piece of sound; `Ok(None)` when none came within `timeout`. After an error the
    /// capture is of no more use: drop it, open it anew.
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError>;

    /// What the camera agreed to give, for people: `MJPEG 640x480 15/s, /dev/video0`.
    fn detail(&self) -> String;

    /// Whether [`Capture::next`] keeps to its timeout and dropping takes no longer than 2 s whatever the device
    /// does, since a thread of its own waits for that one. Such a capture may be asked by who uses the frames.
    fn is_prompt(&self) -> bool {
        false
    }
}

/// One frame or piece of sound, stamped when it arrived.
#[derive(Debug)]
pub enum Captured {
    Picture(Picture),
    Coded(CodedFrame),
    Sound(sound::Sound),
}

impl Captured {
    /// When a picture arrived; None for sound.
    pub fn picture_arrived(&self) -> Option<Stamp> {
        match self {
            Self::Picture(picture) => Some(picture.arrived),
            Self::Coded(frame) => Some(frame.arrived),
            Self::Sound(_) => None,
        }
    }
}

/// An uncompressed or JPEG picture.
#[derive(Debug)]
pub struct Picture {
    pub arrived: Stamp,
    pub width: u32,
    pub height: u32,
    pub pixels: Pixels,
}

/// A picture's bytes, rows without padding. Lengths hold for the picture's size (checked by the
/// capture), except for JPEG, which is as hostile as it came.
#[derive(Debug)]
pub enum Pixels {
    /// One JPEG image, from SOI to EOI.
    Jpeg(Vec<u8>),
    /// 4:2:2, two bytes a pixel: Y0 U Y1 V.
    Yuyv(Vec<u8>),
    /// 4:2:0, luma plane, then interleaved chroma.
    Nv12(Vec<u8>),
    /// 4:2:0, planes Y, U, V.
    I420(Vec<u8>),
}

/// One access unit of H.264 as the camera coded it.
#[derive(Debug)]
pub struct CodedFrame {
    pub arrived: Stamp,
    /// Decode-order presentation time in 1/90000 s of the camera's own clock; only differences
    /// count, and only until `discontinuity`.
    pub pts_90k: i64,
    /// An IDR picture.
    pub key: bool,
    /// The time line does not continue from the frame before.
    pub discontinuity: bool,
    /// NAL units, each behind its length in four bytes, big-endian (ISO/IEC 14496-15).
    pub nals: Vec<u8>,
    /// Set on the first frame and whenever the parameter sets change.
    pub parameters: Option<H264Parameters>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct H264Parameters {
    pub width: u32,
    pub height: u32,
    /// One sequence parameter set, without length or start code.
    pub sps: Vec<u8>,
    /// One picture parameter set, without length or start code.
    pub pps: Vec<u8>,
}

/// Why a camera gives no pictures.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CameraError {
    #[error("no such camera: {0}")]
    Unknown(String),
    #[error("camera is used by another program: {0}")]
    Busy(String),
    #[error("no permission for the camera: {0}")]
    NoPermission(String),
    #[error("camera unplugged: {0}")]
    Unplugged(String),
    #[error("camera gave no picture for {seconds} s")]
    Stalled { seconds: u64 },
    #[error("driver of the camera is stuck after {attempts} attempts")]
    DriverStuck { attempts: usize },
    #[error("camera offers no usable picture format: {0}")]
    NoFormat(String),
    #[error("connection refused: {0}")]
    Refused(String),
    #[error("user name or password refused")]
    WrongPassword,
    #[error("stream is {0}, not H.264")]
    NotH264(String),
    #[error("file can't be used as a camera: {0}")]
    BadFile(String),
    /// Anything else the driver or the network says.
    #[error("{0}")]
    Failed(String),
    #[error("this build has no cameras")]
    NotBuilt,
}

impl CameraError {
    /// What to tell a person; `camera` is named in every text.
    pub fn message(&self, camera: &CameraId) -> Message {
        let (id, detail) = match self {
            Self::Unknown(detail) => ("camera-unknown", detail.as_str()),
            Self::Busy(detail) => ("camera-busy", detail.as_str()),
            Self::NoPermission(detail) => ("camera-no-permission", detail.as_str()),
            Self::Unplugged(detail) => ("camera-unplugged", detail.as_str()),
            Self::Stalled { .. } => ("camera-stalled", ""),
            Self::DriverStuck { .. } => ("camera-driver-stuck", ""),
            Self::NoFormat(detail) => ("camera-no-format", detail.as_str()),
            Self::Refused(detail) => ("camera-refused", detail.as_str()),
            Self::WrongPassword => ("camera-wrong-password", ""),
            Self::NotH264(detail) => ("camera-not-h264", detail.as_str()),
            Self::BadFile(detail) => ("camera-bad-file", detail.as_str()),
            Self::Failed(detail) => ("camera-failed", detail.as_str()),
            Self::NotBuilt => ("camera-not-built", ""),
        };
        Message::new(id).with("camera", camera.as_str()).with("detail", detail)
    }
}
