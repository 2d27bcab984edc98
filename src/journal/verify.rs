//! Reading a journal as an auditor: everything that is wrong with it, in one pass, in bounded memory.

use std::io::{self, BufRead};

use super::batch::{Batch, Decoded};
use super::checkpoint::{Checkpoint, Note, Then, split_notes};
use super::document::{DayDocument, HeadDocument, JournalHead};
use super::event::{Event, Link};
use super::fault::{CheckpointFault, JournalFault, RecordFault};
use super::record::Record;
use crate::signing::merkle::MerkleTree;
use crate::signing::{Digest, PaperCode, PublicKey};

/// Faults that are told one by one; of more only the number.
const MAX_FAULTS: usize = 1000;

/// What became of reading a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalReport<D> {
    /// None if it could not be read; then nothing of the journal is proved.
    pub document: Option<D>,
    /// SHA-256 of the document's bytes.
    pub document_sha256: Digest,
    /// In the order of the file, documents first, then checkpoints' own, then records'.
    pub faults: Vec<JournalFault>,
    /// How many more there were than [`Self::faults`] holds.
    pub more_faults: u64,
    /// Lines of the file, whatever is wrong with them.
    pub records: u64,
    /// Every readable checkpoint, in the order of the file.
    pub checkpoints: Vec<CheckedCheckpoint>,
    /// Records from the first on that a checkpoint with nothing wrong covers.
    pub covered: u64,
    /// Starts of the station after the first, by the records.
    pub restarts: u32,
    /// Starts that no epoch key vouches for, by the records and by the checkpoints, whichever are more.
    pub unlinked: u32,
    /// The journal ends as it should: its last record is `day_closed`, and its last checkpoint,
    /// with nothing wrong, covers that and says that it is the end.
    pub closed: bool,
}

/// A checkpoint and what holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedCheckpoint {
    /// Its place in the file, counted from 0.
    pub number: u64,
    pub checkpoint: Checkpoint,
    /// Signed with the key that the checkpoint before announced, or the document for the first.
    pub epoch_signed: bool,
    pub device_signed: bool,
    /// The records are there and are those that were signed.
    pub records_match: bool,
    /// All signatures that it needs are there and right, by keys that are proved in turn, and it
    /// stands in its place.
    pub sound: bool,
}

/// A record that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedRecord {
    pub record: Record,
    /// RFC 6962 leaf hash of its line with the LF.
    pub leaf: Digest,
}

impl<D: HeadDocument> JournalReport<D> {
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Records after the newest sound checkpoint: hash-chained, but not signed yet.
    pub fn uncovered(&self) -> u64 {
        self.records - self.covered
    }

    /// The code of epoch 0's key, to be held against the opening act.
    pub fn opening_code(&self) -> Option<PaperCode> {
        self.document.as_ref().map(|document| document.head().opening_code())
    }

    /// The code of the last checkpoint's root, to be held against the closing act. None while the
    /// journal is open.
    pub fn closing_code(&self) -> Option<PaperCode> {
        let last = self.checkpoints.last().filter(|_| self.closed)?;
        Some(last.checkpoint.code())
    }
}

/// Reads a whole journal, never stopping at a fault. `on_record` is handed every record that can
/// be read, in the order of the file, before its place in the chain is known to be right.
///
/// Fails only when reading itself fails.
pub fn check_journal<D: HeadDocument>(
    document: &[u8],
    records: &mut dyn BufRead,
    checkpoints: &[u8],
    on_record: &mut dyn FnMut(CheckedRecord),
) -> io::Result<JournalReport<D>> {
    let mut report = JournalReport::nothing(Digest::of(document));
    match D::parse(document) {
        Ok(document) => {
            report.check_signatures(checkpoints, &document.head());
            report.document = Some(document);
        }
        Err(fault) => report.fault(JournalFault::Document(fault)),
    }
    report.check_records(records, on_record)?;
    Ok(report)
}

/// Checkpoints that were read without the records that they cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedCheckpoints {
    /// As in a [`JournalReport`]; none is said to match records.
    pub checkpoints: Vec<CheckedCheckpoint>,
    pub faults: Vec<JournalFault>,
    pub more_faults: u64,
}

/// Reads a journal's checkpoints alone, never stopping at a fault.
pub fn check_checkpoints(text: &[u8], head: &JournalHead) -> CheckedCheckpoints {
    let mut report = JournalReport::<DayDocument>::nothing(Digest::of(b""));
    report.check_signatures(text, head);
    let JournalReport { checkpoints, faults, more_faults, .. } = report;
    CheckedCheckpoints { checkpoints, faults, more_faults }
}

