//! The access log, and the cabinet within an access: who wanted it opened, which seals were on it, which are
//! now.

use super::super::handle::LineId;
use super::super::protocol::{Answer, Approval, CabinetCommand};
use super::Writer;
use super::commands::needed;
use crate::clock::Stamp;
use crate::day::Access;
use crate::day::rules::Action;
use crate::i18n::Message;
use crate::journal::{CabinetClosed, CabinetOpened, Event, Seal};

/// A cabinet has no more seals.
const MOST_SEALS: usize = 8;
const MAX_NUMBER_CHARS: usize = 40;
/// So many accesses go into one answer.
const MOST_LISTED: usize = 50;

impl Writer {
    /// Of the access log, of which a view holds the end.
    pub(super) fn accesses(&self, from: u32, count: u32) -> Result<Answer, Message> {
        let day = &self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?.day;
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(MOST_LISTED);
        let accesses = day.accesses.iter().skip(from).take(count).map(Access::shown).collect();
        Ok(Answer::Accesses { total: u32::try_from(day.accesses.len()).unwrap_or(u32::MAX), accesses })
    }

    pub(super) fn cabinet_command(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: CabinetCommand,
        now: Stamp,
    ) -> Result<(), Message> {
        match command {
            CabinetCommand::Open { access, initiator, seals } => {
                let actor = self.permit(line, approval, &Action::OpenCabinet { access }, now)?;
                if self.config.profile.person(&initiator).is_none() {
                    return Err(Message::new("refused-unknown-person"));
                }
                let plain = |seal: Seal| Ok(Seal { number: number(seal.number)?, ..seal });
                let seals = few(seals)?.into_iter().map(plain).collect::<Result<_, Message>>()?;
                self.record(now, actor, Event::CabinetOpened(CabinetOpened { access, initiator, seals }));
            }
            CabinetCommand::Close { access, pak_on, seals } => {
                let actor = self.permit(line, approval, &Action::CloseCabinet { access }, now)?;
                let seals = few(seals)?.into_iter().map(number).collect::<Result<_, _>>()?;
                self.record(now, actor, Event::CabinetClosed(CabinetClosed { access, pak_on, seals }));
            }
        }
        Ok(())
    }
}

fn few<T>(seals: Vec<T>) -> Result<Vec<T>, Message> {
    match seals.len() {
        0..=MOST_SEALS => Ok(seals),
        _ => Err(Message::new("refused-many-seals").with("max", MOST_SEALS)),
    }
}

fn number(typed: String) -> Result<String, Message> {
    match typed.chars().count() {
        0..=MAX_NUMBER_CHARS => needed(typed),
        _ => Err(Message::new("refused-long-text").with("max", MAX_NUMBER_CHARS)),
    }
}
