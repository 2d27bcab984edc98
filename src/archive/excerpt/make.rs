//! Making an excerpt of an archive.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::error::ExcerptError;
use super::parts::{Part, open_parts};
use super::proofs::Proof;
use super::{CHECKPOINTS, DOCUMENT, Document, EXCERPT_FORMAT, RECORD_PROOFS, RECORDS, Span, When};
use crate::archive::name::{self, rotation_paths};
use crate::archive::place::day_and_time;
use crate::archive::verify::{Meter, OnProgress, VerifyOptions, verify};
use crate::archive::zip::{self, BadName, Entry, Window, ZipWriter};
use crate::archive::{Integrity, Report};
use crate::durable::Unfinished;
use crate::i18n::Message;
use crate::journal::{
    DayDocument, Event, MAX_DOCUMENT_BYTES, Record, Segment, VideoHead, check_journal, encode_line,
};
use crate::point::{CameraId, DayId};
use crate::recording::index::{Index, Line, MAX_INDEX_BYTES};
use crate::recording::inspect::Piece;
use crate::signing::merkle::leaf_hash;
use crate::signing::{Digest, MAX_ARMORED_BYTES, MAX_ROTATIONS, MAX_STATEMENT_BYTES};

const MAX_JOURNAL_BYTES: u64 = 1 << 30;
const MAX_CHECKPOINTS_BYTES: u64 = 64 << 20;

/// What an excerpt is asked to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub camera: CameraId,
    pub from: When,
    pub to: When,
}

/// An excerpt that lies on the disk and is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What `verify` says of it.
    pub report: Report,
    pub bytes: u64,
    /// Archives of other stations that have video of this camera in this time too.
    pub others: Vec<DayId>,
}

/// Makes an excerpt of these parts as the new file `out`, and verifies it. Only what goes into it is
/// read of the video; progress counts that.
pub fn make(
    paths: &[PathBuf],
    wanted: &Wanted,
    out: &Path,
    on_progress: OnProgress,
) -> Result<Made, ExcerptError> {
    let mut all = open_parts(paths)?;
    let (mut found, mut refused) = (Vec::new(), ExcerptError::NoJournal);
    // Of stations that took over from each other some have it.
    while let Some(day) = all.iter().find(|part| part.name.number() == Some(0)).map(|part| part.name.day()) {
        let day = day.clone();
        let own = all.extract_if(.., |part| *part.name.day() == day).collect();
        match chosen(own, wanted) {
            Ok(one) => found.push(one),
            // What is wrong with one that has it says more than that another one has not.
            Err(ExcerptError::NoVideo { .. })
                if !matches!(refused, ExcerptError::NoJournal | ExcerptError::NoVideo { .. }) => {}
            Err(error) => refused = error,
        }
    }
    // An excerpt is of one journal: that which has most of this time; the first of those that have as much.
    found.sort_by_key(|one| std::cmp::Reverse(one.document.to_ms - one.document.from_ms));
    let mut found = found.into_iter();
    let Some(most) = found.next() else { return Err(refused) };
    let others = found.map(|one| one.document.day).collect();
    Ok(Made { others, ..make_of(most, out, on_progress)? })
}

/// What an excerpt will be made of.
struct Found {
    parts: Vec<Part>,
    journal: Journal,
    document: Document,
    pieces: Vec<Chosen>,
}

fn chosen(mut parts: Vec<Part>, wanted: &Wanted) -> Result<Found, ExcerptError> {
    let journal = Journal::read(&mut parts)?;
    let zone = journal.document.time_zone;
    let date = journal.document.plan.date;
    let from_ms = wanted.from.utc_ms(date, zone, false).ok_or(ExcerptError::Times)?;
    let to_ms = wanted.to.utc_ms(date, zone, true).filter(|to| *to > from_ms).ok_or(ExcerptError::Times)?;
    let mut pieces = Vec::new();
    for segment in journal.segments_within(&wanted.camera, from_ms, to_ms)? {
        pieces.push(Chosen::read(&mut parts, segment)?);
    }
    choose(&mut pieces, from_ms, to_ms);
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return Err(journal.no_video(&wanted.camera));
    };
    let (starts, ends) = (first.fragments.first(), last.fragments.last());
    let document = Document {
        format: EXCERPT_FORMAT,
        day: journal.document.day.clone(),
        camera: wanted.camera.clone(),
        from_ms: from_ms.max(starts.map_or(from_ms, |line| line.utc_ms)),
        to_ms: to_ms.min(ends.map_or(to_ms, Line::utc_end_ms)),
        time_zone: zone,
        device_key: journal.document.device_key,
        epoch_key: journal.document.epoch_key,
        segments: pieces.iter().map(Chosen::span).collect(),
    };
    Ok(Found { parts, journal, document, pieces })
}

