//! Files as cameras, looped in real time: a `.mjpeg` stream of JPEGs gives pictures as a USB camera
//! does, an H.264 `.mp4` gives coded frames as a network camera does.

mod mjpeg;
mod mp4;

use std::path::Path;
use std::sync::Arc;

use super::{CameraError, Capture, Wanted};
use crate::clock::Clock;

/// Opens a file by its ending. The rate asked for counts for `.mjpeg`, which has none of its own.
pub fn open(path: &Path, wanted: &Wanted, clock: Arc<dyn Clock>) -> Result<Box<dyn Capture>, CameraError> {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("mjpeg" | "mjpg") => Ok(Box::new(mjpeg::MjpegFile::open(path, wanted, clock)?)),
        Some("mp4") => Ok(Box::new(mp4::Mp4File::open(path, clock)?)),
        _ => Err(bad(path, "only .mp4 and .mjpeg")),
    }
}

fn bad(path: &Path, why: impl std::fmt::Display) -> CameraError {
    CameraError::BadFile(format!("{}: {why}", path.display()))
}

/// An error of reading the file.
fn unreadable(path: &Path, error: std::io::Error) -> CameraError {
    match error.kind() {
        std::io::ErrorKind::NotFound => CameraError::Unknown(path.display().to_string()),
        std::io::ErrorKind::PermissionDenied => CameraError::NoPermission(path.display().to_string()),
        _ => bad(path, error),
    }
}
