//! The equipment watch: what changes while a day is open becomes records, and a person explains them.

use std::collections::BTreeSet;

use super::super::equipment::SeenThing;
use super::super::handle::LineId;
use super::super::protocol::{Answer, Approval, IncidentsCommand};
use super::commands::needed;
use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::day::rules::Action;
use crate::i18n::Message;
use crate::journal::{Actor, EquipmentExplained, Event};

/// So many incidents go into one answer.
const MOST_LISTED: usize = 50;

impl Writer {
    pub(super) fn equipment_seen(&mut self, seen: Vec<SeenThing>, now: Stamp) {
        self.ledger.take(seen, now);
        self.tell_equipment(now);
    }

    /// With every reading, and once a tick: what was held back is told in its time.
    pub(super) fn tell_equipment(&mut self, now: Stamp) {
        let Some(day) = self.day.as_ref().filter(|day| day.is_open()) else { return };
        for event in self.ledger.due(&day.equipment, now) {
            self.record(now, Actor::STATION, event);
        }
    }

    pub(super) fn incidents_command(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: IncidentsCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        match command {
            IncidentsCommand::Explain { records, text } => {
                let action = Action::ExplainIncidents { records: &records };
                let actor = self.permit(line, approval, &action, now)?;
                let text = needed(text)?;
                let records = records.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
                self.record(now, actor, Event::EquipmentExplained(EquipmentExplained { records, text }));
                Ok(Answer::Done)
            }
            IncidentsCommand::List { from, count } => {
                let day = self.day.as_ref().map(|open: &OpenDay| &open.day);
                let all = &day.ok_or_else(|| Message::new("refused-no-day"))?.incidents;
                let from = usize::try_from(from).unwrap_or(usize::MAX);
                let count = usize::try_from(count).unwrap_or(usize::MAX).min(MOST_LISTED);
                let incidents = all.list.iter().skip(from).take(count).cloned().collect();
                Ok(Answer::Incidents { total: all.total, incidents })
            }
        }
    }
}
