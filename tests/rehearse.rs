//! The rehearsal, as a person runs it; and that it needs no network.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

mod judges;

fn rehearse(program: &mut Command, folder: &Path) -> Output {
    program
        .args(["--lang", "en", "--data"])
        .arg(folder.join("data"))
        .args(["rehearse", "--seconds", "6", "--cameras", "pattern", "--json", "--out"])
        .arg(folder.join("out"))
        .output()
        .unwrap()
}

fn result(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_rehearsed_day_leaves_a_valid_archive() {
    let folder = tempfile::tempdir().unwrap();
    let output = rehearse(&mut Command::new(env!("CARGO_BIN_EXE_invigil")), folder.path());
    let result = result(&output);
    assert_eq!(result["report"]["integrity"], "VALID");
    assert_eq!(result["report"]["provenance"], "UNCHECKED");
    let phases: Vec<&str> =
        result["phases"].as_array().unwrap().iter().filter_map(|p| p["phase"].as_str()).collect();
    assert_eq!(phases, ["plan", "check", "start", "access", "code", "stop", "seal", "copy"]);
    let archive = PathBuf::from(result["archive"].as_str().unwrap());

    // The rehearsal is a station of its own, with a key of its own.
    let rehearsals = folder.path().join("data/rehearsals");
    let station = std::fs::read_dir(rehearsals).unwrap().next().unwrap().unwrap().path();
    let mut keys = Command::new(env!("CARGO_BIN_EXE_invigil"));
    let keys = judges::run(keys.arg("--data").arg(station).args(["keys", "show", "--json"]));
    let key: Value = serde_json::from_slice(&keys.stdout).unwrap();
    let key = key["openssh"].as_str().unwrap();
    let mut parts = 0;
    for part in std::fs::read_dir(&archive).unwrap() {
        judges::accept(&part.unwrap().path(), key, &folder.path().join("unpacked"));
        parts += 1;
    }
    let stills = folder.path().join("unpacked");
    let journal = std::fs::read_dir(stills).unwrap().map(|part| part.unwrap().path());
    let journal = journal.into_iter().find(|part| part.to_string_lossy().ends_with("-00")).unwrap();
    for camera in ["corridor", "entrance"] {
        let view = journal.join(format!("data/stills/{camera}/0001-reference.jpg"));
        assert!(view.exists(), "the view of {camera} was approved");
    }
    assert_eq!(parts, 3, "a part of video, the journal's, and what came after");

    let verify = Command::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["--lang", "en", "verify"])
        .arg(&archive)
        .output()
        .unwrap();
    assert_eq!(verify.status.code(), Some(0), "{verify:?}");
    assert!(String::from_utf8_lossy(&verify.stdout).starts_with("VALID"), "{verify:?}");
}

/// Where the forms of part 00 are now.
fn forms_of(archive: &str, folder: &Path) -> PathBuf {
    let name = Path::new(archive).file_name().unwrap().to_str().unwrap();
    judges::unpacked(&Path::new(archive).join(format!("{name}-00.zip")), &folder.join("unpacked"))
        .join("data/forms")
}

fn pdf_text(file: &Path) -> String {
    let read = judges::run(Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(file).arg("-"));
    String::from_utf8_lossy(&read.stdout).into_owned()
}

/// Rooms with letters, forms with other columns and signers, a retention that counts from the results, zones with rules: nothing is one country's.
#[test]
fn days_of_other_countries_rules_are_valid_too() {
    let log = "access-log-b.pdf";
    let india = [
        (log, &["Register of access", "Designation", "Room /", "Purpose"][..]),
        ("readiness-act.pdf", &["I certify", "centre superintendent"]),
    ];
    let kazakhstan = [
        (log, &["пункта тестирования", "Основание", "Вид работ"][..]),
        ("readiness-act.pdf", &["у каждого места", "Представитель министерства"]),
    ];
    for (example, day, cameras, own) in
        [("india-cbse", "dl-600123-", 7, &india[..]), ("kazakhstan-ent", "750-0012-", 7, &kazakhstan)]
    {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_invigil"));
        let output = program
            .args(["--lang", "en", "--data"])
            .arg(folder.path().join("data"))
            .args(["rehearse", "--seconds", "5", "--example", example, "--all-checklists", "--json", "--out"])
            .arg(folder.path().join("out"))
            .output()
            .unwrap();
        let result = result(&output);
        assert_eq!(result["report"]["integrity"], "VALID", "{example}");
        assert_eq!(result["report"]["cameras"].as_array().map(Vec::len), Some(cameras));
        assert!(result["archive"].as_str().unwrap().contains(day), "{example}");
        let forms = forms_of(result["archive"].as_str().unwrap(), folder.path());
        for (form, words) in own {
            let text = pdf_text(&forms.join(form));
            assert!(words.iter().all(|word| text.contains(word)), "{example}: {text}");
            assert!(!text.contains("ГЭК") && !text.contains("Субъект"), "{example}: {text}");
        }
    }
}

