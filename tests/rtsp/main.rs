//! RTSP cameras against a real server, GStreamer's, and against one that does what no honest one does;
//! both on loopback.
#![cfg(all(feature = "cameras", unix))]

mod bench;
mod frames;
mod hostile;
#[path = "../listening/mod.rs"]
mod listening;
#[path = "../recorded/mod.rs"]
mod recorded;
mod recordings;
mod secrets;
mod sound;
#[path = "../listening/sync.rs"]
mod sync;
