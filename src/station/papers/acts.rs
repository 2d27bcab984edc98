//! The acts: opening with the anchors of the day, readiness, closing with counts and the parts' hashes.

use super::facts::{DayFacts, day_fields};
use crate::archive::{PaperAct, PartName};
use crate::day::StepState;
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::i18n::Message;
use crate::journal::{Group, SealedPart};

pub static OPENING: Catalogue = Catalogue {
    id: "opening-act",
    fields: day_fields! {
        ("opened", Kind::Moment),
        ("device_key", Kind::Text),
        ("epoch_key", Kind::Text),
        ("opening_code", Kind::Text),
        ("cameras", Kind::Number),
        ("software", Kind::Text),
    },
    tables: &[CAMERAS],
    words: &[],
};

pub static READINESS: Catalogue = Catalogue {
    id: "readiness-act",
    fields: day_fields! {
        ("checked", Kind::Moment),
        ("passed", Kind::Number),
        ("waived", Kind::Number),
        ("left", Kind::Number),
        ("ready", Kind::YesNo),
    },
    tables: &[CAMERAS],
    words: &[],
};

pub static CLOSING: Catalogue = Catalogue {
    id: "closing-act",
    fields: day_fields! {
        ("opened", Kind::Moment),
        ("closed", Kind::Moment),
        ("device_key", Kind::Text),
        ("epoch_key", Kind::Text),
        ("opening_code", Kind::Text),
        ("closing_code", Kind::Text),
        ("restarts", Kind::Number),
        ("records", Kind::Number),
        ("segments", Kind::Number),
        ("frames", Kind::Number),
        ("video_bytes", Kind::Number),
        ("gaps", Kind::Number),
        ("parts", Kind::Number),
        ("after", Kind::Text),
    },
    tables: &[
        PARTS,
        TableEntry {
            id: "codes",
            columns: &[("shown", Kind::Moment), ("code", Kind::Text), ("written", Kind::YesNo)],
        },
    ],
    words: &["delivered", "kept"],
};

const CAMERAS: TableEntry = TableEntry {
    id: "cameras",
    columns: &[
        ("camera", Kind::Text),
        ("room", Kind::Text),
        ("picture", Kind::Text),
        ("sound", Kind::YesNo),
        ("delivered", Kind::YesNo),
        ("works", Kind::YesNo),
        ("approved", Kind::YesNo),
    ],
};

pub(super) const PARTS: TableEntry = TableEntry {
    id: "parts",
    columns: &[
        ("part", Kind::Number),
        ("file", Kind::Text),
        ("bytes", Kind::Number),
        ("sha256", Kind::Text),
        ("group", Kind::Word),
    ],
};

pub fn opening(facts: &DayFacts) -> Option<FormData> {
    let mut form = facts.form(&OPENING);
    let act = PaperAct::opening(&facts.document, &facts.records);
    form.set("opened", facts.at(act.opened_at_ms));
    form.set("device_key", act.device_key);
    form.set("epoch_key", act.epoch_key);
    form.set("opening_code", act.opening_code.to_string());
    form.set("cameras", act.cameras);
    form.set("software", concat!("invigil ", env!("CARGO_PKG_VERSION")));
    push_cameras(facts, &mut form);
    Some(form)
}

/// Once the main check is finished.
pub fn readiness(facts: &DayFacts) -> Option<FormData> {
    let check = facts.day.checks.get(&facts.document.checklist.id)?;
    let finished_ms = check.finished_at_ms?;
    let mut form = facts.form(&READINESS);
    let count =
        |state: fn(&StepState) -> bool| check.steps.values().filter(|step| state(&step.state)).count();
    let waived = count(|state| matches!(state, StepState::Waived { .. }));
    let settled = count(StepState::is_settled);
    form.set("checked", facts.at(finished_ms));
    form.set("passed", settled - waived);
    form.set("waived", waived);
    form.set("left", check.steps.len() - settled);
    form.set("ready", settled == check.steps.len());
    push_cameras(facts, &mut form);
    Some(form)
}

/// Once the day is sealed.
pub fn closing(facts: &DayFacts) -> Option<FormData> {
    let sealed = facts.closing.as_ref()?;
    let act = PaperAct::closing(&facts.document, &facts.records, sealed);
    let mut form = facts.form(&CLOSING);
    form.set("opened", facts.at(act.opened_at_ms));
    form.set("device_key", act.device_key);
    form.set("epoch_key", act.epoch_key);
    form.set("opening_code", act.opening_code.to_string());
    let closing = act.closing?;
    form.set("closed", facts.at(closing.closed_at_ms));
    form.set("closing_code", closing.closing_code.to_string());
    form.set("restarts", closing.restarts);
    form.set("records", closing.records);
    form.set("segments", closing.segments);
    form.set("frames", closing.frames);
    form.set("video_bytes", closing.video_bytes);
    form.set("gaps", closing.gaps);
    let parts = parts(facts);
    form.set("parts", parts.len());
    form.set("after", super::after(facts));
    parts.into_iter().for_each(|(_, row)| form.push("parts", row));
    for shown in &closing.codes {
        form.push(
            "codes",
            [facts.at(shown.shown_at_ms).into(), Cell::text(&shown.code), shown.written.into()],
        );
    }
    Some(form)
}

/// The archive's parts in the order of their numbers, part 00 among them: while that is written, its own hash
/// is not known, and the form in it names the file that tells it.
pub(super) fn parts(facts: &DayFacts) -> Vec<(Group, [Cell; 5])> {
    let sealed = facts.closing.as_ref().map_or(&[][..], |act| &act.parts);
    let mut rows: Vec<_> = sealed.iter().map(|part| (part.group, part_row(part))).collect();
    if facts.closing.is_some() && sealed.iter().all(|part| part.part != 0) {
        let file = PartName::Numbered(facts.document.day.clone(), 0).file_name();
        let beside = Message::new("form-part-beside").with("file", super::after(facts));
        let row = [0_u32.into(), file.into(), Cell::Empty, beside.into(), Cell::Word("delivered")];
        rows.insert(0, (Group::Delivered, row));
    }
    rows
}

fn part_row(part: &SealedPart) -> [Cell; 5] {
    let group = match part.group {
        Group::Delivered => "delivered",
        Group::Kept => "kept",
    };
    [
        part.part.into(),
        Cell::text(&part.file),
        part.bytes.into(),
        part.sha256.to_string().into(),
        Cell::Word(group),
    ]
}

fn push_cameras(facts: &DayFacts, form: &mut FormData) {
    for camera in &facts.document.cameras {
        let (name, room) = facts.camera(&camera.id);
        let state = facts.day.cameras.get(&camera.id);
        let picture = format!("{}×{}, {} fps", camera.width, camera.height, camera.frames_per_second);
        let seen = state.is_some_and(|state| state.segments > 0 || !state.detail.is_empty());
        let row = [
            name,
            room,
            picture.into(),
            camera.sound.is_some().into(),
            camera.delivered.into(),
            seen.into(),
            state.is_some_and(|state| state.reference.is_some()).into(),
        ];
        form.push("cameras", row);
    }
}
