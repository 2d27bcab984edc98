//! Review: choose an archive, have it verified, see the verdict in plain words, where every second of
//! video is, and what the journal tells.

mod log;
mod screening;
mod timeline;
mod verdict;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{Context, Ui};

use screening::Screening;

use crate::clock::Clock;
use crate::i18n::Message;
use crate::ui::model::{Cx, Wish};
use crate::ui::review::{Reviewed, Verification};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, big_button, card, field, heading, label, progress, row, title};

/// So many archives of this computer are offered, the newest first.
const MAX_OFFERED: usize = 12;

/// Which archive is looked at.
pub struct Review {
    /// Where this computer's exam days stand.
    days: Option<PathBuf>,
    /// Archives found there; looked for once each time there is something to choose.
    offered: Option<Vec<PathBuf>>,
    typed: String,
    state: State,
    part: Part,
}

enum State {
    Choosing,
    Verifying(Verification),
    /// The verification could not begin, or ended without an outcome.
    Failed(PathBuf),
    /// With what it shows, if there is any video.
    Done(Box<Reviewed>, Option<Box<Screening>>),
}

/// What is shown below the verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Videos,
    Journal,
    Notes,
}

impl Review {
    pub fn new(days: Option<PathBuf>) -> Self {
        Self { days, offered: None, typed: String::new(), state: State::Choosing, part: Part::Videos }
    }

    /// Verifies the archive in this folder; one that was being verified is let go.
    pub fn open(&mut self, folder: PathBuf, now_ms: i64, ctx: &Context) {
        self.part = Part::Videos;
        self.state = match Verification::start(folder.clone(), now_ms, ctx) {
            Ok(verification) => State::Verifying(verification),
            Err(error) => {
                tracing::error!(%error, "the verification can't begin");
                State::Failed(folder)
            }
        };
    }

    /// Takes in what the verification has to say.
    pub fn hear(&mut self, clock: &Arc<dyn Clock>, ctx: &Context) {
        let State::Verifying(verification) = &mut self.state else { return };
        match verification.hear() {
            Ok(None) => {}
            Ok(Some(reviewed)) => {
                let screening = Screening::start(&reviewed, Arc::clone(clock), ctx).map(Box::new);
                self.state = State::Done(reviewed, screening);
            }
            Err(()) => self.state = State::Failed(verification.folder.clone()),
        }
    }

    /// Somebody looks at something else.
    pub fn pause(&self) {
        if let State::Done(_, Some(screening)) = &self.state {
            screening.pause();
        }
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let again = match &mut self.state {
            State::Choosing => return self.choose(ui, cx),
            State::Verifying(verification) => verifying(ui, cx, verification),
            State::Failed(folder) => {
                let text = Message::new("ui-review-failed").with("folder", folder.display().to_string());
                let other = cx.t("ui-review-other");
                let words = Banner { tone: Tone::Bad, head: &cx.say(&text), body: "", button: Some(&other) };
                banner(ui, cx.theme, &words)
            }
            State::Done(reviewed, screening) => {
                let again = verdict::show(ui, cx, reviewed);
                let at_ms = screening.as_ref().map(|screening| screening.at_ms());
                let mut wanted_ms = timeline::show(ui, cx, reviewed, at_ms);
                if let Some(screening) = screening {
                    screening.show(ui, cx, reviewed);
                }
                parts(ui, cx, reviewed, &mut self.part);
                wanted_ms = wanted_ms.or(match self.part {
                    Part::Videos => log::videos(ui, cx, reviewed),
                    Part::Journal => log::journal(ui, cx, reviewed),
                    Part::Notes => {
                        verdict::notes(ui, cx, reviewed);
                        None
                    }
                });
                if let (Some(screening), Some(at_ms)) = (screening, wanted_ms) {
                    screening.jump(at_ms);
                }
                again
            }
        };
        if again {
            self.state = State::Choosing;
            self.offered = None;
        }
    }

