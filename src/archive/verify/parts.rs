//! The parts among each other: one day, one key, and the parts that the journal names.

use std::collections::BTreeMap;

use super::bag::Bag;
use super::facts::Facts;
use crate::archive::after::{ClosingAct, MAX_ACT_BYTES};
use crate::archive::name::{CLOSING_ACT, COUNTERSIGNATURE};
use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;
use crate::journal::{DayDocument, Group, JournalReport};
use crate::point::DayId;
use crate::signing::PublicKey;

/// The key that signed all parts: that of the day's document, else of the first part.
pub fn hold_to_one_key(
    bags: &[Bag],
    document: Option<&DayDocument>,
    report: &mut Report,
) -> Option<PublicKey> {
    let key = match document {
        Some(document) => Some(document.device_key),
        None => bags.iter().find_map(|bag| bag.signer),
    }?;
    for bag in bags.iter().filter(|bag| bag.signer.is_some_and(|signer| signer != key)) {
        let signer = bag.signer.map(|signer| signer.fingerprint()).unwrap_or_default();
        let message = Message::new("archive-part-other-key").with("key", signer);
        report.fault(Integrity::Tampered, Place::part(&bag.label), message);
    }
    // A key that no part here is signed with vouches for nothing.
    bags.iter().any(|bag| bag.signer == Some(key)).then_some(key)
}

/// The parts that the journal names are here, those of the kept group excepted, and no others. Of a
/// station that another one `continued` a part that was never closed is missed only if video was in it.
pub fn hold_to_journal(bags: &[Bag], facts: &Facts, continued: bool, report: &mut Report) {
    for (number, (record, part)) in &facts.sealed {
        let bag = bags.iter().find(|bag| bag.name.number() == Some(*number));
        match bag {
            Some(bag) if bag.hash == Some(part.sha256) => {}
            Some(bag) => {
                let place = Place { record: Some(*record), ..Place::part(&bag.label) };
                report.fault(Integrity::Tampered, place, Message::new("archive-part-other-hash"));
            }
            None if part.group == Group::Delivered => {
                let place = Place { record: Some(*record), ..Place::part(&part.file) };
                report.fault(Integrity::Incomplete, place, Message::new("archive-part-missing"));
            }
            None => {}
        }
    }
    let held_video = |number: &u32| facts.taken.values().any(|(_, part)| part == number);
    let missed = |number: &u32| !facts.sealed.contains_key(number) && (!continued || held_video(number));
    for (number, _) in facts.opened.iter().filter(|(number, _)| missed(number)) {
        let message = Message::new("archive-part-not-sealed").with("part", *number);
        report.fault(Integrity::Incomplete, Place::default(), message);
    }
    let named = |number| number == 0 || !facts.complete || facts.sealed.contains_key(&number);
    for bag in bags.iter().filter(|bag| bag.name.number().is_some_and(|number| !named(number))) {
        report.fault(Integrity::Tampered, Place::part(&bag.label), Message::new("archive-part-unknown"));
    }
}

/// The day is closed, and its last record agrees with the others. The journal of a station that another
/// one `continued` may end where it likes.
pub fn hold_to_close(
    facts: &Facts,
    journal: &JournalReport<DayDocument>,
    continued: bool,
    report: &mut Report,
) {
    match facts.closed {
        Some((record, restarts, parts)) => {
            let agrees = parts as usize == facts.sealed.len() && restarts == journal.restarts;
            if facts.complete && !agrees {
                report.fault(
                    Integrity::Tampered,
                    Place::record(record),
                    Message::new("archive-close-differs"),
                );
            }
        }
        None if continued => {}
        None => report.fault(Integrity::Incomplete, Place::default(), Message::new("archive-day-open")),
    }
    if facts.closed.is_some() && facts.complete && !journal.closed {
        report.fault(Integrity::Incomplete, Place::default(), Message::new("archive-journal-unsigned-end"));
    }
}

/// The closing acts beside the parts say the same as the parts.
pub fn hold_to_closing_acts(
    bags: &mut [Bag],
    day: &DayId,
    journal: Option<&JournalReport<DayDocument>>,
    report: &mut Report,
) {
    let hashes: BTreeMap<u32, _> =
        bags.iter().filter_map(|bag| Some((bag.name.number()?, bag.hash?))).collect();
    // What is in an after-part of another kind, others look at.
    let acts = |bag: &Bag| bag.name.number().is_none() && !bag.files.contains_key(COUNTERSIGNATURE);
    for bag in bags.iter_mut().filter(|bag| acts(bag)) {
        let place = Place::file(&bag.label, CLOSING_ACT);
        let act = bag.read(CLOSING_ACT, MAX_ACT_BYTES).ok().flatten();
        let Some(act) = act.and_then(|act| serde_json::from_slice::<ClosingAct>(&act).ok()) else {
            report.fault(Integrity::CannotVerify, place, Message::new("archive-act-unreadable"));
            continue;
        };
        let same_parts =
            act.parts.iter().all(|part| hashes.get(&part.part).is_none_or(|hash| *hash == part.sha256));
        let same_journal = journal.is_none_or(|journal| {
            journal.opening_code() == Some(act.opening_code)
                && journal.closing_code() == Some(act.closing_code)
                && journal.restarts == act.restarts
                && journal.records == act.records
        });
        if act.day != *day || !same_parts || !same_journal {
            report.fault(Integrity::Tampered, place, Message::new("archive-act-differs"));
        }
    }
}
