//! Opening what the station stands on: the lock, the point's journal, an exam day.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use chrono::{DateTime, NaiveDate};
use ring::rand::SystemRandom;

use super::open_day::{OpenDay, remove_if_there};
use super::parts::{Parts, PartsConfig};
use super::paths::{DataFolder, DayFolder};
use super::{Inbox, StationConfig, StationError, rotation};
use crate::archive::{BagInfo, PartName, PartWriter};
use crate::clock::Stamp;
use crate::day::{Day, OlderDays, Stage};
use crate::durable;
use crate::journal::{
    Actor, ChecklistUsed, DayDocument, Event, FORMAT, Group, Journal, JournalError, JournalPlace, KeyRotated,
    Link, Opened, PointDocument, ReadBack, Record, Recovery, TakeOver,
};
use crate::point::{DayId, Plan, Profile};
use crate::signing::{DeviceKey, Digest, Rotation};

/// Takes the data folder for this process alone; held until the file is dropped.
pub(super) fn lock(data: &DataFolder) -> Result<File, StationError> {
    let file = File::create(data.lock()).map_err(StationError::Data)?;
    match durable::hold(&file).map_err(StationError::Data)? {
        true => Ok(file),
        false => Err(StationError::AlreadyRunning),
    }
}

/// What the station stands on besides the day.
pub(super) struct OpenedPoint {
    pub device: Arc<DeviceKey>,
    pub journal: Journal,
    /// What stood in it.
    pub records: Vec<Record>,
    /// Which keys of this station took whose place.
    pub rotations: Vec<Rotation>,
}

/// The device key and the point's journal; both are made at the first start.
pub(super) fn open_point(
    data: &DataFolder,
    profile: &Profile,
    now: Stamp,
) -> Result<OpenedPoint, StationError> {
    rotation::settle(data)?;
    let rotations = rotation::statements(data);
    let path = DeviceKey::path_in(data.root());
    let device = Arc::new(match path.exists() {
        true => DeviceKey::open_with(&path, data.sealer())?,
        false => DeviceKey::create(&path, &SystemRandom::new())?,
    });
    let place = JournalPlace::point(data.root());
    let (mut journal, records) = if place.exists() {
        let Opened { mut journal, recovery, records, .. } =
            Journal::open_inherited::<PointDocument>(place, Arc::clone(&device), &rotations)?;
        note_start(&recovery, &mut |event| journal.append(now, Actor::STATION, event).map(drop))?;
        (journal, records)
    } else {
        let device_key = device.public();
        let (mut journal, _) = Journal::create(place, Arc::clone(&device), |epoch_key| PointDocument {
            format: FORMAT,
            region: profile.region.clone(),
            point: profile.point.clone(),
            station: profile.station.clone(),
            device_key,
            epoch_key,
        })?;
        journal.append(now, Actor::STATION, Event::PointOpened { device_key: device_key.to_string() })?;
        note_start(&FIRST_START, &mut |event| journal.append(now, Actor::STATION, event).map(drop))?;
        (journal, Vec::new())
    };
    for statement in rotations.iter().map(|rotation| &rotation.statement) {
        let (old, new) = (statement.old, statement.new);
        let tells = |record: &Record| matches!(&record.event, Event::KeyRotated(told) if told.new == new);
        if !records.iter().any(tells) {
            let rotated = KeyRotated { old, new, statement: Digest::of(&statement.to_bytes()) };
            journal.append(now, Actor::STATION, Event::KeyRotated(rotated))?;
        }
    }
    journal.sync()?;
    journal.checkpoint(now)?;
    Ok(OpenedPoint { device, journal, records, rotations })
}

const FIRST_START: Recovery = Recovery { cut_bytes: 0, restart: 0, link: Link::First };

