//! The one honest day that every case begins from: two cameras, an outage, a crash of the station in
//! the middle, a kept part and two delivered ones. It is the same to the byte in every run.

use std::collections::BTreeMap;

use invigil::i18n::Message;
use invigil::journal::{
    ChecklistUsed, DayDocument, Event, FORMAT, Group, Link, RoomRange, SealedPart, Still,
};
use invigil::point::{DayId, Plan};
use invigil::signing::Digest;

use crate::archive::{Archive, Part};
use crate::film::{Film, Shot, film};
use crate::keys::{key, public};
use crate::script::{DEVICE, Draft, STATION, Script, Sign, Step, epoch_key, shift};

/// 2026-05-29 09:00:00 in Moscow.
pub const START_MS: i64 = 1_780_034_400_000;
pub const DAY: &str = "77-0101-2026-05-29-main";
pub const STILL: (&str, &[u8]) = ("stills/entrance-1/0001-reference.jpg", b"a picture of the entrance");
/// Camera and number of a film.
type FilmKey = (&'static str, u32);
/// Room 3's camera goes to a part that stays at the point.
const PARTS: [(u32, Group, &[FilmKey]); 3] = [
    (1, Group::Delivered, &[("entrance-1", 0), ("entrance-1", 1)]),
    (2, Group::Kept, &[("room-3", 0), ("room-3", 1), ("room-3", 2)]),
    (3, Group::Delivered, &[("entrance-1", 2)]),
];

/// Everything that the day was made of.
#[derive(Clone)]
pub struct Day {
    pub script: Script,
    pub films: BTreeMap<FilmKey, Film>,
}

/// Seconds after [`START_MS`].
pub fn at(seconds: i64) -> i64 {
    START_MS + seconds * 1000
}

/// What was recorded: a film has eight pictures of two seconds.
pub fn shot(camera: &'static str, number: u32) -> Shot {
    // The crash was at 09:00:47; the second boot is 09:00:50.
    let (from, boot) = match (camera, number) {
        ("entrance-1", 0) => (0, -60),
        // The camera gave nothing for fifteen seconds.
        ("entrance-1", 1) => (31, -60),
        ("room-3", 0) => (0, -60),
        ("room-3", 1) => (16, -60),
        (_, _) => (52, 50),
    };
    let pictures = (number * 8..number * 8 + 8).collect();
    Shot { camera, number, from_ms: at(from), boot_ms: at(boot), pictures, encoder: "one" }
}

impl Day {
    pub fn honest() -> Self {
        let keys = PARTS.iter().flat_map(|(_, _, films)| films.iter().copied());
        let films = keys.map(|(camera, number)| ((camera, number), film(&shot(camera, number)))).collect();
        let mut day = Self { script: Script { document: document(DAY), steps: Vec::new() }, films };
        day.script.steps = steps(&day);
        day
    }

    pub fn archive(&self) -> Archive {
        let mut parts = vec![self.journal_part()];
        parts.extend(PARTS.map(|(number, ..)| self.video_part(number)));
        parts.push(Part::new(format!("{}-after-1", self.script.document.day)));
        let (revoked, beside) = (String::new(), Vec::new());
        let (day, segments) = (self.clone(), self.films.len());
        let mut archive = Archive { day, segments, parts, act: None, signers: None, revoked, beside };
        archive.seal();
        archive
    }

    pub fn video_part(&self, number: u32) -> Part {
        let (_, group, films) = PARTS.into_iter().find(|(n, ..)| *n == number).unwrap();
        let mut part = Part::new(format!("{}-{number:02}", self.script.document.day));
        part.kept = group == Group::Kept;
        for (camera, segment) in films {
            let film = &self.films[&(*camera, *segment)];
            part.put(&format!("data/video/{camera}/{segment:06}.mp4"), &film.video);
            part.put(&format!("data/video/{camera}/{segment:06}.idx"), &film.index);
        }
        part
    }

    fn journal_part(&self) -> Part {
        let mut part = Part::new(format!("{}-00", self.script.document.day));
        part.put_journal(&self.script.write());
        part.put(&format!("data/{}", STILL.0), STILL.1);
        part
    }

    /// Films, or whole days, were exchanged: what the journal says of them becomes true again.
    pub fn tell_the_truth(&mut self) {
        let mut sealed: Vec<SealedPart> = PARTS.map(|(number, ..)| self.sealed(number)).into();
        for step in &mut self.script.steps {
            let Step::Record(Draft { event, .. }) = step else { continue };
            match event {
                Event::SegmentFinished(segment) => *segment = self.films[&known(segment)].facts.clone(),
                Event::PartSealed(part) => *part = sealed.remove(0),
                Event::VideoHeads { heads } => {
                    for head in heads {
                        let camera = known_camera(head.camera.as_str());
                        *head = self.films[&(camera, head.segment)].head.clone();
                    }
                }
                _ => {}
            }
        }
    }

    /// The same day by a clock that was wrong from its first minute.
    pub fn shifted(mut self, by_ms: i64) -> Self {
        for (&(camera, number), made) in &mut self.films {
            let right = shot(camera, number);
            *made = film(&Shot { from_ms: right.from_ms + by_ms, boot_ms: right.boot_ms + by_ms, ..right });
        }
        for step in &mut self.script.steps {
            shift(step, by_ms);
            if let Step::Record(Draft { event: Event::Gap { from_ms, to_ms, .. }, .. }) = step {
                (*from_ms, *to_ms) = (*from_ms + by_ms, *to_ms + by_ms);
            }
        }
        self.tell_the_truth();
        self
    }

    fn sealed(&self, number: u32) -> SealedPart {
        let mut part = self.video_part(number);
        part.seal(&key(DEVICE));
        let group = if part.kept { Group::Kept } else { Group::Delivered };
        let bytes = part.zip_bytes().len() as u64;
        SealedPart { part: number, group, file: format!("{}.zip", part.name), bytes, sha256: part.hash() }
    }
}

fn known(segment: &invigil::journal::Segment) -> FilmKey {
    (known_camera(segment.camera.as_str()), segment.segment)
}

fn known_camera(camera: &str) -> &'static str {
    if camera == "room-3" { "room-3" } else { "entrance-1" }
}

