//! The handover of the copies; on fewer media than two with a reason.

use eframe::egui::Context;

use super::ask;
use crate::day::Handover;
use crate::i18n::Message;
use crate::station::protocol::Command;
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::{Foot, dialog, field, label};

#[derive(Debug)]
pub struct HandOver {
    media: usize,
    reason: String,
}

impl HandOver {
    pub fn new(handover: &Handover) -> Self {
        Self { media: handover.media(), reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let enough = self.media >= Handover::MEDIA;
        let title = cx.t("ui-handover-title");
        let ask = ask(cx, title, Some("ui-handover-done"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let media = Message::new("ui-handover-text").with("media", self.media);
            label(ui, cx.theme, &cx.say(&media.with("asked", Handover::MEDIA)));
            if enough {
                label(ui, cx.theme, &cx.t("ui-handover-ready"));
            } else {
                label(ui, cx.theme, &cx.t("ui-handover-why"));
                ui.add_space(theme::GAP_S);
                let width = ui.available_width();
                field(ui, cx.theme, &cx.t("ui-handover-reason"), &mut self.reason, width);
            }
            (enough || !self.reason.trim().is_empty()) && !cx.model.busy
        });
        if foot == Foot::Go {
            cx.ask(Command::HandOver { reason: self.reason.trim().to_owned() });
        }
        foot != Foot::Leave
    }
}
