//! What happened to the computer, and what explains it.

use serde::Serialize;

use super::{DayLogs, Written};
use crate::day::{Happening, Incident};

/// One incident. Times are the point's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IncidentRecord {
    /// Counts the day's incidents from 1.
    pub number: usize,
    /// The journal's record that told of it.
    pub record: u64,
    pub from: String,
    pub to: String,
    pub what: Happening,
    /// The access that was open then.
    pub access: Option<u32>,
    pub explained: Option<Written>,
}

impl DayLogs<'_> {
    /// In the order in which they were told of.
    pub fn incidents(&self) -> Vec<IncidentRecord> {
        let record = |(incident, number): (&Incident, usize)| IncidentRecord {
            number,
            record: incident.record,
            from: self.time(incident.from_ms),
            to: self.time(incident.to_ms),
            what: incident.what.clone(),
            access: incident.access,
            explained: incident.explained.as_ref().map(|explanation| self.written(explanation)),
        };
        self.day.incidents.list.iter().zip(1..).map(record).collect()
    }
}
