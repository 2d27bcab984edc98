//! This computer goes on with the exam day of one that failed: which, what is known of it, why.

use eframe::egui::Context;

use super::ask;
use crate::station::protocol::{Command, OldStation};
use crate::ui::model::Cx;
use crate::ui::widgets::{Ask, Foot, dialog, field, label};

#[derive(Debug, Default)]
pub struct TakeOver {
    from: OldStation,
    reason: String,
}

impl TakeOver {
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("takeover-title");
        let ask = Ask { width: 800.0, ..ask(cx, title, Some("takeover-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("takeover-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("takeover-station"), &mut self.from.station, 240.0);
            field(ui, cx.theme, &cx.t("takeover-code"), &mut self.from.code, width);
            field(ui, cx.theme, &cx.t("takeover-disk"), &mut self.from.data, width);
            field(ui, cx.theme, &cx.t("takeover-reason"), &mut self.reason, width);
            let named = !self.from.station.trim().is_empty() || !self.from.data.trim().is_empty();
            named && !self.reason.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            let reason = self.reason.trim().to_owned();
            cx.ask(Command::TakeOver { from: self.from.clone(), reason });
        }
        foot != Foot::Leave
    }
}
