//! The checklists of the day, or of the days before and after it: the steps of one at the left, the step
//! at hand at the right.

mod list;
mod measured;
mod photos;
mod result;

use eframe::egui::{Ui, vec2};

use crate::checklist::{CheckKind, Checklist, Photo, Span, Step, StepKind};
use crate::day::{CheckDay, StepState};
use crate::i18n::Message;
use crate::journal::Outcome;
use crate::point::{ChecklistId, StepId};
use crate::station::protocol::Command;
use crate::ui::dialogs::{CompareClock, Dialog, NameExam, StepNote, Waive};
use crate::ui::line::Looks;
use crate::ui::model::{Cx, Wish};
use crate::ui::next;
use crate::ui::pictures::Pictures;
use crate::ui::screens::going::Going;
use crate::ui::screens::references::References;
use crate::ui::screens::{briefings, papers};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, big_button, card, columns, label, row, sign, title};
use list::list;
use photos::Photos;
use result::result;

#[derive(Default)]
pub struct Check {
    /// Chosen by hand; else the one at hand.
    list: Option<ChecklistId>,
    /// Chosen by hand; else the first step that is not settled.
    chosen: Option<StepId>,
    references: References,
    photos: Photos,
}

impl Check {
    /// The pictures that it needs.
    pub fn looks_at(&self) -> Looks {
        // One of them is on screen at most.
        let photos = self.photos.looks_at();
        if photos.cameras.is_empty() { self.references.looks_at() } else { photos }
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, pictures: &Pictures) {
        self.references.hide();
        self.photos.hide();
        let Some(view) = &cx.model.view else { return };
        let Some(going) = Going::of(view) else { return no_exam(ui, cx) };
        let checklist = self.choose(ui, cx, &going);
        if let Some(exam) = going.exam().filter(|_| checklist.span != Span::InDay) {
            let text = Message::new("ui-check-for-exam").with("date", cx.model.words.date(exam.date));
            let mut pressed = false;
            row(
                ui,
                theme::ROW,
                |ui| {
                    let other = cx.t("ui-check-other-exam");
                    let button = big_button(cx.theme, &other).small();
                    pressed = ui.add_enabled(!cx.model.busy, button).clicked();
                },
                |ui| label(ui, cx.theme, &cx.model.say(&text)),
            );
            if pressed {
                cx.open(Dialog::NameExam(NameExam::default()));
            }
        }
        let name = cx.model.words.of(&checklist.name).to_owned();
        let until_ms = going.until_ms(checklist);
        let until = going.time(cx, checklist, until_ms);
        let Some(check) = going.check(checklist) else {
            return self.start(ui, cx, checklist, &name, &until);
        };
        let (theme, (settled, steps)) = (cx.theme, next::progress(checklist, check));
        row(
            ui,
            theme::ROW,
            |ui| {
                papers::of_check(ui, cx, checklist.span);
                let text = progress_text(cx, check, (settled, steps), (until_ms, until));
                ui.label(theme::plain(text, theme::TEXT, theme.dim));
            },
            |ui| title(ui, theme, &name),
        );
        let height = ui.available_height();
        let first_open = checklist.steps.iter().find(|step| !is_settled(check, step)).map(|step| &step.id);
        let at = self.chosen.as_ref().or(first_open).cloned();
        let at = at.or_else(|| checklist.steps.last().map(|step| step.id.clone()));
        let step = at.as_ref().and_then(|id| checklist.step(id));
        columns(ui, 0.3, height, |left, right| {
            if let Some(chosen) = list(left, cx, checklist, check, step) {
                self.chosen = Some(chosen);
            }
            card(right, cx.theme, |ui| {
                if let Some(step) = step {
                    self.step(ui, cx, checklist, check, step);
                    if step.rules.photo.is_some() {
                        self.photos.show(ui, cx, view, (checklist, check, step), pictures);
                    }
                    let asked = step.check == Some(CheckKind::References) && check.finished_at_ms.is_none();
                    if let Some(day) = view.day.as_ref().filter(|_| asked) {
                        self.references.show(ui, cx, view, day, pictures);
                    }
                }
                run_all(ui, cx, checklist, check);
                self.finish(ui, cx, checklist, check, until_ms, settled == steps);
            });
        });
    }

