//! Two archives of one exam day side by side: is it the same one, an earlier export, or was one of
//! them made up.
//!
//! Each is verified first. Then their journals are read line by line beside each other, so that the
//! first record in which they differ is named, and parts and videos are compared by their hashes.

mod journals;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use journals::{Fork, Said};
use journals::{Journals, compare_journals};

use super::verify::{OnProgress, VerifyOptions, part_paths, verify};
use super::{Integrity, PartName, Provenance, Report};
use crate::point::{CameraId, DayId};
use crate::time_zone::Tz;

/// Grows by one with every change of [`Comparison`] that an older reader could not read.
pub const COMPARISON_FORMAT: u32 = 1;

/// So many parts and videos that differ are named; the rest are counted.
const MAX_LISTED: usize = 1000;

/// How the two journals relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Relation {
    /// Record for record the same.
    Same,
    /// The second goes on where the first ends.
    FirstEarlier,
    /// The first goes on where the second ends.
    SecondEarlier,
    /// From one record on they tell different things.
    Fork,
    OtherDay,
    /// A journal is missing, or can't be read.
    CannotCompare,
}

/// What came of comparing. As JSON it is stable: `format` says which reading holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// [`COMPARISON_FORMAT`].
    pub format: u32,
    pub relation: Relation,
    /// The point's time zone, as far as it is known.
    pub time_zone: Option<Tz>,
    pub first: Side,
    pub second: Side,
    /// Records that both have, word for word, from the first on.
    pub records_in_common: u64,
    /// Where they part ways.
    pub fork: Option<Fork>,
    /// Parts that are not the same on both sides, by name.
    pub parts: Vec<PartDifference>,
    /// Videos that are not the same on both sides.
    pub videos: Vec<VideoDifference>,
    /// Parts and videos beyond those listed.
    pub more: u64,
    /// Both have a part or a video of the same name, with other bytes.
    pub contradiction: bool,
}

/// What a verification by itself says of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    pub integrity: Integrity,
    pub provenance: Provenance,
    pub day: Option<DayId>,
    pub records: u64,
    pub signer: Option<String>,
    pub opening_code: Option<String>,
    pub closing_code: Option<String>,
    pub faults: u64,
}

/// A part by its SHA-256 on each side; none where it is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartDifference {
    pub name: String,
    pub first_sha256: Option<String>,
    pub second_sha256: Option<String>,
}

/// A video by its SHA-256 on each side; none where it is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoDifference {
    pub camera: CameraId,
    pub segment: u32,
    pub from_ms: i64,
    pub to_ms: i64,
    pub first_sha256: Option<String>,
    pub second_sha256: Option<String>,
}

/// Verifies both and compares them. Each side is part files, folders of parts, or both. Progress is
/// told anew for each side; stopped by it, they can't be compared.
pub fn compare(
    first: &[PathBuf],
    second: &[PathBuf],
    options: &VerifyOptions,
    on_progress: OnProgress,
) -> Comparison {
    let reports = [verify(first, options, on_progress), verify(second, options, on_progress)];
    let [journals_first, journals_second] = [(first, &reports[0]), (second, &reports[1])]
        .map(|(paths, report)| Journals::find(part_paths(paths, report)));
    let journals = compare_journals(&journals_first, &journals_second);
    let (mut parts, mut videos) = (Vec::new(), Vec::new());
    let [first, second] = &reports;
    if journals.relation != Relation::OtherDay {
        parts = differing_parts(first, second);
        videos = differing_videos(first, second);
    }
    let differs = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some();
    // Of journals of which one goes on, the parts that hold them can't be the same.
    let grown = matches!(journals.relation, Relation::FirstEarlier | Relation::SecondEarlier);
    let may_differ = |part: &PartDifference| {
        grown && PartName::parse(&part.name).is_some_and(|name| name.number() == Some(0))
    };
    let contradiction =
        parts.iter().any(|part| differs(&part.first_sha256, &part.second_sha256) && !may_differ(part))
            || videos.iter().any(|video| differs(&video.first_sha256, &video.second_sha256));
    let more = (parts.len().saturating_sub(MAX_LISTED) + videos.len().saturating_sub(MAX_LISTED)) as u64;
    parts.truncate(MAX_LISTED);
    videos.truncate(MAX_LISTED);
    Comparison {
        format: COMPARISON_FORMAT,
        relation: journals.relation,
        time_zone: first.time_zone.or(second.time_zone),
        first: Side::of(first),
        second: Side::of(second),
        records_in_common: journals.in_common,
        fork: journals.fork,
        parts,
        videos,
        more,
        contradiction,
    }
}

