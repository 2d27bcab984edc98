//! An excerpt of the small day: what it proves, what it keeps to itself, and what is said of it after
//! each manipulation.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use invigil::archive::excerpt::{Document, ExcerptError, Wanted, make};
use invigil::archive::{Integrity, Provenance, Report, extract};
use invigil::journal::Link;
use invigil::signing::AllowedSigners;

use crate::day::*;

/// An excerpt in a folder of its own.
struct Excerpt {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

/// Of `camera`, times as a person writes them.
fn excerpt(archive: &Archive, camera: &str, from: &str, to: &str) -> Result<Excerpt, ExcerptError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("appeal.zip");
    let wanted =
        Wanted { camera: camera.parse().unwrap(), from: from.parse().unwrap(), to: to.parse().unwrap() };
    make(&archive.paths(), &wanted, &path, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(Excerpt { _folder: folder, path })
}

impl Excerpt {
    fn report(&self) -> Report {
        check(std::slice::from_ref(&self.path), &options())
    }

    /// Changes one of its files as somebody would who knows ZIP.
    fn change(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        rewrite(&self.path, |files| {
            let (_, bytes) = files.iter_mut().find(|(path, _)| path.ends_with(name)).unwrap();
            change(bytes);
        });
    }

    fn file(&self, name: &str) -> Vec<u8> {
        files_of(&self.path).into_iter().find(|(path, _)| path.ends_with(name)).unwrap().1
    }
}

fn ids(report: &Report) -> Vec<&str> {
    report.faults.iter().map(|fault| fault.message.id.as_str()).collect()
}

/// The second fragment of segment 1 begins at 09:10:02.
const FROM: &str = "09:10:03";
const TO: &str = "09:10:05";

#[test]
fn a_span_within_a_segment_is_proved_line_by_line() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    let report = excerpt.report();
    assert_eq!(report.faults, []);
    assert_eq!(report.warnings, []);
    assert_eq!((report.integrity, report.provenance), (Integrity::Valid, Provenance::Unchecked));
    assert_eq!((report.day, report.time_zone), (Some(day()), Some("Europe/Moscow".parse().unwrap())));
    assert_eq!((report.records, report.intact_segments), (3, 1));
    let covered = report.excerpt.unwrap();
    assert_eq!((covered.from_ms, covered.to_ms), (START_MS + 603_000, START_MS + 605_000));
    let video = &report.recordings[0];
    // Whole fragments of two seconds.
    assert_eq!((video.from_ms, video.to_ms, video.frames), (START_MS + 602_000, START_MS + 606_000, 4));
    assert_eq!(report.signer, Some(archive.key.public().fingerprint()));
    assert_eq!(report.opening_code, Some(archive.act.opening_code.to_string()));
    assert_eq!(report.closing_code, Some(archive.act.closing_code.to_string()));
    let lines = excerpt.file("000001.idx");
    let numbers: Vec<&[u8]> =
        lines.split(|byte| *byte == b'\n').map(|line| &line[..line.len().min(7)]).collect();
    assert_eq!(numbers, [&b"{\"i\":0,"[..], b"{\"i\":2,", b"{\"i\":3,", b""]);
}

#[test]
fn a_longer_span_takes_what_lies_between_and_tells_where_no_video_was() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "entrance-1", "09:00:04", "09:20:01").unwrap();
    let report = excerpt.report();
    assert_eq!((report.integrity, report.intact_segments, report.records), (Integrity::Valid, 3, 7));
    let gaps: Vec<_> = report.warnings.iter().map(|warning| warning.message.id.as_str()).collect();
    assert_eq!(gaps, ["archive-warning-gap"; 2]);
    let frames: Vec<u64> = report.recordings.iter().map(|recording| recording.frames).collect();
    assert_eq!(frames, [2, 6, 2]);
}

#[test]
fn a_span_of_sound_that_is_ahead_of_the_pictures_is_proved_too() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "entrance-1", "09:20:03", "09:20:05").unwrap();
    let report = excerpt.report();
    assert_eq!((report.integrity, report.intact_segments), (Integrity::Valid, 1), "{:?}", report.faults);
}

#[test]
fn without_the_root_of_its_lines_the_whole_index_proves() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "room-3", FROM, TO).unwrap();
    let report = excerpt.report();
    assert_eq!((report.integrity, report.records), (Integrity::Valid, 2), "{:?}", report.faults);
    excerpt.change("000001.idx", |lines| lines.truncate(lines.len() - 1));
    assert_eq!(ids(&excerpt.report())[0], "excerpt-index-unproved");
}

