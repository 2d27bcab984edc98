//! Who signed the sealed archive besides the station.

use serde::{Deserialize, Serialize};

use crate::signing::SignerRole;

/// A countersignature beside part 00.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersignature {
    pub file: String,
    pub role: SignerRole,
    /// The key's fingerprint as OpenSSH writes it; none if the file could not be read so far.
    pub key: Option<String>,
    pub signed: Signed,
}

/// What is known of a countersignature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signed {
    /// It holds, and the list of signers knows the key in this role.
    Trusted,
    /// It holds; no list of signers was given.
    Unchecked,
    /// It holds, but the key may not sign so.
    Untrusted,
    /// It is not over this archive's part 00.
    Wrong,
    /// Made by a national program, or part 00 is not here.
    NotCheckedHere,
}

impl Signed {
    /// The plain word for it, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Unchecked => "unchecked",
            Self::Untrusted => "untrusted",
            Self::Wrong => "wrong",
            Self::NotCheckedHere => "not-checked-here",
        }
    }
}
