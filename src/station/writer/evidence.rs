//! What convinces others: what stands on paper, files to countersign with, the page that checks archives.

use std::path::PathBuf;
use std::thread;

use super::super::Inbox;
use super::super::handle::LineId;
use super::super::protocol::{
    ActOnPaper, Answer, ClosingOnPaper, EvidenceCommand, PageLive, PageState, PaperKind,
};
use super::super::signing_files::{self, SigningFilesTold};
use super::{OpenDay, Writer};
use crate::archive::{PAGE_NAME, PaperAct, VERIFIER_PAGE, closing_act, save_page};
use crate::clock::Stamp;
use crate::i18n::Message;
use crate::point::Right;
use crate::signing::Digest;

impl Writer {
    pub(super) fn evidence(
        &mut self,
        line: LineId,
        command: EvidenceCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        match command {
            EvidenceCommand::Act { which } => {
                let day = self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?;
                Ok(Answer::Act(Box::new(act_on_paper(day, which)?)))
            }
            EvidenceCommand::FindSigningFiles { home } => {
                self.actor(line, None, Right::Seal, now)?;
                self.find_signing_files(&home)?;
                Ok(Answer::Begun)
            }
            EvidenceCommand::SavePage { folder } => {
                self.actor(line, None, Right::Seal, now)?;
                self.save_page(&folder)?;
                Ok(Answer::Begun)
            }
        }
    }

    fn find_signing_files(&mut self, home: &str) -> Result<(), Message> {
        if self.live.evidence.looking {
            // Its answer is owed: a mount that hangs is not asked twice.
            return Ok(());
        }
        let media = self.live.targets.iter().map(|target| PathBuf::from(&target.path)).collect();
        let home = Some(PathBuf::from(home)).filter(|home| home.is_absolute());
        signing_files::look(media, home, self.inbox.clone()).map_err(|error| no_thread(&error))?;
        self.live.evidence.signing_files.clear();
        self.live.evidence.looking = true;
        Ok(())
    }

    pub(super) fn signing_files_told(&mut self, told: SigningFilesTold) {
        self.live.evidence.signing_files = told.files;
        self.live.evidence.looking = !told.done;
    }

    /// On a thread of its own: a medium may be slow, or hang.
    fn save_page(&mut self, folder: &str) -> Result<(), Message> {
        let path = PathBuf::from(folder).join(PAGE_NAME);
        if !path.is_absolute() {
            return Err(Message::new("refused-target").with("target", folder));
        }
        if self.live.evidence.page.as_ref().is_some_and(|page| page.state == PageState::Saving) {
            return Err(Message::new("refused-work-runs"));
        }
        let sha256 = Digest::of(VERIFIER_PAGE).to_string();
        let page = PageLive { path: path.display().to_string(), sha256, state: PageState::Saving };
        let (mut told, inbox) = (page.clone(), self.inbox.clone());
        let work = move || {
            told.state = match save_page(&path) {
                Ok(_) => PageState::Saved,
                Err(error) => PageState::Failed(error.message()),
            };
            // The station is gone: the page lies there all the same.
            let _ = inbox.send(Inbox::PageSaved(told));
        };
        thread::Builder::new().name("page".into()).spawn(work).map_err(|error| no_thread(&error))?;
        self.live.evidence.page = Some(page);
        Ok(())
    }
}

fn no_thread(error: &std::io::Error) -> Message {
    Message::new("station-thread").with("detail", error.to_string())
}

/// What stands on the paper act. What it counts besides, the command `act` tells.
fn act_on_paper(day: &OpenDay, which: PaperKind) -> Result<ActOnPaper, Message> {
    let document = &day.document;
    let (act, closing) = match which {
        PaperKind::Opening => (PaperAct::opening(document, &[]), None),
        PaperKind::Closing => {
            let sealed = closing_act(&day.folder.after())
                .ok_or_else(|| Message::new("act-not-closed").with("day", document.day.as_str()))?;
            let act = PaperAct::closing(document, &[], &sealed);
            let parts = sealed.parts.iter().map(|part| {
                let digits = part.sha256.to_string().chars().take(PaperAct::HASH_DIGITS).collect();
                (part.file.clone(), digits)
            });
            let closing = ClosingOnPaper {
                closing_code: sealed.closing_code.to_string(),
                restarts: sealed.restarts,
                records: sealed.records,
                parts: parts.collect(),
            };
            (act, Some(closing))
        }
    };
    Ok(ActOnPaper {
        code_text: act.code_text(),
        day: act.day,
        opening_code: act.opening_code.to_string(),
        device_key: act.device_key,
        epoch_key: act.epoch_key,
        closing,
    })
}
