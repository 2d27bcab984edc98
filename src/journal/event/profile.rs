//! Records of the point's profile.

use serde::{Deserialize, Serialize};

use crate::signing::Digest;

/// The station goes by another profile from now on, because somebody told it to. A file that was changed by
/// hand and read at a start leaves no such record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileChanged {
    /// SHA-256 of the file that it went by; none: there was none.
    pub old: Option<Digest>,
    pub new: Digest,
}