/// The first records of every run.
fn note_start(
    recovery: &Recovery,
    append: &mut dyn FnMut(Event) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    if recovery.cut_bytes > 0 {
        append(Event::TornTailCut { bytes: recovery.cut_bytes })?;
    }
    let version = env!("CARGO_PKG_VERSION").to_owned();
    append(Event::StationStarted { version, restart: recovery.restart, link: recovery.link })
}

/// The exam's date where the point is.
pub(super) fn date(profile: &Profile, now: Stamp) -> NaiveDate {
    let instant = DateTime::from_timestamp_millis(now.utc_ms).unwrap_or_default();
    instant.with_timezone(&profile.time_zone).date_naive()
}

/// The newest day, if its archive is not finished or it is `today`.
pub(super) fn day_to_reopen(
    data: &DataFolder,
    today: &DayId,
    older: &OlderDays,
) -> Result<Option<DayId>, StationError> {
    let mut days = Vec::new();
    for entry in fs::read_dir(data.days()).map_err(StationError::Data)? {
        let name = entry.map_err(StationError::Data)?.file_name();
        let day: Option<DayId> = name.to_str().and_then(|name| name.parse().ok());
        // Of one that is being deleted nothing is taken up again.
        let gone = |day: &DayId| older.get(day).is_some_and(|told| told.deletion.is_some());
        days.extend(day.filter(|day| JournalPlace::day(data.root(), day).exists() && !gone(day)));
    }
    days.sort();
    let finished = |day: &DayId| data.day(day).after().exists();
    Ok(days.pop().filter(|day| day == today || !finished(day)))
}

/// What a day begins with besides the profile.
pub(super) struct NewDay {
    pub id: DayId,
    pub plan: Plan,
    /// Newest line of the point's journal.
    pub point_head: Digest,
    /// The station that was in charge of this exam day before.
    pub takes_over: Option<TakeOver>,
}

/// Begins a day: its folder, its document, its journal with the first records and checkpoint.
pub(super) fn create_day(
    config: &StationConfig,
    device: &Arc<DeviceKey>,
    new: NewDay,
    now: Stamp,
    inbox: SyncSender<Inbox>,
) -> Result<OpenDay, StationError> {
    let NewDay { id, plan, point_head, takes_over } = new;
    let folder = config.data.day(&id);
    folder.create().map_err(StationError::Data)?;
    let profile = &config.profile;
    let (checklist, device_key) = (&config.checklists.main, device.public());
    let place = JournalPlace::day(config.data.root(), &id);
    let (journal, document) = Journal::create(place.clone(), Arc::clone(device), |epoch_key| DayDocument {
        format: DayDocument::format_with(takes_over.as_ref()),
        day: id.clone(),
        region: profile.region.clone(),
        point: profile.point.clone(),
        station: profile.station.clone(),
        point_name: profile.name.clone(),
        address: profile.address.clone(),
        subject: profile.subject.clone(),
        time_zone: profile.time_zone,
        point_head,
        device_key,
        epoch_key,
        plan,
        segment_seconds: profile.recording.segment_seconds,
        rooms: profile.rooms.clone(),
        cameras: profile.cameras.clone(),
        people: profile.people.clone(),
        checklist: ChecklistUsed {
            id: checklist.id.clone(),
            version: checklist.version,
            sha256: Digest::of(&serde_json::to_vec(checklist).unwrap_or_default()),
        },
        takes_over,
    })?;
    let epoch_key = document.epoch_key.to_string();
    let parts = start_parts(config, device, &folder, &document, &[], inbox)?;
    let mut day = OpenDay::new(folder, place, document, &[], Some(journal), parts);
    day.record(now, Actor::STATION, Event::DayOpened { day: id, epoch_key })?;
    note_start(&FIRST_START, &mut |event| day.record(now, Actor::STATION, event))?;
    day.checkpoint(now)?;
    Ok(day)
}

