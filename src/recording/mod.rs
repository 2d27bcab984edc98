//! From captured frames to files: overlay, encoding, hybrid fragmented MP4, segments, gaps.
//!
//! [`index`], [`mp4`], [`inspect`] and [`mod@repair`] are the format, its check and its mending, and need
//! neither cameras nor an encoder.

#[cfg(feature = "cameras")]
pub mod encode;
pub mod index;
pub mod inspect;
pub mod mp4;
#[cfg(feature = "cameras")]
pub mod overlay;
#[cfg(feature = "cameras")]
pub mod picture;
#[cfg(feature = "cameras")]
mod recorder;
pub mod repair;
#[cfg(feature = "cameras")]
mod sound;
#[cfg(feature = "cameras")]
pub mod still;
#[cfg(feature = "cameras")]
mod trial;

pub use mp4::close::{Finished, segment_paths};
#[cfg(feature = "cameras")]
pub use overlay::OverlayLabel;
#[cfg(feature = "cameras")]
pub use picture::Preview;
#[cfg(feature = "cameras")]
pub use recorder::{
    CameraOpener, Disk, Eyes, Latency, LatencyFigures, MicrophoneOpener, Mode, Recorder, RecorderConfig,
    RecorderEvent, RecorderStatus, SoundStatus, Watching,
};
pub use repair::{Repair, repair};
#[cfg(feature = "cameras")]
pub use sound::Level;
#[cfg(feature = "cameras")]
pub use trial::{TrialReport, trial};
