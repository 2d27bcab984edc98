//! Whoever may only look changes nothing: every command there is, taken from the protocol itself.

use std::collections::BTreeSet;

use invigil::station::client::DialogueError;
use invigil::station::protocol::Command;
use serde_json::{Value, json};

use crate::point::*;

/// What looks, and what is anybody's own: needs no right.
const FREE: [&str; 17] = [
    "alarms",
    "accesses",
    "sign_out",
    "people/here",
    "photos/show",
    "briefings/read",
    "inventory/list",
    "papers/find_printers",
    "days/list",
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

#[test]
fn an_observer_changes_nothing_by_any_command() {
    let samples = samples();
    let sampled: BTreeSet<String> = samples.iter().map(|(name, _)| (*name).to_owned()).collect();
    let all = all();
    assert!(all.len() > 60, "{all:?}");
    assert_eq!(sampled, all, "a sample for each: may somebody who only looks do it?");

    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    let sign_in = || Command::SignIn { person: "observer".parse().unwrap(), pin: pin() };
    client.ask(sign_in()).unwrap();
    for (name, fields) in &samples {
        let before = client.view().unwrap().day.as_ref().unwrap().recording().count();
        let answer = client.ask(command(name, fields));
        if FREE.contains(name) {
            client.ask(sign_in()).unwrap();
        } else {
            let Err(DialogueError::Refused(why)) = answer else { panic!("{name}: {answer:?}") };
            assert!(why.id.starts_with("refused-"), "{name}: {why}");
        }
        assert_eq!(client.view().unwrap().day.as_ref().unwrap().recording().count(), before, "{name}");
    }
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
        assert_eq!(
            why.id,
            if name == "requests/make" { "refused-observer" } else { "refused-right" },
            "{name}"
        );
    }
    end(station);
}
