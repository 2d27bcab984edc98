//! What a key may sign as, and where: `head@77-0101`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// In what capacity a key signs an exam day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignerRole {
    /// The computer, every part.
    Station,
    /// The head of the exam point, part 00.
    Head,
    /// The commission's member, part 00.
    Member,
}

/// Who a list of signers has to name for a signature to count: a role at an exam point. Written as
/// `head@77-0101`, the principal that `ssh-keygen -Y verify -I` is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    pub role: SignerRole,
    /// Region and point.
    pub place: String,
}

impl SignerRole {
    pub const COUNTERSIGNERS: [Self; 2] = [Self::Head, Self::Member];

    pub fn word(self) -> &'static str {
        match self {
            Self::Station => "station",
            Self::Head => "head",
            Self::Member => "member",
        }
    }
}

/// A text that is neither `head` nor `member`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not `head` or `member`")]
pub struct BadSignerRole;

impl FromStr for SignerRole {
    type Err = BadSignerRole;

    /// Reads the roles that countersign.
    fn from_str(text: &str) -> Result<Self, BadSignerRole> {
        Self::COUNTERSIGNERS.into_iter().find(|role| role.word() == text).ok_or(BadSignerRole)
    }
}

impl fmt::Display for SignerRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.role, self.place)
    }
}
