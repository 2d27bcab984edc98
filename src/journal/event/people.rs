//! What the journal knows of people's PINs, of who stood in for whom, and of the window they sat at.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::point::{PersonId, Role};

/// A forgotten PIN was replaced by a new one, in the presence of whoever the record names as approving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinRenewed {
    pub person: PersonId,
    pub reason: String,
}

/// After so many wrong PINs one after another no PIN of this person is looked at for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInPaused {
    pub person: PersonId,
    pub failures: u32,
    pub seconds: u32,
}

/// For one exam day somebody else does the work of `replaced`, with the same role and post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonReplaced {
    pub replaced: PersonId,
    /// The new person's own id, used by nobody else ever.
    pub person: PersonId,
    pub name: String,
    pub post: String,
    pub role: Role,
    pub date: NaiveDate,
    pub reason: String,
}

/// Nobody touched the window of this person for a while: it asks for a PIN again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenLocked {
    pub person: PersonId,
}

/// The kiosk's window was left under somebody's supervision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskLeft {
    pub reason: String,
}
