//! The day's journal as part 00 holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader};

use super::bag::{Bag, Listed};
use super::facts::Facts;
use crate::archive::name::{CHECKPOINTS, DAY_DOCUMENT, RECORDS};
use crate::archive::zip::{Entry, Window};
use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;
use crate::journal::{
    BadDocument, CheckedRecord, CheckedRoots, DayDocument, JournalFault, JournalReport, MAX_DOCUMENT_BYTES,
    Record, check_journal, check_roots,
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
    bag: &Bag,
    sizes: &BTreeSet<u64>,
    report: &mut Report,
    on_record: &mut dyn FnMut(&Record),
) -> Option<Journal> {
    let Some(Files { document, checkpoints, records }) =
        files(&bag.file, |path| bag.files.get(path).map(|file| &file.entry))
    else {
        tell_incomplete(bag, report);
        return None;
    };
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
    let mut lines = BufReader::new(Window::new(&bag.file, &records));
    let checked = check_journal(&document, &mut lines, &checkpoints, &mut take);
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

/// What a journal's bytes come to beside its checkpoints. None: its files are not all there, or one is too long.
pub type Held = Option<io::Result<CheckedRoots>>;

/// Holds the journal in this part to its checkpoints alone.
pub fn hold_to_checkpoints(part: &Listed) -> Held {
    let Files { document, checkpoints, records } = files(&part.file, |path| part.entry(path))?;
    let mut lines = BufReader::new(Window::new(&part.file, &records));
    Some(check_roots::<DayDocument>(&document, &mut lines, &checkpoints))
}

/// Notes what was found to be wrong with the journal in this part; how many lines it has.
pub fn tell_held(held: Held, bag: &Bag, report: &mut Report) -> Option<u64> {
    let Some(held) = held else {
        tell_incomplete(bag, report);
        return None;
    };
    let checked = held.map_err(|error| tell_unreadable(&error, bag, report)).ok()?;
    tell_faults(&checked.faults, bag, report);
    Some(checked.records)
}

/// What a journal is read from.
struct Files {
    document: Vec<u8>,
    checkpoints: Vec<u8>,
    records: Entry,
}

/// None: they are not all there, or one is too long.
fn files<'a>(file: &File, entry: impl Fn(&str) -> Option<&'a Entry>) -> Option<Files> {
    let small = |path: &str, max: u64| Window::whole(file, entry(path)?, max).ok().flatten();
    let document = small(DAY_DOCUMENT, MAX_DOCUMENT_BYTES as u64)?;
    let checkpoints = small(CHECKPOINTS, MAX_CHECKPOINTS_BYTES)?;
    let records = entry(RECORDS).filter(|records| records.bytes <= MAX_RECORDS_BYTES)?.clone();
    Some(Files { document, checkpoints, records })
}

fn tell_incomplete(bag: &Bag, report: &mut Report) {
    let message = Message::new("archive-journal-unreadable");
    report.fault(Integrity::CannotVerify, Place::part(&bag.label), message);
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
