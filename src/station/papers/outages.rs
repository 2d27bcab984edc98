//! The outage record: times without video, from when to when, why.

use super::facts::{DayFacts, day_fields};
use crate::day::Outage;
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::journal::OutageLevel;

pub static CATALOGUE: Catalogue = Catalogue {
    id: "outage-record",
    fields: day_fields! { ("outages", Kind::Number), ("unexplained", Kind::Number), ("tolerance_minutes", Kind::Number) },
    tables: &[OUTAGES],
    words: LEVELS,
};

pub(super) const LEVELS: &[&str] = &["technician", "head", "limit"];

pub(super) const OUTAGES: TableEntry = TableEntry {
    id: "outages",
    columns: &[
        ("number", Kind::Number),
        ("camera", Kind::Text),
        ("room", Kind::Text),
        ("from", Kind::Moment),
        ("to", Kind::Moment),
        ("lost", Kind::Text),
        ("lost_seconds", Kind::Number),
        ("times", Kind::Number),
        ("cause", Kind::Text),
        ("told", Kind::Word),
        ("reason", Kind::Text),
        ("reason_by", Kind::Text),
        ("reason_at", Kind::Moment),
        ("record", Kind::Number),
    ],
};

pub fn record(facts: &DayFacts) -> Option<FormData> {
    let mut form = facts.form(&CATALOGUE);
    form.set("outages", facts.day.outages.len());
    form.set("unexplained", facts.day.unexplained().count());
    form.set("tolerance_minutes", facts.document.plan.outage_tolerance_ms / 60_000);
    push_outages(facts, &mut form);
    Some(form)
}

pub(super) fn push_outages(facts: &DayFacts, form: &mut FormData) {
    for (number, outage) in (1_u32..).zip(&facts.day.outages) {
        form.push("outages", row(facts, number, outage));
    }
}

fn row(facts: &DayFacts, number: u32, outage: &Outage) -> [Cell; 14] {
    let (camera, room) = facts.camera(&outage.camera);
    let seconds = outage.lost_ms(facts.now_ms()).div_ceil(1_000);
    let cause = outage.cause.clone().with("camera", camera.as_text().unwrap_or_default());
    let told = match outage.level {
        OutageLevel::Technician => "technician",
        OutageLevel::Head => "head",
        OutageLevel::Limit => "limit",
    };
    let explained = outage.explained.as_ref();
    [
        number.into(),
        camera,
        room,
        facts.at(outage.from_ms).into(),
        outage.to_ms.map(|to_ms| facts.at(to_ms)).into(),
        format!("{}:{:02}", seconds / 60, seconds % 60).into(),
        seconds.into(),
        outage.times.into(),
        cause.into(),
        Cell::Word(told),
        explained.map(|explained| explained.text.clone()).into(),
        explained.map_or(Cell::Empty, |explained| facts.name(explained.by.as_ref())),
        explained.map(|explained| facts.at(explained.at_ms)).into(),
        outage.record.into(),
    ]
}