/// Writes the day's story.
pub struct Pen {
    boot: &'static str,
    boot_ms: i64,
    now_ms: i64,
    pub steps: Vec<Step>,
}

impl Pen {
    /// At this boot of a computer, so many seconds after [`START_MS`].
    pub fn begin(boot: &'static str, seconds: i64) -> Self {
        Self { boot, boot_ms: at(seconds), now_ms: at(seconds), steps: Vec::new() }
    }

    pub fn at(&mut self, seconds: i64) -> &mut Self {
        self.now_ms = at(seconds);
        self
    }

    pub fn write(&mut self, event: Event) -> &mut Self {
        let mono_ms = (self.now_ms - self.boot_ms) as u64;
        self.steps.push(Step::Record(Draft { boot: self.boot, mono_ms, utc_ms: self.now_ms, event }));
        self
    }

    pub fn sign(&mut self) -> &mut Sign {
        self.steps.push(Step::Sign(Sign::at(self.now_ms)));
        match self.steps.last_mut() {
            Some(Step::Sign(sign)) => sign,
            _ => unreachable!(),
        }
    }
}

fn steps(day: &Day) -> Vec<Step> {
    let camera = |name: &str| name.parse().unwrap();
    let both = vec![camera("entrance-1"), camera("room-3")];
    let finished = |name, number| Event::SegmentFinished(day.films[&(name, number)].facts.clone());
    let heads = |films: &[FilmKey]| Event::VideoHeads {
        heads: films.iter().map(|key| day.films[key].head.clone()).collect(),
    };
    let taken = |name, segment, part| Event::SegmentTaken { camera: camera(name), segment, part };
    let gap = |name, from, to, cause| Event::Gap {
        camera: camera(name),
        from_ms: at(from),
        to_ms: at(to),
        cause: Message::new(cause),
    };
    let started = |restart, link| Event::StationStarted { version: "test".to_owned(), restart, link };
    let mut pen = Pen::begin("00000000000000aa", -60);
    let epoch_key = day.script.document.epoch_key.to_string();
    pen.write(Event::DayOpened { day: day.script.document.day.clone(), epoch_key });
    pen.at(-59).write(started(0, Link::First)).sign().start = Some(Link::First);
    pen.at(-50).write(Event::SignedIn { person: "petrova".parse().unwrap() });
    let sha256 = Digest::of(STILL.1);
    let still = Still { name: STILL.0.to_owned(), sha256 };
    pen.at(-40).write(Event::ReferenceApproved { camera: camera("entrance-1"), still });
    pen.at(-30).write(Event::AccessOpened {
        access: 1,
        person: "petrova".parse().unwrap(),
        second: "ivanov".parse().unwrap(),
        rooms: RoomRange { first: "0001".parse().unwrap(), last: "0001".parse().unwrap() },
        action: "start of recording".to_owned(),
        reason: "exam".to_owned(),
        time_from: "08:59".to_owned(),
    });
    pen.at(0).write(Event::RecordingStarted { cameras: both.clone() });
    pen.write(Event::PartOpened { part: 1, group: Group::Delivered });
    pen.write(Event::PartOpened { part: 2, group: Group::Kept });
    pen.at(17).write(heads(&[("entrance-1", 0), ("room-3", 0)])).sign();
    pen.at(18).write(finished("room-3", 0)).write(taken("room-3", 0, 2));
    let lost = Event::CameraLost {
        camera: camera("entrance-1"),
        last_frame_ms: Some(at(16)),
        cause: Message::new("camera-no-frames"),
    };
    pen.at(21).write(lost).write(finished("entrance-1", 0)).write(taken("entrance-1", 0, 1));
    let works = |name, detail: &str| Event::CameraWorks {
        camera: camera(name),
        width: 640,
        height: 480,
        detail: detail.to_owned(),
    };
    pen.at(31).write(works("entrance-1", "usb")).write(gap("entrance-1", 16, 31, "camera-no-frames"));
    pen.at(47).write(heads(&[("entrance-1", 1), ("room-3", 1)])).sign();
    // The crash; what it left is closed and packed after the restart.
    (pen.boot, pen.boot_ms) = ("00000000000000bb", at(50));
    pen.at(51).write(started(1, Link::Linked)).sign().start = Some(Link::Linked);
    pen.write(finished("entrance-1", 1)).write(taken("entrance-1", 1, 1));
    pen.write(finished("room-3", 1)).write(taken("room-3", 1, 2));
    pen.write(Event::PartSealed(day.sealed(1)));
    pen.at(52).write(gap("entrance-1", 47, 52, "gap-station-restarted"));
    pen.write(gap("room-3", 32, 52, "gap-station-restarted"));
    pen.at(69).write(Event::StopOrdered { cameras: both, handover_done: true, reason: String::new() });
    pen.write(Event::PartOpened { part: 3, group: Group::Delivered });
    for (name, part) in [("entrance-1", 3), ("room-3", 2)] {
        pen.write(heads(&[(name, 2)])).sign();
        pen.at(70).write(finished(name, 2)).write(taken(name, 2, part));
        pen.write(Event::RecordingStopped { camera: camera(name) });
    }
    pen.at(71).write(Event::AccessClosed {
        access: 1,
        result: "recorded".to_owned(),
        time_to: "09:01".to_owned(),
    });
    pen.write(Event::PartSealed(day.sealed(2))).write(Event::PartSealed(day.sealed(3)));
    pen.at(72).write(Event::DayClosed { restarts: 1, parts: 3 }).sign().end = true;
    pen.steps
}

pub fn document(day: &str) -> DayDocument {
    DayDocument {
        format: FORMAT,
        day: day.parse::<DayId>().unwrap(),
        region: "77".parse().unwrap(),
        point: "0101".parse().unwrap(),
        station: "main".parse().unwrap(),
        point_name: "Школа № 101".to_owned(),
        address: "Москва".to_owned(),
        subject: "Русский язык".to_owned(),
        time_zone: "Europe/Moscow".parse().unwrap(),
        point_head: Digest::of(b"point"),
        device_key: public(&key(DEVICE)),
        epoch_key: public(&epoch_key(0, STATION)),
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
        takes_over: None,
    }
}
