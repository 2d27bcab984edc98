//! Where the archive went: the copies that were read back, and the handover.

use super::acts::{PARTS, part_row};
use super::facts::{DayFacts, day_fields};
use crate::day::Copy;
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::journal::{CopyPurpose, Group};

const COPIES_TABLE: TableEntry = TableEntry {
    id: "copies",
    columns: &[
        ("target", Kind::Text),
        ("medium", Kind::Text),
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
        ("handed_over", Kind::Moment),
        ("by", Kind::Text),
        ("media", Kind::Number),
        ("reason", Kind::Text),
        ("opening_code", Kind::Text),
        ("closing_code", Kind::Text),
        ("keep_until", Kind::Date),
    },
    tables: &[COPIES_TABLE, PARTS],
    words: &["medium", "daily", "cumulative", "delivered", "kept"],
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

fn row(facts: &DayFacts, copy: &Copy) -> [Cell; 7] {
    let purpose = match copy.purpose {
        CopyPurpose::Medium => "medium",
        CopyPurpose::Daily => "daily",
        CopyPurpose::Cumulative => "cumulative",
    };
    [
        Cell::text(&copy.target),
        Cell::text(&copy.medium),
        Cell::Word(purpose),
        copy.encrypted.into(),
        copy.verified_at_ms.is_some().into(),
        copy.verified_at_ms.map(|at_ms| facts.at(at_ms)).into(),
        copy.failed.clone().into(),
    ]
}

fn push_parts(facts: &DayFacts, form: &mut FormData, kept: bool) {
    let parts = facts.closing.iter().flat_map(|act| &act.parts);
    for part in parts.filter(|part| kept || part.group == Group::Delivered) {
        form.push("parts", part_row(part));
    }
}
