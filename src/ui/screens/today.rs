//! Today: where the day stands, the one next thing to do, and what needs attention.

use eframe::egui::Ui;

use super::close::paper_button;
use super::papers;
use crate::day::{CameraDay, CameraState, Day, Stage};
use crate::i18n::{Language, Message};
use crate::point::{CameraId, ChecklistId};
use crate::station::protocol::{CameraInfo, Command, PaperKind, View};
use crate::ui::bar;
use crate::ui::dialogs::{AlarmLog, Dialog, ExplainOutages, TakeOver};
use crate::ui::due;
use crate::ui::model::{Cx, Screen, Wish};
use crate::ui::next::{Next, next};
use crate::ui::outage_words;
use crate::ui::theme::{self, Tone};
use crate::ui::trouble::troubles;
use crate::ui::widgets::{
    Banner, Line, Phase, PhaseState, banner, big_button, block, card, columns, heading, label, phase_bar,
    row, state_line,
};

/// Outages without a reason that are named one by one.
const MOST_OUTAGES: usize = 3;

pub fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(view) = &cx.model.view else { return };
    if let Some(day) = &view.day {
        phases(ui, cx, day);
    }
    let next = next(cx.model, view);
    next_thing(ui, cx, &next);
    lists_due(ui, cx, view, &next);
    if view.day.is_none() {
        if matches!(next, Next::Prepare { .. }) {
            plan_all_the_same(ui, cx);
        }
        other_computer(ui, cx);
    }
    if let Some(day) = &view.day {
        columns(ui, 0.6, 174.0, |left, right| {
            card(left, cx.theme, |ui| cameras(ui, cx, day));
            card(right, cx.theme, |ui| attention(ui, cx, day));
        });
        code(ui, cx, day);
        // The closing act comes with the archive, on the screen that closes the day.
        ui.horizontal_wrapped(|ui| {
            paper_button(ui, cx, PaperKind::Opening);
            papers::of_day(ui, cx, papers::TODAY);
        });
    }
}

fn phases(ui: &mut Ui, cx: &Cx<'_>, day: &Day) {
    let now = day.plan.phase_at(cx.model.now.utc_ms).map(|phase| phase.id.clone());
    let phases: Vec<_> = day
        .plan
        .phases
        .iter()
        .map(|phase| {
            let name = match cx.model.words.language() {
                Language::Ru => &phase.name_ru,
                Language::En => &phase.name_en,
            };
            let state = if Some(&phase.id) == now.as_ref() {
                PhaseState::Now
            } else if phase.at_ms <= cx.model.now.utc_ms {
                PhaseState::Past
            } else {
                PhaseState::Ahead
            };
            Phase { name: name.clone(), time: cx.model.clock(phase.at_ms), state }
        })
        .collect();
    phase_bar(ui, cx.theme, &phases);
}

