//! Makes evidence by machine, as much of it as a benchmark needs, and times what only the library does.
//!
//! `bench-evidence archive FOLDER MIB` seals a day with so many MiB of video that no camera saw;
//! `bench-evidence journal FOLDER RECORDS` appends, replays and verifies a journal and prints records
//! a second as JSON; `bench-evidence play FOLDER SECONDS` shows the recordings in the folder's folders.

mod play;

use std::error::Error;
use std::fs;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use invigil::archive::{BagInfo, PartWriter, segment_names};
use invigil::clock::{Clock, SimulatedClock};
use invigil::journal::{
    Actor, ChecklistUsed, DayDocument, Event, FORMAT, Group, Journal, JournalPlace, Link, Segment,
    check_journal,
};
use invigil::point::{CameraId, DayId, Plan};
use invigil::recording::mp4::{Fragment, Movie, Sample, Track};
use invigil::signing::{DeviceKey, Digest, PublicKey};
use ring::rand::{SecureRandom, SystemRandom};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// 2026-05-29 09:00:00 in Moscow.
const START_MS: i64 = 1_780_034_400_000;
/// A fragment of two seconds at 1 Mbit/s, a segment of ten minutes.
const FRAGMENT_BYTES: usize = 250_000;
const FRAGMENTS: u32 = 300;
const SEGMENTS_A_PART: u32 = 13;
/// Records that are written together in one go.
const GROUP: u64 = 256;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["archive", folder, mib] => archive(Path::new(folder), mib.parse()?),
        ["journal", folder, records] => journal(Path::new(folder), records.parse()?),
        ["log", folder, records] => log(Path::new(folder), records.parse()?),
        ["play", folder, seconds] => play::play(Path::new(folder), seconds.parse()?),
        _ => Err("bench-evidence archive FOLDER MIB | journal FOLDER RECORDS | log FOLDER RECORDS | play FOLDER SECONDS"
            .into()),
    }
}

/// A day that was begun in a new folder.
struct Day {
    key: Arc<DeviceKey>,
    clock: SimulatedClock,
    place: JournalPlace,
    journal: Journal,
}

impl Day {
    fn begin(folder: &Path) -> Outcome<Self> {
        fs::create_dir_all(folder)?;
        let key = Arc::new(DeviceKey::create(&folder.join("key"), &SystemRandom::new())?);
        let place = JournalPlace::day(folder, &day()?);
        let clock = SimulatedClock::new(START_MS, 180);
        let device_key = key.public();
        let document = day_document(device_key, PublicKey([0; 32]))?;
        let document = |epoch_key| DayDocument { epoch_key, ..document };
        let (journal, _) = Journal::create(place.clone(), Arc::clone(&key), document)?;
        let mut begun = Self { key, clock, place, journal };
        let epoch_key = begun.journal.head().epoch_key.to_string();
        begun.write(Event::DayOpened { day: day()?, epoch_key })?;
        begun.write(Event::StationStarted { version: "bench".to_owned(), restart: 0, link: Link::First })?;
        begun.journal.checkpoint(begun.clock.now())?;
        Ok(begun)
    }

    fn write(&mut self, event: Event) -> Outcome<()> {
        self.clock.advance(Duration::from_millis(20));
        self.journal.append(self.clock.now(), Actor::STATION, event)?;
        Ok(())
    }
}

fn archive(folder: &Path, mib: u64) -> Outcome<()> {
    let mut day_begun = Day::begin(&folder.join("data"))?;
    let parts_folder = folder.join("parts");
    fs::create_dir_all(&parts_folder)?;
    let camera: CameraId = "entrance-1".parse()?;
    let segments = (mib << 20).div_ceil((FRAGMENT_BYTES as u64) * u64::from(FRAGMENTS)) as u32;
    let mut parts = 0;
    for first in (0..segments).step_by(SEGMENTS_A_PART as usize) {
        parts += 1;
        let mut part = PartWriter::create(&parts_folder, &day()?, parts, Group::Delivered)?;
        day_begun.write(Event::PartOpened { part: parts, group: Group::Delivered })?;
        for number in first..segments.min(first + SEGMENTS_A_PART) {
            let (video, index, segment) = segment(&camera, number)?;
            let (video_name, index_name) = segment_names(&camera, number)?;
            day_begun.write(Event::SegmentFinished(segment))?;
            part.append_bytes(&video_name, &video)?;
            part.append_bytes(&index_name, &index)?;
            day_begun.write(Event::SegmentTaken { camera: camera.clone(), segment: number, part: parts })?;
        }
        let sealed = part.close(&info()?, &day_begun.key)?;
        day_begun.write(Event::PartSealed(sealed))?;
    }
    close(day_begun, &parts_folder, parts)
}

