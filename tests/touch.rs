//! The kiosk in the hands of somebody who has neither a mouse nor a keyboard: under `cage`, as an ordinary user, on
//! a touchscreen made of software. Where a control is, the accessibility bus says; all else a finger does.
//! Wants `cage`, `dbus-run-session` and Python's `gi` with Atspi; see `.ci/setup`.

#![cfg(all(feature = "window", target_os = "linux"))]

use std::sync::Arc;
use std::time::Duration;

use invigil::clock::SystemClock;
use invigil::day::{Stage, StepState};
use invigil::journal::{DayDocument, Event, Journal, JournalPlace, Record};
use invigil::station::client::{Dialogue, SocketConnection};
use invigil::station::protocol::{Command, Pin, View};

#[allow(dead_code)]
#[path = "desktop/reader.rs"]
mod reader;

use reader::{Orders, Place, Session, as_ordinary_user};

const HEAD: &str = "Берёзкина Анна Сергеевна · руководитель ППЭ";

const PATIENCE: Duration = Duration::from_secs(120);

/// The kiosk on the touchscreen, told to do this; it may end by itself.
fn kiosk(place: &Place, ends: bool, orders: &Orders) -> Session {
    let (touchscreen, data) = (place.scripts.join("touchscreen.py"), place.data());
    let program = ["/usr/bin/python3", touchscreen.to_str().unwrap(), "cage", "-d", "--"];
    let kiosk = [place.program.to_str().unwrap(), "--lang", "ru", "--data", data.to_str().unwrap()];
    let mut session = as_ordinary_user();
    session.env("WLR_BACKENDS", "wayland").env("WLR_RENDERER", "pixman").env_remove("DISPLAY");
    if ends {
        session.env("KIOSK", "1");
    }
    let mut session = Session::begin(&mut session, &[&program[..], &kiosk].concat(), place);
    session.tell(orders);
    session
}

fn dial(place: &Place) -> Dialogue {
    let connection = SocketConnection::open(&place.data()).unwrap();
    Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()))
}

/// Ends the station; what stands in the day's journal then.
fn records(place: &Place, mut station: Dialogue) -> Vec<Record> {
    let day = station.view().unwrap().day.as_ref().unwrap().id.clone();
    drop(station);
    place.end_station();
    Journal::read::<DayDocument>(&JournalPlace::day(&place.data(), &day)).unwrap().records
}

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
        .touch_id("push button", "ui-step-confirm");
    let mut session = kiosk(&place, true, &orders);
    session.wait();
    // Until the station has answered, buttons rest.
    let confirmed = |view: &View| {
        let checks = view.day.iter().flat_map(|day| day.checks.values());
        let mut steps = checks.flat_map(|check| check.steps.values());
        steps.any(|step| matches!(step.state, StepState::Done(_)))
    };
    dial(&place).wait_for(PATIENCE, confirmed).unwrap();
    let orders = Orders::new()
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
    session.tell(&orders);
    let said = session.end();
    assert!(said.ends_with("left\n"), "{said}");

    let records = records(&place, dial(&place));
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

#[test]
fn what_can_t_be_undone_takes_a_second_tap() {
    let place = Place::new();
    let mut session = kiosk(&place, false, &Orders::new().wait_id("label", "ui-sign-in-who"));
    session.wait();
    // All is recorded before a finger comes near it.
    let mut station = dial(&place);
    let head = || "point-head".parse().unwrap();
    let pin = || Pin("2580".into());
    station.ask(Command::SetPin { person: head(), pin: pin() }).unwrap();
    station.ask(Command::SignIn { person: head(), pin: pin() }).unwrap();
    station.ask(Command::PlanDay).unwrap();
    station.ask(Command::StartRecording { cameras: Vec::new() }).unwrap();
    let frames = |view: &View| view.live.cameras.values().filter(|camera| camera.frames > 4).count();
    station.wait_for(PATIENCE, |view| frames(view) == 2).unwrap();
    let stop = Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
    station.ask(stop).unwrap();
    station.wait_for(PATIENCE, |view| stage(view) == Some(Stage::Stopped)).unwrap();
    station.ask(Command::SignOut).unwrap();

    session.tell(
        &Orders::new()
            .touch("radio button", HEAD)
            .touched_pin("2580")
            .touch_id("push button", "ui-sign-in-go")
            // The tabs stand there before.
            .order("wait", "push button", "Выйти: Берёзкина Анна Сергеевна")
            .touch_id("page tab", "ui-screen-close")
            .touch_id("push button", "ui-close-seal")
            .wait_id("push button", "ui-hold-again"),
    );
    session.wait();
    // Whatever the first tap ordered is seen once this is answered.
    station.ask(Command::SignIn { person: head(), pin: pin() }).unwrap();
    let view = station.view().unwrap();
    assert_eq!((stage(view), &view.live.work), (Some(Stage::Stopped), &None));

    session.tell(&Orders::new().touch_id("push button", "ui-hold-again"));
    let sealed = |view: &View| view.live.work.as_ref().is_some_and(|work| work.finished);
    station.wait_for(PATIENCE, sealed).unwrap();
    session.end();
    let closed = records(&place, station).into_iter().filter_map(|record| match record.event {
        Event::DayClosed { .. } => Some(record.actor.person),
        _ => None,
    });
    assert_eq!(closed.collect::<Vec<_>>(), [Some(head())]);
}

fn stage(view: &View) -> Option<Stage> {
    view.day.as_ref().map(|day| day.stage)
}
