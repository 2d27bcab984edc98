//! Whether flashes and clicks stand together in a recording of 320x240.

use std::path::Path;
use std::process::Command;

use crate::listening::{RATE, ffmpeg, heard};

/// Louder than every hum, softer than every click.
const CLICK: u16 = 6_000;

/// When clicks begin, in milliseconds.
pub fn clicks(samples: &[i16]) -> Vec<f64> {
    let (mut clicks, mut quiet) = (Vec::new(), RATE);
    for (at, sample) in samples.iter().enumerate() {
        let loud = sample.unsigned_abs() > CLICK;
        if loud && quiet > RATE / 5 {
            clicks.push(at as f64 * 1000.0 / RATE as f64);
        }
        quiet = if loud { 0 } else { quiet + 1 };
    }
    clicks
}

/// When the middle of the left edge becomes bright, in milliseconds.
pub fn flashes(mp4: &Path) -> Vec<f64> {
    let spot = "crop=32:22:4:124,scale=1:1:flags=area,format=gray";
    let lumas = ffmpeg(mp4, &["-map", "0:v", "-vf", spot, "-fps_mode", "passthrough", "-f", "rawvideo"]);
    let mut command = Command::new("ffprobe");
    command.args([
        "-v",
        "error",
        "-select_streams",
        "v",
        "-show_entries",
        "frame=pts_time",
        "-of",
        "csv=p=0",
    ]);
    let times = command.arg(mp4).output().expect("ffprobe is installed").stdout;
    let times = String::from_utf8(times).unwrap();
    // Frames with side data have a line more, an empty one.
    let times: Vec<f64> = times.lines().filter_map(|line| line.split(',').next()?.parse().ok()).collect();
    assert_eq!(times.len(), lumas.len());
    let mut before = 0;
    let rises = lumas.iter().zip(times).filter(|(luma, _)| {
        let rises = **luma > 150 && before <= 150;
        before = **luma;
        rises
    });
    rises.map(|(_, time)| time * 1000.0).collect()
}

/// How much later than its flash each click comes, in milliseconds. Every flash but the last has one.
pub fn delays(mp4: &Path) -> Vec<f64> {
    let (flashes, clicks) = (flashes(mp4), clicks(&heard(mp4)));
    let delay = |flash: &f64| {
        let nearest = clicks.iter().map(|click| click - flash).min_by(|a, b| a.abs().total_cmp(&b.abs()));
        nearest.filter(|delay| delay.abs() < 400.0)
    };
    let delays: Vec<f64> = flashes.iter().filter_map(delay).collect();
    assert!(delays.len() + 1 >= flashes.len() && !delays.is_empty(), "{flashes:?} {clicks:?}");
    delays
}
