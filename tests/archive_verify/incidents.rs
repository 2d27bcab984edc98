//! What happened to the computer: a warning of the verdict, unless an access or a person explains it.

use invigil::archive::Integrity;
use invigil::journal::{Change, EquipmentChanged, EquipmentExplained, Event, Noticed, RoomRange, ThingKind};

use crate::day::*;

/// A stick that came at the record's own time, so many records after the first.
fn plugged_in(after: i64) -> Event {
    let at_ms = FIRST_MS + after * 250;
    Event::EquipmentChanged(EquipmentChanged {
        kind: ThingKind::Usb,
        place: format!("1-{after}"),
        name: "Ultra".into(),
        ident: "0781:5581".into(),
        change: Change::Appeared,
        on: true,
        times: 1,
        from_ms: at_ms,
        to_ms: at_ms,
        noticed: Noticed::AtOnce,
    })
}

fn access(access: u32) -> Event {
    let room: invigil::point::RoomNumber = "0001".parse().unwrap();
    Event::AccessOpened {
        access,
        person: "petrova".parse().unwrap(),
        second: "ivanov".parse().unwrap(),
        rooms: RoomRange { first: room.clone(), last: room },
        action: "check".into(),
        reason: "r".into(),
        time_from: "09:00".into(),
    }
}

fn closed(access: u32) -> Event {
    Event::AccessClosed { access, result: "r".into(), time_to: "09:10".into() }
}

/// Explains what this record told of; the first of `events` is record 3.
fn explained(event: u64) -> Event {
    Event::EquipmentExplained(EquipmentExplained { records: vec![3 + event], text: "мышь".into() })
}

/// Events, and how many of them nothing explains.
pub fn cases() -> Vec<(&'static str, Vec<Event>, i64)> {
    let mut before_it = plugged_in(1);
    if let Event::EquipmentChanged(changed) = &mut before_it {
        changed.from_ms -= 251;
    }
    let mut late = plugged_in(1);
    if let Event::EquipmentChanged(changed) = &mut late {
        (changed.from_ms, changed.to_ms) = (changed.from_ms - 1, changed.to_ms - 1);
    }
    vec![
        ("nothing happened", vec![access(1), closed(1)], 0),
        ("within an access", vec![access(1), plugged_in(1), closed(1)], 0),
        ("told of late", vec![access(1), closed(1), late], 0),
        ("in the moment after it", vec![access(1), closed(1), plugged_in(1)], 1),
        ("before it", vec![access(1), before_it, closed(1)], 1),
        ("after it", vec![access(1), closed(1), plugged_in(2)], 1),
        ("between two", vec![access(1), closed(1), plugged_in(2), access(2), closed(2)], 1),
        ("explained", vec![plugged_in(0), plugged_in(1), explained(0)], 1),
        ("all explained", vec![plugged_in(0), explained(0), explained(9)], 0),
    ]
}

#[test]
fn what_nothing_explains_is_counted_in_a_warning() {
    for (name, events, unexplained) in cases() {
        let report = seal_day_of(&events).verify();
        assert_eq!(report.integrity, Integrity::Valid, "{name}: {report:#?}");
        let warnings = report.warnings.iter().filter(|told| told.message.id == "archive-warning-incidents");
        let counts: Vec<_> = warnings.map(|told| told.message.args["count"].clone()).collect();
        let expected = (unexplained > 0).then(|| unexplained.into());
        assert_eq!(counts, Vec::from_iter(expected), "{name}");
    }
}
