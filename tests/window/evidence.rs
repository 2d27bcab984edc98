//! What convinces others, in the window: the acts on paper, the files to countersign with, the page; and that
//! the next thing to do is seen on the smallest screen.

use eframe::egui::Key;
use egui_kittest::Harness;
use invigil::i18n::Language;
use invigil::journal::Event;
use invigil::signing::SignerRole;
use invigil::station::protocol::{Command, EvidenceCommand, PaperKind};

use crate::driver::{SMALL, Window};
use crate::fake::act;

/// The archive is complete.
fn sealed(language: Language, size: [f32; 2]) -> Window {
    let mut window = stopped(language, size);
    window.press_id("ui-close-seal");
    window
}

/// The day is over, and nothing is left to explain.
fn stopped(language: Language, size: [f32; 2]) -> Window {
    let mut window = Window::build(Harness::builder().with_size(size), language);
    window.begin_recording();
    for _ in 0..2 {
        window.press_id("ui-cameras-stop");
        window.press_id("ui-stop-handover");
        window.press_id("ui-stop-go");
        window.head_consents();
    }
    window.key(Key::F5);
    window
}

fn last_asked(window: &Window) -> Command {
    let state = window.fake.lock();
    let asked = state.asked.iter().rev().find(|command| !matches!(command, Command::Watch { .. }));
    asked.cloned().expect("something was asked for")
}

#[test]
fn the_acts_are_shown_to_be_photographed_or_copied_by_hand() {
    for language in [Language::Ru, Language::En] {
        let mut window = sealed(language, SMALL);
        window.press_id("ui-paper-closing-go");
        let asked = Command::Evidence(EvidenceCommand::Act { which: PaperKind::Closing });
        assert_eq!(last_asked(&window), asked);
        assert!(window.shows(&window.t("ui-paper-qr")));
        let closing = act(PaperKind::Closing).closing.unwrap();
        assert!(window.shows(&closing.closing_code) && window.shows("T41M-9WQX-0HB7-ZC2K"));
        assert!(window.shows("SHA256: uIwU VgYY RzZ8 UjUb b2Dq HcfA K+9h RaSd SJVM LRhn mYw"));
        for (part, (_, hash)) in closing.parts.iter().enumerate() {
            let hash = format!("{} {} {} {}", &hash[..4], &hash[4..8], &hash[8..12], &hash[12..]);
            assert!(window.shows(&format!("{part:02}  {hash}")), "{:#?}", window.texts_shown());
        }
        window.press_id("ui-understood");
        window.key(Key::Home);
        window.press_id("ui-paper-opening-go");
        assert!(window.shows(&window.t("ui-paper-opening")) && window.shows("T41M-9WQX-0HB7-ZC2K"));
        assert!(!window.shows("R8VF-3JND-6PXA-51EY"), "the day's beginning knows nothing of its end");
    }
}

#[test]
fn a_key_that_was_found_is_chosen_and_one_that_was_not_is_typed() {
    let mut window = sealed(Language::En, SMALL);
    window.press_id("ui-close-countersign");
    let home = "/home/technician".to_owned();
    assert_eq!(last_asked(&window), Command::Evidence(EvidenceCommand::FindSigningFiles { home }));
    assert!(window.shows("Signature head.sshsig (/media/rcoi-17/signatures)"));
    assert!(!window.can_press("ui-countersign-go"), "nothing is chosen");
    window.press("Key id_ed25519 (/home/technician/.ssh)");
    window.type_into("ui-countersign-passphrase", "sesame");
    window.press_id("ui-countersign-go");
    let Command::Countersign { file, .. } = last_asked(&window) else {
        panic!("{:?}", last_asked(&window));
    };
    assert_eq!(file, "/home/technician/.ssh/id_ed25519");
    assert!(window.shows(&window.t("ui-close-line-head")));
}

#[test]
fn who_still_has_to_countersign_is_told_until_it_is_done() {
    for language in [Language::Ru, Language::En] {
        let mut window = stopped(language, SMALL);
        let roles = SignerRole::COUNTERSIGNERS.to_vec();
        window.fake.lock().happens(Event::CountersignaturesDue { roles });
        window.settle();
        let told = |window: &Window| {
            let ids =
                ["ui-close-due-head", "ui-close-due-member", "ui-close-line-head", "ui-close-line-member"];
            ids.map(|id| window.shows(&window.t(id)))
        };
        assert_eq!(told(&window), [false; 4], "nothing is there to be signed yet");
        window.press_id("ui-close-seal");
        assert_eq!(told(&window), [true, true, false, false]);
        for (role, expected) in [("head", [false, true, true, false]), ("member", [false, false, true, true])]
        {
            window.press_id("ui-close-countersign");
            window.press_id(&format!("ui-countersign-{role}"));
            window.type_into("ui-countersign-file", "key");
            window.type_into("ui-countersign-passphrase", "sesame");
            window.press_id("ui-countersign-go");
            assert_eq!(told(&window), expected, "{role}");
        }
    }
}

#[test]
fn the_page_is_saved_where_a_person_says_and_its_fingerprint_shown() {
    let mut window = sealed(Language::En, SMALL);
    window.press_id("ui-page-go");
    window.press("Save onto РЦОИ-17 (/media/rcoi-17)");
    let folder = "/media/rcoi-17".to_owned();
    assert_eq!(last_asked(&window), Command::Evidence(EvidenceCommand::SavePage { folder }));
    assert!(window.shows("Saved: /media/rcoi-17/verifier.html"), "{:#?}", window.texts_shown());
    let sha256 = window.fake.lock().view.live.evidence.page.as_ref().unwrap().sha256.clone();
    assert!(window.shows(&format!("{} {}", &sha256[..4], &sha256[4..8])));
    window.press_id("ui-page-beside");
    assert!(window.shows("Saved: /data/days/77-0101-2026-05-29-main/archive/verifier.html"));
}

#[test]
fn the_next_thing_to_do_is_seen_on_the_smallest_screen_without_scrolling() {
    for language in [Language::Ru, Language::En] {
        let window = stopped(language, SMALL);
        assert!(window.is_seen(&window.t("ui-close-seal")));
        let window = sealed(language, SMALL);
        let medium = match language {
            Language::Ru => "Носитель РЦОИ-17 (/media/rcoi-17), свободно 31 ГБ",
            Language::En => "Medium РЦОИ-17 (/media/rcoi-17), 31 GB free",
        };
        let ids = ["ui-close-copy", "ui-close-countersign", "ui-paper-closing-go"];
        for name in ids.map(|id| window.t(id)).iter().map(String::as_str).chain([medium]) {
            assert!(window.is_seen(name), "{name}: {:#?}", window.texts_shown());
        }
    }
}

#[test]
fn a_copy_that_lacks_a_later_signature_is_told_until_its_medium_is_in() {
    let mut window = sealed(Language::En, SMALL);
    let tell = |window: &mut Window, behind: &[&str]| {
        let mut state = window.fake.lock();
        state.view.live.copies_behind = behind.iter().map(|target| (*target).to_owned()).collect();
        state.tell();
        drop(state);
        window.settle();
    };
    tell(&mut window, &["/media/rcoi-17/77-0101-2026-05-29-main"]);
    assert!(window.shows(&window.t("ui-copy-behind-do")), "{:#?}", window.texts_shown());
    tell(&mut window, &[]);
    assert!(!window.shows(&window.t("ui-copy-behind-do")));
}
