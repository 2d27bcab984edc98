//! Journals as files, each in a folder whose name says what an auditor has to find; `expected` in
//! it says it in full. They are kept: what a later version reads in them must not change.
//!
//! To write a folder that is missing, run this test with `INVIGIL_WRITE_VECTORS=1`.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use invigil::clock::Stamp;
use invigil::journal::{
    Actor, ChecklistUsed, DayDocument, Event, FORMAT, Journal, JournalPlace, JournalReport, Link, Opened,
    check_journal,
};
use invigil::point::demo;
use invigil::signing::{DeviceKey, Digest};
use ring::rand::SystemRandom;

const FILES: [&str; 3] = ["day.json", "records.jsonl", "checkpoints.txt"];

#[test]
fn every_vector_gives_what_its_name_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/journal");
    if std::env::var_os("INVIGIL_WRITE_VECTORS").is_some() {
        write_missing(&root);
    }
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&root).unwrap() {
        let folder = entry.unwrap().path();
        names.insert(folder.file_name().unwrap().to_str().unwrap().to_owned());
        let expected = fs::read_to_string(folder.join("expected")).unwrap();
        assert_eq!(report(&folder), expected, "{}", folder.display());
    }
    let made: BTreeSet<String> = MADE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, made);
}

/// What an auditor is told of the journal in a folder.
fn report(folder: &Path) -> String {
    let [document, records, checkpoints] = FILES.map(|file| fs::read(folder.join(file)).unwrap());
    let mut readable = 0;
    let report: JournalReport<DayDocument> =
        check_journal(&document, &mut &records[..], &checkpoints, &mut |_| readable += 1).unwrap();
    let mut text = String::new();
    writeln!(text, "records {}, readable {readable}, covered {}", report.records, report.covered).unwrap();
    writeln!(text, "restarts {}, unlinked {}", report.restarts, report.unlinked).unwrap();
    writeln!(text, "closed {}", report.closed).unwrap();
    let code = |code: Option<_>| {
        code.map_or("none".to_owned(), |code: invigil::signing::PaperCode| code.to_string())
    };
    writeln!(text, "opening {}", code(report.opening_code())).unwrap();
    writeln!(text, "closing {}", code(report.closing_code())).unwrap();
    report.faults.iter().for_each(|fault| writeln!(text, "fault {fault}").unwrap());
    text
}

type Change = fn(&mut Files);

/// Every vector, by what is done to a closed day with a linked restart.
const MADE: &[(&str, Change)] = &[
    ("sound-closed", |_| {}),
    ("sound-open", |files| {
        files.notes.truncate(3);
        files.records.truncate(6);
    }),
    ("cut-records", |files| files.records.truncate(2)),
    ("unlinked-restart", |files| *files = day(true)),
    ("changed-record", |files| files.replace(4, "\"alarm\":\"clock-3\"", "\"alarm\":\"clock-4\"")),
    ("removed-record", |files| drop(files.records.remove(4))),
    ("swapped-records", |files| files.records.swap(4, 5)),
    ("added-record", |files| {
        let last = files.records[files.records.len() - 1].clone();
        files.records.push(last);
    }),
    ("torn-last-record", |files| {
        let last = files.records.len() - 1;
        files.records[last].pop();
    }),
    ("record-with-a-key-twice", |files| {
        files.replace(4, "\"offset_min\":180", "\"offset_min\":180,\"offset_min\":180")
    }),
    ("record-with-a-fraction", |files| files.replace(4, "\"offset_min\":180", "\"offset_min\":180.0")),
    ("record-with-an-unknown-field", |files| files.replace(4, "\"n\":4", "\"n\":4,\"more\":1")),
    ("record-with-a-blank", |files| files.replace(4, "\"n\":4", "\"n\": 4")),
    ("record-of-an-unknown-event", |files| files.replace(4, "alarm_acknowledged", "alarm_forgotten")),
    ("changed-document", |files| {
        files.document = files.document.replace("\"segment_seconds\": ", "\"segment_seconds\": 1")
    }),
    ("removed-checkpoint", |files| drop(files.notes.remove(1))),
    ("repeated-checkpoint", |files| files.notes.insert(1, files.notes[1].clone())),
    ("changed-checkpoint", |files| files.notes[1] = files.notes[1].replacen("utc_ms 1", "utc_ms 2", 1)),
    ("added-checkpoint", |files| files.notes.push(files.notes[1].clone())),
    ("checkpoint-without-device-signature", |files| {
        files.notes[0] = files.notes[0]
            .lines()
            .filter(|line| !line.contains("/device"))
            .fold(String::new(), |note, line| note + line + "\n");
    }),
    ("checkpoints-of-another-day", |files| files.notes = day(false).notes),
];

