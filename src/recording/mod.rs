//! From captured frames to files: overlay, encoding, hybrid fragmented MP4, segments, gaps.
//!
//! [`index`], [`mp4`] and [`inspect`] are the format and its check, and need neither cameras nor an
//! encoder.

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
pub mod repair;
