//! Days that are over.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::day::OlderDay;
use crate::point::DayId;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DaysCommand {
    /// The days that this station held, the newest first, from the `from`-th on.
    List { from: u32 },
    /// Verify the day's archive once more; how it goes is seen in the view.
    Verify { day: DayId },
    /// Let the verification go that runs.
    StopVerifying,
    /// Copy the day's archive once more.
    CopyTo { day: DayId, target: String },
    /// Delete a day that need not be kept any longer; takes a second person.
    Delete { day: DayId, reason: String },
}

/// A page of days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DaysPage {
    pub total: usize,
    pub from: usize,
    pub days: Vec<DayLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayLine {
    pub day: DayId,
    pub state: DayState,
    /// None: its document can't be read.
    pub keep_until: Option<NaiveDate>,
    pub files: u64,
    pub bytes: u64,
    /// What the point's journal tells of it.
    pub told: OlderDay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// Takes records.
    Open,
    /// Begun and never sealed.
    Unsealed,
    Sealed,
    /// Ordered to be deleted, and something may be left.
    Deleting,
    Deleted,
    /// Sealed, and not there any more without an order.
    Missing,
}
