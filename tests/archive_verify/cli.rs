//! `invigil verify` as a person and a program see it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use invigil::archive::Report;

use crate::day::{flip, new_key, offset_in_part, seal_day};

fn verify(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["--lang", "en", "verify"])
        .arg(folder)
        .args(more)
        .output()
        .unwrap()
}

fn first_line(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap().lines().next().unwrap_or_default()
}

#[test]
fn the_verdict_is_the_first_line_and_the_exit_code() {
    let archive = seal_day(None);
    let folder = archive.folder.path();
    let output = verify(folder, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(first_line(&output), "VALID · UNCHECKED; 6 segments of video intact");
    let text = archive.act.text();
    assert!(first_line(&verify(folder, &["--act", &text])).starts_with("VALID · ANCHORED"));

    let signers = folder.join("signers");
    fs::write(&signers, format!("station {}\n", new_key().public())).unwrap();
    let output = verify(folder, &["--signers", signers.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    assert!(first_line(&output).starts_with("VALID · UNTRUSTED_KEY"));

    let output = verify(folder, &["--json"]);
    let report: Report = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report.format, report.intact_segments), (1, 6));

    flip(&archive.part(1), offset_in_part(&archive.part(1), "entrance-1/000000.mp4") + 900, 0);
    let output = verify(folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(first_line(&output).starts_with("TAMPERED entrance-1 000000.mp4, 09:00:0"), "{output:?}");
    fs::remove_file(archive.part(1)).unwrap();
    let output = verify(folder, &[]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn wrong_arguments_are_told_apart_from_wrong_archives() {
    let folder = tempfile::tempdir().unwrap();
    let output = verify(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(4));
    assert!(first_line(&output).starts_with("CANNOT_VERIFY"), "{output:?}");
    assert_eq!(verify(folder.path(), &["--act", "nothing"]).status.code(), Some(64));
    assert_eq!(verify(folder.path(), &["--signers", "/nonexistent"]).status.code(), Some(4));
    assert_eq!(verify(folder.path(), &["--wrong"]).status.code(), Some(64));
}
