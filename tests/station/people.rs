//! First PINs, wrong PINs, forgotten PINs, stand-ins and windows that nobody touches.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use invigil::camera;
use invigil::i18n::Message;
use invigil::journal::{DayDocument, Event, Journal, JournalPlace, PointDocument, Record};
use invigil::point::{FirstPinRule, PersonId, Profile};
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{Approval, Command, FirstPin, PeopleCommand, Pin, View};
use invigil::station::{Station, one_time_code};

use crate::point::*;

fn id(person: &str) -> PersonId {
    person.parse().unwrap()
}

fn digits(digits: &str) -> Pin {
    Pin(digits.to_owned())
}

fn by(person: &str) -> Option<Approval> {
    Some(Approval { person: id(person), pin: pin() })
}

fn refusal(client: &mut Dialogue, command: Command, approval: Option<Approval>) -> Message {
    match client.ask_with(command, approval) {
        Err(DialogueError::Refused(message)) => message,
        other => panic!("not refused: {other:?}"),
    }
}

fn refused(client: &mut Dialogue, command: Command, approval: Option<Approval>) -> String {
    refusal(client, command, approval).id
}

fn set_pin(person: &str) -> Command {
    Command::SetPin { person: id(person), pin: pin() }
}

fn sign_in_as(person: &str, digits: &str) -> Command {
    Command::SignIn { person: id(person), pin: Pin(digits.to_owned()) }
}

fn of_point(folder: &Path) -> Vec<Record> {
    Journal::read::<PointDocument>(&JournalPlace::point(folder)).unwrap().records
}

fn start_as(folder: &Path, profile: Profile, clock: &Arc<TestClock>) -> Station {
    start_with(folder, profile, Arc::clone(clock), Arc::new(camera::open))
}