/// In a network namespace of its own there is not even a loopback address; a connection tried to
/// any address would show in the trace.
#[test]
#[cfg(target_os = "linux")]
fn a_rehearsal_needs_no_network_and_asks_for_none() {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let mut program = Command::new("unshare");
    program.args(["-rn", "strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o"]).arg(&trace);
    program.arg(env!("CARGO_BIN_EXE_invigil"));
    let result = result(&rehearse(&mut program, folder.path()));
    assert_eq!(result["report"]["integrity"], "VALID");
    let trace = std::fs::read_to_string(trace).unwrap();
    let outside: Vec<&str> =
        trace.lines().filter(|line| line.contains("AF_INET") && !to_itself(line)).collect();
    assert!(outside.is_empty(), "{outside:#?}");
}

/// Real video, made by the whole program: it plays, and nothing of the other camera is in it.
#[test]
fn an_excerpt_of_a_rehearsed_day_is_valid_and_plays() {
    let folder = tempfile::tempdir().unwrap();
    let result = result(&rehearse(&mut Command::new(env!("CARGO_BIN_EXE_invigil")), folder.path()));
    let recordings = result["report"]["recordings"].as_array().unwrap();
    let of = |camera: &str| recordings.iter().find(|recording| recording["camera"] == camera).unwrap();
    let times = ["from_ms", "to_ms"].map(|end| of("corridor")[end].as_i64().unwrap());
    let iso = |ms: i64| chrono::DateTime::from_timestamp_millis(ms).unwrap().to_rfc3339();
    let out = folder.path().join("appeal.zip");
    let mut program = Command::new(env!("CARGO_BIN_EXE_invigil"));
    let made = program
        .args(["excerpt", "--camera", "corridor", "--json", "--from"])
        .args([iso((times[0] + times[1]) / 2), "--to".to_owned(), iso(times[1])])
        .arg("--out")
        .arg(&out)
        .arg(result["archive"].as_str().unwrap());
    let made: Value = serde_json::from_slice(&judges::run(made).stdout).unwrap();
    assert_eq!(made["report"]["integrity"], "VALID");
    let shown = &made["report"]["recordings"][0];
    let all = of("corridor")["frames"].as_u64().unwrap();
    let frames = shown["frames"].as_u64().unwrap();
    assert!((1..=all).contains(&frames), "{frames} of {all}");
    let bytes = std::fs::read(&out).unwrap();
    assert!(!bytes.windows(8).any(|window| window == b"entrance"));

    let taken = folder.path().join("taken");
    let mut program = Command::new(env!("CARGO_BIN_EXE_invigil"));
    judges::run(program.arg("extract").arg(&out).arg("--to").arg(&taken));
    let excerpt = std::fs::read_dir(&taken).unwrap().next().unwrap().unwrap().path();
    let video =
        excerpt.join("video/corridor").join(shown["file"].as_str().unwrap().rsplit('/').next().unwrap());
    let count =
        ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames,start_time,duration"];
    let probe = judges::run(Command::new("ffprobe").args(count).args(["-of", "json"]).arg(&video));
    assert!(probe.stderr.is_empty(), "{}", String::from_utf8_lossy(&probe.stderr));
    let probe: Value = serde_json::from_slice(&probe.stdout).unwrap();
    let stream = &probe["streams"][0];
    assert_eq!(stream["nb_read_frames"].as_str(), Some(&*frames.to_string()));
    // An ordinary file of its own: it begins at its beginning and knows its length.
    assert_eq!(stream["start_time"].as_str(), Some("0.000000"));
    let seconds: f64 = stream["duration"].as_str().unwrap().parse().unwrap();
    let expected = (shown["to_ms"].as_i64().unwrap() - shown["from_ms"].as_i64().unwrap()) as f64 / 1000.0;
    assert!((seconds - expected).abs() < 1.0, "{seconds} s for {expected} s");
}

/// Its own time service is asked how well it keeps the time (`chronyc`).
fn to_itself(line: &str) -> bool {
    line.contains("inet_addr(\"127.0.0.1\")") || line.contains("\"::1\"")
}
