//! Recordings, from the camera to files that others play.
#![cfg(feature = "cameras")]

mod bench;
mod crashes;
mod files;
mod outages;
mod pictures;
