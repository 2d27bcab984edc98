//! The recordings: every segment against the manifest, the journal and its own index, so that
//! damage is told by the second.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::{Bag, BagFile};
use super::coverage::{Coverage, Video};
use super::facts::{Facts, SegmentKey};
use crate::archive::name::segment_of;
use crate::archive::{Integrity, Place, RecordingSummary, Report};
use crate::i18n::Message;
use crate::journal::{Group, Segment, VideoHead};
use crate::point::DayId;
use crate::recording::index::{Index, MAX_INDEX_BYTES};
use crate::recording::inspect::{self, Inspection};
use crate::signing::Digest;
use crate::signing::merkle::MerkleTree;

/// Looks at every segment that a part holds or the journal names.
pub fn check(
    bags: &mut [Bag],
    facts: Option<&Facts>,
    day: &DayId,
    coverage: &mut Coverage,
    report: &mut Report,
) {
    let known = known_videos(bags, facts);
    let mut seen = BTreeSet::new();
    for bag in bags.iter_mut() {
        for key in segments_in(bag) {
            let fact = facts.and_then(|facts| facts.segments.get(&key));
            let heads = facts.and_then(|facts| facts.heads.get(&key)).map_or(&[][..], Vec::as_slice);
            let subject = Subject {
                key: &key,
                fact,
                heads,
                known: &known,
                named: facts.is_none_or(|facts| !facts.complete || fact.is_some()),
                vouched: fact.is_some() && facts.is_some_and(|facts| facts.complete),
            };
            if let Some(facts) = facts {
                hold_to_taken(bag, &key, facts, report);
            }
            if !seen.insert(key.clone()) {
                let place = subject.place(&bag.label, None);
                report.fault(Integrity::Tampered, place, Message::new("archive-segment-twice"));
                continue;
            }
            let summary = subject.check(bag, coverage, report);
            report.intact_segments += u64::from(summary.intact);
            report.recordings.push(summary);
        }
    }
    if let Some(facts) = facts {
        note_absent(bags, facts, day, &seen, coverage, report);
    }
    report.recordings.sort_by(|a, b| (&a.camera, a.segment).cmp(&(&b.camera, b.segment)));
}

/// A segment that is there, and what is said of it.
struct Subject<'a> {
    key: &'a SegmentKey,
    fact: Option<&'a (u64, Segment)>,
    heads: &'a [(u64, VideoHead)],
    known: &'a BTreeMap<Digest, SegmentKey>,
    /// The journal names it, or can't be asked.
    named: bool,
    /// What the journal says of it counts for more than a part's own list.
    vouched: bool,
}

