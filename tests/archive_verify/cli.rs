//! `invigil verify` as a person and a program see it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use invigil::archive::Report;
use invigil::journal::Link;

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
    assert_eq!((report.format, report.intact_segments), (2, 6));

    flip(&archive.part(1), offset_in_part(&archive.part(1), "entrance-1/000000.mp4") + 900, 0);
    let output = verify(folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(first_line(&output).starts_with("TAMPERED entrance-1 000000.mp4, 09:00:0"), "{output:?}");
    fs::remove_file(archive.part(1)).unwrap();
    let output = verify(folder, &[]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_json_report_is_what_its_schema_says() {
    let archive = seal_day(Some(Link::Linked));
    let folder = archive.folder.path();
    let schema = Command::new(env!("CARGO_BIN_EXE_invigil")).args(["verify", "--schema"]).output().unwrap();
    let schema_file = folder.join("schema.json");
    fs::write(&schema_file, &schema.stdout).unwrap();
    let holds = |report: &[u8]| {
        let report_file = folder.join("report.json");
        fs::write(&report_file, report).unwrap();
        let script = "import json, sys, jsonschema\n\
            schema, report = (json.load(open(path)) for path in sys.argv[1:])\n\
            jsonschema.Draft202012Validator.check_schema(schema)\n\
            jsonschema.Draft202012Validator(schema).validate(report)\n";
        let judge = Command::new("/usr/bin/python3")
            .args(["-c", script])
            .args([&schema_file, &report_file])
            .output()
            .unwrap();
        (judge.status.success(), String::from_utf8_lossy(&judge.stderr).into_owned())
    };
    let valid = verify(folder, &["--json"]).stdout;
    assert_eq!(holds(&valid), (true, String::new()));
    flip(&archive.part(1), offset_in_part(&archive.part(1), "entrance-1/000000.mp4") + 900, 0);
    fs::remove_file(archive.part(2)).unwrap();
    let tampered = verify(folder, &["--json"]).stdout;
    assert_eq!(holds(&tampered), (true, String::new()));
    assert_eq!(holds(&verify(&folder.join("absent"), &["--json"]).stdout), (true, String::new()));

    // Every field is described, and another value is refused.
    let report: serde_json::Value = serde_json::from_slice(&tampered).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    let described = schema["properties"].as_object().unwrap();
    assert_eq!(report.as_object().unwrap().keys().collect::<Vec<_>>(), described.keys().collect::<Vec<_>>());
    let wrong = String::from_utf8(tampered).unwrap().replacen("TAMPERED", "FINE", 1);
    assert!(!holds(wrong.as_bytes()).0);
}

#[test]
fn every_camera_has_a_line_with_its_times() {
    let archive = seal_day(None);
    let folder = archive.folder.path();
    flip(&archive.part(1), offset_in_part(&archive.part(1), "entrance-1/000000.mp4") + 900, 0);
    fs::remove_file(archive.part(2)).unwrap();
    let output = verify(folder, &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    let cells = |camera: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(camera)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(cells("entrance-1"), ["entrance-1", "0:00:16", "0:00:02", "–", "–", "–"], "{text}");
    assert_eq!(cells("room-3"), ["room-3", "–", "–", "–", "–", "0:00:18"], "{text}");
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
