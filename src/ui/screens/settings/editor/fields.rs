//! Fields of the profile, each with its faults below it.

use eframe::egui::Ui;

use crate::i18n::Message;
use crate::point::draft::{Draft, Kind, usual};
use crate::tables::Fault;
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{big_button, choice, hinted_field, label, sign, tick};

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
    /// The list is there and has nothing in it.
    EmptyList,
    /// Better not there at all: shown where it is, with a button that takes it out.
    Stray,
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

pub const fn optional_number(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::OptionalNumber) }
}

pub const fn words(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::Words) }
}

pub const fn names(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Written(Kind::Names) }
}

pub const fn flag(key: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Flag }
}

pub const fn word(key: &'static str, word: &'static str, name: &'static str) -> Field {
    Field { key, name, kind: FieldKind::Word(word) }
}

pub const fn choice_of(
    key: &'static str,
    name: &'static str,
    words: &'static [(&'static str, &'static str)],
) -> Field {
    Field { key, name, kind: FieldKind::Choice(words) }
}

impl Field {
    pub fn is_number(&self) -> bool {
        matches!(self.kind, FieldKind::Written(Kind::Number | Kind::OptionalNumber))
    }
}

/// One of them; `above` is the table that it stands in, with a dot at its end.
pub fn one(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, above: &str, wanted: &Field) {
    let key = format!("{above}{}", wanted.key);
    let name = cx.t(wanted.name);
    let ticked = |ui: &mut Ui, before: bool| {
        let mut on = before;
        tick(ui, cx.theme, &name, &mut on);
        (on != before).then_some(on)
    };
    match wanted.kind {
        FieldKind::Written(kind) => written(ui, cx, draft, &key, &name, kind),
        FieldKind::Choice(words) => {
            let options: Vec<_> = words.iter().map(|(word, id)| ((*word).to_owned(), cx.t(id))).collect();
            let before = draft.value(&key).or_else(|| usual(&key));
            let mut chosen = before.clone();
            choice(ui, cx.theme, &name, &options, &mut chosen);
            if let Some(word) = chosen.filter(|word| before.as_ref() != Some(word)) {
                draft.set(&key, &word, Kind::Text);
            }
        }
        FieldKind::Flag => {
            let before = draft.value(&key).or_else(|| usual(&key)).as_deref() == Some("true");
            if let Some(on) = ticked(ui, before) {
                draft.set(&key, if on { "true" } else { "false" }, Kind::Flag);
            }
        }
        FieldKind::Word(word) => {
            if let Some(on) = ticked(ui, draft.has_word(&key, word)) {
                draft.set_word(&key, word, on);
            }
        }
        FieldKind::EmptyList => match ticked(ui, draft.value(&key).as_deref() == Some("")) {
            Some(true) => draft.set(&key, "", Kind::EmptyList),
            Some(false) => draft.set(&key, "", Kind::Words),
            None => {}
        },
        FieldKind::Stray => {
            let remove = big_button(cx.theme, &name).small();
            if draft.value(&key).is_some() && ui.add(remove).clicked() {
                draft.set(&key, "", Kind::OptionalText);
            }
        }
    }
    // Of a list they stand where all of it is.
    if !matches!(wanted.kind, FieldKind::Word(_) | FieldKind::EmptyList) {
        fault_lines(ui, cx, draft, &key);
    }
}

/// What is typed; what holds while nothing is stands there as a hint.
fn written(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, key: &str, name: &str, kind: Kind) {
    let value = draft.value(key);
    let is_list = matches!(kind, Kind::Words | Kind::Names);
    let hint = match usual(key) {
        Some(usual) => cx.say(&Message::new("ui-profile-usual").with("value", usual)),
        None if is_list && value.is_some() => cx.t("ui-profile-empty-list"),
        None => String::new(),
    };
    let mut typed = value.unwrap_or_default();
    let width = ui.available_width().min(640.0);
    let parted = is_list && draft.has_comma(key);
    let field = |ui: &mut Ui| hinted_field(ui, cx.theme, name, &mut typed, &hint, width).changed();
    if ui.add_enabled_ui(!parted, field).inner {
        draft.set(key, &typed, kind);
    }
    if parted {
        label(ui, cx.theme, &cx.t("ui-profile-parted"));
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
