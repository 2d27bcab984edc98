//! Reading a journal as an auditor: everything that is wrong with it, in one pass, in bounded memory.

use std::io::{self, BufRead};

use super::batch::{Batch, Decoded};
use super::checkpoint::{Note, Then, split_notes};
use super::document::{DayDocument, HeadDocument, JournalHead};
use super::epoch_chain::{CheckedCheckpoint, EpochChain};
use super::event::{Event, Link};
use super::fault::{CheckpointFault, JournalFault, RecordFault};
use super::line::decode;
use super::record::Record;
use crate::signing::merkle::MerkleTree;
use crate::signing::{Digest, PaperCode};

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
    let mut report = JournalReport::begin(document, checkpoints);
    report.check_records(records, on_record)?;
    Ok(report)
}

/// A journal that was held to its checkpoints alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedRoots {
    /// Lines of the file, whatever is in them.
    pub records: u64,
    /// As in a [`JournalReport`], of the first record alone.
    pub faults: Vec<JournalFault>,
}

/// Whether a journal's bytes are those that were signed: the checkpoints, the roots that they tell, and the
/// document, which the first record names. What the others say, and whether each follows the one before, is not
/// looked at.
///
/// Fails only when reading itself fails.
pub fn check_roots<D: HeadDocument>(
    document: &[u8],
    records: &mut dyn BufRead,
    checkpoints: &[u8],
) -> io::Result<CheckedRoots> {
    let mut report = JournalReport::<D>::begin(document, checkpoints);
    report.check_lines(records)?;
    Ok(CheckedRoots { records: report.records, faults: report.faults })
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

impl<D: HeadDocument> JournalReport<D> {
    /// Of the document and the checkpoints, before any record was read.
    fn begin(document: &[u8], checkpoints: &[u8]) -> Self {
        let mut report = Self::nothing(Digest::of(document));
        match D::parse(document) {
            Ok(document) => {
                report.check_signatures(checkpoints, &document.head());
                report.document = Some(document);
            }
            Err(fault) => report.fault(JournalFault::Document(fault)),
        }
        report
    }
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
        let mut chain = EpochChain::new(head);
        for (number, note) in (0..).zip(split_notes(text)) {
            let mut faults = Vec::new();
            match std::str::from_utf8(note).ok().and_then(|text| Note::parse(text, head).ok()) {
                Some(note) => self.checkpoints.push(chain.check(number, &note, head, &mut faults)),
                None => {
                    faults.push(CheckpointFault::Unreadable);
                    chain.pass_over();
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
        let mut walk = Walk::behind(self.document_sha256);
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

    /// What the checkpoints say of the lines, whatever is in them.
    fn check_lines(&mut self, records: &mut dyn BufRead) -> io::Result<()> {
        let mut walk = Walk::behind(self.document_sha256);
        let mut batch = Batch::default();
        self.compare_roots(&mut walk);
        loop {
            batch.read(records)?;
            if let Some(first) = batch.lines().next().filter(|_| self.records == 0) {
                self.check_first(&mut walk, first);
            }
            let leaves = batch.leaves();
            if leaves.is_empty() {
                break;
            }
            for leaf in leaves {
                walk.tree.push_leaf(leaf);
                self.records += 1;
                self.compare_roots(&mut walk);
            }
        }
        self.tell_missing(&walk);
        Ok(())
    }

    /// Whether the first record names the document.
    fn check_first(&mut self, walk: &mut Walk, line: &[u8]) {
        match decode(line) {
            Ok(record) => self.check_place(walk, &record, Digest::of(line)),
            Err(fault) => self.record_fault(0, RecordFault::Unreadable(fault)),
        }
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

    /// A checkpoint covers more than there is.
    fn tell_missing(&mut self, walk: &Walk) {
        let beyond = self.checkpoints.get(walk.next_checkpoint..).unwrap_or_default();
        if let Some(largest) = beyond.iter().max_by_key(|checked| checked.checkpoint.size) {
            let missing = largest.checkpoint.size.saturating_sub(self.records);
            let (checkpoint, fault) = (largest.number, CheckpointFault::RecordsMissing { missing });
            self.fault(JournalFault::Checkpoint { checkpoint, fault });
        }
    }

    fn finish(&mut self, walk: Walk, starts: u32, unlinked: u32) {
        self.tell_missing(&walk);
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

impl Walk {
    /// Before the first record, which tells the document's hash.
    fn behind(document_sha256: Digest) -> Self {
        Self {
            expected: 0,
            prev: Some(document_sha256),
            tree: MerkleTree::new(),
            closed: false,
            next_checkpoint: 0,
            differs: false,
        }
    }
}
