//! A station's newer keys: the page follows the same statements as the program.

use std::fs;

use invigil::archive::verify::VerifyOptions;
use invigil::signing::AllowedSigners;

use crate::browser::{Browser, files_in};
use crate::day::*;
use crate::rotated::cases;

#[test]
fn newer_keys_are_judged_alike() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    let mut browser = Browser::new();
    for case in cases() {
        let signers = Some(AllowedSigners::parse(&case.list).unwrap());
        let program =
            serde_json::to_value(check(&case.day.paths(), &VerifyOptions { signers, ..options() })).unwrap();
        fs::write(&list, &case.list).unwrap();
        let page = &browser.verification(&files_in(case.day.folder.path()), Some(&list), "")["report"];
        for key in ["integrity", "provenance", "faults", "warnings"] {
            assert_eq!(page[key], program[key], "{}: {key}, the page's first", case.name);
        }
    }
}
