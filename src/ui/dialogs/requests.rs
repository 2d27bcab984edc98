//! Requests for help: three taps make one, then it is passed on or resolved.

use eframe::egui::Context;

use super::ask;
use crate::i18n::{Language, Message};
use crate::journal::SupportLine;
use crate::point::RoomNumber;
use crate::station::protocol::{Command, RequestsCommand};
use crate::ui::model::Cx;
use crate::ui::widgets::{Ask, Foot, choice, dialog, field, label};

/// Room, category, go.
#[derive(Debug, Default)]
pub struct MakeRequest {
    room: Option<RoomNumber>,
    category: Option<String>,
    text: String,
}

impl MakeRequest {
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-request-new-title");
        let ask = Ask { width: 1000.0, ..ask(cx, title, Some("ui-request-new-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let Some(view) = &cx.model.view else { return false };
            let rooms: Vec<_> =
                view.point.rooms.iter().map(|room| (room.number.clone(), room.number.to_string())).collect();
            choice(ui, cx.theme, &cx.t("ui-request-room"), &rooms, &mut self.room);
            let language = cx.model.words.language();
            let words = |category: &crate::point::Wording| match language {
                Language::Ru => category.ru.clone(),
                Language::En => category.en.clone(),
            };
            let known = &view.point.request_categories;
            let categories: Vec<_> = known.iter().map(|one| (one.id.clone(), words(one))).collect();
            choice(ui, cx.theme, &cx.t("ui-request-category"), &categories, &mut self.category);
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-request-text"), &mut self.text, width);
            self.command().is_some() && !cx.model.busy
        });
        if let (Foot::Go, Some(command)) = (foot, self.command()) {
            cx.ask(command);
        }
        foot != Foot::Leave
    }

    /// The command, once the room and the category are chosen.
    fn command(&self) -> Option<Command> {
        let (room, category) = (self.room.clone()?, self.category.clone()?);
        let text = self.text.trim().to_owned();
        Some(Command::Requests(RequestsCommand::Make { room, category, text }))
    }
}

/// Others are to work at it.
#[derive(Debug)]
pub struct PassRequest {
    request: u32,
    to: Option<SupportLine>,
    reason: String,
}

impl PassRequest {
    pub fn new(request: u32) -> Self {
        Self { request, to: Some(SupportLine::Second), reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.say(&Message::new("ui-request-pass-title").with("request", self.request));
        let ask = Ask { width: 760.0, ..ask(cx, title, Some("ui-request-pass-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let lines = [
                (SupportLine::First, "ui-request-to-first"),
                (SupportLine::Second, "ui-request-to-second"),
                (SupportLine::Head, "ui-request-to-head"),
            ];
            let lines = lines.map(|(line, id)| (line, cx.t(id)));
            choice(ui, cx.theme, &cx.t("ui-request-to"), &lines, &mut self.to);
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-request-reason"), &mut self.reason, width);
            self.to.is_some() && !self.reason.trim().is_empty() && !cx.model.busy
        });
        if let (Foot::Go, Some(to)) = (foot, self.to) {
            let (request, reason) = (self.request, self.reason.trim().to_owned());
            cx.ask(Command::Requests(RequestsCommand::Pass { request, to, reason }));
        }
        foot != Foot::Leave
    }
}

/// What came of it.
#[derive(Debug)]
pub struct ResolveRequest {
    request: u32,
    text: String,
}

impl ResolveRequest {
    pub fn new(request: u32) -> Self {
        Self { request, text: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.say(&Message::new("ui-request-resolve-title").with("request", self.request));
        let ask = Ask { width: 760.0, ..ask(cx, title, Some("ui-request-resolve-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-request-resolve-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-request-done"), &mut self.text, width);
            !self.text.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            let (request, text) = (self.request, self.text.trim().to_owned());
            cx.ask(Command::Requests(RequestsCommand::Resolve { request, text }));
        }
        foot != Foot::Leave
    }
}