impl Subject<'_> {
    fn check(&self, bag: &mut Bag, coverage: &mut Coverage, report: &mut Report) -> RecordingSummary {
        let faults_before = report.fault_count();
        let (video_path, index_path) = paths(self.key);
        let (video, index) = (bag.files.get(&video_path).cloned(), bag.files.get(&index_path).cloned());
        let mut summary = self.summary(bag, &video_path);
        if !self.named {
            let place = self.place(&bag.label, None);
            report.fault(Integrity::Tampered, place, Message::new("archive-segment-unknown"));
        }
        for (path, file) in [(&video_path, &video), (&index_path, &index)] {
            // What the manifest lists and is not there is told already.
            if file.is_none() && !bag.files.contains_key(path) && self.fact.is_some() {
                let time = self.fact.map(|(_, segment)| (segment.from_ms, segment.to_ms));
                let place = Place { file: Some(path.clone()), ..self.place(&bag.label, time) };
                report.fault(Integrity::Tampered, place, Message::new("archive-file-removed"));
            }
        }
        let good_index = index.as_ref().is_some_and(|file| self.is_good(file, true));
        let whole_index = match &index {
            Some(file) => self.index(bag, file, &index_path, report),
            None => None,
        };
        if let (Some(index), None) = (&whole_index, self.fact) {
            summary.from_ms = index.fragments().first().map_or(0, |line| line.utc_ms);
            summary.to_ms = index.fragments().last().map_or(0, |line| line.utc_end_ms());
            summary.frames = index.fragments().iter().map(|line| u64::from(line.frames)).sum();
        }
        // A segment that has no business here, or whose index says something else, is no evidence.
        let in_its_place = faults_before == report.fault_count();
        let mut inspection = None;
        if let Some(video) = &video {
            summary.bytes = video.entry.bytes;
            summary.sha256 = Some(video.sha256.to_string());
            // A video that is as it was recorded is not held to an index that is not.
            let guide = whole_index.as_ref().filter(|_| good_index || !self.is_good(video, false));
            inspection = self.video(bag, video, &video_path, guide, report);
        }
        let files = [(&video_path, &video), (&index_path, &index)];
        let listed = files.iter().all(|(_, file)| file.as_ref().is_some_and(BagFile::holds));
        let faultless = faults_before == report.fault_count();
        summary.intact = faultless && (listed || self.vouched);
        for (path, _) in files.iter().filter(|(_, file)| file.as_ref().is_some_and(BagFile::is_changed)) {
            if self.vouched && faultless {
                let place = Place::file(&bag.label, path);
                report.fault(Integrity::Tampered, place, Message::new("archive-list-differs"));
            }
        }
        let whole = video.as_ref().is_some_and(|video| self.vouched && self.is_good(video, false));
        let found = match &inspection {
            Some(inspection) if in_its_place => Video::Fragments(&inspection.fragments),
            _ if whole => Video::Whole(summary.from_ms, summary.to_ms),
            _ => Video::Changed(summary.from_ms, summary.to_ms),
        };
        // What is not here at all is missing.
        if video.is_some() {
            coverage.take(&self.key.0, found);
        }
        summary
    }

    /// Its bytes are those that were recorded, as far as anybody here can say.
    fn is_good(&self, file: &BagFile, is_index: bool) -> bool {
        let as_recorded = self.fact.is_none_or(|(_, segment)| match is_index {
            true => segment.index_sha256 == file.sha256,
            false => segment.sha256 == file.sha256,
        });
        as_recorded && (self.vouched || !file.is_changed())
    }

    fn summary(&self, bag: &Bag, path: &str) -> RecordingSummary {
        let fact = self.fact.map(|(_, segment)| segment);
        RecordingSummary {
            day: bag.name.day().clone(),
            camera: self.key.0.clone(),
            segment: self.key.1,
            part: Some(bag.label.clone()),
            file: Some(path.to_owned()),
            from_ms: fact.map_or(0, |segment| segment.from_ms),
            to_ms: fact.map_or(0, |segment| segment.to_ms),
            frames: fact.map_or(0, |segment| segment.frames),
            bytes: fact.map_or(0, |segment| segment.bytes),
            sha256: None,
            intact: false,
        }
    }

    /// The index if it can be read; notes what is wrong with it.
    fn index(&self, bag: &mut Bag, file: &BagFile, path: &str, report: &mut Report) -> Option<Index> {
        let place = Place { file: Some(path.to_owned()), ..self.place(&bag.label, None) };
        let good = self.is_good(file, true);
        if !good {
            report.fault(Integrity::Tampered, place.clone(), Message::new("archive-index-changed"));
        }
        let bytes = bag.read(path, MAX_INDEX_BYTES).ok().flatten()?;
        let (index, error) = Index::parse_prefix(&bytes);
        if let Some(error) = error
            && good
        {
            let message = Message::new("archive-index-form").with("detail", error.to_string());
            report.fault(Integrity::Tampered, place.clone(), message);
        }
        if let Some(record) = first_other_head(&bytes, self.heads) {
            let place = Place { record: Some(record), ..place };
            report.fault(Integrity::Tampered, place, Message::new("archive-index-head"));
        }
        Some(index)
    }

    /// Holds the video to its hashes, and to its index where there is one. Gives what was found of its
    /// fragments; none if they are not those of this segment.
    fn video(
        &self,
        bag: &Bag,
        file: &BagFile,
        path: &str,
        index: Option<&Index>,
        report: &mut Report,
    ) -> Option<Inspection> {
        let good = self.is_good(file, false);
        let label = bag.label.clone();
        let at = |time| Place { file: Some(path.to_owned()), ..self.place(&label, time) };
        let whole_time = match (self.fact, index) {
            (Some((_, segment)), _) => Some((segment.from_ms, segment.to_ms)),
            (None, Some(index)) => {
                let fragments = index.fragments();
                fragments.first().zip(fragments.last()).map(|(a, b)| (a.utc_ms, b.utc_end_ms()))
            }
            (None, None) => None,
        };
        if let (false, Some(other)) = (good, self.known.get(&file.sha256).filter(|key| *key != self.key)) {
            let message = Message::new("archive-video-swapped")
                .with("camera", other.0.as_str())
                .with("file", format!("{:06}.mp4", other.1));
            report.fault(Integrity::Tampered, at(whole_time), message);
            return None;
        }
        let inspection = match (index, &file.seen) {
            (Some(index), Some(seen)) => seen.inspection(index),
            // Its index could not be read when the video was.
            (Some(_), None) => {
                let message = Message::new("archive-unreadable").with("detail", "idx");
                report.fault(Integrity::CannotVerify, at(whole_time), message);
                return None;
            }
            (None, _) => Inspection { fragments: Vec::new(), faults: Vec::new() },
        };
        if inspection.is_whole() && !good {
            report.fault(Integrity::Tampered, at(whole_time), Message::new("archive-video-changed"));
            return None;
        }
        for fault in merged(&inspection.faults) {
            let id = match fault.place {
                inspect::Place::Fragment(_) => "archive-video-changed",
                _ => "archive-video-frame-changed",
            };
            report.fault(Integrity::Tampered, at(Some((fault.from_ms, fault.to_ms))), Message::new(id));
        }
        index.map(|_| inspection)
    }

    fn place(&self, part: &str, time: Option<(i64, i64)>) -> Place {
        Place {
            part: Some(part.to_owned()),
            record: self.fact.map(|(record, _)| *record),
            camera: Some(self.key.0.clone()),
            segment: Some(self.key.1),
            from_ms: time.map(|(from, _)| from),
            to_ms: time.map(|(_, to)| to),
            ..Place::default()
        }
    }
}