#[test]
fn a_first_pin_takes_the_code_or_a_witness() {
    let (code, hash) = one_time_code().unwrap();
    let mut profile = profile();
    profile.sign_in.first_pin = FirstPinRule::Witnessed;
    let head = profile.people.iter_mut().find(|person| person.id.as_str() == "point-head").unwrap();
    head.first_pin_code = Some(hash.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let station = start_as(folder.path(), profile, &TestClock::new());
    let mut client = connect(&station);
    let people: Vec<_> = client.view().unwrap().point.people.iter().map(|person| person.first_pin).collect();
    assert_eq!(people[..3], [FirstPin::Witness, FirstPin::Code, FirstPin::Witness]);

    assert_eq!(refused(&mut client, set_pin("technician"), None), "refused-right");
    assert_eq!(refused(&mut client, set_pin("point-head"), None), "refused-code-needed");
    let first = |person: &str, code: &Pin| {
        Command::People(PeopleCommand::FirstPin { person: id(person), code: code.clone(), pin: pin() })
    };
    assert_eq!(refused(&mut client, first("technician", &code), None), "refused-no-first-code");
    assert_eq!(
        refused(&mut client, first("point-head", &digits("000000000000")), None),
        "refused-wrong-code"
    );
    client.ask(first("point-head", &code)).unwrap();
    assert_eq!(refused(&mut client, first("point-head", &code), None), "refused-pin-set");
    assert_eq!(refused(&mut client, set_pin("technician"), by("technician")), "refused-own-supervision");
    client.ask_with(set_pin("technician"), by("point-head")).unwrap();
    // Who has a PIN now may not supervise.
    assert_eq!(refused(&mut client, set_pin("observer"), by("technician")), "refused-right");
    end(station);

    let told = of_point(folder.path());
    assert!(told.iter().any(
        |record| matches!(&record.event, Event::SignInFailed { person } if person.as_str() == "point-head")
    ));
    let witnessed = told
        .iter()
        .find(|record| matches!(&record.event, Event::PinSet { person } if person.as_str() == "technician"));
    assert_eq!(witnessed.unwrap().actor.approved_by, Some(id("point-head")));
}

#[test]
fn without_any_code_the_first_supervisor_needs_nobody() {
    let mut profile = profile();
    profile.sign_in.first_pin = FirstPinRule::Witnessed;
    let folder = tempfile::tempdir().unwrap();
    let station = start_as(folder.path(), profile, &TestClock::new());
    let mut client = connect(&station);
    assert_eq!(refused(&mut client, set_pin("technician"), None), "refused-right");
    client.ask(set_pin("commission-member")).unwrap();
    assert_eq!(refused(&mut client, set_pin("point-head"), None), "refused-right");
    client.ask_with(set_pin("point-head"), by("commission-member")).unwrap();
    end(station);
}

#[test]
fn wrong_pins_make_a_pause_that_neither_clock_nor_restart_shortens() {
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    let station = start_as(folder.path(), profile(), &clock);
    let mut client = connect(&station);
    begin_day(&mut client);
    for expected in ["refused-wrong-pin", "refused-wrong-pin", "refused-wrong-and-wait"] {
        assert_eq!(refused(&mut client, sign_in_as("point-head", "0000"), None), expected);
    }
    // The right one is not even tried, at the sign-in or as a consent.
    assert_eq!(refused(&mut client, sign_in_as("point-head", "2580"), None), "refused-wait");
    let start = Command::StartRecording { cameras: Vec::new() };
    assert_eq!(refused(&mut client, start, head()), "refused-wait");
    clock.set_ahead(86_400_000);
    assert_eq!(refused(&mut client, sign_in_as("point-head", "2580"), None), "refused-wait");
    clock.set_ahead(0);
    let waits = |view: &View| view.point.people[1].waits_until_ms.is_some();
    client.wait_for(PATIENCE, waits).unwrap();
    client.ask(sign_in_as("technician", "2580")).unwrap();
    end(station);

    let station = start_as(folder.path(), profile(), &clock);
    let mut client = connect(&station);
    let wait = refusal(&mut client, sign_in_as("point-head", "2580"), None);
    assert_eq!(wait.id, "refused-wait");
    clock.skip(Duration::from_secs(31));
    let fourth = refusal(&mut client, sign_in_as("point-head", "0000"), None);
    assert_eq!(fourth, Message::new("refused-wrong-and-wait").with("seconds", 60_u32));
    clock.skip(Duration::from_secs(61));
    client.ask(sign_in_as("point-head", "2580")).unwrap();
    let over = |view: &View| view.point.people[1].waits_until_ms.is_none();
    client.wait_for(PATIENCE, over).unwrap();
    assert_eq!(refused(&mut client, sign_in_as("point-head", "0000"), None), "refused-wrong-pin");
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    end(station);

    let read = Journal::read::<DayDocument>(&JournalPlace::day(folder.path(), &day)).unwrap();
    let failures = read.records.iter().filter(|record| matches!(record.event, Event::SignInFailed { .. }));
    assert_eq!(failures.count(), 5, "every failure, and nothing that was not tried");
    let pauses = read.records.iter().filter_map(|record| match &record.event {
        Event::SignInPaused(paused) => Some((paused.failures, paused.seconds)),
        _ => None,
    });
    assert_eq!(pauses.collect::<Vec<_>>(), [(3, 30), (4, 60)]);
}

#[test]
fn a_forgotten_pin_is_renewed_by_another_and_never_for_oneself() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let renew = |person: &str| {
        let reason = "забыт".to_owned();
        Command::People(PeopleCommand::RenewPin { person: id(person), pin: digits("4711"), reason })
    };
    assert_eq!(refused(&mut client, renew("technician"), None), "refused-right");
    assert_eq!(refused(&mut client, renew("technician"), by("technician")), "refused-own-supervision");
    assert_eq!(refused(&mut client, renew("technician"), by("observer")), "refused-right");
    assert_eq!(refused(&mut client, renew("point-head"), head()), "refused-own-supervision");
    let wrong = Some(Approval { person: id("point-head"), pin: digits("1111") });
    assert_eq!(refused(&mut client, renew("technician"), wrong), "refused-wrong-pin");
    let short = PeopleCommand::RenewPin { person: id("technician"), pin: digits("12"), reason: "r".into() };
    assert_eq!(refused(&mut client, Command::People(short), head()), "refused-not-a-pin");
    client.ask_with(renew("technician"), head()).unwrap();
    assert_eq!(refused(&mut client, Command::PlanDay, None), "refused-sign-in", "signed out by it");
    assert_eq!(refused(&mut client, sign_in_as("technician", "2580"), None), "refused-wrong-pin");
    client.ask(sign_in_as("technician", "4711")).unwrap();
    end(station);
    let told = of_point(folder.path());
    let renewed = told.iter().find(|record| matches!(record.event, Event::PinRenewed(..))).unwrap();
    assert_eq!(renewed.actor.approved_by, Some(id("point-head")));
}

