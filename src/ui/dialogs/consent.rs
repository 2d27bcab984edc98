//! A second person consents at this screen: who, and their PIN.

use std::fmt;

use eframe::egui::Context;

use super::ask;
use crate::i18n::{Arg, Message};
use crate::point::{PersonId, Right};
use crate::station::protocol::{Approval, Command, PersonView, Pin};
use crate::ui::model::{Cx, Wish};
use crate::ui::theme;
use crate::ui::widgets::{Ask, Foot, PinPad, big_button, columns, dialog, label};

pub struct Consent {
    command: Command,
    /// What it is asked for.
    why: Message,
    person: Option<PersonId>,
    whose: Whose,
    pin: PinPad,
}

/// Who is offered.
enum Whose {
    /// Whoever else has this right.
    With(Right),
    /// Nobody else can.
    Own(PersonId),
}

impl fmt::Debug for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consent").field("command", &self.command).finish_non_exhaustive()
    }
}

impl Consent {
    /// The one signed in lacks a right; `refused` names it. None: it names none that is known here.
    pub fn new(command: Command, refused: &Message) -> Option<Self> {
        let Some(Arg::Text(name)) = refused.args.get("right") else { return None };
        let whose = Whose::With(Right::named(name)?);
        let why = Message { id: "ui-consent-right".to_owned(), ..refused.clone() };
        Some(Self { command, why, person: None, whose, pin: PinPad::default() })
    }

    /// The form wants two signatures, whoever is signed in.
    pub fn second_signer(command: Command) -> Self {
        let why = Message::new("ui-consent-second");
        Self { command, why, person: None, whose: Whose::With(Right::SecondSign), pin: PinPad::default() }
    }

    /// This person says for themselves that they have read something.
    pub fn of_reader(command: Command, person: PersonId) -> Self {
        let why = Message::new("ui-consent-reader");
        Self { command, why, person: None, whose: Whose::Own(person), pin: PinPad::default() }
    }

    pub fn refused(&mut self) {
        self.pin.clear();
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-consent-title");
        let ask = Ask { width: 760.0, ..ask(cx, title, None) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.say(&self.why));
            ui.add_space(theme::GAP_S);
            columns(ui, 0.56, 400.0, |left, right| {
                self.people(left, cx);
                right.add_enabled_ui(self.person.is_some() && !cx.model.busy, |ui| {
                    let enter = cx.t("ui-consent-go");
                    if self.pin.show(ui, cx.theme, &cx.model.words, &enter)
                        && let Some(person) = self.person.clone()
                    {
                        let approval = Approval { person, pin: Pin(self.pin.take()) };
                        cx.wish(Wish::AskApproved(self.command.clone(), approval));
                    }
                });
            });
            false
        });
        foot != Foot::Leave
    }

    fn people(&mut self, ui: &mut eframe::egui::Ui, cx: &Cx<'_>) {
        label(ui, cx.theme, &cx.t("ui-consent-who"));
        let Some(view) = &cx.model.view else { return };
        let is_other = |person: &PersonView| Some(&person.id) != view.signed_in.as_ref();
        let asked = |person: &&PersonView| match &self.whose {
            Whose::With(right) => is_other(person) && person.may(*right),
            Whose::Own(own) => person.id == *own,
        };
        let people = view.point.people.iter();
        if !people.clone().any(|person| asked(&person)) {
            label(ui, cx.theme, &cx.t("ui-consent-nobody"));
        }
        for person in people.filter(asked) {
            let text = words_for(cx, person);
            let on = self.person.as_ref() == Some(&person.id);
            let width = ui.available_width();
            let button = big_button(cx.theme, &text).selected(on).min_width(width).text_size(theme::TEXT);
            let response = ui.add_enabled(person.has_pin, button);
            if on {
                self.pin.belongs_to(response.id);
            } else if response.clicked() {
                self.person = Some(person.id.clone());
                self.pin.clear();
            }
        }
    }
}

fn words_for(cx: &Cx<'_>, person: &PersonView) -> String {
    let shown = if person.post.is_empty() {
        person.name.clone()
    } else {
        format!("{}, {}", person.name, person.post)
    };
    if person.has_pin { shown } else { cx.say(&Message::new("ui-consent-no-pin").with("person", shown)) }
}
