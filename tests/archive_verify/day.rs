//! A small exam day, sealed: a delivered and a kept part, a real journal, tiny videos. Only of the
//! delivered camera the journal has the root of each finished index.

use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use invigil::archive::verify::{VerifyOptions, verify};
use invigil::archive::zip::{self, ZipWriter};
use invigil::archive::{
    BagInfo, CLOSING_ACT_FORMAT, ClosingAct, PartWriter, Report, segment_names, write_after,
};
use invigil::clock::{Clock, SimulatedClock};
use invigil::journal::{
    Actor, ChecklistUsed, DayDocument, Event, Group, HeadDocument, Journal, JournalPlace, Link, SealedPart,
    Segment, Still, TakeOver, VideoHead,
};
use invigil::point::{CameraId, DayId, Plan};
use invigil::recording::mp4::{Fragment, Movie, Sample, SoundFormat, SoundRun, SoundSample, Track};
use invigil::signing::merkle::MerkleTree;
use invigil::signing::{DeviceKey, Digest, PublicKey, SignerRole};
use ring::rand::SystemRandom;

/// 2026-05-29 09:00:00 in Moscow.
pub const START_MS: i64 = 1_780_034_400_000;
/// Time of the first record of [`seal_day_of`]'s own.
pub const FIRST_MS: i64 = START_MS + 1_000;
/// Segments a camera, fragments a segment; a fragment lasts two seconds, segments begin every ten minutes.
pub const SEGMENTS: u32 = 3;
pub const FRAGMENTS: u32 = 3;

/// The one still, as it stands in part 00.
pub const STILL: (&str, &[u8]) = ("stills/entrance-1/0001-reference.jpg", b"a picture");

pub fn day() -> DayId {
    "77-0101-2026-05-29-main".parse().unwrap()
}

/// A sealed day's folder of parts.
pub struct Archive {
    pub folder: tempfile::TempDir,
    pub key: Arc<DeviceKey>,
    pub act: ClosingAct,
    /// Record numbers of `SegmentFinished`, delivered camera.
    pub finished: Vec<u64>,
}

impl Archive {
    pub fn part(&self, number: u32) -> PathBuf {
        self.folder.path().join(format!("{}-{number:02}.zip", day()))
    }

    pub fn paths(&self) -> Vec<PathBuf> {
        vec![self.folder.path().to_owned()]
    }

    pub fn verify(&self) -> Report {
        check(&self.paths(), &options())
    }
}

pub fn options() -> VerifyOptions {
    VerifyOptions { signers: None, act: None, at_ms: START_MS }
}

pub fn check(paths: &[PathBuf], options: &VerifyOptions) -> Report {
    verify(paths, options, &mut |_, _| ControlFlow::Continue(()))
}

pub fn new_key() -> DeviceKey {
    let folder = tempfile::tempdir().unwrap();
    DeviceKey::create(&folder.path().join("key"), &SystemRandom::new()).unwrap()
}

pub fn info() -> BagInfo {
    BagInfo {
        organization: "77-0101".to_owned(),
        date: "2026-05-29".parse().unwrap(),
        software: "invigil test".to_owned(),
    }
}

/// What is special about a day.
#[derive(Default)]
struct Special<'a> {
    /// How its one restart ties up; none: it was never started again.
    restart: Option<Link>,
    /// Who has to countersign it, as the journal says.
    due: &'a [SignerRole],
    /// None: a new one.
    key: Option<Arc<DeviceKey>>,
    /// More files of part 00, by their names below `data/`.
    more: &'a [(String, Vec<u8>)],
    /// More records, 250 ms apart; the first at [`FIRST_MS`].
    events: &'a [Event],
}

/// Seals a new day. `restart` is how its one restart ties up; none: it was never started again.
pub fn seal_day(restart: Option<Link>) -> Archive {
    seal(Special { restart, ..Special::default() })
}

/// Seals a new day whose journal says who has to countersign it.
pub fn seal_day_due(due: &[SignerRole]) -> Archive {
    seal(Special { due, ..Special::default() })
}

