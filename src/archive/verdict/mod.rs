//! What a verification concludes, on two axes: is the archive whole, and whose is it.

mod axes;
mod cameras;
mod countersignatures;

use serde::{Deserialize, Serialize};

use super::Place;
use super::excerpt::ExcerptSummary;
use crate::i18n::Message;
use crate::point::{CameraId, DayId};
use crate::time_zone::Tz;
pub use axes::{Integrity, Provenance};
pub use cameras::{CameraSummary, Coverage, Span};
pub use countersignatures::{Countersignature, Signed};

/// Grows by one with every change of [`Report`] that an older reader could not read.
pub const REPORT_FORMAT: u32 = 2;

/// What a report looks like as JSON, for those who read it: a JSON Schema (draft 2020-12).
pub const REPORT_SCHEMA: &str = include_str!("../../../assets/archive/report.schema.json");

/// A report keeps this many faults, and as many warnings; the rest are counted.
const MAX_LISTED: usize = 1000;

/// The outcome of a verification. As JSON it is stable: `format` says which reading holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// [`REPORT_FORMAT`].
    pub format: u32,
    pub integrity: Integrity,
    pub provenance: Provenance,
    pub day: Option<DayId>,
    /// The point's time zone; UTC is shown while it is unknown.
    pub time_zone: Option<Tz>,
    /// The stations that had the exam day, in the order in which they took over; mostly one. What the
    /// report says of day, key, codes, records and restarts is that of the last.
    pub stations: Vec<StationSummary>,
    /// Every part that was looked at, in the order of their numbers.
    pub parts: Vec<PartSummary>,
    /// In the order they were found.
    pub faults: Vec<Fault>,
    /// Faults beyond those listed.
    pub more_faults: u64,
    /// What the day's journal admits, or a reader should know; changes no verdict.
    pub warnings: Vec<Warning>,
    /// Warnings beyond those listed.
    pub more_warnings: u64,
    /// Every camera that has video or should have, by its id.
    pub cameras: Vec<CameraSummary>,
    /// Every segment that the journal or a part names, by camera and number.
    pub recordings: Vec<RecordingSummary>,
    pub intact_segments: u64,
    /// Records of the day's journal that hold.
    pub records: u64,
    /// The device key's fingerprint, `SHA256:…` as OpenSSH writes it.
    pub signer: Option<String>,
    /// What the opening act should show: epoch 0's key as a code.
    pub opening_code: Option<String>,
    /// What the closing act should show: the last checkpoint's root as a code.
    pub closing_code: Option<String>,
    /// How often the station was started again during the day.
    pub restarts: Option<u32>,
    /// Those that lie beside part 00, in the order of their files' names.
    #[serde(default)]
    pub countersignatures: Vec<Countersignature>,
    /// What it covers, if it is an excerpt and not an archive.
    #[serde(default)]
    pub excerpt: Option<ExcerptSummary>,
}

/// One station's exam day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StationSummary {
    pub day: DayId,
    /// The day that it goes on with.
    pub takes_over: Option<DayId>,
    /// The device key's fingerprint.
    pub signer: Option<String>,
    pub records: u64,
    pub restarts: Option<u32>,
    /// Its journal ends as it should.
    pub closed: bool,
    pub opening_code: Option<String>,
    pub closing_code: Option<String>,
}

/// How much a report told at some moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted {
    faults: usize,
    warnings: usize,
}

/// One part as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartSummary {
    /// The file's name as given.
    pub file: String,
    pub bytes: u64,
    /// The name it bears inside, `<day>-<nn>`; none when it can't be read.
    pub name: Option<String>,
    /// SHA-256 of its tag manifest, in hex.
    pub sha256: Option<String>,
    /// No fault lies in it.
    pub intact: bool,
}

/// One segment of video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingSummary {
    /// Of the station that recorded it.
    pub day: DayId,
    pub camera: CameraId,
    pub segment: u32,
    /// The file of the part it stands in; none when that is not here.
    pub part: Option<String>,
    /// Its path inside that part.
    pub file: Option<String>,
    pub from_ms: i64,
    pub to_ms: i64,
    pub frames: u64,
    pub bytes: u64,
    /// SHA-256 of the video as it is here, in hex.
    pub sha256: Option<String>,
    /// Here, and every byte as it was recorded.
    pub intact: bool,
}

/// Something that keeps the archive from being valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What it makes of the archive; never [`Integrity::Valid`].
    pub effect: Integrity,
    pub place: Place,
    pub message: Message,
}

/// Something that a reader should know and that is no fault of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub place: Place,
    pub message: Message,
}

impl Report {
    /// A report of nothing yet: valid and unchecked until something is found.
    pub fn new() -> Self {
        Self {
            format: REPORT_FORMAT,
            integrity: Integrity::Valid,
            provenance: Provenance::Unchecked,
            day: None,
            time_zone: None,
            stations: Vec::new(),
            parts: Vec::new(),
            faults: Vec::new(),
            more_faults: 0,
            warnings: Vec::new(),
            more_warnings: 0,
            cameras: Vec::new(),
            recordings: Vec::new(),
            intact_segments: 0,
            records: 0,
            signer: None,
            opening_code: None,
            closing_code: None,
            restarts: None,
            countersignatures: Vec::new(),
            excerpt: None,
        }
    }

