//! Requests for help, and the notice board of what does not work now.

use eframe::egui::{ScrollArea, Ui};

use super::papers;
use crate::day::{Day, HelpRequest, MOST_REQUESTS, Malfunction, Notice, Stage};
use crate::i18n::{Language, Message};
use crate::journal::DiskLevel;
use crate::station::protocol::{Command, RequestsCommand};
use crate::station::support_line_id;
use crate::ui::dialogs::{Dialog, MakeRequest, PassRequest, ResolveRequest};
use crate::ui::model::{Cx, Model};
use crate::ui::screens::pages::Pages;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Line, big_button, block, card, heading, label, row, sign, title};

#[derive(Default)]
pub struct Requests {
    /// The day's, all of them.
    pub all: Pages<HelpRequest>,
}

impl Requests {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(day) = cx.model.day() else {
            title(ui, cx.theme, &cx.t("ui-requests-title"));
            label(ui, cx.theme, &cx.t("ui-requests-no-day"));
            return;
        };
        let open = day.stage < Stage::Closed;
        let (theme, name) = (cx.theme, cx.t("ui-requests-title"));
        let mut pressed = false;
        row(
            ui,
            theme::BUTTON,
            |ui| {
                let text = cx.t("ui-request-new");
                let button = big_button(cx.theme, &text).filled();
                pressed = ui.add_enabled(open && !cx.model.busy, button).clicked();
                papers::of_day(ui, cx, papers::REQUESTS);
            },
            |ui| title(ui, theme, &name),
        );
        if pressed {
            cx.open(Dialog::MakeRequest(MakeRequest::default()));
        }
        ScrollArea::vertical().id_salt("requests").show(ui, |ui| {
            self.requests(ui, cx, day, open);
            board(ui, cx, day);
        });
    }

    fn requests(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, day: &Day, open: bool) {
        let total = day.requests.total as usize;
        card(ui, cx.theme, |ui| {
            if total == 0 {
                label(ui, cx.theme, &cx.t("ui-requests-none"));
            }
            for request in day.requests.list.iter().filter(|request| request.is_open()) {
                entry(ui, cx, request, open);
            }
            let listed = day.requests.open().count();
            let more = (day.requests.open as usize).saturating_sub(listed);
            if more > 0 {
                label(ui, cx.theme, &cx.say(&Message::new("ui-requests-more").with("count", more)));
            }
            for request in day.requests.list.iter().rev().filter(|request| !request.is_open()) {
                entry(ui, cx, request, open);
            }
        });
        if total > day.requests.list.len() {
            card(ui, cx.theme, |ui| {
                let known = total.min(MOST_REQUESTS);
                let ask = |cx: &mut Cx<'_>, from, count| {
                    cx.ask(Command::Requests(RequestsCommand::List { from, count }));
                };
                self.all.show(ui, cx, (known, day.requests.open.into()), ask, |ui, cx, request| {
                    entry(ui, cx, request, open);
                });
            });
        }
    }
}

fn entry(ui: &mut Ui, cx: &mut Cx<'_>, request: &HelpRequest, open: bool) {
    let (theme, model) = (cx.theme, cx.model);
    let mut dialog = None;
    row(
        ui,
        theme::BUTTON,
        |ui| {
            if !request.is_open() || !open {
                return;
            }
            let name = |id: &str| model.say(&Message::new(id).with("request", request.request));
            let resolve = cx.t("ui-request-resolve");
            let named = name("ui-request-resolve-title");
            if ui.add(big_button(theme, &resolve).named(&named).filled()).clicked() {
                dialog = Some(Dialog::ResolveRequest(ResolveRequest::new(request.request)));
            }
            let (pass, named) = (cx.t("ui-request-pass"), name("ui-request-pass-title"));
            if ui.add(big_button(theme, &pass).named(&named)).clicked() {
                dialog = Some(Dialog::PassRequest(PassRequest::new(request.request)));
            }
        },
        |ui| {
            let tone = match (request.is_open(), request.late) {
                (false, _) => Tone::Ok,
                (true, Some(_)) => Tone::Bad,
                (true, None) => Tone::Accent,
            };
            ui.label(theme::strong(sign(tone), theme::H2, theme.strong(tone)));
            let (head, state) = (head(model, request), state(model, request));
            block(
                ui,
                &[
                    Line::bold(&head, theme::TEXT, theme.ink),
                    Line::plain(&request.text, theme::TEXT, theme.ink),
                    Line::plain(&state, theme::SMALL, theme.dim),
                ],
            );
        },
    );
    if let Some(dialog) = dialog {
        cx.open(dialog);
    }
}

