//! The copies of the archive, on the screen that closes the day: how far each is, where to, and the
//! handover.

use eframe::egui::{Frame, Margin, Ui};

use crate::day::{Day, Handover, Stage};
use crate::i18n::Message;
use crate::journal::{CopyPurpose, Group};
use crate::station::protocol::{Command, CopyLive, CopyState, TargetLive, View, WorkLive};
use crate::ui::dialogs::{Dialog, HandOver};
use crate::ui::model::Cx;
use crate::ui::theme::{self, RADIUS_CARD, Theme, Tone};
use crate::ui::widgets::{Banner, banner, big_button, field, heading, label, progress, row, sign};

#[derive(Default)]
pub struct Copies {
    /// A folder typed by hand.
    folder: String,
}

impl Copies {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &View, day: &Day) {
        for (backup, cause) in view.handover.iter().flat_map(Handover::backups_failed) {
            let head = cx.say(&Message::new("ui-backup-failed").with("target", backup.target.as_str()));
            let (body, again) = (cx.say(cause), cx.t("ui-backup-again"));
            let words = Banner { tone: Tone::Bad, head: &head, body: &body, button: Some(&again) };
            if banner(ui, cx.theme, &words) {
                cx.ask(Command::BackUp);
            }
        }
        copy_cards(ui, cx, view);
        for target in &view.live.copies_behind {
            let head = cx.say(&Message::new("ui-copy-behind").with("target", target.as_str()));
            let body = cx.t("ui-copy-behind-do");
            banner(ui, cx.theme, &Banner { tone: Tone::Warn, head: &head, body: &body, button: None });
        }
        let seals = view.live.work.as_ref().is_some_and(|work| work.runs() || work.failed.is_some());
        let packed = day.stage == Stage::Closed && !seals;
        if let Some(handover) = view.handover.as_ref().filter(|_| packed) {
            hand_over(ui, cx, handover, &view.live.copies);
        }
        if packed || day.sealed_parts.iter().any(|part| part.group == Group::Delivered) {
            self.choose(ui, cx, view);
        }
    }

    fn choose(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &View) {
        ui.add_space(theme::GAP_S);
        heading(ui, cx.theme, &cx.t("ui-close-copy-title"));
        if view.live.copies.is_empty() {
            label(ui, cx.theme, &cx.t("ui-close-copy-text"));
        }
        if view.point.confidential {
            label(ui, cx.theme, &cx.t("ui-close-confidential"));
        }
        let theme = cx.theme;
        let mut chosen = None;
        for target in &view.live.targets {
            let text = target_words(cx, target);
            let width = ui.available_width();
            if ui
                .add_enabled(!cx.model.busy, big_button(theme, &text).min_width(width).text_size(theme::TEXT))
                .clicked()
            {
                chosen = Some(target.path.clone());
            }
        }
        if view.live.targets.is_empty() {
            label(ui, theme, &cx.t("ui-close-no-target"));
        }
        ui.horizontal(|ui| {
            let width = ui.available_width() - 190.0;
            field(ui, theme, &cx.t("ui-close-folder"), &mut self.folder, width);
            ui.vertical(|ui| {
                ui.add_space(20.0);
                let ready = !self.folder.trim().is_empty() && !cx.model.busy;
                let text = cx.t("ui-close-copy");
                if ui.add_enabled(ready, big_button(theme, &text).filled()).clicked() {
                    chosen = Some(self.folder.trim().to_owned());
                }
            });
        });
        if let Some(target) = chosen {
            cx.ask(Command::CopyTo { target });
        }
    }
}

fn target_words(cx: &Cx<'_>, target: &TargetLive) -> String {
    let id = if target.removable { "ui-close-target-removable" } else { "ui-close-target" };
    let name = if target.name.is_empty() { &target.path } else { &target.name };
    let free = cx.model.words.bytes(target.free_bytes);
    cx.say(
        &Message::new(id).with("name", name.as_str()).with("path", target.path.as_str()).with("free", free),
    )
}

/// How far each copy is, of whatever day. A backup that failed is told elsewhere.
pub(super) fn copy_cards(ui: &mut Ui, cx: &mut Cx<'_>, view: &View) {
    let told =
        |copy: &&CopyLive| copy.purpose == CopyPurpose::Medium || !matches!(copy.state, CopyState::Failed(_));
    for copy in view.live.copies.iter().filter(told) {
        copy_card(ui, cx, copy);
    }
}

