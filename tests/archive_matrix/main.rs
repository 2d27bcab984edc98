//! Every known manipulation of a sealed day, and exactly what is said of it: `table.txt` has a line a
//! case. Each is tried twice: plain, and with everything above the changed layer made anew and signed
//! by a thief of the device's key, so that the layer itself is tested.
//!
//! `INVIGIL_WRITE_VECTORS=1` writes the table anew; a changed line wants a reason.

mod archive;
mod bits;
mod cases;
mod day;
mod film;
mod keys;
#[path = "../raw_zip/mod.rs"]
mod raw_zip;
mod script;
mod verdict;
mod wycheproof;

use std::fs;
use std::path::Path;

use cases::Case;
use day::Day;

const TABLE: &str = "tests/archive_matrix/table.txt";

#[test]
fn every_case_has_the_verdict_of_the_table() {
    let honest = Day::honest().archive();
    let said: Vec<String> = cases::all().iter().map(|(group, case)| row(group, case, &honest)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    if std::env::var_os("INVIGIL_WRITE_VECTORS").is_some() {
        fs::write(&path, said.concat()).unwrap();
    }
    let table = fs::read_to_string(path).unwrap();
    let expected: Vec<&str> = table.split_inclusive('\n').collect();
    for (said, expected) in said.iter().zip(&expected) {
        assert_eq!(said, expected);
    }
    assert_eq!(said.len(), expected.len());
}

/// Only what is listed here with its reason may be found valid.
#[test]
fn nothing_is_valid_that_is_not_excused() {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE)).unwrap();
    let mut excused = 0;
    for line in table.lines() {
        let [name, plain, signed] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let trusted = |verdict: &str| verdict.starts_with("VALID") && !verdict.contains("UNTRUSTED_KEY");
        let valid = (trusted(plain), trusted(signed) || signed == "=" && trusted(plain));
        let excuse = cases::EXCUSED.iter().find(|(case, ..)| name.ends_with(case));
        assert_eq!(valid, excuse.map_or((false, false), |(_, plain, signed, _)| (*plain, *signed)), "{line}");
        excused += usize::from(excuse.is_some());
    }
    assert_eq!(excused, cases::EXCUSED.len());
}

/// Before the video is read, each file of the journal's part counts.
#[test]
fn what_is_said_first_knows_of_every_change_in_the_journals_part() {
    let honest = Day::honest().archive();
    let said = |archive: &archive::Archive| {
        let folder = tempfile::tempdir().unwrap();
        archive.write(folder.path());
        verdict::first_words_of(folder.path())
    };
    let first = said(&honest).unwrap();
    assert!(!first.tampered && first.records > 10 && first.document.is_some());
    let cases = cases::all();
    let plain = |(group, case): &&(&str, &Case)| *group == "journal" && case.layer == archive::Layer::Data;
    let mut told = 0;
    for (_, case) in cases.iter().filter(plain) {
        let mut archive = honest.clone();
        (case.change)(&mut archive);
        assert!(said(&archive).unwrap().tampered, "{}", case.name);
        told += 1;
    }
    let (_, later) = cases.iter().find(|(_, case)| case.name == "unknown version of the document").unwrap();
    let mut archive = honest.clone();
    (later.change)(&mut archive);
    archive.seal_from(later.layer);
    assert!(said(&archive).is_none(), "nobody knows what holds");
    assert!(told > 20, "{told}");
}

fn row(group: &str, case: &Case, honest: &archive::Archive) -> String {
    let mut archive = honest.clone();
    (case.change)(&mut archive);
    let plain = verdict::of(&archive);
    let signed = match case.layer {
        archive::Layer::Outside => "=".to_owned(),
        layer => {
            archive.seal_from(layer);
            verdict::of(&archive)
        }
    };
    format!("{:<58} | {plain:<112} | {signed}\n", format!("{group}: {}", case.name))
}
