//! Definitions that don't fit are refused with every fault in them.

use super::trial::{CATALOGUE, TEXT, definition};
use super::*;

#[test]
fn what_a_definition_leaves_out_has_its_usual_value() {
    let read = definition("landscape");
    let columns = &read.tables[0].columns;
    let shown: Vec<_> = columns.iter().map(|column| (column.source, column.show, column.align)).collect();
    assert_eq!(shown[0], (Source::RowNumber, Show::Text, Align::Centre));
    assert_eq!(shown[1], (Source::Data(0), Show::Date, Align::Centre));
    assert_eq!(shown[4], (Source::Data(2), Show::Number, Align::Right));
    assert_eq!(shown[9], (Source::Blank, Show::Text, Align::Left));
    assert_eq!(read.text[0].ru.len(), 3);
}

#[test]
fn a_definition_that_does_not_fit_its_data_is_refused_with_every_fault() {
    let text = r#"
id = "other"
version = 1
orientation = "sideways"
title = { ru = "Имя", en = "Name" }
fields = [{ id = "nothing", ru = "Имя", en = "Name" }]
text = [{ ru = "{nothing}", en = "{point" }]
[words]
passed = { ru = "да", en = "yes" }
lost = { ru = "да", en = "yes" }
[[tables]]
id = "rows"
empty = { ru = "Нет", en = "None" }
columns = [
    { id = "salary", width = 4, ru = "Имя", en = "Name" },
    { id = "name", kind = "date", width = 0, ru = "Имя" },
    { width = 4, ru = "Имя", en = "Name" },
]
[[tables]]
id = "others"
empty = { ru = "Нет", en = "None" }
columns = []
"#;
    let faults = Definition::read(text, "trial.toml", &CATALOGUE).unwrap_err();
    let listed: Vec<_> = faults.0.iter().map(|fault| (fault.spot.line, fault.message().id)).collect();
    let expected = [
        (2, "fault-choice"),
        (4, "fault-choice"),
        (6, "fault-choice"),
        (7, "fault-choice"),
        (7, "fault-brace"),
        (10, "fault-unknown-key"),
        (15, "fault-choice"),
        (16, "fault-choice"),
        (16, "fault-missing"),
        (16, "fault-range"),
        (17, "fault-missing"),
        (20, "fault-choice"),
    ];
    assert_eq!(listed, expected.map(|(line, id)| (line, id.to_owned())));
    let texts = crate::i18n::Texts::load(crate::i18n::Language::En);
    let salary = texts.message(&faults.0[6].message());
    assert!(
        salary.contains("trial.toml:15") && salary.contains("salary") && salary.contains("outcome"),
        "{salary}"
    );
}

#[test]
fn a_definition_in_the_folder_goes_first_and_is_refused_when_wrong() {
    let built_in = BuiltIn { catalogue: &CATALOGUE, text: TEXT };
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(built_in.load(folder.path()).unwrap().version, 3);
    let own = folder.path().join("trial.toml");
    std::fs::write(&own, TEXT.replace("version = 3", "version = 7")).unwrap();
    assert_eq!(built_in.load(folder.path()).unwrap().version, 7);
    std::fs::write(&own, "version = 7").unwrap();
    assert!(matches!(built_in.load(folder.path()), Err(ReadError::Wrong(_))));
}

const LABELS: &str = r#"
[labels]
table = "rows"
across = 2
down = 4
width_um = 90_000
height_um = 60_000
left_um = 10_000
top_um = 10_000
gap_across_um = 5_000
gap_down_um = 2_000
frame = false
code = "name"
heading = { ru = "{point}", en = "{point}" }
lines = [{ id = "name", bold = true }, { id = "at", kind = "date" }]
"#;

/// The trial form with labels.
fn with_labels(from: &str, to: &str) -> Result<Definition, crate::tables::Faults> {
    let labels = LABELS.replace(from, to);
    assert!(from.is_empty() || labels != LABELS);
    let (before, after) = TEXT.split_once("[words]").unwrap();
    let text = format!("{}{labels}[words]{after}", before.replace("landscape", "portrait"));
    Definition::read(&text, "trial.toml", &CATALOGUE)
}

#[test]
fn labels_have_to_stand_on_the_page() {
    let labels = with_labels("", "").unwrap().labels.unwrap();
    assert_eq!((labels.per_page(), labels.size_um()), (8, (195_000, 256_000)));
    assert_eq!(labels.lines[1].show, Show::Date);
    for (from, to, fault) in [
        ("down = 4", "down = 5", "fault-labels"),
        ("across = 2", "across = 3", "fault-labels"),
        ("left_um = 10_000", "left_um = 30_000", "fault-labels"),
        ("across = 2", "across = 0", "fault-range"),
        ("across = 2", "across = 1_000_000", "fault-range"),
        ("width_um = 90_000", "width_um = 1", "fault-range"),
        ("\"rows\"", "\"people\"", "fault-choice"),
        ("code = \"name\"", "code = \"salary\"", "fault-choice"),
        ("{point}", "{salary}", "fault-choice"),
        ("frame = false", "", "fault-missing"),
        ("lines = [", "lines = [] # [", "fault-count"),
    ] {
        let faults = with_labels(from, to).unwrap_err();
        assert!(faults.0.iter().any(|found| found.message().id == fault), "{to}: {faults:?}");
    }
}
