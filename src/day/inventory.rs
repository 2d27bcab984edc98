//! The register of equipment: a fold of the point's journal.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::journal::{Event, Item, ItemState, MoveAct, Record, StockChanged};
use crate::point::{InventoryNumber, PersonId};

/// What the point has.
#[derive(Clone, Debug, Default)]
pub struct Register {
    cards: BTreeMap<InventoryNumber, Kept>,
    stock: BTreeMap<String, StockChanged>,
    /// Counts that were begun.
    counts: u32,
    /// What the one that goes on has found.
    found: Option<BTreeSet<InventoryNumber>>,
}

#[derive(Clone, Debug)]
struct Kept {
    card: Card,
    /// What a search looks through: all its texts in lower case.
    searched: String,
}

/// A piece of equipment, and what was last heard of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub item: Item,
    pub changed_ms: i64,
    pub by: Option<PersonId>,
    /// When an inventory count last found it.
    pub counted_ms: Option<i64>,
}

/// Which pieces are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Such {
    #[default]
    All,
    /// Could take another's place.
    Reserve,
    /// The count that goes on has not found it yet.
    Uncounted,
}

/// Why something can't be done with the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterRefusal {
    #[error("no piece of that number")]
    Unknown,
    #[error("it was written off")]
    WrittenOff,
    #[error("it is not in the reserve")]
    NotInReserve,
    #[error("it is of another kind")]
    OtherKind,
    #[error("no count goes on")]
    NoCount,
    #[error("a count goes on already")]
    CountGoesOn,
}

impl Register {
    /// Takes the next record of the point's journal.
    pub fn apply(&mut self, record: &Record) {
        let by = || record.actor.person.clone();
        match &record.event {
            Event::ItemsListed(listed) => {
                for item in &listed.items {
                    let counted_ms = self.get(&item.number).and_then(|card| card.counted_ms);
                    self.keep(Card { item: item.clone(), changed_ms: record.utc_ms, by: by(), counted_ms });
                }
            }
            Event::ItemMoved(moved) => self.change(&moved.number, record, |item| {
                (item.place, item.holder) = (moved.place.clone(), moved.holder.clone());
                item.state = moved.state;
            }),
            Event::ItemReplaced(replaced) => {
                let Some(old) = self.get(&replaced.old).map(|card| card.item.clone()) else { return };
                self.change(&replaced.new, record, |item| {
                    (item.place, item.holder, item.role) = (old.place, old.holder, old.role);
                    item.state = ItemState::InUse;
                });
                self.change(&replaced.old, record, |item| {
                    item.role.clear();
                    item.state = ItemState::Repair;
                });
            }
            Event::ItemsCounted(counted) => {
                self.counts = counted.count;
                let found = self.found.get_or_insert_default();
                found.extend(counted.found.iter().cloned());
                for number in &counted.found {
                    if let Some(kept) = self.cards.get_mut(number) {
                        kept.card.counted_ms = Some(record.utc_ms);
                    }
                }
                if counted.missing.is_some() {
                    self.found = None;
                }
            }
            Event::StockChanged(stock) => {
                self.stock.insert(stock.name.clone(), stock.clone());
            }
            _ => {}
        }
    }

    pub fn get(&self, number: &InventoryNumber) -> Option<&Card> {
        self.cards.get(number).map(|kept| &kept.card)
    }