fn paths(key: &SegmentKey) -> (String, String) {
    let stem = format!("data/video/{}/{:06}", key.0, key.1);
    (format!("{stem}.mp4"), format!("{stem}.idx"))
}

fn segments_in(bag: &Bag) -> BTreeSet<SegmentKey> {
    let keys = bag.files.keys().filter_map(|path| segment_of(path));
    keys.map(|(camera, segment, _)| (camera, segment)).collect()
}

/// Which segment a video's bytes are, by the journal and by the signed lists.
fn known_videos(bags: &[Bag], facts: Option<&Facts>) -> BTreeMap<Digest, SegmentKey> {
    let listed = bags.iter().flat_map(|bag| &bag.files).filter_map(|(path, file)| {
        let (camera, segment, is_index) = segment_of(path)?;
        (!is_index).then_some((file.listed?, (camera, segment)))
    });
    let mut known: BTreeMap<Digest, SegmentKey> = listed.collect();
    for (key, (_, segment)) in facts.iter().flat_map(|facts| &facts.segments) {
        known.insert(segment.sha256, key.clone());
    }
    known
}

/// The journal says into which part the segment was taken.
fn hold_to_taken(bag: &Bag, key: &SegmentKey, facts: &Facts, report: &mut Report) {
    if let Some((record, part)) = facts.taken.get(key)
        && bag.name.number() != Some(*part)
    {
        let place = Place { part: Some(bag.label.clone()), ..super::facts::video_place(*record, key, None) };
        report.fault(Integrity::Tampered, place, Message::new("archive-segment-moved").with("part", *part));
    }
}

/// Segments that the journal names and no part here holds. Where the whole part is not here, that is
/// told once for the part.
fn note_absent(
    bags: &[Bag],
    facts: &Facts,
    day: &DayId,
    seen: &BTreeSet<SegmentKey>,
    coverage: &mut Coverage,
    report: &mut Report,
) {
    for (key, (record, segment)) in facts.segments.iter().filter(|(key, _)| !seen.contains(key)) {
        let place = super::facts::video_place(*record, key, Some((segment.from_ms, segment.to_ms)));
        let part = facts.taken.get(key).map(|(_, part)| *part);
        match part {
            None => report.fault(Integrity::Incomplete, place, Message::new("archive-segment-not-packed")),
            Some(part) if bags.iter().any(|bag| bag.name.number() == Some(part)) => {
                report.fault(Integrity::Tampered, place, Message::new("archive-segment-removed"));
            }
            Some(part) if facts.opened.get(&part) == Some(&Group::Kept) => {
                coverage.take(&key.0, Video::Kept(segment.from_ms, segment.to_ms));
            }
            Some(_) => {}
        }
        report.recordings.push(RecordingSummary {
            day: day.clone(),
            camera: key.0.clone(),
            segment: key.1,
            part: None,
            file: None,
            from_ms: segment.from_ms,
            to_ms: segment.to_ms,
            frames: segment.frames,
            bytes: segment.bytes,
            sha256: None,
            intact: false,
        });
    }
}

/// The record of the first head that these lines don't lead to.
fn first_other_head(index: &[u8], heads: &[(u64, VideoHead)]) -> Option<u64> {
    let mut lines = index.split_inclusive(|byte| *byte == b'\n');
    let mut tree = MerkleTree::new();
    for (record, head) in heads {
        while tree.size() < head.lines {
            match lines.next() {
                Some(line) => tree.push(line),
                None => return Some(*record),
            }
        }
        if tree.size() == head.lines && tree.root() != head.root {
            return Some(*record);
        }
    }
    None
}

/// Faults of fragments that follow each other as one.
fn merged(faults: &[inspect::Fault]) -> Vec<inspect::Fault> {
    let mut merged: Vec<inspect::Fault> = Vec::new();
    let mut last = None;
    for fault in faults {
        let number = match fault.place {
            inspect::Place::Fragment(number) => Some(number),
            _ => None,
        };
        let follows = number.is_some() && last.map(|last: u32| last.saturating_add(1)) == number;
        match merged.last_mut() {
            Some(run) if follows => run.to_ms = fault.to_ms,
            _ => merged.push(*fault),
        }
        last = number;
    }
    merged
}
