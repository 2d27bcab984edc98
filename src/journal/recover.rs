//! Opening a journal again: what a crash tore off is cut, anything else that is wrong is refused.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use ring::rand::SystemRandom;

use super::batch::Batch;
use super::checkpoint::{Checkpoint, Note, Then, split_notes};
use super::document::{HeadDocument, JournalHead, MAX_DOCUMENT_BYTES};
use super::error::JournalError;
use super::event::{Event, Link};
use super::line::BadLine;
use super::place::JournalPlace;
use super::record::Record;
use super::writer::{Journal, open_append, open_seeds, random_hex, reserve};
use crate::signing::merkle::MerkleTree;
use crate::signing::{DeviceKey, Digest, PublicKey, Rotation, succession};

/// A journal as it stood.
#[derive(Debug)]
pub struct Opened<D> {
    pub journal: Journal,
    pub document: D,
    /// All of them, from the first on.
    pub records: Vec<Record>,
    pub recovery: Recovery,
}

/// A journal that was only read.
#[derive(Clone, Debug)]
pub struct ReadBack<D> {
    pub document: D,
    /// All whole ones, from the first on.
    pub records: Vec<Record>,
    /// RFC 6962 root over their lines.
    pub root: Digest,
}

/// What opening a journal found, for the events that have to say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Bytes of a torn last write that were cut off.
    pub cut_bytes: u64,
    /// Which start of the station this is: 0 if none was recorded before.
    pub restart: u32,
    pub link: Link,
}

impl Journal {
    /// Opens a journal that was begun with [`create`](Journal::create) and is not closed. The
    /// caller appends what [`Recovery`] says and then makes a checkpoint, which ties this run to
    /// the ones before.
    pub fn open<D: HeadDocument>(
        place: JournalPlace,
        device: Arc<DeviceKey>,
    ) -> Result<Opened<D>, JournalError> {
        Self::open_inherited(place, device, &[])
    }

    /// As [`open`](Self::open); the key may also have taken the place of the one that the journal was
    /// begun with, as these statements say.
    pub fn open_inherited<D: HeadDocument>(
        place: JournalPlace,
        device: Arc<DeviceKey>,
        rotations: &[Rotation],
    ) -> Result<Opened<D>, JournalError> {
        let (document, document_sha256) = read_document::<D>(&place)?;
        let mut head = document.head();
        // Locks: nothing is read before that another writer may change.
        let mut seeds = open_seeds(&place)?;
        let checkpoints = open_append(&place.checkpoints())?;
        let published = read_checkpoints(&head, &place)?;
        let newest = published.checkpoints.last();
        if newest.is_some_and(|newest| newest.then == Then::End) {
            fs::remove_file(&place.seeds).map_err(JournalError::io(&place.seeds))?;
            return Err(JournalError::Closed(place.folder));
        }
        match successors(&head.device_key, &device.public(), rotations) {
            Some(successors) => head.successors = successors,
            None => return Err(JournalError::ForeignKey(place.folder)),
        }

        let records_file = open_append(&place.records())?;
        let read = read_records(document_sha256, newest, &place)?;
        cut(&records_file, read.whole_bytes).map_err(JournalError::io(&place.records()))?;
        cut(&checkpoints, published.whole_bytes).map_err(JournalError::io(&place.checkpoints()))?;
        reserve(&place, &records_file, &checkpoints)?;

        let epoch = newest.map_or(0, |newest| newest.epoch + 1);
        let announced = match newest.map(|newest| newest.then) {
            Some(Then::Next(key)) => key,
            Some(Then::End) | None => head.epoch_key,
        };
        let kept = seeds.get(epoch).map_err(JournalError::io(&place.seeds))?;
        let epoch_key = kept.filter(|key| key.public() == announced);
        // The crash may have come between a checkpoint and the wiping of its key.
        seeds.wipe(epoch + 1).map_err(JournalError::io(&place.seeds))?;

        let starts = read.records.iter().filter(|r| matches!(r.event, Event::StationStarted { .. })).count();
        let recovery = Recovery {
            cut_bytes: read.torn_bytes,
            restart: u32::try_from(starts).unwrap_or(u32::MAX),
            link: match &epoch_key {
                None => Link::Unlinked,
                Some(_) if starts == 0 && newest.is_none() => Link::First,
                Some(_) => Link::Linked,
            },
        };
        let random = SystemRandom::new();
        let journal = Journal {
            boot: random_hex(&random, 8)?,
            tree: read.tree,
            prev: read.prev,
            epoch,
            epoch_key,
            starting: true,
            unsynced: false,
            poisoned: false,
            records: records_file,
            place,
            head,
            checkpoints,
            device,
            seeds,
            random,
        };
        Ok(Opened { journal, document, records: read.records, recovery })
    }

    /// What stands in a journal, without writing it: in a closed one, say. The torn
    /// end of a write is passed over. No signature is verified; [`check_journal`] does that.
    ///
    /// [`check_journal`]: super::check_journal
    pub fn read<D: HeadDocument>(place: &JournalPlace) -> Result<ReadBack<D>, JournalError> {
        let (document, document_sha256) = read_document::<D>(place)?;
        let published = read_checkpoints(&document.head(), place)?;
        let read = read_records(document_sha256, published.checkpoints.last(), place)?;
        Ok(ReadBack { document, root: read.tree.root(), records: read.records })
    }
}

