//! Review: choose an archive, have it verified, see the verdict in plain words, where every second of
//! video is, and what the journal tells.

mod forms;
mod journal;
mod log;
mod notes;
mod screening;
mod table;
mod timeline;
mod timeline_keys;
mod verdict;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{Align, Context, Ui};

use forms::Forms;
use journal::Journal;
use screening::Screening;
use timeline::Asked;
use verdict::Pressed;

use crate::clock::Clock;
use crate::i18n::{Language, Message};
use crate::review::{
    Against, Begun, Coming, Done, Failed, Reviewed, Task, Verification, Wake, Work, list_archives,
};
use crate::ui::dialogs::{Countersign, Dialog, HoldAgainst, Save};
use crate::ui::model::{Cx, Station, Wish};
use crate::ui::pace::Pace;
use crate::ui::screens::copies::Figures;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, big_button, card, field, heading, label, progress, row, title};

/// Which archive is looked at.
pub struct Review {
    /// Where this computer's exam days stand.
    days: Option<PathBuf>,
    /// Archives found there; looked for once each time there is something to choose.
    offered: Offered,
    typed: String,
    state: State,
    part: Part,
    /// Where somebody is in the day who has no video to go with it, UTC ms.
    moment_ms: Option<i64>,
    /// Of the verification that runs.
    pace: Pace,
    journal: Journal,
    forms: Forms,
    work: Option<Work>,
    /// What came of the last one, until it was read.
    done: Option<Done>,
}

#[derive(Default)]
enum Offered {
    #[default]
    Unasked,
    Looking(Coming<Vec<PathBuf>>),
    Found(Vec<PathBuf>),
}

enum State {
    Choosing,
    Verifying(Verification),
    /// The verification could not begin, or ended without an outcome.
    Failed(Message),
    /// With what it shows, if there is any video.
    Done(Arc<Reviewed>, Option<Box<Screening>>),
}

/// What is shown below the verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Videos,
    Journal,
    Forms,
    Notes,
}

impl Review {
    pub fn new(days: Option<PathBuf>) -> Self {
        Self {
            days,
            offered: Offered::default(),
            typed: String::new(),
            state: State::Choosing,
            part: Part::Videos,
            moment_ms: None,
            pace: Pace::default(),
            journal: Journal::default(),
            forms: Forms::default(),
            work: None,
            done: None,
        }
    }

    /// Verifies the archive in this folder; one that was being verified is let go.
    pub fn open(&mut self, folder: PathBuf, against: Against, now_ms: i64, ctx: &Context) {
        (self.part, self.journal, self.forms) = (Part::Videos, Journal::default(), Forms::default());
        (self.work, self.done, self.moment_ms) = (None, None, None);
        self.pace = Pace::default();
        self.state = match Verification::start(folder.clone(), against, now_ms, wake(ctx)) {
            Ok(verification) => State::Verifying(verification),
            Err(error) => {
                tracing::error!(%error, "the verification can't begin");
                State::Failed(failed(&folder))
            }
        };
    }

    /// Does so with the archive that is shown; what was being done before is stopped.
    pub fn work(&mut self, task: Task, language: Language, ctx: &Context) {
        let State::Done(reviewed, _) = &self.state else { return };
        self.done = None;
        self.work = match Work::start(task, Arc::clone(reviewed), language, wake(ctx)) {
            Ok(work) => Some(work),
            Err(error) => {
                tracing::error!(%error, "no thread for it");
                self.done = Some(Err(Message::new("review-broken")));
                None
            }
        };
    }

