//! Settings: how this window looks, types and sounds, what the station behind it is, and the profile of the
//! point that it goes by.

mod about;
mod editor;

use eframe::egui::Ui;

use crate::i18n::{Language, Message};
use crate::point::KeyboardUse;
use crate::station::protocol::Answer;
use crate::ui::model::{Cx, Wish};
use crate::ui::theme::{self, Look, Scale};
use crate::ui::widgets::{big_button, card, choice, heading, label, title};
use about::About;
use editor::Editor;

#[derive(Default)]
pub struct Settings {
    shown: Tab,
    about: About,
    editor: Editor,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Window,
    Station,
    Point,
}

impl Settings {
    /// The station's answer; given back if it is none to what is asked here.
    pub fn take(&mut self, answer: Answer) -> Option<Answer> {
        match answer {
            Answer::About(about) => self.about.take(*about),
            Answer::Profile(shown) => self.editor.take(*shown),
            Answer::NewCode(code) => self.editor.take_code(*code),
            other => return Some(other),
        }
        None
    }

    /// The window was locked: what is secret is not kept.
    pub fn wipe(&mut self) {
        self.editor.wipe();
    }

    /// The profile was saved: what is shown is old.
    pub fn saved(&mut self) {
        (self.about, self.editor) = Default::default();
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        title(ui, cx.theme, &cx.t("ui-screen-settings"));
        // The window is everybody's; of the station only whoever is signed in is told.
        let tabs = match cx.model.signed_in() {
            Some(_) => vec![
                (Tab::Window, "ui-settings-window"),
                (Tab::Station, "ui-settings-station"),
                (Tab::Point, "ui-settings-point"),
            ],
            None => Vec::new(),
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            for (tab, id) in &tabs {
                let text = cx.t(id);
                let button = big_button(cx.theme, &text).selected(*tab == self.shown).height(theme::ROW);
                if ui.add(button.text_size(theme::SMALL)).clicked() {
                    (self.shown, self.about) = (*tab, About::default());
                }
            }
        });
        match self.shown {
            Tab::Station if !tabs.is_empty() => self.about.show(ui, cx),
            Tab::Point if !tabs.is_empty() => self.editor.show(ui, cx),
            _ => window(ui, cx),
        }
    }
}

/// How it looks, types and sounds; each choice holds at once and for the next time.
fn window(ui: &mut Ui, cx: &mut Cx<'_>) {
    card(ui, cx.theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP_L;
        let languages = [(Language::Ru, "ui-settings-ru"), (Language::En, "ui-settings-en")];
        choose(ui, cx, "ui-settings-language", &languages, cx.model.words.language(), Wish::Speak);
        let looks = [
            (Look::Light, "ui-settings-light"),
            (Look::Dark, "ui-settings-dark"),
            (Look::HighContrast, "ui-settings-contrast"),
        ];
        choose(ui, cx, "ui-settings-look", &looks, cx.model.look, Wish::Wear);
        size(ui, cx);
        let whole = ui.ctx().input(|input| input.viewport().fullscreen);
        // The kiosk holds the screen, and a computer that does not tell lets nothing be asked.
        if let Some(whole) = whole.filter(|_| !cx.model.kiosk) {
            let ways = [(true, "ui-settings-whole-screen"), (false, "ui-settings-in-window")];
            choose(ui, cx, "ui-settings-screen", &ways, whole, Wish::Fill);
        }
    });
    card(ui, cx.theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP_M;
        let ways = [
            (KeyboardUse::Touch, "ui-settings-keyboard-touch"),
            (KeyboardUse::Always, "ui-settings-keyboard-always"),
            (KeyboardUse::Never, "ui-settings-keyboard-never"),
        ];
        choose(ui, cx, "ui-settings-keyboard", &ways, cx.model.keyboard_use(), Wish::Type);
    });
    card(ui, cx.theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP_M;
        heading(ui, cx.theme, &cx.t("ui-settings-sound"));
        label(ui, cx.theme, &cx.t("ui-settings-sound-text"));
        let text = cx.t("ui-sound-try");
        if ui.add(big_button(cx.theme, &text)).clicked() {
            cx.wish(Wish::TryTone);
        }
    });
}

fn size(ui: &mut Ui, cx: &mut Cx<'_>) {
    let percent =
        |scale: Scale| (scale, cx.say(&Message::new("ui-settings-percent").with("percent", scale.percent())));
    let options = Scale::ALL.map(percent);
    let mut chosen = Some(cx.model.scale);
    choice(ui, cx.theme, &cx.t("ui-settings-size"), &options, &mut chosen);
    if let Some(scale) = chosen.filter(|scale| *scale != cx.model.scale) {
        cx.wish(Wish::Draw(scale));
    }
}

/// One of several; `wish` is what choosing another one than `now` asks for.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    name: &str,
    options: &[(T, &str)],
    now: T,
    wish: fn(T) -> Wish,
) {
    let options: Vec<_> = options.iter().map(|(value, id)| (*value, cx.t(id))).collect();
    let mut chosen = Some(now);
    choice(ui, cx.theme, &cx.t(name), &options, &mut chosen);
    if let Some(value) = chosen.filter(|value| *value != now) {
        cx.wish(wish(value));
    }
}
