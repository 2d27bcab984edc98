//! The report on functioning, a page for the head: what was checked, waived, lost, and how much of the
//! video is there.

use super::super::wording::describe;
use super::facts::{DayFacts, day_fields};
use super::logs::{LINES, REQUESTS_TABLE, push_requests};
use super::outages::{LEVELS, OUTAGES, push_outages};
use super::{availability, check};
use crate::day::{CheckDay, Incident, Stage, StepState};
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::journal::Event;
use crate::point::ChecklistId;

pub static CATALOGUE: Catalogue = Catalogue {
    id: "functioning",
    fields: day_fields! {
        ("stage", Kind::Word),
        ("opened", Kind::Moment),
        ("newest", Kind::Moment),
        ("restarts", Kind::Number),
        ("unlinked", Kind::YesNo),
        ("clock_steps", Kind::Number),
        ("outages", Kind::Number),
        ("unexplained", Kind::Number),
        ("incidents", Kind::Number),
        ("incidents_unexplained", Kind::Number),
        ("accesses", Kind::Number),
        ("accesses_open", Kind::Number),
        ("corrections", Kind::Number),
        ("codes_written", Kind::Number),
        ("records", Kind::Number),
        ("requests", Kind::Number),
        ("requests_open", Kind::Number),
    },
    tables: &[
        TableEntry {
            id: "cameras",
            columns: &[
                ("camera", Kind::Text),
                ("room", Kind::Text),
                ("first", Kind::Moment),
                ("last", Kind::Moment),
                ("ordered_minutes", Kind::Number),
                ("lost_seconds", Kind::Number),
                ("outages", Kind::Number),
                ("availability", Kind::Number),
                ("bytes", Kind::Number),
            ],
        },
        TableEntry {
            id: "checks",
            columns: &[
                ("checklist", Kind::Text),
                ("started", Kind::Moment),
                ("finished", Kind::Moment),
                ("passed", Kind::Number),
                ("waived", Kind::Number),
                ("failed", Kind::Number),
                ("by", Kind::Text),
            ],
        },
        TableEntry {
            id: "open_steps",
            columns: &[
                ("checklist", Kind::Text),
                ("step", Kind::Text),
                ("outcome", Kind::Word),
                ("at", Kind::Moment),
                ("by", Kind::Text),
                ("reason", Kind::Text),
            ],
        },
        OUTAGES,
        TableEntry {
            id: "incidents",
            columns: &[
                ("from", Kind::Moment),
                ("to", Kind::Moment),
                ("what", Kind::Text),
                ("explained", Kind::YesNo),
                ("access", Kind::Number),
                ("text", Kind::Text),
                ("by", Kind::Text),
                ("record", Kind::Number),
            ],
        },
        REQUESTS_TABLE,
    ],
    words: &[
        "before",
        "recording",
        "stopped",
        "closed",
        "passed",
        "failed",
        "unknown",
        "waived",
        "awaiting",
        LEVELS[0],
        LEVELS[1],
        LEVELS[2],
        LINES[0],
        LINES[1],
        // The third line is the head, who is a level too.
    ],
};

pub fn functioning(facts: &DayFacts) -> Option<FormData> {
    let mut form = facts.form(&CATALOGUE);
    let day = &facts.day;
    let stage = match day.stage {
        Stage::Before => "before",
        Stage::Recording => "recording",
        Stage::Stopped => "stopped",
        Stage::Closed => "closed",
    };
    let steps = facts.records.iter().filter(|record| matches!(record.event, Event::ClockStepped { .. }));
    form.set("stage", Cell::Word(stage));
    form.set("opened", facts.records.first().map(|record| facts.at(record.utc_ms)));
    form.set("newest", facts.at(facts.now_ms()));
    form.set("restarts", day.restarts);
    form.set("unlinked", day.unlinked);
    form.set("clock_steps", steps.count());
    form.set("outages", day.outages.len());
    form.set("unexplained", day.unexplained().count());
    form.set("incidents", day.incidents.total);
    form.set("incidents_unexplained", day.incidents.unexplained);
    form.set("accesses", day.accesses.len());
    form.set("accesses_open", day.open_accesses().count());
    form.set("corrections", day.corrections);
    form.set("codes_written", day.codes_written);
    form.set("records", facts.records.len());
    form.set("requests_open", day.requests.list.iter().filter(|request| request.is_open()).count());
    form.set("requests", day.requests.list.len());
    push_cameras(facts, &mut form);
    for (id, check) in check::in_order(facts) {
        push_check(facts, &mut form, id, check);
    }
    push_outages(facts, &mut form);
    day.incidents.list.iter().for_each(|incident| push_incident(facts, &mut form, incident));
    push_requests(facts, &mut form);
    Some(form)
}

fn push_incident(facts: &DayFacts, form: &mut FormData, incident: &Incident) {
    let explained = incident.explained.as_ref();
    let row = [
        facts.at(incident.from_ms).into(),
        facts.at(incident.to_ms).into(),
        facts.named(describe(&incident.what.event()).1).into(),
        incident.is_explained().into(),
        incident.access.into(),
        explained.map(|explained| explained.text.clone()).into(),
        explained.map_or(Cell::Empty, |explained| facts.name(explained.by.as_ref())),
        incident.record.into(),
    ];
    form.push("incidents", row);
}

fn push_cameras(facts: &DayFacts, form: &mut FormData) {
    for (id, camera) in availability::of_cameras(facts) {
        let (name, room) = facts.camera(id);
        let percent = camera.hundredths().map_or(Cell::Empty, |value| Cell::Number { value, digits: 2 });
        let row = [
            name,
            room,
            camera.first_ms.map(|at_ms| facts.at(at_ms)).into(),
            camera.last_ms.map(|at_ms| facts.at(at_ms)).into(),
            (camera.ordered_ms / 60_000).into(),
            camera.lost_ms.div_ceil(1_000).into(),
            camera.outages.into(),
            percent,
            facts.day.cameras.get(id).map_or(0, |camera| camera.bytes).into(),
        ];
        form.push("cameras", row);
    }
}

/// The checklist in numbers, and every step of it that did not simply pass.
fn push_check(facts: &DayFacts, form: &mut FormData, id: &ChecklistId, check: &CheckDay) {
    let (mut passed, mut waived, mut failed) = (0_u32, 0_u32, 0_u32);
    let mut last = None;
    for (step, done) in &check.steps {
        last = last.max(Some((done.at_ms, done.by.as_ref())));
        let (by, reason) = match &done.state {
            StepState::Waived { by, reason } => {
                waived += 1;
                (by, reason)
            }
            state if state.is_settled() => {
                passed += 1;
                continue;
            }
            _ => {
                failed += 1;
                (&done.by, &done.note)
            }
        };
        let row = [
            check::name_of(&facts.checklists, id),
            check::title_of(&facts.checklists, id, step),
            Cell::Word(check::outcome(&done.state)),
            facts.at(done.at_ms).into(),
            facts.name(by.as_ref()),
            Cell::text(reason),
        ];
        form.push("open_steps", row);
    }
    let row = [
        check::name_of(&facts.checklists, id),
        facts.at(check.started_at_ms).into(),
        check.finished_at_ms.map(|at_ms| facts.at(at_ms)).into(),
        passed.into(),
        waived.into(),
        failed.into(),
        last.map_or(Cell::Empty, |(_, by)| facts.name(by)),
    ];
    form.push("checks", row);
}
