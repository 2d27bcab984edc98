//! What becomes of an access: closed with its result, explained, or corrected by a new record.

use eframe::egui::Context;

use super::ask;
use crate::i18n::Message;
use crate::station::protocol::Command;
use crate::ui::model::Cx;
use crate::ui::widgets::{Foot, dialog, field, label};
use crate::ui::words::is_time_of_day;

#[derive(Debug)]
pub struct CloseAccess {
    access: u32,
    result: String,
    time_to: String,
}

impl CloseAccess {
    /// Begins with the time of day now.
    pub fn new(access: u32, time_of_day: String) -> Self {
        Self { access, result: String::new(), time_to: time_of_day }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.say(&Message::new("ui-access-close-title").with("number", self.access));
        let ask = ask(cx, title, Some("ui-access-close-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-access-result"), &mut self.result, width);
            field(ui, cx.theme, &cx.t("ui-access-time-to"), &mut self.time_to, 150.0);
            if !is_time_of_day(self.time_to.trim()) {
                label(ui, cx.theme, &cx.t("ui-time-rule"));
            }
            let filled = !self.result.trim().is_empty() && is_time_of_day(self.time_to.trim());
            filled && !cx.model.busy
        });
        if foot == Foot::Go {
            let (result, time_to) = (self.result.trim().to_owned(), self.time_to.trim().to_owned());
            cx.ask(Command::CloseAccess { access: self.access, result, time_to });
        }
        foot != Foot::Leave
    }
}

#[derive(Debug)]
pub struct Explain {
    access: u32,
    text: String,
}

impl Explain {
    pub fn new(access: u32) -> Self {
        Self { access, text: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.say(&Message::new("ui-access-explain-title").with("number", self.access));
        let ask = ask(cx, title, Some("ui-access-explain-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-access-explain-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-access-explanation"), &mut self.text, width);
            !self.text.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            cx.ask(Command::ExplainAccess { access: self.access, text: self.text.trim().to_owned() });
        }
        foot != Foot::Leave
    }
}

#[derive(Debug)]
pub struct Correct {
    access: u32,
    record: u64,
    text: String,
    reason: String,
}

impl Correct {
    /// Of the record that opened `access`.
    pub fn new(access: u32, record: u64) -> Self {
        Self { access, record, text: String::new(), reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.say(&Message::new("ui-access-correct-title").with("number", self.access));
        let ask = ask(cx, title, Some("ui-access-correct-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-access-correct-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-access-right"), &mut self.text, width);
            field(ui, cx.theme, &cx.t("ui-access-correct-reason"), &mut self.reason, width);
            let filled = !self.text.trim().is_empty() && !self.reason.trim().is_empty();
            filled && !cx.model.busy
        });
        if foot == Foot::Go {
            let (text, reason) = (self.text.trim().to_owned(), self.reason.trim().to_owned());
            cx.ask(Command::Correct { record: self.record, text, reason });
        }
        foot != Foot::Leave
    }
}
