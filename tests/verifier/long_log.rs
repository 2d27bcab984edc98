//! A journal longer than that of any honest day: judged as the program judges it, searched to its last record,
//! in memory that has an end.

use invigil::journal::Event;
use serde_json::json;

use crate::browser::{Browser, files_in};
use crate::day::seal_day_of;

const EVENTS: usize = 200_500;
/// What the page's own thread may hold in the end.
const MOST_BYTES: u64 = 600 << 20;

#[test]
fn a_log_of_more_than_two_hundred_thousand_records_is_searched_to_its_end() {
    let alarm = |number: usize| Event::AlarmAcknowledged { alarm: format!("alarm-{number}") };
    let day = seal_day_of(&(0..EVENTS).map(alarm).collect::<Vec<_>>());
    let mut browser = Browser::new();
    let told = browser.verification(&files_in(day.folder.path()), None, "");
    let report = &told["report"];
    assert_eq!((&report["integrity"], &report["records"]), (&json!("VALID"), &json!(day.act.records)));
    assert_eq!(report["closing_code"], json!(day.act.closing_code.to_string()));

    assert_eq!(browser.evaluate("finished.records.length"), json!(day.act.records));
    let mut rows = |sought: &str| {
        let search = format!(
            "byId('search').value = {};
             byId('search').dispatchEvent(new Event('input'));
             [...document.querySelectorAll('#log tbody tr')].map((row) => row.children[1].textContent)",
            json!(sought)
        );
        browser.evaluate(&search)
    };
    let last = (day.act.records - 1).to_string();
    for number in ["0", last.as_str(), "199999", "200001"] {
        let found = rows(number);
        assert!(found.as_array().unwrap().contains(&json!(number)), "{number}: {found}");
    }
    assert_eq!(rows("no such record"), json!([]));
    let held = browser.evaluate("performance.memory.usedJSHeapSize").as_u64().unwrap();
    assert!(held < MOST_BYTES, "{held} bytes");
}
