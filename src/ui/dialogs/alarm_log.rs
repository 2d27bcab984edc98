//! The day's alarms: when each began, who has seen it, when it was over.

use eframe::egui::{Context, Ui};

use super::ask;
use crate::day::PastAlarm;
use crate::i18n::Message;
use crate::station::protocol::Command;
use crate::ui::model::{Cx, Model};
use crate::ui::screens::Pages;
use crate::ui::theme;
use crate::ui::trouble::past;
use crate::ui::widgets::{Ask, Foot, dialog, label, sign};

#[derive(Default)]
pub struct AlarmLog {
    pages: Pages<PastAlarm>,
}

impl std::fmt::Debug for AlarmLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AlarmLog")
    }
}

impl AlarmLog {
    /// Everything is shown at once.
    pub fn open() -> Self {
        Self { pages: Pages::opened() }
    }

    /// The station's answer.
    pub fn take(&mut self, alarms: &[PastAlarm]) {
        self.pages.take(alarms.to_vec());
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-alarms-title");
        let cancel = cx.t("ui-alarms-close");
        let ask = Ask { width: 760.0, cancel, ..ask(cx, title, None) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let log = cx.model.day().map(|day| (day.alarm_log.total, day.alarm_log.changes));
            let (total, changes) = log.unwrap_or_default();
            if total == 0 {
                label(ui, cx.theme, &cx.t("ui-alarms-none"));
                return false;
            }
            let state = (u64::from(total) << 32) | u64::from(changes);
            let ask = |cx: &mut Cx<'_>, from, count| cx.ask(Command::Alarms { from, count });
            self.pages.show(ui, cx, (total as usize, state), ask, entry);
            false
        });
        foot != Foot::Leave
    }
}

fn entry(ui: &mut Ui, cx: &mut Cx<'_>, alarm: &PastAlarm) {
    let (theme, told) = (cx.theme, past(cx.model, alarm));
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::strong(sign(told.tone), theme::TEXT, theme.strong(told.tone)));
        ui.label(theme::plain(told.head, theme::TEXT, theme.ink));
    });
    label(ui, theme, &times(cx.model, alarm));
}

/// `08:12–08:19, seen by … at 08:13`.
fn times(model: &Model, alarm: &PastAlarm) -> String {
    let to = alarm.ended_ms.map_or_else(|| "…".to_owned(), |ms| model.clock(ms));
    let times = match &alarm.seen {
        Some((by, at_ms)) => Message::new("ui-alarms-seen")
            .with("who", by.as_ref().map(|by| model.person_name(by)).unwrap_or_default())
            .with("at", model.clock(*at_ms)),
        None => Message::new("ui-alarms-unseen"),
    };
    model.say(&times.with("from", model.clock(alarm.alarm.since_ms)).with("to", to))
}
