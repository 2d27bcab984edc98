//! The exam day's fold, as properties over any sequence of events.

use std::collections::BTreeSet;

use invigil::day::rules::{Action, Refusal, allowed};
use invigil::day::{AccessEnd, Day, Severity, Stage};
use invigil::i18n::Message;
use invigil::journal::{
    Actor, Change, DiskLevel, EquipmentChanged, EquipmentExplained, Event, Link, Noticed, OutageLevel,
    Outcome, Record, RoomRange, ThingKind,
};
use invigil::point::{CameraId, Plan};
use invigil::signing::Digest;
use proptest::prelude::*;

fn cameras() -> [CameraId; 3] {
    ["entrance", "corridor", "usb-0"].map(|id| id.parse().unwrap())
}

fn day() -> Day {
    let plan = Plan {
        date: chrono::NaiveDate::from_ymd_opt(2026, 5, 29).unwrap(),
        exam_start_ms: 1_000_000,
        exam_end_ms: 2_000_000,
        record_until_ms: 3_000_000,
        phases: Vec::new(),
        starts: Vec::new(),
        outage_tolerance_ms: 1_200_000,
        keep_until: chrono::NaiveDate::from_ymd_opt(2027, 3, 1).unwrap(),
    };
    Day::new("77-0101-2026-05-29-main".parse().unwrap(), plan, cameras())
}

fn record(n: u64, event: Event) -> Record {
    Record {
        n,
        boot: "0123456789abcdef".into(),
        mono_ms: n * 10,
        utc_ms: 500_000 + n as i64 * 10,
        offset_min: 180,
        actor: Actor::person("technician".parse().unwrap()),
        event,
        salt: "00".repeat(16),
        prev: Digest([0; 32]),
    }
}

fn camera() -> impl Strategy<Value = CameraId> {
    // The fourth is none of the day's.
    (0..4usize).prop_map(|i| cameras().get(i).cloned().unwrap_or_else(|| "stranger".parse().unwrap()))
}

fn recording_event() -> impl Strategy<Value = Event> {
    let some = || proptest::collection::vec(camera(), 0..3);
    let cause = || Message::new("camera-stalled");
    prop_oneof![
        some().prop_map(|cameras| Event::RecordingStarted { cameras }),
        some().prop_map(|cameras| Event::StopOrdered { cameras, handover_done: true, reason: String::new() }),
        camera().prop_map(|camera| Event::RecordingStopped { camera }),
        camera().prop_map(|camera| Event::CameraWorks {
            camera,
            width: 640,
            height: 480,
            detail: "x".into()
        }),
        camera().prop_map(|camera| Event::SoundWorks { camera, detail: "x".into() }),
        camera().prop_map(move |camera| Event::SoundLost { camera, cause: cause() }),
        camera().prop_map(|camera| Event::SoundSilent { camera, from_ms: 7 }),
        camera().prop_map(|camera| Event::SoundHeard { camera, from_ms: 7, to_ms: 8 }),
        camera().prop_map(move |camera| Event::CameraLost { camera, last_frame_ms: Some(7), cause: cause() }),
        (camera(), 0..9_000i64).prop_map(move |(camera, length)| Event::Gap {
            camera,
            from_ms: 1_000,
            to_ms: 1_000 + length,
            cause: cause()
        }),
        (camera(), 0..9u32).prop_map(|(camera, segment)| Event::SegmentTaken { camera, segment, part: 1 }),
        Just(Event::DiskLow { level: DiskLevel::Low, free_bytes: 1, needed_bytes: 2 }),
        Just(Event::DiskLow { level: DiskLevel::Critical, free_bytes: 1, needed_bytes: 2 }),
        Just(Event::DiskRecovered { free_bytes: 3 }),
        (0..5_000i64).prop_map(|step_ms| Event::ClockStepped { step_ms }),
        (camera(), 0..3u8).prop_map(|(camera, level)| Event::OutageEscalated {
            camera,
            level: [OutageLevel::Technician, OutageLevel::Head, OutageLevel::Limit][usize::from(level)],
        }),
        camera().prop_map(move |camera| Event::RecordingFault { camera, cause: cause() }),
        (camera(), 400_000..600_000i64).prop_map(move |(camera, from_ms)| Event::OutageBegan {
            camera,
            from_ms,
            cause: cause()
        }),
        (camera(), 400_000..600_000i64).prop_map(|(camera, to_ms)| Event::OutageEnded { camera, to_ms }),
        (0..40u64).prop_map(|record| Event::OutageExplained { records: vec![record], text: "t".into() }),
        (0..4u32, 400_000..600_000i64).prop_map(|(place, at_ms)| Event::EquipmentChanged(EquipmentChanged {
            kind: ThingKind::Usb,
            place: place.to_string(),
            name: "x".into(),
            ident: String::new(),
            change: Change::Appeared,
            on: true,
            times: 1,
            from_ms: at_ms,
            to_ms: at_ms,
            noticed: Noticed::AtOnce,
        })),
        (0..40u64).prop_map(|record| Event::EquipmentExplained(EquipmentExplained {
            records: vec![record],
            text: "t".into()
        })),
        Just(Event::TimeZoneChanged { from_min: 180, to_min: 300 }),
        Just(Event::AlarmAcknowledged { alarm: "lost-entrance".into() }),
        Just(Event::StationStarted { version: "1".into(), restart: 1, link: Link::Unlinked }),
    ]
}

