//! The log of access to the equipment, as the form has it; an open entry stands out by itself.

use eframe::egui::Ui;
use egui_extras::{Column, TableBuilder, TableRow};

use super::papers;
use crate::day::{Access, AccessEnd, Cabinet, Day, Incident, MOST_INCIDENTS};
use crate::i18n::{Language, Message};
use crate::station::protocol::{Command, IncidentsCommand};
use crate::ui::dialogs::{
    CloseAccess, CloseCabinet, Correct, Dialog, Explain, ExplainIncidents, OpenAccess, OpenCabinet,
};
use crate::ui::incident_words;
use crate::ui::model::{Cx, Model};
use crate::ui::screens::pages::Pages;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, Line, banner, big_button, block, card, label, row, rule, sign, title};
use crate::ui::words::short_date;

#[derive(Default)]
pub struct AccessLog {
    /// The day's entries, all of them.
    pub earlier: Pages<Access>,
    /// What happened to the computer, all of it.
    pub incidents: Pages<Incident>,
}

impl AccessLog {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let day = cx.model.day();
        let open_for_new = day.is_some_and(|day| day.stage < crate::day::Stage::Closed);
        let (theme, name) = (cx.theme, cx.t("ui-access-title"));
        let mut pressed = false;
        row(
            ui,
            theme::BUTTON,
            |ui| {
                let text = cx.t("ui-access-open");
                let button = big_button(cx.theme, &text).filled();
                pressed = open_for_new && ui.add_enabled(!cx.model.busy, button).clicked();
                papers::of_day(ui, cx, papers::ACCESS);
            },
            |ui| title(ui, theme, &name),
        );
        if pressed {
            let now = cx.model.time_of_day();
            cx.open(Dialog::OpenAccess(OpenAccess::new(now)));
        }
        let Some(day) = cx.model.day() else {
            label(ui, cx.theme, &cx.t("ui-access-no-day"));
            return;
        };
        for access in day.open_accesses() {
            open_entry(ui, cx, access);
        }
        self.incidents(ui, cx, day);
        card(ui, cx.theme, |ui| {
            if day.accesses.is_empty() {
                label(ui, cx.theme, &cx.t("ui-access-none"));
            } else {
                table(ui, cx, "accesses", day.accesses.iter().rev());
            }
        });
        self.all_entries(ui, cx, day);
    }

    /// Of a day that has more entries than a view holds.
    fn all_entries(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, day: &Day) {
        let total = day.accesses.last().map_or(0, |access| access.access as usize);
        if total <= day.accesses.len() {
            return;
        }
        card(ui, cx.theme, |ui| {
            let open = day.open_accesses().count() as u64;
            let state = ((total as u64) << 32) | (u64::from(day.corrections) << 16) | open;
            let ask = |cx: &mut Cx<'_>, from, count| cx.ask(Command::Accesses { from, count });
            self.earlier.show_all(ui, cx, (total, state), ask, |ui, cx, entries| {
                table(ui, cx, "all accesses", entries.iter().rev());
            });
        });
    }

    /// What happened to the computer: that which needs an explanation, for everybody to see.
    fn incidents(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, day: &Day) {
        let (all, left) = (day.incidents.total, day.incidents.unexplained);
        if left > 0 {
            unexplained(ui, cx, day, left as usize);
        } else if all > 0 {
            label(ui, cx.theme, &cx.say(&Message::new("ui-incidents-none").with("count", all)));
        }
        if all as usize <= day.incidents.list.len().min(MOST_TOLD) {
            return;
        }
        card(ui, cx.theme, |ui| {
            let known = (all as usize).min(MOST_INCIDENTS);
            let state = (u64::from(all) << 32) | u64::from(left);
            let ask = |cx: &mut Cx<'_>, from, count| {
                cx.ask(Command::Incidents(IncidentsCommand::List { from, count }));
            };
            self.incidents.show(ui, cx, (known, state), ask, |ui, cx, told| {
                let line = incident_words::line(cx.model, told);
                ui.label(theme::plain(line, theme::TEXT, cx.theme.ink));
                label(ui, cx.theme, &incident_words::reason(cx.model, told));
            });
        });
    }
}

/// Incidents that are told one by one; the explanation asks for as many.
const MOST_TOLD: usize = 5;

fn unexplained(ui: &mut Ui, cx: &mut Cx<'_>, day: &Day, left: usize) {
    let head = cx.say(&Message::new("ui-incidents-title").with("count", left));
    let mut lines = vec![cx.t("ui-incidents-text")];
    let told = day.incidents.unexplained().take(MOST_TOLD);
    lines.extend(told.map(|incident| incident_words::line(cx.model, incident)));
    let more = left.saturating_sub(MOST_TOLD);
    if more > 0 {
        lines.push(cx.say(&Message::new("ui-incidents-more").with("count", more)));
    }
    let explain = cx.t("ui-incidents-explain");
    let open = day.stage < crate::day::Stage::Closed;
    let words =
        Banner { tone: Tone::Warn, head: &head, body: &lines.join("\n"), button: open.then_some(&*explain) };
    if banner(ui, cx.theme, &words) {
        cx.open(Dialog::ExplainIncidents(ExplainIncidents::new(day)));
    }
}

