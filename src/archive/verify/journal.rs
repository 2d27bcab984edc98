//! The day's journal as part 00 holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader};

use super::bag::Bag;
use super::facts::Facts;
use crate::archive::name::{CHECKPOINTS, DAY_DOCUMENT, RECORDS};
use crate::archive::zip::{self, Entry};
use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;
use crate::journal::{
    BadDocument, CheckedRecord, DayDocument, JournalFault, JournalReport, MAX_DOCUMENT_BYTES, Record,
    check_journal, check_roots,
};
use crate::signing::Digest;
use crate::signing::merkle::MerkleTree;

/// A longer journal is refused: a day has some ten thousand records.
const MAX_RECORDS_BYTES: u64 = 1 << 30;
const MAX_CHECKPOINTS_BYTES: u64 = 64 << 20;

/// What was read of a journal.
pub struct Journal {
    pub facts: Facts,
    /// RFC 6962 roots over the first records, at the sizes that were asked for.
    pub roots: BTreeMap<u64, Digest>,
    pub report: JournalReport<DayDocument>,
}

/// Reads the journal, notes what is wrong with it, hands out each record. None: there is none in
/// this part, which is noted too.
pub fn read(
    bag: &mut Bag,
    sizes: &BTreeSet<u64>,
    report: &mut Report,
    on_record: &mut dyn FnMut(&Record),
) -> Option<Journal> {
    let Files { document, checkpoints, records } = files(bag, report)?;
    let mut facts = Facts::default();
    let (mut tree, mut roots) = (MerkleTree::new(), BTreeMap::new());
    roots.extend(sizes.contains(&0).then(|| (0, tree.root())));
    let mut take = |checked: CheckedRecord| {
        if !sizes.is_empty() {
            tree.push_leaf(checked.leaf);
            roots.extend(sizes.contains(&tree.size()).then(|| (tree.size(), tree.root())));
        }
        facts.take(&checked.record, report);
        on_record(&checked.record);
    };
    let checked = match zip::contents(&mut bag.file, &records) {
        Ok(lines) => check_journal(&document, &mut BufReader::new(lines), &checkpoints, &mut take),
        Err(error) => Err(error),
    };
    let checked = checked.map_err(|error| tell_unreadable(&error, bag, report)).ok()?;
    facts.finish(report);
    facts.complete = checked.faults.is_empty();
    tell_faults(&checked.faults, bag, report);
    if checked.more_faults > 0 {
        let message = Message::new("archive-journal-more-faults").with("count", checked.more_faults);
        report.fault(Integrity::Tampered, Place::file(&bag.label, RECORDS), message);
    }
    Some(Journal { facts, roots, report: checked })
}

/// Holds the journal to its checkpoints alone and notes what is wrong; how many lines it has. None: there is
/// none in this part, which is noted too.
pub fn hold_to_checkpoints(bag: &mut Bag, report: &mut Report) -> Option<u64> {
    let Files { document, checkpoints, records } = files(bag, report)?;
    let checked = match zip::contents(&mut bag.file, &records) {
        Ok(lines) => check_roots::<DayDocument>(&document, &mut BufReader::new(lines), &checkpoints),
        Err(error) => Err(error),
    };
    let checked = checked.map_err(|error| tell_unreadable(&error, bag, report)).ok()?;
    tell_faults(&checked.faults, bag, report);
    Some(checked.records)
}

/// What a journal is read from.
struct Files {
    document: Vec<u8>,
    checkpoints: Vec<u8>,
    records: Entry,
}

/// None, and a fault: they are not all there, or one is too long.
fn files(bag: &mut Bag, report: &mut Report) -> Option<Files> {
    let document = bag.read(DAY_DOCUMENT, MAX_DOCUMENT_BYTES as u64).ok().flatten();
    let checkpoints = bag.read(CHECKPOINTS, MAX_CHECKPOINTS_BYTES).ok().flatten();
    let records = bag.files.get(RECORDS).filter(|file| file.entry.bytes <= MAX_RECORDS_BYTES);
    let files = match (document, checkpoints, records) {
        (Some(document), Some(checkpoints), Some(records)) => {
            Some(Files { document, checkpoints, records: records.entry.clone() })
        }
        _ => None,
    };
    if files.is_none() {
        let message = Message::new("archive-journal-unreadable");
        report.fault(Integrity::CannotVerify, Place::part(&bag.label), message);
    }
    files
}

fn tell_unreadable(error: &io::Error, bag: &Bag, report: &mut Report) {
    let message = Message::new("archive-unreadable").with("detail", error.to_string());
    report.fault(Integrity::CannotVerify, Place::file(&bag.label, RECORDS), message);
}

fn tell_faults(faults: &[JournalFault], bag: &Bag, report: &mut Report) {
    for fault in faults {
        report.fault(effect(fault), place(fault, &bag.label), fault.message());
    }
}

fn effect(fault: &JournalFault) -> Integrity {
    match fault {
        // Written by a later version of the program, and signed as it is.
        JournalFault::Document(BadDocument::Format(_)) => Integrity::CannotVerify,
        _ => Integrity::Tampered,
    }
}

fn place(fault: &JournalFault, part: &str) -> Place {
    match fault {
        JournalFault::Document(_) => Place::file(part, DAY_DOCUMENT),
        JournalFault::Record { record, .. } => Place { record: Some(*record), ..Place::file(part, RECORDS) },
        JournalFault::Checkpoint { .. } => Place::file(part, CHECKPOINTS),
    }
}
