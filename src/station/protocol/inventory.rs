//! The register of equipment.

use serde::{Deserialize, Serialize};

use crate::day::{Card, Such};
use crate::journal::{Item, MoveAct, StockChanged};
use crate::point::InventoryNumber;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InventoryCommand {
    /// Such pieces with all these words in them, by their numbers from the `from`-th on, at most `count`
    /// (the station may give fewer).
    List {
        such: Such,
        words: String,
        from: u32,
        count: u32,
    },
    /// These pieces are there as listed, known before or not; as many as a request has room for.
    Put {
        items: Vec<Item>,
    },
    Move {
        number: InventoryNumber,
        act: MoveAct,
        place: String,
        holder: String,
        note: String,
    },
    /// Let `new` from the reserve take the place and the role of `old`.
    Replace {
        old: InventoryNumber,
        new: InventoryNumber,
        reason: String,
    },
    SetStock {
        name: String,
        unit: String,
        left: u32,
        low: u32,
        note: String,
    },
    BeginCount,
    /// The count that goes on has found these.
    Found {
        numbers: Vec<InventoryNumber>,
    },
    /// It is over: what was not found is missing.
    EndCount,
}

/// A page of the register.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InventoryPage {
    /// Pieces that were asked for, on this page and others.
    pub matching: usize,
    pub from: usize,
    pub cards: Vec<Card>,
    /// Pieces in all.
    pub total: usize,
    /// Of the inventory count that goes on: how many were found, and not yet.
    pub counting: Option<(usize, usize)>,
    /// Consumables, the same on every page.
    pub stock: Vec<StockChanged>,
}

/// What became of the pieces that were put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsPut {
    pub added: usize,
    pub changed: usize,
    /// Known just as they are.
    pub same: usize,
}
