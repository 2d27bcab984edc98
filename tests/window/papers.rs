//! Forms are printed and saved from the screens that they belong to.

use eframe::egui::Key;
use invigil::i18n::Language;
use invigil::station::protocol::{Command, PaperAsked, PapersCommand, TargetLive};

use crate::driver::Window;

fn last_asked(window: &Window) -> Option<PapersCommand> {
    let asked = window.fake.lock().asked.clone();
    asked.into_iter().rev().find_map(|command| match command {
        Command::Papers(command) => Some(command),
        _ => None,
    })
}

fn asked_for(form: &str, words: &str) -> PaperAsked {
    PaperAsked { form: form.into(), day: None, words: words.into() }
}

#[test]
fn a_form_is_printed_where_a_person_says_or_told_why_not() {
    for language in [Language::Ru, Language::En] {
        let mut window = Window::open(language);
        window.begin_day();
        window.key(Key::F4);
        window.press_id("ui-papers-print");
        assert_eq!(last_asked(&window), Some(PapersCommand::FindPrinters));
        window.press_id("ui-papers-print-go");
        let paper = asked_for("access-log-b", "");
        assert_eq!(last_asked(&window), Some(PapersCommand::Print { paper: paper.clone(), printer: None }));
        assert!(window.shows(&window.t("ui-papers-failed")) && window.shows(&window.t("print-no-printer")));
        window.press("Brother");
        window.press_id("ui-papers-print-go");
        let printer = Some("Brother".to_owned());
        assert_eq!(last_asked(&window), Some(PapersCommand::Print { paper, printer }));
        assert!(window.shows("Brother-12"), "{:#?}", window.texts_shown());
        window.press_id("ui-papers-leave");
        // What became of another form is not told of this one.
        window.press_id("ui-papers-print");
        assert!(!window.shows("Brother-12"));
    }
}

#[test]
fn a_form_is_saved_onto_a_medium_from_the_keyboard_too() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    let (path, name) = ("/media/rcoi-17".into(), "RCOI".into());
    window.fake.lock().view.live.targets = vec![TargetLive { path, name, free_bytes: 1, removable: true }];
    window.fake.lock().tell();
    window.settle();
    window.key(Key::F7);
    window.press_id("ui-papers-save");
    window.press("Operation log");
    assert!(!window.can_press("ui-papers-save-go"), "nobody said where");
    window.press("RCOI (/media/rcoi-17)");
    window.key(Key::Enter);
    let (paper, folder) = (asked_for("operation-log", ""), "/media/rcoi-17".to_owned());
    assert_eq!(last_asked(&window), Some(PapersCommand::Save { paper, folder }));
    assert!(window.shows("Saved: /media/rcoi-17/operation-log.pdf"), "{:#?}", window.texts_shown());
    window.key(Key::Escape);
    assert!(!window.shows("Saved: "));
}

#[test]
fn every_screen_offers_its_forms() {
    let mut window = Window::open(Language::En);
    window.sign_in();
    window.press_id("ui-screen-point");
    window.press_id("ui-screen-equipment");
    window.type_into("ui-inventory-search", "0003");
    window.press_id("ui-papers-save");
    assert!(window.shows("Labels") && window.shows("Movements"));
    window.press("Labels");
    window.press_id("ui-papers-leave");
    window.press_id("ui-screen-briefings");
    window.press_id("ui-papers-save");
    assert!(window.shows("Familiarisation sheet"));
    window.press_id("ui-papers-leave");
    window.key(Key::Home);
    window.press_id("ui-next-plan-go");
    window.key(Key::F2);
    window.press_id("ui-check-start");
    for (key, form) in [
        (Key::Home, "Report on functioning"),
        (Key::F2, "Check report"),
        (Key::F4, "Access log of the cabinet (form A)"),
        (Key::F5, "Handover act"),
        (Key::F7, "Explanatory note"),
    ] {
        window.key(key);
        window.press_id("ui-papers-print");
        assert!(window.shows(form), "{form}: {:#?}", window.texts_shown());
        window.press_id("ui-papers-leave");
    }
}
