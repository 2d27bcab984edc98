//! The exam point as configured: what a profile says once it has been read and found right.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::archive::ArchiveRules;
use super::briefings::BriefingRules;
use super::checks::CheckRules;
use super::forms::FormRules;
use super::health::HealthRules;
use super::hearing::{SilenceRule, SoundSource};
use super::ids::{CameraId, DayId, PersonId, PhaseId, PointCode, RegionCode, RoomNumber, StationId};
use super::read::RIGHTS;
use super::requests::RequestRules;
use super::sign_in::{CodeHash, SignInRules};
use super::source::Source;
use super::timetable::Timetable;
use super::window::WindowRules;
use super::zones::ZoneRule;

use crate::time_zone::Tz;

/// A whole exam point. Every id used anywhere in it is defined in it (checked when it is read).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    pub region: RegionCode,
    pub point: PointCode,
    pub station: StationId,
    pub name: String,
    pub address: String,
    pub time_zone: Tz,
    pub subject: String,
    pub rooms: Vec<Room>,
    pub cameras: Vec<Camera>,
    /// What the rules ask of the rooms of a zone; a zone without an entry may have any cameras, or none.
    pub zones: BTreeMap<Zone, ZoneRule>,
    pub people: Vec<Person>,
    pub rights: Rights,
    pub sign_in: SignInRules,
    pub timetable: Timetable,
    pub recording: RecordingRules,
    pub access: AccessRules,
    pub requests: RequestRules,
    /// For whom copies are encrypted, and where backups stand.
    pub archive: ArchiveRules,
    pub briefings: BriefingRules,
    pub forms: FormRules,
    /// Programs that have to be on this computer for the check to pass.
    pub programs: Vec<RequiredProgram>,
    /// What the checks of this computer hold it to.
    pub checks: CheckRules,
    pub window: WindowRules,
}

/// A room of the point and the kind of place it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    pub number: RoomNumber,
    pub zone: Zone,
    pub name: String,
}

/// The kinds of place that rules speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    Auditorium,
    StaffRoom,
    Corridor,
    Entrance,
    Gate,
    StrongRoom,
}

/// A camera as the profile wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camera {
    pub id: CameraId,
    /// Shown to people, such as "Вход".
    pub name: String,
    pub room: RoomNumber,
    pub zone: Zone,
    /// Serialised without user name and password.
    pub source: Source,
    pub width: u32,
    pub height: u32,
    pub frames_per_second: u32,
    pub bits_per_second: u32,
    /// Goes into the archive's *delivered* group; the others are *kept*.
    pub delivered: bool,
    /// Recorded with the pictures; none if the profile does not ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<SoundSource>,
}

impl Camera {
    /// Most that a camera's sound takes.
    const SOUND_BITS_PER_SECOND: u64 = 64_000;

    pub const USUAL_WIDTH: u32 = 640;
    pub const USUAL_HEIGHT: u32 = 480;
    pub const USUAL_FRAMES_PER_SECOND: u32 = 15;
    pub const USUAL_BITS_PER_SECOND: u32 = 1_000_000;

    /// Pictures and sound.
    pub fn all_bits_per_second(&self) -> u64 {
        u64::from(self.bits_per_second) + self.sound.as_ref().map_or(0, |_| Self::SOUND_BITS_PER_SECOND)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub post: String,
    pub role: Role,
    /// Opens the way to their first PIN, once. No document holds it.
    #[serde(skip)]
    pub first_pin_code: Option<CodeHash>,
}

/// Who a person is at the exam; what a role may do is data of the profile ([`Rights`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Technician,
    PointHead,
    CommissionMember,
    CommissionHead,
    RegionalCentre,
    Organiser,
    Observer,
}

/// What a person may do or approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Plan an exam day and open its journal.
    Plan,
    /// Run, confirm and repeat the steps of a check.
    Check,
    /// Let a failed step stand, with a reason.
    Waive,
    /// Start the recording.
    Start,
    /// Order the recording to stop.
    Stop,
    /// Open and close an access to the equipment.
    Access,
    /// Sign an access as the second person.
    SecondSign,
    /// Close the day and pack the archive.
    Seal,
    /// Acknowledge that a code was written on paper.
    WriteCode,
    /// Let people choose PINs, bring in somebody else for one of them, let the kiosk's window be left.
    Supervise,
    /// Change this profile.
    Configure,
}

impl Right {
    /// As a profile names it.
    pub fn name(self) -> &'static str {
        let known = RIGHTS.iter().find(|(_, right)| *right == self);
        known.expect("every right has its name in the list").0
    }

    /// The right that a profile names so.
    pub fn named(name: &str) -> Option<Self> {
        RIGHTS.iter().find_map(|(known, right)| (*known == name).then_some(*right))
    }
}

/// What each role may do; a role without an entry may only look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rights(pub BTreeMap<Role, BTreeSet<Right>>);

impl Rights {
    pub fn allows(&self, role: Role, right: Right) -> bool {
        self.0.get(&role).is_some_and(|rights| rights.contains(&right))
    }

    /// Nothing may be done by them, whoever consents.
    pub fn only_looks(&self, role: Role) -> bool {
        self.0.get(&role).is_none_or(BTreeSet::is_empty)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordingRules {
    /// Length of one segment in seconds.
    pub segment_seconds: u32,
    /// A part of the archive is closed before it grows beyond this; at most 3.9 GiB (FAT32).
    pub part_max_bytes: u64,
    /// When a picture counts as of no use.
    pub health: HealthRules,
    /// When a microphone that works is told to hear nothing.
    pub silence: SilenceRule,
}

/// The access log's vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRules {
    /// What may be done with the equipment, in the words of the form.
    pub actions: Vec<Wording>,
}

/// One text in both languages, with an id that records use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub id: String,
    pub ru: String,
    pub en: String,
}

