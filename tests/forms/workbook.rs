//! Workbooks opened by openpyxl.

use std::fs;
use std::process::Command;

use invigil::forms::{FormError, Sheet, xlsx};
use invigil::i18n::{Language, Texts};
use serde_json::{Value, json};

use super::said;
use super::trial::{data, definition, with_sheet};

/// Each sheet's name, frozen corner, filter and cells, with Python's name of each cell's type.
const READ: &str = r#"
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
cell = lambda c: [c.data_type, str(c.value), c.number_format]
print(json.dumps([{
    "name": sheet.title, "frozen": sheet.freeze_panes, "filter": sheet.auto_filter.ref,
    "rows": [[cell(c) for c in row] for row in sheet.iter_rows()],
} for sheet in book]))
"#;

fn read(names: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.xlsx");
    fs::write(&file, with_sheet(names, "landscape", Language::Ru, |sheet| xlsx::write(&sheet).unwrap()))
        .unwrap();
    let text = said(Command::new("/usr/bin/python3").args(["-c", READ]).arg(&file));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn cells_have_their_types_and_the_headings_stay_in_sight() {
    let book = read(&["Орлов"]);
    let table = &book[0];
    assert_eq!((table["name"].as_str(), table["frozen"].as_str()), (Some("Пробная форма"), Some("A2")));
    assert_eq!(table["filter"], "A1:J2");
    assert_eq!(table["rows"][0][1][1], "Когда: Дата");
    let row = &table["rows"][1];
    assert_eq!(row[0], json!(["n", "1", "0"]));
    assert_eq!(row[1], json!(["d", "2026-05-29 00:00:00", "dd.mm.yyyy"]));
    assert_eq!(row[2], json!(["d", "08:12:03", "hh:mm:ss"]));
    assert_eq!(row[3][0], "s");
    assert_eq!(row[4], json!(["n", "1000", "0"]));
    assert_eq!(row[5], json!(["n", "99.87", "0.00"]));
    assert_eq!(row[7][0], "b");
    assert_eq!(row[8], json!(["d", "08:15:00", "hh:mm"]));
    let about = &book[1];
    let cells: Vec<_> = about["rows"].as_array().unwrap().iter().map(|row| row[1][1].clone()).collect();
    assert!(
        cells.contains(&json!("Школа № 101")) && cells.contains(&json!("K7QD-2M9X-RT4W-0FHE")),
        "{cells:?}"
    );
}

#[test]
fn no_text_becomes_a_formula() {
    let names = [
        "=1+1",
        "+7 495",
        "-1",
        "@SUM(A1)",
        "=HYPERLINK(\"http://x\")",
        "\t=1",
        "{=1}",
        "=cmd|' /C calc'!A0",
    ];
    let book = read(&names);
    for (at, name) in names.iter().enumerate() {
        let cell = &book[0]["rows"][at + 1][3];
        // openpyxl calls a cell a formula by its text alone; the file says whether it is one.
        assert_eq!(cell[1], *name);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.xlsx");
    fs::write(&file, with_sheet(&names, "landscape", Language::Ru, |sheet| xlsx::write(&sheet).unwrap()))
        .unwrap();
    let sheet = said(Command::new("unzip").arg("-p").arg(&file).arg("xl/worksheets/sheet1.xml"));
    assert!(sheet.contains("<v>") && !sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
}

#[test]
fn odd_names_and_long_texts_are_kept() {
    let long = "слово 🎓 ".repeat(5_000);
    let book = read(&["שלום 👩‍🎓", "a\u{0}b\u{1f}c", &long]);
    let rows = &book[0]["rows"];
    assert_eq!(rows[1][3][1], "שלום 👩‍🎓");
    assert!(rows[3][3][1].as_str().unwrap().ends_with('…'));
}

#[test]
fn the_same_data_makes_the_same_file_and_too_much_is_refused() {
    let make = || with_sheet(&["Орлов"], "portrait", Language::En, |sheet| xlsx::write(&sheet).unwrap());
    assert!(make() == make());
    let names = vec!["x"; 50_001];
    let (definition, data, texts) = (definition("portrait"), data(&names), Texts::load(Language::En));
    let refused = Sheet::new(&definition, &data, &texts).unwrap_err();
    assert_eq!(refused, FormError::TooLong { rows: 50_001, max: 50_000 });
}
