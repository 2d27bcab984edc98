//! Where the archive went: the copies that were read back, and the handover.

use super::acts::{self, PARTS};
use super::facts::{DayFacts, day_fields};
use crate::day::Copy;
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::i18n::Message;
use crate::journal::{CopyPurpose, Group};

const COPIES_TABLE: TableEntry = TableEntry {
    id: "copies",
    columns: &[
        ("target", Kind::Text),
        ("medium", Kind::Text),
        ("serial", Kind::Text),
        ("purpose", Kind::Word),
        ("encrypted", Kind::YesNo),
        ("verified", Kind::YesNo),
        ("verified_at", Kind::Moment),
        ("failed", Kind::Text),
    ],
};

pub static COPIES: Catalogue = Catalogue {
    id: "copies",
    fields: day_fields! { ("verified", Kind::Number), ("media", Kind::Number) },
    tables: &[COPIES_TABLE, PARTS],
    words: &["medium", "daily", "cumulative", "delivered", "kept"],
};

pub static HANDOVER: Catalogue = Catalogue {
    id: "handover-act",
    fields: day_fields! {
        ("state", Kind::Word),
        ("handed_over", Kind::Moment),
        ("by", Kind::Text),
        ("media", Kind::Number),
        ("reason", Kind::Text),
        ("opening_code", Kind::Text),
        ("closing_code", Kind::Text),
        ("keep_until", Kind::Date),
    },
    tables: &[COPIES_TABLE, PARTS],
    words: &["done", "to_come", "medium", "daily", "cumulative", "delivered", "kept"],
};

/// Once there is a copy, or the archive that it would be of.
pub fn copies(facts: &DayFacts) -> Option<FormData> {
    facts.closing.as_ref()?;
    let mut form = facts.form(&COPIES);
    let handover = facts.handover.as_ref()?;
    form.set("verified", handover.copies.iter().filter(|copy| copy.verified_at_ms.is_some()).count());
    form.set("media", handover.media());
    handover.copies.iter().for_each(|copy| form.push("copies", row(facts, copy)));
    push_parts(facts, &mut form, true);
    Some(form)
}

/// Once the archive may leave the point: with the media that hold a verified copy.
pub fn handover(facts: &DayFacts) -> Option<FormData> {
    let act = facts.closing.as_ref()?;
    let handover = facts.handover.as_ref()?;
    let mut form = facts.form(&HANDOVER);
    form.set("state", Cell::Word(if handover.handed_over.is_some() { "done" } else { "to_come" }));
    if let Some(done) = &handover.handed_over {
        form.set("handed_over", facts.at(done.at_ms));
        form.set("by", facts.name(done.by.as_ref()));
        form.set("reason", done.reason.as_str());
    }
    form.set("media", handover.media());
    form.set("opening_code", act.opening_code.to_string());
    form.set("closing_code", act.closing_code.to_string());
    form.set("keep_until", facts.document.plan.keep_until);
    let leaves = |copy: &&Copy| copy.purpose == CopyPurpose::Medium && copy.verified_at_ms.is_some();
    handover.copies.iter().filter(leaves).for_each(|copy| form.push("copies", row(facts, copy)));
    push_parts(facts, &mut form, false);
    Some(form)
}

fn row(facts: &DayFacts, copy: &Copy) -> [Cell; 8] {
    let purpose = match copy.purpose {
        CopyPurpose::Medium => "medium",
        CopyPurpose::Daily => "daily",
        CopyPurpose::Cumulative => "cumulative",
    };
    let serial = match (&copy.serial, copy.medium.is_empty()) {
        (Some(serial), _) => Cell::text(serial),
        (None, true) => Message::new("form-no-medium").into(),
        (None, false) => Message::new("form-no-serial").into(),
    };
    // Known by its place alone, which stands beside it.
    let volume = if copy.medium == copy.target { "" } else { &copy.medium };
    [
        Cell::text(&copy.target),
        Cell::text(volume),
        serial,
        Cell::Word(purpose),
        copy.encrypted.into(),
        copy.verified_at_ms.is_some().into(),
        copy.verified_at_ms.map(|at_ms| facts.at(at_ms)).into(),
        copy.failed.clone().into(),
    ]
}

fn push_parts(facts: &DayFacts, form: &mut FormData, kept: bool) {
    let parts = acts::parts(facts).into_iter();
    for (_, row) in parts.filter(|(group, _)| kept || *group == Group::Delivered) {
        form.push("parts", row);
    }
}
