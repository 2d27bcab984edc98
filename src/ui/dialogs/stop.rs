//! The stop of the recording: on the head's order only, after the handover or with a reason.

use eframe::egui::Context;

use super::ask;
use crate::station::protocol::Command;
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::{Ask, Foot, dialog, field, label, tick};

#[derive(Debug, Default)]
pub struct StopRecording {
    handover_done: bool,
    reason: String,
}

impl StopRecording {
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-stop-title");
        let ask = Ask { danger: true, ..ask(cx, title, Some("ui-stop-go")) };
        let foot = dialog(ctx, cx.theme, &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-stop-text"));
            ui.add_space(theme::GAP_S);
            tick(ui, cx.theme, &cx.t("ui-stop-handover"), &mut self.handover_done);
            if !self.handover_done {
                ui.add_space(theme::GAP_S);
                label(ui, cx.theme, &cx.t("ui-stop-early"));
                let width = ui.available_width();
                field(ui, cx.theme, &cx.t("ui-stop-reason"), &mut self.reason, width);
            }
            (self.handover_done || !self.reason.trim().is_empty()) && !cx.model.busy
        });
        if foot == Foot::Go {
            let reason = if self.handover_done { String::new() } else { self.reason.trim().to_owned() };
            cx.ask(Command::StopRecording { cameras: Vec::new(), handover_done: self.handover_done, reason });
        }
        foot != Foot::Leave
    }
}
