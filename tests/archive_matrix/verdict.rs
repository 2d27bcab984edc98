//! What is said of an archive, in one line.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use invigil::archive::verify::{FirstWords, VerifyOptions, first_words, verify};
use invigil::archive::{Integrity, Place, Report};
use invigil::signing::AllowedSigners;

use crate::archive::Archive;
use crate::day::{DAY, START_MS};

/// Both verdicts, the worst fault and its place, the segments left intact.
pub fn of(archive: &Archive) -> String {
    let report = report(archive);
    let (integrity, provenance) = (report.integrity.word(), report.provenance.word());
    let fault = match report.worst_fault() {
        Some(fault) => format!("{} {}", fault.message.id, place(&fault.place)),
        None => String::new(),
    };
    format!("{integrity} {provenance} {fault}{}/{}", report.intact_segments, archive.segments)
}

pub fn report(archive: &Archive) -> Report {
    let folder = tempfile::tempdir().unwrap();
    archive.write(folder.path());
    let mut signers = archive.signers.as_ref().map(|text| AllowedSigners::parse(text).unwrap());
    signers.iter_mut().for_each(|signers| signers.revoke(archive.revoked.as_bytes()).unwrap());
    let options = VerifyOptions {
        signers,
        act: archive.act.as_ref().map(|text| text.parse().unwrap()),
        at_ms: START_MS,
    };
    let report = verify(&[folder.path().to_owned()], &options, &mut |_, _| ControlFlow::Continue(()));
    let first = first_words_of(folder.path());
    // What was said first is not taken back.
    assert!(first.is_none_or(|first| !first.tampered) || report.integrity == Integrity::Tampered);
    report
}

/// Of the parts with number 00 there.
pub fn first_words_of(folder: &Path) -> Option<FirstWords> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let first: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().ends_with("-00.zip")).collect();
    first_words(&first, &mut |_, _| ControlFlow::Continue(()))
}

/// `01 video/room-3/000001.mp4 room-3/1 09:00:31–09:00:33 r17 `: part, file, segment, time, record.
fn place(place: &Place) -> String {
    let mut words = Vec::new();
    if let Some(part) = &place.part {
        let name = part.strip_suffix(".zip").unwrap_or(part);
        words.push(name.strip_prefix(&format!("{DAY}-")).unwrap_or(name).to_owned());
    }
    if let (None, Some(day)) = (&place.part, &place.day) {
        words.push(day.as_str().rsplit('-').next().unwrap_or_default().to_owned());
    }
    match (&place.camera, place.segment, &place.file) {
        (Some(camera), Some(segment), file) => {
            let kind = file.as_deref().and_then(|file| file.rfind('.').map(|dot| &file[dot..]));
            words.push(format!("{camera}/{segment:06}{}", kind.unwrap_or_default()));
        }
        (Some(camera), None, _) => words.push(camera.to_string()),
        (None, _, Some(file)) => words.push(file.trim_start_matches("data/").to_owned()),
        (None, _, None) => {}
    }
    let clock = |ms| DateTime::from_timestamp_millis(ms).unwrap().with_timezone(&chrono_tz::Europe::Moscow);
    match (place.from_ms, place.to_ms) {
        (Some(from), Some(to)) => {
            words.push(format!("{}–{}", clock(from).format("%T"), clock(to).format("%T")))
        }
        (Some(from), None) => words.push(clock(from).format("%T").to_string()),
        _ => {}
    }
    words.extend(place.record.map(|record| format!("r{record}")));
    words.iter().map(|word| format!("{word} ")).collect()
}
