//! What is seen of a film that is stored as it came: its key frames, and while it is enlarged every frame.

use invigil::recording::{RecorderEvent, Watching};
use tempfile::tempdir;

use crate::bench::{Bench, ffmpeg, files, judge};

/// What was seen until one of these came up and a segment was finished: black or not.
fn seen_until(bench: &mut Bench, wanted: impl Fn(bool) -> bool) -> Vec<bool> {
    let (mut seen, mut segment, mut enough) = (Vec::new(), false, false);
    while !(segment && enough) {
        match bench.recorder.take_preview() {
            Some(preview) => {
                let black = preview.rgb[preview.rgb.len() / 2] < 128;
                enough |= wanted(black);
                seen.push(black);
            }
            None => std::thread::yield_now(),
        }
        let told = bench.heard.len();
        bench.heard.extend(bench.events.try_iter());
        segment |= bench.heard[told..].iter().any(|event| matches!(event, RecorderEvent::Segment { .. }));
    }
    seen
}

#[test]
fn every_frame_is_seen_of_a_film_that_is_enlarged_and_its_key_frames_otherwise() {
    let folder = tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    // Black key frames, and white ones between them.
    let scene = "color=black:size=320x240:rate=15,drawbox=enable='mod(n,30)':color=white:t=fill";
    let coding = ["-c:v", "libx264", "-g", "30", "-sc_threshold", "0", "-bf", "2", "-pix_fmt", "yuv420p"];
    ffmpeg(&["-f", "lavfi", "-i", scene, "-t", "8"], &coding, &film);
    let mut bench = Bench::record(&format!("file:{}", film.display()), folder.path(), 120_000);
    let tile = Watching::Tile { width: 160 };
    bench.recorder.watch(tile);
    assert!(seen_until(&mut bench, |_| true).into_iter().all(|black| black));
    bench.recorder.watch(Watching::Enlarged { width: 320 });
    let seen = seen_until(&mut bench, |black| !black);
    assert!(seen.contains(&false));
    bench.recorder.watch(Watching::No);
    assert!(bench.recorder.take_preview().is_none());
    let events = bench.stop();
    let told =
        |event: &RecorderEvent| matches!(event, RecorderEvent::Gap { .. } | RecorderEvent::Fault { .. });
    assert!(!events.iter().any(told), "{events:?}");
    // Time runs far faster here than the disk: what is not closed by the end is left to repair.
    let mut full = files(&events);
    let last = full.pop().unwrap();
    assert!(!full.is_empty());
    assert!(full.iter().all(|file| judge(file) >= 1_800), "not one frame is missing");
    assert!(judge(&last) > 0);
}
