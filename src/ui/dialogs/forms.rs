//! A form is printed, or saved as PDF: which one, where to, and how that goes.

use eframe::egui::{Context, Ui};

use super::{Dialog, ask};
use crate::i18n::Message;
use crate::point::DayId;
use crate::station::protocol::{Command, PaperAsked, PaperState, PapersCommand, View};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Ask, Banner, Foot, banner, choice, dialog, label, sign};

/// Ids of forms that belong together.
pub type Ids = &'static [&'static str];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlet {
    Printer,
    File,
}

/// What the forms tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormsOf {
    /// The day at hand.
    Today,
    Day(DayId),
    /// The point; of its equipment only that with all these words in it.
    Point(String),
}

#[derive(Debug)]
pub struct Forms {
    outlet: Outlet,
    ids: Ids,
    chosen: Option<&'static str>,
    of: FormsOf,
    /// The printer's name, nothing for the usual one; or the folder.
    place: Option<String>,
    /// What the view says of the work is this dialog's.
    asked: bool,
}

impl Forms {
    /// Opens it; the station looks for printers meanwhile.
    pub fn open(cx: &mut Cx<'_>, outlet: Outlet, ids: Ids, of: FormsOf) {
        let place = match outlet {
            Outlet::Printer => {
                cx.ask(Command::Papers(PapersCommand::FindPrinters));
                Some(String::new())
            }
            Outlet::File => None,
        };
        let chosen = ids.first().copied();
        cx.open(Dialog::Forms(Self { outlet, ids, chosen, of, place, asked: false }));
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let (title, go) = match self.outlet {
            Outlet::Printer => ("ui-papers-print-title", "ui-papers-print-go"),
            Outlet::File => ("ui-papers-save-title", "ui-papers-save-go"),
        };
        let ask = Ask { width: 800.0, cancel: cx.t("ui-papers-leave"), ..ask(cx, cx.t(title), Some(go)) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let name = |id: &str| cx.say(&Message::new("ui-papers-form").with("form", id));
            let forms: Vec<_> = self.ids.iter().map(|id| (*id, name(id))).collect();
            choice(ui, cx.theme, &cx.t("ui-papers-which"), &forms, &mut self.chosen);
            let Some(view) = &cx.model.view else { return false };
            self.places(ui, cx, view);
            let works = self.asked && self.progress(ui, cx, view);
            self.chosen.is_some() && self.place.is_some() && !works && !cx.model.busy
        });
        if let (Foot::Go, Some(form), Some(place)) = (foot, self.chosen, self.place.clone()) {
            self.asked = true;
            let (day, words) = match self.of.clone() {
                FormsOf::Today => (None, String::new()),
                FormsOf::Day(day) => (Some(day), String::new()),
                FormsOf::Point(words) => (None, words),
            };
            let paper = PaperAsked { form: form.to_owned(), day, words };
            cx.ask(Command::Papers(match self.outlet {
                Outlet::Printer => {
                    PapersCommand::Print { paper, printer: Some(place).filter(|name| !name.is_empty()) }
                }
                Outlet::File => PapersCommand::Save { paper, folder: place },
            }));
        }
        foot != Foot::Leave
    }

    /// Printers, or folders.
    fn places(&mut self, ui: &mut Ui, cx: &Cx<'_>, view: &View) {
        let papers = &view.live.papers;
        match self.outlet {
            Outlet::Printer => {
                let usual = (String::new(), cx.t("ui-papers-usual"));
                let named = papers.printers.iter().map(|name| (name.clone(), name.clone()));
                let printers: Vec<_> = std::iter::once(usual).chain(named).collect();
                choice(ui, cx.theme, &cx.t("ui-papers-printer"), &printers, &mut self.place);
                if papers.looking {
                    label(ui, cx.theme, &cx.t("ui-papers-looking"));
                } else if let Some(why) = &papers.no_printers {
                    label(ui, cx.theme, &cx.say(why));
                } else if papers.printers.is_empty() {
                    label(ui, cx.theme, &cx.t("ui-papers-none"));
                }
            }
            Outlet::File => {
                let media = view.live.targets.iter().map(|target| {
                    let name = if target.name.is_empty() { &target.path } else { &target.name };
                    let text = Message::new("ui-papers-to").with("name", name.as_str());
                    (target.path.clone(), cx.say(&text.with("path", target.path.as_str())))
                });
                let here = Message::new("ui-papers-here").with("path", papers.folder.as_str());
                let folders: Vec<_> = media.chain([(papers.folder.clone(), cx.say(&here))]).collect();
                choice(ui, cx.theme, &cx.t("ui-papers-where"), &folders, &mut self.place);
            }
        }
    }

    /// How it goes with what was asked for; whether it still goes on.
    fn progress(&self, ui: &mut Ui, cx: &Cx<'_>, view: &View) -> bool {
        let Some(work) = &view.live.papers.work else { return false };
        let done = |ui: &mut Ui, text: String| {
            let text = format!("{} {text}", sign(Tone::Ok));
            ui.label(theme::strong(text, theme::TEXT, cx.theme.ok));
        };
        match &work.state {
            PaperState::Working => {
                label(ui, cx.theme, &cx.t("ui-papers-working"));
                return true;
            }
            PaperState::Queued { job, stopped } => {
                done(ui, cx.say(&Message::new("ui-papers-queued").with("job", job.as_str())));
                if let Some(reason) = stopped {
                    let stopped = Message::new("print-stopped").with("reason", reason.as_str());
                    let (head, tone) = (cx.say(&stopped), Tone::Warn);
                    banner(ui, cx.theme, &Banner { tone, head: &head, body: "", button: None });
                }
            }
            PaperState::Saved { path } => {
                done(ui, cx.say(&Message::new("ui-papers-saved").with("path", path.as_str())));
            }
            PaperState::Failed(cause) => {
                let (head, body) = (cx.t("ui-papers-failed"), cx.say(cause));
                banner(ui, cx.theme, &Banner { tone: Tone::Bad, head: &head, body: &body, button: None });
            }
        }
        false
    }
}
