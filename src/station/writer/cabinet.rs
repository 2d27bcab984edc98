//! The cabinet within an access: who wanted it opened, which seals were on it, which are now.

use super::super::handle::LineId;
use super::super::protocol::{Approval, CabinetCommand};
use super::Writer;
use super::commands::needed;
use crate::clock::Stamp;
use crate::day::rules::Action;
use crate::i18n::Message;
use crate::journal::{CabinetClosed, CabinetOpened, Event, Seal};

/// A cabinet has no more seals.
const MOST_SEALS: usize = 8;
const MAX_NUMBER_CHARS: usize = 40;

impl Writer {
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
