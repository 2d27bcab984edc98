//! What is said of a sealed day after each manipulation.

use std::fs;
use std::path::PathBuf;

use invigil::archive::verify::{Act, VerifyOptions};
use invigil::archive::{Fault, Integrity, PartWriter, Provenance, Report};
use invigil::i18n::{Language, Texts};
use invigil::journal::{Group, Link};
use invigil::signing::AllowedSigners;

use crate::day::*;

fn ids(report: &Report) -> Vec<&str> {
    report.faults.iter().map(|fault| fault.message.id.as_str()).collect()
}

#[track_caller]
fn fault<'a>(report: &'a Report, id: &str) -> &'a Fault {
    let found = report.faults.iter().find(|fault| fault.message.id == id);
    found.unwrap_or_else(|| panic!("no {id} in {:?}", ids(report)))
}

#[test]
fn an_untouched_archive_is_valid() {
    let archive = seal_day(None);
    let report = archive.verify();
    assert_eq!(report.faults, []);
    assert_eq!((report.integrity, report.provenance), (Integrity::Valid, Provenance::Unchecked));
    assert_eq!((report.exit_code(), report.warnings.len()), (0, 0));
    assert_eq!(report.intact_segments, 6);
    assert_eq!(report.recordings.len(), 6);
    assert!(report.recordings.iter().all(|recording| recording.intact && recording.frames == 6));
    assert_eq!(report.parts.len(), 4);
    assert!(report.parts.iter().all(|part| part.intact));
    assert_eq!(report.closing_code, Some(archive.act.closing_code.to_string()));
    assert_eq!(report.records, archive.act.records);
    let again: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert_eq!(again, report);
}

#[test]
fn kept_parts_are_not_missed_and_delivered_ones_are() {
    let archive = seal_day(None);
    fs::remove_file(archive.part(2)).unwrap();
    let report = archive.verify();
    assert_eq!((report.integrity, report.intact_segments), (Integrity::Valid, 3));
    fs::remove_file(archive.part(1)).unwrap();
    let report = archive.verify();
    assert_eq!((report.integrity, report.exit_code()), (Integrity::Incomplete, 1));
    let missing = fault(&report, "archive-part-missing");
    assert_eq!(missing.place.part.as_deref(), archive.part(1).file_name().and_then(|name| name.to_str()));
}

#[test]
fn a_flipped_bit_of_video_is_named_by_its_second() {
    let archive = seal_day(None);
    let at = offset_in_part(&archive.part(1), "entrance-1/000001.mp4");
    let video =
        files_of(&archive.part(1)).into_iter().find(|(name, _)| name.ends_with("000001.mp4")).unwrap().1;
    // The second fragment's pictures: its number is in them.
    let picture = video.windows(8).position(|bytes| bytes == [8; 8]).unwrap();
    flip(&archive.part(1), at + picture as u64, 3);
    let report = archive.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    let place = &fault(&report, "archive-video-changed").place;
    assert_eq!(place.camera.as_ref().map(|camera| camera.as_str()), Some("entrance-1"));
    assert_eq!((place.segment, place.record), (Some(1), Some(archive.finished[1])));
    assert_eq!((place.from_ms, place.to_ms), (Some(START_MS + 602_000), Some(START_MS + 604_000)));
    assert_eq!(report.intact_segments, 5);
    let texts = Texts::load(Language::En);
    let headline = report.headline(&|message| texts.message(message));
    let record = archive.finished[1];
    assert_eq!(
        headline,
        format!(
            "TAMPERED entrance-1 000001.mp4, 09:10:02–09:10:04 (record {record}); 5 other segments intact"
        )
    );
}

