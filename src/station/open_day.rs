//! The exam day that is open: its folder, its journal, what follows from it, its parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::equipment::Known;
use super::journal_part::{JournalPart, code_of_all_records};
use super::logs::DayLogs;
use super::opening;
use super::outage_record;
use super::papers::FormMaker;
use super::parts::{Packable, Parts};
use super::paths::DayFolder;
use crate::archive::{CountersignatureName, PartName, VerifiedCopy};
use crate::clock::Stamp;
use crate::day::{Day, Stage};
use crate::journal::{
    Actor, DayDocument, Event, Group, HeadDocument, Journal, JournalError, JournalPlace, Record, Segment,
    Still,
};
use crate::point::{CameraId, DayId};
use crate::recording::segment_paths;
use crate::signing::{Rotation, SignerRole};

/// One camera's segment.
pub(super) type SegmentKey = (CameraId, u32);

pub(super) struct OpenDay {
    pub folder: DayFolder,
    place: JournalPlace,
    pub document: DayDocument,
    pub day: Day,
    /// None once the day is closed.
    journal: Option<Journal>,
    pub parts: Parts,
    /// Cameras that were recording when the station ended, and since when nothing of them is there.
    pub silent_since: BTreeMap<CameraId, i64>,
    /// The newest checkpoint's code and size.
    pub newest_code: Option<(String, u64)>,
    /// Of epoch 0's key, for the opening act.
    pub opening_code: String,
    /// The closed day's last code; none while it is open.
    pub closing_code: Option<String>,
    /// Whose signatures lie beside the sealed day.
    pub countersigned: Vec<SignerRole>,
    /// Who ordered the seal.
    pub sealed_by: Option<Actor>,
    /// End of each camera's last finished segment.
    recorded_until: BTreeMap<CameraId, i64>,
    /// Number of the next segment of each camera.
    next_segment: BTreeMap<CameraId, u32>,
    /// Finished segments that no part holds yet.
    unpacked: BTreeMap<SegmentKey, Packable>,
    /// What the journal knows of the computer's equipment.
    pub equipment: Known,
    /// Kept as evidence, to be packed with the journal.
    pub(super) stills: Vec<Still>,
    /// Those of them that the packing thread has been given.
    packing: BTreeSet<SegmentKey>,
}

impl OpenDay {
    /// `records` are all of the journal's; none of their segments was given to `parts` yet.
    pub fn new(
        folder: DayFolder,
        place: JournalPlace,
        document: DayDocument,
        records: &[Record],
        journal: Option<Journal>,
        parts: Parts,
    ) -> Self {
        let mut open = Self {
            day: opening::fold(&document, records),
            opening_code: document.head().opening_code().to_string(),
            folder,
            place,
            document,
            journal,
            parts,
            silent_since: BTreeMap::new(),
            newest_code: None,
            closing_code: None,
            countersigned: Vec::new(),
            sealed_by: None,
            recorded_until: BTreeMap::new(),
            next_segment: BTreeMap::new(),
            unpacked: BTreeMap::new(),
            equipment: Known::default(),
            stills: Vec::new(),
            packing: BTreeSet::new(),
        };
        records.iter().for_each(|record| {
            open.note_segments(&record.event);
            open.note_still(&record.event);
            open.equipment.apply(record);
        });
        if open.day.stage == Stage::Closed {
            open.countersigned = open.signed_roles();
            open.closing_code = code_of_all_records(&open.place).ok().map(|code| code.to_string());
        }
        open
    }

    /// Takes records.
    pub fn is_open(&self) -> bool {
        self.journal.is_some()
    }

