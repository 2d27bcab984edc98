//! A whole day through the window, in both languages.

use eframe::egui::Key;
use invigil::day::Stage;
use invigil::i18n::Language;
use invigil::station::protocol::Command;

use crate::driver::Window;
use crate::fake::EXAM_MS;

fn whole_day(language: Language) {
    let mut window = Window::open(language);
    let (actions, end) = match language {
        Language::Ru => ("корректировка ракурса", "Камера на месте"),
        Language::En => ("correction of the angle", "Camera back in place"),
    };
    window.begin_day();
    window.press_id("ui-code-written");

    window.press_id("ui-next-check-go");
    window.press_id("ui-check-start");
    window.press_id("ui-step-run");
    window.press_id("ui-step-run");
    window.press_id("ui-step-confirm");
    assert!(!window.can_press("ui-check-finish"), "a step is left");
    window.press_id("ui-step-confirm");
    window.press_id("ui-check-finish");

    window.key(Key::Home);
    window.press_id("ui-next-record-go");
    assert!(window.shows(&window.t("ui-next-watch")));

    window.key(Key::F4);
    window.press_id("ui-access-open");
    window.press("Аудитория 0003");
    window.press(actions);
    window.type_into("ui-access-reason", "Проверка");
    window.press_id("ui-access-sign");
    window.head_consents();

    let to_end = (EXAM_MS + 211 * 60_000 - crate::fake::MORNING_MS) / 60_000;
    window.pass(to_end as u64);
    window.key(Key::Home);
    window.press_id("ui-next-stop-go");
    for left in ["6 → 1", "1 → 0"] {
        // Everything but the staff room is suggested, then that.
        window.press_id("ui-cameras-stop");
        window.press_id("ui-stop-handover");
        window.press_id("ui-stop-go");
        window.head_consents();
        let records = window.fake.lock().view.day.as_ref().map(|day| day.recording().count());
        assert_eq!(records, Some(usize::from(left.ends_with('1'))), "{left}");
    }

    window.key(Key::F5);
    assert!(!window.can_press("ui-close-seal"), "an access is still open");
    window.press_id("ui-next-access-go");
    window.press_id("ui-access-close");
    window.type_into("ui-access-result", end);
    window.press_id("ui-access-close-go");
    window.key(Key::Home);
    window.press_id("ui-next-seal-go");
    window.press_id("ui-close-seal");

    window.press_id("ui-close-countersign");
    window.press_id("ui-countersign-head");
    window.type_into("ui-countersign-file", "head-key");
    window.type_into("ui-countersign-passphrase", "open");
    window.press_id("ui-countersign-go");
    assert!(window.shows(&window.t("key-file-passphrase-wrong")));
    window.type_into("ui-countersign-passphrase", "sesame");
    window.press_id("ui-countersign-go");
    assert!(window.shows(&window.t("ui-close-line-head")));

    window.type_into("ui-close-folder", "/media/copy");
    window.press_id("ui-close-copy");
    window.key(Key::Home);
    assert!(window.shows(&window.t("ui-next-second")), "one copy of two");
    window.press_id("ui-next-copy-go");
    window.press_id("ui-handover-go");
    assert!(!window.can_press("ui-handover-done"), "one copy takes a reason");
    window.press_id("ui-cancel");
    window.type_into("ui-close-folder", "/media/second");
    window.press_id("ui-close-copy");
    window.key(Key::Home);
    window.press_id("ui-next-handover-go");
    window.press_id("ui-handover-go");
    window.press_id("ui-handover-done");
    window.key(Key::Home);
    assert!(window.shows(&window.t("ui-next-done")));

    let state = window.fake.lock();
    assert_eq!(state.view.day.as_ref().map(|day| day.stage), Some(Stage::Closed));
    assert!(state.asked.contains(&Command::CopyTo { target: "/media/copy".into() }));
}

#[test]
fn a_whole_day_in_russian() {
    whole_day(Language::Ru);
}

#[test]
fn a_whole_day_in_english() {
    whole_day(Language::En);
}
