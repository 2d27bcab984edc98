//! The exam point's profile: fields for what every point has, each with what is wrong beside it, and its whole
//! text for everything else.

mod entries;
mod fields;
mod lists;
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

/// What of it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Point,
    Rooms,
    Cameras,
    People,
    Rights,
    Times,
    /// What the access log and the requests can be about.
    Words,
    Limits,
    Text,
    /// What was changed, and the button that saves it.
    Review,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Point,
        Self::Rooms,
        Self::Cameras,
        Self::People,
        Self::Rights,
        Self::Times,
        Self::Words,
        Self::Limits,
        Self::Text,
    ];

    fn text_id(self) -> &'static str {
        match self {
            Self::Point => "ui-profile-point",
            Self::Rooms => "ui-profile-rooms",
            Self::Cameras => "ui-profile-cameras",
            Self::People => "ui-profile-people",
            Self::Rights => "ui-profile-rights",
            Self::Times => "ui-profile-times",
            Self::Words => "ui-profile-words",
            Self::Limits => "ui-profile-limits",
            Self::Text => "ui-profile-text",
            Self::Review => "ui-profile-review",
        }
    }

    /// The keys whose faults stand there.
    fn keys(self) -> Vec<&'static str> {
        match self {
            Self::Point => fields::POINT.iter().map(|field| field.key).collect(),
            Self::Times => {
                let times = fields::TIMES.iter().map(|field| field.key);
                times.chain([lists::PHASES.key]).collect()
            }
            Self::Words => vec![lists::ACTIONS.key, lists::REQUESTS.key],
            Self::Limits => fields::LIMITS.iter().map(|field| field.key).collect(),
            Self::Rooms => vec!["rooms", "zones", "timetable.start", "timetable.longer"],
            Self::Cameras => vec!["cameras"],
            Self::People => vec!["people"],
            Self::Rights => vec!["rights"],
            Self::Text | Self::Review => Vec::new(),
        }
    }
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
        ui.add_enabled_ui(free, |ui| match part {
            Part::Point => fields::show(ui, cx, &mut opened.draft, &fields::POINT),
            Part::Times => {
                fields::show(ui, cx, &mut opened.draft, &fields::TIMES);
                entries.show(ui, cx, opened, &lists::PHASES);
            }
            Part::Words => {
                entries.show(ui, cx, opened, &lists::ACTIONS);
                entries.show(ui, cx, opened, &lists::REQUESTS);
            }
            Part::Limits => fields::show(ui, cx, &mut opened.draft, &fields::LIMITS),
            Part::Rooms => {
                entries.show(ui, cx, opened, &lists::ROOMS);
                zones.show(ui, cx, &mut opened.draft);
            }
            Part::Cameras => entries.show(ui, cx, opened, &lists::CAMERAS),
            Part::People => entries.show(ui, cx, opened, &lists::PEOPLE),
            Part::Rights => rights.show(ui, cx, &mut opened.draft),
            Part::Text => text::show(ui, cx, &mut opened.draft),
            Part::Review => review.show(ui, cx, opened),
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
        let of =
            |part: Part| part.keys().into_iter().map(|key| draft.faults_under(key).count()).sum::<usize>();
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
            let small = |text| big_button(cx.theme, text).height(theme::ROW).text_size(theme::SMALL);
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
