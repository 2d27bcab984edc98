//! From a profile's TOML to a [`Profile`], or to the list of everything that is wrong with it.
//!
//! `assets/profile/demo.toml` shows every key. What only this file can judge (the shape of values)
//! is checked here; how the values fit together is checked in [`super::fit`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::Path;

use super::archive::ArchiveRules;
use super::briefings::BriefingRules;
use super::checks::CheckRules;
use super::fit;
use super::forms::FormRules;
use super::health::{self, HealthRules};
use super::hearing::{SilenceRule, SoundSource};
use super::ids::{CameraId, PersonId, RoomNumber};
use super::profile::{
    AccessRules, Camera, Person, Profile, RecordingRules, RequiredProgram, Right, Rights, Role, Room,
    Wording, Zone,
};
use super::requests::RequestRules;
use super::sign_in::SignInRules;
use super::source::Source;
use super::window::WindowRules;
use super::{timetable, zones};
use crate::i18n::Message;
use crate::tables::{self, Faults, Item, ReadError, Section, Spot};
use crate::time_zone::Tz;

pub(super) const ZONES: [(&str, Zone); 6] = [
    ("auditorium", Zone::Auditorium),
    ("staff_room", Zone::StaffRoom),
    ("corridor", Zone::Corridor),
    ("entrance", Zone::Entrance),
    ("gate", Zone::Gate),
    ("strong_room", Zone::StrongRoom),
];

pub(crate) const ROLES: [(&str, Role); 7] = [
    ("technician", Role::Technician),
    ("point_head", Role::PointHead),
    ("commission_member", Role::CommissionMember),
    ("commission_head", Role::CommissionHead),
    ("regional_centre", Role::RegionalCentre),
    ("organiser", Role::Organiser),
    ("observer", Role::Observer),
];

/// Every right, as a profile names it.
pub(super) const RIGHTS: [(&str, Right); 11] = [
    ("plan", Right::Plan),
    ("check", Right::Check),
    ("waive", Right::Waive),
    ("start", Right::Start),
    ("stop", Right::Stop),
    ("access", Right::Access),
    ("second_sign", Right::SecondSign),
    ("seal", Right::Seal),
    ("write_code", Right::WriteCode),
    ("supervise", Right::Supervise),
    ("configure", Right::Configure),
];

/// May supervise where the profile gives that right to nobody.
const SUPERVISORS: [Role; 3] = [Role::PointHead, Role::CommissionMember, Role::CommissionHead];

/// May change the profile where it gives that right to nobody.
const CONFIGURERS: [Role; 2] = [Role::PointHead, Role::RegionalCentre];

/// Characters of any text that is shown or printed.
const TEXT: usize = 200;
/// Bytes of 3.9 GiB in MiB: a part has to fit on FAT32 without zip64.
const MAX_PART_MIB: u64 = 3993;

/// A value with its place, for faults that show only when values are seen together.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub value: T,
    pub spot: Spot,
}

impl Profile {
    /// Reads a profile's text. `file` names it in the faults.
    pub fn read(text: &str, file: &str) -> Result<Self, Faults> {
        tables::read(text, file, read)
    }

    pub fn load(path: &Path) -> Result<Self, ReadError> {
        Ok(Self::read(&tables::read_text(path)?, &path.display().to_string())?)
    }
}

