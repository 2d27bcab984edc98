//! Judging an excerpt by its bytes alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{DateTime, Offset, Utc};
use serde::Deserialize;

use super::lines::{Lines, proved_lines, whole_index};
use super::proofs;
use super::proved::{Proved, is_proved};
use super::{
    CHECKPOINTS, DOCUMENT, Document, EXCERPT_FORMAT, ExcerptSummary, MAX_DOCUMENT_BYTES, RECORD_PROOFS,
    RECORDS, SUFFIX, Span,
};
use crate::archive::name::rotation_paths;
use crate::archive::verify::{Contents, Found, Job, Meter, Sums, entries, read_row, sums_of};
use crate::archive::zip::{self, Entry, Window};
use crate::archive::{Integrity, Place, RecordingSummary, Report};
use crate::i18n::Message;
use crate::journal::{CheckedCheckpoint, Then, check_checkpoints, decode_line};
use crate::recording::index::MAX_INDEX_BYTES;
use crate::recording::inspect::{self, Piece};
use crate::signing::{Digest, MAX_ROTATIONS, PaperCode, PublicKey, Rotation};

/// No list of records, proofs or checkpoints is longer.
const MAX_LIST_BYTES: u64 = 64 << 20;
/// No video between segments for longer than this is told.
const SHORTEST_GAP_MS: i64 = 1_000;

/// Whether a file is an excerpt by the name of its first entry; whether a good one, is judged later.
pub(in crate::archive) fn is_excerpt(path: &Path) -> bool {
    let mut start = [0; 30 + 200];
    let read = File::open(path).and_then(|file| {
        let mut rest = &mut start[..];
        let length = std::io::copy(&mut file.take(rest.len() as u64), &mut rest)?;
        Ok(length as usize)
    });
    let name = read.ok().and_then(|length| start.get(30..length)?.split(|byte| *byte == b'/').next());
    name.is_some_and(|name| start.starts_with(b"PK\x03\x04") && name.ends_with(SUFFIX.as_bytes()))
}

/// What the paper acts are held against.
pub(in crate::archive) struct Anchors {
    pub opening: PaperCode,
    /// None: the day was not closed yet.
    pub closing: Option<PaperCode>,
    /// Restarts that no key vouches for.
    pub unlinked: u32,
}

/// An excerpt that was looked at; what is wrong with it stands in the report.
pub(in crate::archive) struct Judged {
    pub name: Option<String>,
    /// The device key, if its signature holds.
    pub key: Option<PublicKey>,
    pub anchors: Option<Anchors>,
    /// Which keys of the station took whose place.
    pub rotations: Vec<Rotation>,
    file: File,
    files: BTreeMap<String, (Entry, Digest)>,
    label: String,
}

impl Judged {
    /// Its files. An excerpt is one thing: they hold together or not at all.
    pub fn contents(self, report: &Report) -> Contents {
        let holds = report.integrity < Integrity::CannotVerify;
        let found = |(entry, sha256)| Found { entry, sha256, holds };
        let files = self.files.into_values().map(found).collect();
        Contents { label: self.label, file: self.file, files }
    }
}

/// Looks at all of an excerpt. Breaks off when the meter says so.
pub(in crate::archive) fn judge(
    label: &str,
    mut file: File,
    report: &mut Report,
    meter: &mut Meter,
) -> ControlFlow<(), Judged> {
    let place = Place::part(label);
    let listed = entries(&mut file, &place, report).unwrap_or_default();
    let prefix = listed.first().and_then(|entry| entry.name.as_str().split_once('/'));
    let prefix = prefix.map_or_else(String::new, |(prefix, _)| prefix.to_owned());
    let job = |entry: &Entry| Job { file: &file, entry: entry.clone(), index: None };
    let jobs: Vec<Job> = listed.iter().map(job).collect();
    let sums = sums_of(&jobs, meter)?;
    let mut files = BTreeMap::new();
    for (entry, sums) in listed.into_iter().zip(sums) {
        let path = entry.name.as_str().strip_prefix(&prefix).and_then(|path| path.strip_prefix('/'));
        let path = path.unwrap_or(entry.name.as_str()).to_owned();
        let at = Place::file(label, &path);
        match sums {
            Ok(Sums { crc32, sha256, .. }) => {
                if crc32 != entry.crc32 {
                    report.fault(Integrity::Tampered, at, Message::new("archive-zip-crc"));
                }
                files.entry(path).or_insert((entry, sha256));
            }
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                report.fault(Integrity::CannotVerify, at, message);
            }
        }
    }
    let label = label.to_owned();
    let rotations = Vec::new();
    let mut judged = Judged { name: None, key: None, anchors: None, rotations, file, files, label };
    let mut judge = Judge { judged: &mut judged, report };
    judge.all(&prefix);
    ControlFlow::Continue(judged)
}

