//! The bar on top: what a glance from the door has to tell.

use eframe::egui::{Align, Layout, Ui};

use super::model::{Cx, Model, Screen, Station, Wish};
use super::theme::{self, Tone};
use super::widgets::{Line, big_button, block, chip};
use super::words;
use crate::day::{Day, Stage};
use crate::i18n::{Language, Message};
use crate::station::protocol::{Command, View};

pub fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let wide = ui.available_width() > theme::NARROW_BELOW;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme::GAP_M;
        right(ui, cx, wide);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| left(ui, cx, wide));
    });
}

fn right(ui: &mut Ui, cx: &mut Cx<'_>, wide: bool) {
    let (theme, model) = (cx.theme, cx.model);
    let tight = ui.available_width() < theme::TIGHT_BELOW;
    let other = match model.words.language() {
        Language::Ru => Language::En,
        Language::En => Language::Ru,
    };
    let (sign, name) = (other.tag().to_uppercase(), cx.t("ui-language-other"));
    let button = big_button(theme, &sign).named(&name).small();
    if ui.add(button).clicked() {
        cx.wish(Wish::Speak(other));
    }
    let name = cx.t("ui-screen-help");
    let on = model.screen == Screen::Help;
    if ui.add(big_button(theme, "?").named(&name).selected(on).height(theme::ROW)).clicked() {
        cx.wish(Wish::Go(Screen::Help));
    }
    if let Some(person) = model.signed_in() {
        let shown = if person.post.is_empty() || !wide { &person.name } else { &person.post };
        let leave = cx.say(&Message::new("ui-sign-out").with("name", person.name.as_str()));
        let shown = if tight { "⏏".to_owned() } else { format!("{shown}  ⏏") };
        let button = big_button(theme, &shown).named(&leave).height(theme::ROW);
        if ui.add(button.text_size(theme::SMALL)).on_hover_text(&leave).clicked() {
            cx.ask(Command::SignOut);
        }
    }
    if let Some((label, amount)) = to_exam(model).filter(|_| !tight) {
        let amount = Line::bold(&amount, theme::TEXT, theme.ink);
        block(ui, &[Line::plain(&label, 14.0, theme.dim), amount]);
    }
    ui.label(theme::strong(model.time_of_day(), theme::CLOCK, theme.ink));
}

fn left(ui: &mut Ui, cx: &mut Cx<'_>, wide: bool) {
    let (theme, model) = (cx.theme, cx.model);
    let tight = ui.ctx().content_rect().width() < theme::TIGHT_BELOW;
    let Some(view) = &model.view else {
        let id = if model.station == Station::None { "ui-bar-review" } else { "ui-bar-connecting" };
        ui.label(theme::strong(cx.t(id), theme::H2, theme.ink));
        return;
    };
    let point = cx.say(&Message::new("ui-bar-point").with("code", view.point.code.as_str()));
    ui.label(theme::strong(point, theme::H2, theme.ink));
    if wide {
        let exam = match &view.day {
            Some(day) => format!("{} · {}", view.point.subject, model.words.date(day.plan.date)),
            None => view.point.subject.clone(),
        };
        ui.label(theme::plain(exam, theme::TEXT, theme.dim));
    }
    ui.add_space(theme::GAP_XS);
    if model.station == Station::Lost {
        chip(ui, theme, Tone::Bad, None, &cx.t("ui-chip-station-lost"));
        return;
    }
    let (tone, mark, text) = recording_chip(model, view);
    chip(ui, theme, tone, mark, &text);
    // Where there is little room the disk is told of when it needs somebody.
    if let Some((tone, text)) = disk_chip(model, view).filter(|(tone, _)| !tight || *tone > Tone::Ok) {
        chip(ui, theme, tone, None, &text);
    }
}

/// How the recording stands: how many of how many cameras, loud when one should and does not.
fn recording_chip(model: &Model, view: &View) -> (Tone, Option<&'static str>, String) {
    let t = |id: &str| model.words.t(id);
    let Some(day) = &view.day else { return (Tone::Idle, None, t("ui-chip-no-day")) };
    match day.stage {
        Stage::Before => (Tone::Idle, None, t("ui-chip-not-recording")),
        Stage::Stopped => (Tone::Idle, Some("■"), t("ui-chip-stopped")),
        Stage::Closed => (Tone::Ok, None, t("ui-chip-closed")),
        Stage::Recording => {
            let (works, of) = recording(day);
            let text = Message::new("ui-chip-recording").with("works", works).with("of", day.cameras.len());
            let (tone, mark) = if works < of { (Tone::Bad, None) } else { (Tone::Ok, Some("●")) };
            (tone, mark, model.words.say(&text))
        }
    }
}

/// Cameras that record, and cameras ordered to record.
pub fn recording(day: &Day) -> (usize, usize) {
    let ordered = day.recording().count();
    (day.recording().filter(|camera| day.outage_of(camera).is_none()).count(), ordered)
}

/// Until when the disk lasts, or how much is free.
pub fn disk_chip(model: &Model, view: &View) -> Option<(Tone, String)> {
    let disk = view.live.disk.as_ref()?;
    if disk.trouble.is_some() {
        return Some((Tone::Bad, model.words.t("ui-station-disk")));
    }
    let level = view.day.as_ref().and_then(|day| day.disk);
    let enough = disk.free_bytes >= disk.needed_bytes;
    let tone = match level {
        Some(crate::journal::DiskLevel::Critical) => Tone::Bad,
        Some(crate::journal::DiskLevel::Low) => Tone::Warn,
        None if !enough => Tone::Warn,
        None => Tone::Ok,
    };
    // A disk that lasts for days needs no time of day.
    let day_ms = 24 * 3_600_000;
    let soon = disk.lasts_until_ms.filter(|until| *until - model.now.utc_ms < day_ms);
    let message = match soon {
        Some(until) => Message::new("ui-chip-disk-until").with("time", model.clock(until)),
        None => Message::new("ui-chip-disk-free").with("free", model.words.bytes(disk.free_bytes)),
    };
    Some((tone, model.words.say(&message)))
}

/// What stands beside the clock: time to the exam, into it, or that it is over.
fn to_exam(model: &Model) -> Option<(String, String)> {
    let t = |id: &str| model.words.t(id);
    if model.station == Station::None {
        return None;
    }
    let plan = &model.day()?.plan;
    let now = model.now.utc_ms;
    Some(if now < plan.exam_start_ms {
        (t("ui-bar-to-exam"), model.words.hours(plan.exam_start_ms - now + 59_999))
    } else if now < plan.exam_end_ms {
        (t("ui-bar-exam-runs"), model.words.hours(now - plan.exam_start_ms))
    } else {
        (t("ui-bar-exam-over"), words::clock(plan.exam_end_ms, model.offset_min()))
    })
}

/// The forecast to the planned end in one sentence: what is free, how long it lasts, what is needed.
pub fn disk_forecast(model: &Model, view: &View) -> Option<String> {
    let disk = view.live.disk.as_ref()?;
    let until_ms = view.day.as_ref()?.plan.record_until_ms;
    let message = match disk.lasts_until_ms {
        Some(lasts_ms) => Message::new("ui-disk-forecast-lasts")
            .with("lasts", model.words.hours(lasts_ms - model.now.utc_ms)),
        None => Message::new("ui-disk-forecast"),
    };
    let message = message
        .with("free", model.words.bytes(disk.free_bytes))
        .with("needed", model.words.bytes(disk.needed_bytes))
        .with("until", model.clock(until_ms));
    Some(model.words.say(&message))
}