/// An access that is still open, with what can be done about it.
fn open_entry(ui: &mut Ui, cx: &mut Cx<'_>, access: &Access) {
    use eframe::egui::{Frame, Margin, Stroke};
    let (theme, model) = (cx.theme, cx.model);
    Frame::new()
        .fill(theme.warn_soft)
        .stroke(Stroke::new(1.0, theme.warn))
        .corner_radius(theme::RADIUS_CARD)
        .inner_margin(Margin::symmetric(20, 12))
        .show(ui, |ui| {
            let mut dialog = None;
            row(
                ui,
                theme::BUTTON,
                |ui| {
                    if ui.add(big_button(theme, &cx.t("ui-access-close")).filled()).clicked() {
                        dialog =
                            Some(Dialog::CloseAccess(CloseAccess::new(access.access, model.time_of_day())));
                    }
                    if ui.add(big_button(theme, &cx.t("ui-access-explain"))).clicked() {
                        dialog = Some(Dialog::Explain(Explain::new(access.access)));
                    }
                    match &access.cabinet {
                        None => {
                            if ui.add(big_button(theme, &cx.t("ui-cabinet-open"))).clicked() {
                                dialog = Some(Dialog::OpenCabinet(OpenCabinet::new(access.access)));
                            }
                        }
                        Some(cabinet) if cabinet.closed.is_none() => {
                            if ui.add(big_button(theme, &cx.t("ui-cabinet-close"))).clicked() {
                                dialog = Some(Dialog::CloseCabinet(CloseCabinet::new(access.access)));
                            }
                        }
                        Some(_) => {}
                    }
                },
                |ui| {
                    ui.label(theme::strong(sign(Tone::Warn), theme::H2, theme.warn));
                    let head = Message::new("ui-access-is-open")
                        .with("since", access.time_from.as_str())
                        .with("rooms", rooms(access));
                    let text = Message::new("ui-access-open-by")
                        .with("person", model.post(&access.person))
                        .with("action", action(model, access))
                        .with("second", model.post(&access.second));
                    let (head, text) = (cx.say(&head), cx.say(&text));
                    let head = Line::bold(&head, theme::TEXT, theme.warn);
                    block(ui, &[head, Line::plain(&text, theme::TEXT, theme.ink)]);
                },
            );
            if let Some(dialog) = dialog {
                cx.open(dialog);
            }
        });
}

fn rooms(access: &Access) -> String {
    if access.rooms.first == access.rooms.last {
        access.rooms.first.to_string()
    } else {
        format!("{}–{}", access.rooms.first, access.rooms.last)
    }
}

fn action(model: &Model, access: &Access) -> String {
    let actions = model.view.as_ref().map_or(&[][..], |view| &view.point.actions);
    actions.iter().find(|wording| wording.id == access.action).map_or_else(
        || access.action.clone(),
        |wording| match model.words.language() {
            Language::Ru => wording.ru.clone(),
            Language::En => wording.en.clone(),
        },
    )
}

const HEADERS: [&str; 8] = [
    "ui-access-col-number",
    "ui-access-col-date",
    "ui-access-col-rooms",
    "ui-access-col-times",
    "ui-access-col-action",
    "ui-access-col-who",
    "ui-access-col-result",
    "ui-access-col-correct",
];

/// Below this width the entries stand below each other, without columns.
const NARROWEST_TABLE: f32 = 860.0;

fn list<'a>(ui: &mut Ui, cx: &mut Cx<'_>, entries: impl Iterator<Item = &'a Access>) {
    for access in entries {
        let (theme, model) = (cx.theme, cx.model);
        let time_to = match &access.end {
            AccessEnd::Closed { time_to, .. } => time_to.as_str(),
            AccessEnd::Open | AccessEnd::Explained { .. } => "",
        };
        let date = short_date(access.opened_at_ms, model.offset_min());
        let (number, rooms) = (access.access, rooms(access));
        let head = format!("{number} · {date} · {rooms} · {} – {time_to}", access.time_from);
        let names = [&access.person, &access.second].map(|person| format!("✔ {}", model.post(person)));
        let (action, names) = (action(model, access), names.join("  "));
        block(
            ui,
            &[
                Line::bold(&head, theme::TEXT, theme.ink),
                Line::plain(&action, theme::TEXT, theme.ink),
                Line::plain(&access.reason, theme::SMALL, theme.dim),
                Line::plain(&names, theme::SMALL, theme.ink),
            ],
        );
        result(ui, cx, access);
        correct(ui, cx, access);
        rule(ui, theme);
    }
}

