//! Briefings: read on the screen, signed with the reader's own PIN, in the point's journal.

use super::super::handle::LineId;
use super::super::protocol::{Answer, Approval, BriefingLine, BriefingsCommand};
use super::Writer;
use crate::briefing::Briefing;
use crate::clock::Stamp;
use crate::i18n::Message;
use crate::journal::{Actor, BriefingSigned, Event};
use crate::point::{BriefingId, Unsigned};
use crate::signing::Digest;

impl Writer {
    pub(super) fn briefings(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: BriefingsCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        self.signed_in(line)?;
        match command {
            BriefingsCommand::Read { briefing } => {
                Ok(Answer::Briefing(Box::new(self.briefing(&briefing)?.0.clone())))
            }
            BriefingsCommand::Sign { briefing, version } => {
                let (known, sha256) = self.briefing(&briefing)?;
                if known.version != version {
                    return Err(Message::new("refused-briefing-changed"));
                }
                let (roles, sha256) = (known.roles.clone(), *sha256);
                let reader = approval.ok_or_else(|| Message::new("refused-briefing-pin"))?;
                self.verify_pin(&reader.person, &reader.pin, now)?;
                let person = reader.person.clone();
                let role = self.config.profile.person(&person).map(|person| person.role);
                if !role.is_some_and(|role| roles.contains(&role)) {
                    return Err(Message::new("refused-briefing-role"));
                }
                let actor = Actor::person(person.clone());
                let signed = BriefingSigned { briefing, version, sha256, person };
                self.record_of_point(now, actor, Event::BriefingSigned(signed));
                Ok(Answer::Done)
            }
        }
    }

    fn briefing(&self, id: &BriefingId) -> Result<&(Briefing, Digest), Message> {
        let found = self.briefings.iter().find(|(briefing, _)| briefing.id == *id);
        found.ok_or_else(|| Message::new("refused-briefing-unknown"))
    }

    /// For the view: those that concern somebody at the point.
    pub(super) fn briefing_lines(&self, now: Stamp) -> Vec<BriefingLine> {
        let lines = self.briefings.iter().map(|hashed| {
            let briefing = &hashed.0;
            let readers = self.config.profile.people.iter();
            let readers = readers.filter(|person| briefing.roles.contains(&person.role));
            let readers = readers.filter(|person| !self.is_away(&person.id));
            let (signed, unsigned) = readers
                .map(|person| person.id.clone())
                .partition(|person| self.past.signatures.of(hashed, person, now.utc_ms).is_some());
            let (id, title) = (briefing.id.clone(), briefing.title.clone());
            BriefingLine { id, version: briefing.version, title, signed, unsigned }
        });
        lines.filter(|line| !line.signed.is_empty() || !line.unsigned.is_empty()).collect()
    }

    /// Refuses the end of the main check while somebody has not signed, where the profile wants that.
    pub(super) fn all_briefed(&self, now: Stamp) -> Result<(), Message> {
        let unsigned: usize = self.briefing_lines(now).iter().map(|line| line.unsigned.len()).sum();
        match self.config.profile.briefings.unsigned {
            Unsigned::Block if unsigned > 0 => {
                Err(Message::new("refused-briefings-unsigned").with("count", unsigned))
            }
            Unsigned::Block | Unsigned::Warn => Ok(()),
        }
    }
}