#[derive(Clone)]
struct Files {
    document: String,
    /// Lines with their LF.
    records: Vec<String>,
    notes: Vec<String>,
}

impl Files {
    fn read(place: &JournalPlace) -> Self {
        let read = |path: PathBuf| fs::read_to_string(path).unwrap();
        let records = read(place.records()).split_inclusive('\n').map(str::to_owned).collect();
        let checkpoints = read(place.checkpoints());
        let notes =
            checkpoints.split_inclusive("\n\n").collect::<Vec<_>>().chunks(2).map(<[_]>::concat).collect();
        Self { document: read(place.document.clone()), records, notes }
    }

    fn replace(&mut self, record: usize, from: &str, to: &str) {
        let changed = self.records[record].replacen(from, to, 1);
        assert_ne!(changed, self.records[record]);
        self.records[record] = changed;
    }
}

fn write_missing(root: &Path) {
    let base = day(false);
    for (name, change) in MADE {
        let folder = root.join(name);
        if folder.exists() {
            continue;
        }
        fs::create_dir_all(&folder).unwrap();
        let mut files = base.clone();
        change(&mut files);
        let [document, records, checkpoints] = FILES.map(|file| folder.join(file));
        fs::write(document, files.document).unwrap();
        fs::write(records, files.records.concat()).unwrap();
        fs::write(checkpoints, files.notes.concat()).unwrap();
        fs::write(folder.join("expected"), report(&folder)).unwrap();
    }
}

/// A closed day of two runs; the second one has lost its epoch key, or not.
fn day(lose_the_key: bool) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let device = Arc::new(DeviceKey::create(&data.join("device"), &SystemRandom::new()).unwrap());
    let profile = demo();
    let date = NaiveDate::from_ymd_opt(2026, 5, 29).unwrap();
    let id = profile.day_id(date);
    let place = JournalPlace::day(data, &id);
    let device_key = device.public();
    let (mut journal, document) = Journal::create(place.clone(), device.clone(), |epoch_key| DayDocument {
        format: FORMAT,
        day: id.clone(),
        region: profile.region.clone(),
        point: profile.point.clone(),
        station: profile.station.clone(),
        point_name: profile.name.clone(),
        address: profile.address.clone(),
        subject: profile.subject.clone(),
        time_zone: profile.time_zone,
        point_head: Digest::of(b"the point's newest line"),
        device_key,
        epoch_key,
        plan: profile.plan(date),
        segment_seconds: profile.recording.segment_seconds,
        rooms: profile.rooms.clone(),
        cameras: profile.cameras.clone(),
        people: profile.people.clone(),
        checklist: ChecklistUsed {
            id: "two-hours-before".parse().unwrap(),
            version: 1,
            sha256: Digest::of(b"the checklist"),
        },
        takes_over: None,
    })
    .unwrap();
    let epoch_key = document.epoch_key.to_string();
    append(&mut journal, Event::DayOpened { day: id, epoch_key });
    append(&mut journal, started(0, Link::First));
    checkpoint(&mut journal);
    append(&mut journal, Event::ClockStepped { step_ms: -1500 });
    checkpoint(&mut journal);
    drop(journal);
    if lose_the_key {
        fs::remove_file(&place.seeds).unwrap();
    }
    let Opened { mut journal, recovery, .. } = Journal::open::<DayDocument>(place.clone(), device).unwrap();
    append(&mut journal, started(recovery.restart, recovery.link));
    checkpoint(&mut journal);
    append(&mut journal, Event::AlarmAcknowledged { alarm: "clock-3".to_owned() });
    append(&mut journal, Event::CodeWritten { code: "K7QD-2M9X-RT4W-0FHE".to_owned() });
    append(&mut journal, Event::DayClosed { restarts: 1, parts: 0 });
    let size = journal.size();
    journal.close(stamp(size)).unwrap();
    Files::read(&place)
}

fn started(restart: u32, link: Link) -> Event {
    Event::StationStarted { version: "0.1.0".to_owned(), restart, link }
}

fn append(journal: &mut Journal, event: Event) {
    let at = stamp(journal.size());
    journal.append(at, Actor::STATION, event).unwrap();
    journal.sync().unwrap();
}

fn checkpoint(journal: &mut Journal) {
    let at = stamp(journal.size());
    journal.checkpoint(at).unwrap();
}

fn stamp(minute: u64) -> Stamp {
    Stamp { utc_ms: 1_780_034_400_000 + minute as i64 * 60_000, mono_ms: minute * 60_000, offset_min: 180 }
}
