//! Leaving the kiosk: why, then the consent of somebody who may supervise.

use eframe::egui::Context;

use super::ask;
use crate::station::protocol::{Command, PeopleCommand};
use crate::ui::model::Cx;
use crate::ui::widgets::{Foot, dialog, field, label};

#[derive(Debug, Default)]
pub struct LeaveKiosk {
    reason: String,
}

impl LeaveKiosk {
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-kiosk-title");
        let ask = ask(cx, title, Some("ui-kiosk-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-kiosk-text"));
            if cx.model.day().is_some_and(|day| day.recording().next().is_some()) {
                label(ui, cx.theme, &cx.t("ui-kiosk-records"));
            }
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-kiosk-reason"), &mut self.reason, width);
            !self.reason.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            let reason = self.reason.trim().to_owned();
            cx.ask(Command::People(PeopleCommand::Leave { reason }));
        }
        foot != Foot::Leave
    }
}
