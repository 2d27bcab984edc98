//! What clients ask about the computer's equipment.

use serde::{Deserialize, Serialize};

/// What happened to the computer, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentsCommand {
    /// Why it happened, for those that these records told of.
    Explain { records: Vec<u64>, text: String },
    /// The day's incidents from that one on (the first is 0), explained or not; at most `count`, and the
    /// station may give fewer.
    List { from: u32, count: u32 },
}