fn people_event() -> impl Strategy<Value = Event> {
    let checklist = || Just("two-hours-before".parse().unwrap());
    let step = || (0..3u8).prop_map(|i| format!("step-{i}").parse().unwrap());
    let outcome = prop_oneof![Just(Outcome::Passed), Just(Outcome::Failed), Just(Outcome::Unknown)];
    prop_oneof![
        checklist().prop_map(|checklist| Event::CheckStarted { checklist, version: 1 }),
        (checklist(), step(), outcome, any::<bool>()).prop_map(|(checklist, step, outcome, confirmed)| {
            let (finding, evidence, note) = (None, Vec::new(), String::new());
            Event::StepRecorded { checklist, step, outcome, confirmed, finding, evidence, note }
        }),
        (checklist(), step()).prop_map(|(checklist, step)| Event::StepWaived {
            checklist,
            step,
            reason: "r".into()
        }),
        (1..4u32).prop_map(|access| Event::AccessOpened {
            access,
            person: "technician".parse().unwrap(),
            second: "head".parse().unwrap(),
            rooms: RoomRange { first: "0001".parse().unwrap(), last: "0003".parse().unwrap() },
            action: "check".into(),
            reason: "r".into(),
            time_from: "08:00".into(),
        }),
        (1..4u32).prop_map(|access| Event::AccessClosed {
            access,
            result: "r".into(),
            time_to: "08:10".into()
        }),
        (1..4u32).prop_map(|access| Event::AccessExplained { access, text: "t".into() }),
        (0..20u64).prop_map(|record| Event::Corrected { record, text: "t".into(), reason: "r".into() }),
        (0..3u8).prop_map(|i| Event::CodeShown { code: format!("CODE-{i}"), size: 4 }),
        (0..3u8).prop_map(|i| Event::CodeWritten { code: format!("CODE-{i}") }),
    ]
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    proptest::collection::vec(prop_oneof![recording_event(), people_event()], 0..60)
}

/// The fold of these events, record by record.
fn fold(events: &[Event]) -> Day {
    let mut day = day();
    for (n, event) in events.iter().enumerate() {
        day.apply(&record(n as u64, event.clone()));
    }
    day
}

proptest! {
    #[test]
    fn a_day_sent_and_read_at_any_point_goes_on_as_it_was(events in events(), cut in 0..60usize) {
        let cut = cut.min(events.len());
        let first = fold(&events[..cut]);
        let mut sent: Day = serde_json::from_str(&serde_json::to_string(&first).unwrap()).unwrap();
        for (n, event) in events.iter().enumerate().skip(cut) {
            sent.apply(&record(n as u64, event.clone()));
        }
        prop_assert_eq!(sent, fold(&events));
    }

    #[test]
    fn what_records_is_what_was_started_and_not_stopped(events in events()) {
        let mut expected = BTreeSet::new();
        for event in &events {
            match event {
                Event::RecordingStarted { cameras: started } => {
                    expected.extend(started.iter().filter(|id| cameras().contains(id)).cloned());
                }
                Event::RecordingStopped { camera } => {
                    expected.remove(camera);
                }
                _ => {}
            }
        }
        let day = fold(&events);
        prop_assert_eq!(day.recording().cloned().collect::<BTreeSet<_>>(), expected);
        prop_assert_eq!(day.records, events.len() as u64);
    }

    #[test]
    fn an_alarm_stands_once_and_a_view_stays_small(events in events()) {
        let day = fold(&events);
        let ids: BTreeSet<&str> = day.alarms.iter().map(|alarm| alarm.id.as_str()).collect();
        prop_assert_eq!(ids.len(), day.alarms.len());
        prop_assert!(serde_json::to_vec(&day.shown()).unwrap().len() < 32 * 1024);
    }

    #[test]
    fn an_access_ends_at_most_once_and_its_end_stays(events in events()) {
        let mut day = day();
        for (n, event) in events.iter().enumerate() {
            let before: Vec<_> = day.accesses.iter().map(|access| access.end.clone()).collect();
            day.apply(&record(n as u64, event.clone()));
            for (before, after) in before.iter().zip(&day.accesses) {
                prop_assert!(*before == AccessEnd::Open || *before == after.end);
            }
        }
    }

    #[test]
    fn a_closed_day_allows_nothing(events in events()) {
        let mut day = fold(&events);
        day.apply(&record(events.len() as u64, Event::DayClosed { restarts: 0, parts: 1 }));
        prop_assert_eq!(day.stage, Stage::Closed);
        for action in [Action::OpenAccess, Action::StartRecording, Action::Seal] {
            prop_assert_eq!(allowed(&day, &action), Err(Refusal::DayClosed));
        }
    }

    #[test]
    fn nothing_is_sealed_while_a_camera_records_or_an_access_is_open(events in events()) {
        let day = fold(&events);
        if allowed(&day, &Action::Seal).is_ok() {
            prop_assert_eq!(day.recording().count(), 0);
            prop_assert_eq!(day.open_accesses().count(), 0);
            prop_assert_eq!(day.unexplained().count(), 0);
        }
    }

    #[test]
    fn a_camera_is_in_one_outage_at_the_most_and_only_while_it_should_record(events in events()) {
        let day = fold(&events);
        for id in cameras() {
            let lasting = day.outages.iter().filter(|outage| outage.camera == id && outage.lasts()).count();
            prop_assert!(lasting <= usize::from(day.cameras[&id].recording_since_ms.is_some()));
        }
        let numbers: BTreeSet<u64> = day.outages.iter().map(|outage| outage.record).collect();
        prop_assert_eq!(numbers.len(), day.outages.len());
        prop_assert!(day.outages.iter().all(|outage| outage.to_ms.is_none_or(|to_ms| to_ms >= outage.since_ms)));
    }
}

