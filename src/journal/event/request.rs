//! What the journal knows of requests for help.

use serde::{Deserialize, Serialize};

use crate::point::RoomNumber;

/// Who works at a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportLine {
    /// The technician at the point.
    First,
    /// The regional centre's, or the maker's.
    Second,
    /// The head of the point decides.
    Head,
}

/// Somebody in a room needs help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestMade {
    /// Counts the day's requests from 1.
    pub request: u32,
    pub room: RoomNumber,
    /// An id of the profile's categories.
    pub category: String,
    /// May be empty: the category says enough.
    pub text: String,
    /// When the second line and when the head has to know, if it is not resolved before.
    pub due_ms: i64,
    pub head_due_ms: i64,
}

/// Others work at it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestPassed {
    pub request: u32,
    pub to: SupportLine,
    pub reason: String,
}

/// Its time has passed: these have to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestLate {
    pub request: u32,
    pub to: SupportLine,
}

/// What came of it; nothing of the request changes any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestResolved {
    pub request: u32,
    pub text: String,
}
