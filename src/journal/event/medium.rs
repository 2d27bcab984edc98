//! What a copy is made on.

use serde::{Deserialize, Serialize};

use crate::point::DayId;

/// The device under the medium of a copy that was begun there told its serial number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediumTold {
    pub day: DayId,
    /// As in the record of the copy's begin, and `medium` too.
    pub target: String,
    pub medium: String,
    /// As its maker wrote it.
    pub serial: String,
}
