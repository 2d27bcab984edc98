//! Forms on paper: for whoever may close the day.

use std::path::PathBuf;

use super::super::handle::LineId;
use super::super::paper_work::{self, Outlet, PapersTold};
use super::super::papers::{AsOf, FormMaker, Order, Paper};
use super::super::protocol::{Answer, Approval, PaperAsked, PaperLive, PaperState, PapersCommand};
use super::Writer;
use crate::clock::Stamp;
use crate::durable;
use crate::i18n::Message;
use crate::point::Right;

/// Longer searches find nothing.
const MOST_WORDS: usize = 200;

impl Writer {
    pub(super) fn papers(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: PapersCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        match command {
            PapersCommand::FindPrinters => {
                self.signed_in(line)?;
                // While its answer is owed, it is not asked twice.
                if !self.live.papers.looking {
                    paper_work::find_printers(self.inbox.clone()).map_err(no_thread)?;
                    self.live.papers.looking = true;
                }
            }
            PapersCommand::Print { paper, printer } => {
                self.actor(line, approval, Right::Seal, now)?;
                self.make_paper(&paper, Outlet::Printer(printer), now)?;
            }
            PapersCommand::Save { paper, folder } => {
                self.actor(line, approval, Right::Seal, now)?;
                let target = PathBuf::from(&folder);
                if !target.is_absolute() {
                    return Err(Message::new("refused-target").with("target", folder));
                }
                if target == self.data().papers() {
                    durable::create_public_folder(&target).map_err(|error| {
                        let about = Message::new("paper-not-saved").with("folder", folder);
                        about.with("detail", error.to_string())
                    })?;
                }
                self.make_paper(&paper, Outlet::Folder(target), now)?;
            }
        }
        Ok(Answer::Begun)
    }

    fn make_paper(&mut self, asked: &PaperAsked, outlet: Outlet, now: Stamp) -> Result<(), Message> {
        let works = |work: &PaperLive| work.state == PaperState::Working;
        if self.live.papers.work.as_ref().is_some_and(works) {
            return Err(Message::new("refused-work-runs"));
        }
        let unknown = || Message::new("refused-paper-unknown").with("form", asked.form.as_str());
        let paper = Paper::find(&asked.form).ok_or_else(unknown)?;
        if let Some(day) = asked.day.as_ref().filter(|day| self.past.older.get(day).is_none()) {
            return Err(Message::new("refused-day-unknown").with("day", day.as_str()));
        }
        let at_hand = || self.day.as_ref().map(|open| open.day.id.clone());
        let order = Order {
            day: asked.day.clone().or_else(at_hand),
            as_of: AsOf::Now(now.utc_ms),
            words: asked.words.chars().take(MOST_WORDS).collect(),
        };
        paper_work::start(FormMaker::of(&self.config), paper, order, outlet, self.inbox.clone())
            .map_err(no_thread)?;
        self.live.papers.work = Some(PaperLive { form: asked.form.clone(), state: PaperState::Working });
        Ok(())
    }

    pub(super) fn papers_told(&mut self, told: PapersTold) {
        match told {
            PapersTold::Printers(found) => {
                let live = &mut self.live.papers;
                live.looking = false;
                (live.printers, live.no_printers) = match found {
                    Ok(printers) => (printers, None),
                    Err(why) => (Vec::new(), Some(why)),
                };
            }
            PapersTold::Done(paper) => self.live.papers.work = Some(paper),
        }
    }
}

fn no_thread(error: std::io::Error) -> Message {
    Message::new("station-thread").with("detail", error.to_string())
}
