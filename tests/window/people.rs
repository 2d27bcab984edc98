//! People at the window: one-time codes, pauses, forgotten PINs, stand-ins, the lock, the kiosk's exit.

use eframe::egui::{self, Key};
use invigil::i18n::{Language, Message};
use invigil::point::PersonId;
use invigil::station::protocol::{Command, FirstPin, PeopleCommand, Pin};

use crate::driver::{USUAL, Window};
use crate::fake::CODE;

const TECHNICIAN: &str = "Орлов Пётр Андреевич · технический специалист";
const HEAD: &str = "Берёзкина Анна Сергеевна · руководитель ППЭ";
const MEMBER: &str = "Лугов Игорь Павлович, член ГЭК";
const OBSERVER: &str = "Полянский Роман Олегович, общественный наблюдатель";

fn technician() -> PersonId {
    "technician".parse().unwrap()
}

fn newest(window: &Window) -> Command {
    window
        .fake
        .lock()
        .asked
        .iter()
        .rev()
        .find(|asked| !matches!(asked, Command::Watch { .. }))
        .unwrap()
        .clone()
}

/// A computer without a graphics card draws slower than a person taps.
#[test]
fn each_digit_of_a_pin_counts_that_is_tapped_within_one_frame() {
    let mut window = Window::open(Language::Ru);
    window.press(TECHNICIAN);
    for go_on in ["ui-sign-in-next", "ui-sign-in-go"] {
        window.tap_within_a_frame(&["2", "5", "5", "2"]);
        window.press_id(go_on);
    }
    let pin = Pin("2552".into());
    assert_eq!(newest(&window), Command::SignIn { person: technician(), pin });
}

#[test]
fn a_first_pin_takes_the_code_from_the_envelope() {
    let mut window = Window::open(Language::Ru);
    {
        let mut fake = window.fake.lock();
        fake.view.point.people[0].first_pin = FirstPin::Code;
        fake.tell();
    }
    window.settle();
    window.press(TECHNICIAN);
    for (code, taken) in [("111111111111", false), (CODE, true)] {
        assert!(window.shows(&window.t("ui-sign-in-code")));
        window.digits(code);
        window.press_id("ui-sign-in-next");
        window.digits("1234");
        window.press_id("ui-sign-in-next");
        window.digits("1234");
        window.press_id("ui-sign-in-go");
        assert_eq!(window.shows(&window.t("refused-wrong-code")), !taken);
    }
    assert!(window.can_press("ui-next-plan-go"), "signed in with the new PIN at once");
}

#[test]
fn a_pause_after_wrong_pins_counts_down_and_leaves_the_other_ways() {
    let mut window = Window::open(Language::En);
    {
        let mut fake = window.fake.lock();
        let until_ms = crate::fake::MORNING_MS + 90_000;
        fake.view.point.people[1].waits_until_ms = Some(until_ms);
        fake.tell();
    }
    window.settle();
    window.press(HEAD);
    assert!(window.shows("Wait 1 min 30 s"), "{:?}", window.texts_shown());
    window.digits("1234");
    assert!(!window.can_press("ui-sign-in-go"));
    assert!(window.can_press("ui-sign-in-forgotten"));
    window.pass(2);
    assert!(window.can_press("ui-sign-in-go"), "the pause is over");
}

#[test]
fn a_consent_that_nobody_here_may_give_says_so() {
    let mut window = Window::open(Language::Ru);
    window.fake.lock().view.point.people.iter_mut().for_each(|person| person.rights.clear());
    window.begin_recording();
    window.press_id("ui-cameras-stop");
    window.press("Штаб (1)");
    window.type_into("ui-stop-reason", "Пожарная тревога");
    window.press_id("ui-stop-go");
    assert!(window.shows(&window.t("ui-consent-nobody")));
}

