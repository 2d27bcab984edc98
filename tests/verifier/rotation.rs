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
        fs::write(&list, &case.list).unwrap();
        let excerpts = tempfile::tempdir().unwrap();
        let excerpt = vec![case.excerpt(excerpts.path())];
        for paths in [files_in(case.day.folder.path()), excerpt] {
            let signers = Some(AllowedSigners::parse(&case.list).unwrap());
            let program = check(&paths, &VerifyOptions { signers, ..options() });
            let program = serde_json::to_value(program).unwrap();
            let page = &browser.verification(&paths, Some(&list), "")["report"];
            for key in ["integrity", "provenance", "faults", "warnings"] {
                assert_eq!(page[key], program[key], "{}: {key}, the page's first", case.name);
            }
        }
    }
}
