//! Sound that comes with the pictures: AAC as it is, G.711 as Opus, and everything else left out.

use std::path::{Path, PathBuf};
use std::process::Command;

use invigil::point::SoundSource;
use invigil::recording::RecorderEvent;

use crate::bench::{Recording, Server, run};
use crate::listening::{RATE, heard};
use crate::sync::{clicks, delays};

/// Twenty seconds that flash and click at the same moment, once a second.
fn clapper(folder: &Path) -> PathBuf {
    let path = folder.join("clapper.mp4");
    let picture = "color=black:s=320x240:r=25,drawbox=c=white:t=fill:enable='lt(mod(t,1),0.08)'";
    let sound = "aevalsrc='0.5*sin(2*PI*2000*t)*lt(mod(t,1),0.03)':s=44100";
    let mut command = Command::new("ffmpeg");
    command.args(["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", "20"]);
    command.args([
        "-pix_fmt",
        "yuv420p",
        "-preset",
        "ultrafast",
        "-g",
        "25",
        "-c:v",
        "libx264",
        "-c:a",
        "aac",
    ]);
    run(command.arg(&path));
    path
}

fn record(
    media: &str,
    frames: u64,
) -> (tempfile::TempDir, Vec<RecorderEvent>, Vec<crate::recorded::Segment>) {
    let folder = tempfile::tempdir().unwrap();
    let film = clapper(folder.path());
    let server = Server::start(0, &format!("{media}:{}", film.display()), None);
    let mut recording = Recording::hearing(&server.url(), folder.path(), Some(SoundSource::Stream));
    recording.wait_until_it_works();
    recording.wait_for_frames(frames);
    let (events, segments) = recording.stop();
    (folder, events, segments)
}

#[test]
fn aac_is_carried_over_in_step_with_the_pictures() {
    let (folder, events, segments) = record("h264+aac", 200);
    assert!(
        events.iter().any(
            |event| matches!(event, RecorderEvent::SoundWorks { detail, .. } if detail == "AAC 44100/s")
        )
    );
    let [segment] = &segments[..] else { panic!("one segment was due") };
    let delays = delays(&segment.video);
    assert!(delays.len() >= 5 && delays.iter().all(|delay| delay.abs() <= 80.0), "{delays:?}");
    // Packet by packet what the film has.
    let packets = |path: &Path| {
        let mut command = Command::new("ffmpeg");
        command
            .args(["-v", "error", "-i"])
            .arg(path)
            .args(["-map", "0:a", "-c", "copy", "-f", "framemd5", "-"]);
        let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let hashes = text.lines().filter(|line| !line.starts_with('#'));
        hashes.map(|line| line.rsplit(',').next().unwrap().trim().to_owned()).collect::<Vec<_>>()
    };
    let (film, recorded) = (packets(&folder.path().join("clapper.mp4")), packets(&segment.video));
    let start = film.windows(recorded.len()).position(|window| window == recorded);
    assert!(recorded.len() > 200 && start.is_some(), "{} packets", recorded.len());
}

#[test]
fn g711_is_turned_into_opus() {
    for law in ["pcma", "pcmu"] {
        let (_folder, events, segments) = record(&format!("h264+{law}"), 100);
        assert!(!events.iter().any(|event| matches!(event, RecorderEvent::SoundLost { .. })));
        let [segment] = &segments[..] else { panic!("one segment was due") };
        let samples = heard(&segment.video);
        let seconds = segment.frames() as f64 / 25.0;
        assert!((samples.len() as f64 / RATE as f64 - seconds).abs() < 0.5, "{law}");
        let (clicks, delays) = (clicks(&samples), delays(&segment.video));
        assert!(clicks.len() >= 3 && delays.iter().all(|delay| delay.abs() <= 80.0), "{law}: {delays:?}");
    }
}

#[test]
fn a_camera_without_sound_that_can_be_recorded_is_recorded_without() {
    for (media, cause_id) in [("h264+l16", "sound-coding"), ("h264", "sound-no-stream")] {
        let (_folder, events, segments) = record(media, 40);
        let causes = events.iter().filter_map(|event| match event {
            RecorderEvent::SoundLost { cause, .. } => Some(cause.id.as_str()),
            _ => None,
        });
        assert_eq!(causes.collect::<Vec<_>>(), [cause_id]);
        assert!(!events.iter().any(|event| matches!(event, RecorderEvent::Lost { .. })));
        segments.iter().for_each(crate::recorded::Segment::assert_plays);
    }
}
