//! The operation log: what was done with the equipment during the day, routine checks among it, by time.

use serde::Serialize;

use super::super::wording::describe;
use super::{DayLogs, PersonRecord};
use crate::i18n::Message;
use crate::journal::{Event, Record};

/// More stand in the journal alone.
const MOST: usize = 20_000;

/// One line of the log. Its time is the point's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationRecord {
    /// The journal's record of it.
    pub record: u64,
    pub at: String,
    /// None: the station itself.
    pub by: Option<PersonRecord>,
    /// The event's type, as in the journal.
    pub kind: &'static str,
    pub what: Message,
}

impl DayLogs<'_> {
    /// Those of these records that tell of work; by time, as they were recorded.
    pub fn operations(&self, records: &[Record]) -> Vec<OperationRecord> {
        let work = records.iter().filter(|record| is_work(&record.event));
        work.take(MOST).map(|record| self.operation(record)).collect()
    }

    fn operation(&self, record: &Record) -> OperationRecord {
        let (kind, what) = describe(&record.event);
        OperationRecord {
            record: record.n,
            at: self.time(record.utc_ms),
            by: record.actor.person.as_ref().map(|by| self.person(by)),
            kind,
            what,
        }
    }
}

/// Somebody did it, or it happened to what the technician looks after.
fn is_work(event: &Event) -> bool {
    matches!(
        event,
        Event::StationStarted { .. }
            | Event::StationStopped {}
            | Event::TakenOver { .. }
            | Event::ClockStepped { .. }
            | Event::TimeZoneChanged { .. }
            | Event::DiskLow { .. }
            | Event::DiskRecovered { .. }
            | Event::CheckStarted { .. }
            | Event::StepRecorded { .. }
            | Event::StepPhotographed(..)
            | Event::StepWaived { .. }
            | Event::CheckFinished { .. }
            | Event::RecordingStarted { .. }
            | Event::StopOrdered { .. }
            | Event::RecordingStopped { .. }
            | Event::CameraLost { .. }
            | Event::SourceReplaced { .. }
            | Event::OutageBegan { .. }
            | Event::OutageExplained { .. }
            | Event::ReferenceApproved { .. }
            | Event::EquipmentChanged(..)
            | Event::EquipmentExplained(..)
            | Event::AccessOpened { .. }
            | Event::AccessClosed { .. }
            | Event::AccessExplained { .. }
            | Event::RequestMade(..)
            | Event::RequestPassed(..)
            | Event::RequestLate(..)
            | Event::RequestResolved(..)
            | Event::Corrected { .. }
            | Event::PartSealed(..)
            | Event::PartCopied { .. }
    )
}
