//! What became of days that are over.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::point::DayId;
use crate::signing::Digest;

/// A day's archive was verified once more, and this came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayVerified {
    pub day: DayId,
    /// The word of the verdict, such as `VALID`.
    pub verdict: String,
    pub faults: u64,
}

/// Two persons ordered that a day be deleted; whoever they are stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayDeletionBegun {
    pub day: DayId,
    /// It had to be kept until then.
    pub keep_until: NaiveDate,
    /// The hashes of its parts, as they were when it was sealed.
    pub parts: Vec<Digest>,
    pub files: u64,
    pub bytes: u64,
    pub reason: String,
}

/// Nothing is left of the day but what journals say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayDeleted {
    pub day: DayId,
}