struct Judge<'a> {
    judged: &'a mut Judged,
    report: &'a mut Report,
}

impl Judge<'_> {
    fn all(&mut self, prefix: &str) {
        let Some(document) = self.document(prefix) else { return };
        self.judged.name = Some(prefix.to_owned());
        self.report.day = Some(document.day.clone());
        let (camera, from_ms, to_ms) = (document.camera.clone(), document.from_ms, document.to_ms);
        self.report.excerpt = Some(ExcerptSummary { camera, from_ms, to_ms });
        self.hold_to_known_files(&document);
        self.rotations();
        let checkpoints = self.checkpoints(&document);
        let proved = self.records(&document, &checkpoints);
        self.time_zone(&document, &proved);
        let mut before: Option<(Span, Lines)> = None;
        for span in &document.segments {
            let Some(lines) = self.segment(&document, *span, &proved) else {
                before = None;
                continue;
            };
            if let Some((before, before_lines)) = &before {
                self.hold_together(&document, (before, before_lines), (span, &lines));
            }
            before = Some((*span, lines));
        }
        self.hold_to_span(&document);
    }

    fn document(&mut self, prefix: &str) -> Option<Document> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let bytes = self.read(DOCUMENT, MAX_DOCUMENT_BYTES)?;
        if let Ok(Format { format }) = serde_json::from_slice(&bytes)
            && format != EXCERPT_FORMAT
        {
            let message = Message::new("excerpt-format").with("format", format);
            self.report.fault(Integrity::CannotVerify, self.at(DOCUMENT), message);
            return None;
        }
        let document = Document::parse(&bytes).filter(|document| document.folder() == prefix);
        if document.is_none() {
            self.tampered(self.at(DOCUMENT), "excerpt-form");
        }
        document
    }

    fn hold_to_known_files(&mut self, document: &Document) {
        let lists = [DOCUMENT, CHECKPOINTS, RECORDS, RECORD_PROOFS].map(str::to_owned);
        let names = document.segments.iter().filter_map(|span| document.names(span.segment).ok());
        let keys = (1..=MAX_ROTATIONS).map(|number| rotation_paths("", number));
        let keys = keys.take_while(|(statement, _)| self.judged.files.contains_key(statement));
        let keys = keys.flat_map(|(statement, signature)| [statement, signature]);
        let known: BTreeSet<String> = names.flatten().chain(lists).chain(keys).collect();
        let added: Vec<String> =
            self.judged.files.keys().filter(|path| !known.contains(*path)).cloned().collect();
        for path in added {
            self.tampered(self.at(&path), "archive-file-added");
        }
    }

    fn rotations(&mut self) {
        let Judged { file, files, label, .. } = &mut *self.judged;
        let mut bytes = |path: &str, max: usize| {
            let (entry, _) = files.get(path)?;
            let mut bytes = Vec::new();
            let contents = zip::contents(file, entry).ok().filter(|_| entry.bytes <= max as u64);
            let read = contents.and_then(|mut contents| contents.read_to_end(&mut bytes).ok());
            Some(read.map_or_else(Vec::new, |_| bytes))
        };
        self.judged.rotations = read_row(label, "", &mut bytes, self.report);
    }

    fn checkpoints(&mut self, document: &Document) -> Vec<CheckedCheckpoint> {
        let Some(text) = self.read(CHECKPOINTS, MAX_LIST_BYTES) else { return Vec::new() };
        let head = document.head();
        let checked = check_checkpoints(&text, &head);
        for fault in &checked.faults {
            self.report.fault(Integrity::Tampered, self.at(CHECKPOINTS), fault.message());
        }
        let checkpoints = checked.checkpoints;
        let ended = checkpoints.last().filter(|last| last.checkpoint.then == Then::End && last.sound);
        if ended.is_none() {
            self.report.warn(self.at(CHECKPOINTS), Message::new("excerpt-day-open"));
        }
        let unlinked = checkpoints.iter().filter(|checked| !checked.checkpoint.signers().epoch).count();
        let vouched = checkpoints.first().is_some_and(|first| first.sound && first.device_signed);
        self.judged.key = vouched.then_some(document.device_key);
        let anchors = Anchors {
            opening: head.opening_code(),
            closing: ended.map(|last| last.checkpoint.code()),
            unlinked: u32::try_from(unlinked).unwrap_or(u32::MAX),
        };
        self.report.opening_code = Some(anchors.opening.to_string());
        self.report.closing_code = anchors.closing.map(|code| code.to_string());
        self.judged.anchors = Some(anchors);
        checkpoints
    }

    /// Takes every record that is proved and has its place here; notes the others.
    fn records(&mut self, document: &Document, checkpoints: &[CheckedCheckpoint]) -> Proved {
        let mut proved = Proved::default();
        let records = self.read(RECORDS, MAX_LIST_BYTES).unwrap_or_default();
        let proofs = self.read(RECORD_PROOFS, MAX_LIST_BYTES).and_then(|bytes| proofs::parse(&bytes));
        let lines: Vec<&[u8]> = records.split_inclusive(|byte| *byte == b'\n').collect();
        let Some(proofs) = proofs.filter(|proofs| proofs.len() == lines.len()) else {
            self.tampered(self.at(RECORD_PROOFS), "excerpt-form");
            return proved;
        };
        let mut expected = 0;
        for (line, proof) in lines.into_iter().zip(&proofs) {
            let place = Place { record: Some(proof.n), ..self.at(RECORDS) };
            match decode_line(line) {
                Ok(record) if record.n == proof.n && record.n >= expected => {
                    expected = record.n.saturating_add(1);
                    if !is_proved(line, proof, checkpoints) {
                        self.tampered(place, "excerpt-record-unproved");
                    } else if !proved.take(record, document) {
                        self.tampered(place, "excerpt-record-other");
                    }
                }
                _ => self.tampered(place, "excerpt-form"),
            }
        }
        if !proved.opened {
            self.tampered(self.at(RECORDS), "excerpt-no-opening");
        }
        self.report.records = proved.offsets.len() as u64;
        proved
    }

    /// The zone is shown where the computer's own offset agrees with it.
    fn time_zone(&mut self, document: &Document, proved: &Proved) {
        let agrees = proved.offsets.iter().all(|(utc_ms, offset_min)| {
            let time = DateTime::<Utc>::from_timestamp_millis(*utc_ms);
            let offset = time.map(|time| time.with_timezone(&document.time_zone).offset().fix());
            offset.is_some_and(|offset| offset.local_minus_utc() == offset_min.saturating_mul(60))
        });
        match agrees {
            true => self.report.time_zone = Some(document.time_zone),
            false => self.report.warn(self.at(DOCUMENT), Message::new("excerpt-zone")),
        }
    }

    /// Judges one segment's lines and fragments. None: nothing can be said of its video.
    fn segment(&mut self, document: &Document, span: Span, proved: &Proved) -> Option<Lines> {
        let [video, index, index_proofs] = document.names(span.segment).ok()?;
        let place = |record: Option<u64>, time: Option<(i64, i64)>| Place {
            part: Some(self.judged.label.clone()),
            file: Some(video.clone()),
            record,
            camera: Some(document.camera.clone()),
            segment: Some(span.segment),
            from_ms: time.map(|(from, _)| from),
            to_ms: time.map(|(_, to)| to),
            ..Place::default()
        };
        let Some((record, fact)) = proved.segments.get(&span.segment) else {
            self.tampered(place(None, None), "excerpt-record-missing");
            return None;
        };
        let unproved = place(Some(*record), None);
        let index_bytes = self.read(&index, MAX_INDEX_BYTES)?;
        let lines = match self.judged.files.contains_key(&index_proofs) {
            true => {
                let proofs = self.read(&index_proofs, MAX_LIST_BYTES)?;
                let head = proved.heads.get(&span.segment);
                head.and_then(|head| proved_lines(&index_bytes, &proofs, head, span))
            }
            false => whole_index(&index_bytes, fact, span),
        };
        let Some(lines) = lines else {
            self.tampered(Place { file: Some(index), ..unproved }, "excerpt-index-unproved");
            return None;
        };
        let time = lines.time();
        let piece = Piece { initial: &lines.initial, fragments: &lines.fragments };
        let Some((entry, sha256)) = self.judged.files.get(&video) else {
            self.tampered(unproved, "archive-file-removed");
            return None;
        };
        let sha256 = sha256.to_string();
        let (faults, bytes) = match piece.look(&mut Window::new(&self.judged.file, entry)) {
            Ok(looked) => (looked.faults, entry.bytes),
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                self.report.fault(Integrity::CannotVerify, unproved, message);
                return None;
            }
        };
        for fault in &faults {
            let line = lines.fragments.iter().find(|line| *fault == inspect::Place::Fragment(line.i));
            let (id, time) = match line {
                Some(line) => ("archive-video-changed", (line.utc_ms, line.utc_end_ms())),
                None => ("archive-video-frame-changed", time),
            };
            self.tampered(Place { from_ms: Some(time.0), to_ms: Some(time.1), ..unproved.clone() }, id);
        }
        self.report.intact_segments += u64::from(faults.is_empty());
        self.report.recordings.push(RecordingSummary {
            day: document.day.clone(),
            camera: document.camera.clone(),
            segment: span.segment,
            part: Some(self.judged.label.clone()),
            file: Some(video),
            from_ms: time.0,
            to_ms: time.1,
            frames: lines.fragments.iter().map(|line| u64::from(line.frames)).sum(),
            bytes,
            sha256: Some(sha256),
            intact: faults.is_empty(),
        });
        Some(lines)
    }

    /// Between two segments nothing is kept back; where there was no video, that is told.
    fn hold_together(&mut self, document: &Document, before: (&Span, &Lines), after: (&Span, &Lines)) {
        let (from_ms, to_ms) = (before.1.time().1, after.1.time().0);
        let place = Place {
            camera: Some(document.camera.clone()),
            from_ms: Some(from_ms),
            to_ms: Some(to_ms),
            ..Place::part(&self.judged.label)
        };
        if before.0.segment + 1 != after.0.segment {
            let message = Message::new("excerpt-segment-missing").with("segment", before.0.segment + 1);
            self.report.fault(Integrity::Incomplete, place, message);
        } else if u64::from(before.0.last) + 1 != before.1.total || after.0.first != 1 {
            self.tampered(place, "excerpt-hole");
        } else if to_ms.saturating_sub(from_ms) > SHORTEST_GAP_MS {
            let seconds = to_ms.saturating_sub(from_ms) / 1000;
            self.report.warn(place, Message::new("archive-warning-gap").with("seconds", seconds));
        }
    }

    fn hold_to_span(&mut self, document: &Document) {
        let recordings = &self.report.recordings;
        let ends = recordings.first().zip(recordings.last()).map(|(a, b)| (a.from_ms, b.to_ms));
        if !ends.is_some_and(|(from, to)| from <= document.from_ms && document.to_ms <= to) {
            let place = Place {
                camera: Some(document.camera.clone()),
                from_ms: Some(document.from_ms),
                to_ms: Some(document.to_ms),
                ..Place::part(&self.judged.label)
            };
            self.report.fault(Integrity::Incomplete, place, Message::new("excerpt-span"));
        }
    }

    fn at(&self, path: &str) -> Place {
        Place::file(&self.judged.label, path)
    }

    fn tampered(&mut self, place: Place, id: &str) {
        self.report.fault(Integrity::Tampered, place, Message::new(id));
    }

    /// The bytes of a file; notes if it is not there, can't be read or is longer than any can be.
    fn read(&mut self, path: &str, max: u64) -> Option<Vec<u8>> {
        let Some((entry, _)) = self.judged.files.get(path).filter(|(entry, _)| entry.bytes <= max) else {
            self.tampered(self.at(path), "archive-file-removed");
            return None;
        };
        let mut bytes = Vec::new();
        let contents = zip::contents(&mut self.judged.file, entry);
        match contents.and_then(|mut contents| contents.read_to_end(&mut bytes)) {
            Ok(_) => Some(bytes),
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                self.report.fault(Integrity::CannotVerify, self.at(path), message);
                None
            }
        }
    }
}