#[test]
fn it_tells_nothing_else_of_the_day() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    let bytes = fs::read(&excerpt.path).unwrap();
    let tells = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(tells(b"entrance-1") && tells(b"segment_finished") && tells(b"day_opened"));
    for other in ["room-3", "Москва", "Школа", "station_started", "reference_approved", "video_heads"]
    {
        assert!(!tells(other.as_bytes()), "{other}");
    }
    // Neither the salt of another record nor the hash of another fragment.
    let journal =
        files_of(&archive.part(0)).into_iter().find(|(name, _)| name.ends_with(".jsonl")).unwrap().1;
    let shown = String::from_utf8(excerpt.file("records.jsonl")).unwrap();
    for record in String::from_utf8(journal).unwrap().lines() {
        let salt = record.split("\"salt\":\"").nth(1).unwrap()[..32].to_owned();
        assert_eq!(tells(salt.as_bytes()), shown.contains(&salt), "{record}");
    }
    let part = files_of(&archive.part(1));
    let index = part.iter().find(|(name, _)| name.ends_with("000001.idx")).unwrap().1.clone();
    let index = String::from_utf8(index).unwrap();
    for (number, line) in index.lines().enumerate() {
        let hash = line.split("\"sha256\":\"").nth(1).unwrap()[..64].to_owned();
        assert_eq!(tells(hash.as_bytes()), number != 1, "{line}");
    }
    // The first fragment's pictures.
    assert!(!tells(&[7; 35]) && tells(&[8; 35]) && tells(&[9; 35]));
}

#[test]
fn no_flipped_bit_leaves_it_valid() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    let bytes = fs::read(&excerpt.path).unwrap();
    let changed_path = excerpt.path.with_extension("changed");
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        fs::write(&changed_path, &changed).unwrap();
        let report = check(std::slice::from_ref(&changed_path), &options());
        assert_ne!(report.integrity, Integrity::Valid, "byte {at}");
    }
}

#[test]
fn proofs_of_another_day_camera_or_place_are_refused() {
    let (one, two) = (seal_day(None), seal_day(None));
    let this = || excerpt(&one, "entrance-1", FROM, TO).unwrap();
    let same_of_another_day = excerpt(&two, "entrance-1", FROM, TO).unwrap();
    let other_camera = excerpt(&one, "room-3", FROM, TO).unwrap();
    let other_segment = excerpt(&one, "entrance-1", "09:20:03", "09:20:05").unwrap();

    for (name, from, id) in [
        ("checkpoints.txt", &same_of_another_day, "journal-fault-checkpoint-epoch"),
        ("records.jsonl", &same_of_another_day, "excerpt-record-unproved"),
        ("record-proofs.jsonl", &same_of_another_day, "excerpt-record-unproved"),
        ("000001.idx", &same_of_another_day, "excerpt-index-unproved"),
        ("000001.mp4", &other_camera, "archive-video-changed"),
        ("records.jsonl", &other_segment, "excerpt-form"),
    ] {
        let excerpt = this();
        let file = from.file(name);
        let same = excerpt.file(name) == file;
        excerpt.change(name, |bytes| *bytes = file);
        let report = excerpt.report();
        // Two days differ in their keys alone, and so may two videos not at all.
        assert!(same || report.integrity == Integrity::Tampered, "{name}: {:?}", ids(&report));
        assert!(same || ids(&report).contains(&id), "{name}: {:?}", ids(&report));
    }
}

#[test]
fn a_record_of_the_day_that_is_none_of_its_business_is_refused() {
    let archive = seal_day(None);
    let both = excerpt(&archive, "entrance-1", "09:00:00", "09:20:05").unwrap();
    let one = excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    for list in ["records.jsonl", "record-proofs.jsonl"] {
        let file = both.file(list);
        one.change(list, |bytes| *bytes = file);
    }
    let report = one.report();
    assert_eq!(report.integrity, Integrity::Tampered);
    assert_eq!(ids(&report), ["excerpt-record-other"; 4]);
}

fn change_document(excerpt: &Excerpt, change: impl FnOnce(&mut Document)) {
    excerpt.change("excerpt.json", |bytes| {
        let mut document: Document = serde_json::from_slice(bytes).unwrap();
        change(&mut document);
        *bytes = serde_json::to_vec_pretty(&document).unwrap();
        bytes.push(b'\n');
    });
}