/// What the card says: the thing, why or until when, the button, and what the button does.
fn next_words(cx: &Cx<'_>, next: &Next) -> (Message, Message, &'static str, Wish) {
    let time = |ms: i64| cx.model.clock(ms);
    let plain = |head: &str, text: &str| (Message::new(head), Message::new(text));
    let (words, button, wish) = match next {
        Next::Prepare { list, left, until_ms, late } => {
            let named = cx.model.view.as_ref().and_then(|view| view.point.checklists.get(list));
            let name =
                named.map_or_else(|| list.to_string(), |list| cx.model.words.of(&list.name).to_owned());
            let head = Message::new("ui-next-prepare").with("name", name);
            let text = Message::new(if *late { "ui-next-prepare-late" } else { "ui-next-prepare-text" })
                .with("left", *left)
                .with("until", due::until(cx.model, *until_ms));
            ((head, text), "ui-next-check-go", Wish::Go(Screen::Check))
        }
        Next::PlanDay => {
            (plain("ui-next-plan", "ui-next-plan-text"), "ui-next-plan-go", Wish::Ask(Command::PlanDay))
        }
        Next::StartCheck { steps, until_ms } => {
            let text =
                Message::new("ui-next-check-text").with("steps", *steps).with("until", time(*until_ms));
            ((Message::new("ui-next-check"), text), "ui-next-check-go", Wish::Go(Screen::Check))
        }
        Next::ContinueCheck { settled, steps, until_ms } => {
            let text = Message::new("ui-next-check-on-text")
                .with("settled", *settled)
                .with("steps", *steps)
                .with("until", time(*until_ms));
            ((Message::new("ui-next-check-on"), text), "ui-next-check-on-go", Wish::Go(Screen::Check))
        }
        Next::FinishCheck => (
            plain("ui-next-check-finish", "ui-next-check-finish-text"),
            "ui-next-check-finish-go",
            Wish::Go(Screen::Check),
        ),
        Next::StartRecording { cameras } => (
            plain("ui-next-record", "ui-next-record-text"),
            "ui-next-record-go",
            Wish::Ask(Command::StartRecording { cameras: cameras.clone() }),
        ),
        Next::StartsItself { at_ms } => {
            let head = Message::new("ui-next-starts").with("time", time(*at_ms));
            ((head, Message::new("ui-next-starts-text")), "ui-next-watch-go", Wish::Go(Screen::Cameras))
        }
        Next::FixCamera { camera, since_ms } => {
            let outage = cx.model.day().and_then(|day| {
                let lost = matches!(day.cameras.get(camera)?.state, CameraState::Lost { .. });
                day.outage_of(camera).filter(|_| !lost)
            });
            let name = cx.model.camera_name(camera);
            let (head, text) = match outage {
                Some(outage) => (Message::new("ui-next-unwritten"), outage.cause.clone()),
                None => {
                    let text = Message::new("ui-next-camera-text").with("since", time(*since_ms));
                    (Message::new("ui-next-camera"), text)
                }
            };
            let head = head.with("camera", name);
            ((head, text), "ui-next-camera-go", Wish::Go(Screen::Cameras))
        }
        Next::CloseAccess { access } => {
            let head = Message::new("ui-next-access").with("number", *access);
            ((head, Message::new("ui-next-access-text")), "ui-next-access-go", Wish::Go(Screen::Access))
        }
        Next::WriteCode => {
            (plain("ui-next-code", "ui-next-code-text"), "ui-next-watch-go", Wish::Go(Screen::Cameras))
        }
        Next::Watch => {
            (plain("ui-next-watch", "ui-next-watch-text"), "ui-next-watch-go", Wish::Go(Screen::Cameras))
        }
        Next::OrderStop => {
            (plain("ui-next-stop", "ui-next-stop-text"), "ui-next-stop-go", Wish::Go(Screen::Cameras))
        }
        Next::ExplainOutages { count } => {
            let text = Message::new("ui-next-outages-text").with("count", *count);
            ((Message::new("ui-next-outages"), text), "ui-outages-explain", explain_outages(cx))
        }
        Next::Seal => {
            (plain("ui-next-seal", "ui-next-seal-text"), "ui-next-seal-go", Wish::Go(Screen::Close))
        }
        Next::Sealing => {
            (plain("ui-next-sealing", "ui-next-sealing-text"), "ui-next-sealing-go", Wish::Go(Screen::Close))
        }
        Next::Copy => {
            (plain("ui-next-copy", "ui-next-copy-text"), "ui-next-copy-go", Wish::Go(Screen::Close))
        }
        Next::SecondCopy => {
            (plain("ui-next-second", "ui-next-second-text"), "ui-next-copy-go", Wish::Go(Screen::Close))
        }
        Next::HandOver => (
            plain("ui-next-handover", "ui-next-handover-text"),
            "ui-next-handover-go",
            Wish::Go(Screen::Close),
        ),
        Next::Done => {
            (plain("ui-next-done", "ui-next-done-text"), "ui-next-done-go", Wish::Go(Screen::Review))
        }
    };
    (words.0, words.1, button, wish)
}

fn explain_outages(cx: &Cx<'_>) -> Wish {
    match cx.model.day() {
        Some(day) => Wish::Open(Box::new(Dialog::ExplainOutages(ExplainOutages::new(day)))),
        None => Wish::Go(Screen::Close),
    }
}

fn next_thing(ui: &mut Ui, cx: &mut Cx<'_>, next: &Next) {
    let (head, text, button, wish) = next_words(cx, next);
    card(ui, cx.theme, |ui| {
        let theme = cx.theme;
        let button = cx.t(button);
        let busy = cx.model.busy;
        let mut pressed = false;
        row(
            ui,
            96.0,
            |ui| {
                let main = big_button(theme, &button).main().min_width(240.0);
                pressed = ui.add_enabled(!busy, main).clicked();
            },
            |ui| {
                let (now, head, text) = (cx.t("ui-next-now"), cx.say(&head), cx.say(&text));
                let now = Line::plain(&now, theme::TEXT, theme.dim);
                let head = Line::bold(&head, theme::H1, theme.ink);
                block(ui, &[now, head, Line::plain(&text, theme::TEXT, theme.ink)]);
            },
        );
        if pressed {
            cx.wish(wish);
        }
    });
}