fn make_of(found: Found, out: &Path, on_progress: OnProgress) -> Result<Made, ExcerptError> {
    let Found { mut parts, journal, document, pieces } = found;
    let total = pieces.iter().flat_map(|piece| &piece.fragments).map(|line| line.length).sum();
    let meter = &mut Meter::new(total, on_progress);
    let error = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => ExcerptError::Exists(out.to_owned()),
        _ => ExcerptError::Write { path: out.to_owned(), source },
    };
    let (unfinished, file) = Unfinished::begin(out).map_err(error)?;
    write(file, out, &document, &journal, &mut parts, &pieces, meter)?;
    let made = judged(unfinished.path())?;
    unfinished.finish().map_err(error)?;
    Ok(made)
}

/// The day's journal, as far as an excerpt needs it.
struct Journal {
    document: DayDocument,
    checkpoints_text: Vec<u8>,
    /// How many records each checkpoint covers.
    sizes: Vec<u64>,
    /// Of all records.
    leaves: Vec<Digest>,
    opened: Record,
    segments: BTreeMap<(CameraId, u32), (Record, Segment)>,
    heads: BTreeMap<(CameraId, u32), Record>,
    /// Statements about the station's keys and their signatures, by their paths in an excerpt.
    rotations: Vec<(String, Vec<u8>)>,
}

impl Journal {
    fn read(parts: &mut [Part]) -> Result<Self, ExcerptError> {
        let part =
            parts.iter_mut().find(|part| part.name.number() == Some(0)).ok_or(ExcerptError::NoJournal)?;
        let document = part.read(name::DAY_DOCUMENT, MAX_DOCUMENT_BYTES as u64)?;
        let checkpoints = part.read(name::CHECKPOINTS, MAX_CHECKPOINTS_BYTES)?;
        let records = part.files.get(name::RECORDS).filter(|entry| entry.bytes <= MAX_JOURNAL_BYTES);
        let (Some(document), Some(checkpoints_text), Some(records)) = (document, checkpoints, records) else {
            return Err(ExcerptError::NoJournal);
        };
        let (mut leaves, mut opened) = (Vec::new(), None);
        let (mut segments, mut heads) = (BTreeMap::new(), BTreeMap::new());
        let unreadable = |source| ExcerptError::Read { path: part.path.clone(), source };
        let mut lines = BufReader::new(zip::contents(&mut part.file, records).map_err(unreadable)?);
        let checked =
            check_journal::<DayDocument>(&document, &mut lines, &checkpoints_text, &mut |checked| {
                leaves.push(checked.leaf);
                let record = checked.record;
                match &record.event {
                    Event::DayOpened { .. } => opened = Some(record),
                    Event::SegmentFinished(segment) => {
                        let key = (segment.camera.clone(), segment.segment);
                        let segment = segment.clone();
                        segments.insert(key, (record, segment));
                    }
                    Event::SegmentIndexed(VideoHead { camera, segment, .. }) => {
                        heads.insert((camera.clone(), *segment), record);
                    }
                    _ => {}
                }
            });
        let checked = checked.map_err(unreadable)?;
        if let Some(fault) = checked.faults.first() {
            return Err(ExcerptError::Journal(fault.message()));
        }
        let rotations = rotations(part)?;
        let sizes = checked.checkpoints.iter().map(|checked| checked.checkpoint.size).collect();
        match (checked.document, opened) {
            (Some(document), Some(opened)) => {
                Ok(Self { document, checkpoints_text, sizes, leaves, opened, segments, heads, rotations })
            }
            _ => Err(ExcerptError::NoJournal),
        }
    }

    /// The camera's segments from the first that reaches into this time to the last, none left out.
    fn segments_within(
        &self,
        camera: &CameraId,
        from_ms: i64,
        to_ms: i64,
    ) -> Result<Vec<&Segment>, ExcerptError> {
        let of_camera = || self.segments.values().map(|(_, segment)| segment).filter(|s| s.camera == *camera);
        let within = || of_camera().filter(|segment| segment.from_ms < to_ms && segment.to_ms > from_ms);
        let numbers = within().map(|segment| segment.segment);
        match (numbers.clone().min(), numbers.max()) {
            (Some(first), Some(last)) => {
                Ok(of_camera().filter(|segment| (first..=last).contains(&segment.segment)).collect())
            }
            _ => Err(self.no_video(camera)),
        }
    }

    fn no_video(&self, camera: &CameraId) -> ExcerptError {
        let mut cameras: Vec<CameraId> = self.segments.keys().map(|(camera, _)| camera.clone()).collect();
        cameras.dedup();
        let of_camera = || self.segments.values().map(|(_, segment)| segment).filter(|s| s.camera == *camera);
        let ends = of_camera().map(|segment| segment.from_ms).min();
        let ends = ends.zip(of_camera().map(|segment| segment.to_ms).max());
        let words = |ms| day_and_time(ms, Some(self.document.time_zone));
        let recorded = ends.map(|(from, to)| (words(from), words(to)));
        ExcerptError::NoVideo { camera: camera.clone(), recorded, cameras }
    }

