//! USB cameras in the camera VM: listed, recorded, unplugged and plugged in again.
#![cfg(all(feature = "cameras", target_os = "linux"))]

mod recorded;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use recorded::segments;

/// Twenty JPEGs of a moving picture.
fn pictures(folder: &Path) {
    fs::create_dir(folder).unwrap();
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", "testsrc=size=640x480:rate=5", "-frames:v", "20"])
        .arg(folder.join("%02d.jpg"))
        .status()
        .expect("ffmpeg is installed");
    assert!(made.success());
}

/// What the scene left behind.
struct Outcome {
    folder: PathBuf,
}

impl Outcome {
    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn number(&self, name: &str) -> i64 {
        self.text(name).trim().parse().unwrap()
    }

    /// The exit code of a recording, which must have been 0.
    fn assert_recorded(&self, name: &str) {
        assert_eq!(self.number(&format!("{name}.code")), 0, "{}", self.text(&format!("{name}.err")));
    }
}

#[test]
fn cameras_are_listed_recorded_and_go_on_after_they_were_unplugged() {
    let folder = tempfile::tempdir().unwrap();
    pictures(&folder.path().join("pictures"));
    let scene = Command::new("tests/camera-vm/run")
        .arg(folder.path())
        .args(["240", "tests/camera-vm/scene", env!("CARGO_BIN_EXE_invigil")])
        .arg(folder.path())
        .status()
        .expect("tests/camera-vm/run runs");
    assert!(scene.success(), "{scene}: was tests/camera-vm/build run?");
    let outcome = Outcome { folder: folder.path().to_owned() };

    let listed: serde_json::Value = serde_json::from_str(&outcome.text("cameras.json")).unwrap();
    let named = |index: usize| listed[index]["name"].as_str().unwrap_or_default().to_owned();
    assert_eq!(listed.as_array().map(Vec::len), Some(2), "metadata nodes are no cameras: {listed}");
    assert!(named(0).contains("vivid"), "{listed}");
    assert!(named(1).contains("Test Webcam"), "{listed}");
    assert_eq!(listed[1]["bus"], "usb-vhci_hcd.0-1");
    assert_eq!(listed[1]["formats"][0]["pixels"], "mjpeg");

    // YUYV from vivid, without a hole.
    outcome.assert_recorded("vivid");
    let [vivid] = &segments(&folder.path().join("vivid"))[..] else { panic!("one segment was due") };
    assert!(vivid.frames() >= 15);
    vivid.assert_plays();

    // MJPEG from the webcam, with a hole where it was unplugged.
    outcome.assert_recorded("webcam");
    let [before, after] = &segments(&folder.path().join("webcam"))[..] else { panic!("two were due") };
    before.assert_plays();
    after.assert_plays();
    let (from_ms, to_ms) = (before.ends_ms(), after.begins_ms());
    let (out_ms, in_ms) = (outcome.number("out_ms"), outcome.number("in_ms"));
    assert!(from_ms <= out_ms + 1_000 && to_ms >= in_ms, "{from_ms} {out_ms} {in_ms} {to_ms}");

    // The hole is told with the same length.
    let told: serde_json::Value = serde_json::from_str(&outcome.text("webcam.json")).unwrap();
    let gap = &told["gaps"][0];
    assert_eq!(told["gaps"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!((gap["from_ms"].as_i64(), gap["to_ms"].as_i64()), (Some(from_ms), Some(to_ms)), "{told}");

    // A camera that another recording holds, and one that is not there.
    assert_ne!(outcome.number("busy.code"), 0);
    assert!(outcome.text("busy.err").contains("used by another program"), "{}", outcome.text("busy.err"));
    assert_ne!(outcome.number("missing.code"), 0);
    assert!(outcome.text("missing.err").contains("was not found"), "{}", outcome.text("missing.err"));
}
