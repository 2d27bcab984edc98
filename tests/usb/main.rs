//! USB cameras in the camera VM: listed, recorded, unplugged and plugged in again, swapped, and with
//! drivers that fail in every way that vivid can play.
#![cfg(all(feature = "station", target_os = "linux"))]

#[path = "../camera_vm/mod.rs"]
mod camera_vm;
mod equipment;
mod plugged;
#[path = "../recorded/mod.rs"]
mod recorded;
#[path = "../vm_station/mod.rs"]
mod vm_station;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use camera_vm::in_the_vm;
use recorded::{Segment, segments};

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

/// One picture of a single shade.
fn shade(path: &Path, colour: &str) {
    let picture = format!("color={colour}:size=640x480");
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-f", "lavfi", "-i", &picture, "-frames:v", "1"]);
    assert!(command.arg(path).status().expect("ffmpeg is installed").success());
}

/// How bright each frame of a video is on the whole.
fn brightness(segment: &Segment) -> Vec<u8> {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-i"]).arg(&segment.video).args(["-fps_mode", "passthrough"]);
    command.args(["-vf", "scale=1:1:flags=area", "-pix_fmt", "gray", "-f", "rawvideo", "-"]);
    command.output().expect("ffmpeg is installed").stdout
}

/// What a scene left behind.
struct Outcome {
    folder: PathBuf,
}

impl Outcome {
    /// Plays the scene in the camera VM.
    fn of(scene: &str, folder: &Path) -> Self {
        in_the_vm(folder, Command::new(scene).arg(env!("CARGO_BIN_EXE_invigil")).arg(folder));
        Self { folder: folder.to_owned() }
    }

    fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(name)).unwrap()
    }

    fn segments(&self, name: &str) -> Vec<Segment> {
        segments(&self.folder.join(name))
    }

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
    let outcome = Outcome::of("tests/camera-vm/scene", folder.path());

    let listed = outcome.json("cameras.json");
    let named = |index: usize| listed[index]["name"].as_str().unwrap_or_default().to_owned();
    assert_eq!(listed.as_array().map(Vec::len), Some(2), "metadata nodes are no cameras: {listed}");
    assert!(named(0).contains("vivid"), "{listed}");
    assert!(named(1).contains("Test Webcam"), "{listed}");
    assert_eq!(listed[1]["bus"], "usb-vhci_hcd.0-1");
    assert_eq!(listed[1]["formats"][0]["pixels"], "mjpeg");

    // YUYV from vivid, without a hole.
    outcome.assert_recorded("vivid");
    let [vivid] = &outcome.segments("vivid")[..] else { panic!("one segment was due") };
    assert!(vivid.frames() >= 15);
    vivid.assert_plays();

    // MJPEG from the webcam, with a hole where it was unplugged.
    outcome.assert_recorded("webcam");
    let [before, after] = &outcome.segments("webcam")[..] else { panic!("two were due") };
    before.assert_plays();
    after.assert_plays();
    let (from_ms, to_ms) = (before.ends_ms(), after.begins_ms());
    let (out_ms, in_ms) = (outcome.number("out_ms"), outcome.number("in_ms"));
    assert!(from_ms <= out_ms + 1_000 && to_ms >= in_ms, "{from_ms} {out_ms} {in_ms} {to_ms}");

    // The hole is told with the same length.
    let told = outcome.json("webcam.json");
    let gap = &told["gaps"][0];
    assert_eq!(told["gaps"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!((gap["from_ms"].as_i64(), gap["to_ms"].as_i64()), (Some(from_ms), Some(to_ms)), "{told}");

    // A camera that another recording holds, and one that is not there.
    assert_ne!(outcome.number("busy.code"), 0);
    assert!(outcome.text("busy.err").contains("used by another program"), "{}", outcome.text("busy.err"));
    assert_ne!(outcome.number("missing.code"), 0);
    assert!(outcome.text("missing.err").contains("was not found"), "{}", outcome.text("missing.err"));
}

#[test]
fn every_fault_of_a_driver_costs_a_gap_and_swapped_cameras_stay_themselves() {
    let folder = tempfile::tempdir().unwrap();
    shade(&folder.path().join("dark.jpg"), "0x202020");
    shade(&folder.path().join("bright.jpg"), "0xe0e0e0");
    let broken = folder.path().join("broken");
    pictures(&broken);
    let whole = fs::read(broken.join("01.jpg")).unwrap();
    let entropy = whole.windows(2).rposition(|pair| pair == [0xFF, 0xDA]).unwrap() + 20;
    // Beside the whole ones: without a beginning, without an end, noise, and noise in its frame.
    let noise: Vec<u8> = (0..4_000u32).map(|i| (i * i / 7 % 251) as u8).collect();
    fs::write(broken.join("05.jpg"), &whole[2..]).unwrap();
    fs::write(broken.join("10.jpg"), &whole[..whole.len() / 2]).unwrap();
    fs::write(broken.join("15.jpg"), &noise).unwrap();
    fs::write(broken.join("20.jpg"), [&whole[..entropy], &noise, &[0xFF, 0xD9]].concat()).unwrap();
    let outcome = Outcome::of("tests/camera-vm/faults", folder.path());

    outcome.assert_recorded("vivid");
    let told = outcome.json("vivid.json");
    assert_eq!(told["detail"], "YUYV 640x360 5/s, /dev/video0", "the odd state was cured");
    let vivid = outcome.segments("vivid");
    vivid.iter().for_each(Segment::assert_plays);
    assert_eq!(vivid.len(), 7, "{told}");
    // Each gap reaches from one file to the next, and nothing else is missing.
    let gaps = told["gaps"].as_array().unwrap();
    let causes: Vec<_> = gaps.iter().map(|gap| gap["cause"]["id"].as_str().unwrap()).collect();
    assert_eq!(causes[..3], ["camera-failed", "camera-failed", "camera-stalled"], "{told}");
    assert_eq!(causes[3..], ["camera-unplugged"; 3], "{told}");
    for (gap, pair) in gaps.iter().zip(vivid.windows(2)) {
        assert_eq!(gap["from_ms"], pair[0].ends_ms(), "{told}");
        assert_eq!(gap["to_ms"], pair[1].begins_ms(), "{told}");
    }

    outcome.assert_recorded("two");
    for (name, is_so) in [("two/1", (|shade| shade < 96) as fn(u8) -> bool), ("two/2", |shade| shade > 160)] {
        let recorded = outcome.segments(name);
        assert_eq!(recorded.len(), 2, "{name}");
        for segment in &recorded {
            segment.assert_plays();
            let shades = brightness(segment);
            assert!(shades.iter().all(|shade| is_so(*shade)), "{name}: {shades:?}");
        }
    }

    outcome.assert_recorded("broken");
    let told = outcome.json("broken.json");
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.starts_with("MJPEG 640x480 30/s → 5/s, /dev/video"), "{told}");
    let [broken] = &outcome.segments("broken")[..] else { panic!("one segment was due") };
    broken.assert_plays();
    assert_eq!(told["gaps"].as_array().map(Vec::len), Some(0), "{told}");
    let length_ms: u64 = broken.fragments.iter().map(|line| line.duration_ms).sum();
    assert!(length_ms >= 150 * u64::from(broken.frames()), "{} in {length_ms} ms", broken.frames());
}