/// Seals a new day by this key, with more files beside the journal.
pub fn seal_day_by(key: &Arc<DeviceKey>, more: &[(String, Vec<u8>)]) -> Archive {
    seal(Special { key: Some(Arc::clone(key)), more, ..Special::default() })
}

/// Seals a new day in which these events happened as well.
pub fn seal_day_of(events: &[Event]) -> Archive {
    seal(Special { events, ..Special::default() })
}

/// Seals a new day in which these events happened as well, with more files beside the journal.
#[allow(dead_code, reason = "for the tests of the page and of the window")]
pub fn seal_day_with(events: &[Event], more: &[(String, Vec<u8>)]) -> Archive {
    seal(Special { events, more, ..Special::default() })
}

fn seal(special: Special<'_>) -> Archive {
    let Special { restart, due, key, more, events } = special;
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let key = key.unwrap_or_else(|| Arc::new(new_key()));
    let clock = SimulatedClock::new(START_MS, 180);
    let place = JournalPlace::day(data.path(), &day());
    let document = |epoch_key| document(&key, epoch_key);
    let (mut journal, _) = Journal::create(place.clone(), Arc::clone(&key), document).unwrap();
    let opening_code = journal.head().opening_code();
    let epoch_key = journal.head().epoch_key.to_string();
    let write = |journal: &mut Journal, event: Event| {
        clock.advance(Duration::from_millis(250));
        journal.append(clock.now(), Actor::STATION, event).unwrap().n
    };
    write(&mut journal, Event::DayOpened { day: day(), epoch_key });
    let started = |restart, link| Event::StationStarted { version: "test".to_owned(), restart, link };
    write(&mut journal, started(0, Link::First));
    journal.checkpoint(clock.now()).unwrap();
    if let Some(link) = restart {
        drop(journal);
        if link == Link::Unlinked {
            fs::remove_file(&place.seeds).unwrap();
        }
        let opened = Journal::open::<DayDocument>(place.clone(), Arc::clone(&key)).unwrap();
        assert_eq!(opened.recovery.link, link);
        journal = opened.journal;
        write(&mut journal, started(1, link));
    }
    let still = Still { name: STILL.0.to_owned(), sha256: Digest::of(STILL.1) };
    let camera = "entrance-1".parse().unwrap();
    write(&mut journal, Event::ReferenceApproved { camera, still });
    for event in events {
        write(&mut journal, event.clone());
    }
    let mut finished = Vec::new();
    let mut sealed = Vec::new();
    for (part, camera, group) in [(1, "entrance-1", Group::Delivered), (2, "room-3", Group::Kept)] {
        let camera: CameraId = camera.parse().unwrap();
        let mut writer = PartWriter::create(folder.path(), &day(), part, group).unwrap();
        write(&mut journal, Event::PartOpened { part, group });
        for segment in 0..SEGMENTS {
            let (video, index, facts) = small_segment(&camera, segment);
            let mut tree = MerkleTree::new();
            index.split_inclusive(|byte| *byte == b'\n').take(2).for_each(|line| tree.push(line));
            let head = VideoHead { camera: camera.clone(), segment, lines: 2, root: tree.root() };
            write(&mut journal, Event::VideoHeads { heads: vec![head] });
            journal.checkpoint(clock.now()).unwrap();
            let record = write(&mut journal, Event::SegmentFinished(facts));
            if group == Group::Delivered {
                finished.push(record);
                write(&mut journal, Event::SegmentIndexed(whole_head(&camera, segment, &index)));
            }
            let (video_name, index_name) = segment_names(&camera, segment).unwrap();
            writer.append_bytes(&video_name, &video).unwrap();
            writer.append_bytes(&index_name, &index).unwrap();
            write(&mut journal, Event::SegmentTaken { camera: camera.clone(), segment, part });
        }
        let part = writer.close(&info(), &key).unwrap();
        write(&mut journal, Event::PartSealed(part.clone()));
        sealed.push(part);
    }
    let restarts = u32::from(restart.is_some());
    if !due.is_empty() {
        write(&mut journal, Event::CountersignaturesDue { roles: due.to_vec() });
    }
    write(&mut journal, Event::DayClosed { restarts, parts: 2 });
    let records = journal.size();
    let closing_code = journal.close(clock.now()).unwrap().code();
    sealed.insert(0, journal_part(folder.path(), &place, more, &key));
    let act = ClosingAct {
        format: CLOSING_ACT_FORMAT,
        day: day(),
        opening_code,
        closing_code,
        restarts,
        records,
        parts: sealed,
        copies: Vec::new(),
    };
    write_after(folder.path(), 1, &act, &[], &info(), &key).unwrap();
    Archive { folder, key, act, finished }
}

