//! Profiles as files: what is wrong with each stands beside it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::{DEMO_PROFILE, EXAMPLES, Profile, demo};
use crate::i18n::{Language, Texts};

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/profile")
}

/// Every `<what is wrong>.toml` gives exactly the faults of `<what is wrong>.faults`, in both
/// languages without a hole in the text.
#[test]
fn every_wrong_profile_is_refused_with_every_fault_in_it() {
    let mut seen = 0;
    for entry in fs::read_dir(vectors()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let file = path.file_name().unwrap().to_str().unwrap();
        let faults = Profile::read(&fs::read_to_string(&path).unwrap(), file).expect_err(file);
        let mut listed = String::new();
        for fault in &faults.0 {
            let message = fault.message();
            writeln!(listed, "{}: {}: {}", fault.spot.line, fault.spot.key, message.id).unwrap();
            for text in Language::ALL.map(|language| Texts::load(language).message(&message)) {
                assert!(text.starts_with(&format!("{file}:{}: ", fault.spot.line)), "{text}");
                assert!(!text.contains("{$"), "{text}");
            }
        }
        let expected = fs::read_to_string(path.with_extension("faults")).unwrap_or_default();
        assert_eq!(listed, expected, "{file}");
        seen += 1;
    }
    assert!(seen >= 10, "the vectors are there");
}

#[test]
fn the_demo_profile_is_right_and_can_finish_a_day() {
    let profile = demo();
    assert_eq!(profile.cameras[0].zone, super::Zone::Corridor, "the zone comes from the room");
    assert_eq!(profile.recording.part_max_bytes, 1 << 30);
    assert_eq!(profile.recording.health, super::HealthRules::default(), "it shows the defaults");
    let plan = profile.plan("2026-05-29".parse().unwrap());
    assert_eq!(plan.exam_start_ms, 1_780_038_000_000);
    assert_eq!(plan.keep_until.to_string(), "2027-03-01");
    assert_eq!(plan.exam_end_ms - plan.exam_start_ms, 300 * 60_000, "the longest room counts");
}

#[test]
fn every_example_is_right_and_goes_by_rules_of_its_own() {
    let mut days = Vec::new();
    for (name, text) in EXAMPLES {
        let profile = Profile::read(text, name).unwrap_or_else(|faults| panic!("{faults:?}"));
        let plan = profile.plan("2026-05-29".parse().unwrap());
        days.push((profile.day_id(plan.date).to_string(), plan.keep_until.to_string(), profile.zones.len()));
    }
    let expected = [
        ("77-0101-2026-05-29-main", "2027-03-01", 0),
        ("dl-600123-2026-05-29-main", "2026-09-26", 3),
        ("750-0012-2026-05-29-main", "2027-01-01", 2),
    ];
    assert_eq!(days, expected.map(|(day, until, zones)| (day.to_owned(), until.to_owned(), zones)));
}

#[test]
fn the_forecast_is_a_fifth_more_than_the_cameras_give_and_two_parts() {
    // Two cameras of 1 Mbit/s for an hour: 900 MB.
    let parts = 2 * (1_u64 << 30);
    assert_eq!(demo().needed_bytes(0, 3_600_000), 1_080_000_000 + parts);
    assert_eq!(demo().needed_bytes(5, 0), parts);
    assert!(demo().needed_bytes(i64::MIN, i64::MAX) > parts);
}

#[test]
fn rights_and_roles_are_written_as_records_write_them() {
    for (word, right) in super::read::RIGHTS {
        assert_eq!(serde_json::to_string(&right).unwrap(), format!("{word:?}"));
    }
    for (word, role) in super::read::ROLES {
        assert_eq!(serde_json::to_string(&role).unwrap(), format!("{word:?}"));
    }
    for (word, zone) in super::read::ZONES {
        assert_eq!(serde_json::to_string(&zone).unwrap(), format!("{word:?}"));
    }
}

/// Any line lost, doubled or cut leaves a profile that is refused or right, and nothing panics.
#[test]
fn a_damaged_profile_never_panics() {
    let lines: Vec<&str> = DEMO_PROFILE.lines().collect();
    for i in 0..lines.len() {
        let mut without = lines.clone();
        let line = without.remove(i);
        let cut = line.char_indices().nth(line.chars().count() / 2).map_or("", |(at, _)| &line[..at]);
        let mut halved = lines.clone();
        halved[i] = cut;
        let mut doubled = lines.clone();
        doubled.insert(i, line);
        for text in [without, halved, doubled] {
            if let Err(faults) = Profile::read(&text.join("\n"), "damaged.toml") {
                assert!(!faults.0.is_empty());
            }
        }
    }
}

#[test]
fn zones_start_by_hand_unless_the_timetable_names_them() {
    assert_eq!(demo().plan("2026-05-29".parse().unwrap()).starts, []);
    let named = "[timetable.start]\nauditorium = -60\nstaff_room = -165\n\n[recording]";
    let text = DEMO_PROFILE.replace("\n[recording]", &format!("\n{named}"));
    let plan = Profile::read(&text, "p.toml").unwrap().plan("2026-05-29".parse().unwrap());
    let starts: Vec<_> = plan.starts.iter().map(|start| (start.zone, start.at_ms)).collect();
    let before = |minutes: i64| plan.exam_start_ms - minutes * 60_000;
    let (staff, rooms) = (super::Zone::StaffRoom, super::Zone::Auditorium);
    assert_eq!(starts, [(staff, before(165)), (rooms, before(60))], "the earliest first");
    for wrong in ["staff_room = 5", "kitchen = -60", "gate = \"materials\""] {
        let text = text.replace("staff_room = -165", wrong);
        assert_eq!(Profile::read(&text, "p.toml").unwrap_err().0.len(), 1, "{wrong}");
    }
}
