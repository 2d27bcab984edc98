//! A new device key takes the place of the old one, which signs a statement about it.
//!
//! The new key lies beside the old one first; then the statement is on disk; then the new one takes the
//! old one's name. A crash before the statement leaves the old key, one after it the new one, as soon as
//! anything opens the point again.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ring::rand::SecureRandom;

use super::opening::{self, OpenedPoint};
use super::paths::DataFolder;
use super::{StationError, open_day::remove_if_there};
use crate::clock::Stamp;
use crate::day::OlderDays;
use crate::durable;
use crate::i18n::Message;
use crate::point::{DayId, Profile};
use crate::signing::{DeviceKey, DeviceKeyError, MAX_ROTATIONS, MAX_STATEMENT_BYTES, PublicKey, Rotation};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    pub old: PublicKey,
    pub new: PublicKey,
}

#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    #[error(transparent)]
    Station(#[from] StationError),
    /// It was begun with the old key, and what is put beside its archive is signed with that too.
    #[error("the day {0} is open, or today's")]
    DayOpen(DayId),
    #[error("the key was changed {MAX_ROTATIONS} times already")]
    TooMany,
    #[error("{}: {source}", .path.display())]
    File { path: PathBuf, source: io::Error },
}

/// Gives the point a new device key, and records it. Nothing else may work on the data folder meanwhile.
pub fn rotate(
    data: &DataFolder,
    profile: &Profile,
    now: Stamp,
    random: &dyn SecureRandom,
) -> Result<Rotated, RotationError> {
    let _lock = opening::lock(data)?;
    let today = profile.day_id(opening::date(profile, now));
    // A day that is half deleted counts as open: the station ends that first.
    if let Some(day) = opening::day_to_reopen(data, &today, &OlderDays::default())? {
        return Err(RotationError::DayOpen(day));
    }
    let path = DeviceKey::path_in(data.root());
    settle(data)?;
    let number = free_number(data);
    if number > MAX_ROTATIONS {
        return Err(RotationError::TooMany);
    }
    let old = DeviceKey::open_with(&path, data.sealer()).map_err(StationError::Key)?;
    // Where the old one is sealed the new one is never there in plain.
    let sealer = DeviceKey::is_sealed(&path).map_err(StationError::Key)?.then(|| data.sealer());
    let new =
        DeviceKey::create_with(&next(data, number), random, sealer).map_err(StationError::Key)?.public();
    let station = format!("{}-{}-{}", profile.region, profile.point, profile.station);
    put(data, number, &Rotation::make(&station, &old, new, now.utc_ms))?;
    let old = old.public();
    settle(data)?;
    let OpenedPoint { .. } = opening::open_point(data, profile, now)?;
    Ok(Rotated { old, new })
}

/// Ends a rotation that a crash broke off: with the new key if the old one has signed for it.
pub(super) fn settle(data: &DataFolder) -> Result<(), StationError> {
    let path = DeviceKey::path_in(data.root());
    let io = |source| StationError::Key(DeviceKeyError::Io { path: path.clone(), source });
    let unstated = free_number(data);
    remove_if_there(&next(data, unstated)).map_err(io)?;
    let stated = next(data, unstated - 1);
    if stated.try_exists().map_err(io)? {
        durable::take_place(&stated, &path).map_err(io)?;
    }
    Ok(())
}

/// The number of the next statement, from 1.
fn free_number(data: &DataFolder) -> usize {
    (1..=MAX_ROTATIONS).find(|number| !files(data, *number).0.exists()).unwrap_or(MAX_ROTATIONS + 1)
}

