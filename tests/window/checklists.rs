//! The checklists of the day on the screen “Check”.

use eframe::egui::Key;
use invigil::checklist::{Bilingual, StepKind};
use invigil::i18n::Language;

use crate::driver::Window;

#[test]
fn the_lists_stand_in_a_row_and_a_round_is_begun_again() {
    let mut window = Window::open(Language::En);
    let text = |text: &str| Bilingual { ru: text.into(), en: text.into() };
    {
        let lists = &mut window.fake.lock().view.point.checklists;
        let mut round = lists.main.clone();
        round.id = "hourly-round".parse().unwrap();
        round.name = text("Hourly round");
        round.every_minutes = Some(60);
        round.steps.retain(|step| step.kind == StepKind::Manual);
        round.steps[0].deadline_minutes = 60;
        lists.others = vec![round];
    }
    window.sign_in();
    window.press_id("ui-next-plan-go");
    window.key(Key::F2);
    assert!(window.shows("Two-hour check"), "the main check is at hand");
    window.press("Hourly round");
    window.press_id("ui-check-start");
    window.press_id("ui-step-confirm");
    window.press_id("ui-check-finish");
    let due = |text: &String| text.ends_with("The next round is due at 08:52.");
    assert!(window.texts_shown().iter().any(due), "{:#?}", window.texts_shown());
    window.press_id("ui-check-begin-round");
    assert!(window.can_press("ui-step-confirm"));
}
