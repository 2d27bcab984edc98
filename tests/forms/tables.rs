//! Registers of equipment that other programs saved as workbooks, and what they make of ours.

use std::fs;
use std::process::Command;

use invigil::day::{Card, inventory_table};
use invigil::i18n::Language;
use invigil::journal::ItemState;

use super::said;

const WRITE: &str = r#"
import sys, openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["Инв. номер", "Вид", "Наименование", "Кабинет", "Статус"])
sheet.append([4101240001, "камера", "HD <720p> & \"звук\"", 3, None])
sheet.append(["№7/б", "ноутбук", "=1+1", "штаб", "запас"])
sheet["C3"].data_type = "s"
book.create_sheet("второй").append(["не таблица"])
book.save(sys.argv[1])
"#;

const READ: &str = r#"
import sys, openpyxl
for row in openpyxl.load_workbook(sys.argv[1]).active.iter_rows():
    print("|".join(f"{c.data_type}:{c.value or ''}" for c in row))
"#;

fn python(script: &str, file: &std::path::Path) -> String {
    said(Command::new("/usr/bin/python3").args(["-c", script]).arg(file))
}

#[test]
fn a_register_goes_to_a_table_program_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("school.xlsx");
    python(WRITE, &file);
    let items = inventory_table::items_of(&fs::read(&file).unwrap()).unwrap();
    let told: Vec<_> =
        items.iter().map(|item| (item.number.as_str(), item.name.as_str(), item.place.as_str())).collect();
    assert_eq!(told, [("4101240001", "HD <720p> & \"звук\"", "3"), ("№7/б", "=1+1", "штаб")]);
    assert_eq!((items[0].state, items[1].state), (ItemState::InUse, ItemState::Reserve));

    let card = |item: &invigil::journal::Item| Card {
        item: item.clone(),
        changed_ms: 0,
        by: None,
        counted_ms: None,
    };
    let cards: Vec<Card> = items.iter().map(card).collect();
    fs::write(&file, inventory_table::xlsx_of(&cards, Language::Ru).unwrap()).unwrap();
    let shown = python(READ, &file);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("s:инвентарный номер|s:серийный номер|s:вид"), "{shown}");
    assert!(lines[2].starts_with("s:№7/б|") && lines[2].contains(":=1+1|"), "{shown}");
    // The one that begins like a formula is a text in the file.
    assert_eq!(inventory_table::items_of(&fs::read(&file).unwrap()).unwrap(), items);
}
