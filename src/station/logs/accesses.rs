//! The access log, with every column of both forms: A of the cabinet, B of the video equipment.

use serde::Serialize;

use super::super::point_time::at_point;
use super::{DayLogs, PersonRecord};
use crate::day::{Access, AccessEnd};
use crate::journal::Seal;
use crate::point::RoomNumber;

/// One entry. Moments are the point's; times of day are as people typed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessRecord {
    pub number: u32,
    /// The journal's record that opened it; corrections name it.
    pub record: u64,
    /// `2026-05-29`, at the point.
    pub date: String,
    /// Both ends included.
    pub first_room: RoomNumber,
    pub last_room: RoomNumber,
    pub time_from: String,
    /// None while it is open, and if it was explained instead.
    pub time_to: Option<String>,
    pub opened: String,
    pub ended: Option<String>,
    /// The profile's id.
    pub action: String,
    pub reason: String,
    pub result: Option<String>,
    /// Why it was never closed.
    pub explained: Option<String>,
    /// The two who signed by PIN; never one person.
    pub operators: [PersonRecord; 2],
    /// In form A alone.
    pub cabinet: Option<CabinetRecord>,
    pub corrections: Vec<CorrectionRecord>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CabinetRecord {
    pub opened: String,
    pub closed: Option<String>,
    pub initiator: PersonRecord,
    /// By PIN; else by pen.
    pub initiator_signed: bool,
    pub seals_before: Vec<Seal>,
    pub seals_after: Vec<String>,
    /// Result of the check; none before the cabinet was closed.
    pub pak_on: Option<bool>,
}

/// What stands beside the entry; it never changes itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectionRecord {
    pub record: u64,
    pub text: String,
    pub reason: String,
}

impl DayLogs<'_> {
    /// In the order of their numbers.
    pub fn accesses(&self) -> Vec<AccessRecord> {
        self.day.accesses.iter().map(|access| self.access(access)).collect()
    }

    fn access(&self, access: &Access) -> AccessRecord {
        let (ended_ms, time_to, result, explained) = match &access.end {
            AccessEnd::Open => (None, None, None, None),
            AccessEnd::Closed { at_ms, time_to, result } => {
                (Some(*at_ms), Some(time_to.clone()), Some(result.clone()), None)
            }
            AccessEnd::Explained { at_ms, text } => (Some(*at_ms), None, None, Some(text.clone())),
        };
        let cabinet = access.cabinet.as_ref().map(|cabinet| {
            let closed = cabinet.closed.as_ref();
            CabinetRecord {
                opened: self.time(cabinet.opened_at_ms),
                closed: closed.map(|closed| self.time(closed.at_ms)),
                initiator: self.person(&cabinet.initiator),
                initiator_signed: cabinet.initiator_signed,
                seals_before: cabinet.seals.clone(),
                seals_after: closed.map(|closed| closed.seals.clone()).unwrap_or_default(),
                pak_on: closed.map(|closed| closed.pak_on),
            }
        });
        let corrections = access.corrections.iter().map(|correction| CorrectionRecord {
            record: correction.record,
            text: correction.text.clone(),
            reason: correction.reason.clone(),
        });
        AccessRecord {
            number: access.access,
            record: access.record,
            date: at_point(access.opened_at_ms, self.document.time_zone).date_naive().to_string(),
            first_room: access.rooms.first.clone(),
            last_room: access.rooms.last.clone(),
            time_from: access.time_from.clone(),
            time_to,
            opened: self.time(access.opened_at_ms),
            ended: ended_ms.map(|at_ms| self.time(at_ms)),
            action: access.action.clone(),
            reason: access.reason.clone(),
            result,
            explained,
            operators: [self.person(&access.person), self.person(&access.second)],
            cabinet,
            corrections: corrections.collect(),
        }
    }
}