fn table<'a>(ui: &mut Ui, cx: &mut Cx<'_>, id: &str, entries: impl Iterator<Item = &'a Access>) {
    if ui.available_width() < NARROWEST_TABLE {
        return list(ui, cx, entries);
    }
    let width = ui.available_width();
    let table = TableBuilder::new(ui)
        .id_salt(id)
        .vscroll(false)
        .cell_layout(eframe::egui::Layout::left_to_right(eframe::egui::Align::Center))
        .column(Column::exact(30.0))
        .column(Column::exact(52.0))
        .column(Column::exact(88.0))
        .column(Column::exact(102.0))
        .column(Column::exact((width * 0.16).max(110.0)).clip(true))
        .column(Column::exact((width * 0.17).max(120.0)).clip(true))
        .column(Column::remainder().clip(true))
        .column(Column::exact(128.0));
    table
        .header(32.0, |mut header| {
            for id in HEADERS {
                header.col(|ui| {
                    ui.label(theme::plain(cx.t(id), theme::SMALL, cx.theme.dim));
                });
            }
        })
        .body(|mut body| {
            for access in entries {
                let corrected = access.corrections.len() as f32;
                body.row(68.0 + 44.0 * corrected, |mut row| entry(&mut row, cx, access));
            }
        });
}

fn entry(row: &mut TableRow<'_, '_>, cx: &mut Cx<'_>, access: &Access) {
    let (theme, model) = (cx.theme, cx.model);
    let plain = |ui: &mut Ui, text: &str| {
        block(ui, &[Line::plain(text, theme::TEXT, theme.ink)]);
    };
    row.col(|ui| plain(ui, &access.access.to_string()));
    row.col(|ui| plain(ui, &short_date(access.opened_at_ms, model.offset_min())));
    row.col(|ui| plain(ui, &rooms(access)));
    row.col(|ui| match &access.end {
        AccessEnd::Open => {
            let (from, open) = (format!("{} –", access.time_from), cx.t("ui-access-open-word"));
            let from = Line::plain(&from, theme::TEXT, theme.ink);
            block(ui, &[from, Line::bold(&open, theme::TEXT, theme.warn)]);
        }
        AccessEnd::Closed { time_to, .. } => plain(ui, &format!("{} – {time_to}", access.time_from)),
        AccessEnd::Explained { .. } => plain(ui, &format!("{} –", access.time_from)),
    });
    row.col(|ui| {
        let action = action(model, access);
        let action = Line::plain(&action, theme::TEXT, theme.ink);
        block(ui, &[action, Line::plain(&access.reason, theme::SMALL, theme.dim)]);
    });
    row.col(|ui| {
        let names = [&access.person, &access.second].map(|person| format!("✔ {}", model.post(person)));
        block(ui, &names.each_ref().map(|name| Line::plain(name, theme::SMALL, theme.ink)));
    });
    row.col(|ui| result(ui, cx, access));
    row.col(|ui| correct(ui, cx, access));
}

/// The button that corrects it, as long as the day is open.
fn correct(ui: &mut Ui, cx: &mut Cx<'_>, access: &Access) {
    let name = cx.say(&Message::new("ui-access-correct-title").with("number", access.access));
    let open = cx.model.day().is_some_and(|day| day.stage < crate::day::Stage::Closed);
    let button = cx.t("ui-access-correct");
    let button = big_button(cx.theme, &button).named(&name).small();
    if open && ui.add(button).clicked() {
        cx.open(Dialog::Correct(Correct::new(access.access, access.record)));
    }
}

/// How it ended, and what was corrected since.
fn result(ui: &mut Ui, cx: &Cx<'_>, access: &Access) {
    let theme = cx.theme;
    let end = match &access.end {
        AccessEnd::Open => String::new(),
        AccessEnd::Closed { result, .. } => result.clone(),
        AccessEnd::Explained { text, .. } => {
            cx.say(&Message::new("ui-access-explained").with("text", text.as_str()))
        }
    };
    let said = |correction: &crate::day::AccessCorrection| {
        let message = Message::new("ui-access-corrected")
            .with("text", correction.text.as_str())
            .with("reason", correction.reason.as_str());
        cx.say(&message)
    };
    let corrections: Vec<String> = access.corrections.iter().map(said).collect();
    let cabinet = access.cabinet.as_ref().map(|cabinet| cabinet_words(cx, cabinet)).unwrap_or_default();
    let mut lines =
        vec![Line::plain(&end, theme::TEXT, theme.ink), Line::plain(&cabinet, theme::SMALL, theme.ink)];
    lines.extend(corrections.iter().map(|text| Line::plain(text, theme::SMALL, theme.accent)));
    block(ui, &lines);
}

/// Who asked for it, and the seals that were on it and are now.
fn cabinet_words(cx: &Cx<'_>, cabinet: &Cabinet) -> String {
    let before: Vec<&str> = cabinet.seals.iter().map(|seal| seal.number.as_str()).collect();
    let after = cabinet.closed.as_ref().map_or_else(|| "…".to_owned(), |closed| closed.seals.join(", "));
    let message = Message::new("ui-cabinet-line").with("initiator", cx.model.post(&cabinet.initiator));
    cx.say(&message.with("before", before.join(", ")).with("after", after))
}
