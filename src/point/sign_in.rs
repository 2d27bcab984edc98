//! How people show who they are: their first PIN, and how long a window stays theirs.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::i18n::Message;
use crate::tables::Item;

/// Longest that a window may stay open without anybody there.
const MAX_IDLE_MINUTES: u32 = 240;

/// The hash of a one-time code, as `invigil point code` writes it: argon2id in the PHC string format.
/// Whoever reads the profile can't sign in with it.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeHash(String);

impl CodeHash {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CodeHash {
    type Err = Message;

    /// Bounded, so that trying a code costs neither gigabytes nor minutes.
    fn from_str(text: &str) -> Result<Self, Message> {
        let wrong = || Message::new("fault-code-hash");
        let fields: Vec<&str> = text.split('$').collect();
        let &["", "argon2id", "v=19", cost, salt, hash] = fields.as_slice() else { return Err(wrong()) };
        let bounds = [("m=", 8..=262_144), ("t=", 1..=16), ("p=", 1..=8_u32)];
        let mut costs = cost.split(',');
        let bounded = bounds.into_iter().all(|(name, bounds)| {
            let number = costs.next().and_then(|cost| cost.strip_prefix(name)?.parse().ok());
            number.is_some_and(|number: u32| bounds.contains(&number))
        });
        let base64 = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/');
        let sound = bounded
            && costs.next().is_none()
            && (11..=64).contains(&salt.len())
            && (22..=86).contains(&hash.len())
            && base64(salt)
            && base64(hash);
        if sound { Ok(Self(text.to_owned())) } else { Err(wrong()) }
    }
}

impl fmt::Debug for CodeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeHash(…)")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SignInRules {
    pub first_pin: FirstPinRule,
    /// A window that nobody touches for so long asks for the PIN again; never if it is none.
    pub idle_minutes: Option<u32>,
}

/// Who may choose a first PIN without a code of the profile. Whoever has a code always needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstPinRule {
    /// In the presence of somebody who may supervise; the first of these alone.
    #[default]
    Witnessed,
    /// Anybody, for themselves or for others: to try the program out.
    Free,
}

impl Default for SignInRules {
    fn default() -> Self {
        Self { first_pin: FirstPinRule::default(), idle_minutes: Some(10) }
    }
}

impl SignInRules {
    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let usual = Self::default();
        let words = [("witnessed", FirstPinRule::Witnessed), ("free", FirstPinRule::Free)];
        let first_pin =
            section.optional("first_pin").map_or(Some(usual.first_pin), |item| item.choice(&words));
        let idle_minutes = match section.optional("idle_minutes") {
            None => Some(usual.idle_minutes),
            Some(item) => {
                item.integer(0..=MAX_IDLE_MINUTES).map(|minutes: u32| (minutes > 0).then_some(minutes))
            }
        };
        section.finish();
        Some(Self { first_pin: first_pin?, idle_minutes: idle_minutes? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$nE5KLr0m1bYV1fUb0oGvmvPVQ0o7oLhz1Cv4xQ0aBcD";

    #[test]
    fn a_hash_is_taken_whole_and_cheap_or_not_at_all() {
        assert!(SOUND.parse::<CodeHash>().is_ok());
        assert_eq!(format!("{:?}", SOUND.parse::<CodeHash>()), "Ok(CodeHash(…))");
        let spoilt = [
            SOUND.replace("argon2id", "argon2d"),
            SOUND.replace("v=19", "v=16"),
            SOUND.replace("m=19456", "m=4194304"),
            SOUND.replace("t=2", "t=0"),
            SOUND.replace(",p=1", ""),
            SOUND.replace(",p=1", ",p=1,keyid=AA"),
            SOUND.replace("c2Fsd", "c2Fs-"),
            SOUND[..SOUND.len() - 30].to_owned(),
            format!("{SOUND}$"),
            "1234".to_owned(),
            String::new(),
        ];
        for text in spoilt {
            assert!(text.parse::<CodeHash>().is_err(), "{text}");
        }
    }
}
