//! The serial number that its maker gave the device that a folder is on. It is the same wherever the medium
//! is plugged in and however it is formatted, so that a paper can name it.
//!
//! Linux tells it; the twin for Windows, which was never built, asks nobody.

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "windows.rs")]
mod system;

pub use system::{serial, serial_above};