    /// Integrity's code if that is not 0, else provenance's.
    pub fn exit_code(&self) -> u8 {
        match self.integrity.code() {
            0 => self.provenance.code(),
            code => code,
        }
    }

    /// Notes a fault; the integrity is the worst of all faults.
    pub fn fault(&mut self, effect: Integrity, place: Place, message: Message) {
        self.integrity = self.integrity.max(effect);
        if self.faults.len() < MAX_LISTED {
            self.faults.push(Fault { effect, place, message });
        } else {
            self.more_faults += 1;
        }
    }

    pub(super) fn noted(&self) -> Noted {
        Noted { faults: self.faults.len(), warnings: self.warnings.len() }
    }

    /// What was noted since then is of this station.
    pub(super) fn place_at(&mut self, day: &DayId, since: Noted) {
        let faults = self.faults.iter_mut().skip(since.faults).map(|fault| &mut fault.place);
        let warnings = self.warnings.iter_mut().skip(since.warnings).map(|warning| &mut warning.place);
        for place in faults.chain(warnings) {
            place.day.get_or_insert_with(|| day.clone());
        }
    }

    /// How many faults were noted, listed or not.
    pub fn fault_count(&self) -> u64 {
        self.faults.len() as u64 + self.more_faults
    }

    /// Notes a warning.
    pub fn warn(&mut self, place: Place, message: Message) {
        if self.warnings.len() < MAX_LISTED {
            self.warnings.push(Warning { place, message });
        } else {
            self.more_warnings += 1;
        }
    }

    /// The fault to name first: of the worst kind, and the one whose place in the video is known
    /// rather than the one that only says which file.
    pub fn worst_fault(&self) -> Option<&Fault> {
        let exactness = |fault: &Fault| {
            let place = &fault.place;
            (place.camera.is_some(), place.from_ms.is_some(), place.record.is_some())
        };
        self.faults.iter().rev().max_by_key(|fault| (fault.effect, exactness(fault)))
    }

    /// The verdict in one line, for people: `TAMPERED entrance-1 000010.mp4, 09:10:28–09:10:30
    /// (record 4711); 1679 other segments intact`. `say` puts a message into words.
    pub fn headline(&self, say: &dyn Fn(&Message) -> String) -> String {
        let intact = say(&Message::new("archive-headline-intact").with("count", self.intact_segments));
        match self.worst_fault() {
            None => format!("{} · {}; {intact}", self.integrity.word(), self.provenance.word()),
            Some(fault) => {
                let place = fault.place.words(self.time_zone, say);
                let subject = if place.is_empty() { say(&fault.message) } else { place };
                if self.intact_segments == 0 {
                    return format!("{} {subject}", self.integrity.word());
                }
                let others =
                    say(&Message::new("archive-headline-others").with("count", self.intact_segments));
                format!("{} {subject}; {others}", self.integrity.word())
            }
        }
    }
}

impl Default for Report {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(message: &Message) -> String {
        match (message.id.as_str(), message.args.values().next()) {
            ("archive-place-record", Some(crate::i18n::Arg::Number(n))) => format!("record {n}"),
            ("archive-headline-others", Some(crate::i18n::Arg::Number(n))) => {
                format!("{n} other segments intact")
            }
            _ => message.to_string(),
        }
    }

    fn video_fault() -> Place {
        Place {
            camera: Some("entrance-1".parse().unwrap()),
            segment: Some(10),
            // 2026-05-29 09:10:28 in Moscow.
            from_ms: Some(1_780_035_028_000),
            to_ms: Some(1_780_035_030_000),
            record: Some(4711),
            ..Place::file("77-0101-2026-05-29-main-01.zip", "data/video/entrance-1/000010.mp4")
        }
    }

    #[test]
    fn the_headline_names_the_second_of_the_video() {
        let mut report = Report { intact_segments: 1679, ..Report::new() };
        report.time_zone = Some("Europe/Moscow".parse().unwrap());
        report.fault(Integrity::Incomplete, Place::part("x-02.zip"), Message::new("missing"));
        report.fault(Integrity::Tampered, Place::part("x-01.zip"), Message::new("hash"));
        report.fault(Integrity::Tampered, video_fault(), Message::new("fragment"));
        assert_eq!(
            report.headline(&say),
            "TAMPERED entrance-1 000010.mp4, 09:10:28–09:10:30 (record 4711); 1679 other segments intact"
        );
        assert_eq!(report.exit_code(), 2);
    }

    #[test]
    fn the_exit_code_is_the_provenance_s_only_where_the_archive_is_whole() {
        let report = Report { provenance: Provenance::UntrustedKey, ..Report::new() };
        assert_eq!(report.exit_code(), 3);
        let report = Report { integrity: Integrity::Incomplete, ..report };
        assert_eq!(report.exit_code(), 1);
    }

    #[test]
    fn a_report_lists_a_bounded_number_of_faults() {
        let mut report = Report::new();
        for n in 0..MAX_LISTED as u64 + 5 {
            report.fault(Integrity::Tampered, Place::record(n), Message::new("x"));
        }
        assert_eq!((report.faults.len(), report.more_faults), (MAX_LISTED, 5));
    }
}