#[test]
fn what_is_left_out_between_its_ends_is_missed() {
    let archive = seal_day(None);
    let all = || excerpt(&archive, "entrance-1", "09:00:00", "09:20:05").unwrap();
    // A whole segment.
    let excerpt = all();
    change_document(&excerpt, |document| document.segments.retain(|span| span.segment != 1));
    rewrite(&excerpt.path, |files| files.retain(|(name, _)| !name.contains("/000001.")));
    assert!(ids(&excerpt.report()).contains(&"excerpt-segment-missing"), "{:?}", ids(&excerpt.report()));
    // The last fragment of the first one, everywhere.
    let shorter = self::excerpt(&archive, "entrance-1", "09:00:00", "09:00:03").unwrap();
    let excerpt = all();
    change_document(&excerpt, |document| document.segments[0].last = 2);
    for name in ["000000.mp4", "000000.idx", "000000.proofs"] {
        let file = shorter.file(name);
        excerpt.change(name, |bytes| *bytes = file);
    }
    let report = excerpt.report();
    assert_eq!((report.integrity, ids(&report)), (Integrity::Tampered, vec!["excerpt-hole"]));
    // One in the middle.
    let excerpt = all();
    excerpt.change("000000.proofs", |bytes| {
        let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
        *bytes = [lines[0], lines[1], lines[3]].concat();
    });
    assert!(ids(&excerpt.report()).contains(&"excerpt-index-unproved"));
    // A longer time than is shown.
    let excerpt = self::excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    change_document(&excerpt, |document| document.from_ms -= 2_000);
    assert_eq!(ids(&excerpt.report()), ["excerpt-span"]);
    // Two fragments in each other's place.
    let excerpt = self::excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    excerpt.change("000001.mp4", |bytes| {
        let picture = |n: u8| bytes.windows(35).position(|window| window == [n; 35]).unwrap();
        let (a, b) = (picture(8), picture(9));
        (0..35).for_each(|at| bytes.swap(a + at, b + at));
    });
    let report = excerpt.report();
    let changed = report.faults.iter().find(|fault| fault.message.id == "archive-video-changed").unwrap();
    assert_eq!((changed.place.segment, changed.place.from_ms), (Some(1), Some(START_MS + 602_000)));
}

#[test]
fn keys_of_somebody_else_are_told() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    let judge = |options| check(std::slice::from_ref(&excerpt.path), &options);
    let signers = |key| AllowedSigners::parse(&format!("station {key}\n")).unwrap();
    let known = judge(invigil::archive::verify::VerifyOptions {
        signers: Some(signers(archive.key.public())),
        ..options()
    });
    assert_eq!((known.integrity, known.provenance), (Integrity::Valid, Provenance::KnownKey));
    let unknown = judge(invigil::archive::verify::VerifyOptions {
        signers: Some(signers(new_key().public())),
        ..options()
    });
    assert_eq!((unknown.exit_code(), unknown.provenance), (3, Provenance::UntrustedKey));
    let act = Some(archive.act.text().parse().unwrap());
    let anchored = judge(invigil::archive::verify::VerifyOptions { act, ..options() });
    assert_eq!((anchored.integrity, anchored.provenance), (Integrity::Valid, Provenance::Anchored));
    // The key that is claimed has to be the one that signed.
    change_document(&excerpt, |document| document.device_key = new_key().public());
    let report = excerpt.report();
    assert_eq!((report.integrity, report.signer.is_none()), (Integrity::Tampered, true));
}

#[test]
fn an_unlinked_restart_needs_the_acts_here_too() {
    let archive = seal_day(Some(Link::Unlinked));
    let excerpt = excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    let report = excerpt.report();
    assert_eq!((report.integrity, ids(&report)), (Integrity::Incomplete, vec!["archive-restart-unlinked"]));
}

