//! Archives that claim, or hold, more than any honest one: the page keeps none of it, and says the same as
//! the program.

use std::fs::{self, File};
use std::path::Path;

use invigil::archive::Integrity;
use invigil::archive::excerpt::Span;
use invigil::journal::{Event, KnownHead};

use crate::browser::{Browser, files_in};
use crate::day::*;
use crate::excerpts::{change, change_document, compare as compare_excerpts, excerpt};
use crate::manipulations::compare;
use crate::raw_zip::sparse;
use crate::stations::Station;

const MB: u32 = 1 << 20;
const PART: &str = "77-0101-2026-05-29-main-00";

/// A file of part 00 that is longer than any of its kind: its beginning, the zeros behind it, and what both
/// say of the file then.
const LONG_FILES: &[(&str, &str, u32, &str)] = &[
    ("manifest-sha256.txt", "", 40 * MB, "archive-file-removed"),
    ("tagmanifest-sha256.txt", "", 40 * MB, "archive-file-removed"),
    ("sig/station.sshsig", "-----BEGIN SSH SIGNATURE-----\n", 40 * MB, "archive-signature-wrong"),
    ("bag-info.txt", "", 40 * MB, "archive-file-added"),
    ("data/day.json", "{", 40 * MB, "archive-journal-unreadable"),
    ("data/journal/records.jsonl", "{", 40 * MB, "journal-fault-record-unreadable"),
    ("data/journal/checkpoints.txt", "invigil", 80 * MB, "archive-journal-unreadable"),
];

#[test]
fn files_longer_than_any_are_not_read_whole() {
    let (mut browser, folder) = (Browser::new(), tempfile::tempdir().unwrap());
    let path = folder.path().join("huge.zip");
    for (name, begin, zeros, expected) in LONG_FILES {
        let mut files: Vec<(&str, &[u8], u32)> = vec![
            ("tagmanifest-sha256.txt", b"", 0),
            ("data/day.json", b"{}", 0),
            ("data/journal/records.jsonl", b"{}\n", 0),
            ("data/journal/checkpoints.txt", b"x\n", 0),
        ];
        files.retain(|(other, ..)| other != name);
        files.push((name, begin.as_bytes(), *zeros));
        sparse(&path, PART, &files);
        let report = compare(&mut browser, name, folder.path(), &options(), "");
        let said = report.faults.iter().any(|fault| {
            fault.message.id == *expected && fault.place.file.as_deref().is_none_or(|file| file == *name)
        });
        assert!(said && report.integrity >= Integrity::CannotVerify, "{name}: {:?}", report.faults);
    }
}

#[test]
fn a_file_longer_than_any_part_is_refused() {
    let mut browser = Browser::new();
    let day = seal_day(None);
    File::options().write(true).open(day.part(1)).unwrap().set_len(4_000 * u64::from(MB)).unwrap();
    let report = compare(&mut browser, "a long part", day.folder.path(), &options(), "");
    assert!(report.faults.iter().any(|fault| fault.message.id == "archive-zip-too-large"));
}

/// A line of the journal, of an index, of a list; a JSON text; each longer or deeper than any.
#[test]
fn lines_longer_or_deeper_than_any_are_no_lines() {
    let mut browser = Browser::new();
    let long = "x".repeat(70_000);
    let deep = "[".repeat(10_000);
    for (file, from, to) in [
        ("records.jsonl", "\"version\":\"test\"", format!("\"version\":\"{long}\"")),
        ("records.jsonl", "\"version\":\"test\"", format!("\"version\":{deep}")),
        ("day.json", "\"Москва\"", deep.clone()),
        ("checkpoints.txt", "epoch", long.clone()),
    ] {
        let day = seal_day(None);
        change_part(&day.part(0), file, from, &to);
        let report = compare(&mut browser, file, day.folder.path(), &options(), "");
        assert_eq!(report.integrity, Integrity::Tampered, "{file}: {:?}", report.faults);
    }
    let day = seal_day(None);
    change(&day.part(1), "entrance-1/000001.idx", |bytes| bytes.resize(60 << 20, b' '));
    compare(&mut browser, "an index", day.folder.path(), &options(), "");
    let day = seal_day(None);
    change_part(&day.part(1), "entrance-1/000001.idx", "\"frames\":2", &format!("\"frames\":{long}"));
    compare(&mut browser, "a line of the index", day.folder.path(), &options(), "");
    let day = seal_day(None);
    // A fragment longer than any: nothing of it is read.
    let index = files_of(&day.part(1)).into_iter().find(|(name, _)| name.ends_with("000001.idx")).unwrap().1;
    let index = String::from_utf8(index).unwrap();
    let length = index.lines().nth(1).unwrap().split("\"length\":").nth(1).unwrap();
    let length = format!("\"length\":{},\"pts", length.split(',').next().unwrap());
    change_part(&day.part(1), "entrance-1/000001.idx", &length, "\"length\":900000000000000,\"pts");
    compare(&mut browser, "a fragment's length", day.folder.path(), &options(), "");
}

