//! The twin of `linux.rs` over Media Foundation, which takes care of formats that other programs
//! left behind. Written to the same interface, not yet built or tried on Windows.

use nokhwa::Camera;
use nokhwa::utils::{ApiBackend, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType};

use crate::camera::usb::FoundCamera;
use crate::camera::usb::format::{Offer, PixelFormat, by_preference};
use crate::camera::{CameraError, Wanted};

/// The cameras of this computer by index. Their formats are read only when one is opened, since
/// reading them takes the camera away from other programs.
pub fn cameras() -> Vec<FoundCamera> {
    let Ok(found) = nokhwa::query(ApiBackend::MediaFoundation) else { return Vec::new() };
    let found = found.into_iter().filter_map(|info| {
        Some(FoundCamera {
            index: info.index().as_index().ok()?,
            name: info.human_name(),
            // The device's symbolic link, which names its port.
            bus: info.misc(),
            serial: None,
            path: info.misc(),
            formats: Vec::new(),
            problem: None,
        })
    });
    found.collect()
}

/// The cameras that are plugged in; none is opened.
pub fn plugged_in() -> Vec<FoundCamera> {
    cameras()
}

/// As it is: its formats are read when it is used.
pub fn examined(camera: FoundCamera) -> Option<FoundCamera> {
    Some(camera)
}

/// The best of the camera's formats for `wanted`.
pub fn prepare(camera: &FoundCamera, wanted: &Wanted) -> Result<Offer, CameraError> {
    let any = RequestedFormat::with_formats(
        RequestedFormatType::AbsoluteHighestFrameRate,
        &[FrameFormat::MJPEG, FrameFormat::YUYV, FrameFormat::NV12],
    );
    let refused = |error: nokhwa::NokhwaError| refusal(&error.to_string(), &camera.label());
    let mut device = Camera::new(CameraIndex::Index(camera.index), any).map_err(refused)?;
    let formats = device.compatible_camera_formats().map_err(refused)?;
    let mut offers: Vec<_> = formats
        .into_iter()
        .filter_map(|format| {
            let pixels = match format.format() {
                FrameFormat::MJPEG => PixelFormat::Mjpeg,
                FrameFormat::YUYV => PixelFormat::Yuyv,
                FrameFormat::NV12 => PixelFormat::Nv12,
                _ => return None,
            };
            let (width, height) = (format.width(), format.height());
            Some(Offer { pixels, width, height, frames_per_second: format.frame_rate() })
        })
        .collect();
    by_preference(&mut offers, wanted);
    offers.first().copied().ok_or_else(|| CameraError::NoFormat(camera.label()))
}

/// What a driver's error text means; `device` names the camera. The numbers are HRESULTs: access
/// denied, video device in use (`MF_E_HW_MFT_FAILED_START_STREAMING`), device lost
/// (`MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED`).
pub fn refusal(text: &str, device: &str) -> CameraError {
    let text_upper = text.to_uppercase();
    if text_upper.contains("80070005") {
        CameraError::NoPermission(device.to_owned())
    } else if text_upper.contains("C00D3704") {
        CameraError::Busy(device.to_owned())
    } else if text_upper.contains("C00D3EA2") {
        CameraError::Unplugged(device.to_owned())
    } else {
        CameraError::Failed(format!("{device}: {text}"))
    }
}