impl<D> JournalReport<D> {
    /// Before anything was read.
    fn nothing(document_sha256: Digest) -> Self {
        Self {
            document: None,
            document_sha256,
            faults: Vec::new(),
            more_faults: 0,
            records: 0,
            checkpoints: Vec::new(),
            covered: 0,
            restarts: 0,
            unlinked: 0,
            closed: false,
        }
    }

    fn fault(&mut self, fault: JournalFault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        } else {
            self.more_faults += 1;
        }
    }

    fn record_fault(&mut self, record: u64, fault: RecordFault) {
        self.fault(JournalFault::Record { record, fault });
    }

    /// Everything about the checkpoints but the records that they cover.
    fn check_signatures(&mut self, text: &[u8], head: &JournalHead) {
        let mut chain = EpochChain { epoch: 0, key: Announced::Proved(head.epoch_key), size: 0 };
        for (number, note) in (0..).zip(split_notes(text)) {
            let mut faults = Vec::new();
            match std::str::from_utf8(note).ok().and_then(|text| Note::parse(text, head).ok()) {
                Some(note) => self.checkpoints.push(chain.check(number, &note, head, &mut faults)),
                None => {
                    faults.push(CheckpointFault::Unreadable);
                    chain.epoch = chain.epoch.saturating_add(1);
                    chain.key = Announced::Unknown;
                }
            }
            for fault in faults {
                self.fault(JournalFault::Checkpoint { checkpoint: number, fault });
            }
        }
    }

    fn check_records(
        &mut self,
        records: &mut dyn BufRead,
        on_record: &mut dyn FnMut(CheckedRecord),
    ) -> io::Result<()> {
        let mut walk = Walk {
            expected: 0,
            prev: Some(self.document_sha256),
            tree: MerkleTree::new(),
            closed: false,
            next_checkpoint: 0,
            differs: false,
        };
        let (mut starts, mut unlinked) = (0u32, 0u32);
        let mut batch = Batch::default();
        self.compare_roots(&mut walk);
        loop {
            batch.read(records)?;
            let decoded = batch.decoded();
            if decoded.is_empty() {
                break;
            }
            for Decoded { record, hash, leaf } in decoded {
                match record {
                    Ok(record) => {
                        self.check_place(&mut walk, &record, hash);
                        if let Event::StationStarted { link, .. } = record.event {
                            starts = starts.saturating_add(1);
                            unlinked = unlinked.saturating_add(u32::from(link == Link::Unlinked));
                        }
                        walk.closed = matches!(record.event, Event::DayClosed { .. });
                        on_record(CheckedRecord { record, leaf });
                    }
                    Err(fault) => {
                        self.record_fault(walk.expected, RecordFault::Unreadable(fault));
                        walk.expected = walk.expected.saturating_add(1);
                        walk.prev = None;
                        walk.closed = false;
                    }
                }
                walk.tree.push_leaf(leaf);
                self.records += 1;
                self.compare_roots(&mut walk);
            }
        }
        self.finish(walk, starts, unlinked);
        Ok(())
    }

    /// Whether the record follows the line before it.
    fn check_place(&mut self, walk: &mut Walk, record: &Record, line_hash: Digest) {
        if walk.closed {
            self.record_fault(record.n, RecordFault::AfterClose);
        }
        if record.n < walk.expected {
            self.record_fault(record.n, RecordFault::Misplaced);
            walk.prev = None;
            return;
        }
        if record.n > walk.expected {
            let missing = record.n - walk.expected;
            self.record_fault(record.n, RecordFault::Missing { missing });
        } else if walk.prev.is_some_and(|prev| prev != record.prev) {
            match record.n.checked_sub(1) {
                Some(before) => self.record_fault(before, RecordFault::Changed),
                None => self.record_fault(0, RecordFault::OtherDocument),
            }
        }
        walk.expected = record.n.saturating_add(1);
        walk.prev = Some(line_hash);
    }

    /// Looks at the checkpoints that cover exactly the records so far.
    fn compare_roots(&mut self, walk: &mut Walk) {
        while let Some(checked) = self.checkpoints.get_mut(walk.next_checkpoint) {
            if checked.checkpoint.size > walk.tree.size() {
                return;
            }
            let covers_now = checked.checkpoint.size == walk.tree.size();
            checked.records_match = covers_now && checked.checkpoint.root == walk.tree.root();
            if checked.records_match && checked.sound {
                self.covered = walk.tree.size();
            }
            // Every later root differs too: the first one tells where it began.
            if covers_now && !checked.records_match && !walk.differs {
                walk.differs = true;
                let checkpoint = checked.number;
                self.fault(JournalFault::Checkpoint { checkpoint, fault: CheckpointFault::Root });
            }
            walk.next_checkpoint += 1;
        }
    }

    fn finish(&mut self, walk: Walk, starts: u32, unlinked: u32) {
        let beyond = self.checkpoints.get(walk.next_checkpoint..).unwrap_or_default();
        if let Some(largest) = beyond.iter().max_by_key(|checked| checked.checkpoint.size) {
            let missing = largest.checkpoint.size.saturating_sub(self.records);
            let (checkpoint, fault) = (largest.number, CheckpointFault::RecordsMissing { missing });
            self.fault(JournalFault::Checkpoint { checkpoint, fault });
        }
        let unlinked_checkpoints =
            self.checkpoints.iter().filter(|c| c.checkpoint.start == Some(Link::Unlinked)).count();
        self.restarts = starts.saturating_sub(1);
        self.unlinked = unlinked.max(u32::try_from(unlinked_checkpoints).unwrap_or(u32::MAX));
        let ended = self
            .checkpoints
            .last()
            .is_some_and(|last| last.checkpoint.then == Then::End && last.sound && last.records_match);
        self.closed = walk.closed && ended && self.covered == self.records;
    }
}

