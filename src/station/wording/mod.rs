//! Which message stands for what: refusals, rights, events. The words are in `station.ftl` and
//! `event.ftl`.

mod cabinet;
mod equipment;
mod event;
mod people;
mod request;

use super::pins::{PIN_DIGITS, PinError};
use super::protocol::RecordLine;
use crate::day::Refusal;
use crate::i18n::Message;
use crate::journal::Record;

pub use event::{describe, zone_id};
pub use request::support_line_id;

pub(super) fn refusal(refusal: Refusal) -> Message {
    let id = match refusal {
        Refusal::DayClosed => "refused-day-closed",
        Refusal::CheckNotStarted => "refused-check-not-started",
        Refusal::CheckStarted => "refused-check-started",
        Refusal::NothingToWaive => "refused-nothing-to-waive",
        Refusal::StepsOpen(open) => return Message::new("refused-steps-open").with("count", open),
        Refusal::AlreadyRecording => "refused-already-recording",
        Refusal::NotLost => "refused-not-lost",
        Refusal::NotRecording => "refused-not-recording",
        Refusal::ReasonNeeded => "refused-empty-text",
        Refusal::NoSuchAccess => "refused-no-access",
        Refusal::NoSuchRecord => "refused-no-record",
        Refusal::StillRecording => "refused-still-recording",
        Refusal::AccessesOpen(open) => return Message::new("refused-accesses-open").with("count", open),
        Refusal::NoSuchOutage => "refused-no-outage",
        Refusal::OutagesUnexplained(count) => {
            return Message::new("refused-outages-unexplained").with("count", count);
        }
        Refusal::NoSuchRequest => "refused-no-request",
        Refusal::TooManyRequests(count) => {
            return Message::new("refused-many-requests").with("count", count);
        }
        Refusal::CabinetOpened => "refused-cabinet-open",
        Refusal::NoSuchCabinet => "refused-no-cabinet",
        Refusal::NoSuchIncident => "refused-no-incident",
        Refusal::NothingRecorded => "refused-nothing-recorded",
        Refusal::NoCode => "refused-no-code",
    };
    Message::new(id)
}

pub(super) fn pin_error(error: &PinError) -> Message {
    match error {
        PinError::NotAPin => {
            Message::new("refused-not-a-pin").with("min", *PIN_DIGITS.start()).with("max", *PIN_DIGITS.end())
        }
        PinError::AlreadySet => Message::new("refused-pin-set"),
        PinError::File(error) => {
            Message::new("station-pins").with("folder", "").with("detail", error.to_string())
        }
    }
}

pub(super) fn record_line(record: &Record) -> RecordLine {
    let (kind, text) = describe(&record.event);
    RecordLine {
        n: record.n,
        utc_ms: record.utc_ms,
        person: record.actor.person.clone(),
        kind: kind.to_owned(),
        text,
    }
}