    /// Appends, and lets the day follow. Durable after the next `sync`.
    pub fn record(&mut self, now: Stamp, actor: Actor, event: Event) -> Result<(), JournalError> {
        let Some(journal) = self.journal.as_mut() else { return Ok(()) };
        let record = journal.append(now, actor, event)?;
        self.day.apply(&record);
        self.note_segments(&record.event);
        self.note_still(&record.event);
        self.equipment.apply(&record);
        Ok(())
    }

    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.journal.as_mut().map_or(Ok(()), Journal::sync)
    }

    /// Signs all records so far. The last one of a closed day, after which it takes no more; until then
    /// a journal that fails stays the day's, so that no record of the day goes elsewhere.
    pub fn checkpoint(&mut self, now: Stamp) -> Result<(), JournalError> {
        let closing = self.journal.take_if(|_| self.day.stage == Stage::Closed);
        let checkpoint = match (closing, self.journal.as_mut()) {
            (Some(journal), _) => {
                let last = journal.close(now)?;
                self.closing_code = Some(last.code().to_string());
                last
            }
            (None, Some(journal)) => journal.checkpoint(now)?,
            (None, None) => return Ok(()),
        };
        self.newest_code = Some((checkpoint.code().to_string(), checkpoint.size));
        Ok(())
    }

    /// Number of the camera's next segment.
    pub fn next_segment(&self, camera: &CameraId) -> u32 {
        self.next_segment.get(camera).copied().unwrap_or(0)
    }

    /// A file of that number is there or was: the next one gets another.
    pub fn number_used(&mut self, camera: &CameraId, segment: u32) {
        let next = self.next_segment.entry(camera.clone()).or_default();
        *next = (*next).max(segment + 1);
    }

    /// Gives every finished segment that is not packed to the packing thread; their bytes in all.
    pub fn pack_waiting(&mut self) -> u64 {
        let mut bytes = 0;
        for (key, packable) in &self.unpacked {
            for path in [&packable.mp4, &packable.idx] {
                bytes += std::fs::metadata(path).map_or(0, |file| file.len());
            }
            if self.packing.insert(key.clone()) {
                self.parts.take(packable.clone());
            }
        }
        bytes
    }

    /// The packing thread gave it up; it is given again at the next seal or start.
    pub fn packing_failed(&mut self, packable: &Packable) {
        self.packing.remove(&(packable.camera.clone(), packable.segment));
    }

    /// Records `from..from + count`, as far as they are there.
    pub fn lines(&self, from: u64, count: u32) -> io::Result<Vec<Record>> {
        let file = BufReader::new(File::open(self.place.records())?);
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let lines = file.lines().skip(from).take(count as usize);
        lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
    }

    /// All of them; those that a disk does not give any more are missing.
    fn records(&self) -> Vec<Record> {
        self.lines(0, u32::MAX).unwrap_or_else(|error| {
            tracing::error!(%error, "journal can't be read for its logs");
            Vec::new()
        })
    }

    /// What part 00 and the closing act are written from, once the day is closed.
    pub fn journal_part(&self, rotations: &[Rotation], forms: FormMaker) -> JournalPart {
        let outages = match self.day.outages.is_empty() {
            true => None,
            false => Some(outage_record::to_json(&self.document, &self.day)),
        };
        JournalPart {
            folder: self.folder.clone(),
            place: self.place.clone(),
            document: self.document.clone(),
            stills: self.stills.clone(),
            outages,
            logs: DayLogs::of_day(&self.document, &self.day).files(&self.records()),
            rotations: rotations.to_vec(),
            forms,
            restarts: self.day.restarts,
            records: self.day.records,
            sealed_parts: self.day.sealed_parts.clone(),
            copies: self.copies_so_far(),
        }
    }

    /// Of the parts that were closed, read back while the day was open; a copy of all comes after the act.
    fn copies_so_far(&self) -> Vec<VerifiedCopy> {
        let copies = self.day.copies.iter().map(|(target, parts)| VerifiedCopy {
            target: target.clone(),
            verified_at_ms: parts.values().map(|copy| copy.verified_at_ms).max().unwrap_or_default(),
            files: parts.values().map(|copy| copy.file.clone()).collect(),
        });
        copies.collect()
    }

    /// What goes to the regional centre: the delivered parts, the journal's part, what came after.
    pub fn delivered_files(&self) -> Vec<PathBuf> {
        let archive = self.folder.archive();
        let id = &self.document.day;
        let delivered = self.day.sealed_parts.iter().filter(|part| part.group == Group::Delivered);
        let mut files: Vec<PathBuf> = delivered.map(|part| archive.join(&part.file)).collect();
        files.push(archive.join(PartName::Numbered(id.clone(), 0).file_name()));
        files.push(self.folder.after());
        files.extend(self.later_files());
        files
    }

    /// Parts that stay at the point.
    pub fn kept_files(&self) -> Vec<PathBuf> {
        let kept = self.day.sealed_parts.iter().filter(|part| part.group == Group::Kept);
        kept.map(|part| self.folder.archive().join(&part.file)).collect()
    }

    /// What was put beside the sealed day.
    pub fn later_files(&self) -> Vec<PathBuf> {
        later_files(&self.folder, &self.document.day)
    }

    pub fn signed_roles(&self) -> Vec<SignerRole> {
        let files = self.later_files();
        let names = files.iter().filter_map(|path| CountersignatureName::parse(path.file_name()?.to_str()?));
        let mut roles: Vec<SignerRole> = names.map(|name| name.role).collect();
        roles.dedup();
        roles
    }

    /// Part 00 and what comes after it are written.
    pub fn is_packed(&self) -> bool {
        self.folder.after().exists()
    }

    /// Its last record is written, and its journal stands in no part yet.
    pub fn waits_for_packing(&self) -> bool {
        self.day.stage == Stage::Closed && !self.is_packed()
    }

    /// Segments that a crash left without their last record.
    pub fn files_left_open(&self) -> Vec<SegmentKey> {
        let mut left = Vec::new();
        for camera in self.day.cameras.keys() {
            // A camera that never recorded has no folder.
            let Ok(entries) = std::fs::read_dir(self.folder.camera(camera)) else { continue };
            for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
                let stem = path.file_stem().and_then(|stem| stem.to_str());
                let number: Option<u32> = stem.and_then(|stem| stem.parse().ok());
                let video = path.extension().is_some_and(|ending| ending == "mp4");
                if let Some(number) = number.filter(|number| video && *number >= self.next_segment(camera)) {
                    left.push((camera.clone(), number));
                }
            }
        }
        left.sort();
        left
    }

    /// Since when nothing is there of cameras that record: the end of what was recorded last.
    pub fn note_silence(&mut self, recording: &[CameraId]) {
        for camera in recording {
            if let Some(to_ms) = self.recorded_until.get(camera) {
                self.silent_since.insert(camera.clone(), *to_ms);
            }
        }
    }

    fn note_segments(&mut self, event: &Event) {
        match event {
            Event::SegmentFinished(segment) => {
                self.number_used(&segment.camera, segment.segment);
                self.recorded_until.insert(segment.camera.clone(), segment.to_ms);
                let packable = self.packable(segment);
                self.unpacked.insert((segment.camera.clone(), segment.segment), packable);
            }
            Event::SegmentTaken { camera, segment, .. } => {
                let key = (camera.clone(), *segment);
                self.unpacked.remove(&key);
                self.packing.remove(&key);
            }
            _ => {}
        }
    }

    fn packable(&self, segment: &Segment) -> Packable {
        let delivered = |camera: &crate::point::Camera| camera.id == segment.camera && camera.delivered;
        let group = match self.document.cameras.iter().any(delivered) {
            true => Group::Delivered,
            false => Group::Kept,
        };
        let (mp4, idx) = segment_paths(&self.folder.camera(&segment.camera), segment.segment);
        Packable {
            camera: segment.camera.clone(),
            segment: segment.segment,
            group,
            mp4,
            idx,
            mp4_sha256: segment.sha256,
            idx_sha256: segment.index_sha256,
        }
    }
}

/// What was put beside a sealed day: countersignatures, and what the station noted of them.
pub(super) fn later_files(folder: &DayFolder, day: &DayId) -> Vec<PathBuf> {
    let is_later = |name: &str| match (CountersignatureName::parse(name), name.strip_suffix(".zip")) {
        (Some(name), _) => name.day == *day,
        (None, Some(stem)) => {
            matches!(PartName::parse(stem), Some(PartName::After(of, 2..)) if of == *day)
        }
        (None, None) => false,
    };
    // Without its folder there is nothing to be found in it.
    let entries = std::fs::read_dir(folder.archive()).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_later)).collect();
    files.sort();
    files
}

/// Removes a file that an interrupted try may have left.
pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