/// `No. 3, 08:12. Room 0004: printer, paper`.
fn head(model: &Model, request: &HelpRequest) -> String {
    let message = Message::new("ui-request-head")
        .with("request", request.request)
        .with("time", model.clock(request.made.utc_ms))
        .with("room", request.room.as_str());
    model.say(&message.with("category", category(model, &request.category)))
}

/// The category in the words of the profile.
fn category(model: &Model, id: &str) -> String {
    let known = model.view.as_ref().map_or(&[][..], |view| &view.point.request_categories);
    known.iter().find(|wording| wording.id == id).map_or_else(
        || id.to_owned(),
        |wording| match model.words.language() {
            Language::Ru => wording.ru.clone(),
            Language::En => wording.en.clone(),
        },
    )
}

fn state(model: &Model, request: &HelpRequest) -> String {
    if let Some(resolved) = &request.resolved {
        let minutes = request.took_ms().unwrap_or(0).div_ceil(60_000);
        let message = Message::new("ui-request-resolved").with("text", resolved.text.as_str());
        return model.say(&message.with("minutes", minutes));
    }
    let line = Message::new("ui-request-line").with("line", support_line_id(request.line));
    let line = model.say(&line.with("due", model.clock(request.due_ms)));
    match request.late {
        None => line,
        Some(late) => {
            let late = Message::new("ui-request-late").with("to", support_line_id(late));
            format!("{line} {}", model.say(&late))
        }
    }
}

/// What does not work now.
fn board(ui: &mut Ui, cx: &Cx<'_>, day: &Day) {
    let notices: Vec<Notice> = day.notices();
    card(ui, cx.theme, |ui| {
        heading(ui, cx.theme, &cx.t("ui-board-title"));
        if notices.is_empty() {
            label(ui, cx.theme, &cx.t("ui-board-none"));
        }
        for notice in &notices {
            let time = cx.model.clock(notice.since_ms);
            let line = Message::new("ui-board-line").with("time", time);
            label(ui, cx.theme, &cx.say(&line.with("what", malfunction(cx.model, day, &notice.what))));
        }
    });
}

fn malfunction(model: &Model, day: &Day, what: &Malfunction) -> String {
    let of_camera = |id: &str, camera| model.say(&Message::new(id).with("camera", model.camera_name(camera)));
    match what {
        Malfunction::Request { request } => {
            let known = day.requests.list.iter().find(|known| known.request == *request);
            let (room, kind) = known
                .map(|known| (known.room.to_string(), category(model, &known.category)))
                .unwrap_or_default();
            let message = Message::new("ui-board-request").with("request", *request);
            model.say(&message.with("room", room).with("category", kind))
        }
        Malfunction::Camera { camera } => of_camera("ui-board-camera", camera),
        Malfunction::Picture { camera } => of_camera("ui-board-picture", camera),
        Malfunction::Step { checklist, step } => {
            let known = model.view.as_ref().and_then(|view| view.point.checklists.get(checklist)?.step(step));
            let title = known.map_or_else(|| step.to_string(), |step| model.words.of(&step.title).to_owned());
            model.say(&Message::new("ui-board-step").with("step", title))
        }
        Malfunction::Disk { level } => model.words.t(match level {
            DiskLevel::Low => "ui-board-disk-low",
            DiskLevel::Critical => "ui-board-disk-critical",
        }),
    }
}
