//! The stills beside the journal: those that it names, unchanged, and no others.

use super::bag::{Bag, journal_part};
use super::facts::Facts;
use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;

/// Holds the stills of part 00 to the journal.
pub fn hold_to_journal(bags: &[Bag], facts: &Facts, report: &mut Report) {
    let Some(bag) = journal_part(bags) else { return };
    for (name, (record, sha256)) in &facts.stills {
        let path = format!("data/{name}");
        let place = Place { record: Some(*record), ..Place::file(&bag.label, &path) };
        match bag.files.get(&path) {
            // Changed behind the manifest's back: told there.
            Some(file) if !file.holds() => {}
            Some(file) if file.sha256 == *sha256 => {}
            Some(_) => report.fault(Integrity::Tampered, place, Message::new("archive-still-changed")),
            // The station signs without one that its disk lost.
            None => report.fault(Integrity::Incomplete, place, Message::new("archive-still-missing")),
        }
    }
    let stills = bag.files.keys().filter_map(|path| path.strip_prefix("data/stills/").map(|_| path));
    for path in stills.filter(|path| facts.complete && !facts.stills.contains_key(&path["data/".len()..])) {
        let place = Place::file(&bag.label, path);
        report.fault(Integrity::Tampered, place, Message::new("archive-still-unknown"));
    }
}
