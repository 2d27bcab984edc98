//! A journal in a folder of its own, for tests.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ring::rand::SystemRandom;
use tempfile::TempDir;

use super::{
    Actor, Checkpoint, Event, FORMAT, Journal, JournalError, JournalPlace, JournalReport, Link, Opened,
    PointDocument, Record, check_journal,
};
use crate::clock::Stamp;
use crate::signing::DeviceKey;

pub(super) struct Trial {
    pub place: JournalPlace,
    pub device: Arc<DeviceKey>,
    _folder: TempDir,
}

impl Trial {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let device = DeviceKey::create(&folder.path().join("device"), &SystemRandom::new()).unwrap();
        let place = JournalPlace::point(folder.path());
        Self { place, device: Arc::new(device), _folder: folder }
    }

    pub(super) fn create(&self) -> Journal {
        let device_key = self.device.public();
        let created = Journal::create(self.place.clone(), self.device.clone(), |epoch_key| PointDocument {
            format: FORMAT,
            region: "77".parse().unwrap(),
            point: "0101".parse().unwrap(),
            station: "main".parse().unwrap(),
            device_key,
            epoch_key,
        });
        created.unwrap().0
    }

    pub(super) fn open(&self) -> Result<Opened<PointDocument>, JournalError> {
        Journal::open(self.place.clone(), self.device.clone())
    }

    /// A journal with two runs, five checkpoints and a proper end.
    pub(super) fn closed(&self) -> Vec<Record> {
        let mut journal = self.create();
        let mut records = start(&mut journal, 0, Link::First);
        journal.checkpoint(stamp(1)).unwrap();
        records.extend(note(&mut journal, "one"));
        journal.checkpoint(stamp(2)).unwrap();
        drop(journal);
        let mut journal = self.open().unwrap().journal;
        records.extend(start(&mut journal, 1, Link::Linked));
        journal.checkpoint(stamp(3)).unwrap();
        records.extend(note(&mut journal, "two"));
        journal.checkpoint(stamp(4)).unwrap();
        records.extend(append(&mut journal, Event::DayClosed { restarts: 1, parts: 1 }));
        journal.close(stamp(5)).unwrap();
        records
    }

    pub(super) fn check(&self) -> (JournalReport<PointDocument>, Vec<Record>) {
        let files = Files::read(&self.place);
        files.check()
    }
}

/// A journal's files as bytes, to be changed.
#[derive(Clone)]
pub(super) struct Files {
    pub document: Vec<u8>,
    pub records: Vec<u8>,
    pub checkpoints: Vec<u8>,
}

impl Files {
    pub(super) fn read(place: &JournalPlace) -> Self {
        let read = |path: &Path| fs::read(path).unwrap();
        Self {
            document: read(&place.document),
            records: read(&place.records()),
            checkpoints: read(&place.checkpoints()),
        }
    }

    pub(super) fn check(&self) -> (JournalReport<PointDocument>, Vec<Record>) {
        let mut records = Vec::new();
        let report =
            check_journal(&self.document, &mut &self.records[..], &self.checkpoints, &mut |checked| {
                records.push(checked.record);
            });
        (report.unwrap(), records)
    }
}

pub(super) fn stamp(second: u64) -> Stamp {
    Stamp { utc_ms: 1_780_000_000_000 + second as i64 * 1000, mono_ms: second * 1000, offset_min: 180 }
}

pub(super) fn append(journal: &mut Journal, event: Event) -> Vec<Record> {
    let second = journal.size();
    let record = journal.append(stamp(second), Actor::STATION, event).unwrap();
    journal.sync().unwrap();
    vec![record]
}

pub(super) fn start(journal: &mut Journal, restart: u32, link: Link) -> Vec<Record> {
    append(journal, Event::StationStarted { version: "0".to_owned(), restart, link })
}

pub(super) fn note(journal: &mut Journal, text: &str) -> Vec<Record> {
    append(journal, Event::AlarmAcknowledged { alarm: text.to_owned() })
}

pub(super) fn checkpoint(journal: &mut Journal) -> Checkpoint {
    let second = journal.size();
    journal.checkpoint(stamp(second)).unwrap()
}
