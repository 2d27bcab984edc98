//! The exam point for trying out: what a rehearsal runs with when no profile was made yet.

use super::ids::{CameraId, RoomNumber};
use super::profile::{Camera, Profile, Room, Zone};
use super::source::{Source, UsbSelector};

/// More than one computer's USB can carry.
const MAX_USB_CAMERAS: usize = 16;

/// The profile that is part of the program, also the example to write one's own from.
pub const DEMO_PROFILE: &str = include_str!("../../assets/profile/demo.toml");

/// The profiles to write one's own from, by their files' names: one point's rules each.
pub const EXAMPLES: [(&str, &str); 3] = [
    ("demo", DEMO_PROFILE),
    ("india-cbse", include_str!("../../assets/profile/india-cbse.toml")),
    ("kazakhstan-ent", include_str!("../../assets/profile/kazakhstan-ent.toml")),
];

/// Forms that an example's point has of its own, by the example's name: the files' names and texts, as they
/// stand in a data folder's `forms`.
pub const EXAMPLE_FORMS: [(&str, &[(&str, &str)]); 2] = [
    (
        "india-cbse",
        &[
            ("access-log-b.toml", include_str!("../../assets/profile/india-cbse/forms/access-log-b.toml")),
            ("readiness-act.toml", include_str!("../../assets/profile/india-cbse/forms/readiness-act.toml")),
        ],
    ),
    (
        "kazakhstan-ent",
        &[
            (
                "access-log-b.toml",
                include_str!("../../assets/profile/kazakhstan-ent/forms/access-log-b.toml"),
            ),
            (
                "readiness-act.toml",
                include_str!("../../assets/profile/kazakhstan-ent/forms/readiness-act.toml"),
            ),
        ],
    ),
];

/// Two moving test pictures, corridor and entrance, and people with invented names.
pub fn demo() -> Profile {
    Profile::read(DEMO_PROFILE, "demo.toml").expect("the embedded profile is right (tested)")
}

/// The same point with the USB cameras found at this computer (name, selector), each in a room of
/// its own: auditoriums without a camera first, then new ones. They are kept, not delivered.
pub fn demo_with_usb_cameras(found: impl IntoIterator<Item = (String, UsbSelector)>) -> Profile {
    let mut profile = demo();
    for (i, (name, selector)) in found.into_iter().enumerate().take(MAX_USB_CAMERAS) {
        let room = room_without_camera(&profile).unwrap_or_else(|| {
            let number: RoomNumber = format!("90{i:02}").parse().expect("four digits");
            profile.rooms.push(Room {
                number: number.clone(),
                zone: Zone::Auditorium,
                name: number.to_string(),
            });
            number
        });
        let id: CameraId = format!("usb-{i}").parse().expect("a short slug");
        profile.cameras.push(Camera {
            id,
            name,
            room,
            zone: Zone::Auditorium,
            source: Source::Usb(selector),
            width: Camera::USUAL_WIDTH,
            height: Camera::USUAL_HEIGHT,
            frames_per_second: Camera::USUAL_FRAMES_PER_SECOND,
            bits_per_second: Camera::USUAL_BITS_PER_SECOND,
            delivered: false,
            sound: None,
        });
    }
    profile
}

fn room_without_camera(profile: &Profile) -> Option<RoomNumber> {
    let filled = |room: &Room| profile.cameras.iter().any(|camera| camera.room == room.number);
    profile.rooms.iter().find(|room| room.zone == Zone::Auditorium && !filled(room)).map(|r| r.number.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_usb_camera_gets_a_room_of_its_own() {
        let found = (0..3).map(|i| (format!("Camera {i}"), UsbSelector::Index(i)));
        let profile = demo_with_usb_cameras(found);
        let rooms: Vec<_> = profile.cameras.iter().map(|camera| camera.room.as_str()).collect();
        assert_eq!(rooms[2..], ["0001", "0003", "9002"]);
        assert_eq!(profile.cameras[4].id.as_str(), "usb-2");
        assert!(profile.rooms.iter().any(|room| room.number.as_str() == "9002"));
    }

    #[test]
    fn the_demo_delivers_corridor_and_entrance() {
        let delivered: Vec<_> = demo().cameras.into_iter().filter(|camera| camera.delivered).collect();
        assert_eq!(
            delivered.iter().map(|camera| camera.id.as_str()).collect::<Vec<_>>(),
            ["corridor", "entrance"]
        );
    }
}
