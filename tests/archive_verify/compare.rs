//! What is said of two archives of one day.

use std::fs;
use std::path::Path;
use std::process::Command;

use invigil::archive::{Comparison, Integrity, Relation, compare};
use std::ops::ControlFlow;

use crate::day::*;
use crate::stations::Station;

fn compared(first: &Path, second: &Path) -> Comparison {
    let go_on = &mut |_, _| ControlFlow::Continue(());
    let both = |folder: &Path| vec![folder.to_owned()];
    let comparison = compare(&both(first), &both(second), &options(), go_on);
    let again: Comparison = serde_json::from_str(&serde_json::to_string(&comparison).unwrap()).unwrap();
    assert_eq!(again, comparison);
    comparison
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn copy_of(archive: &Archive) -> tempfile::TempDir {
    let copy = folder();
    for entry in fs::read_dir(archive.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    copy
}

#[test]
fn a_copy_is_the_same_and_one_with_fewer_parts_holds_less() {
    let archive = seal_day(None);
    let copy = copy_of(&archive);
    let comparison = compared(archive.folder.path(), copy.path());
    assert_eq!((comparison.relation, comparison.exit_code()), (Relation::Same, 0));
    assert!(comparison.is_alike());
    assert_eq!(comparison.records_in_common, archive.act.records);
    fs::remove_file(copy.path().join(archive.part(2).file_name().unwrap())).unwrap();
    let comparison = compared(archive.folder.path(), copy.path());
    assert_eq!((comparison.relation, comparison.exit_code()), (Relation::Same, 1));
    assert_eq!(comparison.parts.len(), 1);
    assert!(comparison.parts[0].first_sha256.is_some() && comparison.parts[0].second_sha256.is_none());
    assert_eq!(comparison.videos.len(), SEGMENTS as usize);
    assert!(!comparison.contradiction);
}

#[test]
fn a_changed_video_is_named_on_the_side_that_differs() {
    let archive = seal_day(None);
    let copy = copy_of(&archive);
    let part = copy.path().join(archive.part(1).file_name().unwrap());
    flip(&part, offset_in_part(&part, "entrance-1/000001.mp4") + 900, 0);
    let comparison = compared(archive.folder.path(), copy.path());
    assert_eq!((comparison.relation, comparison.exit_code()), (Relation::Same, 2));
    assert!(comparison.contradiction);
    assert_eq!(
        (comparison.first.integrity, comparison.second.integrity),
        (Integrity::Valid, Integrity::Tampered)
    );
    let [video] = comparison.videos.as_slice() else { panic!("{:?}", comparison.videos) };
    assert_eq!((video.camera.as_str(), video.segment), ("entrance-1", 1));
    assert!(video.first_sha256.is_some() && video.second_sha256.is_some());
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["--lang", "en", "compare"]).args([archive.folder.path(), copy.path()]);
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(text.starts_with("SAME: The journal is the same, but something else was changed"), "{text}");
    // Twice the same bytes are the same archive, bad as it is.
    assert!(compared(copy.path(), copy.path()).is_alike());
}

#[test]
fn an_earlier_export_is_told_from_a_fork() {
    let (early, late, other) = (folder(), folder(), folder());
    let mut station = Station::begin("main", 0, None);
    station.note("one");
    station.checkpoint();
    let mut twin = station.copied();
    station.export(early.path());
    station.note("two");
    station.close(late.path());
    let comparison = compared(early.path(), late.path());
    assert_eq!((comparison.relation, comparison.exit_code()), (Relation::FirstEarlier, 1));
    assert_eq!((comparison.records_in_common, comparison.fork.clone()), (3, None));
    assert_eq!(compared(late.path(), early.path()).relation, Relation::SecondEarlier);

    // The same key went on twice from record 3.
    twin.note("three");
    twin.close(other.path());
    let comparison = compared(late.path(), other.path());
    assert_eq!((comparison.relation, comparison.exit_code()), (Relation::Fork, 2));
    let fork = comparison.fork.unwrap();
    assert_eq!((fork.record, comparison.records_in_common), (3, 3));
    assert!(fork.first.unwrap().event.contains("two"));
    assert!(fork.second.unwrap().event.contains("station_started"));
    assert_eq!(
        (comparison.first.integrity, comparison.second.integrity),
        (Integrity::Valid, Integrity::Valid)
    );
    // Two days that somebody began under one name differ from the document on.
    let strange = folder();
    Station::begin("main", 0, None).close(strange.path());
    let comparison = compared(late.path(), strange.path());
    assert_eq!((comparison.relation, comparison.records_in_common), (Relation::Fork, 0));
}

#[test]
fn what_has_no_common_journal_is_not_compared() {
    let (main, spare, empty) = (folder(), folder(), folder());
    Station::begin("main", 0, None).close(main.path());
    Station::begin("spare", 0, None).close(spare.path());
    let comparison = compared(main.path(), spare.path());
    assert_eq!((comparison.relation, comparison.exit_code()), (Relation::OtherDay, 3));
    let comparison = compared(main.path(), empty.path());
    assert_eq!((comparison.relation, comparison.exit_code()), (Relation::CannotCompare, 4));
    let half = folder();
    let part = Station::begin("main", 0, None).close(half.path());
    let bytes = fs::read(&part).unwrap();
    fs::write(&part, &bytes[..bytes.len() / 3]).unwrap();
    let comparison = compared(main.path(), half.path());
    assert_eq!(comparison.exit_code(), 2, "{comparison:?}");
}

#[test]
fn the_command_says_it_in_words_and_by_its_exit_code() {
    let (late, other) = (folder(), folder());
    let mut station = Station::begin("main", 0, None);
    let mut twin = station.copied();
    station.note("two");
    station.close(late.path());
    twin.close(other.path());
    let run = |more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_invigil"))
            .args(["--lang", "en", "compare"])
            .args([late.path(), other.path()])
            .args(more)
            .output()
            .unwrap()
    };
    let output = run(&[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text.starts_with("FORK: "), "{text}");
    assert!(
        text.contains("The first record that differs, in the journal of 77-0101-2026-05-29-main: 2"),
        "{text}"
    );
    assert!(text.contains("first: 09:00:03 {\"type\":\"alarm_acknowledged\",\"alarm\":\"two\"}"), "{text}");
    let json: Comparison = serde_json::from_slice(&run(&["--json"]).stdout).unwrap();
    assert_eq!(json.relation, Relation::Fork);
}