/// The exam is prepared; who has to can begin a day today nevertheless.
fn plan_all_the_same(ui: &mut Ui, cx: &mut Cx<'_>) {
    let texts = [cx.t("ui-next-plan"), cx.t("ui-today-no-exam"), cx.t("ui-next-plan-go")];
    if aside(ui, cx, &texts) {
        cx.ask(Command::PlanDay);
    }
}

/// The exam runs already, on a computer that failed.
fn other_computer(ui: &mut Ui, cx: &mut Cx<'_>) {
    let texts = [cx.t("takeover-head"), cx.t("takeover-when"), cx.t("takeover-open")];
    if aside(ui, cx, &texts) {
        cx.wish(Wish::Open(Box::new(Dialog::TakeOver(TakeOver::default()))));
    }
}

/// Something that is seldom done, with its button; whether that was pressed.
fn aside(ui: &mut Ui, cx: &Cx<'_>, [head, text, button]: &[String; 3]) -> bool {
    let theme = cx.theme;
    let mut pressed = false;
    card(ui, theme, |ui| {
        row(
            ui,
            theme::BUTTON,
            |ui| pressed = ui.add_enabled(!cx.model.busy, big_button(theme, button)).clicked(),
            |ui| {
                let head = Line::bold(head, theme::H2, theme.ink);
                block(ui, &[head, Line::plain(text, theme::TEXT, theme.dim)]);
            },
        );
    });
    pressed
}

/// Checklists whose time has come, besides the one that is the next thing.
fn lists_due(ui: &mut Ui, cx: &mut Cx<'_>, view: &View, next: &Next) {
    let told = |list: &ChecklistId| matches!(next, Next::Prepare { list: told, .. } if told == list);
    let mut lists = due::due(cx.model, view);
    lists.retain(|due| !told(&due.list.id));
    if lists.is_empty() {
        return;
    }
    let tone = if lists.iter().any(|due| due.late) { Tone::Bad } else { Tone::Warn };
    let lines: Vec<String> = lists.iter().map(|due| due.line(cx.model)).collect();
    let (head, go) = (cx.t("ui-due-title"), cx.t("ui-due-go"));
    if banner(ui, cx.theme, &Banner { tone, head: &head, body: &lines.join("\n"), button: Some(&go) }) {
        cx.wish(Wish::Go(Screen::Check));
    }
}

/// Cameras by what they do, a line a state.
fn cameras(ui: &mut Ui, cx: &Cx<'_>, day: &Day) {
    ui.set_min_height(132.0);
    heading(ui, cx.theme, &cx.t("ui-screen-cameras"));
    let names = |wanted: &dyn Fn(&CameraId, &CameraDay) -> bool| {
        let wanted = |id| day.cameras.get(id).is_some_and(|camera| wanted(id, camera));
        let cameras = cx.model.cameras().iter().filter(|camera| wanted(&camera.id));
        let list: Vec<_> = cameras.map(|camera| camera.name.as_str()).collect();
        list.join(", ")
    };
    let lines = [
        (Tone::Bad, None, "ui-camera-lost", names(&|_, c| matches!(c.state, CameraState::Lost { .. }))),
        (
            Tone::Bad,
            None,
            "ui-camera-unwritten",
            names(&|id, c| !matches!(c.state, CameraState::Lost { .. }) && day.outage_of(id).is_some()),
        ),
        (
            Tone::Ok,
            Some("●"),
            "ui-camera-records",
            names(&|id, c| {
                let lost = matches!(c.state, CameraState::Lost { .. });
                c.recording_since_ms.is_some() && !lost && day.outage_of(id).is_none()
            }),
        ),
        (
            Tone::Idle,
            None,
            "ui-camera-waits",
            names(&|_, c| {
                c.recording_since_ms.is_none() && matches!(c.state, CameraState::Idle | CameraState::Works)
            }),
        ),
        (Tone::Idle, Some("■"), "ui-camera-stopped", names(&|_, c| c.state == CameraState::Stopped)),
    ];
    for (tone, mark, state, names) in lines.into_iter().filter(|line| !line.3.is_empty()) {
        ui.horizontal_wrapped(|ui| {
            state_line(ui, cx.theme, tone, mark, &cx.t(state));
            ui.label(theme::plain(names, theme::TEXT, cx.theme.ink));
        });
    }
    for start in &day.plan.starts {
        let starting = |camera: &&CameraInfo| {
            cx.model.zone(&camera.room) == Some(start.zone) && cx.model.starts_at(camera).is_some()
        };
        let list: Vec<_> = cx.model.cameras().iter().filter(starting).map(|c| c.name.as_str()).collect();
        if !list.is_empty() {
            let text = Message::new("ui-today-starts").with("time", cx.model.clock(start.at_ms));
            label(ui, cx.theme, &cx.say(&text.with("cameras", list.join(", "))));
        }
    }
    if let Some(forecast) = cx.model.view.as_ref().and_then(|view| bar::disk_forecast(cx.model, view)) {
        label(ui, cx.theme, &forecast);
    }
    let gaps: u32 = day.cameras.values().map(|camera| camera.gaps).sum();
    if gaps > 0 {
        let lost_ms = day.cameras.values().map(|camera| camera.gap_ms).sum::<u64>();
        let text = Message::new("ui-camera-gaps").with("count", gaps).with("seconds", lost_ms.div_ceil(1000));
        label(ui, cx.theme, &cx.say(&text));
    }
}

