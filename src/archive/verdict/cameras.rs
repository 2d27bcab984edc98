//! What there is of each camera, by the second.

use serde::{Deserialize, Serialize};

use crate::point::CameraId;

/// A camera's day. No moment is told twice, but where the wall clock was set back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraSummary {
    pub camera: CameraId,
    /// As the day's document calls it; empty when that can't be read.
    pub name: String,
    /// Here, and every byte as it was recorded.
    pub signed: Coverage,
    /// Here, and not as it was recorded, or in no place where it belongs.
    pub changed: Coverage,
    /// Should have been recorded and is not here, and the journal does not say why.
    pub missing: Coverage,
    /// Not recorded, as the journal itself tells: outages, restarts, clock steps.
    pub admitted: Coverage,
    /// In a part that stays at the point and is not missed here.
    pub kept: Coverage,
}

/// Stretches of wall time, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// How long all of them are together.
    pub ms: u64,
    /// The longest of them if there are many.
    pub spans: Vec<Span>,
    /// Stretches beyond those listed.
    pub more: u64,
}

/// A stretch of wall time, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from_ms: i64,
    /// The first moment that is not part of it.
    pub to_ms: i64,
}