#[test]
fn a_forgotten_pin_and_an_ill_person_take_the_consent_of_another() {
    let mut window = Window::open(Language::Ru);
    window.press(HEAD);
    window.press_id("ui-sign-in-forgotten");
    window.type_into("ui-new-pin-reason", "забыла дома записку");
    window.press_id("ui-new-pin-next");
    window.digits("1234");
    window.press_id("ui-new-pin-next");
    window.digits("9999");
    window.press_id("ui-new-pin-go");
    assert!(window.shows(&window.t("ui-sign-in-differed")));
    window.digits("1234");
    window.press_id("ui-new-pin-next");
    window.digits("1234");
    window.press_id("ui-new-pin-go");
    let observer = Message::new("ui-consent-no-pin").with("person", OBSERVER);
    assert!(!window.shows(&window.say(observer)), "who has not the right is not offered");
    window.press(MEMBER);
    window.digits("1234");
    window.press_id("ui-consent-go");
    assert_eq!(window.harness.state().model().signed_in().unwrap().id.as_str(), "point-head");

    window.press(&window.leave("Берёзкина Анна Сергеевна"));
    window.press(TECHNICIAN);
    window.press_id("ui-sign-in-stand-in");
    window.type_into("ui-stand-in-name", "Соколова Вера Ильинична");
    window.type_into("ui-stand-in-reason", "заболел");
    window.press_id("ui-new-pin-next");
    window.digits("4321");
    window.press_id("ui-new-pin-next");
    window.digits("4321");
    window.press_id("ui-new-pin-go");
    window.head_consents();
    let (name, reason) = ("Соколова Вера Ильинична".to_owned(), "заболел".to_owned());
    let stand_in = PeopleCommand::StandIn { replaced: technician(), name, pin: Pin("4321".into()), reason };
    assert_eq!(newest(&window), Command::People(stand_in));
    assert!(window.shows("Соколова Вера Ильинична · технический специалист"));
    assert!(!window.shows(TECHNICIAN), "who was replaced is not offered");
}

#[test]
fn a_locked_window_keeps_what_was_typed_for_whoever_typed_it() {
    let mut window = Window::open(Language::Ru);
    window.begin_day();
    window.key(Key::F4);
    window.press_id("ui-access-open");
    window.type_into("ui-access-reason", "Сорвана пломба");
    let lock = |window: &mut Window| {
        let mut fake = window.fake.lock();
        fake.view.locked = fake.view.signed_in.take();
        fake.tell();
        drop(fake);
        window.settle();
    };
    let typed = |window: &Window| window.texts_shown().iter().any(|text| text == "Сорвана пломба");
    assert!(typed(&window));
    lock(&mut window);
    assert!(window.shows(&window.t("ui-sign-in-locked")) && !typed(&window));
    window.digits("1234");
    window.press_id("ui-sign-in-go");
    assert!(typed(&window), "{:?}", window.texts_shown());

    lock(&mut window);
    window.press(HEAD);
    window.digits("1234");
    window.press_id("ui-sign-in-go");
    assert!(!typed(&window));
    window.press_id("ui-access-open");
    assert!(!typed(&window), "gone for good");
}

#[test]
fn leaving_the_kiosk_takes_a_reason_and_the_heads_pin() {
    let mut window = Window::kiosk(egui_kittest::Harness::builder().with_size(USUAL), Language::Ru);
    window.press_id("ui-leave");
    close(&mut window);
    assert!(window.shows(&window.t("ui-kiosk-text")), "{:?}", window.texts_shown());
    window.type_into("ui-kiosk-reason", "обновление");
    window.press_id("ui-kiosk-go");
    window.head_consents();
    let leave = PeopleCommand::Leave { reason: "обновление".into() };
    assert_eq!(newest(&window), Command::People(leave));
}

#[test]
fn enter_after_the_digits_means_the_pin_though_the_person_still_has_the_keyboard() {
    let mut window = Window::kiosk(egui_kittest::Harness::builder().with_size(USUAL), Language::Ru);
    window.focus(HEAD);
    for digits in ["", "1234", "1234"] {
        window.digits(digits);
        window.key(Key::Enter);
    }
    assert!(window.can_press("ui-next-plan-go"), "{:?}", window.texts_shown());
    let out = window.leave("Берёзкина Анна Сергеевна");
    window.press(&out);
    window.press_id("ui-leave");
    close(&mut window);
    window.type_into("ui-kiosk-reason", "обновление");
    window.press_id("ui-kiosk-go");
    window.focus("Берёзкина Анна Сергеевна, руководитель ППЭ");
    for digits in ["", "1234"] {
        window.digits(digits);
        window.key(Key::Enter);
    }
    let leave = PeopleCommand::Leave { reason: "обновление".into() };
    assert_eq!(newest(&window), Command::People(leave));
}

/// Without a screen nobody asks the window to close: what the system would send.
fn close(window: &mut Window) {
    let viewport = window.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    window.harness.run_steps(1);
    let viewport = window.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    viewport.events.clear();
    window.settle();
}

#[test]
fn nobody_is_shut_in_by_a_kiosk_without_a_head() {
    let mut window = Window::kiosk(egui_kittest::Harness::builder().with_size(USUAL), Language::En);
    {
        let mut fake = window.fake.lock();
        fake.view.point.people.iter_mut().for_each(|person| person.has_pin = false);
        fake.tell();
    }
    window.settle();
    close(&mut window);
    assert!(!window.shows(&window.say(Message::new("ui-kiosk-text"))));
}
