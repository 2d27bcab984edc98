//! Whoever may only look changes nothing: every command there is, taken from the protocol itself. And what the
//! regional centre may, which has the rights that the profile gives it, and no others.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use invigil::camera;
use invigil::point::{Person, Profile, Right, Role};
use invigil::station::Station;
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{Approval, Command};
use serde_json::{Value, json};

use crate::point::*;

/// What looks, and what is anybody's own: needs no right.
const FREE: [&str; 18] = [
    "alarms",
    "accesses",
    "sign_out",
    "people/here",
    "photos/show",
    "briefings/read",
    "inventory/list",
    "papers/find_printers",
    "days/list",
    "profile/about",
    "reference",
    "requests/list",
    "incidents/list",
    "evidence/act",
    "records",
    "watch",
    // Another PIN proves another person.
    "sign_in",
    "set_pin",
];

/// A sample of every command. One that is missing here is named by the test.
fn samples() -> Vec<(&'static str, Value)> {
    let (list, step, day) = ("two-hours-before", "antivirus", "77-0101-2026-05-29-main");
    let paper = json!({ "form": "access-log-b", "day": null, "words": "" });
    let pin = "2580";
    vec![
        ("set_pin", json!({ "person": "commission-head", "pin": pin })),
        ("sign_in", json!({ "person": "observer", "pin": pin })),
        ("sign_out", Value::Null),
        ("people/first_pin", json!({ "person": "commission-head", "code": "1", "pin": pin })),
        ("people/renew_pin", json!({ "person": "technician", "pin": pin, "reason": "r" })),
        ("people/stand_in", json!({ "replaced": "technician", "name": "N", "pin": pin, "reason": "r" })),
        ("people/here", Value::Null),
        ("people/leave", json!({ "reason": "r" })),
        ("plan_day", Value::Null),
        ("take_over", json!({ "from": { "station": "spare", "code": "", "data": "" }, "reason": "r" })),
        ("start_check", json!({ "checklist": list })),
        ("run_step", json!({ "checklist": list, "step": step })),
        ("run_automatic", json!({ "checklist": list })),
        ("confirm_step", json!({ "checklist": list, "step": step, "outcome": "passed", "note": "" })),
        ("compare_clock", json!({ "checklist": list, "step": step, "reference": "10:00:00" })),
        ("waive_step", json!({ "checklist": list, "step": step, "reason": "r" })),
        ("finish_check", json!({ "checklist": list })),
        ("photos/take", json!({ "checklist": list, "step": step, "camera": "entrance" })),
        ("photos/show", json!({ "checklist": list, "step": step })),
        ("name_exam", json!({ "date": "2026-05-29" })),
        ("briefings/read", json!({ "briefing": "fire-safety" })),
        ("briefings/sign", json!({ "briefing": "fire-safety", "version": 1 })),
        ("inventory/list", json!({ "such": "all", "words": "", "from": 0, "count": 1 })),
        ("inventory/put", json!({ "items": [] })),
        ("inventory/move", json!({ "number": "1", "act": "move", "place": "p", "holder": "", "note": "" })),
        ("inventory/replace", json!({ "old": "1", "new": "2", "reason": "r" })),
        ("inventory/set_stock", json!({ "name": "n", "unit": "u", "left": 1, "low": 0, "note": "" })),
        ("inventory/begin_count", Value::Null),
        ("inventory/found", json!({ "numbers": ["1"] })),
        ("inventory/end_count", Value::Null),
        ("papers/find_printers", Value::Null),
        ("papers/print", json!({ "paper": paper, "printer": null })),
        ("papers/save", json!({ "paper": paper, "folder": "/nowhere" })),
        ("days/list", json!({ "from": 0 })),
        ("profile/about", Value::Null),
        ("profile/read", Value::Null),
        ("profile/save", json!({ "text": "", "base": null, "logins": [] })),
        ("profile/take_up", Value::Null),
        ("profile/new_code", Value::Null),
        ("days/verify", json!({ "day": day })),
        ("days/stop_verifying", Value::Null),
        ("days/copy_to", json!({ "day": day, "target": "/nowhere" })),
        ("days/delete", json!({ "day": day, "reason": "r" })),
        ("reference", json!({ "camera": "entrance" })),
        ("approve_reference", json!({ "camera": "entrance" })),
        ("start_recording", json!({ "cameras": [] })),
        ("stop_recording", json!({ "cameras": [], "handover_done": true, "reason": "" })),
        ("replace_source", json!({ "camera": "entrance", "source": "usb:0", "reason": "r" })),
        (
            "open_access",
            json!({ "rooms": { "first": "0001", "last": "0001" }, "action": "check", "reason": "r", "time_from": "08:00" }),
        ),
        ("accesses", json!({ "from": 0, "count": 1 })),
        ("close_access", json!({ "access": 1, "result": "r", "time_to": "08:10" })),
        ("explain_access", json!({ "access": 1, "text": "t" })),
        ("correct", json!({ "record": 0, "text": "t", "reason": "r" })),
        ("code_written", json!({ "code": "K7QD-2M9X-RT4W-0FHE" })),
        ("explain_outages", json!({ "records": [1], "text": "t" })),
        ("cabinet/open", json!({ "access": 1, "initiator": "point-head", "seals": [] })),
        ("cabinet/close", json!({ "access": 1, "pak_on": true, "seals": [] })),
        ("requests/make", json!({ "room": "0001", "category": "printer", "text": "t" })),
        ("requests/pass", json!({ "request": 1, "to": "second", "reason": "r" })),
        ("requests/resolve", json!({ "request": 1, "text": "t" })),
        ("requests/list", json!({ "from": 0, "count": 1 })),
        ("incidents/explain", json!({ "records": [1], "text": "t" })),
        ("incidents/list", json!({ "from": 0, "count": 1 })),
        ("alarms", json!({ "from": 0, "count": 1 })),
        ("acknowledge_alarm", json!({ "alarm": "lost-entrance" })),
        ("seal", Value::Null),
        ("copy_to", json!({ "target": "/nowhere" })),
        ("cancel_copy", json!({ "target": "/nowhere" })),
        ("back_up", Value::Null),
        ("hand_over", json!({ "reason": "r" })),
        ("countersign", json!({ "role": "head", "file": "/nowhere", "passphrase": "" })),
        ("evidence/act", json!({ "which": "opening" })),
        ("evidence/find_signing_files", json!({ "home": "/nowhere" })),
        ("evidence/save_page", json!({ "folder": "/nowhere" })),
        ("records", json!({ "from": 0, "count": 1 })),
        ("watch", json!({ "cameras": [], "width": 320 })),
        ("shutdown", Value::Null),
    ]
}