/// Takes up a day where its journal ends. A closed one is only shown, or packed to its end.
pub(super) fn reopen_day(
    config: &StationConfig,
    device: &Arc<DeviceKey>,
    id: &DayId,
    now: Stamp,
    inbox: SyncSender<Inbox>,
) -> Result<OpenDay, StationError> {
    let folder = config.data.day(id);
    folder.create().map_err(StationError::Data)?;
    let place = JournalPlace::day(config.data.root(), id);
    let (document, records, open) = match Journal::open::<DayDocument>(place.clone(), Arc::clone(device)) {
        Ok(Opened { journal, document, records, recovery }) => (document, records, Some((journal, recovery))),
        Err(JournalError::Closed(_)) => {
            let ReadBack { document, records, .. } = Journal::read(&place)?;
            (document, records, None)
        }
        Err(error) => return Err(error.into()),
    };
    let parts = start_parts(config, device, &folder, &document, &records, inbox)?;
    let Some((journal, recovery)) = open else {
        return Ok(OpenDay::new(folder, place, document, &records, None, parts));
    };
    let mut day = OpenDay::new(folder, place, document, &records, Some(journal), parts);
    if day.day.stage != Stage::Closed {
        note_start(&recovery, &mut |event| day.record(now, Actor::STATION, event))?;
    }
    day.checkpoint(now)?;
    Ok(day)
}

/// The packing thread, with the parts that the records leave open.
fn start_parts(
    config: &StationConfig,
    device: &Arc<DeviceKey>,
    folder: &DayFolder,
    document: &DayDocument,
    records: &[Record],
    inbox: SyncSender<Inbox>,
) -> Result<Parts, StationError> {
    let mut begun: BTreeMap<u32, (Group, usize)> = BTreeMap::new();
    let mut next_part = 1;
    for record in records {
        match &record.event {
            Event::PartOpened { part, group } => {
                next_part = next_part.max(part + 1);
                begun.insert(*part, (*group, 0));
            }
            // A segment is two files, its video and its index.
            Event::SegmentTaken { part, .. } => {
                if let Some((_, files)) = begun.get_mut(part) {
                    *files += 2;
                }
            }
            Event::PartSealed(sealed) => drop(begun.remove(&sealed.part)),
            _ => {}
        }
    }
    let archive = folder.archive();
    forget_unrecorded(&archive, &document.day, next_part)?;
    let mut open = BTreeMap::new();
    let mut sealed_unrecorded = Vec::new();
    for (part, (group, files)) in begun {
        let name = PartName::Numbered(document.day.clone(), part);
        if archive.join(name.file_name()).exists() {
            sealed_unrecorded.push((part, group));
        } else {
            open.insert(group, PartWriter::recover(&archive, &document.day, part, group, files)?);
        }
    }
    let parts = PartsConfig {
        folder: archive,
        day: document.day.clone(),
        info: bag_info(document),
        max_bytes: config.profile.recording.part_max_bytes,
        key: Arc::clone(device),
        next_part,
        open,
        sealed_unrecorded,
    };
    Parts::start(parts, inbox).map_err(StationError::Data)
}

/// A part that was begun and not recorded holds nothing whose original is gone.
fn forget_unrecorded(archive: &Path, day: &DayId, next_part: u32) -> Result<(), StationError> {
    let path = archive.join(PartName::Numbered(day.clone(), next_part).open_file_name());
    remove_if_there(&path).map_err(StationError::Data)
}

pub(super) fn bag_info(document: &DayDocument) -> BagInfo {
    BagInfo {
        organization: format!("{}-{}, {}", document.region, document.point, document.point_name),
        date: document.plan.date,
        software: concat!("invigil ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// The day's fold over all its records.
pub(super) fn fold(document: &DayDocument, records: &[Record]) -> Day {
    let cameras = document.cameras.iter().map(|camera| camera.id.clone());
    let mut day = Day::new(document.day.clone(), document.plan.clone(), cameras);
    records.iter().for_each(|record| day.apply(record));
    day
}
