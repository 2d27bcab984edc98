//! A camera's day: whether it should record, whether it does, and what it has left on disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::journal::Still;
use crate::point::Ailment;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraDay {
    /// Set while the camera is ordered to record.
    pub recording_since_ms: Option<i64>,
    /// Ordered to stop, and not stopped yet; an order holds over a crash.
    pub stop_ordered: bool,
    pub state: CameraState,
    /// The USB device that took the place of the profile's one.
    #[serde(default)]
    pub source: Option<String>,
    /// What the camera agreed to give.
    pub detail: String,
    /// None without sound, and before anything is known of it.
    pub sound: Option<SoundState>,
    pub segments: u32,
    /// End of the last of them.
    pub recorded_until_ms: Option<i64>,
    /// Bytes and frames of finished segments.
    pub bytes: u64,
    pub frames: u64,
    /// Segments that already stand in a part.
    pub taken: u32,
    pub gaps: u32,
    /// Total length of the gaps.
    pub gap_ms: u64,
    /// The last gap, from and to.
    pub last_gap: Option<(i64, i64)>,
    /// What ails the picture now, and since when.
    pub ailments: BTreeMap<Ailment, i64>,
    /// Stills kept of it: findings and references.
    pub stills: u32,
    /// How it should see the room; none until somebody approved of it.
    pub reference: Option<Still>,
}

/// Whether a camera that should have sound has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoundState {
    Works,
    /// It works, and there has been nothing to hear since then.
    Silent {
        since_ms: i64,
    },
    Lost {
        since_ms: i64,
        cause: Message,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraState {
    /// Not tried yet.
    #[default]
    Idle,
    Works,
    Lost {
        since_ms: i64,
        cause: Message,
    },
    /// Was recording and was stopped on order.
    Stopped,
}
