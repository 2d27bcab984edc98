//! Small journals of an exam day, of one station or several, as far as a test wants them written.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use invigil::archive::PartWriter;
use invigil::clock::{Clock, SimulatedClock};
use invigil::journal::{
    Actor, Checkpoint, DayDocument, Event, Group, Journal, JournalPlace, KnownHead, Link, Opened, TakeOver,
};
use invigil::point::DayId;
use invigil::signing::DeviceKey;
use ring::rand::SystemRandom;

use crate::day::{START_MS, document_of, info};

/// A station in the middle of its day.
pub struct Station {
    pub day: DayId,
    pub key: Arc<DeviceKey>,
    data: tempfile::TempDir,
    journal: Option<Journal>,
    clock: SimulatedClock,
}

pub fn day_of(station: &str) -> DayId {
    format!("77-0101-2026-05-29-{station}").parse().unwrap()
}

impl Station {
    /// Begins its day, `minutes` after the first one's.
    pub fn begin(station: &str, minutes: i64, takes_over: Option<TakeOver>) -> Self {
        let (data, day) = (tempfile::tempdir().unwrap(), day_of(station));
        let key = Arc::new(DeviceKey::create(&data.path().join("key"), &SystemRandom::new()).unwrap());
        let clock = SimulatedClock::new(START_MS + minutes * 60_000, 180);
        let place = JournalPlace::day(data.path(), &day);
        let document = |epoch_key| document_of(&day, &key, epoch_key, takes_over.clone());
        let (journal, document) = Journal::create(place, Arc::clone(&key), document).unwrap();
        let mut begun = Self { day: day.clone(), key: Arc::clone(&key), data, journal: Some(journal), clock };
        begun.write(Event::DayOpened { day, epoch_key: document.epoch_key.to_string() });
        begun.write(Event::StationStarted { version: "test".to_owned(), restart: 0, link: Link::First });
        begun.checkpoint();
        begun
    }

    pub fn write(&mut self, event: Event) {
        self.clock.advance(Duration::from_secs(1));
        let journal = self.journal.as_mut().unwrap();
        journal.append(self.clock.now(), Actor::STATION, event).unwrap();
        journal.sync().unwrap();
    }

    pub fn note(&mut self, text: &str) {
        self.write(Event::AlarmAcknowledged { alarm: text.to_owned() });
    }

    pub fn checkpoint(&mut self) -> Checkpoint {
        self.journal.as_mut().unwrap().checkpoint(self.clock.now()).unwrap()
    }

    /// Its journal as somebody would read it from its disk now.
    pub fn head(&self) -> KnownHead {
        let journal = self.journal.as_ref().unwrap();
        KnownHead::Records { size: journal.size(), root: journal.root() }
    }

    /// What a station's document says that goes on from here.
    pub fn taken_over(&self, head: KnownHead) -> Option<TakeOver> {
        let device_key = Some(self.key.public().fingerprint());
        Some(TakeOver { day: self.day.clone(), device_key, head })
    }

    /// The same station again from a copy of its disk: its key, its journal, its seeds.
    pub fn copied(&mut self) -> Self {
        let data = tempfile::tempdir().unwrap();
        copy_folder(self.data.path(), data.path());
        let key = Arc::new(DeviceKey::open(&data.path().join("key")).unwrap());
        let clock = SimulatedClock::new(self.clock.now().utc_ms, 180);
        let mut copied = Self { day: self.day.clone(), key, data, journal: None, clock };
        copied.start_again();
        copied
    }

    /// As after a crash.
    pub fn start_again(&mut self) {
        self.journal = None;
        let place = JournalPlace::day(self.data.path(), &self.day);
        let Opened { journal, recovery, .. } =
            Journal::open::<DayDocument>(place, Arc::clone(&self.key)).unwrap();
        self.journal = Some(journal);
        let (restart, link) = (recovery.restart, recovery.link);
        self.write(Event::StationStarted { version: "test".to_owned(), restart, link });
        self.checkpoint();
    }

    /// Part 00 with the journal as it is now, whether it is closed or not.
    pub fn export(&self, into: &Path) -> PathBuf {
        let place = JournalPlace::day(self.data.path(), &self.day);
        let mut part = PartWriter::create(into, &self.day, 0, Group::Delivered).unwrap();
        for (name, path) in [
            ("day.json", place.document.clone()),
            ("journal/records.jsonl", place.records()),
            ("journal/checkpoints.txt", place.checkpoints()),
        ] {
            part.append_file(&name.parse().unwrap(), &path).unwrap();
        }
        into.join(part.close(&info(), &self.key).unwrap().file)
    }

    /// Closes the day properly and exports it.
    pub fn close(&mut self, into: &Path) -> PathBuf {
        let records = fs::read_to_string(JournalPlace::day(self.data.path(), &self.day).records()).unwrap();
        let restarts = records.matches("\"station_started\"").count() as u32 - 1;
        self.write(Event::DayClosed { restarts, parts: 0 });
        self.journal.take().unwrap().close(self.clock.now()).unwrap();
        self.export(into)
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