#[test]
fn a_flipped_bit_of_the_journal_is_named_by_its_record() {
    let archive = seal_day(None);
    let at = offset_in_part(&archive.part(0), "records.jsonl");
    let records =
        files_of(&archive.part(0)).into_iter().find(|(name, _)| name.ends_with("records.jsonl")).unwrap().1;
    let third = records.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(2).unwrap().0 as u64;
    let salt =
        String::from_utf8(records[third as usize..].to_vec()).unwrap().find("\"salt\":\"").unwrap() as u64;
    flip(&archive.part(0), at + third + salt + 8, 0);
    let report = archive.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    let place = &report.worst_fault().unwrap().place;
    assert_eq!(place.record, Some(3), "{:?}", report.faults);
    assert_eq!(place.file.as_deref(), Some("data/journal/records.jsonl"));
    // The video is not blamed.
    assert_eq!(report.intact_segments, 6);
}

#[test]
fn an_unreadable_record_is_not_blamed_on_the_video_that_it_named() {
    let archive = seal_day(None);
    let at = offset_in_part(&archive.part(0), "records.jsonl");
    let records =
        files_of(&archive.part(0)).into_iter().find(|(name, _)| name.ends_with("records.jsonl")).unwrap().1;
    let record = String::from_utf8(records).unwrap().find("segment_finished").unwrap() as u64;
    flip(&archive.part(0), at + record, 0);
    let report = archive.verify();
    assert_eq!((report.integrity, report.intact_segments), (Integrity::Tampered, 6));
    assert_eq!(report.worst_fault().unwrap().place.record, Some(archive.finished[0]));
    assert!(report.faults.iter().all(|fault| fault.place.camera.is_none()), "{:?}", report.faults);
}

#[test]
fn a_flipped_bit_of_a_manifest_is_noticed() {
    for list in ["/manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let archive = seal_day(None);
        let at = offset_in_part(&archive.part(1), list);
        flip(&archive.part(1), at + 5, 1);
        let report = archive.verify();
        assert_eq!(report.integrity, Integrity::Tampered);
        let place = &report.faults.first().unwrap().place;
        assert_eq!(place.part.as_deref(), archive.part(1).file_name().and_then(|name| name.to_str()));
    }
}

#[test]
fn a_removed_an_added_and_a_replaced_file_are_named() {
    let archive = seal_day(None);
    rewrite(&archive.part(1), |files| files.retain(|(name, _)| !name.ends_with("entrance-1/000002.mp4")));
    let report = archive.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    let place = &fault(&report, "archive-file-removed").place;
    assert_eq!(place.file.as_deref(), Some("data/video/entrance-1/000002.mp4"));
    assert_eq!(report.intact_segments, 5);

    let archive = seal_day(None);
    rewrite(&archive.part(1), |files| files.push((format!("{}-01/data/extra.txt", day()), b"x".to_vec())));
    let report = archive.verify();
    assert_eq!(ids(&report), ["archive-file-added"]);
    assert_eq!(report.faults[0].place.file.as_deref(), Some("data/extra.txt"));

    let archive = seal_day(None);
    rewrite(&archive.part(0), |files| {
        let document = files.iter_mut().find(|(name, _)| name.ends_with("day.json")).unwrap();
        document.1 = String::from_utf8(document.1.clone()).unwrap().replace("Москва", "Казань").into_bytes();
    });
    let report = archive.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    assert_eq!(fault(&report, "archive-file-changed").place.file.as_deref(), Some("data/day.json"));
}

#[test]
fn swapped_segments_are_told_apart() {
    let archive = seal_day(None);
    rewrite(&archive.part(1), |files| {
        let at = |files: &Files, end: &str| files.iter().position(|(name, _)| name.ends_with(end)).unwrap();
        for kind in ["mp4", "idx"] {
            let a = at(files, &format!("entrance-1/000000.{kind}"));
            let b = at(files, &format!("entrance-1/000001.{kind}"));
            let taken = std::mem::take(&mut files[a].1);
            files[a].1 = std::mem::replace(&mut files[b].1, taken);
        }
    });
    let report = archive.verify();
    assert_eq!((report.integrity, report.intact_segments), (Integrity::Tampered, 4));
    let swapped: Vec<_> = report.faults.iter().filter(|f| f.message.id == "archive-video-swapped").collect();
    assert_eq!(swapped.iter().map(|f| f.place.segment).collect::<Vec<_>>(), [Some(0), Some(1)]);
    assert_eq!(swapped[0].message.args["file"], "000001.mp4".into());
}

