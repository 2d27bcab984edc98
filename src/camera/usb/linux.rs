//! What only Linux has: the video nodes in sysfs, and V4L2's own view of a device.

use std::fs;
use std::path::Path;

use v4l::frameinterval::FrameIntervalEnum;
use v4l::framesize::FrameSizeEnum;
use v4l::video::Capture as _;
use v4l::video::capture::Parameters;
use v4l::{Device, Format, FourCC};

use crate::camera::usb::FoundCamera;
use crate::camera::usb::format::{Offer, PixelFormat, by_preference};
use crate::camera::{CameraError, Wanted};

const SYSFS: &str = "/sys/class/video4linux";
/// The same numbers on every Linux architecture (errno.h).
const EPERM: i32 = 1;
const ENOENT: i32 = 2;
const ENXIO: i32 = 6;
const EACCES: i32 = 13;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;

/// The cameras of this computer by index. Nodes that give no pictures (each UVC camera has one for
/// its metadata) are left out.
pub fn cameras() -> Vec<FoundCamera> {
    let mut found: Vec<_> = nodes(Path::new(SYSFS)).into_iter().filter_map(look_into).collect();
    found.sort_by_key(|camera| camera.index);
    found
}

/// The cameras that are plugged in, each by its first node; none is opened, nothing is known of their
/// formats.
pub fn plugged_in() -> Vec<FoundCamera> {
    let nodes = nodes(Path::new(SYSFS)).into_iter().filter(|node| node.position == 0);
    let mut found: Vec<_> = nodes.map(|node| node.camera).collect();
    found.sort_by_key(|camera| camera.index);
    found
}

/// Opens the camera to see what it offers; `None` if it gives no pictures.
pub fn examined(camera: FoundCamera) -> Option<FoundCamera> {
    look_into(Node { camera, position: 0 })
}

/// A video node as sysfs shows it, without opening it.
struct Node {
    camera: FoundCamera,
    /// Its place among the nodes of its device; the first one gives the pictures.
    position: u32,
}

fn nodes(sysfs: &Path) -> Vec<Node> {
    let Ok(entries) = fs::read_dir(sysfs) else { return Vec::new() };
    entries.flatten().filter_map(|entry| node(&entry.path())).collect()
}

fn node(folder: &Path) -> Option<Node> {
    // The device chose its name and serial number, and they are shown to people.
    let read = |path: &Path| {
        let bytes = fs::read(path).ok()?;
        Some(String::from_utf8_lossy(&bytes).trim().replace(char::is_control, "?"))
    };
    let index: u32 = folder.file_name()?.to_str()?.strip_prefix("video")?.parse().ok()?;
    let device = fs::canonicalize(folder.join("device")).ok()?;
    Some(Node {
        position: read(&folder.join("index")).and_then(|text| text.parse().ok()).unwrap_or(0),
        camera: FoundCamera {
            index,
            name: read(&folder.join("name")).unwrap_or_default(),
            bus: bus(&device)?,
            serial: device.parent().and_then(|usb| read(&usb.join("serial"))).filter(|text| !text.is_empty()),
            path: format!("/dev/video{index}"),
            formats: Vec::new(),
            problem: None,
        },
    })
}

/// The port that a device is plugged into, as V4L2 names it (`usb-<controller>-<ports>`); for what
/// is not on USB the device's own name.
fn bus(device: &Path) -> Option<String> {
    let parts: Vec<_> = device.iter().map(|part| part.to_string_lossy()).collect();
    let usb = parts
        .windows(2)
        .find(|pair| pair[1].strip_prefix("usb").is_some_and(|number| number.parse::<u32>().is_ok()));
    // The last part is the interface: <bus number>-<ports>:<configuration>.<interface>.
    let interface = parts.last()?;
    match (usb, interface.split_once(':').and_then(|(port, _)| port.split_once('-'))) {
        (Some([controller, _]), Some((_, ports))) => Some(format!("usb-{controller}-{ports}")),
        _ => Some(interface.to_string()),
    }
}

/// Fills in what the device offers; `None` for a node without pictures.
fn look_into(node: Node) -> Option<FoundCamera> {
    let Node { mut camera, position } = node;
    match Device::with_path(&camera.path).and_then(|device| offers(&device)) {
        Ok(offers) => camera.formats = offers?,
        Err(_) if position > 0 => return None,
        Err(error) => camera.problem = Some(error.to_string()),
    }
    Some(camera)
}

