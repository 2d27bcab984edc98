//! Files that were never closed.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use invigil::point::CameraId;
use invigil::recording::index::Index;
use invigil::recording::mp4::Track;
use invigil::recording::{Repair, repair};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::bench::{Bench, LONG, counters, files, judge};

fn camera_id() -> CameraId {
    "hall-1".parse().unwrap()
}

fn closed(folder: &Path) -> (invigil::journal::Segment, u64) {
    let Repair { finished, salvaged, cut_bytes } = repair(folder, &camera_id(), 0).unwrap();
    assert_eq!(salvaged, []);
    let segment = finished.unwrap().segment;
    assert!(segment.repaired);
    (segment, cut_bytes)
}

/// A file as it stands while it is recorded: header open, no final `moov`.
fn reopen(folder: &Path) -> Vec<u8> {
    let path = folder.join("000000.mp4");
    let index = Index::parse(&fs::read(path.with_extension("idx")).unwrap()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.truncate(index.lines().last().unwrap().end() as usize);
    let header = Track::open_header();
    bytes[..header.len()].copy_from_slice(&header);
    bytes
}

#[test]
fn a_file_cut_anywhere_plays_up_to_its_last_whole_fragment() {
    let source = tempdir().unwrap();
    Bench::record("pattern:hall", source.path(), 5_000).after_segments(1);
    let bytes = reopen(source.path());
    let index_bytes = fs::read(source.path().join("000000.idx")).unwrap();
    let index = Index::parse(&index_bytes).unwrap();
    let judged = Cell::new(0);
    proptest!(ProptestConfig::with_cases(80), |(cut in 0..bytes.len(), idx_cut in 0..index_bytes.len())| {
        let folder = tempdir().unwrap();
        let (mp4, idx) = (folder.path().join("000000.mp4"), folder.path().join("000000.idx"));
        fs::write(&mp4, &bytes[..cut]).unwrap();
        fs::write(&idx, &index_bytes[..idx_cut]).unwrap();
        let whole: Vec<_> = index.fragments().iter().take_while(|line| line.end() <= cut as u64).collect();
        match whole.last() {
            None => {
                let nothing = Repair { finished: None, salvaged: Vec::new(), cut_bytes: cut as u64 };
                prop_assert_eq!(repair(folder.path(), &camera_id(), 0).unwrap(), nothing);
                prop_assert!(!mp4.exists() && !idx.exists());
            }
            Some(last) => {
                let (segment, cut_bytes) = closed(folder.path());
                prop_assert_eq!(cut_bytes, cut as u64 - last.end());
                prop_assert_eq!(segment.frames, whole.iter().map(|line| u64::from(line.frames)).sum::<u64>());
                prop_assert_eq!(segment.to_ms, last.utc_end_ms());
                // ffmpeg takes its time.
                judged.set(judged.get() + 1);
                if judged.get() <= 8 {
                    judge(&mp4);
                }
                let again = repair(folder.path(), &camera_id(), 0).unwrap();
                prop_assert_eq!((again.finished.map(|again| again.segment.repaired), again.cut_bytes), (Some(false), 0));
            }
        }
    });
    assert!(judged.get() > 0);
}

#[test]
fn a_file_whose_close_was_cut_off_is_closed_again() {
    let source = tempdir().unwrap();
    let events = Bench::record("pattern:hall", source.path(), 5_000).after_segments(1);
    let finished = fs::read(&files(&events)[0]).unwrap();
    let end = reopen(source.path()).len();
    let mut open_header = finished.clone();
    open_header[..Track::open_header().len()].copy_from_slice(&Track::open_header());
    for torn in [&open_header[..end + 7], &open_header[..]] {
        fs::write(source.path().join("000000.mp4"), torn).unwrap();
        closed(source.path());
        assert_eq!(fs::read(source.path().join("000000.mp4")).unwrap(), finished);
    }
}

#[test]
fn zeros_that_a_power_cut_left_are_cut_off() {
    let folder = tempdir().unwrap();
    Bench::record("pattern:hall", folder.path(), 5_000).after_segments(1);
    let mut bytes = reopen(folder.path());
    let index = fs::read(folder.path().join("000000.idx")).unwrap();
    let index = Index::parse(&index).unwrap();
    let last = index.lines().last().unwrap();
    // A stop soon after a key frame leaves a last fragment that is shorter.
    let page = (last.end() - last.length.min(1_000)) as usize;
    bytes[page..].fill(0);
    fs::write(folder.path().join("000000.mp4"), &bytes).unwrap();
    let (segment, cut_bytes) = closed(folder.path());
    assert_eq!(
        (segment.to_ms, cut_bytes),
        (index.fragments()[index.fragments().len() - 2].utc_end_ms(), last.length)
    );
    judge(&folder.path().join("000000.mp4"));
}

#[test]
fn what_is_whole_behind_a_hole_becomes_a_segment_of_its_own() {
    let folder = tempdir().unwrap();
    Bench::record("pattern:hall", folder.path(), 20_000).after_segments(1);
    for number in 1.. {
        let (mp4, idx) = (format!("{number:06}.mp4"), format!("{number:06}.idx"));
        if fs::remove_file(folder.path().join(mp4)).is_err() {
            break;
        }
        fs::remove_file(folder.path().join(idx)).unwrap();
    }
    let whole = counters(&folder.path().join("000000.mp4"));
    let bytes = reopen(folder.path());
    let index_bytes = fs::read(folder.path().join("000000.idx")).unwrap();
    let index = Index::parse(&index_bytes).unwrap();
    let holed = |holes: &[usize]| {
        let mut bytes = bytes.clone();
        for hole in holes {
            let line = &index.fragments()[*hole];
            let (at, length) = (line.offset as usize, line.length as usize);
            bytes[at..at + length / 2].fill(0);
        }
        bytes
    };
    let key_after = |hole: usize| (hole + 1..).find(|at| index.fragments()[*at].key).unwrap();
    let frames = |range: std::ops::Range<usize>| -> usize {
        index.fragments()[range].iter().map(|line| line.frames as usize).sum()
    };
    let all = index.fragments().len();
    let path = |number: usize| folder.path().join(format!("{number:06}.mp4"));
    for lost_index in [false, true] {
        fs::write(path(0), holed(&[2, 7])).unwrap();
        fs::write(path(0).with_extension("idx"), if lost_index { &[] } else { &index_bytes[..] }).unwrap();
        let repaired = repair(folder.path(), &camera_id(), 0).unwrap();
        let numbers: Vec<u32> = repaired.salvaged.iter().map(|finished| finished.segment.segment).collect();
        assert_eq!(numbers, [1, 2], "a second repair makes the same files");
        assert!(repaired.salvaged.iter().all(|finished| finished.segment.repaired));
        let spans = [0..2, key_after(2)..7, key_after(7)..all];
        let lost: u64 = [2..key_after(2), 7..key_after(7)]
            .into_iter()
            .flat_map(|span| &index.fragments()[span])
            .map(|line| line.length)
            .sum();
        assert_eq!(repaired.cut_bytes, lost);
        let mut kept = Vec::new();
        for (number, span) in spans.into_iter().enumerate() {
            assert_eq!(judge(&path(number)), frames(span));
            kept.extend(counters(&path(number)));
        }
        let missing: Vec<&u32> = whole.iter().filter(|counter| !kept.contains(counter)).collect();
        assert_eq!(missing.len(), frames(2..key_after(2)) + frames(7..key_after(7)));
    }
    let salvaged = Index::parse(&fs::read(path(1).with_extension("idx")).unwrap()).unwrap();
    assert_eq!(salvaged.fragments()[0].utc_ms, index.fragments()[key_after(2)].utc_ms);
}

#[test]
fn what_is_no_recording_is_left_alone() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("000000.mp4");
    let text = b"These are somebody else's notes, and quite a lot of them, too.";
    fs::write(&path, text).unwrap();
    let error = repair(folder.path(), &camera_id(), 0).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(fs::read(&path).unwrap(), text);
}

/// The program itself, killed while it records.
#[cfg(feature = "station")]
#[test]
fn a_killed_recording_loses_at_most_its_open_fragment() {
    let folder = tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_invigil"));
    program.args(["record", "--camera", "pattern:hall", "--size", "320x240", "--rate", "30"]);
    program.args(["--seconds", "600", "--out"]).arg(folder.path());
    let mut child = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let idx = folder.path().join("000000.idx");
    let lines = || fs::read(&idx).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
    let mut waits = LONG.as_millis() / 50;
    while lines() < 4 && waits > 0 {
        std::thread::sleep(Duration::from_millis(50));
        waits -= 1;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let on_disk = Index::parse_prefix(&fs::read(&idx).unwrap()).0;
    assert!(on_disk.fragments().len() >= 3);
    let (segment, _) = closed(folder.path());
    let mp4 = folder.path().join("000000.mp4");
    judge(&mp4);
    let counters = counters(&mp4);
    assert_eq!(counters, (0..segment.frames as u32).collect::<Vec<_>>());
    let known: u64 = on_disk.fragments().iter().map(|line| u64::from(line.frames)).sum();
    assert!(segment.frames >= known);
}