#[test]
fn a_truncated_part_is_noticed_and_what_it_still_holds_is_judged() {
    let archive = seal_day(None);
    let bytes = fs::read(archive.part(1)).unwrap();
    let cut = offset_in_part(&archive.part(1), "entrance-1/000002.mp4") as usize + 100;
    fs::write(archive.part(1), &bytes[..cut]).unwrap();
    let report = archive.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    fault(&report, "archive-zip-no-end");
    let gone = report.faults.iter().find(|f| f.message.id == "archive-segment-removed").unwrap();
    assert_eq!(gone.place.segment, Some(2));
}

#[test]
fn a_part_signed_with_another_key_is_refused() {
    let archive = seal_day(None);
    let files = files_of(&archive.part(1));
    fs::remove_file(archive.part(1)).unwrap();
    let mut part = PartWriter::create(archive.folder.path(), &day(), 1, Group::Delivered).unwrap();
    for (name, bytes) in files {
        if let Some((_, path)) = name.split_once("/data/") {
            part.append_bytes(&path.parse().unwrap(), &bytes).unwrap();
        }
    }
    part.close(&info(), &new_key()).unwrap();
    let report = archive.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    for id in ["archive-part-other-key", "archive-part-other-hash"] {
        let place = &fault(&report, id).place;
        assert_eq!(place.part.as_deref(), archive.part(1).file_name().and_then(|name| name.to_str()));
    }
}

#[test]
fn a_video_part_alone_is_incomplete() {
    let archive = seal_day(None);
    let report = check(&[archive.part(1)], &options());
    assert_eq!(ids(&report), ["archive-journal-missing"]);
    assert_eq!((report.exit_code(), report.intact_segments), (1, 3));
    assert_eq!(report.recordings[1].from_ms, START_MS + 600_000);
}

#[test]
fn what_is_no_archive_cant_be_verified() {
    let folder = tempfile::tempdir().unwrap();
    let paths = |name: &str| vec![folder.path().join(name)];
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("text.zip"), "no archive").unwrap();
    fs::write(folder.path().join("nothing.zip"), b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
    for (name, id) in [
        ("empty", "archive-no-parts"),
        ("missing", "archive-unreadable"),
        ("text.zip", "archive-not-a-part"),
        ("nothing.zip", "archive-not-a-part"),
    ] {
        let report = check(&paths(name), &options());
        assert_eq!((report.exit_code(), ids(&report)), (4, vec![id]), "{name}");
    }
}

#[test]
fn the_key_is_known_or_not() {
    let archive = seal_day(None);
    let with = |line: String| {
        let signers = AllowedSigners::parse(&line).unwrap();
        check(&archive.paths(), &VerifyOptions { signers: Some(signers), ..options() })
    };
    let known = with(format!("station-77-0101 {}\n", archive.key.public()));
    assert_eq!((known.provenance, known.exit_code()), (Provenance::KnownKey, 0));
    let other = with(format!("station-77-0101 {}\n", new_key().public()));
    assert_eq!((other.integrity, other.provenance), (Integrity::Valid, Provenance::UntrustedKey));
    assert_eq!(other.exit_code(), 3);
}

#[test]
fn the_paper_acts_anchor_it() {
    let archive = seal_day(None);
    let act: Act = archive.act.text().parse().unwrap();
    let with = |act| check(&archive.paths(), &VerifyOptions { act: Some(act), ..options() });
    let report = with(act);
    assert_eq!((report.integrity, report.provenance), (Integrity::Valid, Provenance::Anchored));
    for (act, id) in [
        (Act { opening: act.closing, ..act }, "archive-act-opening"),
        (Act { closing: act.opening, ..act }, "archive-act-closing"),
        (Act { restarts: 1, ..act }, "archive-act-restarts"),
    ] {
        let report = with(act);
        assert_eq!((report.integrity, ids(&report)), (Integrity::Tampered, vec![id]));
        assert_eq!(report.provenance, Provenance::Unchecked);
    }
}

