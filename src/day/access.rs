//! An entry of the access log: opened, then closed or explained; never edited.

use serde::{Deserialize, Serialize};

use super::Cabinet;
use crate::journal::RoomRange;
use crate::point::PersonId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Counts from 1.
    pub access: u32,
    /// The record that opened it; corrections name it.
    pub record: u64,
    pub opened_at_ms: i64,
    pub person: PersonId,
    pub second: PersonId,
    pub rooms: RoomRange,
    pub action: String,
    pub reason: String,
    /// As typed, `HH:MM`.
    pub time_from: String,
    pub end: AccessEnd,
    /// If the recorder's cabinet was opened in it.
    #[serde(default)]
    pub cabinet: Option<Cabinet>,
    /// Corrections of this entry, oldest first.
    pub corrections: Vec<AccessCorrection>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessEnd {
    Open,
    Closed { at_ms: i64, time_to: String, result: String },
    Explained { at_ms: i64, text: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessCorrection {
    pub record: u64,
    pub text: String,
    pub reason: String,
}

impl Access {
    pub fn is_open(&self) -> bool {
        matches!(self.end, AccessEnd::Open)
    }
}