/// The statements about this station's keys, the oldest first. What can't be read of them is told to the
/// log: recording does not wait for it.
pub(super) fn statements(data: &DataFolder) -> Vec<Rotation> {
    let mut found = Vec::new();
    for number in 1..=MAX_ROTATIONS {
        let (statement, signature) = files(data, number);
        let read = match read_short(&statement) {
            Ok(text) => read_short(&signature).map(|signature| Rotation::read(&text, &signature)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => break,
            Err(error) => Err(error),
        };
        match read {
            Ok(Ok(rotation)) => found.push(rotation),
            Ok(Err(error)) => tracing::error!(%error, path = %statement.display(), "statement not used"),
            Err(error) => tracing::error!(%error, path = %statement.display(), "statement not read"),
        }
    }
    found
}

/// The statement is there as soon as its own file is.
fn put(data: &DataFolder, number: usize, rotation: &Rotation) -> Result<(), RotationError> {
    let (statement, signature) = files(data, number);
    let file = |path: &Path| {
        let path = path.to_owned();
        |source| RotationError::File { path, source }
    };
    // A service of another user goes on reading what the administrator changed.
    durable::create_public_folder(&data.keys()).map_err(file(&data.keys()))?;
    durable::replace_public(&signature, rotation.signature().as_bytes()).map_err(file(&signature))?;
    durable::replace_public(&statement, &rotation.statement.to_bytes()).map_err(file(&statement))
}

fn files(data: &DataFolder, number: usize) -> (PathBuf, PathBuf) {
    let file = |ending: &str| data.keys().join(format!("{number:04}.{ending}"));
    (file("json"), file("sshsig"))
}

/// Where the key that this statement is about waits to take the old one's place.
fn next(data: &DataFolder, number: usize) -> PathBuf {
    DeviceKey::path_in(data.root()).with_added_extension(format!("next-{number:04}"))
}

fn read_short(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_STATEMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl RotationError {
    /// What to tell a person.
    pub fn message(&self, data: &Path) -> Message {
        match self {
            Self::Station(error) => error.message(data),
            Self::DayOpen(day) => Message::new("rotate-day-open").with("day", day.as_str()),
            Self::TooMany => Message::new("rotate-too-many").with("max", MAX_ROTATIONS),
            Self::File { path, source } => Message::new("device-key-io")
                .with("path", path.display().to_string())
                .with("cause", source.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use ring::rand::SystemRandom;

    use super::*;
    use crate::clock::{Clock, SimulatedClock};
    use crate::journal::{
        Event, HeadDocument, Journal, JournalPlace, KeyRotated, PointDocument, ReadBack, check_checkpoints,
    };
    use crate::point::demo;

    struct Point {
        folder: tempfile::TempDir,
        data: DataFolder,
        profile: Profile,
        clock: SimulatedClock,
    }

    impl Point {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let data = DataFolder::open(folder.path()).unwrap();
            let clock = SimulatedClock::new(1_780_034_400_000, 180);
            let point = Self { folder, data, profile: demo(), clock };
            point.open();
            point
        }

        fn open(&self) -> OpenedPoint {
            opening::open_point(&self.data, &self.profile, self.clock.now()).unwrap()
        }

        fn key(&self) -> PublicKey {
            DeviceKey::open(&DeviceKey::path_in(self.folder.path())).unwrap().public()
        }

        fn rotate(&self) -> Rotated {
            rotate(&self.data, &self.profile, self.clock.now(), &SystemRandom::new()).unwrap()
        }

        fn recorded(&self) -> Vec<KeyRotated> {
            let read: ReadBack<PointDocument> =
                Journal::read(&JournalPlace::point(self.folder.path())).unwrap();
            let rotated = read.records.into_iter().filter_map(|record| match record.event {
                Event::KeyRotated(rotated) => Some(rotated),
                _ => None,
            });
            rotated.collect()
        }
    }

    #[test]
    fn each_key_is_named_by_the_one_before_and_the_points_journal_goes_on() {
        let point = Point::new();
        let first = point.key();
        let (one, two) = (point.rotate(), point.rotate());
        assert_eq!((one.old, one.new, two.old, two.new), (first, two.old, one.new, point.key()));
        let opened = point.open();
        assert_eq!(opened.device.public(), two.new);
        let named: Vec<_> = opened.rotations.iter().map(|r| (r.statement.old, r.statement.new)).collect();
        assert_eq!(named, [(one.old, one.new), (two.old, two.new)]);
        let recorded: Vec<_> = point.recorded().iter().map(|rotated| (rotated.old, rotated.new)).collect();
        assert_eq!(recorded, named);
        assert_eq!(opened.records.iter().filter(|r| matches!(r.event, Event::PointOpened { .. })).count(), 1);

        // Every start is signed by a key of the row, and by no other.
        let place = JournalPlace::point(point.folder.path());
        let checkpoints = fs::read(place.checkpoints()).unwrap();
        let mut head = Journal::read::<PointDocument>(&place).unwrap().document.head();
        assert!(!check_checkpoints(&checkpoints, &head).faults.is_empty());
        head.successors = vec![one.new, two.new];
        assert_eq!(check_checkpoints(&checkpoints, &head).faults, []);
    }

    #[test]
    fn a_crash_leaves_the_old_key_or_the_new_one() {
        let point = Point::new();
        let path = DeviceKey::path_in(point.folder.path());
        let first = point.key();
        // Nobody has signed for it yet.
        let next = || next(&point.data, 1);
        DeviceKey::create(&next(), &SystemRandom::new()).unwrap();
        assert_eq!(point.open().device.public(), first);
        assert!(!next().exists());

        let old = DeviceKey::open(&path).unwrap();
        let new = DeviceKey::create(&next(), &SystemRandom::new()).unwrap().public();
        put(&point.data, 1, &Rotation::make("77-0101-main", &old, new, 0)).unwrap();
        fs::remove_file(files(&point.data, 1).0).unwrap();
        assert_eq!(point.open().device.public(), first, "a signature alone is no statement");

        let new = DeviceKey::create(&next(), &SystemRandom::new()).unwrap().public();
        put(&point.data, 1, &Rotation::make("77-0101-main", &old, new, 0)).unwrap();
        assert_eq!(point.open().device.public(), new);
        assert_eq!((point.recorded().len(), point.key()), (1, new));
        point.open();
        assert_eq!(point.recorded().len(), 1);
        assert_ne!(point.rotate().new, new);
    }

    #[test]
    fn a_key_is_not_changed_while_a_station_runs_or_where_there_is_none() {
        let point = Point::new();
        let held = opening::lock(&point.data).unwrap();
        let rotate = || rotate(&point.data, &point.profile, point.clock.now(), &SystemRandom::new());
        assert!(matches!(rotate(), Err(RotationError::Station(StationError::AlreadyRunning))));
        drop(held);
        fs::remove_file(DeviceKey::path_in(point.folder.path())).unwrap();
        assert!(matches!(
            rotate(),
            Err(RotationError::Station(StationError::Key(DeviceKeyError::Missing(_))))
        ));
    }
}
