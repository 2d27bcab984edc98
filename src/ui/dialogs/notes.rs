//! What a person says of a step of the check: what was wrong, or why it may stand.

use eframe::egui::Context;

use super::ask;
use crate::journal::Outcome;
use crate::point::{ChecklistId, StepId};
use crate::station::protocol::Command;
use crate::ui::model::Cx;
use crate::ui::widgets::{Foot, dialog, field, label};

/// A step was not as expected.
#[derive(Debug)]
pub struct StepNote {
    checklist: ChecklistId,
    step: StepId,
    note: String,
}

impl StepNote {
    pub fn new(checklist: ChecklistId, step: StepId) -> Self {
        Self { checklist, step, note: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-step-failed-title");
        let ask = ask(cx, title, Some("ui-step-failed-go"));
        let foot = dialog(ctx, cx.theme, &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-step-failed-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-step-failed-note"), &mut self.note, width);
            !self.note.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            cx.ask(Command::ConfirmStep {
                checklist: self.checklist.clone(),
                step: self.step.clone(),
                outcome: Outcome::Failed,
                note: self.note.trim().to_owned(),
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
        let foot = dialog(ctx, cx.theme, &ask, |ui| {
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
