//! The exam day whose archive is kept in `tests/window/archive`, so that its pictures in the album are always
//! the same: keys, salts and codes are chosen at random whenever a day is sealed. It holds what Review has to
//! show: four hours of three cameras, an outage, an access, a stick that nobody explains, two forms.
//!
//! `INVIGIL_RENEW_ARCHIVE=1 cargo test --locked --test window kept_day` seals it anew; then the album is renewed.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use invigil::archive::{CLOSING_ACT_FORMAT, ClosingAct, Integrity, PartWriter, segment_names, write_after};
use invigil::clock::{Clock, SimulatedClock};
use invigil::i18n::Message;
use invigil::journal::{
    Actor, Change, EquipmentChanged, Event, Group, Journal, JournalPlace, Link, Noticed, RoomRange, Segment,
    Still, ThingKind,
};
use invigil::point::{self, Ailment, Camera, CameraId};
use invigil::recording::encode::Encoder;
use invigil::recording::mp4::{Fragment, Movie, Sample, Track};
use invigil::recording::picture::I420;
use invigil::signing::Digest;
use invigil::station::papers::{DayFacts, PAPERS};

use crate::archives::{FORMS, PDF};
use crate::day::{START_MS, STILL, check, day, document_of, info, journal_part, new_key, options};

/// Below the package, from where tests are run: the window shows where an archive lies.
pub const FOLDER: &str = "tests/window/archive";

const MINUTE_MS: i64 = 60_000;
/// The exam's end.
const END_MS: i64 = START_MS + 240 * MINUTE_MS;
const SEGMENT_MS: i64 = 20 * MINUTE_MS;
/// Of the room's camera; nothing of it is recorded meanwhile.
const LOST: (i64, i64) = (START_MS + 130 * MINUTE_MS, START_MS + 142 * MINUTE_MS);
/// One bit of the entrance's picture is another one there in [`changed`].
const CHANGED_SEGMENT: u32 = 5;

/// A copy in `folder` in which somebody changed a picture.
pub fn changed(folder: &Path) {
    for file in fs::read_dir(FOLDER).expect("the archive is kept") {
        let path = file.expect("it can be read").path();
        fs::copy(&path, folder.join(path.file_name().expect("it has a name"))).expect("it can be copied");
    }
    let part = folder.join(format!("{}-01.zip", day()));
    let video = format!("entrance/{CHANGED_SEGMENT:06}.mp4");
    let at = crate::day::offset_in_part(&part, &video);
    let bytes = crate::day::files_of(&part).into_iter().find(|(name, _)| name.ends_with(&video));
    let bytes = bytes.expect("it is there").1;
    // The first one encloses the whole file, the last one its last picture.
    let picture = bytes.windows(4).rposition(|four| four == b"mdat").expect("it holds pictures");
    crate::day::flip(&part, at + picture as u64 + 24, 3);
}

fn cameras() -> Vec<Camera> {
    let mut cameras = point::demo().cameras;
    let room = Camera {
        id: "room-0003".parse().unwrap(),
        name: "Аудитория 0003".to_owned(),
        room: "0003".parse().unwrap(),
        zone: point::Zone::Auditorium,
        ..cameras[0].clone()
    };
    cameras.insert(0, room);
    cameras
}

/// What each camera's files last from and to.
fn stretches(camera: &CameraId) -> Vec<(i64, i64)> {
    let whole = (0..).map(|n| START_MS + n * SEGMENT_MS).take_while(|begin_ms| *begin_ms < END_MS);
    let whole = whole.map(|begin_ms| (begin_ms, begin_ms + SEGMENT_MS));
    whole
        .flat_map(|(from_ms, to_ms)| match camera.as_str() == "room-0003" {
            true => vec![(from_ms, to_ms.min(LOST.0)), (from_ms.max(LOST.1), to_ms)],
            false => vec![(from_ms, to_ms)],
        })
        .filter(|(from_ms, to_ms)| from_ms < to_ms)
        .collect()
}

/// A bright door before a wall; each camera's stands elsewhere.
fn view(camera: usize) -> I420 {
    let (width, height) = (160, 96);
    let mut picture = I420::black(width, height).unwrap();
    for (at, luma) in picture.planes_mut().0.iter_mut().enumerate() {
        let (x, y) = (at % width as usize, at / width as usize);
        let door = 16 + 48 * camera;
        *luma = if (door..door + 32).contains(&x) && y >= 32 { 190 } else { 90 };
    }
    picture
}

