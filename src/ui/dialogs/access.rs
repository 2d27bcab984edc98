//! A new entry of the access log: where, what, why, since when; then the second person signs.

use eframe::egui::Context;

use super::ask;
use crate::i18n::Language;
use crate::journal::RoomRange;
use crate::point::{Room, RoomNumber};
use crate::station::protocol::{Command, View};
use crate::ui::model::{Cx, Wish};
use crate::ui::widgets::{Ask, Foot, choice, dialog, field, label};
use crate::ui::words::is_time_of_day;

#[derive(Debug)]
pub struct OpenAccess {
    first: Option<RoomNumber>,
    last: Option<RoomNumber>,
    action: Option<String>,
    reason: String,
    time_from: String,
}

impl OpenAccess {
    /// Begins with the time of day now.
    pub fn new(time_of_day: String) -> Self {
        Self { first: None, last: None, action: None, reason: String::new(), time_from: time_of_day }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-access-open-title");
        let ask = Ask { width: 1000.0, ..ask(cx, title, Some("ui-access-sign")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            if let Some(view) = &cx.model.view {
                self.rooms_and_action(ui, cx, view);
            }
            ui.horizontal(|ui| {
                let width = ui.available_width() - 180.0;
                field(ui, cx.theme, &cx.t("ui-access-reason"), &mut self.reason, width);
                field(ui, cx.theme, &cx.t("ui-access-time-from"), &mut self.time_from, 150.0);
            });
            if !is_time_of_day(self.time_from.trim()) {
                label(ui, cx.theme, &cx.t("ui-time-rule"));
            }
            self.command().is_some() && !cx.model.busy
        });
        if let (Foot::Go, Some(command)) = (foot, self.command()) {
            cx.wish(Wish::AskTogether(command));
        }
        foot != Foot::Leave
    }

    fn rooms_and_action(&mut self, ui: &mut eframe::egui::Ui, cx: &Cx<'_>, view: &View) {
        let language = cx.model.words.language();
        let rooms: Vec<_> =
            view.point.rooms.iter().map(|room| (room.number.clone(), room_words(room))).collect();
        let before = self.first.clone();
        choice(ui, cx.theme, &cx.t("ui-access-room-from"), &rooms, &mut self.first);
        if self.first != before {
            self.last.clone_from(&self.first);
        }
        if let Some(first) = &self.first {
            let later = rooms.into_iter().map(|(number, _)| number).filter(|number| number >= first);
            let later: Vec<_> = later.map(|number| (number.clone(), number.to_string())).collect();
            if later.len() > 1 {
                choice(ui, cx.theme, &cx.t("ui-access-room-to"), &later, &mut self.last);
            }
        }
        let actions: Vec<_> = view
            .point
            .actions
            .iter()
            .map(|action| {
                let words = match language {
                    Language::Ru => &action.ru,
                    Language::En => &action.en,
                };
                (action.id.clone(), words.clone())
            })
            .collect();
        choice(ui, cx.theme, &cx.t("ui-access-action"), &actions, &mut self.action);
    }

    /// The command, once everything is filled in.
    fn command(&self) -> Option<Command> {
        let time_from = self.time_from.trim();
        let filled = !self.reason.trim().is_empty() && is_time_of_day(time_from);
        let rooms = RoomRange { first: self.first.clone()?, last: self.last.clone()? };
        let action = self.action.clone()?;
        let (reason, time_from) = (self.reason.trim().to_owned(), time_from.to_owned());
        filled.then_some(Command::OpenAccess { rooms, action, reason, time_from })
    }
}

/// A room's number and name, the number once.
fn room_words(room: &Room) -> String {
    if room.name.is_empty() {
        room.number.to_string()
    } else if room.name.contains(room.number.as_str()) {
        room.name.clone()
    } else {
        format!("{} · {}", room.number, room.name)
    }
}
