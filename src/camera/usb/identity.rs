//! Finding a camera: first as the profile names it, later as the same one under another index.

use std::fmt;

use crate::camera::CameraError;
use crate::camera::usb::FoundCamera;
use crate::point::{Source, UsbSelector};

/// What a camera was recognised by when it was first opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    bus: String,
    name: String,
    serial: Option<String>,
}

impl Identity {
    pub fn of(camera: &FoundCamera) -> Self {
        Self { bus: camera.bus.clone(), name: camera.name.clone(), serial: camera.serial.clone() }
    }

    /// The same camera among those present: by its serial number; else whatever is plugged into the
    /// same port, since a broken camera is replaced there; else the only one of its name. Never
    /// another camera that merely took over the index.
    pub fn find<'a>(&self, present: &'a [FoundCamera]) -> Option<&'a FoundCamera> {
        let twin = |camera: &&FoundCamera| {
            camera.serial.is_some() && camera.serial == self.serial && camera.name == self.name
        };
        let only = |found: Vec<&'a FoundCamera>| match found[..] {
            [one] => Some(one),
            _ => None,
        };
        only(present.iter().filter(twin).collect())
            .or_else(|| present.iter().find(|camera| camera.bus == self.bus))
            .or_else(|| only(present.iter().filter(|camera| camera.name == self.name).collect()))
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.bus)
    }
}

/// The camera that `selector` names; any one is rather one that can be recorded.
pub fn select(selector: &UsbSelector, mut present: Vec<FoundCamera>) -> Result<FoundCamera, CameraError> {
    if *selector == UsbSelector::Any {
        present.sort_by_key(|camera| camera.formats.is_empty());
    }
    let mut present = present.into_iter();
    let found = present.find(|camera| match selector {
        UsbSelector::Any => true,
        UsbSelector::Index(index) => camera.index == *index,
        UsbSelector::Named(text) => camera.bus == *text || camera.is_at(text) || camera.is_called(text),
    });
    found.ok_or_else(|| CameraError::Unknown(Source::Usb(selector.clone()).to_string()))
}

impl FoundCamera {
    /// Whether `path` leads to this device, perhaps over a link such as `/dev/v4l/by-id/…`.
    fn is_at(&self, path: &str) -> bool {
        self.path == path
            || std::fs::canonicalize(path).is_ok_and(|real| real.as_os_str() == self.path.as_str())
    }

    fn is_called(&self, part: &str) -> bool {
        self.name.to_lowercase().contains(&part.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(index: u32, name: &str, bus: &str, serial: Option<&str>) -> FoundCamera {
        FoundCamera {
            index,
            name: name.into(),
            bus: bus.into(),
            serial: serial.map(str::to_owned),
            path: format!("/dev/video{index}"),
            formats: Vec::new(),
            problem: None,
        }
    }

    #[test]
    fn a_camera_is_selected_by_index_bus_path_or_part_of_its_name() {
        let present = || vec![camera(0, "HD Webcam", "usb-a-1", None), camera(2, "C920", "usb-a-2", None)];
        for text in ["usb:2", "usb:usb-a-2", "usb:/dev/video2", "usb:c920"] {
            let Source::Usb(selector) = text.parse().unwrap() else { unreachable!() };
            assert_eq!(select(&selector, present()).map(|found| found.index), Ok(2), "{text}");
        }
        assert_eq!(select(&UsbSelector::Any, present()).map(|found| found.index), Ok(0));
        let missing = UsbSelector::Named("Logi".into());
        assert_eq!(select(&missing, present()), Err(CameraError::Unknown("usb:Logi".into())));
    }

    #[test]
    fn a_replugged_camera_is_found_under_its_new_index_and_none_is_mistaken_for_it() {
        let first = Identity::of(&camera(0, "C920", "usb-a-1", Some("7")));
        let moved = [camera(0, "Other", "usb-a-2", None), camera(1, "C920", "usb-a-3", Some("7"))];
        assert_eq!(first.find(&moved).map(|found| found.index), Some(1));
        let replaced = [camera(3, "Spare", "usb-a-1", Some("9"))];
        assert_eq!(first.find(&replaced).map(|found| found.index), Some(3));
        assert_eq!(first.find(&[camera(0, "Other", "usb-a-2", None)]), None);
        let twins = [camera(0, "C920", "usb-a-4", Some("8")), camera(2, "C920", "usb-a-5", Some("9"))];
        assert_eq!(first.find(&twins), None);
    }
}