fn whole_head(camera: &CameraId, segment: u32, index: &[u8]) -> VideoHead {
    let mut tree = MerkleTree::new();
    index.split_inclusive(|byte| *byte == b'\n').for_each(|line| tree.push(line));
    VideoHead { camera: camera.clone(), segment, lines: tree.size(), root: tree.root() }
}

pub fn journal_part(
    folder: &Path,
    place: &JournalPlace,
    more: &[(String, Vec<u8>)],
    key: &DeviceKey,
) -> SealedPart {
    let mut part = PartWriter::create(folder, &day(), 0, Group::Delivered).unwrap();
    for (name, path) in [
        ("day.json", place.document.clone()),
        ("journal/records.jsonl", place.records()),
        ("journal/checkpoints.txt", place.checkpoints()),
    ] {
        part.append_file(&name.parse().unwrap(), &path).unwrap();
    }
    part.append_bytes(&STILL.0.parse().unwrap(), STILL.1).unwrap();
    for (name, bytes) in more {
        part.append_bytes(&name.parse().unwrap(), bytes).unwrap();
    }
    part.close(&info(), key).unwrap()
}

fn document(key: &DeviceKey, epoch_key: PublicKey) -> DayDocument {
    document_of(&day(), key, epoch_key, None)
}

/// The document of a station's day.
pub fn document_of(
    day: &DayId,
    key: &DeviceKey,
    epoch_key: PublicKey,
    takes_over: Option<TakeOver>,
) -> DayDocument {
    let document = DayDocument {
        format: DayDocument::format_with(takes_over.as_ref()),
        day: day.clone(),
        region: "77".parse().unwrap(),
        point: "0101".parse().unwrap(),
        station: day.as_str().rsplit('-').next().unwrap().parse().unwrap(),
        point_name: "Школа № 101".to_owned(),
        address: "Москва".to_owned(),
        subject: "Русский язык".to_owned(),
        time_zone: "Europe/Moscow".parse().unwrap(),
        point_head: Digest::of(b"point"),
        device_key: key.public(),
        epoch_key,
        plan: Plan {
            date: "2026-05-29".parse().unwrap(),
            exam_start_ms: START_MS + 3_600_000,
            exam_end_ms: START_MS + 4 * 3_600_000,
            record_until_ms: START_MS + 5 * 3_600_000,
            phases: Vec::new(),
            starts: Vec::new(),
            outage_tolerance_ms: 1_200_000,
            keep_until: "2027-03-01".parse().unwrap(),
        },
        segment_seconds: 600,
        rooms: Vec::new(),
        cameras: Vec::new(),
        people: Vec::new(),
        checklist: ChecklistUsed {
            id: "two-hours-before".parse().unwrap(),
            version: 1,
            sha256: Digest::of(b"checklist"),
        },
        takes_over,
    };
    assert_eq!(DayDocument::parse(&document.to_bytes()).as_ref(), Ok(&document));
    document
}

