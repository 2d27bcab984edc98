//! A station that goes on with another one's exam day.

use serde::{Deserialize, Serialize};

use crate::point::DayId;
use crate::signing::{Digest, PaperCode};

/// Whose day it goes on with, and what was known of that one's journal. Stands in the document that
/// the new journal begins from, so that every later record and code binds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    /// The other station's day.
    pub day: DayId,
    /// Fingerprint of its device key, `SHA256:…`; none: nobody knew it.
    pub device_key: Option<String>,
    pub head: KnownHead,
}

/// How far the other journal is known to have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "known", rename_all = "snake_case", deny_unknown_fields)]
pub enum KnownHead {
    /// Read from its disk: RFC 6962 root over its first `size` records.
    Records { size: u64, root: Digest },
    /// The newest of its codes that is on paper: that of one of its checkpoints.
    Code { code: PaperCode },
    /// Its disk can't be read and no code is at hand.
    Nothing {},
}
