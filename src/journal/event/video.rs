//! What the journal knows of recorded video and of the parts it is packed into.

use serde::{Deserialize, Serialize};

use crate::point::CameraId;
use crate::signing::Digest;

/// A finished segment of video, by its hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    pub camera: CameraId,
    /// Counts the camera's segments of the day from 0; names `000000.mp4`.
    pub segment: u32,
    pub from_ms: i64,
    pub to_ms: i64,
    pub frames: u64,
    pub bytes: u64,
    /// Of the whole `.mp4` after its close.
    pub sha256: Digest,
    /// Of the whole `.idx`.
    pub index_sha256: Digest,
    /// Closed after a crash, cut to the last whole fragment.
    pub repaired: bool,
}

/// A JPEG kept as evidence, in part 00.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Still {
    /// Below `data/`, such as `stills/corridor/0001-black.jpg`.
    pub name: String,
    pub sha256: Digest,
}

/// What a camera's open index holds: RFC 6962 root over its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VideoHead {
    pub camera: CameraId,
    pub segment: u32,
    pub lines: u64,
    pub root: Digest,
}

/// What becomes of a part: delivered to the regional centre, or kept at the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Delivered,
    Kept,
}

/// A closed part of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedPart {
    pub part: u32,
    pub group: Group,
    /// `<day>-<nn>.zip`.
    pub file: String,
    pub bytes: u64,
    /// SHA-256 of its `tagmanifest-sha256.txt`.
    pub sha256: Digest,
}

/// What a copy of an archive is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyPurpose {
    /// To be handed over.
    Medium,
    /// The backup that holds the newest day.
    Daily,
    /// The backup that holds all days.
    Cumulative,
}
