//! What becomes of the archive: for whom copies are encrypted, and where backups stand.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::i18n::Message;
use crate::signing::SignerRole;
use crate::tables::{Item, Section};

/// Most recipients that a file is encrypted to.
const MOST_RECIPIENTS: usize = 16;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ArchiveRules {
    /// Who can open the copies on media; none: they are plain.
    pub recipients: Vec<AgeRecipient>,
    /// Who has to countersign every sealed day; without them its archive is incomplete. Mostly nobody has to.
    pub countersignatures: Vec<SignerRole>,
    pub backup: BackupRules,
}

/// Folders that every sealed day is copied to; absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BackupRules {
    /// Holds the newest day alone.
    pub daily: Option<PathBuf>,
    /// Holds all days.
    pub cumulative: Option<PathBuf>,
}

impl ArchiveRules {
    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let recipients = match section.optional("recipients") {
            Some(item) => {
                let items = item.items(1..=MOST_RECIPIENTS);
                items.and_then(|items| {
                    items.iter().map(Item::parsed).collect::<Vec<_>>().into_iter().collect()
                })
            }
            None => Some(Vec::new()),
        };
        let countersignatures = match section.optional("countersignatures") {
            Some(item) => countersigners(&item),
            None => Some(Vec::new()),
        };
        let backup = match section.optional("backup") {
            Some(item) => BackupRules::read(&item),
            None => Some(BackupRules::default()),
        };
        section.finish();
        Some(Self { recipients: recipients?, countersignatures: countersignatures?, backup: backup? })
    }
}

impl BackupRules {
    fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let (daily, cumulative) = (folder(&mut section, "daily"), folder(&mut section, "cumulative"));
        section.finish();
        let (daily, cumulative) = (daily?, cumulative?);
        // The newest day alone would push all others out.
        if daily.is_some() && daily == cumulative {
            item.fault(Message::new("fault-same-folder"));
            return None;
        }
        Some(Self { daily, cumulative })
    }
}

/// Each role once, in the order in which they are told everywhere.
fn countersigners(item: &Item<'_>) -> Option<Vec<SignerRole>> {
    let words = SignerRole::COUNTERSIGNERS.map(|role| (role.word(), role));
    let items = item.items(1..=words.len())?;
    let roles: Option<Vec<SignerRole>> =
        items.iter().map(|item| item.choice(&words)).collect::<Vec<_>>().into_iter().collect();
    let mut roles = roles?;
    for (at, item) in items.iter().enumerate() {
        if let Some(first) = roles[..at].iter().position(|role| *role == roles[at]) {
            let twice = Message::new("fault-twice").with("text", roles[at].word());
            item.fault(twice.with("first", items[first].spot.line));
            return None;
        }
    }
    roles.sort();
    Some(roles)
}

fn folder(section: &mut Section<'_>, key: &str) -> Option<Option<PathBuf>> {
    let Some(item) = section.optional(key) else { return Some(None) };
    let folder = PathBuf::from(item.text(400)?);
    if folder.is_absolute() {
        return Some(Some(folder));
    }
    item.fault(Message::new("fault-folder"));
    None
}

/// Somebody to whom files are encrypted: an X25519 public key as `age-keygen` writes it, `age1…`.
#[derive(Clone, PartialEq, Eq)]
pub struct AgeRecipient([u8; 32]);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no age recipient (age1…, 62 lower-case characters)")]
pub struct BadRecipient;

impl From<BadRecipient> for Message {
    fn from(_: BadRecipient) -> Message {
        Message::new("fault-recipient")
    }
}

/// Bech32 (BIP 173).
const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const PREFIX: &str = "age";
const CHECKSUM_CHARS: usize = 6;

impl AgeRecipient {
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for AgeRecipient {
    type Err = BadRecipient;

    fn from_str(text: &str) -> Result<Self, BadRecipient> {
        let digits = text.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix('1')).ok_or(BadRecipient)?;
        let value = |digit: u8| ALPHABET.iter().position(|known| *known == digit).map(|at| at as u8);
        let values: Vec<u8> = digits.bytes().map(value).collect::<Option<_>>().ok_or(BadRecipient)?;
        if values.len() != (32 * 8_usize).div_ceil(5) + CHECKSUM_CHARS || checksum(&values) != 1 {
            return Err(BadRecipient);
        }
        let (mut key, mut at) = ([0; 32], 0);
        let (mut bits, mut count) = (0_u32, 0);
        for value in &values[..values.len() - CHECKSUM_CHARS] {
            (bits, count) = (bits << 5 | u32::from(*value), count + 5);
            if count >= 8 {
                count -= 8;
                key[at] = (bits >> count) as u8;
                bits &= (1 << count) - 1;
                at += 1;
            }
        }
        // The last character's spare bits say nothing, so they are nothing.
        if bits == 0 { Ok(Self(key)) } else { Err(BadRecipient) }
    }
}

/// 1 if the last six values are the checksum of the prefix and the values before.
fn checksum(values: &[u8]) -> u32 {
    let prefix = PREFIX.bytes();
    let expanded = prefix.clone().map(|byte| byte >> 5).chain([0]).chain(prefix.map(|byte| byte & 31));
    expanded.chain(values.iter().copied()).fold(1, |sum, value| {
        let next = (sum & 0x01ff_ffff) << 5 ^ u32::from(value);
        let generator = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let chosen = generator.iter().enumerate().filter(|(bit, _)| sum >> (25 + bit) & 1 == 1);
        chosen.fold(next, |next, (_, generator)| next ^ generator)
    })
}

impl fmt::Display for AgeRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut values = Vec::new();
        let (mut bits, mut count) = (0_u32, 0);
        for byte in self.0 {
            (bits, count) = (bits << 8 | u32::from(byte), count + 8);
            while count >= 5 {
                count -= 5;
                values.push((bits >> count & 31) as u8);
                bits &= (1 << count) - 1;
            }
        }
        values.push((bits << (5 - count) & 31) as u8);
        let open = [values.as_slice(), &[0; CHECKSUM_CHARS]].concat();
        let sum = checksum(&open) ^ 1;
        values.extend((0..CHECKSUM_CHARS).rev().map(|at| (sum >> (5 * at) & 31) as u8));
        write!(f, "{PREFIX}1")?;
        values.iter().try_for_each(|value| write!(f, "{}", char::from(ALPHABET[usize::from(*value)])))
    }
}

impl fmt::Debug for AgeRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for AgeRecipient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `age-keygen` 1.1.1.
    const KNOWN: &str = "age1nu32fyqmu8xv0e7dractszf2hpuhw7wgxl8rsxvg0clh9ne2uemsntsqja";

    #[test]
    fn a_recipient_reads_back_and_a_typing_error_is_noticed() {
        let recipient: AgeRecipient = KNOWN.parse().unwrap();
        assert_eq!(recipient.to_string(), KNOWN);
        assert_eq!(AgeRecipient([0; 32]).to_string().parse(), Ok(AgeRecipient([0; 32])));
        for at in 0..KNOWN.len() {
            let mut typed = KNOWN.as_bytes().to_vec();
            typed[at] = if typed[at] == b'q' { b'p' } else { b'q' };
            assert_eq!(String::from_utf8(typed).unwrap().parse::<AgeRecipient>(), Err(BadRecipient), "{at}");
        }
        for bad in [
            "",
            "age1",
            "age1é",
            &KNOWN.to_uppercase(),
            &KNOWN[..61],
            &format!("{KNOWN}q"),
            "AGE-SECRET-KEY-1",
        ] {
            assert_eq!(bad.parse::<AgeRecipient>(), Err(BadRecipient), "{bad}");
        }
    }
}
