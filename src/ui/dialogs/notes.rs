//! What a person says of a step of the check: what was wrong, or why it may stand.

use eframe::egui::Context;

use super::ask;
use crate::checklist::Step;
use crate::journal::Outcome;
use crate::point::{ChecklistId, StepId};
use crate::station::protocol::Command;
use crate::ui::model::{Cx, Wish};
use crate::ui::widgets::{Foot, dialog, field, label};

/// What is written down with a step: that it was not as expected, or what it asks for.
#[derive(Debug)]
pub struct StepNote {
    checklist: ChecklistId,
    step: StepId,
    note: String,
    outcome: Outcome,
    two_persons: bool,
}

impl StepNote {
    /// It was not as expected.
    pub fn new(checklist: ChecklistId, step: StepId) -> Self {
        Self { checklist, step, note: String::new(), outcome: Outcome::Failed, two_persons: false }
    }

    /// It was, and asks for a note.
    pub fn passed(checklist: ChecklistId, step: &Step) -> Self {
        let two_persons = step.rules.two_persons;
        Self { outcome: Outcome::Passed, two_persons, ..Self::new(checklist, step.id.clone()) }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let (title, go, text, named) = match self.outcome {
            Outcome::Passed => {
                ("ui-step-note-title", "ui-step-note-go", "ui-step-note-text", "ui-step-note-name")
            }
            _ => ("ui-step-failed-title", "ui-step-failed-go", "ui-step-failed-text", "ui-step-failed-note"),
        };
        let ask = ask(cx, cx.t(title), Some(go));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t(text));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t(named), &mut self.note, width);
            !self.note.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            let command = Command::ConfirmStep {
                checklist: self.checklist.clone(),
                step: self.step.clone(),
                outcome: self.outcome,
                note: self.note.trim().to_owned(),
            };
            cx.wish(if self.two_persons { Wish::AskTogether(command) } else { Wish::Ask(command) });
        }
        foot != Foot::Leave
    }
}

/// What a reference clock shows.
#[derive(Debug)]
pub struct CompareClock {
    checklist: ChecklistId,
    step: StepId,
    time: String,
}

impl CompareClock {
    pub fn new(checklist: ChecklistId, step: StepId) -> Self {
        Self { checklist, step, time: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-compare-title");
        let ask = ask(cx, title, Some("ui-compare-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-compare-text"));
            field(ui, cx.theme, &cx.t("ui-compare-time"), &mut self.time, 240.0);
            !self.time.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            cx.ask(Command::CompareClock {
                checklist: self.checklist.clone(),
                step: self.step.clone(),
                reference: self.time.trim().to_owned(),
            });
        }
        foot != Foot::Leave
    }
}

/// A failed step may stand, if the head says so.
#[derive(Debug)]
pub struct Waive {
    checklist: ChecklistId,
    step: StepId,
    reason: String,
}

impl Waive {
    pub fn new(checklist: ChecklistId, step: StepId) -> Self {
        Self { checklist, step, reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-waive-title");
        let ask = ask(cx, title, Some("ui-waive-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-waive-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-waive-reason"), &mut self.reason, width);
            !self.reason.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            cx.ask(Command::WaiveStep {
                checklist: self.checklist.clone(),
                step: self.step.clone(),
                reason: self.reason.trim().to_owned(),
            });
        }
        foot != Foot::Leave
    }
}