fn read(root: &mut Section<'_>) -> Option<Profile> {
    let region = root.required("region").and_then(|item| item.parsed());
    let point = root.required("point").and_then(|item| item.parsed());
    let station = root.required("station").and_then(|item| item.parsed());
    let name = text(root, "name");
    let address = text(root, "address");
    let subject = text(root, "subject");
    let time_zone = root.required("time_zone").and_then(|item| {
        item.understood(|text| text.parse::<Tz>().map_err(|_| Message::new("fault-time-zone")))
    });
    let rooms = tables(root, "rooms", 1..=200, room);
    let cameras = tables(root, "cameras", 1..=64, camera);
    let people = tables(root, "people", 1..=200, person);
    let rights = root.required("rights").and_then(|item| placed_rights(&item));
    let sign_in = or(root.optional("sign_in"), SignInRules::default(), SignInRules::read);
    let timetable = in_section(root, "timetable", timetable::read);
    let recording = in_section(root, "recording", recording);
    let access = in_section(root, "access", access);
    let requests = or(root.optional("requests"), RequestRules::default(), RequestRules::read);
    let rules = or(root.optional("zones"), Vec::new(), zones::read);
    let briefings = or(root.optional("briefings"), BriefingRules::default(), BriefingRules::read);
    let archive = or(root.optional("archive"), ArchiveRules::default(), ArchiveRules::read);
    let forms = or(root.optional("forms"), FormRules::default(), FormRules::read);
    let programs = match root.optional("programs") {
        Some(item) => item.sections(0..=50, program).and_then(all),
        None => Some(Vec::new()),
    };
    let checks = or(root.optional("checks"), CheckRules::default(), CheckRules::read);
    let window = or(root.optional("window"), WindowRules::default(), WindowRules::read);

    fit::rooms(root, &rooms);
    fit::cameras(root, &cameras, &rooms);
    fit::people(root, &people);
    if let Some(timetable) = &timetable {
        fit::timetable(root, timetable, &rooms);
    }
    let people = all(people.into_iter().map(|loose| loose.person).collect());
    if let (Some(people), Some(rights)) = (&people, &rights) {
        fit::rights(root, people, rights);
    }
    let rooms: Vec<Room> = all(rooms.into_iter().map(|loose| loose.room).collect())?;
    let cameras = cameras.into_iter().map(|loose| in_its_zone(loose.camera?, &rooms)).collect();
    let cameras: Vec<Camera> = all(cameras)?;
    let rules = rules?;
    fit::zones(root, &rules, &rooms, &cameras);
    Some(Profile {
        region: region?,
        point: point?,
        station: station?,
        name: name?,
        address: address?,
        time_zone: time_zone?,
        subject: subject?,
        cameras,
        rooms,
        zones: rules.into_iter().map(|(zone, rule)| (zone, rule.value)).collect(),
        people: people?,
        rights: rights?.value,
        sign_in: sign_in?,
        timetable: timetable.and_then(|loose| loose.timetable)?,
        recording: recording?,
        access: access?,
        requests: requests?,
        archive: archive?,
        briefings: briefings?,
        forms: forms?,
        programs: programs?,
        checks: checks?,
        window: window?,
    })
}

/// A camera's zone is its room's.
fn in_its_zone(camera: Camera, rooms: &[Room]) -> Option<Camera> {
    let zone = rooms.iter().find(|room| room.number == camera.room)?.zone;
    Some(Camera { zone, ..camera })
}

/// The tables of a required array; empty when it is missing or no array, which is then faulted.
pub(super) fn tables<'a, T>(
    root: &mut Section<'a>,
    key: &str,
    count: RangeInclusive<usize>,
    read: impl FnMut(&mut Section<'a>) -> T,
) -> Vec<T> {
    root.required(key).and_then(|item| item.sections(count, read)).unwrap_or_default()
}

pub(super) fn all<T>(values: Vec<Option<T>>) -> Option<Vec<T>> {
    values.into_iter().collect()
}

pub(super) fn text(section: &mut Section<'_>, key: &str) -> Option<String> {
    section.required(key)?.text(TEXT)
}

fn in_section<'a, T>(
    root: &mut Section<'a>,
    key: &str,
    read: impl FnOnce(&mut Section<'a>) -> Option<T>,
) -> Option<T> {
    let mut section = root.required(key)?.section()?;
    let value = read(&mut section);
    section.finish();
    value
}

/// A required value with its place.
pub(super) fn placed<'a, T>(
    section: &mut Section<'a>,
    key: &str,
    read: impl FnOnce(&Item<'a>) -> Option<T>,
) -> Option<Placed<T>> {
    let item = section.required(key)?;
    read(&item).map(|value| Placed { value, spot: item.spot })
}