fn copy_card(ui: &mut Ui, cx: &mut Cx<'_>, copy: &CopyLive) {
    let told = |cx: &Cx<'_>, id: &str| cx.say(&Message::new(id).with("target", copy.target.as_str()));
    match &copy.state {
        CopyState::Verified => {
            let head = told(cx, "ui-copy-verified");
            label(ui, cx.theme, &format!("{} {head}", sign(Tone::Ok)));
        }
        CopyState::Failed(cause) => {
            let head = told(cx, "ui-copy-failed");
            banner(
                ui,
                cx.theme,
                &Banner { tone: Tone::Bad, head: &head, body: &cx.say(cause), button: None },
            );
        }
        CopyState::Copying | CopyState::HeldBack | CopyState::Waiting => {
            let name = cx.t(match copy.purpose {
                CopyPurpose::Medium => "ui-work-copy",
                CopyPurpose::Daily => "ui-copy-daily",
                CopyPurpose::Cumulative => "ui-copy-cumulative",
            });
            let figures = Figures {
                done_bytes: copy.done_bytes,
                total_bytes: copy.total_bytes,
                bytes_per_second: copy.bytes_per_second,
                eta_ms: copy.eta_ms,
            };
            work_frame(ui, cx.theme, |ui| {
                figures.show(ui, cx, &name);
                label(ui, cx.theme, &cx.t("ui-work-verified"));
                label(ui, cx.theme, &copy.target);
                if copy.state == CopyState::HeldBack {
                    label(ui, cx.theme, &cx.t("ui-copy-held-back"));
                } else if copy.state == CopyState::Waiting {
                    label(ui, cx.theme, &cx.t("ui-copy-waiting"));
                }
                let cancel = cx.t("ui-work-cancel");
                if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &cancel)).clicked() {
                    cx.ask(Command::CancelCopy { target: copy.target.clone() });
                }
            });
        }
    }
}

fn hand_over(ui: &mut Ui, cx: &mut Cx<'_>, handover: &Handover, copies: &[CopyLive]) {
    if handover.handed_over.is_some() || copies.iter().any(CopyLive::runs) {
        return;
    }
    ui.add_space(theme::GAP_S);
    let text = cx.t("ui-handover-go");
    let button = big_button(cx.theme, &text);
    let button = if handover.media() >= Handover::MEDIA { button.main() } else { button };
    if ui.add_enabled(!cx.model.busy, button).clicked() {
        cx.open(Dialog::HandOver(HandOver::new(handover)));
    }
}

/// How far long work is.
pub(super) struct Figures {
    pub done_bytes: u64,
    pub total_bytes: u64,
    pub bytes_per_second: u64,
    pub eta_ms: Option<u64>,
}

impl Figures {
    /// What is known of it.
    pub fn of(work: &WorkLive) -> Self {
        Self {
            done_bytes: work.done_bytes,
            total_bytes: work.total_bytes,
            bytes_per_second: work.bytes_per_second,
            eta_ms: work.eta_ms,
        }
    }

    /// How far, how fast, how long yet, in one line.
    pub fn line(&self, cx: &Cx<'_>) -> String {
        let words = &cx.model.words;
        let amount = Message::new("ui-work-amount")
            .with("done", words.bytes(self.done_bytes))
            .with("total", words.bytes(self.total_bytes))
            .with("speed", words.bytes(self.bytes_per_second));
        let mut text = cx.say(&amount);
        if let Some(eta) = self.eta_ms {
            let left = cx.say(&Message::new("ui-work-left").with("time", words.eta(eta)));
            text = format!("{text} · {left}");
        }
        text
    }

    /// The same with the work's name and a bar.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, name: &str) {
        let (theme, text) = (cx.theme, self.line(cx));
        row(
            ui,
            28.0,
            |ui| ui.label(theme::plain(&text, theme::TEXT, theme.ink)),
            |ui| ui.label(theme::strong(name, theme::TEXT, theme.ink)),
        );
        progress(ui, theme, self.done_bytes, self.total_bytes, name);
    }
}

pub(super) fn work_frame(ui: &mut Ui, theme: &Theme, add: impl FnOnce(&mut Ui)) {
    Frame::new().fill(theme.accent_soft).corner_radius(RADIUS_CARD).inner_margin(Margin::same(16)).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            add(ui);
        },
    );
}