/// What nokhwa can open: whole rates at named sizes. `None` for a node that gives no pictures.
fn offers(device: &Device) -> std::io::Result<Option<Vec<Offer>>> {
    let formats = match device.enum_formats() {
        Ok(formats) if !formats.is_empty() => formats,
        Ok(_) => return Ok(None),
        Err(error) if matches!(error.raw_os_error(), Some(ENODEV | EACCES | EPERM)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let mut offers = Vec::new();
    for format in formats {
        let Some(pixels) = pixel_format(format.fourcc) else { continue };
        for size in device.enum_framesizes(format.fourcc)? {
            let FrameSizeEnum::Discrete(size) = size.size else { continue };
            let intervals = device.enum_frameintervals(format.fourcc, size.width, size.height);
            for interval in intervals.unwrap_or_default() {
                let FrameIntervalEnum::Discrete(interval) = interval.interval else { continue };
                if interval.numerator == 1 {
                    let (width, height) = (size.width, size.height);
                    offers.push(Offer { pixels, width, height, frames_per_second: interval.denominator });
                }
            }
        }
    }
    Ok(Some(offers))
}

/// Puts the device into the best state for `wanted` that it accepts, and says which. This comes
/// before nokhwa, which fails on a state that it does not know (a fractional rate, an odd format)
/// when another program left one behind.
pub fn prepare(camera: &FoundCamera, wanted: &Wanted) -> Result<Offer, CameraError> {
    let refused = |error: std::io::Error| refusal(&error.to_string(), &camera.label());
    let device = Device::with_path(&camera.path).map_err(refused)?;
    let mut offers = offers(&device).map_err(refused)?.unwrap_or_default();
    by_preference(&mut offers, wanted);
    for offer in offers {
        if accepts(&device, &offer).map_err(refused)? {
            return Ok(offer);
        }
    }
    Err(CameraError::NoFormat(camera.label()))
}

/// Asks for `offer`; whether the device will give exactly that, in rows without padding.
fn accepts(device: &Device, offer: &Offer) -> std::io::Result<bool> {
    let fourcc = fourcc(offer.pixels);
    let given = device.set_format(&Format::new(offer.width, offer.height, fourcc))?;
    let tight = match offer.pixels {
        PixelFormat::Mjpeg => true,
        PixelFormat::Yuyv => given.stride == 2 * offer.width,
        PixelFormat::Nv12 => given.stride == offer.width,
    };
    if !tight || (given.width, given.height, given.fourcc) != (offer.width, offer.height, fourcc) {
        return Ok(false);
    }
    device.set_params(&Parameters::with_fps(offer.frames_per_second))?;
    let interval = device.params()?.interval;
    Ok((interval.numerator, interval.denominator) == (1, offer.frames_per_second))
}

fn fourcc(pixels: PixelFormat) -> FourCC {
    FourCC::new(match pixels {
        PixelFormat::Mjpeg => b"MJPG",
        PixelFormat::Yuyv => b"YUYV",
        PixelFormat::Nv12 => b"NV12",
    })
}

fn pixel_format(code: FourCC) -> Option<PixelFormat> {
    [PixelFormat::Mjpeg, PixelFormat::Yuyv, PixelFormat::Nv12].into_iter().find(|&p| fourcc(p) == code)
}

/// What a driver's error text means; `device` names the camera. nokhwa passes the system's number on
/// in its text only.
pub fn refusal(text: &str, device: &str) -> CameraError {
    let number = text.rsplit_once("(os error ").and_then(|(_, rest)| rest.split_once(')'));
    match number.and_then(|(number, _)| number.parse().ok()) {
        Some(EBUSY) => CameraError::Busy(device.to_owned()),
        Some(EACCES | EPERM) => CameraError::NoPermission(device.to_owned()),
        Some(ENODEV | ENXIO) => CameraError::Unplugged(device.to_owned()),
        Some(ENOENT) => CameraError::Unknown(device.to_owned()),
        _ => CameraError::Failed(format!("{device}: {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bus_is_named_by_its_port() {
        let bus = |path: &str| bus(Path::new(path));
        let usb = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4.2/1-4.2:1.0";
        assert_eq!(bus(usb).as_deref(), Some("usb-0000:00:14.0-4.2"));
        let test = "/sys/devices/platform/vhci_hcd.0/usb2/2-1/2-1:1.0";
        assert_eq!(bus(test).as_deref(), Some("usb-vhci_hcd.0-1"));
        assert_eq!(bus("/sys/devices/platform/vivid.0").as_deref(), Some("vivid.0"));
    }

    #[test]
    fn the_nodes_of_a_computer_are_read_from_sysfs() {
        let sysfs = tempfile::tempdir().unwrap();
        let usb = sysfs.path().join("devices/ctl.0/usb1/1-2");
        let node = sysfs.path().join("class/video3");
        fs::create_dir_all(usb.join("1-2:1.0")).unwrap();
        fs::create_dir_all(&node).unwrap();
        fs::create_dir_all(sysfs.path().join("class/v4l-subdev0")).unwrap();
        fs::write(usb.join("serial"), "A1\n").unwrap();
        fs::write(node.join("name"), b"Cam\x1b\xff\n").unwrap();
        fs::write(node.join("index"), "1\n").unwrap();
        std::os::unix::fs::symlink(usb.join("1-2:1.0"), node.join("device")).unwrap();
        let found = nodes(&sysfs.path().join("class"));
        let [Node { camera, position: 1 }] = &found[..] else { unreachable!() };
        assert_eq!(
            (camera.index, camera.name.as_str(), camera.bus.as_str()),
            (3, "Cam?\u{fffd}", "usb-ctl.0-2")
        );
        assert_eq!((camera.serial.as_deref(), camera.path.as_str()), (Some("A1"), "/dev/video3"));
    }

    #[test]
    fn a_system_error_is_recognised_in_the_drivers_text() {
        let of = |text: &str| refusal(text, "cam");
        assert_eq!(of("Could not: No such device (os error 19)"), CameraError::Unplugged("cam".into()));
        assert_eq!(of("V4L2 Error: Device or resource busy (os error 16)"), CameraError::Busy("cam".into()));
        assert_eq!(of("Permission denied (os error 13)"), CameraError::NoPermission("cam".into()));
        assert_eq!(of("odd"), CameraError::Failed("cam: odd".into()));
    }
}
