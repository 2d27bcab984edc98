//! One record as it stands in the archive: its line, its place in the chain, and who signed it.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::verification::first_parts;
use super::{Coming, Wake};
use crate::archive::zip;
use crate::journal::{
    CheckedCheckpoint, DayDocument, HeadDocument, MAX_DOCUMENT_BYTES, MAX_LINE_BYTES, Record,
    check_checkpoints, decode_line, read_line,
};
use crate::signing::{Digest, PaperCode};

/// Checkpoints of a day are far fewer; of more the first ones are read.
const MAX_CHECKPOINT_BYTES: u64 = 16 << 20;

/// Which record. Where stations took over from each other each journal counts anew, and the time tells
/// them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryOf {
    pub n: u64,
    pub utc_ms: i64,
}

/// A record with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub record: Record,
    /// As it was signed, without its LF.
    pub line: String,
    /// SHA-256 of the line with its LF: what the next record has to name.
    pub sha256: Digest,
    /// The record before it is the one that it names; for the first one: the day's document.
    pub follows: bool,
    /// The next record names this one; none: nothing comes after it.
    pub followed: Option<bool>,
    /// The first checkpoint that covers it.
    pub signed: Option<SignedBy>,
}

/// A checkpoint over a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedBy {
    /// Counted from 1.
    pub number: u64,
    pub utc_ms: i64,
    /// Records that it covers, from the first on.
    pub size: u64,
    pub code: PaperCode,
    /// A key that may sign it did.
    pub holds: bool,
}

/// A record that is looked for on a thread of its own: a medium may be slow. Dropping it ends that.
#[derive(Debug)]
pub struct Reading {
    said: Coming<Option<Box<Entry>>>,
    stop: Arc<AtomicBool>,
}

impl Reading {
    pub fn start(folder: PathBuf, of: EntryOf, wake: Wake) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let said = Coming::start("record", wake, move || {
            let found = read(&folder, of, &stopped);
            let found = found.inspect_err(|error| tracing::warn!(%error, "a record can't be read"));
            found.ok().flatten().map(Box::new)
        })?;
        Ok(Self { said, stop })
    }

    /// The record once it is found; `Some(None)` when it can't be.
    pub fn hear(&mut self) -> Option<Option<Box<Entry>>> {
        self.said.hear().map(|found| found.ok().flatten())
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// None: it is in no journal of the folder, or nobody wants it any more.
fn read(folder: &Path, of: EntryOf, stopped: &AtomicBool) -> io::Result<Option<Entry>> {
    for path in first_parts(folder) {
        let found = Journal::open(&path)?.find(of.n, stopped)?;
        if let Some(found) = found.filter(|found| found.record.utc_ms == of.utc_ms) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The files of part 00 that tell of a record.
struct Journal {
    part: File,
    entries: Vec<zip::Entry>,
}

impl Journal {
    fn open(path: &Path) -> io::Result<Self> {
        let mut part = File::open(path)?;
        let entries = match zip::read(&mut part) {
            Ok(entries) => entries,
            // What else is wrong with the part stands in the verdict.
            Err(_) => zip::salvage(&mut part)?,
        };
        Ok(Self { part, entries })
    }

    fn file(&mut self, name: &str) -> io::Result<Option<impl Read>> {
        let is_it =
            |entry: &&zip::Entry| entry.name.as_str().split_once('/').is_some_and(|(_, at)| at == name);
        let Some(entry) = self.entries.iter().find(is_it) else { return Ok(None) };
        zip::contents(&mut self.part, entry).map(Some)
    }

    fn bytes(&mut self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Some(file) = self.file(name)? {
            file.take(most).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }

    fn find(&mut self, n: u64, stopped: &AtomicBool) -> io::Result<Option<Entry>> {
        let document = self.bytes("data/day.json", MAX_DOCUMENT_BYTES as u64 + 1)?;
        let Some(records) = self.file("data/journal/records.jsonl")? else { return Ok(None) };
        let mut lines = BufReader::with_capacity(MAX_LINE_BYTES, records);
        // A record is written in one way alone, and its number comes first.
        let begins = format!("{{\"n\":{n},").into_bytes();
        let (mut before, mut line) = (document.clone(), Vec::new());
        loop {
            if stopped.load(Ordering::Relaxed) || !read_line(&mut lines, &mut line)? {
                return Ok(None);
            }
            if line.starts_with(&begins) {
                break;
            }
            std::mem::swap(&mut before, &mut line);
        }
        let Ok(record) = decode_line(&line) else { return Ok(None) };
        let sha256 = Digest::of(&line);
        let mut next = Vec::new();
        let followed = read_line(&mut lines, &mut next)?
            .then(|| decode_line(&next).is_ok_and(|next| next.prev == sha256));
        drop(lines);
        let checkpoints = self.bytes("data/journal/checkpoints.txt", MAX_CHECKPOINT_BYTES)?;
        let text = String::from_utf8_lossy(&line).trim_end_matches('\n').to_owned();
        Ok(Some(Entry {
            follows: record.prev == Digest::of(&before),
            line: text,
            sha256,
            followed,
            signed: signed_by(&document, &checkpoints, n),
            record,
        }))
    }
}

fn signed_by(document: &[u8], checkpoints: &[u8], n: u64) -> Option<SignedBy> {
    let document = DayDocument::parse(document).ok()?;
    let checked = check_checkpoints(checkpoints, &document.head());
    let covers = |checked: &&CheckedCheckpoint| checked.checkpoint.size > n;
    let CheckedCheckpoint { number, checkpoint, epoch_signed, device_signed, .. } =
        checked.checkpoints.iter().find(covers)?;
    let needs = checkpoint.signers();
    Some(SignedBy {
        number: number + 1,
        utc_ms: checkpoint.utc_ms,
        size: checkpoint.size,
        code: checkpoint.code(),
        holds: (*epoch_signed || !needs.epoch) && (*device_signed || !needs.device),
    })
}
