//! Recordings, from the camera to files that others play.
#![cfg(feature = "cameras")]

mod bench;
mod crashes;
mod enlarged;
mod files;
#[path = "../listening/mod.rs"]
mod listening;
mod outages;
mod pictures;
mod players;
mod sound;
#[path = "../listening/sync.rs"]
mod sync;
