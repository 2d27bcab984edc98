//! What the station is: what somebody asks who helps by telephone.

use eframe::egui::Ui;

use crate::i18n::Message;
use crate::station::protocol::{AboutStation, Command, ProfileCommand};
use crate::ui::model::{Cx, Station};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, card, heading, label};
use crate::ui::words::grouped;

#[derive(Default)]
pub struct About {
    asked: bool,
    told: Option<AboutStation>,
}

impl About {
    /// The station's answer.
    pub fn take(&mut self, about: AboutStation) {
        self.told = Some(about);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if !self.asked && cx.model.station == Station::Here {
            self.asked = true;
            cx.ask(Command::Profile(ProfileCommand::About));
        }
        let Some(told) = &self.told else { return };
        if told.profile_changed {
            let (head, body) = (cx.t("ui-about-profile-changed"), cx.t("ui-about-profile-changed-do"));
            let take_up = cx.t("ui-about-take-up");
            let button = Some(take_up.as_str()).filter(|_| !cx.model.busy);
            if banner(ui, cx.theme, &Banner { tone: Tone::Warn, head: &head, body: &body, button }) {
                cx.ask(Command::Profile(ProfileCommand::TakeUp));
            }
        }
        card(ui, cx.theme, |ui| {
            heading(ui, cx.theme, &cx.t("ui-about-program"));
            fact(ui, cx, "ui-about-version", &told.version);
            fact(ui, cx, "ui-about-data", &told.data_folder);
            if let Some(disk) = cx.model.view.as_ref().and_then(|view| view.live.disk.as_ref()) {
                fact(ui, cx, "ui-about-free", &cx.model.words.bytes(disk.free_bytes));
            }
            fact(ui, cx, "ui-about-log", &told.log);
            fact(ui, cx, "ui-about-key", &grouped(&told.device_key));
        });
        card(ui, cx.theme, |ui| {
            heading(ui, cx.theme, &cx.t("ui-about-rules"));
            let example = cx.t("ui-about-example");
            fact(ui, cx, "ui-about-profile", told.profile.as_deref().unwrap_or(&example));
            if let Some(sha256) = &told.profile_sha256 {
                fact(ui, cx, "ui-about-sha256", &grouped(&sha256.to_string()));
            }
            label(ui, cx.theme, &cx.t("ui-about-checklists"));
            let lists = cx.model.view.iter().flat_map(|view| view.point.checklists.every());
            for list in lists {
                let name = cx.model.words.of(&list.name);
                let line = Message::new("ui-about-checklist").with("name", name);
                let line = cx.say(&line.with("version", list.version));
                ui.label(theme::plain(line, theme::TEXT, cx.theme.ink));
            }
        });
    }
}

/// A name and its value below it, which wraps.
fn fact(ui: &mut Ui, cx: &Cx<'_>, name: &str, value: &str) {
    ui.spacing_mut().item_spacing.y = theme::GAP_XS;
    label(ui, cx.theme, &cx.t(name));
    ui.label(theme::code(value, theme::TEXT, cx.theme.ink));
    ui.add_space(theme::GAP_S);
}
