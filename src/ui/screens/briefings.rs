//! Briefings: the list at the left, the text at the right, and below it who has to sign.

use eframe::egui::Ui;

use super::papers;
use crate::briefing::Briefing;
use crate::i18n::Message;
use crate::point::BriefingId;
use crate::station::protocol::{BriefingLine, BriefingsCommand, Command};
use crate::ui::dialogs::{Consent, Dialog};
use crate::ui::model::{Cx, Screen, Wish};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, big_button, card, columns, label, row, sign, title};

#[derive(Default)]
pub struct Briefings {
    chosen: Option<BriefingId>,
    asked: Option<(BriefingId, u32)>,
    text: Option<Briefing>,
}

impl Briefings {
    /// The station's answer.
    pub fn take(&mut self, text: Briefing) {
        self.text = Some(text);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (theme, name) = (cx.theme, cx.t("ui-briefings-title"));
        row(
            ui,
            theme::ROW,
            |ui| papers::of_point(ui, cx, papers::BRIEFINGS, ""),
            |ui| title(ui, theme, &name),
        );
        let lines: &[BriefingLine] = cx.model.view.as_ref().map_or(&[], |view| &view.briefings);
        let open = lines.iter().find(|line| !line.unsigned.is_empty()).or(lines.first());
        let chosen = lines.iter().find(|line| Some(&line.id) == self.chosen.as_ref()).or(open);
        let Some(chosen) = chosen else {
            label(ui, cx.theme, &cx.t("ui-briefings-none"));
            return;
        };
        let wanted = (chosen.id.clone(), chosen.version);
        if self.asked.as_ref() != Some(&wanted) {
            cx.ask(Command::Briefings(BriefingsCommand::Read { briefing: chosen.id.clone() }));
            self.asked = Some(wanted);
        }
        let height = ui.available_height();
        columns(ui, 0.32, height, |left, right| {
            for line in lines {
                let (tone, on) = (tone_of(line), line.id == chosen.id);
                let name = cx.model.words.of(&line.title);
                let text = format!("{}  {name}", sign(tone));
                let width = left.available_width();
                let button = big_button(cx.theme, &text).selected(on).named(name).min_width(width);
                if left.add(button.text_size(theme::SMALL)).clicked() {
                    self.chosen = Some(line.id.clone());
                }
            }
            card(right, cx.theme, |ui| {
                let text = self.text.as_ref().filter(|text| text.id == chosen.id);
                for paragraph in text.iter().flat_map(|text| &text.paragraphs) {
                    ui.label(theme::plain(cx.model.words.of(paragraph), theme::TEXT, cx.theme.ink));
                    ui.add_space(theme::GAP_S);
                }
                readers(ui, cx, chosen, text.is_some());
            });
        });
    }
}

/// That somebody still has to sign, if so.
pub fn missing(ui: &mut Ui, cx: &mut Cx<'_>) {
    let unsigned = cx.model.view.as_ref().map_or(0, |view| view.unsigned_briefings());
    if unsigned == 0 {
        return;
    }
    let head = cx.say(&Message::new("ui-briefings-missing").with("count", unsigned));
    let go = cx.t("ui-briefings-go");
    if banner(ui, cx.theme, &Banner { tone: Tone::Warn, head: &head, body: "", button: Some(&go) }) {
        cx.wish(Wish::Go(Screen::Point));
    }
}

fn tone_of(line: &BriefingLine) -> Tone {
    if line.unsigned.is_empty() { Tone::Ok } else { Tone::Warn }
}

/// Who signed, and a button for each who still has to.
fn readers(ui: &mut Ui, cx: &mut Cx<'_>, line: &BriefingLine, is_read: bool) {
    let names = |people: &[crate::point::PersonId]| {
        people.iter().map(|person| cx.model.person_name(person)).collect::<Vec<_>>()
    };
    if !line.signed.is_empty() {
        let signed = Message::new("ui-briefings-signed").with("names", names(&line.signed).join(", "));
        label(ui, cx.theme, &cx.say(&signed));
    }
    for person in &line.unsigned {
        let text = Message::new("ui-briefings-sign").with("name", cx.model.person_name(person));
        let text = cx.say(&text);
        let button = big_button(cx.theme, &text);
        if ui.add_enabled(is_read && !cx.model.busy, button).clicked() {
            let (briefing, version) = (line.id.clone(), line.version);
            let command = Command::Briefings(BriefingsCommand::Sign { briefing, version });
            cx.open(Dialog::Consent(Consent::of_reader(command, person.clone())));
        }
    }
}
