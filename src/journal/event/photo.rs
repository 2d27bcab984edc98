//! Pictures that people take as evidence.

use serde::{Deserialize, Serialize};

use super::Still;
use crate::point::{CameraId, ChecklistId, StepId};

/// For a step of a check a picture was taken of what the camera shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepPhotographed {
    pub checklist: ChecklistId,
    pub step: StepId,
    pub camera: CameraId,
    pub still: Still,
}
