//! The day's other logs: requests for help, operations, explanatory notes on failures.

use chrono::DateTime;

use super::super::logs::{DayLogs, Failure, NoteRecord, PersonRecord, Written};
use super::check;
use super::facts::{DayFacts, day_fields};
use crate::checklist::Bilingual;
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::i18n::Message;
use crate::journal::{Event, SupportLine};

pub static REQUESTS: Catalogue = Catalogue {
    id: "requests",
    fields: day_fields! { ("requests", Kind::Number), ("open", Kind::Number) },
    tables: &[REQUESTS_TABLE],
    words: &LINES,
};

/// Lines of support.
pub(super) const LINES: [&str; 3] = ["first", "second", "head"];

pub(super) const REQUESTS_TABLE: TableEntry = TableEntry {
    id: "requests",
    columns: &[
        ("number", Kind::Number),
        ("made", Kind::Moment),
        ("by", Kind::Text),
        ("room", Kind::Text),
        ("category", Kind::Text),
        ("text", Kind::Text),
        ("due", Kind::Moment),
        ("line", Kind::Word),
        ("late", Kind::Word),
        ("passed", Kind::Text),
        ("resolution", Kind::Text),
        ("resolved_by", Kind::Text),
        ("resolved", Kind::Moment),
        ("took_minutes", Kind::Number),
        ("record", Kind::Number),
    ],
};

pub static OPERATIONS: Catalogue = Catalogue {
    id: "operation-log",
    fields: day_fields!(),
    tables: &[TableEntry {
        id: "operations",
        columns: &[
            ("at", Kind::Moment),
            ("what", Kind::Text),
            ("checklist", Kind::Text),
            ("by", Kind::Text),
            ("post", Kind::Text),
            ("kind", Kind::Text),
            ("record", Kind::Number),
        ],
    }],
    words: &[],
};

pub static NOTES: Catalogue = Catalogue {
    id: "explanatory-note",
    fields: day_fields! { ("failures", Kind::Number) },
    tables: &[TableEntry {
        id: "failures",
        columns: &[
            ("number", Kind::Number),
            ("place", Kind::Text),
            ("from", Kind::Moment),
            ("to", Kind::Moment),
            ("lasted_minutes", Kind::Number),
            ("what", Kind::Text),
            ("why", Kind::Text),
            ("by", Kind::Text),
            ("written", Kind::Moment),
            ("record", Kind::Number),
        ],
    }],
    words: &[],
};

pub fn requests(facts: &DayFacts) -> Option<FormData> {
    let mut form = facts.form(&REQUESTS);
    form.set("requests", facts.day.requests.list.len());
    form.set("open", facts.day.requests.list.iter().filter(|request| request.is_open()).count());
    push_requests(facts, &mut form);
    Some(form)
}

/// Into a form that has their table.
pub(super) fn push_requests(facts: &DayFacts, form: &mut FormData) {
    for request in DayLogs::of_day(&facts.document, &facts.day).requests() {
        let passed: Vec<String> = request.passed.iter().map(|passed| passed.reason.text.clone()).collect();
        let category = facts.requests.iter().find(|known| known.id == request.category);
        let row = [
            request.number.into(),
            moment(&request.made),
            name(request.by.as_ref()),
            facts.room(&request.room).into(),
            match category {
                Some(known) => Cell::Both(Bilingual { ru: known.ru.clone(), en: known.en.clone() }),
                None => Cell::text(&request.category),
            },
            Cell::text(&request.text),
            moment(&request.due),
            Cell::Word(line(request.line)),
            request.late.map_or(Cell::Empty, |late| Cell::Word(line(late))),
            passed.join("\n").into(),
            request.resolved.as_ref().map(|done| done.text.clone()).into(),
            author(request.resolved.as_ref()),
            request.resolved.as_ref().map_or(Cell::Empty, |done| moment(&done.at)),
            request.took_ms.map(|took_ms| took_ms.div_ceil(60_000)).into(),
            request.record.into(),
        ];
        form.push("requests", row);
    }
}

pub fn operations(facts: &DayFacts) -> Option<FormData> {
    let mut form = facts.form(&OPERATIONS);
    for operation in DayLogs::of_day(&facts.document, &facts.day).operations(&facts.records) {
        let post = operation.by.as_ref().map(|person| person.post.clone());
        let event = usize::try_from(operation.record).ok().and_then(|n| Some(&facts.records.get(n)?.event));
        let (checklist, what) = worded(facts, event, facts.named(operation.what));
        let row = [
            moment(&operation.at),
            what,
            checklist,
            name(operation.by.as_ref()),
            post.into(),
            Cell::text(operation.kind),
            operation.record.into(),
        ];
        form.push("operations", row);
    }
    Some(form)
}

/// Which checklist an event is of, and what it says with the step's title in it.
fn worded(facts: &DayFacts, event: Option<&Event>, what: Message) -> (Cell, Cell) {
    let (checklist, step) = match event {
        Some(Event::CheckStarted { checklist, .. } | Event::CheckFinished { checklist }) => (checklist, None),
        Some(Event::StepRecorded { checklist, step, .. } | Event::StepWaived { checklist, step, .. }) => {
            (checklist, Some(step))
        }
        Some(Event::StepPhotographed(photo)) => (&photo.checklist, Some(&photo.step)),
        _ => return (Cell::Empty, what.into()),
    };
    let title = step.and_then(|step| check::known_title(&facts.checklists, checklist, step));
    let what = match title.cloned() {
        Some(text) => Cell::SaidOf { message: what, argument: "step", text },
        None => what.into(),
    };
    (check::name_of(&facts.checklists, checklist), what)
}

/// Where a failure was: a step is called by its title.
fn place(facts: &DayFacts, note: &NoteRecord) -> Cell {
    let named = || {
        let (checklist, step) = note.place.split_once(": ").filter(|_| note.about == Failure::Check)?;
        check::known_title(&facts.checklists, &checklist.parse().ok()?, &step.parse().ok()?)
    };
    named().map_or_else(|| Cell::text(&note.place), |title| Cell::Both(title.clone()))
}

pub fn notes(facts: &DayFacts) -> Option<FormData> {
    let mut form = facts.form(&NOTES);
    let notes = DayLogs::of_day(&facts.document, &facts.day).notes();
    form.set("failures", notes.len());
    for note in notes {
        let row = [
            note.number.into(),
            place(facts, &note),
            moment(&note.from),
            note.to.as_deref().map_or(Cell::Empty, moment),
            note.lasted_ms.map(|lasted_ms| lasted_ms.div_ceil(60_000)).into(),
            facts.named(note.what).into(),
            note.written.as_ref().map(|written| written.text.clone()).into(),
            author(note.written.as_ref()),
            note.written.as_ref().map_or(Cell::Empty, |written| moment(&written.at)),
            note.record.into(),
        ];
        form.push("failures", row);
    }
    Some(form)
}

fn moment(rfc3339: &str) -> Cell {
    DateTime::parse_from_rfc3339(rfc3339).map_or_else(|_| Cell::text(rfc3339), Cell::Moment)
}

fn author(written: Option<&Written>) -> Cell {
    name(written.and_then(|written| written.by.as_ref()))
}

/// The id of a person that the day does not know.
fn name(person: Option<&PersonRecord>) -> Cell {
    person.map_or(Cell::Empty, |person| match person.name.is_empty() {
        true => Cell::text(person.id.as_str()),
        false => Cell::text(&person.name),
    })
}

fn line(line: SupportLine) -> &'static str {
    match line {
        SupportLine::First => LINES[0],
        SupportLine::Second => LINES[1],
        SupportLine::Head => LINES[2],
    }
}
