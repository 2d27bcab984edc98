//! The familiarisation sheet: who read and signed which instructions, and when.

use super::point::{PointFacts, point_fields};
use crate::briefing::Briefing;
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::point::Person;
use crate::signing::Digest;

pub static CATALOGUE: Catalogue = Catalogue {
    id: "briefing-sheet",
    fields: point_fields! {
        ("as_of", Kind::Date),
        ("signatures", Kind::Number),
        ("missing", Kind::Number),
    },
    tables: &[TableEntry {
        id: "readers",
        columns: &[
            ("briefing", Kind::Text),
            ("version", Kind::Number),
            ("text_sha256", Kind::Text),
            ("name", Kind::Text),
            ("post", Kind::Text),
            ("state", Kind::Word),
            ("signed", Kind::Moment),
            ("until", Kind::Date),
            ("record", Kind::Number),
        ],
    }],
    words: &["signed", "expired", "earlier_text", "unsigned"],
};

/// Everybody who has to have read something stands there, signed or not.
pub fn sheet(facts: &PointFacts) -> Option<FormData> {
    let mut form = facts.form(&CATALOGUE);
    let (mut signatures, mut missing) = (0_u32, 0_u32);
    for (briefing, sha256) in &facts.briefings {
        let readers = facts.profile.people.iter().filter(|person| briefing.roles.contains(&person.role));
        for person in readers {
            let signed = facts.signatures.newest(&briefing.id, &person.id);
            let state = state_of(facts, briefing, sha256, person);
            if state == "signed" {
                signatures += 1;
            } else {
                missing += 1;
            }
            let row = [
                Cell::Both(briefing.title.clone()),
                briefing.version.into(),
                sha256.to_string().into(),
                Cell::text(&person.name),
                Cell::text(&person.post),
                Cell::Word(state),
                signed.map(|signed| facts.at(signed.at_ms)).into(),
                signed.map(|signed| facts.at(signed.until_ms(briefing)).date_naive()).into(),
                signed.map(|signed| signed.record).into(),
            ];
            form.push("readers", row);
        }
    }
    form.set("as_of", facts.at(facts.now_ms).date_naive());
    form.set("signatures", signatures);
    form.set("missing", missing);
    Some(form)
}

fn state_of(facts: &PointFacts, briefing: &Briefing, sha256: &Digest, person: &Person) -> &'static str {
    match facts.signatures.newest(&briefing.id, &person.id) {
        None => "unsigned",
        Some(signed) if signed.version != briefing.version || signed.sha256 != *sha256 => "earlier_text",
        Some(signed) if facts.now_ms >= signed.until_ms(briefing) => "expired",
        Some(_) => "signed",
    }
}
