//! Who is at the kiosk: choose the person, give the PIN; the first time choose one, twice.

use eframe::egui::Ui;
use zeroize::Zeroizing;

use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::protocol::{Command, PersonView, Pin};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, PinPad, banner, big_button, card, columns, heading, label, title};

#[derive(Default)]
pub struct SignIn {
    person: Option<PersonId>,
    pin: PinPad,
    /// A first PIN, typed once.
    first: Option<Zeroizing<String>>,
    /// The two did not agree.
    differed: bool,
}

impl SignIn {
    /// The station said no.
    pub fn refused(&mut self) {
        self.pin.clear();
        self.first = None;
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        title(ui, cx.theme, &cx.t("ui-sign-in-title"));
        columns(ui, 0.56, 520.0, |left, right| {
            card(left, cx.theme, |ui| self.people(ui, cx));
            card(right, cx.theme, |ui| self.pad(ui, cx));
        });
    }

    fn people(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        heading(ui, cx.theme, &cx.t("ui-sign-in-who"));
        let Some(view) = &cx.model.view else { return };
        for person in &view.point.people {
            let text = if person.post.is_empty() {
                person.name.clone()
            } else {
                format!("{} · {}", person.name, person.post)
            };
            let on = self.person.as_ref() == Some(&person.id);
            let width = ui.available_width();
            if ui
                .add(big_button(cx.theme, &text).selected(on).min_width(width).text_size(theme::TEXT))
                .clicked()
            {
                *self = Self { person: Some(person.id.clone()), ..Self::default() };
            }
        }
    }

    fn pad(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let chosen = self.person.as_ref().and_then(|id| cx.model.person(id)).cloned();
        let Some(person) = chosen else {
            heading(ui, cx.theme, &cx.t("ui-sign-in-pin"));
            label(ui, cx.theme, &cx.t("ui-sign-in-choose"));
            return;
        };
        let (head, text, enter) = match (person.has_pin, self.first.is_some()) {
            (true, _) => ("ui-sign-in-pin", "ui-sign-in-pin-text", "ui-sign-in-go"),
            (false, false) => ("ui-sign-in-first", "ui-sign-in-first-text", "ui-sign-in-next"),
            (false, true) => ("ui-sign-in-again", "ui-sign-in-again-text", "ui-sign-in-go"),
        };
        heading(ui, cx.theme, &cx.t(head));
        let message = Message::new(text).with("name", person.name.as_str());
        label(ui, cx.theme, &cx.say(&message));
        if self.differed {
            let text = cx.t("ui-sign-in-differed");
            banner(ui, cx.theme, &Banner { tone: Tone::Warn, head: &text, body: "", button: None });
        }
        let entered = ui
            .add_enabled_ui(!cx.model.busy, |ui| self.pin.show(ui, cx.theme, &cx.model.words, &cx.t(enter)))
            .inner;
        if entered {
            self.enter(cx, &person);
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>, person: &PersonView) {
        let pin = self.pin.take();
        self.differed = false;
        if person.has_pin {
            return cx.ask(Command::SignIn { person: person.id.clone(), pin: Pin(pin) });
        }
        match self.first.take() {
            None => self.first = Some(Zeroizing::new(pin)),
            Some(first) if *first == pin => {
                cx.ask(Command::SetPin { person: person.id.clone(), pin: Pin(pin) })
            }
            Some(_) => self.differed = true,
        }
    }
}
