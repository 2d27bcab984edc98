//! Fields of the profile, each with its faults below it.

use eframe::egui::Ui;

use super::named_card;
use crate::point::draft::{Draft, Kind};
use crate::tables::Fault;
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{choice, field, sign, tick};

/// A field and the key that it changes.
pub struct Field {
    pub key: &'static str,
    /// The Fluent id of its name.
    pub name: &'static str,
    pub kind: FieldKind,
}

#[derive(Clone, Copy)]
pub enum FieldKind {
    Written(Kind),
    /// One of these words, each with the Fluent id of its name.
    Choice(&'static [(&'static str, &'static str)]),
    Flag,
    /// A list of words has this one.
    Word(&'static str),
}

pub const fn text(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::Text) }
}

pub const fn optional(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::OptionalText) }
}

pub const fn number(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::Number) }
}

pub const fn word(key: &'static str, word: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Word(word) }
}

pub const fn words(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::Words) }
}

pub const fn optional_number(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::OptionalNumber) }
}

pub const POINT: [Field; 7] = [
    text("region", "ui-profile-region"),
    text("point", "ui-profile-code"),
    text("station", "ui-profile-station"),
    text("name", "ui-profile-name"),
    text("address", "ui-profile-address"),
    text("subject", "ui-profile-subject"),
    text("time_zone", "ui-profile-time-zone"),
];

pub const TIMES: [Field; 9] = [
    words("timetable.exams", "ui-profile-exams"),
    text("timetable.exam_start", "ui-profile-exam-start"),
    number("timetable.exam_minutes", "ui-profile-exam-minutes"),
    number("timetable.recording_after_minutes", "ui-profile-after-minutes"),
    number("timetable.outage_tolerance_minutes", "ui-profile-tolerance"),
    optional("timetable.keep_until", "ui-profile-keep-until"),
    optional_number("timetable.keep_days_after_results", "ui-profile-keep-days"),
    optional_number("timetable.results_after_days", "ui-profile-results-days"),
    optional_number("sign_in.idle_minutes", "ui-profile-idle"),
];

pub const LIMITS: [Field; 14] = [
    number("recording.segment_seconds", "ui-profile-segment"),
    number("recording.part_max_mib", "ui-profile-part"),
    optional("archive.backup.daily", "ui-profile-daily"),
    optional("archive.backup.cumulative", "ui-profile-cumulative"),
    words("archive.recipients", "ui-profile-recipients"),
    word("archive.countersignatures", "head", "ui-profile-signs-head"),
    word("archive.countersignatures", "member", "ui-profile-signs-member"),
    optional_number("recording.silence_dbfs", "ui-profile-silence-level"),
    optional_number("recording.silence_seconds", "ui-profile-silence"),
    optional_number("recording.health.frozen_seconds", "ui-profile-frozen"),
    optional_number("recording.health.black_seconds", "ui-profile-black"),
    optional_number("recording.health.covered_seconds", "ui-profile-covered"),
    optional_number("recording.health.moved_seconds", "ui-profile-moved"),
    optional_number("checks.antivirus.max_age_days", "ui-profile-antivirus"),
];

/// All of these in one card.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Draft, fields: &[Field]) {
    named_card(ui, cx, |ui, cx| fields.iter().for_each(|field| one(ui, cx, draft, "", field)));
}

/// One of them; `above` is the table that it stands in, with a dot at its end.
pub fn one(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, above: &str, wanted: &Field) {
    let key = format!("{above}{}", wanted.key);
    let (name, value) = (cx.t(wanted.name), draft.value(&key));
    match wanted.kind {
        FieldKind::Written(kind) => {
            let mut typed = value.unwrap_or_default();
            let width = ui.available_width().min(640.0);
            if field(ui, cx.theme, &name, &mut typed, width).changed() {
                draft.set(&key, &typed, kind);
            }
        }
        FieldKind::Choice(words) => {
            let options: Vec<_> = words.iter().map(|(word, id)| ((*word).to_owned(), cx.t(id))).collect();
            let mut chosen = value.clone();
            choice(ui, cx.theme, &name, &options, &mut chosen);
            if let Some(word) = chosen.filter(|word| value.as_ref() != Some(word)) {
                draft.set(&key, &word, Kind::Text);
            }
        }
        FieldKind::Flag => {
            let before = value.as_deref() == Some("true");
            let mut on = before;
            tick(ui, cx.theme, &name, &mut on);
            if on != before {
                draft.set(&key, if on { "true" } else { "false" }, Kind::Flag);
            }
        }
        FieldKind::Word(word) => {
            let before = draft.has_word(&key, word);
            let mut on = before;
            tick(ui, cx.theme, &name, &mut on);
            if on != before {
                draft.set_word(&key, word, on);
            }
        }
    }
    // Of a list they stand where all of it is.
    if !matches!(wanted.kind, FieldKind::Word(_)) {
        fault_lines(ui, cx, draft, &key);
    }
}

/// What is wrong with this value, or with what is below it.
pub fn fault_lines(ui: &mut Ui, cx: &Cx<'_>, draft: &Draft, key: &str) {
    draft.faults_under(key).for_each(|fault| fault_line(ui, cx, &told(cx, fault)));
}

/// What is wrong and what would be right.
pub fn fault_line(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    let text = format!("{} {text}", sign(Tone::Bad));
    ui.label(theme::plain(text, theme::TEXT, cx.theme.bad));
}

/// A fault without its place: it stands beside that.
pub fn told(cx: &Cx<'_>, fault: &Fault) -> String {
    let text = cx.say(&fault.message());
    let place = match fault.spot.key.as_str() {
        "" => format!(":{}: ", fault.spot.line),
        key => format!(": {key}: "),
    };
    let told = text.split_once(&place).map_or(text.as_str(), |(_, told)| told);
    let mut letters = told.chars();
    // What was the end of a line is a sentence now.
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
