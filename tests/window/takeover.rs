//! A computer that goes on with another one's day, by the window.

use invigil::i18n::Language;
use invigil::station::protocol::{Command, OldStation};

use crate::driver::Window;

#[test]
fn a_day_is_taken_over_with_what_is_known_and_recording_begins() {
    let mut window = Window::open(Language::En);
    window.sign_in();
    window.press_id("takeover-open");
    assert!(!window.can_press("takeover-go"), "nothing is known yet");
    window.type_into("takeover-station", "main");
    window.type_into("takeover-code", " k7qd 2m9x rt4w 0fhe ");
    assert!(!window.can_press("takeover-go"), "nobody said why");
    window.type_into("takeover-reason", "No power");
    window.press_id("takeover-go");
    let from =
        OldStation { station: "main".into(), code: " k7qd 2m9x rt4w 0fhe ".into(), data: String::new() };
    let asked = window.fake.lock().asked.clone();
    assert!(asked.contains(&Command::TakeOver { from, reason: "No power".into() }), "{asked:?}");
    assert!(!window.shows(&window.t("takeover-head")), "the day is here");
}