#[test]
fn more_faults_than_are_listed_are_counted() {
    let mut browser = Browser::new();
    let day = seal_day(None);
    rewrite(&day.part(1), |files| {
        let more = (0..1_200).map(|n| (format!("{}-01/data/{n:04}", crate::day::day()), Vec::new()));
        files.extend(more);
    });
    let report = compare(&mut browser, "many files", day.folder.path(), &options(), "");
    let told = browser.evaluate("finished.result.report.more_faults");
    assert_eq!((report.faults.len(), told.as_u64()), (1000, Some(report.more_faults)));
    assert!(report.more_faults >= 200);
}

#[test]
fn more_cameras_and_stations_than_any_day_has_are_named() {
    let mut browser = Browser::new();
    let events =
        (0..300).map(|n| Event::RecordingStarted { cameras: vec![format!("c{n}").parse().unwrap()] });
    let day = seal_day_of(&events.collect::<Vec<_>>());
    let report = compare(&mut browser, "300 cameras", day.folder.path(), &options(), "");
    assert!(report.faults.iter().any(|fault| fault.message.id == "archive-many-cameras"));

    let folder = tempfile::tempdir().unwrap();
    let mut before = Station::begin("s0", 0, None);
    before.close(folder.path());
    for number in 1..20 {
        let takes_over = before.taken_over(KnownHead::Nothing {});
        before = Station::begin(&format!("s{number}"), number, takes_over);
        before.close(folder.path());
    }
    let report = compare(&mut browser, "20 stations", folder.path(), &options(), "");
    assert_eq!((report.integrity, report.stations.len()), (Integrity::CannotVerify, 16));
}

#[test]
fn lists_of_keys_longer_than_any_are_refused_with_a_word() {
    let (mut browser, folder) = (Browser::new(), tempfile::tempdir().unwrap());
    let day = seal_day(None);
    let (long, list) = (folder.path().join("long"), folder.path().join("list"));
    fs::write(&long, "#".repeat((1 << 20) + 1)).unwrap();
    fs::write(&list, format!("station {}\n", day.key.public())).unwrap();
    let files = files_in(day.folder.path());
    for (told, words) in [
        (browser.verification(&files, Some(&long), ""), "The list of keys"),
        (browser.verification_revoked(&files, &list, &long), "The list of revoked keys"),
    ] {
        assert!(told["problem"].as_str().is_some_and(|problem| problem.contains(words)), "{told}");
    }
    let told = browser.verification(&files, Some(&list), &"opening ".repeat(100_000));
    assert!(told["problem"].as_str().is_some_and(|problem| problem.contains("acts")), "{told}");
}

#[test]
fn an_excerpt_of_more_than_any_is_no_excerpt() {
    let (mut browser, folder) = (Browser::new(), tempfile::tempdir().unwrap());
    let day = seal_day(None);
    let good = excerpt(&day, "entrance-1", "09:10:03", "09:10:05", folder.path());
    let bad = folder.path().join("bad.zip");
    let list = vec![b'{'; 65 << 20];
    type Change<'a> = &'a dyn Fn(&Path);
    let cases: [(&str, Change); 6] = [
        ("excerpt.json", &|path| {
            change_document(path, |document| {
                let span = document.segments[0];
                document.segments = (0..10_001).map(|segment| Span { segment, ..span }).collect();
            });
        }),
        ("excerpt.json", &|path| change(path, "excerpt.json", |bytes| bytes.resize(2 << 20, b' '))),
        ("checkpoints.txt", &|path| change(path, "checkpoints.txt", |bytes| bytes.clone_from(&list))),
        ("records.jsonl", &|path| change(path, "records.jsonl", |bytes| bytes.clone_from(&list))),
        ("record-proofs.jsonl", &|path| {
            change(path, "record-proofs.jsonl", |bytes| {
                let path = format!("\"{}\",", "0".repeat(64)).repeat(100);
                *bytes = format!("{{\"n\":0,\"path\":[{}]}}\n", path.trim_end_matches(',')).into_bytes();
            });
        }),
        ("000001.proofs", &|path| change(path, "000001.proofs", |bytes| bytes.clone_from(&list))),
    ];
    for (name, change) in cases {
        fs::copy(&good, &bad).unwrap();
        change(&bad);
        let told = compare_excerpts(&mut browser, name, std::slice::from_ref(&bad), &options(), "");
        assert_eq!(told["integrity"], "TAMPERED", "{name}: {told}");
    }
}

/// A text in a file of a part becomes another.
fn change_part(part: &Path, file: &str, from: &str, to: &str) {
    change(part, file, |bytes| {
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        *bytes = text.replacen(from, to, 1).into_bytes();
    });
}
