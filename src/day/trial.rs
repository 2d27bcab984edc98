//! A day for the tests of its folds.

use super::Day;
use crate::journal::{Actor, Change, EquipmentChanged, Event, Noticed, Record, RoomRange, ThingKind};
use crate::point::Plan;
use crate::signing::Digest;

pub(crate) struct Trial {
    pub day: Day,
}

impl Trial {
    pub fn new(day: Day) -> Self {
        Self { day }
    }

    /// The technician's next record.
    pub fn at(&mut self, utc_ms: i64, event: Event) {
        self.by("technician", utc_ms, event);
    }

    pub fn by(&mut self, person: &str, utc_ms: i64, event: Event) {
        self.day.apply(&record(self.day.records, person, utc_ms, event));
    }
}

pub(crate) fn record(n: u64, person: &str, utc_ms: i64, event: Event) -> Record {
    Record {
        n,
        boot: "0".repeat(16),
        mono_ms: u64::try_from(utc_ms).unwrap(),
        utc_ms,
        offset_min: 180,
        actor: Actor::person(person.parse().unwrap()),
        event,
        salt: "00".repeat(16),
        prev: Digest([0; 32]),
    }
}

pub(crate) fn trial_day() -> Day {
    let date = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let plan = Plan {
        date: date(2026, 5, 29),
        exam_start_ms: 1_000_000,
        exam_end_ms: 2_000_000,
        record_until_ms: 3_000_000,
        phases: Vec::new(),
        starts: Vec::new(),
        outage_tolerance_ms: 1_200_000,
        keep_until: date(2027, 3, 1),
    };
    Day::new("77-0101-2026-05-29-main".parse().unwrap(), plan, ["entrance".parse().unwrap()])
}

/// An access of the technician and the head to one room.
pub(crate) fn access_opened(access: u32) -> Event {
    let room: crate::point::RoomNumber = "0001".parse().unwrap();
    Event::AccessOpened {
        access,
        person: "technician".parse().unwrap(),
        second: "point-head".parse().unwrap(),
        rooms: RoomRange { first: room.clone(), last: room },
        action: "check".into(),
        reason: "r".into(),
        time_from: "08:00".into(),
    }
}

pub(crate) fn access_closed(access: u32) -> Event {
    Event::AccessClosed { access, result: "r".into(), time_to: "08:10".into() }
}

/// A USB stick that came between these times.
pub(crate) fn plugged_in(place: &str, from_ms: i64, to_ms: i64) -> Event {
    Event::EquipmentChanged(EquipmentChanged {
        kind: ThingKind::Usb,
        place: place.into(),
        name: "Stick".into(),
        ident: "1:2".into(),
        change: Change::Appeared,
        on: true,
        times: 1,
        from_ms,
        to_ms,
        noticed: Noticed::AtOnce,
    })
}