/// A sealed day without video, in which so many things happened.
fn log(folder: &Path, records: u64) -> Outcome<()> {
    let mut begun = Day::begin(&folder.join("data"))?;
    let parts_folder = folder.join("parts");
    fs::create_dir_all(&parts_folder)?;
    for number in 0..records {
        begun.write(happened(number)?)?;
        if number % GROUP == GROUP - 1 {
            begun.journal.sync()?;
        }
        if number % 5_000 == 4_999 {
            begun.journal.checkpoint(begun.clock.now())?;
        }
    }
    close(begun, &parts_folder, 0)
}

/// What fills a day's journal, in turn.
fn happened(number: u64) -> Outcome<Event> {
    let camera: CameraId = format!("room-{:04}", number % 24).parse()?;
    let access = u32::try_from(number / 4)? + 1;
    Ok(match number % 4 {
        0 => Event::AccessExplained {
            access, text: format!("Проверка ракурса, обход {number}")
        },
        1 => Event::CameraWorks { camera, width: 640, height: 480, detail: "usb".to_owned() },
        2 => Event::AlarmAcknowledged { alarm: format!("camera-lost-entrance-{}", number % 8) },
        _ => Event::CodeWritten { code: format!("K7QD-2M9X-RT4W-{:04}", number % 10_000) },
    })
}

fn close(mut begun: Day, parts_folder: &Path, parts: u32) -> Outcome<()> {
    begun.write(Event::DayClosed { restarts: 0, parts })?;
    let Day { key, clock, place, journal } = begun;
    journal.close(clock.now())?;
    let mut part = PartWriter::create(parts_folder, &day()?, 0, Group::Delivered)?;
    for (name, path) in [
        ("day.json", place.document.clone()),
        ("journal/records.jsonl", place.records()),
        ("journal/checkpoints.txt", place.checkpoints()),
    ] {
        part.append_file(&name.parse()?, &path)?;
    }
    part.close(&info()?, &key)?;
    Ok(())
}

fn journal(folder: &Path, records: u64) -> Outcome<()> {
    let mut begun = Day::begin(folder)?;
    let rate = |since: Instant| (records as f64 / since.elapsed().as_secs_f64()) as u64;
    let start = Instant::now();
    for number in 0..records {
        begun.write(Event::AlarmAcknowledged { alarm: format!("camera-lost-entrance-{}", number % 8) })?;
        if number % GROUP == GROUP - 1 {
            begun.journal.sync()?;
        }
        if number % 10_000 == 9_999 {
            begun.journal.checkpoint(begun.clock.now())?;
        }
    }
    begun.journal.sync()?;
    let append = rate(start);
    let Day { place, journal, .. } = begun;
    drop(journal);
    let start = Instant::now();
    let read = Journal::read::<DayDocument>(&place)?;
    let replay = rate(start);
    assert_eq!(read.records.len() as u64, records + 2);
    drop(read);
    let (document, checkpoints) = (fs::read(&place.document)?, fs::read(place.checkpoints())?);
    let mut lines = BufReader::new(fs::File::open(place.records())?);
    let start = Instant::now();
    let report = check_journal::<DayDocument>(&document, &mut lines, &checkpoints, &mut |_| {})?;
    let verify = rate(start);
    assert!(report.is_sound() && report.records == records + 2, "{:?}", report.faults.first());
    println!("{{\"append\": {append}, \"replay\": {replay}, \"verify\": {verify}}}");
    Ok(())
}

