//! The window as a screen reader meets it: from outside, over the accessibility bus, by roles and names
//! alone. So it signs in and begins the check, and so it finds the kiosk on the whole screen under `cage`.
//! Wants `Xvfb`, `cage`, `dbus-run-session` and Python's `gi` with Atspi; see `.ci/setup`.

#![cfg(all(feature = "window", target_os = "linux"))]

use std::sync::Arc;

use invigil::clock::SystemClock;
use invigil::day::StepState;
use invigil::station::client::{Dialogue, SocketConnection};
use invigil::station::protocol;

#[allow(dead_code)]
mod desktop;
#[allow(dead_code)]
#[path = "desktop/reader.rs"]
mod reader;

use desktop::display;
use reader::{Orders, Place, as_ordinary_user, read};

#[test]
fn a_screen_reader_signs_in_and_begins_the_check() {
    let place = Place::new();
    let (_server, display) = display();
    let orders = Orders::new()
        .wait_id("frame", "ui-title")
        .press("radio button", "Орлов Пётр Андреевич · технический специалист")
        .pin("2580")
        .press_id("push button", "ui-sign-in-next")
        // Until then a digit belongs to the first one still.
        .wait_id("label", "ui-sign-in-again")
        .pin("2580")
        .press_id("push button", "ui-sign-in-go")
        .press_id("push button", "ui-next-plan-go")
        .press_id("push button", "ui-code-written")
        .press_id("push button", "ui-next-check-go")
        .press_id("push button", "ui-check-start")
        // The UPS: what the computer finds out, then what a person saw.
        .press_id("push button", "ui-step-run")
        // What was pressed before is on its way once this shows.
        .press_id("push button", "ui-language-other")
        .order("wait", "push button", "Русский");
    let data = place.data();
    let program =
        [place.program.to_str().unwrap(), "--windowed", "--lang", "ru", "--data", data.to_str().unwrap()];
    read(as_ordinary_user().env("DISPLAY", display), &program, &orders, &place);

    let connection = SocketConnection::open(&data).unwrap();
    let mut station = Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()));
    let ran = |view: &protocol::View| {
        let day = view.day.as_ref();
        let check = day.and_then(|day| day.checks.get(&"two-hours-before".parse().unwrap()));
        let step = check.and_then(|check| check.steps.get(&"power".parse().unwrap()));
        step.is_some_and(|step| matches!(step.state, StepState::Done(_) | StepState::AwaitsConfirmation))
    };
    station.wait_for(std::time::Duration::from_secs(60), ran).unwrap();
    drop(station);
    place.end_station();
}

#[test]
fn the_kiosk_fills_the_screen_under_cage_and_ends_when_it_is_left() {
    let place = Place::new();
    let mut orders = Orders::new();
    // Nobody has a PIN yet, so nobody is asked for one.
    let leave = orders.texts.text("ui-leave");
    orders = orders.order("wait", "push button", &leave);
    orders.lines += "size\n";
    let orders = orders.press("push button", &leave);
    let data = place.data();
    let program = ["cage", "-d", "--", place.program.to_str().unwrap()];
    let program = [&program[..], &["--lang", "ru", "--data", data.to_str().unwrap()]].concat();
    let mut session = as_ordinary_user();
    session.env("WLR_BACKENDS", "headless").env("WLR_LIBINPUT_NO_DEVICES", "1");
    session.env("WLR_RENDERER", "pixman").env("KIOSK", "1").env_remove("DISPLAY");
    // The headless screen's own size: nothing is left for a frame or a bar.
    let said = read(&mut session, &program, &orders, &place);
    assert!(said.ends_with("1280 720\nleft\n"), "{said}");
    place.end_station();
}