fn lost(last_frame_ms: i64) -> Event {
    let cause = Message::new("camera-stalled");
    Event::CameraLost { camera: "entrance".parse().unwrap(), last_frame_ms: Some(last_frame_ms), cause }
}

fn started() -> Event {
    Event::RecordingStarted { cameras: cameras().to_vec() }
}

#[test]
fn an_alarm_that_was_seen_comes_back_at_the_next_level() {
    let camera = || "entrance".parse().unwrap();
    let seen = || Event::AlarmAcknowledged { alarm: "lost-entrance".into() };
    let louder = |level| Event::OutageEscalated { camera: camera(), level };
    let mut events = vec![started(), lost(500_010), seen()];
    assert!(fold(&events).alarms[0].acknowledged);
    for (level, severity) in [(OutageLevel::Head, Severity::Head), (OutageLevel::Limit, Severity::Limit)] {
        events.push(louder(level));
        let alarm = fold(&events).alarms[0].clone();
        assert_eq!((alarm.severity, alarm.acknowledged), (severity, false));
        events.push(seen());
        assert!(fold(&events).alarms[0].acknowledged);
    }
    events.push(louder(OutageLevel::Head));
    assert!(fold(&events).alarms[0].acknowledged, "no level comes twice");
}

#[test]
fn a_clock_that_is_set_makes_an_outage_neither_longer_nor_shorter() {
    let hour_ms = 3_600_000;
    let day = fold(&[started(), lost(500_010), Event::ClockStepped { step_ms: hour_ms }]);
    assert_eq!(day.outages[0].lost_ms(500_010 + hour_ms + 7_000), 7_000);
    let day = fold(&[started(), lost(500_010), Event::ClockStepped { step_ms: -hour_ms }]);
    assert_eq!(day.outages[0].lost_ms(500_010 - hour_ms + 7_000), 7_000);
}

#[test]
fn losses_close_to_each_other_are_one_outage_and_all_of_them_count() {
    let gap = |from_ms: i64, to_ms: i64| {
        let (camera, cause) = ("entrance".parse().unwrap(), Message::new("camera-stalled"));
        Event::Gap { camera, from_ms, to_ms, cause }
    };
    let day = fold(&[
        started(),
        lost(510_000),
        gap(510_000, 520_000),
        gap(540_000, 545_000),
        gap(700_000, 703_000),
        gap(800_000, 800_400),
    ]);
    let told: Vec<_> = day.outages.iter().map(|outage| (outage.from_ms, outage.times)).collect();
    assert_eq!(told, [(510_000, 2), (700_000, 1)], "less than half a second is none");
    assert_eq!(day.outages[0].lost_ms(0), 15_000);
    assert_eq!(day.lost_ms(&"entrance".parse().unwrap(), 0), 18_000);
}

#[test]
fn a_recorder_started_within_an_outage_does_not_shorten_it() {
    let (camera, cause) = (|| "entrance".parse().unwrap(), || Message::new("camera-stalled"));
    let began = Event::OutageBegan { camera: camera(), from_ms: 510_000, cause: cause() };
    let gap = Event::Gap { camera: camera(), from_ms: 550_000, to_ms: 560_000, cause: cause() };
    let day = fold(&[started(), began, gap]);
    assert_eq!(day.outages.len(), 1);
    assert_eq!((day.outages[0].from_ms, day.outages[0].lost_ms(0)), (510_000, 50_000));
}
