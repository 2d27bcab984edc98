//! The readiness of the point before the exam's day: what was gone through on the days before.

use super::check;
use super::point::{PointFacts, point_fields};
use crate::checklist::Span;
use crate::day::{StepDay, StepState};
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::point::{ChecklistId, StepId};

pub static CATALOGUE: Catalogue = Catalogue {
    id: "preparation-act",
    fields: point_fields! {
        ("exam", Kind::Date),
        ("member", Kind::Text),
        ("steps", Kind::Number),
        ("passed", Kind::Number),
        ("waived", Kind::Number),
        ("left", Kind::Number),
        ("ready", Kind::YesNo),
    },
    tables: &[
        TableEntry {
            id: "lists",
            columns: &[
                ("checklist", Kind::Text),
                ("started", Kind::Moment),
                ("finished", Kind::Moment),
                ("settled", Kind::Number),
                ("left", Kind::Number),
            ],
        },
        TableEntry {
            id: "steps",
            columns: &[
                ("checklist", Kind::Text),
                ("step", Kind::Text),
                ("outcome", Kind::Word),
                ("at", Kind::Moment),
                ("by", Kind::Text),
                ("finding", Kind::Text),
                ("note", Kind::Text),
                ("tries", Kind::Number),
            ],
        },
    ],
    words: check::OUTCOMES,
};

/// Once it is said which exam is prepared, and something was checked for it.
pub fn act(facts: &PointFacts) -> Option<FormData> {
    let exam = facts.exam.or(facts.preparation.exam())?;
    let mut checks: Vec<_> = facts.preparation.checks(exam).into_iter().collect();
    checks.retain(|(id, _)| facts.checklist(id).is_none_or(|list| list.span == Span::BeforeDay));
    checks.sort_by_key(|(_, check)| check.started_at_ms);
    if checks.is_empty() {
        return None;
    }
    let mut form = facts.form(&CATALOGUE);
    let (mut steps, mut settled, mut waived) = (0, 0, 0);
    for (id, check) in &checks {
        let all = check::steps_of(facts.checklist(id), check);
        let done = all.iter().filter(|(_, done)| done.is_some_and(|done| done.state.is_settled())).count();
        let is_waived = |done: &StepDay| matches!(done.state, StepState::Waived { .. });
        waived += all.iter().filter(|(_, done)| done.is_some_and(is_waived)).count();
        (steps, settled) = (steps + all.len(), settled + done);
        let row = [
            check::name_of(&facts.checklists, id),
            facts.at(check.started_at_ms).into(),
            check.finished_at_ms.map(|at_ms| facts.at(at_ms)).into(),
            done.into(),
            (all.len() - done).into(),
        ];
        form.push("lists", row);
        all.iter().for_each(|(step, done)| form.push("steps", row_of(facts, id, step, *done)));
    }
    form.set("exam", exam);
    form.set("member", facts.first(crate::point::Role::CommissionMember));
    form.set("steps", steps);
    form.set("passed", settled - waived);
    form.set("waived", waived);
    form.set("left", steps - settled);
    form.set("ready", settled == steps && checks.iter().all(|(_, check)| check.finished_at_ms.is_some()));
    Some(form)
}

fn row_of(facts: &PointFacts, id: &ChecklistId, step: &StepId, done: Option<&StepDay>) -> [Cell; 8] {
    let (by, note) = done.map_or((None, ""), check::said_by);
    [
        check::name_of(&facts.checklists, id),
        check::title_of(&facts.checklists, id, step),
        Cell::Word(done.map_or("not_done", |done| check::outcome(&done.state))),
        done.map(|done| facts.at(done.at_ms)).into(),
        facts.name(by),
        done.and_then(|done| done.finding.clone()).into(),
        Cell::text(note),
        done.map_or(0, |done| done.tries).into(),
    ]
}
