//! An ALSA microphone in the camera VM: recorded, unplugged and plugged in again, and the recorder
//! killed.
#![cfg(all(feature = "cameras", target_os = "linux"))]

mod listening;

use std::fs;
use std::path::Path;
use std::process::Command;

use invigil::recording::repair;
use listening::{RATE, heard};

/// Tenths of a second in which the tone is heard.
fn loud(mp4: &Path) -> Vec<bool> {
    heard(mp4).chunks(RATE / 10).map(|part| part.iter().any(|sample| sample.unsigned_abs() > 3_000)).collect()
}

#[test]
fn a_microphone_is_recorded_lost_found_again_and_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", "sine=frequency=600:duration=30", "-af", "volume=4"])
        .args(["-ar", "44100", "-ac", "2"])
        .arg(folder.path().join("tone.wav"))
        .status()
        .expect("ffmpeg is installed");
    assert!(made.success());
    let scene = Command::new("tests/camera-vm/run")
        .arg(folder.path())
        .args(["300", "tests/camera-vm/sound-scene", env!("CARGO_BIN_EXE_invigil")])
        .arg(folder.path())
        .status()
        .expect("tests/camera-vm/run runs");
    assert!(scene.success(), "{scene}: was tests/camera-vm/build run?");
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let told = |name: &str| -> serde_json::Value { serde_json::from_str(&text(name)).unwrap() };

    let whole = told("whole.json");
    assert_eq!(text("whole.code").trim(), "0", "{}", text("whole.err"));
    assert!(whole["sound"].as_str().is_some_and(|sound| sound.contains("Testmic")), "{whole}");
    assert_eq!(whole["sound_lost"].as_array().map(Vec::len), Some(0), "{whole}");
    let heard = loud(&folder.path().join("whole/000000.mp4"));
    let share = heard.iter().filter(|loud| **loud).count() * 10 / heard.len();
    assert!(heard.len() >= 70 && share >= 7, "{heard:?}");

    // The pictures go on, and so does the file: tone, silence, tone.
    let gone = told("gone.json");
    assert_eq!(text("gone.code").trim(), "0", "{}", text("gone.err"));
    assert_eq!(gone["gaps"].as_array().map(Vec::len), Some(0), "{gone}");
    assert_eq!(gone["segments"].as_array().map(Vec::len), Some(1), "{gone}");
    assert!(!gone["sound_lost"].as_array().unwrap().is_empty(), "{gone}");
    let heard = loud(&folder.path().join("gone/000000.mp4"));
    let silence = heard.split(|loud| *loud).map(<[bool]>::len).max().unwrap();
    assert!(
        silence >= 30 && heard[..20].contains(&true) && heard[heard.len() - 20..].contains(&true),
        "{heard:?}"
    );

    // What the kill left is closed, with its sound.
    let camera = "pattern-hall".parse().unwrap();
    let repaired = repair(&folder.path().join("killed"), &camera, 0).unwrap();
    let finished = repaired.finished.expect("a whole fragment is there");
    assert!(loud(&finished.mp4).contains(&true));
}
