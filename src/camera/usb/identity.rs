//! Finding a camera: first as the profile names it, later as the same one under another index.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// another camera that merely took over the index, nor one that surely is another of the day.
    pub fn find<'a>(&self, present: &'a [FoundCamera], others: &[Identity]) -> Option<&'a FoundCamera> {
        let free: Vec<_> = present.iter().filter(|camera| !self.leaves_to(others, camera, present)).collect();
        let only = |wanted: &dyn Fn(&FoundCamera) -> bool| {
            let mut found = free.iter().copied().filter(|camera| wanted(camera));
            found.next().filter(|_| found.next().is_none())
        };
        let other_unit = |camera: &FoundCamera| camera.serial.is_some() && self.serial.is_some();
        only(&|camera| self.has_serial_of(camera))
            .or_else(|| free.iter().copied().find(|camera| camera.bus == self.bus))
            .or_else(|| only(&|camera| camera.name == self.name && !other_unit(camera)))
    }

    /// Whether `camera` is one of `others` and can't be this one.
    fn leaves_to(&self, others: &[Identity], camera: &FoundCamera, present: &[FoundCamera]) -> bool {
        others.iter().any(|other| match camera.serial {
            Some(_) => other.has_serial_of(camera) && !self.has_serial_of(camera),
            // Without a serial number it may be the other one of that name, if that left its port.
            None => {
                let at_home = present.iter().any(|one| one.bus == other.bus && one.name == other.name);
                other.serial.is_none() && other.name == camera.name && self.name != camera.name && !at_home
            }
        })
    }

    /// Whether it is this one, or stands where this one was.
    pub fn may_be(&self, camera: &FoundCamera) -> bool {
        self.has_serial_of(camera) || self.bus == camera.bus
    }

    fn has_serial_of(&self, camera: &FoundCamera) -> bool {
        camera.serial.is_some() && camera.serial == self.serial && camera.name == self.name
    }
}

/// Which device each USB camera of the day was last, so that none is taken for another.
#[derive(Debug, Default)]
pub struct Claims(Mutex<Vec<(UsbSelector, Identity)>>);

impl Claims {
    fn lock(&self) -> MutexGuard<'_, Vec<(UsbSelector, Identity)>> {
        // A thread that panicked leaves whole entries behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn of_others(&self, selector: &UsbSelector) -> Vec<Identity> {
        let claims = self.lock();
        claims.iter().filter(|(whose, _)| whose != selector).map(|(_, identity)| identity.clone()).collect()
    }

    pub fn note(&self, selector: &UsbSelector, identity: Identity) {
        let mut claims = self.lock();
        claims.retain(|(whose, _)| whose != selector);
        claims.push((selector.clone(), identity));
    }

    /// Forgets every camera but these; gives what they are.
    pub fn only_of(&self, selectors: &[&UsbSelector]) -> Vec<(UsbSelector, Identity)> {
        let mut claims = self.lock();
        claims.retain(|(whose, _)| selectors.contains(&whose));
        claims.clone()
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.bus)
    }
}

/// The camera that `selector` names, but none of `others`; any one is rather one that can be recorded.
pub fn select(
    selector: &UsbSelector,
    mut present: Vec<FoundCamera>,
    others: &[Identity],
) -> Result<FoundCamera, CameraError> {
    if *selector == UsbSelector::Any {
        present.sort_by_key(|camera| camera.formats.is_empty());
    }
    let mut present = present.into_iter();
    let found = present.find(|camera| {
        camera.is_named_by(selector) && !others.iter().any(|other| other.has_serial_of(camera))
    });
    found.ok_or_else(|| CameraError::Unknown(Source::Usb(selector.clone()).to_string()))
}

impl FoundCamera {
    /// Whether a profile's words may mean it.
    pub fn is_named_by(&self, selector: &UsbSelector) -> bool {
        match selector {
            UsbSelector::Any => true,
            UsbSelector::Index(index) => self.index == *index,
            UsbSelector::Named(text) => self.bus == *text || self.is_at(text) || self.is_called(text),
        }
    }

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
    use std::slice::from_ref;

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
        let select = |selector: &UsbSelector| select(selector, present(), &[]).map(|found| found.index);
        for text in ["usb:2", "usb:usb-a-2", "usb:/dev/video2", "usb:c920"] {
            let Source::Usb(selector) = text.parse().unwrap() else { unreachable!() };
            assert_eq!(select(&selector), Ok(2), "{text}");
        }
        assert_eq!(select(&UsbSelector::Any), Ok(0));
        let missing = UsbSelector::Named("Logi".into());
        assert_eq!(select(&missing), Err(CameraError::Unknown("usb:Logi".into())));
    }

    #[test]
    fn a_replugged_camera_is_found_under_its_new_index_and_none_is_mistaken_for_it() {
        let first = Identity::of(&camera(0, "C920", "usb-a-1", Some("7")));
        let find = |present: &[FoundCamera]| first.find(present, &[]).map(|found| found.index);
        assert_eq!(
            find(&[camera(0, "Other", "usb-a-2", None), camera(1, "C920", "usb-a-3", Some("7"))]),
            Some(1)
        );
        assert_eq!(find(&[camera(3, "Spare", "usb-a-1", Some("9"))]), Some(3), "replaced where it was");
        assert_eq!(find(&[camera(0, "Other", "usb-a-2", None)]), None);
        assert_eq!(find(&[camera(0, "C920", "usb-a-4", Some("8"))]), None, "another unit");
        assert_eq!(find(&[camera(0, "C920", "usb-a-4", None)]), Some(0), "the only one of its name");
        assert_eq!(find(&[camera(0, "C920", "usb-a-4", None), camera(2, "C920", "usb-a-5", None)]), None);
    }

    #[test]
    fn cameras_that_change_places_stay_themselves() {
        let at = |bus: &str, name: &str, serial: Option<&str>| camera(0, name, bus, serial);
        for (name, dark, bright) in [("C920", Some("D1"), Some("B2")), ("C270", None, None)] {
            let here = Identity::of(&at("usb-a-1", name, dark));
            let there = Identity::of(&at("usb-a-2", "C920", bright));
            let alone = [at("usb-a-1", "C920", bright)];
            assert_eq!(here.find(&alone, from_ref(&there)), None, "the other one in this one's port");
            assert_eq!(there.find(&alone, from_ref(&here)), Some(&alone[0]));
            let both = [at("usb-a-1", "C920", bright), at("usb-a-2", name, dark)];
            assert_eq!(there.find(&both, from_ref(&here)), Some(&both[0]));
            let back = [at("usb-a-1", "C920", bright), at("usb-a-5", name, dark)];
            assert_eq!(here.find(&back, &[there]), Some(&back[1]));
        }
    }

    #[test]
    fn twins_of_one_serial_number_go_by_their_ports() {
        let twins = [camera(0, "Cam", "usb-a-1", Some("0001")), camera(2, "Cam", "usb-a-2", Some("0001"))];
        let [first, second] = [0, 1].map(|i: usize| Identity::of(&twins[i]));
        assert_eq!(first.find(&twins, from_ref(&second)), Some(&twins[0]));
        assert_eq!(second.find(&twins, &[first]), Some(&twins[1]));
    }
}
