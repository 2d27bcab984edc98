//! What the journal knows of the computer itself: what is plugged in, linked, powered, logged in.

use serde::{Deserialize, Serialize};

/// What was there when the day's watch began. What changes from then on is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EquipmentSeen {
    pub things: Vec<Thing>,
}

/// A thing of the computer. Its kind and place tell it from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    pub kind: ThingKind,
    /// Where it is, as the system names it: `1-1.4`, `sda`, `eth0`, `tty2`.
    pub place: String,
    /// What it calls itself.
    pub name: String,
    /// What tells it from others of its name: numbers of maker and model, serial number, address.
    pub ident: String,
    /// Linked, powered, open; always so for what is there or is not.
    pub on: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThingKind {
    Usb,
    Disk,
    /// On: there is a link.
    Network,
    /// Somebody is logged in to the computer.
    Session,
    /// On: it gives power.
    Mains,
    /// Of a computer that tells of no mains. On: it is not being used up.
    Battery,
    /// On: open.
    Lid,
    /// The computer as it was booted.
    Computer,
}

/// Something changed in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EquipmentChanged {
    pub kind: ThingKind,
    pub place: String,
    pub name: String,
    pub ident: String,
    pub change: Change,
    /// As it is now.
    pub on: bool,
    /// How often it changed since it was told of before: what changes all the time is told of seldom.
    pub times: u32,
    /// When it was noticed for the first and for the last of these times.
    pub from_ms: i64,
    pub to_ms: i64,
    pub noticed: Noticed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is there now, or another one in its place.
    Appeared,
    Gone,
    On,
    Off,
    Restarted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noticed {
    AtOnce,
    /// When the station started again: it happened at some time since `from_ms`.
    AtStart,
}

/// Why the equipment changed with no open access; `records` are those that told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EquipmentExplained {
    pub records: Vec<u64>,
    pub text: String,
}

/// Whether an access that was open between these times explains what happened between those: it was open
/// all that time. One that was closed in the same millisecond, by a record that came first, was not. An
/// access without an end is open still.
pub fn explains((opened_ms, closed_ms): (i64, Option<i64>), (from_ms, to_ms): (i64, i64)) -> bool {
    opened_ms <= from_ms && closed_ms.is_none_or(|closed_ms| closed_ms > to_ms)
}

impl EquipmentChanged {
    /// What is there after it; none if nothing is.
    pub fn thing(&self) -> Option<Thing> {
        let Self { kind, place, name, ident, on, .. } = self.clone();
        (self.change != Change::Gone).then_some(Thing { kind, place, name, ident, on })
    }
}
