//! Where sound comes from: a microphone of this computer, or the camera itself along with its
//! pictures.
//!
//! Sound has one channel here. Every piece says when it was heard on the clock that its pictures have
//! too, so that both can be put side by side.

#[cfg(feature = "cameras")]
pub(super) mod g711;
#[cfg(feature = "cameras")]
mod microphone;
#[cfg(all(feature = "cameras", target_os = "linux"))]
#[path = "linux.rs"]
mod system;
#[cfg(all(feature = "cameras", not(target_os = "linux")))]
#[path = "windows.rs"]
mod system;
#[cfg(feature = "cameras")]
pub(super) mod tone;

use std::time::Duration;

#[cfg(feature = "cameras")]
pub use microphone::open;

use crate::clock::Stamp;
use crate::i18n::Message;
use crate::point::CameraId;

/// What [`SoundTime`] counts in a second.
pub const TIME_TICKS: i64 = 90_000;

/// When a piece of sound begins, in 1/90000 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoundTime {
    /// Of the recorder's monotonic clock.
    Mono(i64),
    /// Of the camera's clock, as its pictures' times are.
    Camera(i64),
}

impl SoundTime {
    /// The time so much later.
    pub fn after(self, ticks: i64) -> Self {
        match self {
            Self::Mono(time) => Self::Mono(time.saturating_add(ticks)),
            Self::Camera(time) => Self::Camera(time.saturating_add(ticks)),
        }
    }

    /// Its number on whatever clock.
    pub fn ticks(self) -> i64 {
        match self {
            Self::Mono(time) | Self::Camera(time) => time,
        }
    }
}

/// Samples as they were heard.
#[derive(Clone, Debug)]
pub struct Pcm {
    pub arrived: Stamp,
    pub at: SoundTime,
    /// Samples a second: 8000, 16000 or 48000.
    pub rate: u32,
    pub samples: Vec<i16>,
}

/// One frame of AAC as the camera coded it.
#[derive(Clone, Debug)]
pub struct CodedSound {
    pub arrived: Stamp,
    pub at: SoundTime,
    /// In samples of its rate.
    pub duration: u32,
    pub data: Vec<u8>,
}

/// How a camera's sound comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundKind {
    /// As [`Pcm`] of this rate.
    Pcm { rate: u32 },
    /// As [`CodedSound`]; `config` is its AudioSpecificConfig (ISO/IEC 14496-3).
    Aac { rate: u32, channels: u16, config: Vec<u8> },
}

/// Sound that comes with a camera's pictures.
#[derive(Clone, Debug)]
pub enum Sound {
    /// Comes before everything else, and before the first picture.
    Begins(SoundKind),
    Pcm(Pcm),
    Coded(CodedSound),
    /// There will be none, for this reason.
    Missing(SoundError),
}

/// An open microphone. Dropping it releases the device.
pub trait Microphone {
    /// Waits for the next piece; `Ok(None)` when none came within `timeout`. After an error it is of
    /// no more use: drop it, open it anew.
    fn next(&mut self, timeout: Duration) -> Result<Option<Pcm>, SoundError>;

    /// Which one it is, for people.
    fn detail(&self) -> String;
}

/// Why there is no sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SoundError {
    #[error("no such microphone: {0}")]
    Unknown(String),
    #[error("the microphone is used by another program: {0}")]
    Busy(String),
    #[error("the microphone was unplugged: {0}")]
    Unplugged(String),
    #[error("no sound for {seconds} s")]
    Stalled { seconds: u64 },
    #[error("the camera sends no sound")]
    NoStream,
    #[error("sound as {0} can't be recorded")]
    Coding(String),
    /// Anything else the driver or the encoder says.
    #[error("{0}")]
    Failed(String),
}

impl SoundError {
    /// What to tell a person; `camera` is named in every text.
    pub fn message(&self, camera: &CameraId) -> Message {
        let (id, detail) = match self {
            Self::Unknown(detail) => ("sound-unknown", detail.as_str()),
            Self::Busy(detail) => ("sound-busy", detail.as_str()),
            Self::Unplugged(detail) => ("sound-unplugged", detail.as_str()),
            Self::Stalled { .. } => ("sound-stalled", ""),
            Self::NoStream => ("sound-no-stream", ""),
            Self::Coding(detail) => ("sound-coding", detail.as_str()),
            Self::Failed(detail) => ("sound-failed", detail.as_str()),
        };
        Message::new(id).with("camera", camera.as_str()).with("detail", detail)
    }
}