/// A program the computer must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredProgram {
    pub name: String,
    /// Run without a shell to learn the version, such as `["ffmpeg", "-version"]`.
    pub command: Vec<String>,
    /// Lowest version, compared number by number, such as `5.1`; any if absent.
    #[serde(default)]
    pub min_version: Option<String>,
}

/// One exam day with its times made absolute. Stands in `day.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub date: NaiveDate,
    pub exam_start_ms: i64,
    pub exam_end_ms: i64,
    /// Until when recording is planned; the disk forecast looks to here.
    pub record_until_ms: i64,
    pub phases: Vec<PlannedPhase>,
    /// What the timetable starts by itself, the earliest first; usually nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<PlannedStart>,
    pub outage_tolerance_ms: u64,
    pub keep_until: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedPhase {
    pub id: PhaseId,
    pub at_ms: i64,
    pub name_ru: String,
    pub name_en: String,
}

/// When the station starts a zone's cameras by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedStart {
    pub zone: Zone,
    pub at_ms: i64,
}

impl Profile {
    pub fn camera(&self, id: &CameraId) -> Option<&Camera> {
        self.cameras.iter().find(|camera| camera.id == *id)
    }

    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// The name of the exam day that this station holds on `date`.
    pub fn day_id(&self, date: NaiveDate) -> DayId {
        let text = format!("{}-{}-{}-{}", self.region, self.point, date, self.station);
        text.parse().expect("region, point, date and station are short slugs")
    }

    /// Disk space that recording from `from_ms` until `until_ms` has to find free: every camera's
    /// rate with a fifth on top, and two open parts of the archive.
    pub fn needed_bytes(&self, from_ms: i64, until_ms: i64) -> u64 {
        let planned_ms = u64::try_from(until_ms.saturating_sub(from_ms)).unwrap_or(0);
        let bits_per_second: u64 = self.cameras.iter().map(Camera::all_bits_per_second).sum();
        let bits = u128::from(bits_per_second) * u128::from(planned_ms) * 12 / 10_000;
        let video = u64::try_from(bits / 8).unwrap_or(u64::MAX);
        video.saturating_add(2 * self.recording.part_max_bytes)
    }

    /// The day's absolute times on `date`. A local time that a clock change skips is read as
    /// if the clock had not changed yet.
    pub fn plan(&self, date: NaiveDate) -> Plan {
        let timetable = &self.timetable;
        let naive = date.and_time(timetable.exam_start);
        let start: DateTime<Utc> = match self.time_zone.from_local_datetime(&naive).earliest() {
            Some(local) => local.with_timezone(&Utc),
            None => self.time_zone.from_utc_datetime(&naive).with_timezone(&Utc),
        };
        let start_ms = start.timestamp_millis();
        let longest = timetable.longer.values().copied().max().unwrap_or(0);
        let end_ms = start_ms + minutes_ms(timetable.exam_minutes + longest);
        let at_ms = |minutes: i32| start_ms + i64::from(minutes) * 60_000;
        let starts = timetable.start.iter().map(|(zone, minutes)| (*zone, at_ms(*minutes)));
        let mut starts: Vec<_> = starts.map(|(zone, at_ms)| PlannedStart { zone, at_ms }).collect();
        starts.sort_by_key(|start| start.at_ms);
        Plan {
            date,
            exam_start_ms: start_ms,
            exam_end_ms: end_ms,
            record_until_ms: end_ms + minutes_ms(timetable.recording_after_minutes),
            phases: timetable
                .phases
                .iter()
                .map(|phase| PlannedPhase {
                    id: phase.id.clone(),
                    at_ms: at_ms(phase.at_minutes),
                    name_ru: phase.name_ru.clone(),
                    name_en: phase.name_en.clone(),
                })
                .collect(),
            starts,
            outage_tolerance_ms: u64::from(timetable.outage_tolerance_minutes) * 60_000,
            keep_until: timetable.retention.keep_until(date),
        }
    }
}

fn minutes_ms(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}

impl Plan {
    /// The same day pressed together for a rehearsal: its first phase begins at `now_ms`, and the
    /// recording is planned to end `length_ms` later. The order of everything stays.
    pub fn compressed(&self, now_ms: i64, length_ms: i64) -> Plan {
        let first = self.phases.iter().map(|p| p.at_ms).min().unwrap_or(self.exam_start_ms);
        let span = (self.record_until_ms - first).max(1);
        let squeeze = |at_ms: i64| {
            now_ms + ((i128::from(at_ms - first) * i128::from(length_ms)) / i128::from(span)) as i64
        };
        Plan {
            exam_start_ms: squeeze(self.exam_start_ms),
            exam_end_ms: squeeze(self.exam_end_ms),
            record_until_ms: squeeze(self.record_until_ms),
            phases: self
                .phases
                .iter()
                .map(|phase| PlannedPhase { at_ms: squeeze(phase.at_ms), ..phase.clone() })
                .collect(),
            starts: self
                .starts
                .iter()
                .map(|start| PlannedStart { at_ms: squeeze(start.at_ms), ..*start })
                .collect(),
            ..self.clone()
        }
    }

    /// The phase that `now_ms` falls into; none before the first.
    pub fn phase_at(&self, now_ms: i64) -> Option<&PlannedPhase> {
        self.phases.iter().filter(|phase| phase.at_ms <= now_ms).max_by_key(|phase| phase.at_ms)
    }
}