/// Where the reading of the records stands.
struct Walk {
    /// Number that the next record should have.
    expected: u64,
    /// Hash that it should tell; none after a line that is unreadable or out of its place.
    prev: Option<Digest>,
    tree: MerkleTree,
    closed: bool,
    next_checkpoint: usize,
    differs: bool,
}

/// Where the chain of epoch keys stands.
struct EpochChain {
    epoch: u64,
    key: Announced,
    /// Largest number of records covered so far.
    size: u64,
}

/// What is known of the next checkpoint's key.
#[derive(Clone, Copy)]
enum Announced {
    Proved(PublicKey),
    /// The checkpoint that announced it has a fault: anybody may have made up this key.
    Unproved(PublicKey),
    /// The checkpoint that announced it can't be read, which was told of already.
    Unknown,
    /// There should be no next one.
    End,
}

impl EpochChain {
    fn check(
        &mut self,
        number: u64,
        note: &Note,
        head: &JournalHead,
        faults: &mut Vec<CheckpointFault>,
    ) -> CheckedCheckpoint {
        let checkpoint = &note.checkpoint;
        let needed = checkpoint.signers();
        let device_signed = note.signed_by_device(head);
        let epoch_signed = match self.key {
            Announced::Proved(key) | Announced::Unproved(key) => note.signed_by_epoch(head, &key),
            Announced::Unknown | Announced::End => false,
        };
        match self.key {
            Announced::End => faults.push(CheckpointFault::AfterEnd),
            Announced::Unknown => {}
            Announced::Proved(_) | Announced::Unproved(_) => {
                if needed.epoch != epoch_signed || needed.epoch != note.epoch.is_some() {
                    faults.push(CheckpointFault::EpochSignature);
                }
            }
        }
        if needed.device != device_signed || needed.device != note.device.is_some() {
            faults.push(CheckpointFault::DeviceSignature);
        }
        if checkpoint.epoch != self.epoch {
            faults.push(CheckpointFault::Misplaced { epoch: checkpoint.epoch, expected: self.epoch });
        }
        let first = checkpoint.epoch == 0;
        if first != (checkpoint.start == Some(Link::First)) && checkpoint.start != Some(Link::Unlinked) {
            faults.push(CheckpointFault::Start);
        }
        if checkpoint.size < self.size {
            faults.push(CheckpointFault::Shrunk);
        }
        self.epoch = checkpoint.epoch.saturating_add(1);
        self.size = self.size.max(checkpoint.size);
        // Behind a fault only the device key can vouch again.
        let vouched = device_signed || (epoch_signed && matches!(self.key, Announced::Proved(_)));
        let sound = faults.is_empty() && vouched;
        self.key = match checkpoint.then {
            Then::Next(key) if sound => Announced::Proved(key),
            Then::Next(key) => Announced::Unproved(key),
            Then::End => Announced::End,
        };
        CheckedCheckpoint {
            number,
            checkpoint: checkpoint.clone(),
            epoch_signed,
            device_signed,
            records_match: false,
            sound,
        }
    }
}
