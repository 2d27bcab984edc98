//! Requests for help: when, where, what, who worked at it, how long it took.

use serde::Serialize;

use super::{DayLogs, PersonRecord, Written};
use crate::day::HelpRequest;
use crate::journal::SupportLine;
use crate::point::RoomNumber;

/// One request. Times are the point's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRecord {
    pub number: u32,
    /// The journal's record of it.
    pub record: u64,
    pub made: String,
    pub by: Option<PersonRecord>,
    pub room: RoomNumber,
    pub room_name: String,
    /// The profile's id.
    pub category: String,
    pub text: String,
    /// Until when it was to be resolved before others had to know.
    pub due: String,
    /// Who works or worked at it.
    pub line: SupportLine,
    pub late: Option<SupportLine>,
    pub passed: Vec<PassedRecord>,
    pub resolved: Option<Written>,
    pub took_ms: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassedRecord {
    pub to: SupportLine,
    pub reason: Written,
}

impl DayLogs<'_> {
    /// In the order of their numbers.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.day.requests.list.iter().map(|request| self.request(request)).collect()
    }

    fn request(&self, request: &HelpRequest) -> RequestRecord {
        let written = |text: &str, by: Option<&crate::point::PersonId>, at_ms: i64| Written {
            text: text.to_owned(),
            by: by.map(|by| self.person(by)),
            at: self.time(at_ms),
        };
        let passed = request.passed.iter().map(|passed| PassedRecord {
            to: passed.to,
            reason: written(&passed.reason, passed.by.as_ref(), passed.at_ms),
        });
        let resolved = request.resolved.as_ref();
        RequestRecord {
            number: request.request,
            record: request.record,
            made: self.time(request.made.utc_ms),
            by: request.by.as_ref().map(|by| self.person(by)),
            room: request.room.clone(),
            room_name: self.room_name(&request.room),
            category: request.category.clone(),
            text: request.text.clone(),
            due: self.time(request.due_ms),
            line: request.line,
            late: request.late,
            passed: passed.collect(),
            resolved: resolved.map(|done| written(&done.text, done.by.as_ref(), done.at.utc_ms)),
            took_ms: request.took_ms(),
        }
    }
}