    /// Takes in what the verification has to say, and the work.
    pub fn hear(&mut self, clock: &Arc<dyn Clock>, ctx: &Context) {
        if let Some(done) = self.work.as_mut().and_then(Work::hear) {
            (self.work, self.done) = (None, Some(done));
        }
        let State::Verifying(verification) = &mut self.state else { return };
        match verification.hear() {
            Ok(None) => {}
            Ok(Some(reviewed)) => {
                let screening = Screening::start(&reviewed, Arc::clone(clock), ctx).map(Box::new);
                self.state = State::Done(Arc::from(reviewed), screening);
            }
            Err(Failed::Gone) => self.state = State::Failed(failed(&verification.folder)),
            Err(Failed::Against(message)) => self.state = State::Failed(message),
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
            State::Verifying(verification) => verifying(ui, cx, verification, &mut self.pace),
            State::Failed(text) => {
                let other = cx.t("ui-review-other");
                let words = Banner { tone: Tone::Bad, head: &cx.say(text), body: "", button: Some(&other) };
                banner(ui, cx.theme, &words)
            }
            State::Done(reviewed, screening) => {
                let pressed = verdict::show(ui, cx, reviewed, screening.is_some());
                let at_ms = screening.as_ref().map(|screening| screening.at_ms());
                actions(ui, cx, reviewed, at_ms);
                works(ui, cx, &mut self.work, &mut self.done);
                let asked = timeline::show(ui, cx, reviewed, at_ms.or(self.moment_ms));
                if let Some(screening) = screening {
                    if asked == Some(Asked::Play) {
                        screening.toggle();
                    }
                    screening.show(ui, cx, reviewed);
                }
                let mut wanted_ms = match asked {
                    Some(Asked::Moment(at_ms)) => Some(at_ms),
                    Some(Asked::Play) | None => None,
                };
                parts(ui, cx, reviewed, &mut self.part);
                if let Some(Pressed::Moment(at_ms)) = pressed {
                    wanted_ms = Some(at_ms);
                }
                wanted_ms = wanted_ms.or(match self.part {
                    Part::Videos => log::videos(ui, cx, reviewed),
                    Part::Journal => self.journal.show(ui, cx, reviewed),
                    Part::Forms => {
                        self.forms.show(ui, cx, reviewed);
                        None
                    }
                    Part::Notes => {
                        notes::notes(ui, cx, reviewed);
                        None
                    }
                });
                match (screening, wanted_ms) {
                    (Some(screening), Some(at_ms)) => screening.jump(at_ms),
                    (None, Some(at_ms)) => self.moment_ms = Some(at_ms),
                    (_, None) => {}
                }
                pressed == Some(Pressed::Other)
            }
        };
        if again {
            self.state = State::Choosing;
            self.offered = Offered::default();
        }
    }

    fn choose(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        title(ui, cx.theme, &cx.t("ui-review-title"));
        self.offered.look(self.days.as_ref(), ui.ctx());
        let offered = match &self.offered {
            Offered::Found(found) => found.as_slice(),
            Offered::Unasked | Offered::Looking(_) => &[],
        };
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
            cx.wish(Wish::Review(folder, Against::default()));
        }
    }
}

impl Offered {
    fn look(&mut self, days: Option<&PathBuf>, ctx: &Context) {
        match self {
            Self::Unasked => {
                let looking = days.map(|days| list_archives(days.clone(), wake(ctx)));
                *self = match looking {
                    Some(Ok(looking)) => Self::Looking(looking),
                    Some(Err(_)) | None => Self::Found(Vec::new()),
                };
            }
            Self::Looking(looking) => {
                if let Some(found) = looking.hear() {
                    *self = Self::Found(found.unwrap_or_default());
                }
            }
            Self::Found(_) => {}
        }
    }
}

/// True when the person wants another archive.
fn verifying(ui: &mut Ui, cx: &Cx<'_>, verification: &Verification, pace: &mut Pace) -> bool {
    pace.read(verification.done_bytes, cx.model.now.mono_ms);
    let theme = cx.theme;
    title(ui, theme, &cx.t("ui-review-title"));
    card(ui, theme, |ui| {
        let words = &cx.model.words;
        let name = cx.t("ui-review-runs");
        let (done_bytes, total_bytes) = (verification.done_bytes, verification.total_bytes);
        let amount = match pace.bytes_per_second() {
            Some(bytes_per_second) => {
                let eta_ms = pace.left_ms(total_bytes);
                Figures { done_bytes, total_bytes, bytes_per_second, eta_ms }.line(cx)
            }
            None => {
                let amount = Message::new("ui-review-amount").with("done", words.bytes(done_bytes));
                cx.say(&amount.with("total", words.bytes(total_bytes)))
            }
        };
        row(
            ui,
            28.0,
            |ui| ui.label(theme::plain(amount, theme::TEXT, theme.ink)),
            |ui| heading(ui, theme, &name),
        );
        progress(ui, theme, verification.done_bytes, verification.total_bytes, &name);
        label(ui, theme, &verification.folder.display().to_string());
        if let Some(begun) = &verification.begun {
            first_words(ui, cx, begun);
        }
        ui.add(big_button(theme, &cx.t("ui-review-stop"))).clicked()
    })
    .inner
}