#[test]
fn a_linked_restart_is_a_warning_and_an_unlinked_one_needs_the_acts() {
    let report = seal_day(Some(Link::Linked)).verify();
    assert_eq!(report.integrity, Integrity::Valid, "{:?}", report.faults);
    assert_eq!(report.warnings.len(), 1);

    let archive = seal_day(Some(Link::Unlinked));
    let report = archive.verify();
    assert_eq!((report.integrity, ids(&report)), (Integrity::Incomplete, vec!["archive-restart-unlinked"]));
    let act = archive.act.text().parse().unwrap();
    let report = check(&archive.paths(), &VerifyOptions { act: Some(act), ..options() });
    assert_eq!((report.integrity, report.provenance), (Integrity::Valid, Provenance::Anchored));
}

#[test]
fn parts_of_two_days_are_not_mixed() {
    let (one, other) = (seal_day(None), seal_day(None));
    // Another station's day under the same name: a part of it in the place of ours.
    fs::copy(other.part(1), one.part(1)).unwrap();
    let report = one.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    fault(&report, "archive-part-other-key");
    // Both, under different names.
    let copy: PathBuf = one.folder.path().join("copy.zip");
    fs::copy(other.part(2), copy).unwrap();
    fault(&one.verify(), "archive-part-twice");
}

#[test]
fn a_part_under_another_file_name_is_the_same_part() {
    let archive = seal_day(None);
    fs::rename(archive.part(1), archive.folder.path().join("holiday.zip")).unwrap();
    assert_eq!(archive.verify().integrity, Integrity::Valid);
}

/// Part 00 signed anew with these stills, as a station would whose disk was changed; what came after the
/// day would tell it by the part's hash, so it is not there.
fn resealed(stills: &[(&str, &[u8])]) -> Report {
    let archive = seal_day(None);
    let part = archive.part(0);
    let files = files_of(&part);
    fs::remove_file(&part).unwrap();
    fs::remove_file(archive.folder.path().join(format!("{}-after-1.zip", day()))).unwrap();
    let mut writer = PartWriter::create(archive.folder.path(), &day(), 0, Group::Delivered).unwrap();
    for (name, bytes) in &files {
        let (_, name) = name.split_once('/').unwrap();
        if let Some(name) = name.strip_prefix("data/").filter(|name| !name.starts_with("stills/")) {
            writer.append_bytes(&name.parse().unwrap(), bytes).unwrap();
        }
    }
    for (name, bytes) in stills {
        writer.append_bytes(&name.parse().unwrap(), bytes).unwrap();
    }
    writer.close(&info(), &archive.key).unwrap();
    archive.verify()
}

#[test]
fn a_still_has_to_be_the_one_that_the_journal_names() {
    assert_eq!(resealed(&[STILL]).faults, []);
    let changed = resealed(&[(STILL.0, b"another picture")]);
    assert_eq!(changed.integrity, Integrity::Tampered);
    assert!(fault(&changed, "archive-still-changed").place.record.is_some());
    let lost = resealed(&[]);
    assert_eq!((lost.integrity, ids(&lost)), (Integrity::Incomplete, vec!["archive-still-missing"]));
    let added = resealed(&[STILL, ("stills/entrance-1/0002-black.jpg", b"a third one")]);
    assert_eq!((added.integrity, ids(&added)), (Integrity::Tampered, vec!["archive-still-unknown"]));

    let archive = seal_day(None);
    let at = offset_in_part(&archive.part(0), STILL.0);
    flip(&archive.part(0), at + 2, 4);
    let report = archive.verify();
    assert_eq!(report.integrity, Integrity::Tampered);
    assert!(fault(&report, "archive-file-changed").place.file.as_ref().unwrap().ends_with(STILL.0));
}
