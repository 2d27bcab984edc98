//! The command line from outside: exit codes, where results and errors go, closed pipes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn invigil(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_invigil")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn vector(name: &str) -> String {
    format!("{}/tests/vectors/profile/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn wrong_usage_is_64_and_help_is_a_result() {
    for wrong in [&["--no-such-option"][..], &["no-such-command"], &["point"], &["point", "lint", "a", "b"]] {
        let output = invigil(wrong);
        assert_eq!(output.status.code(), Some(64), "{wrong:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{wrong:?}");
    }
    for help in [&["--help"][..], &["--version"], &["point", "lint", "--help"]] {
        let output = invigil(help);
        assert_eq!(output.status.code(), Some(0), "{help:?}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{help:?}");
    }
    assert!(
        text(&invigil(&["point", "show", "--help"]).stdout).contains("Example: invigil point show --json")
    );
}

#[test]
fn lint_lists_every_fault_on_stdout_in_the_language_asked_for() {
    let output = invigil(&["--lang", "en", "point", "lint", &vector("zone-mismatch")]);
    assert_eq!(output.status.code(), Some(33));
    let expected = "zone-mismatch.toml:32: cameras[2].zone: not the zone of room 8002";
    assert!(text(&output.stdout).contains(expected), "{}", text(&output.stdout));
    let output = invigil(&["--lang", "ru", "point", "lint", &vector("one-fault-hides-no-other")]);
    assert_eq!(text(&output.stdout).lines().count(), 7);
    assert!(text(&output.stdout).contains("число нечётное"));
}

#[test]
fn every_fault_of_every_checklist_is_listed_by_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let listed = invigil(&["--lang", "en", "--data", data, "checklist", "list"]);
    assert_eq!(text(&listed.stdout).lines().count(), 9, "{}", text(&listed.stdout));
    assert!(text(&listed.stdout).contains("hourly-round  4  Hourly round"));

    let (good, bad) = (folder.path().join("end.toml"), folder.path().join("gate.toml"));
    let built_in = fs::read_to_string("checklists/end-of-exam.toml").unwrap();
    fs::write(&good, built_in.replace("id = \"end-of-exam\"", "id = \"end\"")).unwrap();
    let (lost, untranslated) = ("blocking = true\n", "en = \"End of the exam\"\n");
    fs::write(&bad, built_in.replacen(lost, "", 1).replace(untranslated, "")).unwrap();
    let arguments = ["--lang", "en", "checklist", "lint"];
    let files = [bad.to_str().unwrap(), good.to_str().unwrap()];
    let output = invigil(&[&arguments[..], &files].concat());
    assert_eq!(output.status.code(), Some(34));
    let said = text(&output.stdout);
    assert_eq!(said.lines().count(), 4, "{said}");
    assert!(said.contains("gate.toml:8: id"), "{said}");
    assert!(said.contains("name.en") && said.contains("steps[1].blocking"), "{said}");
    assert!(said.contains("end.toml: 5 steps, no fault found."), "{said}");

    fs::create_dir(folder.path().join("checklists")).unwrap();
    fs::rename(&bad, folder.path().join("checklists/gate.toml")).unwrap();
    let output = invigil(&["--lang", "en", "--data", data, "checklist", "lint"]);
    assert_eq!(output.status.code(), Some(34));
}

#[test]
fn a_table_of_equipment_is_refused_with_every_fault_before_anybody_is_asked_for_a_pin() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("school.csv");
    fs::write(&table, "Инв. номер;Вид\n1;камера\n1;камера\n;камера\n").unwrap();
    let data = folder.path().to_str().unwrap();
    let import = ["equipment", "--person", "technician", "import", table.to_str().unwrap()];
    let output = invigil(&[&["--lang", "en", "--data", data][..], &import].concat());
    assert_eq!(output.status.code(), Some(39));
    let said = text(&output.stderr);
    assert!(said.contains("line 3: number 1 stands in line 2 already"), "{said}");
    assert!(said.contains("line 4: “” is no inventory number"), "{said}");
    fs::write(&table, "Инв. номер;Вид\n1;камера\n").unwrap();
    let output = invigil(&[&["--lang", "en", "--data", data][..], &import].concat());
    assert_eq!(output.status.code(), Some(37), "no station: {}", text(&output.stderr));
}