#[test]
fn somebody_stands_in_for_a_day_and_is_known_by_its_archive() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let stand_in = |replaced: &str, name: &str| {
        let (name, reason) = (name.to_owned(), "заболел".to_owned());
        Command::People(PeopleCommand::StandIn { replaced: id(replaced), name, pin: digits("9753"), reason })
    };
    assert_eq!(
        refused(&mut client, stand_in("technician", "Соколова В. И."), by("technician")),
        "refused-own-supervision"
    );
    client.ask_with(stand_in("technician", "Соколова В. И."), head()).unwrap();
    assert_eq!(refused(&mut client, sign_in_as("technician", "2580"), None), "refused-away");
    client.ask(sign_in_as("technician-2", "9753")).unwrap();
    client.ask(Command::PlanDay).unwrap();
    // The commission member brings in another head while the day is open.
    client.ask_with(stand_in("point-head", "Громов Б. Б."), by("commission-member")).unwrap();
    let start = Command::StartRecording { cameras: Vec::new() };
    assert_eq!(refused(&mut client, start.clone(), head()), "refused-away");
    client.ask(start).unwrap();
    let stop = Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
    let new_head = Some(Approval { person: id("point-head-2"), pin: digits("9753") });
    client.ask_with(stop, new_head).unwrap();
    wait_until_stopped(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    end(station);

    let read = Journal::read::<DayDocument>(&JournalPlace::day(folder.path(), &day)).unwrap();
    let first: Vec<&str> = read.document.people.iter().take(2).map(|person| person.name.as_str()).collect();
    assert_eq!(first, ["Соколова В. И.", "Орлов Пётр Андреевич"]);
    let names = read.records.iter().filter_map(|record| match &record.event {
        Event::PersonReplaced(told) => Some(told.name.as_str()),
        _ => None,
    });
    assert_eq!(names.collect::<Vec<_>>(), ["Громов Б. Б."]);

    // The day after, everybody is back, and the ids of those who stood in stay theirs.
    std::fs::remove_dir_all(folder.path().join("days").join(day.as_str())).unwrap();
    let station = start_on(folder.path(), 1);
    let mut client = connect(&station);
    client.ask(sign_in_as("technician", "2580")).unwrap();
    assert_eq!(refused(&mut client, sign_in_as("technician-2", "9753"), None), "refused-unknown-person");
    client.ask_with(stand_in("technician", "Ещё Один"), head()).unwrap();
    assert!(client.view().unwrap().point.people.iter().any(|person| person.id.as_str() == "technician-3"));
    end(station);
}

#[test]
fn a_window_that_nobody_touches_is_locked_and_the_recording_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    let station = start_as(folder.path(), profile(), &clock);
    let mut other = connect(&station);
    let mut client = recording(&station);
    sign_in(&mut other);
    client.ask(Command::People(PeopleCommand::Here)).unwrap();
    clock.skip(Duration::from_secs(9 * 60));
    client.ask(Command::People(PeopleCommand::Here)).unwrap();
    clock.skip(Duration::from_secs(9 * 60));
    client.ask(Command::AcknowledgeAlarm { alarm: "none".into() }).unwrap_err();
    assert!(client.view().unwrap().locked.is_none());
    clock.skip(Duration::from_secs(61));
    let locked = |view: &View| view.locked.as_ref().is_some_and(|person| person.as_str() == "technician");
    let view = client.wait_for(PATIENCE, locked).unwrap();
    assert!(view.signed_in.is_none() && view.day.as_ref().unwrap().recording().count() == 2);
    assert_eq!(refused(&mut client, Command::BackUp, None), "refused-sign-in");
    client.ask(sign_in_as("technician", "2580")).unwrap();
    let unlocked = |view: &View| view.locked.is_none() && view.signed_in.is_some();
    client.wait_for(PATIENCE, unlocked).unwrap();
    // A command that never said that somebody sits there is left alone.
    assert!(other.view().unwrap().signed_in.is_some());
    end(station);
}
