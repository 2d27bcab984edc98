//! The point's equipment: the list, what became of each piece, labels.

use std::collections::BTreeSet;

use super::point::{PointFacts, point_fields};
use crate::day::{Card, Register, Such};
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::journal::{Event, Item, ItemState, MoveAct, Record};
use crate::point::InventoryNumber;

/// Rows of movements; of more the newest stand on the form.
const MOST_MOVEMENTS: usize = 20_000;

const STATES: [&str; 4] = ["in_use", "reserve", "repair", "written_off"];

pub static LIST: Catalogue = Catalogue {
    id: "equipment-list",
    fields: point_fields! {
        ("pieces", Kind::Number),
        ("in_use", Kind::Number),
        ("reserve", Kind::Number),
        ("repair", Kind::Number),
        ("written_off", Kind::Number),
        ("only", Kind::Text),
        ("shown", Kind::Number),
    },
    tables: &[
        ITEMS,
        TableEntry {
            id: "stock",
            columns: &[
                ("name", Kind::Text),
                ("unit", Kind::Text),
                ("left", Kind::Number),
                ("low", Kind::Number),
                ("runs_out", Kind::YesNo),
                ("note", Kind::Text),
            ],
        },
    ],
    words: &STATES,
};

pub static LABELS: Catalogue = Catalogue {
    id: "labels",
    fields: point_fields! { ("only", Kind::Text), ("shown", Kind::Number) },
    tables: &[ITEMS],
    words: &STATES,
};

const ITEMS: TableEntry = TableEntry {
    id: "items",
    columns: &[
        ("number", Kind::Text),
        ("serial", Kind::Text),
        ("kind", Kind::Text),
        ("name", Kind::Text),
        ("place", Kind::Text),
        ("holder", Kind::Text),
        ("state", Kind::Word),
        ("role", Kind::Text),
        ("changed", Kind::Moment),
        ("by", Kind::Text),
        ("counted", Kind::Moment),
    ],
};

pub static MOVEMENTS: Catalogue = Catalogue {
    id: "equipment-movements",
    fields: point_fields! { ("only", Kind::Text), ("shown", Kind::Number), ("older", Kind::Number) },
    tables: &[
        TableEntry {
            id: "movements",
            columns: &[
                ("at", Kind::Moment),
                ("number", Kind::Text),
                ("kind", Kind::Text),
                ("name", Kind::Text),
                ("what", Kind::Word),
                ("place_before", Kind::Text),
                ("place", Kind::Text),
                ("holder_before", Kind::Text),
                ("holder", Kind::Text),
                ("state", Kind::Word),
                ("note", Kind::Text),
                ("by", Kind::Text),
                ("record", Kind::Number),
            ],
        },
        TableEntry {
            id: "counts",
            columns: &[
                ("count", Kind::Number),
                ("begun", Kind::Moment),
                ("ended", Kind::Moment),
                ("found", Kind::Number),
                ("missing", Kind::Number),
                ("by", Kind::Text),
            ],
        },
    ],
    words: &[
        "listed",
        "changed",
        "move",
        "hand_out",
        "return",
        "to_repair",
        "write_off",
        "replaced",
        "took_place",
        STATES[0],
        STATES[1],
        STATES[2],
        STATES[3],
    ],
};

pub fn list(facts: &PointFacts) -> Option<FormData> {
    let mut form = facts.form(&LIST);
    let (_, all) = facts.register.find(Such::All, "", 0, usize::MAX);
    let of = |state: ItemState| all.iter().filter(|card| card.item.state == state).count();
    form.set("pieces", all.len());
    form.set("in_use", of(ItemState::InUse));
    form.set("reserve", of(ItemState::Reserve));
    form.set("repair", of(ItemState::Repair));
    form.set("written_off", of(ItemState::WrittenOff));
    push_items(facts, &mut form, |_| true);
    for stock in facts.register.stock() {
        let row = [
            Cell::text(&stock.name),
            Cell::text(&stock.unit),
            stock.left.into(),
            stock.low.into(),
            (stock.left <= stock.low).into(),
            Cell::text(&stock.note),
        ];
        form.push("stock", row);
    }
    Some(form)
}

/// For everything that may still be met with.
pub fn labels(facts: &PointFacts) -> Option<FormData> {
    let mut form = facts.form(&LABELS);
    push_items(facts, &mut form, |item| item.state != ItemState::WrittenOff);
    Some(form)
}

