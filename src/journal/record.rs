//! One line of a journal.

use serde::{Deserialize, Serialize};

use super::event::{Actor, Event};
use crate::signing::Digest;

/// A record as it stands in the file. The stored line is what was hashed: a record is read from
/// it and never written back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Counts from 0 without a hole.
    pub n: u64,
    /// The run of the station that wrote it: 16 hex digits, random at every start.
    pub boot: String,
    pub mono_ms: u64,
    pub utc_ms: i64,
    pub offset_min: i32,
    pub actor: Actor,
    pub event: Event,
    /// 32 random hex digits: the record's hash tells nothing of it.
    pub salt: String,
    /// SHA-256 of the previous line with its LF; of the head document for record 0.
    pub prev: Digest,
}
