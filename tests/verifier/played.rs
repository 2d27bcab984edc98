//! A real recording in the page: shown by the second, and played.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::browser::{Browser, files_in};
use crate::judges;

/// Plays the first recording for a moment; tells what came of it.
const PLAYED: &str = "new Promise((done) => {
    document.querySelector('#timeline button.signed').click();
    const film = byId('film');
    const tell = () => done({ error: film.error && film.error.message, seconds: film.duration,
        wide: film.videoWidth, frames: film.getVideoPlaybackQuality().totalVideoFrames,
        stamp: document.querySelector('.stamp').textContent });
    film.addEventListener('error', tell);
    film.addEventListener('timeupdate', () => film.currentTime > 0.5 && tell());
    film.muted = true;
    film.play().catch(() => {});
})";

#[test]
fn a_rehearsed_day_is_shown_and_its_video_plays() {
    let folder = tempfile::tempdir().unwrap();
    let mut rehearsal = Command::new(env!("CARGO_BIN_EXE_invigil"));
    rehearsal.args(["rehearse", "--lang", "en", "--cameras", "pattern", "--seconds", "6", "--data"]);
    let output =
        rehearsal.arg(folder.path().join("data")).arg("--out").arg(folder.path().join("out")).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let archive = files_in(&folder.path().join("out")).remove(0);
    let beside = folder.path().join("unpacked");
    fs::create_dir(&beside).unwrap();
    for part in files_in(&archive) {
        let copy = beside.join(part.file_name().unwrap());
        fs::copy(&part, &copy).unwrap();
        run_as_written(&judges::unpacked(&copy, &beside));
    }

    let mut browser = Browser::new();
    let told = browser.verification(&files_in(&archive), None, "");
    assert_eq!(told["report"]["integrity"], "VALID", "{told}");
    let shown = browser.evaluate("byId('log').querySelectorAll('tbody tr').length");
    assert_eq!(shown.as_u64(), told["report"]["records"].as_u64(), "a row a record");
    // No text is left without its words, and no record without its own.
    let page = browser.evaluate("document.body.innerText");
    let page = page.as_str().unwrap();
    for sign in ["event-", "archive-", "undefined", "[object", "{ $", "NaN", "Invalid"] {
        let lines: Vec<&str> = page.lines().filter(|line| line.contains(sign)).collect();
        assert!(lines.is_empty(), "{sign}: {lines:?}");
    }
    browser.evaluate("byId('filter').value = 'access'; byId('filter').dispatchEvent(new Event('change'))");
    assert_eq!(
        browser.evaluate("byId('log').querySelectorAll('tbody tr').length"),
        1,
        "one access was rehearsed"
    );

    let played = browser.evaluate(PLAYED);
    assert!(played["error"].is_null(), "{played}");
    assert!(played["frames"].as_u64() > Some(3) && played["wide"] == 640, "{played}");
    assert!(played["stamp"].as_str().unwrap().contains("202"), "{played}");

    // An excerpt of it plays what is proved and nothing else.
    let report = told["report"]["recordings"][0].clone();
    let appeal = folder.path().join("appeal.zip");
    let mut excerpt = Command::new(env!("CARGO_BIN_EXE_invigil"));
    excerpt.args(["excerpt", "--from", "2020-01-01T00:00", "--to", "2099-01-01T00:00", "--camera"]);
    excerpt.arg(report["camera"].as_str().unwrap()).arg("--out").arg(&appeal).arg(&archive);
    let output = excerpt.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = browser.verification(&[appeal], None, "");
    assert_eq!(told["report"]["integrity"], "VALID", "{told}");
    let played = browser.evaluate(PLAYED);
    assert!(played["error"].is_null(), "{played}");
    assert!(played["frames"].as_u64() > Some(3) && played["wide"] == 640, "{played}");
    let verdict = browser.evaluate("byId('verdict').innerText");
    assert!(verdict.as_str().unwrap().contains(report["camera"].as_str().unwrap()), "{verdict}");
}

/// Does what `verify.txt` says, word by word.
fn run_as_written(bag: &Path) {
    let text = fs::read_to_string(bag.join("verify.txt")).unwrap();
    let line = text.lines().find_map(|line| line.split_once("its line: ")).unwrap().1;
    fs::write(bag.with_file_name("signers"), format!("{line}\n")).unwrap();
    let programs = ["unzip", "bagit.py", "sha256sum", "openssl", "ssh-keygen"];
    let commands: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("   "))
        .filter(|line| programs.iter().any(|program| line.starts_with(program)))
        .collect();
    assert_eq!(commands.len(), 6, "{commands:?}");
    for command in commands {
        judges::run(Command::new("bash").args(["-c", command]).current_dir(bag));
    }
}