fn push_items(facts: &PointFacts, form: &mut FormData, wanted: fn(&Item) -> bool) {
    let (_, cards) = facts.register.find(Such::All, &facts.words, 0, usize::MAX);
    let cards: Vec<&Card> = cards.into_iter().filter(|card| wanted(&card.item)).collect();
    form.set("only", facts.words.as_str());
    form.set("shown", cards.len());
    for Card { item, changed_ms, by, counted_ms } in cards {
        let row = [
            Cell::text(item.number.as_str()),
            Cell::text(&item.serial),
            Cell::text(&item.kind),
            Cell::text(&item.name),
            Cell::text(&item.place),
            Cell::text(&item.holder),
            Cell::Word(state(item.state)),
            Cell::text(&item.role),
            facts.at(*changed_ms).into(),
            facts.name(by.as_ref()),
            counted_ms.map(|at_ms| facts.at(at_ms)).into(),
        ];
        form.push("items", row);
    }
}

/// What happened to a piece, and how it was before and is since.
struct Movement<'a> {
    record: &'a Record,
    what: &'static str,
    before: Option<Item>,
    item: Item,
    note: &'a str,
}

pub fn movements(facts: &PointFacts) -> Option<FormData> {
    let mut form = facts.form(&MOVEMENTS);
    let mut register = Register::default();
    let mut movements: Vec<Movement<'_>> = Vec::new();
    for record in &facts.records {
        let before = |number: &InventoryNumber| register.get(number).map(|card| card.item.clone());
        let touched: Vec<(Option<Item>, InventoryNumber, &'static str, &str)> = match &record.event {
            Event::ItemsListed(listed) => {
                let row = |item: &Item| {
                    let before = before(&item.number);
                    let what = if before.is_some() { "changed" } else { "listed" };
                    (before, item.number.clone(), what, "")
                };
                listed.items.iter().map(row).collect()
            }
            Event::ItemMoved(told) => {
                vec![(before(&told.number), told.number.clone(), act(told.act), told.note.as_str())]
            }
            Event::ItemReplaced(told) => vec![
                (before(&told.old), told.old.clone(), "replaced", told.reason.as_str()),
                (before(&told.new), told.new.clone(), "took_place", told.reason.as_str()),
            ],
            _ => Vec::new(),
        };
        register.apply(record);
        for (before, number, what, note) in touched {
            if let Some(item) = register.get(&number).map(|card| card.item.clone()) {
                movements.push(Movement { record, what, before, item, note });
            }
        }
    }
    // What belongs to a piece is found by what the piece is called now.
    let (_, wanted) = register.find(Such::All, &facts.words, 0, usize::MAX);
    let wanted: BTreeSet<_> = wanted.into_iter().map(|card| &card.item.number).collect();
    movements.retain(|movement| wanted.contains(&movement.item.number));
    let older = movements.len().saturating_sub(MOST_MOVEMENTS);
    form.set("only", facts.words.as_str());
    form.set("shown", movements.len() - older);
    form.set("older", older);
    movements.iter().skip(older).for_each(|movement| push_movement(facts, &mut form, movement));
    push_counts(facts, &mut form);
    Some(form)
}

fn push_movement(facts: &PointFacts, form: &mut FormData, movement: &Movement<'_>) {
    let Movement { record, what, before, item, note } = movement;
    let row = [
        facts.at(record.utc_ms).into(),
        Cell::text(item.number.as_str()),
        Cell::text(&item.kind),
        Cell::text(&item.name),
        Cell::Word(what),
        before.as_ref().map(|before| before.place.clone()).into(),
        Cell::text(&item.place),
        before.as_ref().map(|before| before.holder.clone()).into(),
        Cell::text(&item.holder),
        Cell::Word(state(item.state)),
        Cell::text(*note),
        facts.name(record.actor.person.as_ref()),
        record.n.into(),
    ];
    form.push("movements", row);
}

/// Each inventory count from its beginning to its end.
fn push_counts(facts: &PointFacts, form: &mut FormData) {
    let mut begun: Option<(i64, usize)> = None;
    for record in &facts.records {
        let Event::ItemsCounted(told) = &record.event else { continue };
        let (begun_ms, found) = begun.get_or_insert((record.utc_ms, 0));
        *found += told.found.len();
        if let Some(missing) = told.missing {
            let row = [
                told.count.into(),
                facts.at(*begun_ms).into(),
                facts.at(record.utc_ms).into(),
                (*found).into(),
                missing.into(),
                facts.name(record.actor.person.as_ref()),
            ];
            form.push("counts", row);
            begun = None;
        }
    }
}

fn state(state: ItemState) -> &'static str {
    match state {
        ItemState::InUse => STATES[0],
        ItemState::Reserve => STATES[1],
        ItemState::Repair => STATES[2],
        ItemState::WrittenOff => STATES[3],
    }
}

fn act(act: MoveAct) -> &'static str {
    match act {
        MoveAct::Move => "move",
        MoveAct::HandOut => "hand_out",
        MoveAct::Return => "return",
        MoveAct::Repair => "to_repair",
        MoveAct::WriteOff => "write_off",
    }
}
