//! Which exam the days before and after it belong to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// From here on the checks in the point's journal are those for the exam of this date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamNamed {
    pub date: NaiveDate,
}