    /// The row of checklists, if there are several; the one that is shown.
    fn choose<'a>(&mut self, ui: &mut Ui, cx: &Cx<'_>, going: &Going<'a>) -> &'a Checklist {
        let named = |id: &ChecklistId| going.lists.iter().find(|list| list.id == *id).copied();
        let before = self.list.as_ref().and_then(named).unwrap_or(going.at_hand);
        let mut shown = before;
        if going.lists.len() > 1 {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.y = theme::GAP_S;
                for list in &going.lists {
                    let name = cx.model.words.of(&list.name);
                    let done = going.is_finished(list);
                    let text = if done { format!("{}  {name}", sign(Tone::Ok)) } else { name.to_owned() };
                    let on = list.id == before.id;
                    let button = big_button(cx.theme, &text).selected(on).named(name);
                    if ui.add(button.small()).clicked() {
                        shown = list;
                    }
                }
            });
        }
        if shown.id != before.id {
            self.list = Some(shown.id.clone());
            self.chosen = None;
        }
        shown
    }

    fn start(&self, ui: &mut Ui, cx: &mut Cx<'_>, checklist: &Checklist, name: &str, until: &str) {
        title(ui, cx.theme, name);
        card(ui, cx.theme, |ui| {
            let text =
                Message::new("ui-next-check-text").with("steps", checklist.steps.len()).with("until", until);
            ui.label(theme::plain(cx.say(&text), theme::TEXT, cx.theme.ink));
            ui.add_space(theme::GAP_M);
            let go = cx.t("ui-check-start");
            if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &go).main()).clicked() {
                cx.ask(Command::StartCheck { checklist: checklist.id.clone() });
            }
        });
    }

    fn step(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, checklist: &Checklist, check: &CheckDay, step: &Step) {
        let (theme, words) = (cx.theme, &cx.model.words);
        let number = checklist.steps.iter().position(|s| s.id == step.id).map_or(0, |at| at + 1);
        let kind = match step.kind {
            StepKind::Manual => "ui-step-manual",
            StepKind::Automatic => "ui-step-automatic",
            StepKind::Both => "ui-step-both",
        };
        label(ui, theme, &cx.say(&Message::new(kind).with("number", number)));
        title(ui, theme, words.of(&step.title));
        ui.label(theme::plain(words.of(&step.text), theme::TEXT, theme.ink));
        let expected = Message::new("ui-step-expected").with("text", words.of(&step.expected));
        label(ui, theme, &cx.say(&expected));
        let done = check.steps.get(&step.id);
        if let Some(done) = done {
            result(ui, cx, step, done);
        }
        if step.rules.tone {
            let text = cx.t("ui-sound-try");
            if ui.add(big_button(theme, &text)).clicked() {
                cx.wish(Wish::TryTone);
            }
        }
        ui.add_space(theme::GAP_M);
        if check.finished_at_ms.is_none() {
            self.buttons(ui, cx, checklist, check, step);
        }
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        checklist: &Checklist,
        check: &CheckDay,
        step: &Step,
    ) {
        let theme = cx.theme;
        let done = check.steps.get(&step.id);
        let (list, id) = (checklist.id.clone(), step.id.clone());
        let running = (list.clone(), id.clone());
        let runs = cx.model.view.as_ref().is_some_and(|view| view.live.running_steps.contains(&running));
        let state = done.map(|done| &done.state);
        let failed = matches!(state, Some(StepState::Done(Outcome::Failed | Outcome::Unknown)));
        let settled = state.is_some_and(StepState::is_settled);
        let automatic = step.kind != StepKind::Manual;
        // A step for both is run first, and confirmed once its check has passed.
        let confirm = step.kind == StepKind::Manual || state == Some(&StepState::AwaitsConfirmation);
        // Its picture comes first.
        let ready = step.rules.photo != Some(Photo::Required) || check.photos.contains_key(&step.id);
        if runs {
            ui.horizontal(|ui| {
                ui.label(theme::strong("●", theme::TEXT, theme.accent));
                ui.label(theme::strong(cx.t("ui-step-runs"), theme::TEXT, theme.accent));
            });
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(theme::GAP_M, theme::GAP_M);
            let free = !cx.model.busy;
            let is_clock = step.check == Some(CheckKind::Clock);
            if confirm && !settled && is_clock {
                let text = cx.t("ui-step-compare");
                if ui.add_enabled(free, big_button(theme, &text).main()).clicked() {
                    cx.open(Dialog::CompareClock(CompareClock::new(list.clone(), id.clone())));
                }
            } else if confirm && !settled {
                let text = cx.t("ui-step-confirm");
                let button = big_button(theme, &text);
                let button = if ready { button.main() } else { button };
                if ui.add_enabled(free && ready, button).clicked() {
                    self.chosen = None;
                    said_so(cx, &list, step);
                }
                let text = cx.t("ui-step-not-so");
                if ui.add_enabled(free, big_button(theme, &text)).clicked() {
                    cx.open(Dialog::StepNote(StepNote::new(list.clone(), id.clone())));
                }
            }
            if automatic {
                let text = cx.t(if done.is_some() { "ui-step-repeat" } else { "ui-step-run" });
                let button = big_button(theme, &text);
                let button = if confirm || settled { button } else { button.main() };
                if ui.add_enabled(free, button).clicked() {
                    self.chosen = if settled { Some(id.clone()) } else { None };
                    cx.ask(Command::RunStep { checklist: list.clone(), step: id.clone() });
                }
            }
            if failed {
                let text = cx.t("ui-step-waive");
                if ui.add_enabled(free, big_button(theme, &text)).clicked() {
                    cx.open(Dialog::Waive(Waive::new(list.clone(), id.clone())));
                }
            }
        });
    }

    fn finish(
        &self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        checklist: &Checklist,
        check: &CheckDay,
        until_ms: i64,
        all: bool,
    ) {
        let theme = cx.theme;
        let main = cx.model.view.as_ref().is_some_and(|view| view.point.checklists.main.id == checklist.id);
        if main && check.finished_at_ms.is_none() {
            briefings::missing(ui, cx);
        }
        if let Some(at_ms) = check.finished_at_ms {
            let text = cx.say(&Message::new("ui-check-finished").with("time", cx.model.clock(at_ms)));
            let again = checklist.every_minutes.map(|_| {
                let due = cx.say(&Message::new("ui-check-next-round").with("time", cx.model.clock(until_ms)));
                (due, cx.t("ui-check-begin-round"))
            });
            let (body, button) = match &again {
                Some((due, begin)) => (due.as_str(), Some(begin.as_str())),
                None => ("", None),
            };
            if banner(ui, theme, &Banner { tone: Tone::Ok, head: &text, body, button }) {
                cx.ask(Command::StartCheck { checklist: checklist.id.clone() });
            }
            return;
        }
        let blocked = checklist.steps.iter().any(|step| step.blocking && !is_settled(check, step));
        if blocked {
            return;
        }
        ui.add_space(theme::GAP_M);
        let text = cx.t("ui-check-finish");
        let button = big_button(theme, &text);
        let button = if all { button.main() } else { button };
        if ui.add_enabled(!cx.model.busy, button).clicked() {
            cx.ask(Command::FinishCheck { checklist: checklist.id.clone() });
        }
    }
}

