//! The register of equipment, in the point's journal.

use invigil::day::{Such, inventory_table};
use invigil::journal::{Item, ItemState, MoveAct};
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{Answer, Command, InventoryCommand, InventoryPage, ItemsPut};

use crate::point::*;

fn ask(client: &mut Dialogue, command: InventoryCommand) -> Answer {
    client.ask(Command::Inventory(command)).unwrap()
}

fn refusal(client: &mut Dialogue, command: InventoryCommand) -> String {
    match client.ask(Command::Inventory(command)) {
        Err(DialogueError::Refused(message)) => message.id,
        other => panic!("not refused: {other:?}"),
    }
}

fn list(client: &mut Dialogue, such: Such, words: &str) -> InventoryPage {
    match ask(client, InventoryCommand::List { such, words: words.into(), from: 0, count: 10 }) {
        Answer::Inventory(page) => *page,
        other => panic!("no page: {other:?}"),
    }
}

fn put(client: &mut Dialogue, items: Vec<Item>) -> ItemsPut {
    match ask(client, InventoryCommand::Put { items }) {
        Answer::ItemsPut(put) => put,
        other => panic!("nothing put: {other:?}"),
    }
}

fn items(rows: &str) -> Vec<Item> {
    inventory_table::items_of(format!("number;вид;место;у кого;состояние;роль\n{rows}").as_bytes()).unwrap()
}

#[test]
fn what_was_put_moved_and_replaced_stands_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let two = items("101;камера;0003;Орлов;;room-0003\n102;камера;штаб;;резерв;\n");
    assert_eq!(put(&mut client, two.clone()), ItemsPut { added: 2, changed: 0, same: 0 });
    // The same table again writes nothing; a row that differs is taken.
    assert_eq!(put(&mut client, two), ItemsPut { added: 0, changed: 0, same: 2 });
    let third = items("102;камера;склад;;резерв;\n");
    assert_eq!(put(&mut client, third), ItemsPut { added: 0, changed: 1, same: 0 });

    let (old, new) = ("101".parse().unwrap(), "102".parse().unwrap());
    let replace = |reason: &str| InventoryCommand::Replace {
        old: "101".parse().unwrap(),
        new: "102".parse().unwrap(),
        reason: reason.into(),
    };
    assert_eq!(refusal(&mut client, replace("")), "refused-empty-text");
    ask(&mut client, replace("не включается"));
    assert_eq!(refusal(&mut client, replace("ещё раз")), "refused-item-not-in-reserve");
    let write_off = |note: &str| InventoryCommand::Move {
        number: "101".parse().unwrap(),
        act: MoveAct::WriteOff,
        place: "склад".into(),
        holder: String::new(),
        note: note.into(),
    };
    assert_eq!(refusal(&mut client, write_off("")), "refused-empty-text");
    ask(&mut client, write_off("сгорела"));
    assert_eq!(refusal(&mut client, write_off("ещё раз")), "refused-item-written-off");
    let (name, unit, note) = ("картридж".to_owned(), "шт.".to_owned(), String::new());
    ask(&mut client, InventoryCommand::SetStock { name, unit, left: 1, low: 2, note });
    super::point::end(station);

    let station = start(folder.path());
    let mut client = connect(&station);
    sign_in(&mut client);
    let page = list(&mut client, Such::All, "");
    let states: Vec<_> = page.cards.iter().map(|card| (&card.item.number, card.item.state)).collect();
    assert_eq!(states, [(&old, ItemState::WrittenOff), (&new, ItemState::InUse)]);
    assert_eq!(page.cards[1].item.role, "room-0003");
    assert_eq!((page.stock[0].left, page.stock[0].low), (1, 2));
    assert_eq!(list(&mut client, Such::All, "ОРЛОВ").matching, 1);

    // A count finds what is there, and goes on after a crash.
    assert_eq!(refusal(&mut client, InventoryCommand::EndCount), "refused-no-count");
    ask(&mut client, InventoryCommand::BeginCount);
    let unknown = InventoryCommand::Found { numbers: vec!["999".parse().unwrap()] };
    assert_eq!(refusal(&mut client, unknown), "refused-item-unknown");
    assert_eq!(list(&mut client, Such::Uncounted, "").matching, 1);
    ask(&mut client, InventoryCommand::Found { numbers: vec![new] });
    assert_eq!(list(&mut client, Such::All, "").counting, Some((1, 0)));
    ask(&mut client, InventoryCommand::EndCount);
    assert_eq!(list(&mut client, Such::All, "").counting, None);
    super::point::end(station);
}

#[test]
fn a_long_list_is_written_in_records_of_their_size_and_told_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let name = "🎓".repeat(60);
    let rows: String = (0..150).map(|row| format!("{row:05};камера {name};;;;\n")).collect();
    assert_eq!(put(&mut client, items(&rows)).added, 150);
    let page =
        InventoryCommand::List { such: Such::All, words: "камера".into(), from: 140, count: 999 };
    let Answer::Inventory(page) = ask(&mut client, page) else { panic!("no page") };
    assert_eq!((page.matching, page.cards.len(), page.total), (150, 10, 150));
    // Nothing of it is in the view, which goes to everybody with every change.
    assert!(serde_json::to_vec(client.view().unwrap()).unwrap().len() < 64 * 1024);
    client.ask(Command::SignOut).unwrap();
    let all = InventoryCommand::List { such: Such::All, words: String::new(), from: 0, count: 1 };
    assert_eq!(refusal(&mut client, all), "refused-sign-in");
    super::point::end(station);
}
