//! Names of things at the point, each its own type, each safe as a file name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;

/// A text that does not name what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no {kind}: {rule}")]
pub struct BadId {
    pub kind: &'static str,
    pub text: String,
    /// What such a name looks like.
    pub rule: &'static str,
}

impl From<BadId> for Message {
    /// What such a name looks like, in the person's words.
    fn from(bad: BadId) -> Message {
        Message::new("fault-id").with("kind", bad.kind.replace(' ', "-")).with("text", bad.text)
    }
}

fn is_slug(text: &str, max: usize) -> bool {
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= max
        && bytes[0].is_ascii_alphanumeric()
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

fn is_room_number(text: &str) -> bool {
    (2..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn is_inventory_number(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | '_' | '№' | ' ');
    (1..=40).contains(&text.chars().count()) && text.trim() == text && text.chars().all(allowed)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $rule:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    let text = text.chars().take(80).collect();
                    Err(BadId { kind: $kind, text, rule: $rule })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A region's number or letters, such as `77`.
    RegionCode, "region code", "1 to 8 of a-z, 0-9", |t| is_slug(t, 8) && !t.contains('-')
);
id!(
    /// An exam point's number, such as `0101`.
    PointCode, "exam point code", "1 to 12 of a-z, 0-9", |t| is_slug(t, 12) && !t.contains('-')
);
id!(
    /// Which recorder computer of the point this is: main, spare, a second PAK.
    StationId, "station name", "1 to 16 of a-z, 0-9, -", |t| is_slug(t, 16)
);
id!(
    /// A room's number as the forms write it, such as `0003`; the staff room is `7777` in some forms. All
    /// of a point's are equally long, so that they follow each other as texts.
    RoomNumber, "room number", "2 to 6 of 0-9, A-Z", is_room_number
);
id!(
    /// A camera's name in files and records, such as `entrance-1`.
    CameraId, "camera name", "1 to 32 of a-z, 0-9, -", |t| is_slug(t, 32)
);
id!(
    /// A person at the point; stays the same when the name is corrected.
    PersonId, "person id", "1 to 32 of a-z, 0-9, -", |t| is_slug(t, 32)
);
id!(
    /// A checklist, by its file's name without the ending.
    ChecklistId, "checklist id", "1 to 48 of a-z, 0-9, -", |t| is_slug(t, 48)
);
id!(
    /// A briefing, by its file's name without the ending.
    BriefingId, "checklist id", "1 to 48 of a-z, 0-9, -", |t| is_slug(t, 48)
);
id!(
    /// A step within its checklist.
    StepId, "step id", "1 to 48 of a-z, 0-9, -", |t| is_slug(t, 48)
);
id!(
    /// A phase of the exam day, such as `main-check`.
    PhaseId, "phase id", "1 to 32 of a-z, 0-9, -", |t| is_slug(t, 32)
);
id!(
    /// What is written on a piece of equipment and tells it from others, such as `410124-0017`.
    InventoryNumber, "inventory number", "1 to 40 letters, digits and . - / _ №", is_inventory_number
);
id!(
    /// An exam day of one station: `region-point-date-station`, such as `77-0101-2026-05-29-main`.
    /// Names the day's folder and its archive's parts.
    DayId, "exam day", "1 to 64 of a-z, 0-9, -", |t| is_slug(t, 64)
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_escape_a_folder_are_refused() {
        for bad in ["", "..", "-x", "a/b", "A", "коридор", "a b", &"x".repeat(33)] {
            assert!(bad.parse::<CameraId>().is_err(), "{bad:?}");
        }
        assert_eq!("entrance-1".parse::<CameraId>().map(|c| c.to_string()), Ok("entrance-1".into()));
        for bad in ["7", "0000001", "12a", "1-2"] {
            assert!(bad.parse::<RoomNumber>().is_err(), "{bad:?}");
        }
        assert!("12A".parse::<RoomNumber>().is_ok());
    }
}
