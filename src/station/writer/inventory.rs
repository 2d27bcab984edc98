//! The register of equipment: who put, moved, replaced and counted what, in the point's journal.

use std::collections::BTreeSet;

use super::super::handle::LineId;
use super::super::protocol::{Answer, Approval, InventoryCommand, InventoryPage, ItemsPut};
use super::Writer;
use super::commands::{needed, text};
use crate::clock::Stamp;
use crate::day::RegisterRefusal;
use crate::i18n::Message;
use crate::journal::{
    Event, Item, ItemMoved, ItemReplaced, ItemsCounted, ItemsListed, MAX_LINE_BYTES, MoveAct, StockChanged,
};
use crate::point::{InventoryNumber, Right};

/// Pieces on a page at the most.
const MOST_ON_A_PAGE: u32 = 200;
/// Kinds of consumables.
const MOST_STOCK: usize = 200;
/// Longest text of a piece, in characters.
const MOST_CHARS: usize = 200;
/// A record of several pieces stays well below a line's limit.
const RECORD_BYTES: usize = MAX_LINE_BYTES / 2;

impl Writer {
    pub(super) fn inventory(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: InventoryCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        if let InventoryCommand::List { such, words, from, count } = command {
            self.signed_in(line)?;
            let from = from as usize;
            let (matching, cards) =
                self.past.register.find(such, &words, from, count.min(MOST_ON_A_PAGE) as usize);
            let cards = cards.into_iter().cloned().collect();
            let counting = self.past.register.found().map(|found| (found, self.past.register.missing()));
            let (total, stock) = (self.past.register.len(), self.past.register.stock().cloned().collect());
            let page = InventoryPage { matching, from, cards, total, counting, stock };
            return Ok(Answer::Inventory(Box::new(page)));
        }
        let actor = self.actor(line, approval, Right::Check, now)?;
        let event = match command {
            InventoryCommand::List { .. } => return Ok(Answer::Done),
            InventoryCommand::Put { items } => {
                let (put, news) = self.news(items)?;
                for items in records_of(news) {
                    self.record_of_point(now, actor.clone(), Event::ItemsListed(ItemsListed { items }));
                }
                return Ok(Answer::ItemsPut(put));
            }
            InventoryCommand::Move { number, act, place, holder, note } => {
                let item = self.past.register.may_move(&number).map_err(refusal)?;
                let state = act.leads_to(item.state);
                let note = if act == MoveAct::WriteOff { needed(note)? } else { text(note)? };
                let (place, holder) = (short(place)?, short(holder)?);
                Event::ItemMoved(ItemMoved { number, act, place, holder, state, note })
            }
            InventoryCommand::Replace { old, new, reason } => {
                self.past.register.may_replace(&old, &new).map_err(refusal)?;
                Event::ItemReplaced(ItemReplaced { old, new, reason: needed(reason)? })
            }
            InventoryCommand::SetStock { name, unit, left, low, note } => {
                let name = short(needed(name)?)?;
                let known = self.past.register.stock().any(|stock| stock.name == name);
                if !known && self.past.register.stock().count() >= MOST_STOCK {
                    return Err(Message::new("refused-stock-full").with("max", MOST_STOCK));
                }
                let (unit, note) = (short(unit)?, text(note)?);
                Event::StockChanged(StockChanged { name, unit, left, low, note })
            }
            InventoryCommand::BeginCount => {
                let count = self.past.register.next_count().map_err(refusal)?;
                let found = Vec::new();
                Event::ItemsCounted(ItemsCounted { count, found, missing: None })
            }
            InventoryCommand::Found { numbers } => {
                let count = self.past.register.count().map_err(refusal)?;
                let numbers: BTreeSet<InventoryNumber> = numbers.into_iter().collect();
                if let Some(unknown) = numbers.iter().find(|number| self.past.register.get(number).is_none())
                {
                    return Err(Message::new("refused-item-unknown").with("number", unknown.as_str()));
                }
                for found in records_of(numbers) {
                    let counted = ItemsCounted { count, found, missing: None };
                    self.record_of_point(now, actor.clone(), Event::ItemsCounted(counted));
                }
                return Ok(Answer::Done);
            }
            InventoryCommand::EndCount => {
                let count = self.past.register.count().map_err(refusal)?;
                let missing = Some(u32::try_from(self.past.register.missing()).unwrap_or(u32::MAX));
                Event::ItemsCounted(ItemsCounted { count, found: Vec::new(), missing })
            }
        };
        self.record_of_point(now, actor, event);
        Ok(Answer::Done)
    }

    /// What of these is not known just so, each text held to its length.
    fn news(&self, items: Vec<Item>) -> Result<(ItemsPut, Vec<Item>), Message> {
        let mut put = ItemsPut::default();
        let mut news = Vec::new();
        for item in items {
            let Item { number, serial, kind, name, place, holder, state, role } = item;
            let kind = short(needed(kind)?)?;
            let (serial, name, role) = (short(serial)?, short(name)?, short(role)?);
            let (place, holder) = (short(place)?, short(holder)?);
            let item = Item { number, serial, kind, name, place, holder, state, role };
            match self.past.register.get(&item.number) {
                Some(card) if card.item == item => {
                    put.same += 1;
                    continue;
                }
                Some(_) => put.changed += 1,
                None => put.added += 1,
            }
            news.push(item);
        }
        Ok((put, news))
    }
}

/// In rows that each fit into a record.
fn records_of<T: serde::Serialize>(values: impl IntoIterator<Item = T>) -> Vec<Vec<T>> {
    let mut rows: Vec<Vec<T>> = Vec::new();
    let mut bytes = RECORD_BYTES;
    for value in values {
        let more = serde_json::to_vec(&value).map_or(RECORD_BYTES, |json| json.len() + 1);
        if bytes + more > RECORD_BYTES {
            rows.push(Vec::new());
            bytes = 0;
        }
        bytes += more;
        rows.last_mut().expect("a row was begun before the first value").push(value);
    }
    rows
}

fn short(typed: String) -> Result<String, Message> {
    match text(typed)? {
        text if text.chars().count() > MOST_CHARS => {
            Err(Message::new("refused-long-text").with("max", MOST_CHARS))
        }
        text => Ok(text),
    }
}

fn refusal(refusal: RegisterRefusal) -> Message {
    Message::new(match refusal {
        RegisterRefusal::Unknown => "refused-item-not-there",
        RegisterRefusal::WrittenOff => "refused-item-written-off",
        RegisterRefusal::NotInReserve => "refused-item-not-in-reserve",
        RegisterRefusal::OtherKind => "refused-item-other-kind",
        RegisterRefusal::NoCount => "refused-no-count",
        RegisterRefusal::CountGoesOn => "refused-count-goes-on",
    })
}