/// Two pictures, the second in the middle of its time.
fn segment(
    camera: (usize, &CameraId),
    number: u32,
    (from_ms, to_ms): (i64, i64),
) -> (Vec<u8>, Vec<u8>, Segment) {
    let mut encoder = Encoder::new((160, 96), 15, 400_000).unwrap();
    let picture = view(camera.0);
    let pictures = [0, 1].map(|n| {
        encoder.force_key();
        encoder.encode(&picture, n * 10_000).unwrap()
    });
    let parameters = &pictures[0].parameters;
    let track = Track::new((from_ms / 1000) as u64, &parameters.sps, &parameters.pps).unwrap();
    let header_bytes = Track::open_header().len() as u64;
    let moov = track.initial_moov();
    let mut index = track.line(header_bytes, moov.len() as u64, Digest::of(&moov)).to_bytes();
    let mut movie = Movie::new(track);
    let mut body = moov;
    let half_ms = (to_ms - from_ms) / 2;
    for (n, picture) in (0..).zip(&pictures) {
        let (duration, size) = ((half_ms * 90) as u32, picture.nals.len() as u32);
        let fragment = Fragment {
            number: n + 1,
            utc_ms: from_ms + i64::from(n) * half_ms,
            mono_ms: (from_ms - START_MS + i64::from(n) * half_ms) as u64,
            decode_time: u64::from(n) * u64::from(duration),
            samples: vec![Sample { duration, size, key: picture.key, shown_after: 0 }],
            sound: None,
        };
        let head = fragment.head();
        let offset = header_bytes + body.len() as u64;
        movie.push(&fragment, offset + head.len() as u64).unwrap();
        let bytes = [&head[..], &picture.nals].concat();
        index.extend(fragment.line(offset, bytes.len() as u64, Digest::of(&bytes)).to_bytes());
        body.extend(bytes);
    }
    let end = header_bytes + body.len() as u64;
    let video = [Movie::closed_header(end), body, movie.final_moov()].concat();
    let facts = Segment {
        camera: camera.1.clone(),
        segment: number,
        from_ms,
        to_ms,
        frames: 2,
        bytes: video.len() as u64,
        sha256: Digest::of(&video),
        index_sha256: Digest::of(&index),
        repaired: false,
    };
    (video, index, facts)
}

/// What happened, but for the files.
fn happened() -> Vec<(i64, Actor, Event)> {
    let minute = |minute: i64| START_MS + minute * MINUTE_MS;
    let technician = || Actor::person("technician".parse().unwrap());
    let room = || "0003".parse().unwrap();
    let camera = || -> CameraId { "room-0003".parse().unwrap() };
    let cause = || Message::new("camera-stalled").with("camera", "room-0003").with("detail", "");
    let stick = EquipmentChanged {
        kind: ThingKind::Usb,
        place: "1-2".to_owned(),
        name: "Flash Disk".to_owned(),
        ident: "abcd:1234".to_owned(),
        change: Change::Appeared,
        on: true,
        times: 1,
        from_ms: minute(185),
        to_ms: minute(185),
        noticed: Noticed::AtOnce,
    };
    let still = Still { name: STILL.0.to_owned(), sha256: Digest::of(STILL.1) };
    let all = cameras().into_iter().map(|camera| camera.id).collect::<Vec<_>>();
    let mut events = vec![
        (minute(0), technician(), Event::SignedIn { person: "technician".parse().unwrap() }),
        (minute(0), technician(), Event::ReferenceApproved { camera: "entrance".parse().unwrap(), still }),
        (minute(0), technician(), Event::RecordingStarted { cameras: all.clone() }),
        (
            minute(48),
            technician(),
            Event::AccessOpened {
                access: 1,
                person: "technician".parse().unwrap(),
                second: "point-head".parse().unwrap(),
                rooms: RoomRange { first: room(), last: room() },
                action: "view".to_owned(),
                reason: "Камера повёрнута".to_owned(),
                time_from: "09:48".to_owned(),
            },
        ),
        (
            minute(56),
            technician(),
            Event::AccessClosed {
                access: 1,
                result: "Ракурс возвращён".to_owned(),
                time_to: "09:56".to_owned(),
            },
        ),
        (
            minute(90),
            Actor::STATION,
            Event::PictureRecovered {
                camera: "corridor".parse().unwrap(),
                kind: Ailment::Blurred,
                from_ms: minute(84),
                to_ms: minute(90),
            },
        ),
        (
            LOST.0 + 5_000,
            Actor::STATION,
            Event::CameraLost { camera: camera(), last_frame_ms: Some(LOST.0), cause: cause() },
        ),
        (
            LOST.1,
            Actor::STATION,
            Event::Gap { camera: camera(), from_ms: LOST.0, to_ms: LOST.1, cause: cause() },
        ),
        (minute(150), technician(), Event::CodeWritten { code: "K7QD-2M9X-RT4W-0FHE".to_owned() }),
        (minute(185), Actor::STATION, Event::EquipmentChanged(stick)),
    ];
    events.extend(all.into_iter().map(|camera| (END_MS, Actor::STATION, Event::RecordingStopped { camera })));
    events
}

