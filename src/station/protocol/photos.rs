//! Pictures from cameras as evidence of a step.

use serde::{Deserialize, Serialize};

use crate::point::{CameraId, ChecklistId, StepId};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotosCommand {
    /// Keep what this camera shows now, for a step that asks for a picture. It is there once the view
    /// tells of it.
    Take { checklist: ChecklistId, step: StepId, camera: CameraId },
    /// The newest one of the step: [`super::Answer::Photo`].
    Show { checklist: ChecklistId, step: StepId },
}
