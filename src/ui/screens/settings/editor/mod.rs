//! The exam point's profile: a field for every value, each with what is wrong beside it, and its whole text.

mod entries;
mod fields;
mod groups;
#[cfg(test)]
mod keys_test;
mod lists;
mod parts;
mod review;
mod rights;
mod text;
mod zones;

use eframe::egui::Ui;

use crate::i18n::Message;
use crate::point::draft::Draft;
use crate::signing::Digest;
use crate::station::protocol::{Command, OneTimeCode, ProfileCommand, ProfileShown, TypedLogin};
use crate::ui::model::{Cx, Station};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, big_button, card, label, sign};
use entries::Entries;
use parts::{Part, Piece};
use review::Review;
use rights::Rights;
use zones::Zones;

#[derive(Default)]
pub struct Editor {
    /// Somebody looks at it, and the station was asked for it.
    asked: bool,
    opened: Option<Opened>,
    part: Part,
    entries: Entries,
    rights: Rights,
    zones: Zones,
    review: Review,
}

/// The profile while it is changed.
pub(super) struct Opened {
    draft: Draft,
    base: Option<Digest>,
    /// Why it can't be changed now.
    closed: Option<Message>,
    /// Logins of cameras that were typed here, by their marks in the draft.
    logins: Vec<TypedLogin>,
}

impl Editor {
    /// The station's answer.
    pub fn take(&mut self, shown: ProfileShown) {
        let ProfileShown { text, base, closed } = shown;
        self.opened = Some(Opened { draft: Draft::new(text.0), base, closed, logins: Vec::new() });
        (self.entries, self.review) = Default::default();
    }

    /// The station's answer: a code for the person that it was asked for.
    pub fn take_code(&mut self, code: OneTimeCode) {
        if let Some(opened) = &mut self.opened {
            self.entries.take_code(&mut opened.draft, code);
        }
    }

    /// The window was locked: what is secret is not kept.
    pub fn wipe(&mut self) {
        self.entries.wipe();
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if !self.asked && cx.model.station == Station::Here {
            self.asked = true;
            cx.ask(Command::Profile(ProfileCommand::Read));
        }
        if self.opened.is_none() {
            label(ui, cx.theme, &cx.t("ui-profile-asked"));
            let again = cx.t("ui-profile-again");
            if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &again)).clicked() {
                self.asked = false;
            }
            return;
        }
        self.state(ui, cx);
        self.parts(ui, cx);
        self.steps(ui, cx);
        let Self { opened, part, entries, rights, zones, review, .. } = self;
        let Some(opened) = opened else { return };
        let free = opened.closed.is_none();
        ui.add_enabled_ui(free, |ui| {
            for piece in part.pieces() {
                match piece {
                    Piece::Group(group) => group.show(ui, cx, &mut opened.draft),
                    Piece::List(list) => entries.show(ui, cx, opened, list),
                    Piece::Zones => zones.show(ui, cx, &mut opened.draft),
                    Piece::Rights => rights.show(ui, cx, &mut opened.draft),
                }
            }
            match part {
                Part::Text => text::show(ui, cx, &mut opened.draft),
                Part::Review => review.show(ui, cx, opened),
                _ => {}
            }
        });
    }

    /// Whether it can be changed now, and whether there is one at all.
    fn state(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(opened) = &self.opened else { return };
        let (tone, head, body) = match (&opened.closed, opened.base) {
            (Some(why), _) => (Tone::Warn, cx.t("ui-profile-closed"), cx.say(why)),
            (None, None) => (Tone::Accent, cx.t("ui-profile-none"), cx.t("ui-profile-none-do")),
            _ => return,
        };
        banner(ui, cx.theme, &Banner { tone, head: &head, body: &body, button: None });
    }

    /// The parts, each with the number of its faults; those of no field stand at the whole text.
    fn parts(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(Opened { draft, .. }) = &self.opened else { return };
        let of = |part: Part| draft.faults().iter().filter(|fault| part.holds(&fault.spot.key)).count();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            for part in Part::ALL {
                let faults = if part == Part::Text { draft.faults().len() } else { of(part) };
                let name = cx.t(part.text_id());
                let text = if faults > 0 { format!("{name}  {} {faults}", sign(Tone::Bad)) } else { name };
                let button = big_button(cx.theme, &text).selected(part == self.part).height(theme::ROW);
                if ui.add(button.text_size(theme::SMALL)).clicked() {
                    (self.part, self.entries) = (part, Entries::default());
                }
            }
        });
    }

    /// A step back, the file anew, and on to saving.
    fn steps(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(opened) = &mut self.opened else { return };
        let (draft, free) = (&mut opened.draft, opened.closed.is_none());
        let [back, again, review] =
            ["ui-profile-back", "ui-profile-again", "ui-profile-review"].map(|id| cx.t(id));
        let mut reread = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            let small = |text| big_button(cx.theme, text).small();
            if ui.add_enabled(draft.can_go_back(), small(&back)).clicked() {
                draft.go_back();
                self.review = Review::default();
            }
            reread = ui.add_enabled(!cx.model.busy, small(&again)).clicked();
            let ready = draft.is_changed() && draft.faults().is_empty() && free;
            let button = small(&review).selected(self.part == Part::Review);
            if ui.add_enabled(ready, button).clicked() {
                (self.part, self.review) = (Part::Review, Review::default());
            }
        });
        if draft.is_changed() && !draft.faults().is_empty() {
            let faults = Message::new("ui-profile-faults").with("count", draft.faults().len());
            label(ui, cx.theme, &cx.say(&faults));
        }
        if reread {
            *self = Self { part: self.part, ..Self::default() };
        }
    }
}

/// A card with a name for what is in it.
fn named_card(ui: &mut Ui, cx: &mut Cx<'_>, add: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    card(ui, cx.theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP_M;
        add(ui, cx);
    });
}
