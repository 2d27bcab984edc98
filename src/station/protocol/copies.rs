//! How far the copies of the archive are.

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::journal::CopyPurpose;

/// A copy of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyLive {
    /// The day's folder on the medium; each once.
    pub target: String,
    pub purpose: CopyPurpose,
    pub encrypted: bool,
    /// So many files are there and verified.
    pub files: u32,
    /// Each byte counts twice: written, and read back.
    pub done_bytes: u64,
    /// Of what is closed by now.
    pub total_bytes: u64,
    pub bytes_per_second: u64,
    pub eta_ms: Option<u64>,
    pub state: CopyState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyState {
    Copying,
    /// The recording needs the disk just now.
    HeldBack,
    /// All that is closed is there; it goes on with the next part.
    Waiting,
    /// The whole archive is there.
    Verified,
    /// What happened, what to do.
    Failed(Message),
}

impl CopyLive {
    /// It has come to no end yet, good or bad.
    pub fn runs(&self) -> bool {
        !matches!(self.state, CopyState::Verified | CopyState::Failed(_))
    }
}