    pub fn len(&self) -> usize {
        self.cards.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// Consumables by their names.
    pub fn stock(&self) -> impl Iterator<Item = &StockChanged> {
        self.stock.values()
    }

    /// How many have been found by the count that goes on.
    pub fn found(&self) -> Option<usize> {
        self.found.as_ref().map(BTreeSet::len)
    }

    /// Such pieces with all of these words in them, by their numbers: how many there are, and `count` of
    /// them from `from` on.
    pub fn find(&self, such: Such, words: &str, from: usize, count: usize) -> (usize, Vec<&Card>) {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let is_such = |kept: &&Kept| match such {
            Such::All => true,
            Such::Reserve => kept.card.item.state == ItemState::Reserve,
            Such::Uncounted => self.is_awaited(&kept.card.item),
        };
        let mut matching = 0;
        let mut cards = Vec::new();
        for kept in self.cards.values().filter(is_such) {
            if words.iter().all(|word| kept.searched.contains(word.as_str())) {
                if matching >= from && cards.len() < count {
                    cards.push(&kept.card);
                }
                matching += 1;
            }
        }
        (matching, cards)
    }

    /// Whether a piece can be moved so.
    pub fn may_move(&self, number: &InventoryNumber) -> Result<&Item, RegisterRefusal> {
        let item = &self.get(number).ok_or(RegisterRefusal::Unknown)?.item;
        if item.state == ItemState::WrittenOff { Err(RegisterRefusal::WrittenOff) } else { Ok(item) }
    }

    /// Whether `new` can take the place of `old`.
    pub fn may_replace(&self, old: &InventoryNumber, new: &InventoryNumber) -> Result<(), RegisterRefusal> {
        let (old, new) = (self.may_move(old)?, self.may_move(new)?);
        if new.state != ItemState::Reserve {
            return Err(RegisterRefusal::NotInReserve);
        }
        if old.kind.to_lowercase() != new.kind.to_lowercase() {
            return Err(RegisterRefusal::OtherKind);
        }
        Ok(())
    }

    /// The number of the count to begin.
    pub fn next_count(&self) -> Result<u32, RegisterRefusal> {
        if self.found.is_some() { Err(RegisterRefusal::CountGoesOn) } else { Ok(self.counts + 1) }
    }

    /// The number of the count that goes on.
    pub fn count(&self) -> Result<u32, RegisterRefusal> {
        if self.found.is_some() { Ok(self.counts) } else { Err(RegisterRefusal::NoCount) }
    }

    /// How many the count that goes on has not found.
    pub fn missing(&self) -> usize {
        self.cards.values().filter(|kept| self.is_awaited(&kept.card.item)).count()
    }

    fn is_awaited(&self, item: &Item) -> bool {
        let found = self.found.as_ref();
        item.state != ItemState::WrittenOff && found.is_some_and(|found| !found.contains(&item.number))
    }

    fn change(&mut self, number: &InventoryNumber, record: &Record, change: impl FnOnce(&mut Item)) {
        let Some(mut card) = self.get(number).cloned() else { return };
        change(&mut card.item);
        (card.changed_ms, card.by) = (record.utc_ms, record.actor.person.clone());
        self.keep(card);
    }

    fn keep(&mut self, card: Card) {
        let Item { number, serial, kind, name, place, holder, state: _, role } = &card.item;
        let texts = [number.as_str(), serial, kind, name, place, holder, role];
        let searched = texts.join("\n").to_lowercase();
        self.cards.insert(card.item.number.clone(), Kept { card, searched });
    }
}

impl MoveAct {
    /// What state it leaves a piece in.
    pub fn leads_to(self, before: ItemState) -> ItemState {
        match self {
            Self::Move => before,
            Self::HandOut => ItemState::InUse,
            Self::Return => ItemState::Reserve,
            Self::Repair => ItemState::Repair,
            Self::WriteOff => ItemState::WrittenOff,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::record;
    use crate::journal::{ItemMoved, ItemReplaced, ItemsCounted, ItemsListed};

    fn number(text: &str) -> InventoryNumber {
        text.parse().unwrap()
    }

    fn item(text: &str, kind: &str, state: ItemState, role: &str) -> Item {
        Item {
            number: number(text),
            serial: format!("S{text}"),
            kind: kind.into(),
            name: "Камера HD".into(),
            place: "0003".into(),
            holder: String::new(),
            state,
            role: role.into(),
        }
    }

    fn happens(register: &mut Register, event: Event) {
        register.apply(&record(0, "technician", 7, event));
    }

    fn listed() -> Register {
        let mut register = Register::default();
        let items = vec![
            item("101", "камера", ItemState::InUse, "room-0003"),
            item("102", "Камера", ItemState::Reserve, ""),
            item("201", "ноутбук", ItemState::Reserve, ""),
            item("301", "камера", ItemState::WrittenOff, ""),
        ];
        happens(&mut register, Event::ItemsListed(ItemsListed { items }));
        register
    }

    #[test]
    fn what_takes_a_place_takes_the_role_too() {
        let mut register = listed();
        assert_eq!(register.may_replace(&number("101"), &number("201")), Err(RegisterRefusal::OtherKind));
        assert_eq!(register.may_replace(&number("102"), &number("101")), Err(RegisterRefusal::NotInReserve));
        assert_eq!(register.may_replace(&number("101"), &number("301")), Err(RegisterRefusal::WrittenOff));
        assert_eq!(register.may_replace(&number("101"), &number("9")), Err(RegisterRefusal::Unknown));
        assert_eq!(register.may_replace(&number("101"), &number("102")), Ok(()));
        let (old, new, reason) = (number("101"), number("102"), "broken".to_owned());
        happens(&mut register, Event::ItemReplaced(ItemReplaced { old, new, reason }));
        let new = &register.get(&number("102")).unwrap().item;
        assert_eq!(
            (new.role.as_str(), new.place.as_str(), new.state),
            ("room-0003", "0003", ItemState::InUse)
        );
        let old = &register.get(&number("101")).unwrap().item;
        assert_eq!((old.role.as_str(), old.state), ("", ItemState::Repair));
    }

    #[test]
    fn pieces_are_found_by_any_words_of_theirs_and_by_range() {
        let register = listed();
        let numbers = |(total, cards): (usize, Vec<&Card>)| {
            (total, cards.iter().map(|card| card.item.number.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(
            numbers(register.find(Such::All, "s10 КАМЕРА", 0, 9)),
            (2, vec!["101".into(), "102".into()])
        );
        assert_eq!(numbers(register.find(Such::All, "", 1, 2)), (4, vec!["102".into(), "201".into()]));
        assert_eq!(numbers(register.find(Such::Reserve, "ноут", 0, 9)), (1, vec!["201".into()]));
        assert_eq!(numbers(register.find(Such::All, "", 9, 9)), (4, vec![]));
    }

    #[test]
    fn a_count_ends_with_what_was_not_found() {
        let mut register = listed();
        assert_eq!(register.count(), Err(RegisterRefusal::NoCount));
        let count = register.next_count().unwrap();
        let counted = |found: &[&str], missing| {
            let found = found.iter().map(|text| number(text)).collect();
            Event::ItemsCounted(ItemsCounted { count, found, missing })
        };
        happens(&mut register, counted(&["101"], None));
        assert_eq!(register.next_count(), Err(RegisterRefusal::CountGoesOn));
        // What was written off is not looked for.
        assert_eq!((register.missing(), register.found()), (2, Some(1)));
        assert_eq!(register.find(Such::Uncounted, "", 0, 9).0, 2);
        happens(&mut register, counted(&[], Some(2)));
        assert_eq!((register.next_count(), register.found()), (Ok(2), None));
        assert_eq!(register.get(&number("101")).unwrap().counted_ms, Some(7));
    }

    #[test]
    fn a_piece_is_where_it_was_moved() {
        let mut register = listed();
        let moved = ItemMoved {
            number: number("102"),
            act: MoveAct::HandOut,
            place: "0001".into(),
            holder: "Орлов".into(),
            state: MoveAct::HandOut.leads_to(ItemState::Reserve),
            note: String::new(),
        };
        happens(&mut register, Event::ItemMoved(moved));
        let card = register.get(&number("102")).unwrap();
        assert_eq!((card.item.holder.as_str(), card.item.state), ("Орлов", ItemState::InUse));
        assert_eq!(register.find(Such::All, "орлов", 0, 9).0, 1);
    }
}