/// Ten minutes of noise in the form of a recording.
fn segment(camera: &CameraId, number: u32) -> Outcome<(Vec<u8>, Vec<u8>, Segment)> {
    let sps =
        b"\x67\x42\xc0\x16\xd9\x00\xa0\x3d\xb0\x11\x00\x00\x03\x00\x01\x00\x00\x03\x00\x1e\x0f\x16\x2e\x48";
    let from_ms = START_MS + i64::from(number) * 600_000;
    let track = Track::new((from_ms / 1000) as u64, sps, b"\x68\xcb\x83\xcb\x20")?;
    let header_bytes = Track::open_header().len() as u64;
    let mut body = track.initial_moov();
    let mut index = track.line(header_bytes, body.len() as u64, Digest::of(&body)).to_bytes();
    let mut movie = Movie::new(track);
    let mut noise = vec![0; FRAGMENT_BYTES];
    SystemRandom::new().fill(&mut noise).map_err(|_| "no random numbers")?;
    let sample = Sample { duration: 6_000, size: FRAGMENT_BYTES as u32 / 30, key: true, shown_after: 0 };
    for count in 0..FRAGMENTS {
        noise[..4].copy_from_slice(&count.to_be_bytes());
        let fragment = Fragment {
            number: count + 1,
            utc_ms: from_ms + i64::from(count) * 2_000,
            mono_ms: u64::from(number) * 600_000 + u64::from(count) * 2_000,
            decode_time: u64::from(count) * 180_000,
            samples: (0..30).map(|frame| Sample { key: frame == 0, ..sample }).collect(),
            sound: None,
        };
        let head = fragment.head();
        let offset = header_bytes + body.len() as u64;
        movie.push(&fragment, offset + head.len() as u64)?;
        let bytes = [&head[..], &noise[..fragment.payload_bytes() as usize]].concat();
        index.extend(fragment.line(offset, bytes.len() as u64, Digest::of(&bytes)).to_bytes());
        body.extend(bytes);
    }
    let end = header_bytes + body.len() as u64;
    let video = [Movie::closed_header(end), body, movie.final_moov()].concat();
    let segment = Segment {
        camera: camera.clone(),
        segment: number,
        from_ms,
        to_ms: from_ms + 600_000,
        frames: u64::from(FRAGMENTS) * 30,
        bytes: video.len() as u64,
        sha256: Digest::of(&video),
        index_sha256: Digest::of(&index),
        repaired: false,
    };
    Ok((video, index, segment))
}

fn day() -> Outcome<DayId> {
    Ok("77-0101-2026-05-29-main".parse()?)
}

fn info() -> Outcome<BagInfo> {
    let organization = "77-0101".to_owned();
    Ok(BagInfo { organization, date: "2026-05-29".parse()?, software: "invigil bench".to_owned() })
}

fn day_document(device_key: PublicKey, epoch_key: PublicKey) -> Outcome<DayDocument> {
    Ok(DayDocument {
        format: FORMAT,
        day: day()?,
        region: "77".parse()?,
        point: "0101".parse()?,
        station: "main".parse()?,
        point_name: "101".to_owned(),
        address: "1".to_owned(),
        subject: "1".to_owned(),
        time_zone: "Europe/Moscow".parse()?,
        point_head: Digest::of(b"point"),
        device_key,
        epoch_key,
        plan: Plan {
            date: "2026-05-29".parse()?,
            exam_start_ms: START_MS + 3_600_000,
            exam_end_ms: START_MS + 4 * 3_600_000,
            record_until_ms: START_MS + 5 * 3_600_000,
            phases: Vec::new(),
            starts: Vec::new(),
            outage_tolerance_ms: 1_200_000,
            keep_until: "2027-03-01".parse()?,
        },
        segment_seconds: 600,
        takes_over: None,
        rooms: Vec::new(),
        cameras: Vec::new(),
        people: Vec::new(),
        checklist: ChecklistUsed { id: "two-hours-before".parse()?, version: 1, sha256: Digest::of(b"1") },
    })
}