fn attention(ui: &mut Ui, cx: &mut Cx<'_>, day: &Day) {
    ui.set_min_height(132.0);
    heading(ui, cx.theme, &cx.t("ui-attention"));
    let theme = cx.theme;
    let mut lines: Vec<(Tone, String, String)> = troubles(cx.model)
        .into_iter()
        .enumerate()
        .map(|(at, trouble)| {
            // The banner above says what to do about the worst one until somebody has seen it.
            let told = at == 0 && !trouble.acknowledged;
            (trouble.tone, trouble.head, if told { String::new() } else { trouble.what_to_do })
        })
        .collect();
    for access in day.open_accesses() {
        let text = Message::new("ui-attention-access")
            .with("number", access.access)
            .with("since", access.time_from.as_str());
        lines.push((Tone::Warn, cx.say(&text), String::new()));
    }
    for outage in day.unexplained().filter(|outage| !outage.lasts()).take(MOST_OUTAGES) {
        lines.push((Tone::Warn, outage_words::line(cx.model, outage), String::new()));
    }
    if lines.is_empty() {
        ui.horizontal(|ui| state_line(ui, theme, Tone::Ok, None, &cx.t("ui-attention-none")));
    }
    for (tone, head, what_to_do) in lines {
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::strong(crate::ui::widgets::sign(tone), theme::TEXT, theme.strong(tone)));
            ui.label(theme::plain(head, theme::TEXT, theme.ink));
        });
        if !what_to_do.is_empty() {
            label(ui, theme, &what_to_do);
        }
    }
    // While one lasts, its picture comes first; after the stop, this is the next thing to do.
    let over = day.stage == Stage::Recording && day.unexplained().any(|outage| !outage.lasts());
    if !over && day.alarm_log.total == 0 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let [explain, log] = ["ui-outages-explain", "ui-alarms-open"].map(|id| cx.t(id));
        let small = |text| big_button(theme, text).small();
        if over && ui.add_enabled(!cx.model.busy, small(&explain)).clicked() {
            let wish = explain_outages(cx);
            cx.wish(wish);
        }
        if day.alarm_log.total > 0 && ui.add(small(&log)).clicked() {
            cx.open(Dialog::AlarmLog(AlarmLog::open()));
        }
    });
}

/// The code for the paper form, with the button that says it was written.
fn code(ui: &mut Ui, cx: &mut Cx<'_>, day: &Day) {
    let Some(shown) = day.code.as_ref().filter(|_| day.stage < Stage::Closed) else { return };
    card(ui, cx.theme, |ui| {
        let theme = cx.theme;
        let mut pressed = false;
        row(
            ui,
            theme::BUTTON,
            |ui| {
                if shown.written {
                    ui.label(theme::strong(cx.t("ui-code-is-written"), theme::TEXT, theme.ok));
                    ui.label(theme::strong("✔", theme::TEXT, theme.ok));
                } else {
                    pressed =
                        ui.add_enabled(!cx.model.busy, big_button(theme, &cx.t("ui-code-written"))).clicked();
                }
                ui.add_space(theme::GAP_L);
                let size = if ui.available_width() < 620.0 { 22.0 } else { 30.0 };
                ui.label(theme::code(spaced(&shown.code), size, theme.ink));
            },
            |ui| {
                let text = Message::new("ui-code-text").with("time", cx.model.clock(shown.shown_at_ms));
                let (head, text) = (cx.t("ui-code-title"), cx.say(&text));
                let head = Line::bold(&head, theme::H2, theme.ink);
                block(ui, &[head, Line::plain(&text, theme::TEXT, theme.dim)]);
            },
        );
        if pressed {
            cx.ask(Command::CodeWritten { code: shown.code.clone() });
        }
    });
}

/// Groups of four, as people copy them; a code that has its own separators stays as it is.
fn spaced(code: &str) -> String {
    if code.contains('-') {
        return code.to_owned();
    }
    let characters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}