/// A room as far as it could be read.
#[derive(Debug)]
pub(super) struct LooseRoom {
    pub number: Option<Placed<RoomNumber>>,
    pub zone: Option<Zone>,
    room: Option<Room>,
}

fn room(section: &mut Section<'_>) -> LooseRoom {
    let number: Option<Placed<RoomNumber>> = placed(section, "number", Item::parsed);
    let zone = section.required("zone").and_then(|item| item.choice(&ZONES));
    let name = text(section, "name");
    let whole = || Some(Room { number: number.as_ref()?.value.clone(), zone: zone?, name: name? });
    LooseRoom { room: whole(), zone, number }
}

/// A camera as far as it could be read; its room and zone are still to be looked up.
#[derive(Debug)]
pub(super) struct LooseCamera {
    pub id: Option<Placed<CameraId>>,
    pub room: Option<Placed<RoomNumber>>,
    pub zone: Option<Placed<Zone>>,
    pub source: Option<Placed<Source>>,
    camera: Option<Camera>,
}

fn camera(section: &mut Section<'_>) -> LooseCamera {
    let id: Option<Placed<CameraId>> = placed(section, "id", Item::parsed);
    let name = text(section, "name");
    let room: Option<Placed<RoomNumber>> = placed(section, "room", Item::parsed);
    let zone = section
        .optional("zone")
        .and_then(|item| item.choice(&ZONES).map(|value| Placed { value, spot: item.spot }));
    let source: Option<Placed<Source>> = placed(section, "source", Item::parsed);
    let width = or(section.optional("width"), Camera::USUAL_WIDTH, |item| even(item, 160, 3840));
    let height = or(section.optional("height"), Camera::USUAL_HEIGHT, |item| even(item, 120, 2160));
    let frames_per_second =
        or(section.optional("frames_per_second"), Camera::USUAL_FRAMES_PER_SECOND, |item| {
            item.integer(1..=60)
        });
    let bits_per_second = or(section.optional("bits_per_second"), Camera::USUAL_BITS_PER_SECOND, |item| {
        item.integer(64_000..=20_000_000)
    });
    let delivered = or(section.optional("delivered"), false, Item::boolean);
    let sound = SoundSource::read(section, source.as_ref().map(|source| &source.value));
    let whole = || {
        Some(Camera {
            id: id.as_ref()?.value.clone(),
            name: name?,
            room: room.as_ref()?.value.clone(),
            // Named or not, it becomes the room's.
            zone: zone.as_ref().map_or(Zone::Auditorium, |zone| zone.value),
            source: source.as_ref()?.value.clone(),
            width: width?,
            height: height?,
            frames_per_second: frames_per_second?,
            bits_per_second: bits_per_second?,
            delivered: delivered?,
            sound: sound?,
        })
    };
    LooseCamera { camera: whole(), id, room, zone, source }
}

/// H.264 with 4:2:0 pictures wants even sizes.
fn even(item: &Item<'_>, min: u32, max: u32) -> Option<u32> {
    let value: u32 = item.integer(min..=max)?;
    if value.is_multiple_of(2) {
        return Some(value);
    }
    item.fault(Message::new("fault-odd"));
    None
}

pub(super) fn or<'a, T>(
    item: Option<Item<'a>>,
    default: T,
    read: impl FnOnce(&Item<'a>) -> Option<T>,
) -> Option<T> {
    item.map_or(Some(default), |item| read(&item))
}

/// A person as far as they could be read.
#[derive(Debug)]
pub(super) struct LoosePerson {
    pub id: Option<Placed<PersonId>>,
    person: Option<Person>,
}