/// The keys from behind `first` to `last`. None: no statements lead from the one to the other.
fn successors(first: &PublicKey, last: &PublicKey, rotations: &[Rotation]) -> Option<Vec<PublicKey>> {
    if first == last {
        return Some(Vec::new());
    }
    let row = succession(rotations, *last).ok()?;
    let begin = row.iter().position(|statement| statement.old == *first)?;
    Some(row[..=begin].iter().rev().map(|statement| statement.new).collect())
}

/// The document and the SHA-256 of its bytes.
fn read_document<D: HeadDocument>(place: &JournalPlace) -> Result<(D, Digest), JournalError> {
    let path = &place.document;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(JournalError::io(path))?;
    file.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(JournalError::io(path))?;
    let bad = |source| JournalError::Document { path: path.clone(), source };
    D::parse(&bytes).map_err(bad).map(|document| (document, Digest::of(&bytes)))
}

struct ReadCheckpoints {
    checkpoints: Vec<Checkpoint>,
    whole_bytes: u64,
}

/// The checkpoints as far as they are whole; nobody was told of a torn last one.
fn read_checkpoints(head: &JournalHead, place: &JournalPlace) -> Result<ReadCheckpoints, JournalError> {
    let path = place.checkpoints();
    let bytes = fs::read(&path).map_err(JournalError::io(&path))?;
    let mut notes: Vec<&[u8]> = split_notes(&bytes).collect();
    let torn_bytes = notes.pop_if(|last| is_torn_note(last)).map_or(0, |torn| torn.len());
    let whole_bytes = (bytes.len() - torn_bytes) as u64;
    let mut checkpoints = Vec::with_capacity(notes.len());
    for (number, note) in notes.into_iter().enumerate() {
        let number = number as u64;
        let note = std::str::from_utf8(note).ok().and_then(|text| Note::parse(text, head).ok());
        match note {
            Some(note) if note.checkpoint.epoch == number => checkpoints.push(note.checkpoint),
            _ => return Err(JournalError::DamagedCheckpoint { path, number }),
        }
    }
    Ok(ReadCheckpoints { checkpoints, whole_bytes })
}

/// The beginning of a checkpoint, or one with blocks that never reached the disk.
fn is_torn_note(note: &[u8]) -> bool {
    let ends = note.windows(2).filter(|pair| pair == b"\n\n").count();
    ends < 2 || !note.ends_with(b"\n\n") || note.contains(&0)
}

struct ReadRecords {
    records: Vec<Record>,
    tree: MerkleTree,
    prev: Digest,
    whole_bytes: u64,
    torn_bytes: u64,
}

/// The records as far as they are whole. What follows has to be the torn end of a write that
/// nobody was told of: beyond the newest checkpoint, and without an end or with blocks of zeros
/// that never reached the disk.
fn read_records(
    document: Digest,
    newest: Option<&Checkpoint>,
    place: &JournalPlace,
) -> Result<ReadRecords, JournalError> {
    let path = place.records();
    let io = || JournalError::io(&path);
    let file = File::open(&path).map_err(io())?;
    let length = file.metadata().map_err(io())?.len();
    let mut reader = BufReader::new(file);
    let mut read = ReadRecords {
        records: Vec::new(),
        tree: MerkleTree::new(),
        prev: document,
        whole_bytes: 0,
        torn_bytes: 0,
    };
    let mut batch = Batch::default();
    'file: loop {
        batch.read(&mut reader).map_err(io())?;
        let decoded = batch.decoded();
        if decoded.is_empty() {
            break;
        }
        for (at, (line, decoded)) in batch.lines().zip(decoded).enumerate() {
            let record = read.tree.size();
            match decoded.record {
                Ok(found) if found.n == record && found.prev == read.prev => {
                    read.prev = decoded.hash;
                    read.tree.push_leaf(decoded.leaf);
                    read.whole_bytes += line.len() as u64;
                    read.records.push(found);
                }
                broken => {
                    let covered = newest.map_or(0, |newest| newest.size);
                    let unfinished = broken == Err(BadLine::Unfinished);
                    let torn = unfinished
                        || batch.lines().skip(at).any(|line| line.contains(&0))
                        || rest_contains_zero(&mut reader).map_err(io())?;
                    if record < covered || !torn {
                        return Err(JournalError::Damaged { path, record });
                    }
                    break 'file;
                }
            }
            if newest.is_some_and(|newest| newest.size == read.tree.size() && newest.root != read.tree.root())
            {
                return Err(JournalError::Damaged { path, record });
            }
        }
    }
    if newest.is_some_and(|newest| newest.size > read.tree.size()) {
        return Err(JournalError::Damaged { path, record: read.tree.size() });
    }
    // A writer may have gone on since its length was asked for.
    read.torn_bytes = length.saturating_sub(read.whole_bytes);
    Ok(read)
}

fn rest_contains_zero(reader: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let block = reader.fill_buf()?;
        if block.is_empty() {
            return Ok(false);
        }
        if block.contains(&0) {
            return Ok(true);
        }
        let length = block.len();
        reader.consume(length);
    }
}

/// Shortens a file to its whole part and syncs it: what was read from it is on disk from here on,
/// even if the process that wrote it was killed before it could sync.
fn cut(file: &File, whole_bytes: u64) -> io::Result<()> {
    if file.metadata()?.len() > whole_bytes {
        file.set_len(whole_bytes)?;
    }
    file.sync_all()
}
