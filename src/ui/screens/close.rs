//! Close and seal: what is left to do, how far the archive is, where it is copied to, and the codes
//! for the act.

use std::path::PathBuf;

use eframe::egui::Ui;

use super::copies::{Copies, Figures, work_frame};
use super::papers;
use crate::day::{Day, Handover, Stage};
use crate::i18n::Message;
use crate::review::Against;
use crate::signing::SignerRole;
use crate::station::protocol::{Command, EvidenceCommand, PaperKind, View, WorkLive};
use crate::ui::dialogs::{Countersign, Dialog, ExplainOutages, SavePage};
use crate::ui::model::{Cx, Screen, Wish};
use crate::ui::outage_words;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{
    Banner, banner, big_button, card, columns, heading, hold_button, label, row, sign, title,
};

/// Outages that are told one by one; the command `outages` lists all.
const MOST_OUTAGES: usize = 4;

#[derive(Default)]
pub struct Close {
    copies: Copies,
}

impl Close {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (theme, name) = (cx.theme, cx.t("ui-close-title"));
        row(ui, theme::ROW, |ui| papers::of_day(ui, cx, papers::CLOSE), |ui| title(ui, theme, &name));
        let Some(view) = &cx.model.view else { return };
        let Some(day) = &view.day else {
            label(ui, cx.theme, &cx.t("ui-close-no-day"));
            return;
        };
        let height = ui.available_height();
        columns(ui, 0.66, height, |left, right| {
            card(left, cx.theme, |ui| self.left(ui, cx, view, day));
            card(right, cx.theme, |ui| act(ui, cx, view, day));
        });
    }

    fn left(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &View, day: &Day) {
        // What is to be done now comes first, so that no screen is too low for it.
        if let Some(work) = &view.live.work {
            work_card(ui, cx, work);
        }
        let works = view.live.work.as_ref().is_some_and(WorkLive::runs);
        match day.stage {
            Stage::Stopped if !works => self.seal(ui, cx, day),
            Stage::Closed if cx.model.seal_failed() => self.seal(ui, cx, day),
            _ => {}
        }
        self.copies.show(ui, cx, view, day);
        if day.stage == Stage::Closed && !works && !cx.model.seal_failed() {
            self.countersign(ui, cx, view);
        }
        done(ui, cx, view, day);
    }

    fn seal(&self, ui: &mut Ui, cx: &mut Cx<'_>, day: &Day) {
        ui.add_space(theme::GAP_S);
        let open = day.open_accesses().count();
        if open > 0 {
            let text = cx.say(&Message::new("ui-close-access-open").with("count", open));
            let go = cx.t("ui-next-access-go");
            let words = Banner { tone: Tone::Warn, head: &text, body: "", button: Some(&go) };
            if banner(ui, cx.theme, &words) {
                cx.wish(Wish::Go(Screen::Access));
            }
            return;
        }
        let unexplained = day.unexplained().count();
        if unexplained > 0 {
            let text = cx.say(&Message::new("ui-next-outages-text").with("count", unexplained));
            let go = cx.t("ui-outages-explain");
            let words = Banner { tone: Tone::Warn, head: &text, body: "", button: Some(&go) };
            if banner(ui, cx.theme, &words) {
                cx.open(Dialog::ExplainOutages(ExplainOutages::new(day)));
            }
            return;
        }
        label(ui, cx.theme, &cx.t("ui-close-seal-text"));
        let text = cx.t("ui-close-seal");
        let held = |ui: &mut Ui| hold_button(ui, cx.theme, &cx.model.words, &text, 0.0);
        if ui.add_enabled_ui(!cx.model.busy, held).inner {
            cx.ask(Command::Seal);
        }
    }

    /// For those who have not signed the sealed day yet.
    fn countersign(&self, ui: &mut Ui, cx: &mut Cx<'_>, view: &View) {
        if view.live.countersigned.len() < SignerRole::COUNTERSIGNERS.len() {
            let text = cx.t("ui-close-countersign");
            if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &text)).clicked() {
                Countersign::open(cx, &view.live.countersigned);
            }
        }
    }
}

