//! A PIN is forgotten, or somebody stands in for an ill person: why, then the new PIN, twice. The head's
//! consent is asked for after that.

use std::fmt;

use eframe::egui::{Context, Ui};
use zeroize::Zeroizing;

use super::ask;
use crate::i18n::Message;
use crate::station::protocol::{Command, PeopleCommand, PersonView, Pin};
use crate::ui::model::Cx;
use crate::ui::theme::Tone;
use crate::ui::widgets::{Ask, Banner, Foot, PinPad, banner, dialog, field, label};

pub struct NewPin {
    person: PersonView,
    stand_in: bool,
    /// Of whoever stands in.
    name: String,
    reason: String,
    /// The words are written: digits are typed.
    digits: bool,
    pin: PinPad,
    /// The PIN, typed once.
    first: Option<Zeroizing<String>>,
    differed: bool,
}

impl fmt::Debug for NewPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPin").field("person", &self.person.id).finish_non_exhaustive()
    }
}

impl NewPin {
    pub fn forgotten(person: PersonView) -> Self {
        Self {
            person,
            stand_in: false,
            name: String::new(),
            reason: String::new(),
            digits: false,
            pin: PinPad::default(),
            first: None,
            differed: false,
        }
    }

    pub fn stand_in(person: PersonView) -> Self {
        Self { stand_in: true, ..Self::forgotten(person) }
    }

    pub fn refused(&mut self) {
        self.pin.clear();
        self.first = None;
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = if self.stand_in { "ui-stand-in-title" } else { "ui-new-pin-title" };
        let title = cx.say(&Message::new(title).with("name", self.person.name.as_str()));
        let ask = Ask { width: 560.0, ..ask(cx, title, (!self.digits).then_some("ui-new-pin-next")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            if self.digits {
                self.pad(ui, cx);
                return false;
            }
            self.words(ui, cx)
        });
        if foot == Foot::Go {
            self.digits = true;
        }
        foot != Foot::Leave
    }

    /// True when all of them are written.
    fn words(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> bool {
        let width = ui.available_width();
        let (text, reason) = match self.stand_in {
            true => ("ui-stand-in-text", "ui-stand-in-reason"),
            false => ("ui-new-pin-text", "ui-new-pin-reason"),
        };
        label(ui, cx.theme, &cx.t(text));
        if self.stand_in {
            field(ui, cx.theme, &cx.t("ui-stand-in-name"), &mut self.name, width);
        }
        field(ui, cx.theme, &cx.t(reason), &mut self.reason, width);
        !self.reason.trim().is_empty() && (!self.stand_in || !self.name.trim().is_empty())
    }

    fn pad(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (text, enter) = match self.first {
            None => ("ui-new-pin-choose", "ui-new-pin-next"),
            Some(_) => ("ui-new-pin-again", "ui-new-pin-go"),
        };
        label(ui, cx.theme, &cx.t(text));
        if self.differed {
            let text = cx.t("ui-sign-in-differed");
            banner(ui, cx.theme, &Banner { tone: Tone::Warn, head: &text, body: "", button: None });
        }
        let enter = cx.t(enter);
        let shown =
            ui.add_enabled_ui(!cx.model.busy, |ui| self.pin.show(ui, cx.theme, &cx.model.words, &enter));
        if shown.inner {
            self.entered(cx);
        }
    }

    fn entered(&mut self, cx: &mut Cx<'_>) {
        let pin = Zeroizing::new(self.pin.take());
        self.differed = false;
        match self.first.take() {
            None => self.first = Some(pin),
            Some(first) if first == pin => {
                let (person, pin) = (self.person.id.clone(), Pin(pin.to_string()));
                let reason = self.reason.trim().to_owned();
                cx.ask(Command::People(match self.stand_in {
                    true => {
                        let name = self.name.trim().to_owned();
                        PeopleCommand::StandIn { replaced: person, name, pin, reason }
                    }
                    false => PeopleCommand::RenewPin { person, pin, reason },
                }));
            }
            Some(_) => self.differed = true,
        }
    }
}