    fn choose(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        title(ui, cx.theme, &cx.t("ui-review-title"));
        let days = self.days.as_deref();
        let offered = self.offered.get_or_insert_with(|| days.map(archives).unwrap_or_default());
        let mut chosen = None;
        card(ui, cx.theme, |ui| {
            label(ui, cx.theme, &cx.t("ui-review-text"));
            if !offered.is_empty() {
                heading(ui, cx.theme, &cx.t("ui-review-here"));
            }
            for folder in offered.iter() {
                let name = day_name(folder);
                let width = ui.available_width();
                if ui.add(big_button(cx.theme, &name).min_width(width).text_size(theme::TEXT)).clicked() {
                    chosen = Some(folder.clone());
                }
            }
            ui.horizontal(|ui| {
                let width = ui.available_width() - 220.0;
                let entered = field(ui, cx.theme, &cx.t("ui-review-folder"), &mut self.typed, width);
                let enter = entered.lost_focus() && ui.input(|i| i.key_pressed(eframe::egui::Key::Enter));
                ui.vertical(|ui| {
                    ui.add_space(20.0);
                    let ready = !self.typed.trim().is_empty();
                    let text = cx.t("ui-review-go");
                    let pressed = ui.add_enabled(ready, big_button(cx.theme, &text).filled()).clicked();
                    if pressed || (enter && ready) {
                        chosen = Some(PathBuf::from(self.typed.trim()));
                    }
                });
            });
        });
        if let Some(folder) = chosen {
            cx.wish(Wish::Review(folder));
        }
    }
}

/// True when the person wants another archive.
fn verifying(ui: &mut Ui, cx: &Cx<'_>, verification: &Verification) -> bool {
    let theme = cx.theme;
    title(ui, theme, &cx.t("ui-review-title"));
    card(ui, theme, |ui| {
        let words = &cx.model.words;
        let name = cx.t("ui-review-runs");
        let amount = Message::new("ui-review-amount")
            .with("done", words.bytes(verification.done_bytes))
            .with("total", words.bytes(verification.total_bytes));
        row(
            ui,
            28.0,
            |ui| ui.label(theme::plain(cx.say(&amount), theme::TEXT, theme.ink)),
            |ui| heading(ui, theme, &name),
        );
        progress(ui, theme, verification.done_bytes, verification.total_bytes, &name);
        label(ui, theme, &verification.folder.display().to_string());
        ui.add(big_button(theme, &cx.t("ui-review-stop"))).clicked()
    })
    .inner
}

fn parts(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed, part: &mut Part) {
    let notes = reviewed.report.faults.len() + reviewed.report.warnings.len();
    let notes = Message::new("ui-review-notes").with("count", notes);
    let videos = Message::new("ui-review-videos").with("count", reviewed.report.recordings.len());
    let journal = Message::new("ui-review-journal").with("count", reviewed.report.records);
    ui.horizontal(|ui| {
        for (which, text) in [(Part::Videos, videos), (Part::Journal, journal), (Part::Notes, notes)] {
            let text = cx.say(&text);
            let button = big_button(cx.theme, &text).selected(*part == which).height(theme::ROW);
            if ui.add(button.text_size(theme::TEXT)).clicked() {
                *part = which;
            }
        }
    });
}

/// Folders of sealed archives below the days' folder, the newest day first.
fn archives(days: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(days) else { return Vec::new() };
    let folders = entries.flatten().map(|entry| entry.path().join("archive"));
    let mut found: Vec<PathBuf> = folders.filter(|folder| folder.is_dir()).collect();
    found.sort();
    found.reverse();
    found.truncate(MAX_OFFERED);
    found
}

/// The day that an archive's folder belongs to.
fn day_name(folder: &Path) -> String {
    let day = folder.parent().and_then(Path::file_name);
    day.map_or_else(|| folder.display().to_string(), |day| day.to_string_lossy().into_owned())
}
