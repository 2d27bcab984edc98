//! A day that need not be kept any longer is deleted by two persons.

use eframe::egui::Context;

use super::ask;
use crate::i18n::Message;
use crate::point::DayId;
use crate::station::protocol::{Command, DaysCommand};
use crate::ui::model::{Cx, Wish};
use crate::ui::widgets::{Ask, Foot, dialog, field, label};

#[derive(Debug)]
pub struct DeleteDay {
    day: DayId,
    reason: String,
}

impl DeleteDay {
    pub fn new(day: DayId) -> Self {
        Self { day, reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.say(&Message::new("ui-days-delete-title").with("day", self.day.as_str()));
        let ask = Ask { danger: true, ..ask(cx, title, Some("ui-days-delete-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-days-delete-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-days-delete-reason"), &mut self.reason, width);
            !self.reason.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            let (day, reason) = (self.day.clone(), self.reason.trim().to_owned());
            cx.wish(Wish::AskTogether(Command::Days(DaysCommand::Delete { day, reason })));
        }
        foot != Foot::Leave
    }
}
