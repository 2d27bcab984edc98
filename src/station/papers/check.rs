//! The check report: what was checked, when, by whom, with what outcome.

use super::facts::{DayFacts, day_fields};
use crate::checklist::{Bilingual, Checklist, Checklists};
use crate::day::{CheckDay, PhotoDay, StepDay, StepState};
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::i18n::Arg;
use crate::journal::{Event, Evidence, Outcome};
use crate::point::{ChecklistId, PersonId, StepId};

pub static CATALOGUE: Catalogue = Catalogue {
    id: "check-report",
    fields: day_fields! { ("steps", Kind::Number), ("settled", Kind::Number) },
    tables: &[
        TableEntry {
            id: "steps",
            columns: &[
                ("checklist", Kind::Text),
                ("step", Kind::Text),
                ("outcome", Kind::Word),
                ("at", Kind::Moment),
                ("by", Kind::Text),
                ("finding", Kind::Text),
                ("evidence", Kind::Text),
                ("note", Kind::Text),
                ("tries", Kind::Number),
                ("photo", Kind::Text),
                ("photo_at", Kind::Moment),
                ("photo_sha256", Kind::Text),
            ],
        },
        TableEntry {
            id: "rounds",
            columns: &[("checklist", Kind::Text), ("started", Kind::Moment), ("finished", Kind::Moment)],
        },
    ],
    words: OUTCOMES,
};

pub fn report(facts: &DayFacts) -> Option<FormData> {
    let mut form = facts.form(&CATALOGUE);
    let (mut steps, mut settled) = (0_u32, 0_u32);
    for (id, check) in in_order(facts) {
        for (step, done) in steps_of(checklist(&facts.checklists, id), check) {
            steps += 1;
            settled += u32::from(done.is_some_and(|done| done.state.is_settled()));
            form.push("steps", row(facts, id, step, done, check.photos.get(step)));
        }
    }
    form.set("steps", steps);
    form.set("settled", settled);
    push_rounds(facts, &mut form);
    Some(form)
}

/// The checklists that were begun, in the order in which they are due.
pub(super) fn in_order(facts: &DayFacts) -> Vec<(&ChecklistId, &CheckDay)> {
    let mut begun: Vec<_> = facts.day.checks.iter().collect();
    begun.sort_by_key(|(_, check)| check.started_at_ms);
    begun
}

/// Every step that the checklist has or that was recorded, with what came of it.
pub(super) fn steps_of<'a>(
    list: Option<&'a Checklist>,
    check: &'a CheckDay,
) -> Vec<(&'a StepId, Option<&'a StepDay>)> {
    let listed = list.iter().flat_map(|list| &list.steps).map(|step| (&step.id, check.steps.get(&step.id)));
    let stranger = |step: &StepId| list.is_none_or(|list| list.step(step).is_none());
    let others = check.steps.iter().filter(|(step, _)| stranger(step));
    listed.chain(others.map(|(step, done)| (step, Some(done)))).collect()
}

fn checklist<'a>(lists: &'a Option<Checklists>, id: &ChecklistId) -> Option<&'a Checklist> {
    lists.as_ref()?.get(id)
}

/// A checklist's name, or its id.
pub(super) fn name_of(lists: &Option<Checklists>, id: &ChecklistId) -> Cell {
    checklist(lists, id).map_or_else(|| Cell::text(id.as_str()), |list| Cell::Both(list.name.clone()))
}

/// A step's title, or its id.
pub(super) fn title_of(lists: &Option<Checklists>, id: &ChecklistId, step: &StepId) -> Cell {
    known_title(lists, id, step).map_or_else(|| Cell::text(step.as_str()), |title| Cell::Both(title.clone()))
}

/// None: the words of the checklists are not there, or it is no step of theirs.
pub(super) fn known_title<'a>(
    lists: &'a Option<Checklists>,
    id: &ChecklistId,
    step: &StepId,
) -> Option<&'a Bilingual> {
    Some(&checklist(lists, id)?.step(step)?.title)
}

/// Who answers for how a step ended, and what they said.
pub(super) fn said_by(done: &StepDay) -> (Option<&PersonId>, &str) {
    match &done.state {
        StepState::Waived { by, reason } => (by.as_ref(), reason),
        _ => (done.by.as_ref(), &done.note),
    }
}

fn row(
    facts: &DayFacts,
    list: &ChecklistId,
    step: &StepId,
    done: Option<&StepDay>,
    photo: Option<&PhotoDay>,
) -> [Cell; 12] {
    let title = title_of(&facts.checklists, list, step);
    let taken = [
        photo.map(|photo| photo.still.name.clone()).into(),
        photo.map(|photo| facts.at(photo.at_ms)).into(),
        photo.map(|photo| photo.still.sha256.to_string()).into(),
    ];
    let [photo, photo_at, photo_sha256] = taken;
    let Some(done) = done else {
        let empty = || Cell::Empty;
        let outcome = Cell::Word("not_done");
        return [
            name_of(&facts.checklists, list),
            title,
            outcome,
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
            0_u32.into(),
            photo,
            photo_at,
            photo_sha256,
        ];
    };
    let (by, note) = said_by(done);
    [
        name_of(&facts.checklists, list),
        title,
        Cell::Word(outcome(&done.state)),
        facts.at(done.at_ms).into(),
        facts.name(by),
        done.finding.clone().into(),
        evidence(&done.evidence).into(),
        Cell::text(note),
        done.tries.into(),
        photo,
        photo_at,
        photo_sha256,
    ]
}

/// What comes of a step: the words of [`outcome`], and that nothing came of it yet.
pub(super) const OUTCOMES: &[&str] = &["passed", "failed", "unknown", "waived", "awaiting", "not_done"];

pub(super) fn outcome(state: &StepState) -> &'static str {
    match state {
        StepState::AwaitsConfirmation => "awaiting",
        StepState::Done(Outcome::Passed) => "passed",
        StepState::Done(Outcome::Failed) => "failed",
        StepState::Done(Outcome::Unknown) => "unknown",
        StepState::Waived { .. } => "waived",
    }
}

/// A measured value a line.
fn evidence(measured: &[Evidence]) -> String {
    let line = |one: &Evidence| match (one.fault(), &one.value) {
        (Some(fault), _) => format!("{}: {fault}", one.name),
        (None, Arg::Number(number)) => format!("{}: {number}", one.name),
        (None, Arg::Text(text)) => format!("{}: {text}", one.name),
    };
    measured.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Each time that a checklist was gone through.
fn push_rounds(facts: &DayFacts, form: &mut FormData) {
    let mut begun: Vec<(&ChecklistId, i64)> = Vec::new();
    for record in &facts.records {
        match &record.event {
            Event::CheckStarted { checklist, .. } if !begun.iter().any(|(id, _)| *id == checklist) => {
                begun.push((checklist, record.utc_ms));
            }
            Event::CheckFinished { checklist } => {
                if let Some(at) = begun.iter().position(|(id, _)| *id == checklist) {
                    let (id, from_ms) = begun.remove(at);
                    let row = [
                        name_of(&facts.checklists, id),
                        facts.at(from_ms).into(),
                        facts.at(record.utc_ms).into(),
                    ];
                    form.push("rounds", row);
                }
            }
            _ => {}
        }
    }
    for (id, from_ms) in begun {
        form.push("rounds", [name_of(&facts.checklists, id), facts.at(from_ms).into(), Cell::Empty]);
    }
}
