//! The words that events are made of.

use serde::{Deserialize, Serialize};

use crate::i18n::{Arg, Message};
use crate::point::{PersonId, RoomNumber};

/// How a start of the station ties up with what came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    First,
    /// Signed by the device key and by the epoch key announced last.
    Linked,
    /// The announced epoch key was lost: only the paper acts can tell what went before.
    Unlinked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiskLevel {
    /// Will not last to the planned end.
    Low,
    /// Will not last ten minutes more.
    Critical,
}

/// Who has to know of an outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageLevel {
    /// From its first second.
    Technician,
    /// Half of the tolerance is used up.
    Head,
    /// Results of the room may be annulled.
    Limit,
}

/// What came of a step. Unknown is never passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Passed,
    Failed,
    Unknown,
}

/// One measured value of a check, such as `free_bytes` = 412316860416.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// A plain name that ends in its unit.
    pub name: String,
    pub value: Arg,
}

impl Evidence {
    /// How the name of a camera's fault ends, which stands in place of what was measured of it.
    pub const FAULT: &str = ".fault";

    /// The fault that it holds instead of a value.
    pub fn fault(&self) -> Option<Message> {
        match &self.value {
            Arg::Text(text) if self.name.ends_with(Self::FAULT) => Message::from_json(text),
            _ => None,
        }
    }
}

/// The rooms an access covers, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomRange {
    pub first: RoomNumber,
    pub last: RoomNumber,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// None: the station itself.
    pub person: Option<PersonId>,
    /// Who else gave a PIN for it.
    pub approved_by: Option<PersonId>,
}

impl Actor {
    pub const STATION: Actor = Actor { person: None, approved_by: None };

    pub fn person(person: PersonId) -> Self {
        Self { person: Some(person), approved_by: None }
    }
}
