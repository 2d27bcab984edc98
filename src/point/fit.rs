//! How the values of a profile fit together: names that stand once and are defined, an order that
//! holds, people enough to do what has to be done.

use std::collections::BTreeMap;

use super::ids::RoomNumber;
use super::profile::{Camera, Person, Right, Rights, Room, Zone};
use super::read::{LooseCamera, LoosePerson, LooseRoom, LooseWording, Placed, RIGHTS};
use super::source::Source;
use super::timetable::LooseTimetable;
use super::zones::ZoneRule;
use crate::i18n::Message;
use crate::tables::{Section, Spot};

/// Rights without which no exam day can be brought to its end.
const NEEDED: [Right; 8] = [
    Right::Plan,
    Right::Check,
    Right::Start,
    Right::Stop,
    Right::Waive,
    Right::Access,
    Right::SecondSign,
    Right::Seal,
];

/// Each once, and all equally long: a range of rooms goes by their order as texts.
pub(super) fn rooms(root: &Section<'_>, rooms: &[LooseRoom]) {
    let numbers = || rooms.iter().filter_map(|room| room.number.as_ref());
    once(root, numbers().map(by_value));
    let length = |number: &Placed<RoomNumber>| number.value.as_str().len();
    let Some(first) = numbers().next() else { return };
    for other in numbers().filter(|number| length(number) != length(first)) {
        root.fault(&other.spot, Message::new("fault-room-length").with("text", first.value.as_str()));
    }
}

/// Every room has the cameras that its zone's rule asks for.
pub(super) fn zones(
    root: &Section<'_>,
    rules: &[(Zone, Placed<ZoneRule>)],
    rooms: &[Room],
    cameras: &[Camera],
) {
    for (zone, Placed { value: rule, spot }) in rules {
        for room in rooms.iter().filter(|room| room.zone == *zone) {
            let there = cameras.iter().filter(|camera| camera.room == room.number);
            let fit = there.filter(|camera| camera.sound.is_some() || !rule.sound).count();
            if fit < rule.cameras as usize {
                let sound = if rule.sound { "wanted" } else { "any" };
                let fault = Message::new("fault-too-few-cameras").with("room", room.number.as_str());
                let fault = fault.with("count", fit).with("wanted", rule.cameras).with("sound", sound);
                root.fault(spot, fault);
            }
        }
    }
}

pub(super) fn people(root: &Section<'_>, people: &[LoosePerson]) {
    once(root, people.iter().filter_map(|person| person.id.as_ref()).map(by_value));
}

pub(super) fn actions(section: &Section<'_>, actions: &[LooseWording]) {
    once(section, actions.iter().filter_map(|action| action.id.as_ref()).map(by_value));
}

/// Each in a known room and of the room's zone; one USB device is one camera.
pub(super) fn cameras(root: &Section<'_>, cameras: &[LooseCamera], rooms: &[LooseRoom]) {
    once(root, cameras.iter().filter_map(|camera| camera.id.as_ref()).map(by_value));
    let sources = cameras.iter().filter_map(|camera| camera.source.as_ref());
    let devices = sources.filter(|source| matches!(source.value, Source::Usb(_)));
    once(root, devices.map(|source| (source.value.to_string(), &source.spot)));
    for camera in cameras {
        let Some(room) = &camera.room else { continue };
        match (zone_of(rooms, room), &camera.zone) {
            (Err(Unknown), _) => unknown_room(root, room),
            (Ok(Some(right)), Some(named)) if named.value != right => {
                root.fault(&named.spot, Message::new("fault-zone").with("room", room.value.as_str()));
            }
            _ => {}
        }
    }
}

/// Phases in the order of the day, longer time for known rooms alone.
pub(super) fn timetable(root: &Section<'_>, timetable: &LooseTimetable, rooms: &[LooseRoom]) {
    once(root, timetable.phases.iter().filter_map(|phase| phase.id.as_ref()).map(by_value));
    let mut latest = i32::MIN;
    for at in timetable.phases.iter().filter_map(|phase| phase.at_minutes.as_ref()) {
        if at.value < latest {
            root.fault(&at.spot, Message::new("fault-phase-order").with("before", i64::from(latest)));
        }
        latest = latest.max(at.value);
    }
    for room in timetable.longer.iter().filter_map(|(room, _)| room.as_ref()) {
        if zone_of(rooms, room).is_err() {
            unknown_room(root, room);
        }
    }
}

/// Somebody has each right that a day needs, and an access finds two persons.
pub(super) fn rights(root: &Section<'_>, people: &[Person], rights: &Placed<Rights>) {
    let having = |right| people.iter().filter(move |person| rights.value.allows(person.role, right));
    let nobody = |right: &Right| having(*right).next().is_none();
    let lacking: Vec<_> =
        RIGHTS.iter().filter(|(_, right)| NEEDED.contains(right) && nobody(right)).collect();
    for (word, _) in &lacking {
        root.fault(&rights.spot, Message::new("fault-nobody").with("right", *word));
    }
    let two = having(Right::Access).any(|one| having(Right::SecondSign).any(|other| other.id != one.id));
    if lacking.is_empty() && !two {
        root.fault(&rights.spot, Message::new("fault-second-person"));
    }
}

/// No room has this number.
struct Unknown;

/// The zone of the room, if that much of it could be read.
fn zone_of(rooms: &[LooseRoom], room: &Placed<RoomNumber>) -> Result<Option<Zone>, Unknown> {
    let same = |known: &&LooseRoom| known.number.as_ref().is_some_and(|number| number.value == room.value);
    rooms.iter().find(same).map(|known| known.zone).ok_or(Unknown)
}

fn unknown_room(root: &Section<'_>, room: &Placed<RoomNumber>) {
    root.fault(&room.spot, Message::new("fault-unknown-room").with("text", room.value.as_str()));
}

fn by_value<T>(placed: &Placed<T>) -> (&T, &Spot) {
    (&placed.value, &placed.spot)
}

/// Faults every value that stood before.
fn once<'s, K: Ord + ToString>(root: &Section<'_>, keys: impl Iterator<Item = (K, &'s Spot)>) {
    let mut seen = BTreeMap::new();
    for (key, spot) in keys {
        let text = key.to_string();
        if let Some(first) = seen.insert(key, spot.line) {
            root.fault(spot, Message::new("fault-twice").with("text", text).with("first", first));
        }
    }
}