/// What is known while the video is still being read.
fn first_words(ui: &mut Ui, cx: &Cx<'_>, begun: &Begun) {
    if let Some(day) = &begun.title {
        heading(ui, cx.theme, &verdict::day_name(cx, day));
    }
    let (tone, id) = match begun.tampered {
        true => (Tone::Bad, "ui-review-begun-changed"),
        false => (Tone::Accent, "ui-review-begun"),
    };
    let told = cx.say(&Message::new(id).with("records", begun.records));
    banner(ui, cx.theme, &Banner { tone, head: &told, body: "", button: None });
}

/// What can be done with an archive. With a station the day is countersigned where it was sealed.
fn actions(ui: &mut Ui, cx: &mut Cx<'_>, reviewed: &Reviewed, at_ms: Option<i64>) {
    let mut opened = None;
    ui.horizontal_wrapped(|ui| {
        let mut pressed = |id: &str| {
            ui.add(big_button(cx.theme, &cx.t(id)).height(theme::ROW).text_size(theme::TEXT)).clicked()
        };
        if pressed("ui-review-against") {
            let dialog = HoldAgainst::new(reviewed.folder.clone(), &reviewed.against);
            opened = Some(Dialog::HoldAgainst(dialog));
        }
        if cx.model.station == Station::None && pressed("ui-close-countersign") {
            let signed: Vec<_> = reviewed.report.countersignatures.iter().map(|found| found.role).collect();
            opened = Some(Dialog::Countersign(Countersign::beside(&signed)));
        }
        if pressed("ui-review-save") {
            opened = Some(Dialog::Save(Save::new(reviewed, at_ms, cx.model.home.as_ref())));
        }
    });
    if let Some(dialog) = opened {
        cx.open(dialog);
    }
}

/// The work that goes on, or what came of it.
fn works(ui: &mut Ui, cx: &Cx<'_>, work: &mut Option<Work>, done: &mut Option<Done>) {
    if let Some(going) = work {
        let (done, total) = going.bytes();
        let stopped = card(ui, cx.theme, |ui| {
            let name = cx.t("ui-review-works");
            heading(ui, cx.theme, &name);
            progress(ui, cx.theme, done, total, &name);
            ui.add(big_button(cx.theme, &cx.t("ui-review-stop"))).clicked()
        });
        if stopped.inner {
            *work = None;
        }
    }
    let Some(outcome) = done else { return };
    let (tone, told) = match outcome {
        Ok(told) => (Tone::Ok, told),
        Err(told) => (Tone::Bad, told),
    };
    let (head, understood) = (cx.say(told), cx.t("ui-understood"));
    if banner(ui, cx.theme, &Banner { tone, head: &head, body: "", button: Some(&understood) }) {
        *done = None;
    }
}

fn wake(ctx: &Context) -> Wake {
    let ctx = ctx.clone();
    Arc::new(move || ctx.request_repaint())
}

fn failed(folder: &Path) -> Message {
    Message::new("ui-review-failed").with("folder", folder.display().to_string())
}

fn parts(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed, part: &mut Part) {
    let notes = reviewed.report.faults.len() + reviewed.report.warnings.len();
    let notes = Message::new("ui-review-notes").with("count", notes);
    let videos = Message::new("ui-review-videos").with("count", reviewed.report.recordings.len());
    let journal = Message::new("ui-review-journal").with("count", reviewed.report.records);
    let forms = Message::new("shown-form-tab");
    let all = [(Part::Videos, videos), (Part::Journal, journal), (Part::Forms, forms), (Part::Notes, notes)];
    let before = *part;
    let tabs = ui.horizontal_wrapped(|ui| {
        for (which, text) in all {
            let text = cx.say(&text);
            let button = big_button(cx.theme, &text).selected(*part == which).height(theme::ROW);
            if ui.add(button.text_size(theme::TEXT)).clicked() {
                *part = which;
            }
        }
    });
    // What was chosen stands below them, and mostly below the screen's edge.
    if *part != before {
        tabs.response.scroll_to_me(Some(Align::TOP));
    }
}

/// The day that an archive's folder belongs to.
fn day_name(folder: &Path) -> String {
    let day = folder.parent().and_then(Path::file_name);
    day.map_or_else(|| folder.display().to_string(), |day| day.to_string_lossy().into_owned())
}