    /// The line of a record, and its proof up to the earliest checkpoint that covers it. None: there
    /// is none yet.
    fn proved(&self, record: &Record) -> Option<(Vec<u8>, Proof)> {
        let size = *self.sizes.iter().find(|size| **size > record.n)?;
        let covered = self.leaves.get(..usize::try_from(size).ok()?)?;
        Some((encode_line(record).ok()?, Proof::of(covered, record.n)?))
    }
}

/// Whoever knows an older key of the station can follow them. That they hold, is judged by the reader.
fn rotations(part: &mut Part) -> Result<Vec<(String, Vec<u8>)>, ExcerptError> {
    let mut found = Vec::new();
    for number in 1..=MAX_ROTATIONS {
        let (statement, signature) = rotation_paths("data/", number);
        let Some(text) = part.read(&statement, MAX_STATEMENT_BYTES as u64)? else { break };
        let armored = part.read(&signature, MAX_ARMORED_BYTES as u64)?.unwrap_or_default();
        let (statement, signature) = rotation_paths("", number);
        found.extend([(statement, text), (signature, armored)]);
    }
    Ok(found)
}

/// Fragments of one segment, with where they stand.
struct Chosen {
    segment: Segment,
    /// Which of the parts.
    part: usize,
    video: Entry,
    index_bytes: Vec<u8>,
    initial: Line,
    fragments: Vec<Line>,
}

impl Chosen {
    /// The whole segment, found and its index held to the journal.
    fn read(parts: &mut [Part], segment: &Segment) -> Result<Self, ExcerptError> {
        let (camera, number) = (segment.camera.clone(), segment.segment);
        let damaged = || ExcerptError::Damaged { camera: camera.clone(), segment: number };
        let (video, index) = name::segment_names(&camera, number).map_err(|_| damaged())?;
        let (video, index) = (format!("data/{video}"), format!("data/{index}"));
        let holder = parts.iter().position(|part| part.files.contains_key(&video));
        let Some(part) = holder else { return Err(ExcerptError::NotHere { camera, segment: number }) };
        let entry = parts[part].files.get(&video).cloned().ok_or_else(damaged)?;
        let index_bytes = parts[part].read(&index, MAX_INDEX_BYTES)?.ok_or_else(damaged)?;
        if Digest::of(&index_bytes) != segment.index_sha256 {
            return Err(damaged());
        }
        let lines = Index::parse(&index_bytes).map_err(|_| damaged())?;
        let (initial, fragments) = (lines.lines()[0].clone(), lines.fragments().to_vec());
        Ok(Self { segment: segment.clone(), part, video: entry, index_bytes, initial, fragments })
    }

    fn span(&self) -> Span {
        let number = |line: Option<&Line>| line.map_or(0, |line| line.i);
        let (first, last) = (number(self.fragments.first()), number(self.fragments.last()));
        Span { segment: self.segment.segment, first, last }
    }

    fn damaged(&self) -> ExcerptError {
        ExcerptError::Damaged { camera: self.segment.camera.clone(), segment: self.segment.segment }
    }
}

/// Keeps of the first segment what begins with the key frame before `from_ms`, of the last what begins
/// before `to_ms`. One that keeps nothing is dropped.
fn choose(pieces: &mut Vec<Chosen>, from_ms: i64, to_ms: i64) {
    if let Some(first) = pieces.first_mut() {
        let reaches = |line: &Line| line.utc_end_ms() > from_ms;
        let at = first.fragments.iter().position(reaches).unwrap_or(first.fragments.len());
        let key = first.fragments.iter().take(at + 1).rposition(|line| line.key).unwrap_or(0);
        first.fragments.drain(..key.min(first.fragments.len()));
    }
    if let Some(last) = pieces.last_mut() {
        let end = last.fragments.iter().rposition(|line| line.utc_ms < to_ms).map_or(0, |at| at + 1);
        last.fragments.truncate(end);
    }
    pieces.retain(|piece| !piece.fragments.is_empty());
}

