//! The documents that journals begin from: `day.json` of an exam day, `point.json` of the point.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::takeover::TakeOver;
use crate::point::{Camera, ChecklistId, DayId, Person, Plan, PointCode, RegionCode, Room, StationId};
use crate::signing::{Digest, PaperCode, PublicKey};
use crate::time_zone::Tz;

/// The format of records, and of documents that say nothing newer.
pub const FORMAT: u32 = 1;
/// Of a day's document that tells of another station: who knows format 1 alone can't read it.
const TAKEOVER_FORMAT: u32 = 2;

/// Longest document.
pub const MAX_DOCUMENT_BYTES: usize = 4 << 20;

/// An exam day as it was planned, with the extract of the point's profile that the day needs.
/// Record 0 of the day's journal holds its SHA-256.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayDocument {
    /// As [`format_with`](Self::format_with) gives it.
    pub format: u32,
    pub day: DayId,
    pub region: RegionCode,
    pub point: PointCode,
    pub station: StationId,
    pub point_name: String,
    pub address: String,
    pub subject: String,
    pub time_zone: Tz,
    /// SHA-256 of the newest line of the point's journal when the day was planned.
    pub point_head: Digest,
    pub device_key: PublicKey,
    /// Of epoch 0; its code stands on the printed opening act.
    pub epoch_key: PublicKey,
    pub plan: Plan,
    pub segment_seconds: u32,
    pub rooms: Vec<Room>,
    pub cameras: Vec<Camera>,
    pub people: Vec<Person>,
    pub checklist: ChecklistUsed,
    /// The station that was in charge of this exam day before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_over: Option<TakeOver>,
}

impl DayDocument {
    /// The oldest format that can say it.
    pub fn format_with(takes_over: Option<&TakeOver>) -> u32 {
        if takes_over.is_some() { TAKEOVER_FORMAT } else { FORMAT }
    }
}

/// The checklist that the day was checked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistUsed {
    pub id: ChecklistId,
    pub version: u32,
    /// Of the checklist's file.
    pub sha256: Digest,
}

/// The exam point's journal begins from this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointDocument {
    /// [`FORMAT`].
    pub format: u32,
    pub region: RegionCode,
    pub point: PointCode,
    pub station: StationId,
    pub device_key: PublicKey,
    /// Of epoch 0.
    pub epoch_key: PublicKey,
}

/// What every journal's checkpoints are read with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalHead {
    /// First line of every checkpoint.
    pub origin: String,
    pub device_key: PublicKey,
    /// Device keys that took its place since, the newest last. No day outlives its key; a point does.
    pub successors: Vec<PublicKey>,
    /// Of epoch 0.
    pub epoch_key: PublicKey,
}

impl JournalHead {
    /// Of an exam day's journal.
    pub fn of_day(day: &DayId, device_key: PublicKey, epoch_key: PublicKey) -> Self {
        Self { origin: format!("invigil/{day}"), device_key, successors: Vec::new(), epoch_key }
    }

    /// The device key that signs now.
    pub fn device(&self) -> &PublicKey {
        self.successors.last().unwrap_or(&self.device_key)
    }

    /// The code of epoch 0's key: the first 80 bits of its OpenSSH fingerprint.
    pub fn opening_code(&self) -> PaperCode {
        PaperCode::of(&self.epoch_key.sha256())
    }
}

/// Why a document can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDocument {
    #[error("longer than {MAX_DOCUMENT_BYTES} bytes")]
    TooLong,
    #[error("not such a document: {0}")]
    Malformed(String),
    #[error("format {0} is not known")]
    Format(u32),
    #[error("not written the way it is")]
    NotCanonical,
}

/// A document that a journal can begin from.
pub trait HeadDocument: Serialize + DeserializeOwned {
    fn format(&self) -> u32;
    /// The format that its contents take.
    fn needed_format(&self) -> u32 {
        FORMAT
    }
    fn head(&self) -> JournalHead;

    /// The one way to write it: indented JSON, fields in declared order, LF at the end.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("text keys and integers always serialise");
        bytes.push(b'\n');
        bytes
    }

    /// Reads exactly what [`to_bytes`](Self::to_bytes) writes.
    fn parse(bytes: &[u8]) -> Result<Self, BadDocument> {
        if bytes.len() > MAX_DOCUMENT_BYTES {
            return Err(BadDocument::TooLong);
        }
        let document: Self = match serde_json::from_slice(bytes) {
            Ok(document) => document,
            // A later one may have fields that nobody knows here.
            Err(error) => match serde_json::from_slice(bytes) {
                Ok(Versioned { format }) if format > TAKEOVER_FORMAT => {
                    return Err(BadDocument::Format(format));
                }
                _ => return Err(BadDocument::Malformed(error.to_string())),
            },
        };
        if document.format() != document.needed_format() {
            return Err(BadDocument::Format(document.format()));
        }
        if document.to_bytes() == bytes { Ok(document) } else { Err(BadDocument::NotCanonical) }
    }
}

/// What documents of every format have.
#[derive(Deserialize)]
struct Versioned {
    format: u32,
}

impl HeadDocument for DayDocument {
    fn format(&self) -> u32 {
        self.format
    }

    fn needed_format(&self) -> u32 {
        Self::format_with(self.takes_over.as_ref())
    }

    fn head(&self) -> JournalHead {
        JournalHead::of_day(&self.day, self.device_key, self.epoch_key)
    }
}

impl HeadDocument for PointDocument {
    fn format(&self) -> u32 {
        self.format
    }

    fn head(&self) -> JournalHead {
        JournalHead {
            origin: format!("invigil/{}-{}-{}", self.region, self.point, self.station),
            device_key: self.device_key,
            successors: Vec::new(),
            epoch_key: self.epoch_key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_only_as_it_is_written() {
        let key = PublicKey([7; 32]);
        let document = PointDocument {
            format: FORMAT,
            region: "77".parse().unwrap(),
            point: "0101".parse().unwrap(),
            station: "main".parse().unwrap(),
            device_key: key,
            epoch_key: key,
        };
        let text = String::from_utf8(document.to_bytes()).unwrap();
        assert_eq!(PointDocument::parse(text.as_bytes()), Ok(document.clone()));
        assert_eq!(document.head().origin, "invigil/77-0101-main");
        for (from, to) in [
            ("\n}", ",\n  \"more\": 1\n}"),
            ("\"77\"", "\"7/7\""),
            ("ssh-ed25519 ", "ssh-rsa "),
            ("\"format\": 1", "\"format\": 1.0"),
        ] {
            let changed = text.replacen(from, to, 1);
            let refused = PointDocument::parse(changed.as_bytes());
            assert!(matches!(refused, Err(BadDocument::Malformed(_))), "{changed}: {refused:?}");
        }
        let later = text.replacen("\"format\": 1", "\"format\": 2", 1);
        assert_eq!(PointDocument::parse(later.as_bytes()), Err(BadDocument::Format(2)));
        let newer = later.replacen("\n}", ",\n  \"more\": 1\n}", 1).replacen(": 2", ": 3", 1);
        assert_eq!(PointDocument::parse(newer.as_bytes()), Err(BadDocument::Format(3)));
        let blank = text.replacen(": ", ":", 1);
        assert_eq!(PointDocument::parse(blank.as_bytes()), Err(BadDocument::NotCanonical));
        assert_eq!(PointDocument::parse(&vec![b' '; MAX_DOCUMENT_BYTES + 1]), Err(BadDocument::TooLong));
    }
}