#[test]
fn what_went_wrong_goes_to_stderr_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let output = invigil(&["--lang", "en", "--data", data, "point", "lint"]);
    assert_eq!(output.status.code(), Some(33));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).starts_with("There is no file "), "{}", text(&output.stderr));

    fs::write(folder.path().join("profile.toml"), b"name = \"\xff\"").unwrap();
    let output = invigil(&["--lang", "en", "--data", data, "point", "show"]);
    assert_eq!(output.status.code(), Some(33));
    assert!(text(&output.stderr).contains("line 1: the text is not UTF-8"), "{}", text(&output.stderr));
}

#[test]
fn the_built_in_point_is_shown_when_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("not yet there");
    let output = invigil(&["--data", data.to_str().unwrap(), "point", "show", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(shown["point"], "0101");
    assert_eq!(shown["cameras"][0]["zone"], "corridor");
    assert!(!data.exists(), "looking makes nothing");
}

#[test]
fn passwords_of_cameras_are_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let demo =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/profile/demo.toml")).unwrap();
    let data = folder.path().to_str().unwrap();
    for source in ["rtsp://admin:geheim@10.0.0.5/live", "rtps://admin:geheim@10.0.0.5/live"] {
        fs::write(folder.path().join("profile.toml"), demo.replace("pattern:corridor", source)).unwrap();
        for action in [&["show"][..], &["show", "--json"], &["lint"]] {
            let output = invigil(&[&["--data", data, "point"], action].concat());
            let all = [text(&output.stdout), text(&output.stderr)].concat();
            assert!(!all.contains("geheim"), "{action:?}: {all}");
        }
    }
}

/// As in `invigil point show | head -1`.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = Command::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["--data", folder.path().to_str().unwrap(), "point", "show", "--json"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[cfg(feature = "station")]
#[test]
fn check_says_what_it_measured() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let target = folder.path().to_str().unwrap();
    let output = invigil(&["--data", data.to_str().unwrap(), "check", "--json", "--target", target]);
    let lines: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let checks: Vec<_> = lines.iter().map(|line| line["check"].as_str().unwrap()).collect();
    let known = [
        "free_disk",
        "disk_health",
        "clock",
        "programs",
        "software",
        "antivirus",
        "memory_and_load",
        "power_saving",
        "network",
        "wireless",
        "ups",
        "printers",
        "scanners",
        "usb_media",
        "backups",
        "target_medium",
        "cameras",
    ];
    assert_eq!(checks, known);
    let fine = lines.iter().all(|line| line["outcome"] == "passed");
    assert_eq!(output.status.code(), Some(if fine { 0 } else { 1 }));
    assert!(lines[0]["evidence"][0]["value"].as_u64().unwrap() > 0);

    let gone = folder.path().join("gone");
    let output = invigil(&["--data", data.to_str().unwrap(), "check", "--target", gone.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn outages_of_no_exam_day_are_a_fault_with_its_own_code() {
    let folder = tempfile::tempdir().unwrap();
    let output = invigil(&["--lang", "en", "--data", folder.path().to_str().unwrap(), "outages"]);
    assert_eq!(output.status.code(), Some(31));
    assert!(output.stdout.is_empty() && text(&output.stderr).contains("There is no exam day"), "{output:?}");
}

#[test]
fn an_example_is_written_with_its_own_forms_and_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let example = || invigil(&["--lang", "en", "point", "example", "india-cbse", "--to", to]);
    assert_eq!(example().status.code(), Some(0));
    let lint = |of: &[&str]| invigil(&[&["--lang", "en", "--data", to], of].concat());
    assert_eq!(lint(&["point", "lint"]).status.code(), Some(0));
    let forms = lint(&["form", "lint"]);
    assert!(text(&forms.stdout).contains("2 of them your own"), "{forms:?}");
    let again = example();
    assert_eq!(again.status.code(), Some(30));
    assert!(text(&again.stderr).contains("profile.toml"), "{again:?}");
}
