//! The two access logs: of the cabinet, and of the video equipment.

use super::facts::{DayFacts, day_fields};
use crate::day::{Access, AccessEnd};
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::journal::Seal;

const WORDS: &[&str] = &["open", "closed", "explained", "on", "off"];

const ACCESSES: &[TableEntry] = &[TableEntry {
    id: "accesses",
    columns: &[
        ("access", Kind::Number),
        ("opened", Kind::Moment),
        ("closed", Kind::Moment),
        ("time_from", Kind::Clock),
        ("time_to", Kind::Clock),
        ("rooms", Kind::Text),
        ("action", Kind::Text),
        ("reason", Kind::Text),
        ("result", Kind::Text),
        ("state", Kind::Word),
        ("person", Kind::Text),
        ("person_post", Kind::Text),
        ("second", Kind::Text),
        ("second_post", Kind::Text),
        ("both", Kind::Text),
        ("initiator", Kind::Text),
        ("initiator_post", Kind::Text),
        ("initiator_signed", Kind::YesNo),
        ("seals_before", Kind::Text),
        ("seals_after", Kind::Text),
        ("pak", Kind::Word),
        ("corrections", Kind::Text),
        ("record", Kind::Number),
    ],
}];

/// Of the PAK in its cabinet.
pub static CABINET: Catalogue =
    Catalogue { id: "access-log-a", fields: day_fields!(), tables: ACCESSES, words: WORDS };

/// Of the video equipment.
pub static VIDEO: Catalogue =
    Catalogue { id: "access-log-b", fields: day_fields!(), tables: ACCESSES, words: WORDS };

pub fn cabinet(facts: &DayFacts) -> Option<FormData> {
    // Accesses in which nobody opened it belong into the other one alone.
    Some(filled(facts, &CABINET, |access| access.cabinet.is_some()))
}

pub fn video(facts: &DayFacts) -> Option<FormData> {
    Some(filled(facts, &VIDEO, |_| true))
}

fn filled(facts: &DayFacts, catalogue: &'static Catalogue, belongs: fn(&&Access) -> bool) -> FormData {
    let mut form = facts.form(catalogue);
    for access in facts.day.accesses.iter().filter(belongs) {
        form.push("accesses", row(facts, access));
    }
    form
}

fn row(facts: &DayFacts, access: &Access) -> [Cell; 23] {
    let (person, person_post) = facts.person(&access.person);
    let (second, second_post) = facts.person(&access.second);
    let (state, closed, time_to, result) = match &access.end {
        AccessEnd::Open => ("open", None, Cell::Empty, Cell::Empty),
        AccessEnd::Closed { at_ms, time_to, result } => {
            ("closed", Some(*at_ms), Cell::clock(time_to), Cell::text(result))
        }
        AccessEnd::Explained { at_ms, text } => ("explained", Some(*at_ms), Cell::Empty, Cell::text(text)),
    };
    let rooms = match access.rooms.first == access.rooms.last {
        true => access.rooms.first.to_string(),
        false => format!("{}–{}", access.rooms.first, access.rooms.last),
    };
    let both: Vec<&str> = [&person, &second].into_iter().filter_map(Cell::as_text).collect();
    let (mut initiator, mut initiator_post) = (Cell::Empty, Cell::Empty);
    let cabinet = access.cabinet.as_ref();
    if let Some(cabinet) = cabinet {
        (initiator, initiator_post) = facts.person(&cabinet.initiator);
    }
    let shut = cabinet.and_then(|cabinet| cabinet.closed.as_ref());
    let seals_before = cabinet.map(|cabinet| seals(&cabinet.seals)).unwrap_or_default();
    let seals_after = shut.map(|shut| shut.seals.join(", ")).unwrap_or_default();
    let corrections = access.corrections.iter();
    let corrections: Vec<_> =
        corrections.map(|c| format!("№ {}: {} ({})", c.record, c.text, c.reason)).collect();
    [
        access.access.into(),
        facts.at(access.opened_at_ms).into(),
        closed.map(|at_ms| facts.at(at_ms)).into(),
        Cell::clock(&access.time_from),
        time_to,
        rooms.into(),
        facts.action(&access.action),
        Cell::text(&access.reason),
        result,
        Cell::Word(state),
        person.clone(),
        person_post,
        second.clone(),
        second_post,
        both.join("\n").into(),
        initiator,
        initiator_post,
        cabinet.map(|cabinet| cabinet.initiator_signed).into(),
        seals_before.into(),
        seals_after.into(),
        shut.map_or(Cell::Empty, |shut| Cell::Word(if shut.pak_on { "on" } else { "off" })),
        corrections.join("\n").into(),
        access.record.into(),
    ]
}

/// Numbers; one that was found broken is marked.
fn seals(found: &[Seal]) -> String {
    let one = |seal: &Seal| if seal.intact { seal.number.clone() } else { format!("{} (!)", seal.number) };
    found.iter().map(one).collect::<Vec<_>>().join(", ")
}
