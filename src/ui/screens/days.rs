//! The days that are over: how each stands, and what can be done with it.

use eframe::egui::Ui;

use super::copies::{Figures, copy_cards, work_frame};
use super::papers;
use crate::day::OlderDay;
use crate::i18n::Message;
use crate::point::DayId;
use crate::station::protocol::{Command, DayLine, DayState, DaysCommand, DaysPage, TargetLive};
use crate::ui::dialogs::{DeleteDay, Dialog};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, big_button, card, label, row, sign, title};
use crate::ui::words::{clock, short_date};

#[derive(Default)]
pub struct Days {
    from: u32,
    /// Where the pages before this one begin.
    before: Vec<u32>,
    page: Option<DaysPage>,
    asked: Option<u32>,
    /// What the view told then of work that had come to its end.
    ended: u32,
    /// Targets are offered for this one.
    copying: Option<DayId>,
}

impl Days {
    /// The station's answer.
    pub fn take(&mut self, page: DaysPage) {
        self.page = Some(page);
    }

    /// Something was changed: what is shown is old.
    pub fn changed(&mut self) {
        self.asked = None;
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        row(
            ui,
            theme::BUTTON,
            |ui| {
                let again = cx.t("ui-days-look-again");
                if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &again)).clicked() {
                    self.asked = None;
                }
            },
            |ui| title(ui, cx.theme, &cx.t("ui-days-title")),
        );
        let ended = cx.model.view.as_ref().map_or(self.ended, |view| view.live.older_ended);
        if self.asked != Some(self.from) || self.ended != ended {
            cx.ask(Command::Days(DaysCommand::List { from: self.from }));
            (self.asked, self.ended) = (Some(self.from), ended);
        }
        work(ui, cx);
        if let Some(view) = cx.model.view.as_ref() {
            copy_cards(ui, cx, view);
        }
        let Some(page) = self.page.clone() else { return };
        if page.total == 0 {
            label(ui, cx.theme, &cx.t("ui-days-none"));
        }
        for line in &page.days {
            card(ui, cx.theme, |ui| self.day(ui, cx, line));
        }
        let last = page.from + page.days.len();
        if page.from > 0 || last < page.total {
            let (next, before) = (cx.t("ui-inventory-next"), cx.t("ui-inventory-before"));
            ui.horizontal(|ui| {
                if ui.add_enabled(page.from > 0, big_button(cx.theme, &before)).clicked() {
                    self.from = self.before.pop().unwrap_or(0);
                }
                if ui.add_enabled(last < page.total, big_button(cx.theme, &next)).clicked() {
                    self.before.push(self.from);
                    self.from = u32::try_from(last).unwrap_or(0);
                }
            });
        }
    }

    fn day(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, line: &DayLine) {
        let theme = cx.theme;
        let (tone, state) = match line.state {
            DayState::Open => (Tone::Accent, "ui-days-open"),
            DayState::Unsealed => (Tone::Warn, "ui-days-unsealed"),
            DayState::Sealed => (Tone::Ok, "ui-days-sealed"),
            DayState::Deleting => (Tone::Warn, "ui-days-deleting"),
            DayState::Deleted => (Tone::Idle, "ui-days-deleted"),
            DayState::Missing => (Tone::Bad, "ui-days-missing"),
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::strong(sign(tone), theme::H2, theme.strong(tone)));
            ui.label(theme::strong(line.day.as_str(), theme::H2, theme.ink));
            label(ui, theme, &cx.t(state));
        });
        for text in about(cx, line) {
            label(ui, theme, &text);
        }
        if line.state != DayState::Sealed {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            let free = !cx.model.busy;
            let button = |ui: &mut Ui, id: &str| {
                let text = cx.t(id);
                let name = format!("{text}: {}", line.day);
                let button = big_button(theme, &text).named(&name).small();
                ui.add_enabled(free, button).clicked()
            };
            let (verify, copy) = (button(ui, "ui-days-verify"), button(ui, "ui-days-copy"));
            let delete = button(ui, "ui-days-delete");
            if verify {
                cx.ask(Command::Days(DaysCommand::Verify { day: line.day.clone() }));
            }
            if copy {
                self.copying = Some(line.day.clone());
            }
            if delete {
                cx.open(Dialog::DeleteDay(DeleteDay::new(line.day.clone())));
            }
            papers::of_past(ui, cx, &line.day);
        });
        if self.copying.as_ref() == Some(&line.day) {
            self.targets(ui, cx, line);
        }
    }

    /// Where it can be copied to.
    fn targets(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, line: &DayLine) {
        let targets: &[TargetLive] = cx.model.view.as_ref().map_or(&[], |view| &view.live.targets);
        if targets.is_empty() {
            label(ui, cx.theme, &cx.t("ui-close-no-target"));
        }
        let mut chosen = None;
        for target in targets {
            let text = format!("{}  {}", target.name, target.path);
            if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &text)).clicked() {
                chosen = Some(target.path.clone());
            }
        }
        if let Some(target) = chosen {
            self.copying = None;
            cx.ask(Command::Days(DaysCommand::CopyTo { day: line.day.clone(), target }));
        }
    }
}

/// The verification that goes on, and what failed.
fn work(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(work) = cx.model.view.as_ref().and_then(|view| view.live.older.as_ref()) else { return };
    let about = |id: &str| cx.say(&Message::new(id).with("day", work.subject.as_str()));
    if let Some(cause) = &work.failed {
        let (head, body) = (about("ui-days-failed"), cx.say(cause));
        banner(ui, cx.theme, &Banner { tone: Tone::Bad, head: &head, body: &body, button: None });
    } else if !work.finished {
        let name = about("ui-days-verifying");
        let mut stop = false;
        work_frame(ui, cx.theme, |ui| {
            Figures::of(work).show(ui, cx, &name);
            let text = cx.t("ui-review-stop");
            stop = ui.add_enabled(!cx.model.busy, big_button(cx.theme, &text)).clicked();
        });
        if stop {
            cx.ask(Command::Days(DaysCommand::StopVerifying));
        }
    }
}

/// Size, date until when it is kept, verdict, and who deleted it.
fn about(cx: &Cx<'_>, line: &DayLine) -> Vec<String> {
    let offset_min = cx.model.offset_min();
    let when = |ms: i64| format!("{} {}", short_date(ms, offset_min), clock(ms, offset_min));
    let OlderDay { verified, deletion, .. } = &line.told;
    let mut texts = Vec::new();
    if line.files > 0 {
        let size = Message::new("ui-days-size").with("files", line.files);
        let size = size.with("size", cx.model.words.bytes(line.bytes));
        let until = line.keep_until.map_or_else(|| "-".to_owned(), |date| cx.model.words.date(date));
        texts.push(cx.say(&size.with("until", until)));
    }
    if let Some(verified) = verified {
        let told = Message::new("ui-days-verified").with("when", when(verified.at_ms));
        let told = told.with("verdict", verified.verdict.as_str()).with("faults", verified.faults);
        texts.push(cx.say(&told));
    }
    if let Some(deletion) = deletion {
        let who = |person: &Option<crate::point::PersonId>| {
            person.as_ref().map_or_else(|| "-".to_owned(), |person| cx.model.post(person))
        };
        let told = Message::new("ui-days-deleted-by").with("when", when(deletion.at_ms));
        let told = told.with("who", who(&deletion.by)).with("second", who(&deletion.second));
        texts.push(cx.say(&told));
    }
    texts
}
