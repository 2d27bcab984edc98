//! A checklist's progress.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::journal::{Evidence, Outcome};
use crate::point::{PersonId, StepId};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckDay {
    pub version: u32,
    pub started_at_ms: i64,
    pub finished_at_ms: Option<i64>,
    /// Steps that something was recorded of; the newest record counts.
    pub steps: BTreeMap<StepId, StepDay>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDay {
    pub state: StepState,
    pub at_ms: i64,
    pub by: Option<PersonId>,
    pub finding: Option<Message>,
    pub evidence: Vec<Evidence>,
    pub note: String,
    /// How often it was recorded.
    pub tries: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// The automatic half of a step for both passed; a person has to confirm.
    AwaitsConfirmation,
    Done(Outcome),
    Waived {
        by: Option<PersonId>,
        reason: String,
    },
}

impl StepState {
    /// Passed, or waived by somebody who may.
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Done(Outcome::Passed) | Self::Waived { .. })
    }
}