fn person(section: &mut Section<'_>) -> LoosePerson {
    let id: Option<Placed<PersonId>> = placed(section, "id", Item::parsed);
    let name = text(section, "name");
    let post = text(section, "post");
    let role = section.required("role").and_then(|item| item.choice(&ROLES));
    let code = match section.optional("first_pin_code") {
        Some(item) => item.parsed().map(Some),
        None => Some(None),
    };
    let whole = || {
        let id = id.as_ref()?.value.clone();
        Some(Person { id, name: name?, post: post?, role: role?, first_pin_code: code? })
    };
    LoosePerson { person: whole(), id }
}

fn placed_rights(item: &Item<'_>) -> Option<Placed<Rights>> {
    let mut section = item.section()?;
    let entries = section.entries().into_iter().map(|(name, item)| {
        let role = ROLES.iter().find(|(word, _)| *word == name).map(|(_, role)| *role);
        if role.is_none() {
            item.fault(Message::new("fault-role").with("known", ROLES.map(|(word, _)| word).join(", ")));
        }
        let granted = item.items(0..=RIGHTS.len())?;
        let granted = all(granted.iter().map(|item| item.choice(&RIGHTS)).collect())?;
        Some((role?, BTreeSet::from_iter(granted)))
    });
    let entries = all(entries.collect())?;
    let mut rights = BTreeMap::from_iter(entries);
    let usual = [(Right::Supervise, &SUPERVISORS[..]), (Right::Configure, &CONFIGURERS[..])];
    for (right, roles) in usual {
        if !rights.values().any(|granted: &BTreeSet<Right>| granted.contains(&right)) {
            roles.iter().for_each(|role| {
                rights.entry(*role).or_default().insert(right);
            });
        }
    }
    Some(Placed { value: Rights(rights), spot: item.spot.clone() })
}

fn recording(section: &mut Section<'_>) -> Option<RecordingRules> {
    let segment_seconds = section.required("segment_seconds").and_then(|item| item.integer(10..=3600));
    let part_max_mib: Option<u64> =
        section.required("part_max_mib").and_then(|item| item.integer(64..=MAX_PART_MIB));
    let silence = SilenceRule::read(section);
    let health = match section.optional("health") {
        Some(item) => item.section().and_then(|mut section| {
            let rules = health::read(&mut section);
            section.finish();
            rules
        }),
        None => Some(HealthRules::default()),
    };
    Some(RecordingRules {
        segment_seconds: segment_seconds?,
        part_max_bytes: part_max_mib? * 1024 * 1024,
        health: health?,
        silence: silence?,
    })
}

fn access(section: &mut Section<'_>) -> Option<AccessRules> {
    let actions = tables(section, "actions", 1..=50, wording);
    fit::actions(section, &actions);
    Some(AccessRules { actions: all(actions.into_iter().map(|loose| loose.wording).collect())? })
}

/// A wording as far as it could be read.
#[derive(Debug)]
pub(super) struct LooseWording {
    pub id: Option<Placed<String>>,
    wording: Option<Wording>,
}

fn wording(section: &mut Section<'_>) -> LooseWording {
    let id = placed(section, "id", |item| item.text(48));
    let (ru, en) = (text(section, "ru"), text(section, "en"));
    let whole = || Some(Wording { id: id.as_ref()?.value.clone(), ru: ru?, en: en? });
    LooseWording { wording: whole(), id }
}

fn program(section: &mut Section<'_>) -> Option<RequiredProgram> {
    let name = text(section, "name");
    let words = section.required("command").and_then(|item| item.items(1..=20));
    let command = words.and_then(|words| all(words.iter().map(|word| word.text(TEXT)).collect()));
    let min_version = match section.optional("min_version") {
        Some(item) => item.understood(version).map(Some),
        None => Some(None),
    };
    Some(RequiredProgram { name: name?, command: command?, min_version: min_version? })
}

/// Numbers with dots between, such as `5.1`.
fn version(text: &str) -> Result<String, Message> {
    let number = |part: &str| part.len() <= 9 && part.parse::<u32>().is_ok();
    let sound = text.len() <= 40 && text.split('.').all(number);
    if sound { Ok(text.to_owned()) } else { Err(Message::new("fault-version")) }
}
