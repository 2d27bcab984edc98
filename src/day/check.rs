//! A checklist's progress, in the day's journal or in the point's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::journal::{Event, Evidence, Outcome, Record, Still};
use crate::point::{CameraId, ChecklistId, PersonId, StepId};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckDay {
    pub version: u32,
    pub started_at_ms: i64,
    pub finished_at_ms: Option<i64>,
    /// Steps that something was recorded of; the newest record counts.
    pub steps: BTreeMap<StepId, StepDay>,
    /// The newest picture that was taken for a step.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub photos: BTreeMap<StepId, PhotoDay>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoDay {
    pub camera: CameraId,
    pub still: Still,
    pub at_ms: i64,
    /// How many were taken.
    pub count: u32,
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

/// Takes a record that speaks of a check; any other changes nothing.
pub(super) fn apply(checks: &mut BTreeMap<ChecklistId, CheckDay>, record: &Record) {
    let at_ms = record.utc_ms;
    let by = || record.actor.approved_by.clone().or_else(|| record.actor.person.clone());
    match &record.event {
        Event::CheckStarted { checklist, version } => {
            // A round that is over gives way to the next one.
            let runs = checks.get(checklist).is_some_and(|check| check.finished_at_ms.is_none());
            if !runs {
                let (version, steps, photos) = (*version, BTreeMap::new(), BTreeMap::new());
                let check = CheckDay { version, started_at_ms: at_ms, finished_at_ms: None, steps, photos };
                checks.insert(checklist.clone(), check);
            }
        }
        Event::StepRecorded { checklist, step, outcome, confirmed, finding, evidence, note } => {
            let state = match (outcome, confirmed) {
                (Outcome::Passed, false) => StepState::AwaitsConfirmation,
                (outcome, _) => StepState::Done(*outcome),
            };
            change_step(checks, checklist, step, |tries, before| {
                // A confirmation keeps what the automatic half measured.
                let measured = before.filter(|_| evidence.is_empty() && finding.is_none());
                let (finding, evidence) = match measured {
                    Some(before) => (before.finding, before.evidence),
                    None => (finding.clone(), evidence.clone()),
                };
                StepDay { state, at_ms, by: by(), finding, evidence, note: note.clone(), tries }
            });
        }
        Event::StepPhotographed(photo) => {
            if let Some(check) = checks.get_mut(&photo.checklist) {
                let count = check.photos.get(&photo.step).map_or(0, |before| before.count) + 1;
                let (camera, still) = (photo.camera.clone(), photo.still.clone());
                check.photos.insert(photo.step.clone(), PhotoDay { camera, still, at_ms, count });
            }
        }
        Event::StepWaived { checklist, step, reason } => {
            let state = StepState::Waived { by: by(), reason: reason.clone() };
            change_step(checks, checklist, step, |tries, before| match before {
                Some(before) => StepDay { state, ..before },
                None => StepDay {
                    state,
                    at_ms,
                    by: by(),
                    finding: None,
                    evidence: Vec::new(),
                    note: String::new(),
                    tries,
                },
            });
        }
        Event::CheckFinished { checklist } => {
            if let Some(check) = checks.get_mut(checklist) {
                check.finished_at_ms = Some(at_ms);
            }
        }
        _ => {}
    }
}

/// Replaces a step of a started check; `change` gets the number of this try and what stood before.
fn change_step(
    checks: &mut BTreeMap<ChecklistId, CheckDay>,
    checklist: &ChecklistId,
    step: &StepId,
    change: impl FnOnce(u32, Option<StepDay>) -> StepDay,
) {
    let Some(check) = checks.get_mut(checklist) else { return };
    let before = check.steps.remove(step);
    let tries = before.as_ref().map_or(0, |before| before.tries) + 1;
    check.steps.insert(step.clone(), change(tries, before));
}
