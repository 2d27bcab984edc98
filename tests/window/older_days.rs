//! The screen “Days”.

use invigil::day::{OlderDay, Verified};
use invigil::i18n::Language;
use invigil::station::protocol::{
    Command, DayLine, DayState, DaysCommand, DaysPage, PaperAsked, PapersCommand,
};

use crate::driver::Window;

#[test]
fn a_day_stands_with_its_verdict_and_is_deleted_by_two() {
    let mut window = Window::open(Language::En);
    let verified = Verified { at_ms: 0, verdict: "VALID".into(), faults: 0 };
    let day = DayLine {
        day: "77-0101-2025-05-29-main".parse().unwrap(),
        state: DayState::Sealed,
        keep_until: chrono::NaiveDate::from_ymd_opt(2026, 3, 1),
        files: 14,
        bytes: 12_600_000_000,
        told: OlderDay { sealed_ms: Some(0), verified: Some(verified), ..OlderDay::default() },
    };
    window.fake.lock().days = DaysPage { total: 1, from: 0, days: vec![day] };
    window.sign_in();
    window.press_id("ui-screen-point");
    window.press_id("ui-screen-days");
    assert!(window.shows("to be kept until 1 March 2026"), "{:#?}", window.texts_shown());
    assert!(window.shows("VALID"));
    window.press("Verify again: 77-0101-2025-05-29-main");
    window.press("Print…: 77-0101-2025-05-29-main");
    window.press("Log of requests");
    window.press_id("ui-papers-print-go");
    window.press_id("ui-papers-leave");
    let printed = window.fake.lock().asked.iter().rev().find_map(|command| match command {
        Command::Papers(PapersCommand::Print { paper, .. }) => Some(paper.clone()),
        _ => None,
    });
    let (form, day) = ("requests".to_owned(), "77-0101-2025-05-29-main".parse().ok());
    assert_eq!(printed, Some(PaperAsked { form, day, words: String::new() }));
    window.press("Delete…: 77-0101-2025-05-29-main");
    window.type_into("ui-days-delete-reason", "its time is over");
    window.press_id("ui-days-delete-go");
    window.head_consents();
    let asked = window.fake.lock().asked.clone();
    let is_delete = |command: &&Command| matches!(command, Command::Days(DaysCommand::Delete { .. }));
    assert_eq!(asked.iter().filter(is_delete).count(), 1);
    assert!(asked.iter().any(|command| matches!(command, Command::Days(DaysCommand::Verify { .. }))));
}
