//! The register of equipment: what is there, where it is and who has it.

use serde::{Deserialize, Serialize};

use crate::point::InventoryNumber;

/// A piece of equipment. Texts are one line each; all but the kind may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub number: InventoryNumber,
    pub serial: String,
    /// Such as “камера”; what takes the place of something is of the same kind.
    pub kind: String,
    pub name: String,
    pub place: String,
    pub holder: String,
    pub state: ItemState,
    /// What it does at the point, such as a camera's id in the profile or “main”.
    pub role: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    InUse,
    /// Kept to take something's place.
    Reserve,
    Repair,
    WrittenOff,
}

/// These pieces are there, as listed; a piece known before is as listed from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemsListed {
    pub items: Vec<Item>,
}

/// A piece went somewhere, to somebody, or into another state; place, holder and state as they are then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemMoved {
    pub number: InventoryNumber,
    pub act: MoveAct,
    pub place: String,
    pub holder: String,
    pub state: ItemState,
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveAct {
    Move,
    HandOut,
    Return,
    Repair,
    WriteOff,
}

/// The piece `new` from the reserve took the place, the holder and the role of `old`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemReplaced {
    pub old: InventoryNumber,
    pub new: InventoryNumber,
    pub reason: String,
}

/// An inventory count found these; the last record of a count says how many were not found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemsCounted {
    /// Counts the counts from 1.
    pub count: u32,
    pub found: Vec<InventoryNumber>,
    pub missing: Option<u32>,
}

/// So much of a consumable is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockChanged {
    /// Such as “картридж”; tells one consumable from another.
    pub name: String,
    /// Such as “шт.”.
    pub unit: String,
    pub left: u32,
    /// At so much, or less, more has to be got.
    pub low: u32,
    pub note: String,
}
