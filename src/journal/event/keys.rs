//! Records of the station's own key.

use serde::{Deserialize, Serialize};

use crate::signing::{Digest, PublicKey};

/// A new device key took the place of the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRotated {
    pub old: PublicKey,
    pub new: PublicKey,
    /// Of the statement that the old key signed.
    pub statement: Digest,
}
