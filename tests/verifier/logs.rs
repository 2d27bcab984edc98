//! The day's logs: what the page tells of the computer's equipment is what the program tells.

use invigil::journal::{Event, StepPhotographed, Still};
use invigil::signing::Digest;
use serde_json::Value;

use crate::browser::{Browser, files_in};
use crate::day::*;
use crate::incidents::cases;

#[test]
fn what_no_access_explains_is_told_alike() {
    let mut browser = Browser::new();
    for (name, events, _) in cases() {
        let day = seal_day_of(&events);
        let program: Value = serde_json::to_value(day.verify()).unwrap();
        let page = &browser.verification(&files_in(day.folder.path()), None, "")["report"];
        for key in ["integrity", "faults", "warnings"] {
            assert_eq!(page[key], program[key], "{name}: {key}, the page's first");
        }
    }
}

#[test]
fn a_picture_of_a_step_is_told_and_held_to_the_journal() {
    let mut browser = Browser::new();
    let (name, taken) = ("stills/entrance-1/0002-step.jpg", b"the seals".as_slice());
    let photo = StepPhotographed {
        checklist: "before-participants".parse().unwrap(),
        step: "room-view-0003".parse().unwrap(),
        camera: "entrance-1".parse().unwrap(),
        still: Still { name: name.to_owned(), sha256: Digest::of(taken) },
    };
    for (kept, integrity) in [(Some(taken), "VALID"), (Some(b"others"), "TAMPERED"), (None, "INCOMPLETE")] {
        let more: Vec<(String, Vec<u8>)> =
            kept.into_iter().map(|bytes| (name.to_owned(), bytes.to_vec())).collect();
        let day = seal_day_with(&[Event::StepPhotographed(photo.clone())], &more);
        let program: Value = serde_json::to_value(day.verify()).unwrap();
        let page = &browser.verification(&files_in(day.folder.path()), None, "")["report"];
        assert_eq!(page["integrity"], integrity);
        for key in ["integrity", "faults", "warnings"] {
            assert_eq!(page[key], program[key], "{integrity}: {key}, the page's first");
        }
        let told = browser.evaluate("document.body.textContent.includes('room-view-0003')");
        assert_eq!(told, true, "the journal's table tells of it");
    }
}
