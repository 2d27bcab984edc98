//! What was changed, value by value, and the button that saves it.

use eframe::egui::Ui;

use super::{Opened, named_card};
use crate::i18n::Message;
use crate::point::draft::Change;
use crate::point::logins;
use crate::station::protocol::{Command, ProfileCommand, ProfileText};
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::{big_button, heading, label};

/// More of them nobody reads; how many there are is told.
const MOST_SHOWN: usize = 200;

#[derive(Default)]
pub struct Review {
    /// Compared once, when somebody comes here.
    changes: Option<Vec<Change>>,
}

impl Review {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, opened: &Opened) {
        let changes = self.changes.get_or_insert_with(|| opened.draft.changes());
        named_card(ui, cx, |ui, cx| {
            heading(ui, cx.theme, &cx.say(&Message::new("ui-profile-changes").with("count", changes.len())));
            if changes.is_empty() {
                label(ui, cx.theme, &cx.t("ui-profile-comments"));
            }
            for change in changes.iter().take(MOST_SHOWN) {
                let value = |value: &Option<String>| {
                    value.as_deref().map_or_else(|| cx.t("ui-profile-nothing"), logins::veiled)
                };
                ui.label(theme::code(&change.key, theme::TEXT, cx.theme.ink));
                let was = Message::new("ui-profile-was").with("before", value(&change.before));
                label(ui, cx.theme, &cx.say(&was.with("after", value(&change.after))));
            }
            label(ui, cx.theme, &cx.t("ui-profile-save-how"));
            let save = cx.t("ui-profile-save");
            let sound = opened.draft.is_changed() && opened.draft.faults().is_empty();
            let button = big_button(cx.theme, &save).main();
            if ui.add_enabled(sound && !cx.model.busy, button).clicked() {
                let text = ProfileText(opened.draft.text().to_owned());
                let (base, logins) = (opened.base, opened.logins.clone());
                cx.ask(Command::Profile(ProfileCommand::Save { text, base, logins }));
            }
        });
    }
}
