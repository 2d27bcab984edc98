//! The screen “Equipment”.

use invigil::day::Card;
use invigil::i18n::Language;
use invigil::journal::{Item, ItemState, MoveAct, StockChanged};
use invigil::station::protocol::{Command, InventoryCommand, InventoryPage};

use crate::driver::Window;

fn card(number: &str, state: ItemState) -> Card {
    let item = Item {
        number: number.parse().unwrap(),
        serial: "SN 1".into(),
        kind: "камера".into(),
        name: "HD".into(),
        place: "0003".into(),
        holder: "Орлов".into(),
        state,
        role: "room-0003".into(),
    };
    Card { item, changed_ms: 0, by: None, counted_ms: None }
}

#[test]
fn a_piece_is_found_and_handed_out() {
    let mut window = Window::open(Language::En);
    let stock =
        StockChanged { name: "toner".into(), unit: "pcs".into(), left: 1, low: 2, note: String::new() };
    window.fake.lock().inventory = InventoryPage {
        matching: 2,
        from: 0,
        cards: vec![card("101", ItemState::InUse), card("102", ItemState::Reserve)],
        total: 2,
        counting: None,
        stock: vec![stock],
    };
    window.sign_in();
    window.press_id("ui-screen-point");
    window.press_id("ui-screen-equipment");
    assert!(window.shows("1–2 of 2") && window.shows("toner: 1 pcs"), "{:#?}", window.texts_shown());
    window.type_into("ui-inventory-search", "0003");
    let asked = |window: &Window| {
        let asked = window.fake.lock().asked.clone();
        asked.into_iter().rev().find_map(|command| match command {
            Command::Inventory(command) => Some(command),
            _ => None,
        })
    };
    assert!(matches!(asked(&window), Some(InventoryCommand::List { words, .. }) if words == "0003"));
    window.press("102 · камера · HD · 0003 · Орлов · reserve");
    window.press_id("ui-inventory-hand-out");
    window.type_into("ui-inventory-note", "until June");
    window.press_id("ui-inventory-act-go");
    let moved = window.fake.lock().asked.iter().rev().find_map(|command| match command {
        Command::Inventory(InventoryCommand::Move { number, act, note, .. }) => {
            Some((number.to_string(), *act, note.clone()))
        }
        _ => None,
    });
    assert_eq!(moved, Some(("102".into(), MoveAct::HandOut, "until June".into())));
    assert!(matches!(asked(&window), Some(InventoryCommand::List { .. })), "what is shown is asked for anew");
}