#[test]
fn what_cant_be_shown_is_said() {
    let archive = seal_day(None);
    let refused = |camera, from, to| excerpt(&archive, camera, from, to).err().unwrap();
    let told = refused("entrance-1", "09:05", "09:06").message();
    assert_eq!((told.id.as_str(), &told.args["from"]), ("excerpt-other-time", &"2026-05-29 09:00:00".into()));
    assert!(
        matches!(refused("entrance-2", FROM, TO), ExcerptError::NoVideo { cameras, .. } if cameras.len() == 2)
    );
    assert!(matches!(refused("entrance-1", TO, FROM), ExcerptError::Times));
    let at = offset_in_part(&archive.part(1), "entrance-1/000001.mp4");
    let video =
        files_of(&archive.part(1)).into_iter().find(|(name, _)| name.ends_with("000001.mp4")).unwrap().1;
    let picture = video.windows(35).position(|window| window == [9; 35]).unwrap() as u64;
    flip(&archive.part(1), at + picture, 3);
    let refused = |camera, from, to| excerpt(&archive, camera, from, to).err().unwrap();
    assert!(matches!(refused("entrance-1", FROM, TO), ExcerptError::Damaged { segment: 1, .. }));
    // What was changed elsewhere keeps nobody from it.
    excerpt(&archive, "entrance-1", "09:00", "09:00:05").unwrap();
    fs::remove_file(archive.part(1)).unwrap();
    assert!(matches!(
        excerpt(&archive, "entrance-1", FROM, TO).err().unwrap(),
        ExcerptError::NotHere { segment: 1, .. }
    ));
    fs::remove_file(archive.part(0)).unwrap();
    assert!(matches!(excerpt(&archive, "room-3", FROM, TO).err().unwrap(), ExcerptError::NoJournal));
}

#[test]
fn an_excerpt_is_verified_alone_and_taken_apart_like_an_archive() {
    let archive = seal_day(None);
    let excerpt = excerpt(&archive, "entrance-1", FROM, TO).unwrap();
    let both = [excerpt.path.clone(), archive.part(0)];
    assert_eq!(ids(&check(&both, &options())), ["excerpt-not-alone"]);
    let to = tempfile::tempdir().unwrap();
    let taken =
        extract(std::slice::from_ref(&excerpt.path), to.path(), false, &mut |_, _| ControlFlow::Continue(()));
    let files = taken.unwrap().files;
    assert!(files.iter().all(|file| file.holds) && files.len() == 7, "{files:?}");
    let video = to.path().join(format!("{}-excerpt/video/entrance-1/000001.mp4", day()));
    assert_eq!(fs::read(video).unwrap(), excerpt.file("000001.mp4"));
}

fn invigil(arguments: &[&str], path: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["--lang", "en"]).args(arguments).arg(path).output().unwrap()
}

#[test]
fn the_commands_make_it_and_say_what_it_shows() {
    let archive = seal_day(None);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("appeal.zip");
    let wanted =
        ["excerpt", "--camera", "entrance-1", "--from", FROM, "--to", TO, "--out", out.to_str().unwrap()];
    let made = invigil(&wanted, archive.folder.path());
    let text = String::from_utf8(made.stdout).unwrap();
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let covers = format!(
        "Excerpt of {}: camera entrance-1, 2026-05-29 09:10:03 – 2026-05-29 09:10:05, 3 records proved",
        day()
    );
    assert!(text.contains(&covers), "{text}");
    let verified = invigil(&["verify"], &out);
    let text = String::from_utf8(verified.stdout).unwrap();
    assert_eq!(verified.status.code(), Some(0));
    assert!(text.starts_with("VALID") && text.contains(&covers), "{text}");
    assert_eq!(invigil(&wanted, archive.folder.path()).status.code(), Some(30));
    let json = invigil(&["verify", "--json"], &out);
    let report: Report = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report.excerpt.unwrap().camera.as_str(), "entrance-1");
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_program_leaves_no_half_of_it_under_its_name() {
    let archive = seal_day(None);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("appeal.zip");
    let wanted =
        ["excerpt", "--camera", "entrance-1", "--from", FROM, "--to", TO, "--out", out.to_str().unwrap()];
    let left = || -> Vec<String> {
        let names = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    };
    // As soon as its bytes are to be brought to the disk.
    let mut killed = Command::new("strace");
    killed.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:signal=SIGKILL"]);
    killed.arg(env!("CARGO_BIN_EXE_invigil")).args(wanted).arg(archive.folder.path());
    assert!(!killed.output().expect("strace is installed").status.success());
    assert_eq!(left(), ["appeal.zip.unfinished"]);

    assert_eq!(invigil(&wanted, archive.folder.path()).status.code(), Some(0));
    assert_eq!(left(), ["appeal.zip"]);
}
