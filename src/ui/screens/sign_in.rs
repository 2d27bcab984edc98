//! Who is at the kiosk: choose the person, give the PIN; the first time choose one, twice. Where the profile
//! has a one-time code, that comes first.

use eframe::egui::Ui;
use zeroize::Zeroizing;

use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::protocol::{Command, FirstPin, PeopleCommand, PersonView, Pin};
use crate::ui::dialogs::{Dialog, NewPin};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, PinPad, banner, big_button, card, columns, heading, label, title};

#[derive(Default)]
pub struct SignIn {
    person: Option<PersonId>,
    pin: PinPad,
    /// The one-time code.
    code: Option<Zeroizing<String>>,
    /// A first PIN, typed once.
    first: Option<Zeroizing<String>>,
    /// The two did not agree.
    differed: bool,
}

impl SignIn {
    /// The station said no.
    pub fn refused(&mut self) {
        self.pin.clear();
        (self.code, self.first) = (None, None);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let locked = cx.model.view.as_ref().and_then(|view| view.locked.clone());
        let head = if locked.is_some() { "ui-sign-in-locked" } else { "ui-sign-in-title" };
        title(ui, cx.theme, &cx.t(head));
        if let Some(person) = &locked {
            let name = cx.model.person_name(person);
            label(ui, cx.theme, &cx.say(&Message::new("ui-sign-in-locked-text").with("name", name)));
        }
        if self.person.is_none() {
            self.person = locked;
        }
        columns(ui, 0.56, 520.0, |left, right| {
            card(left, cx.theme, |ui| self.people(ui, cx));
            card(right, cx.theme, |ui| self.pad(ui, cx));
        });
    }

    fn people(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        heading(ui, cx.theme, &cx.t("ui-sign-in-who"));
        let Some(view) = &cx.model.view else { return };
        for person in view.point.people.iter().filter(|person| !person.away) {
            let text = if person.post.is_empty() {
                person.name.clone()
            } else {
                format!("{} · {}", person.name, person.post)
            };
            let on = self.person.as_ref() == Some(&person.id);
            let width = ui.available_width();
            let button = big_button(cx.theme, &text).selected(on).min_width(width).text_size(theme::TEXT);
            let response = ui.add(button);
            if on {
                self.pin.belongs_to(response.id);
            } else if response.clicked() {
                *self = Self { person: Some(person.id.clone()), ..Self::default() };
            }
        }
    }

    fn pad(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let chosen = self.person.as_ref().and_then(|id| cx.model.person(id)).filter(|person| !person.away);
        let Some(person) = chosen.cloned() else {
            heading(ui, cx.theme, &cx.t("ui-sign-in-pin"));
            label(ui, cx.theme, &cx.t("ui-sign-in-choose"));
            return;
        };
        let (head, text, enter) = self.words(&person);
        heading(ui, cx.theme, &cx.t(head));
        let message = Message::new(text).with("name", person.name.as_str());
        label(ui, cx.theme, &cx.say(&message));
        if self.differed {
            let text = cx.t("ui-sign-in-differed");
            banner(ui, cx.theme, &Banner { tone: Tone::Warn, head: &text, body: "", button: None });
        }
        let wait_ms = person.waits_until_ms.map_or(0, |until| until - cx.model.now.utc_ms);
        if wait_ms > 0 {
            let wait = Message::new("ui-sign-in-wait").with("time", cx.model.words.eta(wait_ms as u64));
            let (head, body) = (cx.say(&wait), cx.t("ui-sign-in-wait-text"));
            banner(ui, cx.theme, &Banner { tone: Tone::Warn, head: &head, body: &body, button: None });
        }
        let free = !cx.model.busy && wait_ms <= 0;
        let enter = cx.t(enter);
        let shown = ui.add_enabled_ui(free, |ui| self.pin.show(ui, cx.theme, &cx.model.words, &enter));
        if shown.inner && free {
            self.enter(cx, &person);
        }
        ui.add_space(theme::GAP_S);
        other_ways(ui, cx, &person);
    }

    /// What is typed now: its heading, what to do, and the button.
    fn words(&self, person: &PersonView) -> (&'static str, &'static str, &'static str) {
        match (person.has_pin, person.first_pin, &self.code, &self.first) {
            (true, ..) => ("ui-sign-in-pin", "ui-sign-in-pin-text", "ui-sign-in-go"),
            (false, FirstPin::Code, None, _) => {
                ("ui-sign-in-code", "ui-sign-in-code-text", "ui-sign-in-next")
            }
            (false, _, _, Some(_)) => ("ui-sign-in-again", "ui-sign-in-again-text", "ui-sign-in-go"),
            (false, FirstPin::Witness, _, None) => {
                ("ui-sign-in-first", "ui-sign-in-witness-text", "ui-sign-in-next")
            }
            (false, ..) => ("ui-sign-in-first", "ui-sign-in-first-text", "ui-sign-in-next"),
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>, person: &PersonView) {
        let pin = Zeroizing::new(self.pin.take());
        self.differed = false;
        let id = person.id.clone();
        if person.has_pin {
            return cx.ask(Command::SignIn { person: id, pin: Pin(pin.to_string()) });
        }
        if person.first_pin == FirstPin::Code && self.code.is_none() {
            self.code = Some(pin);
            return;
        }
        match self.first.take() {
            None => self.first = Some(pin),
            Some(first) if first == pin => {
                let pin = Pin(pin.to_string());
                cx.ask(match &self.code {
                    Some(code) => {
                        let code = Pin(code.to_string());
                        Command::People(PeopleCommand::FirstPin { person: id, code, pin })
                    }
                    None => Command::SetPin { person: id, pin },
                });
            }
            Some(_) => self.differed = true,
        }
    }
}

/// Where the PIN is forgotten, or the person did not come.
fn other_ways(ui: &mut Ui, cx: &mut Cx<'_>, person: &PersonView) {
    let width = ui.available_width();
    let forgotten = cx.t("ui-sign-in-forgotten");
    let button = |text| big_button(cx.theme, text).min_width(width).small();
    if person.has_pin && ui.add_enabled(!cx.model.busy, button(&forgotten)).clicked() {
        cx.open(Dialog::NewPin(NewPin::forgotten(person.clone())));
    }
    let stand_in = cx.t("ui-sign-in-stand-in");
    let button = big_button(cx.theme, &stand_in).min_width(width).small();
    if ui.add_enabled(!cx.model.busy, button).clicked() {
        cx.open(Dialog::NewPin(NewPin::stand_in(person.clone())));
    }
}