/// As the wire has it: `name`, `{name: fields}`, `{topic: name}` or `{topic: {name: fields}}`.
fn command(name: &str, fields: &Value) -> Command {
    let one = |name: &str, fields: &Value| match fields {
        Value::Null => json!(name),
        fields => json!({ name: fields }),
    };
    let value = match name.split_once('/') {
        Some((topic, name)) => json!({ topic: one(name, fields) }),
        None => one(name, fields),
    };
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The variants that serde knows where `?` stands in `value`; none where it expects something else.
fn variants(value: &Value) -> Vec<String> {
    let error = serde_json::from_value::<Command>(value.clone()).unwrap_err().to_string();
    let Some((_, expected)) = error.split_once("unknown variant `?`, expected") else { return Vec::new() };
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every command of the protocol, `topic/name` where a topic has several.
fn all() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for name in variants(&json!("?")) {
        match variants(&json!({ &name: "?" })) {
            of_topic if of_topic.is_empty() => drop(all.insert(name)),
            of_topic => all.extend(of_topic.into_iter().map(|one| format!("{name}/{one}"))),
        }
    }
    all
}

/// The demo point with somebody of the regional centre, who has these rights.
fn with_centre(rights: &[Right]) -> Profile {
    let mut profile = profile();
    profile.people.push(Person {
        id: "centre".parse().unwrap(),
        name: "Громова Вера Павловна".into(),
        post: "специалист РЦОИ".into(),
        role: Role::RegionalCentre,
        first_pin_code: None,
    });
    profile.rights.0.insert(Role::RegionalCentre, rights.iter().copied().collect());
    profile
}

fn sign_in_as(client: &mut Dialogue, person: &str) {
    client.ask(Command::SignIn { person: person.parse().unwrap(), pin: pin() }).unwrap();
}

/// A station that records, with this person at it.
fn recording_before(folder: &Path, profile: Profile, person: &str) -> (Station, Dialogue) {
    let station = start_with(folder, profile, TestClock::new(), Arc::new(camera::open));
    let mut client = recording(&station);
    if person == "centre" {
        client.ask(Command::SetPin { person: person.parse().unwrap(), pin: pin() }).unwrap();
    }
    sign_in_as(&mut client, person);
    (station, client)
}

/// Tries every command, with the head's consent and without; all but the `free` ones are refused.
fn changes_nothing(person: &str, free: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let (station, mut client) = recording_before(folder.path(), with_centre(&[]), person);
    for (name, fields) in &samples() {
        for consent in [None, head()] {
            let before = client.view().unwrap().day.as_ref().unwrap().recording().count();
            // Who supervises, or has read a briefing, is the one whose PIN it is, whoever sits there.
            let of_the_pin = name.starts_with("people/") || *name == "briefings/sign";
            if of_the_pin && consent.is_some() {
                continue;
            }
            let answer = client.ask_with(command(name, fields), consent);
            if free.contains(name) {
                sign_in_as(&mut client, person);
            } else {
                let Err(DialogueError::Refused(why)) = answer else { panic!("{name}: {answer:?}") };
                assert!(why.id.starts_with("refused-"), "{name}: {why}");
            }
            assert_eq!(client.view().unwrap().day.as_ref().unwrap().recording().count(), before, "{name}");
        }
    }
    end(station);
}

#[test]
fn every_command_has_a_sample() {
    let sampled: BTreeSet<String> = samples().iter().map(|(name, _)| (*name).to_owned()).collect();
    let all = all();
    assert!(all.len() > 60, "{all:?}");
    assert_eq!(sampled, all, "a sample for each: may somebody who only looks do it?");
}

#[test]
fn an_observer_changes_nothing_by_any_command() {
    changes_nothing("observer", &FREE);
}

#[test]
fn the_regional_centre_changes_nothing_that_the_profile_does_not_let_it() {
    changes_nothing("centre", &[&FREE[..], &["requests/make"]].concat());
}

/// It is there for the archives: with that right, and with no other.
#[test]
fn the_regional_centre_may_what_the_profile_lets_it() {
    let folder = tempfile::tempdir().unwrap();
    let profile = with_centre(&[Right::Seal]);
    let (station, mut client) = recording_before(folder.path(), profile, "centre");
    let stick = tempfile::tempdir().unwrap();
    client.ask(Command::CopyTo { target: stick.path().display().to_string() }).unwrap();
    let refused = |client: &mut Dialogue, name: &str, consent| {
        let samples = samples();
        let (_, fields) = samples.iter().find(|(known, _)| *known == name).unwrap();
        match client.ask_with(command(name, fields), consent) {
            Err(DialogueError::Refused(why)) => why.id,
            answer => panic!("{name}: {answer:?}"),
        }
    };
    for name in ["start_check", "stop_recording", "open_access", "correct", "inventory/begin_count"] {
        assert_eq!(refused(&mut client, name, None), "refused-right", "{name}");
    }
    // It signs no access as the second person, either.
    sign_in(&mut client);
    let centre = Approval { person: "centre".parse().unwrap(), pin: pin() };
    assert_eq!(refused(&mut client, "open_access", Some(centre)), "refused-second-signer");
    end(station);
}

/// Refused for the right reason even when everything else about the command is in order.
#[test]
fn what_the_technician_could_do_now_the_observer_can_not() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    client.ask(Command::SignIn { person: "observer".parse().unwrap(), pin: pin() }).unwrap();
    for (name, fields) in samples() {
        let now = [
            "plan_day",
            "start_check",
            "approve_reference",
            "stop_recording",
            "open_access",
            "correct",
            "inventory/begin_count",
            "papers/save",
            "copy_to",
            "back_up",
            "requests/make",
            "people/leave",
            "shutdown",
        ];
        if !now.contains(&name) {
            continue;
        }
        let answer = client.ask(command(name, &fields));
        let Err(DialogueError::Refused(why)) = answer else { panic!("{name}: {answer:?}") };
        let expected = match name {
            "requests/make" => "refused-observer",
            "people/leave" => "refused-right",
            _ => "refused-looks-only",
        };
        assert_eq!(why.id, expected, "{name}");
    }
    end(station);
}
