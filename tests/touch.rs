//! The kiosk in the hands of somebody who has neither a mouse nor a keyboard: under `cage`, as an ordinary user, on
//! a touchscreen made of software. Where a control is, the accessibility bus says; all else a finger does.
//! Wants `cage`, `dbus-run-session` and Python's `gi` with Atspi; see `.ci/setup`.

#![cfg(all(feature = "window", target_os = "linux"))]

use std::sync::Arc;

use invigil::clock::SystemClock;
use invigil::journal::{DayDocument, Event, Journal, JournalPlace};
use invigil::station::client::{Dialogue, SocketConnection};

#[allow(dead_code)]
#[path = "desktop/reader.rs"]
mod reader;

use reader::{Orders, Place, as_ordinary_user, read};

const HEAD: &str = "Берёзкина Анна Сергеевна · руководитель ППЭ";

#[test]
fn a_finger_does_all_from_the_sign_in_to_the_way_out() {
    let place = Place::new();
    let orders = Orders::new()
        .touch("radio button", HEAD)
        .touched_pin("2580")
        .touch_id("push button", "ui-sign-in-next")
        // Until then a digit belongs to the first one still.
        .wait_id("label", "ui-sign-in-again")
        .touched_pin("2580")
        .touch_id("push button", "ui-sign-in-go")
        .touch_id("push button", "ui-next-plan-go")
        .touch_id("push button", "ui-code-written")
        .touch_id("push button", "ui-next-check-go")
        .touch_id("push button", "ui-check-start")
        // The UPS: what the computer finds out, then what a person sees.
        .touch_id("push button", "ui-step-run")
        .touch_id("push button", "ui-step-confirm")
        .touch("push button", "Выйти: Берёзкина Анна Сергеевна")
        .wait_id("label", "ui-sign-in-who")
        // Out of the kiosk: a reason, for which the keyboard comes up, and a PIN.
        .touch_id("push button", "ui-leave")
        .touch_id("entry", "ui-kiosk-reason")
        .touch("push button", "д")
        .touch("push button", "а");
    let reason = orders.texts.text("ui-kiosk-reason");
    let orders = orders
        .order("holds", "entry", &format!("{reason}\tда"))
        .touch_id("push button", "ui-keys-away")
        .gone_id("push button", "ui-keys-away")
        .touch_id("push button", "ui-kiosk-go")
        .touch("radio button", "Берёзкина Анна Сергеевна, руководитель ППЭ")
        .touched_pin("2580")
        .touch_id("push button", "ui-consent-go");
    let data = place.data();
    let touchscreen = place.scripts.join("touchscreen.py");
    let program = ["/usr/bin/python3", touchscreen.to_str().unwrap(), "cage", "-d", "--"];
    let kiosk = [place.program.to_str().unwrap(), "--lang", "ru", "--data", data.to_str().unwrap()];
    let mut session = as_ordinary_user();
    session.env("WLR_BACKENDS", "wayland").env("WLR_RENDERER", "pixman");
    session.env("KIOSK", "1").env_remove("DISPLAY");
    let said = read(&mut session, &[&program[..], &kiosk].concat(), &orders, &place);
    assert!(said.ends_with("left\n"), "{said}");

    let connection = SocketConnection::open(&data).unwrap();
    let mut station = Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()));
    let day = station.view().unwrap().day.as_ref().unwrap().id.clone();
    drop(station);
    place.end_station();
    let records = Journal::read::<DayDocument>(&JournalPlace::day(&data, &day)).unwrap().records;
    let by_head = records.iter().filter(|record| record.actor.person == Some("point-head".parse().unwrap()));
    let told: Vec<_> = by_head
        .filter_map(|record| match &record.event {
            Event::CheckStarted { .. } => Some("check"),
            Event::StepRecorded { step, confirmed: false, .. } => Some(step.as_str()),
            Event::StepRecorded { confirmed: true, .. } => Some("confirmed"),
            Event::KioskLeft(left) => Some(left.reason.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(told, ["check", "power", "confirmed", "да"]);
}