/// An `.mp4`, its `.idx`, and what the journal says of them. The pictures are no pictures. Those of segment 1 are
/// shown in another order than they are decoded; segment 2 has sound, which begins after the pictures and
/// is then ahead of them.
pub fn small_segment(camera: &CameraId, number: u32) -> (Vec<u8>, Vec<u8>, Segment) {
    let sps =
        b"\x67\x42\xc0\x16\xd9\x00\xa0\x3d\xb0\x11\x00\x00\x03\x00\x01\x00\x00\x03\x00\x1e\x0f\x16\x2e\x48";
    let pps = b"\x68\xcb\x83\xcb\x20";
    let from_ms = START_MS + i64::from(number) * 600_000;
    let sound = (number == 2).then_some(SoundFormat::Opus { pre_skip: 312, input_rate: 48_000 });
    let track = Track::new((from_ms / 1000) as u64, sps, pps).unwrap().with_sound(sound.clone());
    let header_bytes = Track::open_header().len() as u64;
    let moov = track.initial_moov();
    let mut index = track.line(header_bytes, moov.len() as u64, Digest::of(&moov)).to_bytes();
    let mut movie = Movie::new(track);
    let mut body = moov;
    for fragment in 0..FRAGMENTS {
        let picture =
            [&[0, 0, 0, 40, 0x65][..], &[fragment as u8 + 7 * number as u8; 35], camera.as_str().as_bytes()]
                .concat();
        let picture = &picture[..44];
        let shown = if number == 1 { [(true, 9_000), (false, -3_000)] } else { [(true, 0); 2] };
        let samples = shown.map(|(key, shown_after)| Sample { duration: 90_000, size: 44, key, shown_after });
        let packets = [10, 20].map(|size| SoundSample { duration: 47_000, size });
        let decode_time = u64::from(fragment) * 95_000 + 500;
        let run = sound.as_ref().map(|_| SoundRun { decode_time, samples: packets.to_vec() });
        let heard: &[u8] = if run.is_some() { &[7; 30] } else { &[] };
        let fragment = Fragment {
            number: fragment + 1,
            utc_ms: from_ms + i64::from(fragment) * 2000,
            mono_ms: u64::from(number) * 600_000 + u64::from(fragment) * 2000,
            decode_time: u64::from(fragment) * 180_000,
            samples: samples.to_vec(),
            sound: run,
        };
        let head = fragment.head();
        let offset = header_bytes + body.len() as u64;
        movie.push(&fragment, offset + head.len() as u64).unwrap();
        let bytes = [&head[..], picture, picture, heard].concat();
        index.extend(fragment.line(offset, bytes.len() as u64, Digest::of(&bytes)).to_bytes());
        body.extend(bytes);
    }
    let end = header_bytes + body.len() as u64;
    let video = [Movie::closed_header(end), body, movie.final_moov()].concat();
    let facts = Segment {
        camera: camera.clone(),
        segment: number,
        from_ms,
        to_ms: from_ms + i64::from(FRAGMENTS) * 2000,
        frames: u64::from(FRAGMENTS) * 2,
        bytes: video.len() as u64,
        sha256: Digest::of(&video),
        index_sha256: Digest::of(&index),
        repaired: false,
    };
    (video, index, facts)
}

/// The files of a part, by their names in the ZIP.
pub type Files = Vec<(String, Vec<u8>)>;

/// Writes a part anew with other files, as somebody without the key would.
pub fn rewrite(part: &Path, change: impl FnOnce(&mut Files)) {
    let mut files = files_of(part);
    change(&mut files);
    fs::remove_file(part).unwrap();
    let file = File::options().read(true).write(true).create_new(true).open(part).unwrap();
    let mut writer = ZipWriter::new(file).unwrap();
    for (name, bytes) in files {
        writer.append(name.parse().unwrap(), &mut &bytes[..]).unwrap();
    }
    writer.finish().unwrap();
}

pub fn files_of(part: &Path) -> Files {
    let mut zip = Cursor::new(fs::read(part).unwrap());
    let entries = zip::read(&mut zip).unwrap();
    let read = |entry: &zip::Entry| {
        let mut bytes = Vec::new();
        zip::contents(&mut zip, entry).unwrap().read_to_end(&mut bytes).unwrap();
        (entry.name.to_string(), bytes)
    };
    entries.iter().map(read).collect()
}

/// Where a file's bytes begin in its part.
pub fn offset_in_part(part: &Path, path: &str) -> u64 {
    let entries = zip::read(&mut File::open(part).unwrap()).unwrap();
    entries.iter().find(|entry| entry.name.as_str().ends_with(path)).unwrap().data_offset
}

pub fn flip(path: &Path, at: u64, bit: u8) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at as usize] ^= 1 << bit;
    fs::write(path, bytes).unwrap();
}
