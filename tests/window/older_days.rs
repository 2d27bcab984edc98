//! The screen “Days”.

use invigil::day::{OlderDay, Verified};
use invigil::i18n::Language;
use invigil::station::protocol::{
    Command, CopyState, DayLine, DayState, DaysCommand, DaysPage, PaperAsked, PapersCommand, WorkKind,
    WorkLive,
};

use crate::driver::Window;
use crate::fake::copy_live;

#[test]
fn a_day_stands_with_its_verdict_and_is_deleted_by_two() {
    let mut window = Window::open(Language::En);
    let verified = Verified { at_ms: 0, verdict: "VALID".into(), faults: 0 };
    let sealed = DayLine {
        day: "77-0101-2025-05-29-main".parse().unwrap(),
        state: DayState::Sealed,
        keep_until: chrono::NaiveDate::from_ymd_opt(2026, 3, 1),
        files: 14,
        bytes: 12_600_000_000,
        told: OlderDay { sealed_ms: Some(0), verified: Some(verified), ..OlderDay::default() },
    };
    window.fake.lock().days = DaysPage { total: 1, from: 0, days: vec![sealed.clone()] };
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
    {
        let mut state = window.fake.lock();
        let work = WorkLive::begun(WorkKind::Verify, 12_600_000_000, "77-0101-2025-05-29-main".into());
        let (done_bytes, bytes_per_second, eta_ms) = (8_100_000_000, 410_000_000, Some(11_000));
        state.view.live.older = Some(WorkLive { done_bytes, bytes_per_second, eta_ms, ..work });
        state.tell();
    }
    window.settle();
    assert!(window.shows("8.1 GB of 12.6 GB · 410 MB/s · 11 s left"), "{:#?}", window.texts_shown());
    window.press_id("ui-review-stop");
    let stopped = Command::Days(DaysCommand::StopVerifying);
    assert!(window.fake.lock().asked.contains(&stopped));
    {
        let mut state = window.fake.lock();
        state.view.live.copies = vec![copy_live("/media/archive-2", CopyState::Copying)];
        state.tell();
    }
    window.settle();
    // No day is open, whose screen would show it.
    window.press_id("ui-work-cancel");
    let cancelled = |command: &Command| matches!(command, Command::CancelCopy { target } if target.starts_with("/media/archive-2"));
    assert!(window.fake.lock().asked.iter().any(cancelled));
    window.press("Delete…: 77-0101-2025-05-29-main");
    window.type_into("ui-days-delete-reason", "its time is over");
    window.press_id("ui-days-delete-go");
    assert!(window.shows("Лугов Игорь Павлович"), "{:#?}", window.texts_shown());
    assert!(!window.shows("Полянский Роман Олегович"), "an observer may not sign as the second");
    window.head_consents();
    let asked = window.fake.lock().asked.clone();
    let is_delete = |command: &&Command| matches!(command, Command::Days(DaysCommand::Delete { .. }));
    assert_eq!(asked.iter().filter(is_delete).count(), 1);
    assert!(asked.iter().any(|command| matches!(command, Command::Days(DaysCommand::Verify { .. }))));
    {
        let mut state = window.fake.lock();
        let day = DayLine { state: DayState::Deleted, files: 0, ..sealed };
        state.days = DaysPage { total: 1, from: 0, days: vec![day] };
        state.view.live.older_ended += 1;
        state.tell();
    }
    window.settle();
    assert!(window.shows(&window.t("ui-days-deleted")), "nobody looks again by hand");
    assert!(!window.can_press("Delete…: 77-0101-2025-05-29-main"));
}
