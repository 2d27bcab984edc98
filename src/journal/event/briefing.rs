//! Who read which briefing.

use serde::{Deserialize, Serialize};

use crate::point::{BriefingId, PersonId};
use crate::signing::Digest;

/// The person read this text, and says so with their PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefingSigned {
    pub briefing: BriefingId,
    pub version: u32,
    /// Of the text in both languages, as JSON.
    pub sha256: Digest,
    pub person: PersonId,
}