/// One press for all automatic steps that are still to be run.
fn run_all(ui: &mut Ui, cx: &mut Cx<'_>, checklist: &Checklist, check: &CheckDay) {
    let runs = cx.model.view.as_ref().is_some_and(|view| !view.live.running_steps.is_empty());
    let is_open = |step: &&Step| step.check.is_some() && !check.steps.contains_key(&step.id);
    let open = checklist.steps.iter().filter(is_open).count();
    if open < 2 || runs || check.finished_at_ms.is_some() {
        return;
    }
    ui.add_space(theme::GAP_M);
    let text = cx.say(&Message::new("ui-check-run-all").with("count", open));
    if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &text)).clicked() {
        cx.ask(Command::RunAutomatic { checklist: checklist.id.clone() });
    }
}

/// The step is as it should be; some ask for a note with it, some for a second person.
fn said_so(cx: &mut Cx<'_>, list: &ChecklistId, step: &Step) {
    if step.rules.note {
        return cx.open(Dialog::StepNote(StepNote::passed(list.clone(), step)));
    }
    let (checklist, id, note) = (list.clone(), step.id.clone(), String::new());
    let command = Command::ConfirmStep { checklist, step: id, outcome: Outcome::Passed, note };
    cx.wish(if step.rules.two_persons { Wish::AskTogether(command) } else { Wish::Ask(command) });
}

/// Nobody said when the next exam is: nothing can be prepared for it.
fn no_exam(ui: &mut Ui, cx: &mut Cx<'_>) {
    title(ui, cx.theme, &cx.t("ui-check-no-exam"));
    card(ui, cx.theme, |ui| {
        label(ui, cx.theme, &cx.t("ui-check-no-exam-text"));
        ui.add_space(theme::GAP_M);
        let go = cx.t("ui-check-name-exam");
        if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &go).main()).clicked() {
            cx.open(Dialog::NameExam(NameExam::default()));
        }
    });
}

fn is_settled(check: &CheckDay, step: &Step) -> bool {
    check.steps.get(&step.id).is_some_and(|done| done.state.is_settled())
}

fn progress_text(
    cx: &Cx<'_>,
    check: &CheckDay,
    (settled, steps): (usize, usize),
    (until_ms, until): (i64, String),
) -> String {
    let left_ms = until_ms - cx.model.now.utc_ms;
    let id = match () {
        () if check.finished_at_ms.is_some() => "ui-check-progress",
        () if left_ms < 0 => "ui-check-progress-late",
        () => "ui-check-progress-left",
    };
    let left = cx.model.words.hours(left_ms);
    cx.say(
        &Message::new(id)
            .with("settled", settled)
            .with("steps", steps)
            .with("until", until)
            .with("left", left),
    )
}
