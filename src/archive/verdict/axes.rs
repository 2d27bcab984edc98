//! The two questions that a verification answers, each with its word, its sentence and its exit code.

use serde::{Deserialize, Serialize};

use crate::i18n::Message;

/// Is everything there and unchanged? Ordered from good to worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Integrity {
    #[default]
    Valid,
    /// What is there holds, but something is missing.
    Incomplete,
    /// Something could not be judged: unreadable, or no archive at all.
    CannotVerify,
    /// Something was changed after it was sealed.
    Tampered,
}

/// Whose is it?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Provenance {
    /// The codes of the paper acts were given, and agree.
    Anchored,
    /// Signed, and countersigned if it is at all, by keys of the list of signers.
    KnownKey,
    /// No list of signers was given.
    #[default]
    Unchecked,
    /// A list was given, and a key that signed is not in it, not as this or not now; or one key signed in
    /// two roles.
    UntrustedKey,
}

impl Integrity {
    /// The process's exit code for it.
    pub fn code(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::Incomplete => 1,
            Self::Tampered => 2,
            Self::CannotVerify => 4,
        }
    }

    /// The one word for it, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Valid => "VALID",
            Self::Incomplete => "INCOMPLETE",
            Self::Tampered => "TAMPERED",
            Self::CannotVerify => "CANNOT_VERIFY",
        }
    }

    /// What it means, in a sentence.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::Valid => "archive-integrity-valid",
            Self::Incomplete => "archive-integrity-incomplete",
            Self::Tampered => "archive-integrity-tampered",
            Self::CannotVerify => "archive-integrity-cannot-verify",
        })
    }
}

impl Provenance {
    /// The process's exit code for it, where the integrity's is 0.
    pub fn code(self) -> u8 {
        match self {
            Self::Anchored | Self::KnownKey | Self::Unchecked => 0,
            Self::UntrustedKey => 3,
        }
    }

    /// The one word for it, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Anchored => "ANCHORED",
            Self::KnownKey => "KNOWN_KEY",
            Self::Unchecked => "UNCHECKED",
            Self::UntrustedKey => "UNTRUSTED_KEY",
        }
    }

    /// What it means, in a sentence.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::Anchored => "archive-provenance-anchored",
            Self::KnownKey => "archive-provenance-known-key",
            Self::Unchecked => "archive-provenance-unchecked",
            Self::UntrustedKey => "archive-provenance-untrusted-key",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tampered_outweighs_unreadable_and_that_outweighs_missing() {
        let order = [Integrity::Valid, Integrity::Incomplete, Integrity::CannotVerify, Integrity::Tampered];
        assert!(order.is_sorted());
        assert_eq!(order.map(Integrity::code), [0, 1, 4, 2]);
    }
}