/// Seals the day into the folder.
fn seal(folder: &Path) {
    let data = tempfile::tempdir().unwrap();
    let key = Arc::new(new_key());
    let clock = SimulatedClock::new(START_MS - 500, 180);
    let place = JournalPlace::day(data.path(), &day());
    let document = |epoch_key| invigil::journal::DayDocument {
        rooms: point::demo().rooms,
        cameras: cameras(),
        people: point::demo().people,
        segment_seconds: (SEGMENT_MS / 1_000) as u32,
        ..document_of(&day(), &key, epoch_key, None)
    };
    let (mut journal, _) = Journal::create(place.clone(), Arc::clone(&key), document).unwrap();
    let opening_code = journal.head().opening_code();
    let epoch_key = journal.head().epoch_key.to_string();
    let mut writer = PartWriter::create(folder, &day(), 1, Group::Delivered).unwrap();
    let mut events = vec![
        (START_MS - 500, Actor::STATION, Event::DayOpened { day: day(), epoch_key }),
        (
            START_MS - 250,
            Actor::STATION,
            Event::StationStarted { version: "test".to_owned(), restart: 0, link: Link::First },
        ),
        (START_MS - 1, Actor::STATION, Event::PartOpened { part: 1, group: Group::Delivered }),
    ];
    events.extend(happened());
    for (at, camera) in cameras().iter().enumerate() {
        for (number, stretch) in (0..).zip(stretches(&camera.id)) {
            let (video, index, facts) = segment((at, &camera.id), number, stretch);
            let (video_name, index_name) = segment_names(&camera.id, number).unwrap();
            writer.append_bytes(&video_name, &video).unwrap();
            writer.append_bytes(&index_name, &index).unwrap();
            let camera = camera.id.clone();
            events.push((stretch.1, Actor::STATION, Event::SegmentFinished(facts)));
            events.push((
                stretch.1,
                Actor::STATION,
                Event::SegmentTaken { camera, segment: number, part: 1 },
            ));
        }
    }
    events.sort_by_key(|(at_ms, ..)| *at_ms);
    for (at_ms, actor, event) in events {
        let wait_ms = at_ms - clock.now().utc_ms;
        if wait_ms > 0 {
            clock.advance(Duration::from_millis(wait_ms as u64));
            journal.checkpoint(clock.now()).unwrap();
        }
        journal.append(clock.now(), actor, event).unwrap();
    }
    clock.advance(Duration::from_secs(60));
    let video_part = writer.close(&info(), &key).unwrap();
    let station = |journal: &mut Journal, event| journal.append(clock.now(), Actor::STATION, event).unwrap();
    station(&mut journal, Event::PartSealed(video_part.clone()));
    station(&mut journal, Event::DayClosed { restarts: 0, parts: 1 });
    let records = journal.size();
    let closing_code = journal.close(clock.now()).unwrap().code();
    // The forms tell of the day as its archive does.
    let bare = journal_part(folder, &place, &[], &key);
    let facts = DayFacts::of_archive(folder, 0, &mut |_, _| ControlFlow::Continue(())).unwrap();
    fs::remove_file(folder.join(format!("{}-00.zip", day()))).unwrap();
    let forms = PAPERS.iter().filter(|paper| FORMS.contains(&paper.id()));
    let forms = forms.flat_map(|paper| {
        let json = paper.of_day(&facts).unwrap().to_json();
        [(format!("forms/{}.json", paper.id()), json), (format!("forms/{}.pdf", paper.id()), PDF.to_vec())]
    });
    let first = journal_part(folder, &place, &forms.collect::<Vec<_>>(), &key);
    assert_ne!(bare, first);
    let act = ClosingAct {
        format: CLOSING_ACT_FORMAT,
        day: day(),
        opening_code,
        closing_code,
        restarts: 0,
        records,
        parts: vec![first, video_part],
        copies: Vec::new(),
    };
    write_after(folder, 1, &act, &[], &info(), &key).unwrap();
}

#[test]
fn the_kept_day_is_still_verified_by_every_later_version() {
    let kept = PathBuf::from(FOLDER);
    if std::env::var_os("INVIGIL_RENEW_ARCHIVE").is_some() {
        let _ = fs::remove_dir_all(&kept);
        fs::create_dir_all(&kept).unwrap();
        seal(&kept);
    }
    let report = check(&[kept], &options());
    assert_eq!(report.integrity, Integrity::Valid, "{:#?} {:#?}", report.faults, report.warnings);
    let admitted: Vec<_> = report.cameras.iter().flat_map(|camera| &camera.admitted.spans).collect();
    assert_eq!(admitted.iter().map(|span| (span.from_ms, span.to_ms)).collect::<Vec<_>>(), [LOST]);

    let folder = tempfile::tempdir().unwrap();
    changed(folder.path());
    let report = check(&[folder.path().to_owned()], &options());
    assert_eq!(report.integrity, Integrity::Tampered);
    let changed: Vec<_> = report.cameras.iter().filter(|camera| camera.changed.ms > 0).collect();
    assert_eq!(changed.len(), 1, "{:#?}", report.faults);
    assert_eq!(changed[0].camera.as_str(), "entrance");
}