fn write(
    file: File,
    out: &Path,
    document: &Document,
    journal: &Journal,
    parts: &mut [Part],
    pieces: &[Chosen],
    meter: &mut Meter,
) -> Result<(), ExcerptError> {
    let error = |source| ExcerptError::Write { path: out.to_owned(), source };
    let bad_name = |fault: BadName| error(io::Error::new(io::ErrorKind::InvalidInput, fault));
    let mut zip = ZipWriter::new(file).map_err(error)?;
    let mut append = |name: &str, from: &mut dyn Read| {
        let name = format!("{}/{name}", document.folder()).parse().map_err(bad_name)?;
        zip.write(name, from).map(drop).map_err(error)
    };
    append(DOCUMENT, &mut &document.to_bytes()[..])?;
    append(CHECKPOINTS, &mut &journal.checkpoints_text[..])?;
    let mut records = vec![&journal.opened];
    for piece in pieces {
        let key = (piece.segment.camera.clone(), piece.segment.segment);
        records.extend(journal.segments.get(&key).map(|(record, _)| record));
        records.extend(journal.heads.get(&key));
    }
    records.sort_by_key(|record| record.n);
    let (mut lines, mut proofs) = (Vec::new(), String::new());
    for record in records {
        let unsigned = || ExcerptError::Journal(Message::new("excerpt-not-signed-yet"));
        let (line, proof) = journal.proved(record).ok_or_else(unsigned)?;
        lines.extend(line);
        proofs += &proof.to_line();
    }
    append(RECORDS, &mut &lines[..])?;
    append(RECORD_PROOFS, &mut proofs.as_bytes())?;
    for (path, bytes) in &journal.rotations {
        append(path, &mut &bytes[..])?;
    }
    for piece in pieces {
        let [video, index, index_proofs] = document.names(piece.segment.segment).map_err(bad_name)?;
        let part = &mut parts[piece.part];
        append_video(&video, piece, part, meter, &mut append)?;
        if journal.heads.contains_key(&(piece.segment.camera.clone(), piece.segment.segment)) {
            let (lines, proofs) = piece.proved_lines().ok_or_else(|| piece.damaged())?;
            append(&index, &mut &lines[..])?;
            append(&index_proofs, &mut proofs.as_bytes())?;
        } else {
            append(&index, &mut &piece.index_bytes[..])?;
        }
    }
    zip.finish().map(drop).map_err(error)
}

fn append_video(
    name: &str,
    piece: &Chosen,
    part: &mut Part,
    meter: &mut Meter,
    append: &mut dyn FnMut(&str, &mut dyn Read) -> Result<(), ExcerptError>,
) -> Result<(), ExcerptError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        |source| ExcerptError::Read { path, source }
    };
    let spans = Piece { initial: &piece.initial, fragments: &piece.fragments };
    let looked = spans.look_in_segment(&mut Window::new(&part.file, &piece.video));
    let looked = looked.map_err(unreadable(&part.path))?;
    let Some(tail) = looked.tail.filter(|_| looked.faults.is_empty()) else { return Err(piece.damaged()) };
    let last = piece.fragments.last();
    let start = piece.fragments.first().map_or(0, |line| line.offset);
    let length = last.map_or(0, Line::end).saturating_sub(start);
    // Looked at above: the spans lie within the video.
    let within =
        |offset, bytes| Entry { data_offset: piece.video.data_offset + offset, bytes, ..piece.video.clone() };
    let mut before = spans.header();
    let moov = zip::contents(&mut part.file, &within(piece.initial.offset, piece.initial.length));
    let read = moov.and_then(|mut moov| moov.read_to_end(&mut before));
    read.map_err(unreadable(&part.path))?;
    let fragments = zip::contents(&mut part.file, &within(start, length));
    let fragments = fragments.map_err(unreadable(&part.path))?;
    append(name, &mut before.chain(fragments).chain(&tail[..]))?;
    match meter.add(length) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ExcerptError::Stopped),
    }
}

impl Chosen {
    /// Line 0 and the chosen ones as they stand in the index, with their proofs.
    fn proved_lines(&self) -> Option<(Vec<u8>, String)> {
        let entries: Vec<&[u8]> = self.index_bytes.split_inclusive(|byte| *byte == b'\n').collect();
        let leaves: Vec<Digest> = entries.iter().map(|line| leaf_hash(line)).collect();
        let (mut lines, mut proofs) = (Vec::new(), String::new());
        for number in std::iter::once(0).chain(self.fragments.iter().map(|line| u64::from(line.i))) {
            lines.extend_from_slice(entries.get(number as usize)?);
            proofs += &Proof::of(&leaves, number)?.to_line();
        }
        Some((lines, proofs))
    }
}

/// Nothing is handed out that would not convince.
fn judged(out: &Path) -> Result<Made, ExcerptError> {
    let options = VerifyOptions { signers: None, act: None, at_ms: 0 };
    let report = verify(&[out.to_owned()], &options, &mut |_, _| ControlFlow::Continue(()));
    let bytes =
        fs::metadata(out).map_err(|source| ExcerptError::Read { path: out.to_owned(), source })?.len();
    match report.worst_fault() {
        // An unlinked restart is told by whoever verifies it, and mended by the paper acts.
        Some(fault) if report.integrity != Integrity::Incomplete => {
            Err(ExcerptError::NotValid(fault.message.clone()))
        }
        _ => Ok(Made { report, bytes, others: Vec::new() }),
    }
}