/// How far the closing is.
fn done(ui: &mut Ui, cx: &Cx<'_>, view: &View, day: &Day) {
    ui.add_space(theme::GAP_S);
    heading(ui, cx.theme, &cx.t("ui-close-done"));
    ui.spacing_mut().item_spacing.y = theme::GAP_XS;
    for line in left_to_do(cx, day, view.handover.as_ref()) {
        line_of(ui, cx, &line);
    }
    for role in &view.live.countersigned {
        let id = match role {
            SignerRole::Head => "ui-close-line-head",
            _ => "ui-close-line-member",
        };
        line_of(ui, cx, &Line { tone: Tone::Ok, text: cx.t(id), detail: String::new() });
    }
    let missing = day.countersigners.iter().filter(|role| !view.live.countersigned.contains(role));
    for role in missing.filter(|_| day.stage == Stage::Closed) {
        let id = match role {
            SignerRole::Head => "ui-close-due-head",
            _ => "ui-close-due-member",
        };
        line_of(ui, cx, &Line { tone: Tone::Warn, text: cx.t(id), detail: String::new() });
    }
    for outage in day.outages.iter().take(MOST_OUTAGES) {
        label(ui, cx.theme, &outage_words::told(cx.model, outage));
    }
}

struct Line {
    tone: Tone,
    text: String,
    detail: String,
}

/// Everything between the recording and the handed-over archive, done or not.
fn left_to_do(cx: &Cx<'_>, day: &Day, handover: Option<&Handover>) -> Vec<Line> {
    let done = |yes: bool| if yes { Tone::Ok } else { Tone::Idle };
    let mut lines = Vec::new();
    let ordered = day.stop_ordered.as_ref();
    lines.push(Line {
        tone: done(ordered.is_some()),
        text: cx.t("ui-close-line-order"),
        detail: ordered.map_or_else(String::new, |order| {
            let who = order.by.as_ref().map(|by| cx.model.post(by)).unwrap_or_default();
            format!("{who}, {}", cx.model.clock(order.at_ms))
        }),
    });
    if let Some(order) = ordered {
        let (tone, detail) = match order.handover_done {
            true => (Tone::Ok, String::new()),
            false => {
                (Tone::Warn, cx.say(&Message::new("ui-close-early").with("reason", order.reason.as_str())))
            }
        };
        lines.push(Line { tone, text: cx.t("ui-close-line-handover"), detail });
    }
    let stopped = day.stage >= Stage::Stopped;
    let bytes = day.cameras.values().map(|camera| camera.bytes).sum();
    let cameras = Message::new("ui-close-cameras")
        .with("count", day.cameras.len())
        .with("size", cx.model.words.bytes(bytes));
    lines.push(Line {
        tone: done(stopped),
        text: cx.t("ui-close-line-stopped"),
        detail: if stopped { cx.say(&cameras) } else { String::new() },
    });
    let open = day.open_accesses().count();
    lines.push(Line {
        tone: if open == 0 { Tone::Ok } else { Tone::Warn },
        text: cx.t("ui-close-line-access"),
        detail: if open == 0 {
            String::new()
        } else {
            cx.say(&Message::new("ui-close-open").with("count", open))
        },
    });
    if day.incidents.total > 0 {
        let left = day.incidents.unexplained;
        let detail = Message::new("ui-close-incidents").with("count", left);
        lines.push(Line {
            tone: if left == 0 { Tone::Ok } else { Tone::Warn },
            text: cx.t("ui-close-line-incidents"),
            detail: if left == 0 { String::new() } else { cx.say(&detail) },
        });
    }
    if !day.outages.is_empty() {
        let left = day.unexplained().count();
        let lost_ms: u64 = day.outages.iter().map(|outage| outage.lost_ms(cx.model.now.utc_ms)).sum();
        let detail = Message::new("ui-close-outages").with("count", day.outages.len());
        lines.push(Line {
            tone: if left == 0 { Tone::Ok } else { Tone::Warn },
            text: cx.t("ui-close-line-outages"),
            detail: cx.say(&detail.with("lost", cx.model.words.lasted(lost_ms))),
        });
    }
    let sealed: u64 = day.sealed_parts.iter().map(|part| part.bytes).sum();
    let parts = Message::new("ui-close-parts")
        .with("count", day.sealed_parts.len())
        .with("size", cx.model.words.bytes(sealed));
    lines.push(Line {
        tone: done(day.stage == Stage::Closed),
        text: cx.t("ui-close-line-sealed"),
        detail: if day.sealed_parts.is_empty() { String::new() } else { cx.say(&parts) },
    });
    let media = handover.map_or(0, Handover::media);
    let copied = Message::new("ui-close-media").with("media", media).with("asked", Handover::MEDIA);
    lines.push(Line {
        tone: match media {
            0 => Tone::Idle,
            Handover::MEDIA.. => Tone::Ok,
            _ => Tone::Warn,
        },
        text: cx.t("ui-close-line-copied"),
        detail: cx.say(&copied),
    });
    let handed_over = handover.and_then(|handover| handover.handed_over.as_ref());
    lines.push(Line {
        tone: done(handed_over.is_some()),
        text: cx.t("ui-close-line-handed-over"),
        detail: handed_over.map_or_else(String::new, |handed_over| {
            let time = cx.model.clock(handed_over.at_ms);
            match handed_over.reason.as_str() {
                "" => time,
                reason => cx.say(&Message::new("ui-close-reason").with("time", time).with("reason", reason)),
            }
        }),
    });
    lines
}