impl Comparison {
    /// Nothing tells the two apart, whatever is to be said of both.
    pub fn is_alike(&self) -> bool {
        let same_verdict = self.first.integrity == self.second.integrity;
        self.relation == Relation::Same && same_verdict && self.parts.is_empty() && self.videos.is_empty()
    }

    /// 0 the same; 1 nothing contradicts, and one holds more than the other; 2 they contradict each
    /// other, or one was changed; 3 other days; 4 they can't be compared.
    pub fn exit_code(&self) -> u8 {
        let sides = [&self.first, &self.second];
        let tampered = sides.iter().any(|side| side.integrity == Integrity::Tampered);
        match self.relation {
            Relation::OtherDay => 3,
            Relation::Fork => 2,
            _ if tampered || self.contradiction => 2,
            Relation::CannotCompare => 4,
            _ if sides.iter().any(|side| side.integrity == Integrity::CannotVerify) => 4,
            Relation::FirstEarlier | Relation::SecondEarlier => 1,
            Relation::Same if self.parts.is_empty() && self.videos.is_empty() => 0,
            Relation::Same => 1,
        }
    }
}

impl Relation {
    /// The one word for it, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "SAME",
            Self::FirstEarlier => "FIRST_EARLIER",
            Self::SecondEarlier => "SECOND_EARLIER",
            Self::Fork => "FORK",
            Self::OtherDay => "OTHER_DAY",
            Self::CannotCompare => "CANNOT_COMPARE",
        }
    }
}

impl Side {
    fn of(report: &Report) -> Self {
        Self {
            integrity: report.integrity,
            provenance: report.provenance,
            day: report.day.clone(),
            records: report.records,
            signer: report.signer.clone(),
            opening_code: report.opening_code.clone(),
            closing_code: report.closing_code.clone(),
            faults: report.fault_count(),
        }
    }
}

fn differing_parts(first: &Report, second: &Report) -> Vec<PartDifference> {
    let by_name = |report: &Report| -> BTreeMap<String, Option<String>> {
        let named = report.parts.iter().filter(|part| part.name.as_deref().is_some_and(is_part));
        named.filter_map(|part| Some((part.name.clone()?, part.sha256.clone()))).collect()
    };
    let (first, second) = (by_name(first), by_name(second));
    let differs = |name: &&String| first.get(*name) != second.get(*name);
    let both = first.keys().chain(second.keys().filter(|name| !first.contains_key(*name)));
    let mut differing: Vec<PartDifference> = both
        .filter(differs)
        .map(|name| PartDifference {
            name: name.clone(),
            first_sha256: first.get(name).cloned().flatten(),
            second_sha256: second.get(name).cloned().flatten(),
        })
        .collect();
    differing.sort_by(|a, b| a.name.cmp(&b.name));
    differing
}

fn is_part(name: &str) -> bool {
    PartName::parse(name).is_some()
}

fn differing_videos(first: &Report, second: &Report) -> Vec<VideoDifference> {
    type Videos = BTreeMap<(DayId, CameraId, u32), (Option<String>, i64, i64)>;
    let here = |report: &Report| -> Videos {
        let key = |video: &super::RecordingSummary| (video.day.clone(), video.camera.clone(), video.segment);
        let found = |video: &super::RecordingSummary| (video.sha256.clone(), video.from_ms, video.to_ms);
        let here = report.recordings.iter().filter(|video| video.sha256.is_some());
        here.map(|video| (key(video), found(video))).collect()
    };
    let (first, second) = (here(first), here(second));
    let hash =
        |videos: &Videos, key| videos.get(key).and_then(|video: &(Option<String>, _, _)| video.0.clone());
    let both = first.iter().chain(second.iter().filter(|(key, _)| !first.contains_key(*key)));
    let mut differing: Vec<VideoDifference> = both
        .map(|(key, (_, from_ms, to_ms))| VideoDifference {
            camera: key.1.clone(),
            segment: key.2,
            from_ms: *from_ms,
            to_ms: *to_ms,
            first_sha256: hash(&first, key),
            second_sha256: hash(&second, key),
        })
        .filter(|video| video.first_sha256 != video.second_sha256)
        .collect();
    differing.sort_by(|a, b| (&a.camera, a.from_ms).cmp(&(&b.camera, b.from_ms)));
    differing
}
