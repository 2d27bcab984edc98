//! The checks of this computer, on this computer: what they look at is turned wrong, and they notice.
#![cfg(all(feature = "station", target_os = "linux"))]

mod antivirus;
mod clock;
mod devices;
mod media;
mod network;
mod place;
mod software;
