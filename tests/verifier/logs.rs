//! The day's logs: what the page tells of the computer's equipment is what the program tells.

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