fn line_of(ui: &mut Ui, cx: &Cx<'_>, line: &Line) {
    let theme = cx.theme;
    row(
        ui,
        34.0,
        |ui| {
            if !line.detail.is_empty() {
                // Below its line it stands under the text.
                if !ui.layout().prefer_right_to_left() {
                    ui.add_space(theme::GAP_XL);
                }
                ui.label(theme::plain(&line.detail, theme::TEXT, theme.dim));
            }
        },
        |ui| {
            ui.label(theme::strong(sign(line.tone), theme::TEXT, theme.strong(line.tone)));
            ui.label(theme::plain(&line.text, theme::TEXT, theme.ink));
        },
    );
}

/// The seal: how far; or why it failed.
fn work_card(ui: &mut Ui, cx: &mut Cx<'_>, work: &WorkLive) {
    let name = cx.t("ui-work-seal");
    if let Some(failed) = &work.failed {
        let head = cx.say(&Message::new("ui-work-failed").with("work", name));
        banner(ui, cx.theme, &Banner { tone: Tone::Bad, head: &head, body: &cx.say(failed), button: None });
    } else if !work.finished {
        work_frame(ui, cx.theme, |ui| {
            Figures::of(work).show(ui, cx, &name);
            label(ui, cx.theme, &cx.t("ui-work-verified"));
        });
    }
}

/// What goes onto paper, and where the archive stands.
fn act(ui: &mut Ui, cx: &mut Cx<'_>, view: &View, day: &Day) {
    let theme = cx.theme;
    heading(ui, theme, &cx.t("ui-act-title"));
    label(ui, theme, &cx.t("ui-act-text"));
    let written = day.code.as_ref().map(|shown| &shown.code);
    let codes = [
        ("ui-act-opening", view.live.opening_code.as_ref()),
        ("ui-act-closing", view.live.closing_code.as_ref()),
        ("ui-act-code", written.filter(|_| day.stage < Stage::Closed)),
    ];
    for (name, code) in codes {
        if let Some(code) = code {
            label(ui, theme, &cx.t(name));
            ui.label(theme::code(code, theme::H2, theme.ink));
        }
    }
    let restarts = Message::new("ui-act-restarts").with("count", day.restarts);
    ui.label(theme::plain(cx.say(&restarts), theme::TEXT, theme.ink));
    // Complete once the journal's own part is sealed too.
    let seals = view.live.work.as_ref().is_some_and(|work| work.runs() || work.failed.is_some());
    let complete = day.stage == Stage::Closed && !seals;
    paper_button(ui, cx, PaperKind::Opening);
    if complete {
        paper_button(ui, cx, PaperKind::Closing);
        let text = cx.t("ui-page-go");
        if ui.add(big_button(theme, &text).small()).clicked() {
            cx.open(Dialog::SavePage(SavePage));
        }
    }
    if complete && !view.live.archive_folder.is_empty() {
        let folder = Message::new("ui-act-folder").with("folder", view.live.archive_folder.as_str());
        label(ui, theme, &cx.say(&folder));
        let text = cx.t("ui-act-review");
        if ui.add(big_button(theme, &text).small()).clicked() {
            cx.wish(Wish::Review(PathBuf::from(&view.live.archive_folder), Against::default()));
        }
    }
}

/// Shows what stands on the paper act.
pub(super) fn paper_button(ui: &mut Ui, cx: &mut Cx<'_>, which: PaperKind) {
    let text = cx.t(match which {
        PaperKind::Opening => "ui-paper-opening-go",
        PaperKind::Closing => "ui-paper-closing-go",
    });
    if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &text).small()).clicked() {
        cx.ask(Command::Evidence(EvidenceCommand::Act { which }));
    }
}
