//! How fast recordings are shown again: jumps to any second, and several cameras at once.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use invigil::archive::zip::ZipWriter;
use invigil::clock::{Clock, SystemClock};
use invigil::playback::{Footage, Player, Seen, Stretch};
use invigil::point::CameraId;
use invigil::recording::index::Index;

use super::Outcome;

/// A jump that takes longer has failed.
const LIMIT: Duration = Duration::from_secs(10);
const JUMPS: u32 = 60;
/// Of four pictures beside each other on a usual screen, in pixels.
const WIDTH: u32 = 640;

/// Packs the recordings in `folder` (a folder a camera) into a part each, jumps about in them, and plays them
/// for `seconds`. Prints what came of it as JSON.
pub fn play(folder: &Path, seconds: u64) -> Outcome<()> {
    let mut footage = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    for (number, camera) in folders.iter().filter(|path| path.join("000000.mp4").exists()).enumerate() {
        footage.push(packed(camera, format!("camera-{number}").parse()?)?);
    }
    let cameras: Vec<CameraId> = footage.iter().map(|footage| footage.camera.clone()).collect();
    let spans: Vec<(i64, i64)> = footage.iter().filter_map(Footage::span).collect();
    let from_ms = spans.iter().map(|span| span.0).max().ok_or("no recordings")?;
    let to_ms = spans.iter().map(|span| span.1).min().ok_or("no recordings")? - 1_000;
    let (wake, woken) = mpsc::channel();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    // Nobody waits any more once the player is dropped.
    let wake = Box::new(move || wake.send(()).unwrap_or_default());
    let player = Player::start(footage, from_ms, clock, wake)?;
    player.look(&cameras, WIDTH);
    let until = |wanted: &dyn Fn(&Seen) -> bool| -> Outcome<()> {
        while !wanted(&player.seen()) {
            woken.recv_timeout(LIMIT)?;
        }
        Ok(())
    };
    until(&|seen| all_shown(seen, &cameras))?;

    let mut jumps = Vec::new();
    for number in 0..JUMPS {
        // Places that a golden ratio spreads evenly, never one after the other.
        let share = (f64::from(number) * 0.618_034).fract();
        let at_ms = from_ms + ((to_ms - from_ms) as f64 * share) as i64;
        let begun = Instant::now();
        player.jump(at_ms);
        until(&|seen| seen.at_ms == at_ms && all_shown(seen, &cameras))?;
        jumps.push(begun.elapsed().as_micros() as u64);
    }
    jumps.sort_unstable();

    player.jump(from_ms);
    until(&|seen| seen.at_ms == from_ms)?;
    player.play(true);
    let begun = Instant::now();
    let (mut last, mut pictures, mut apart_ms) = (vec![0; cameras.len()], vec![0_u64; cameras.len()], 0);
    while begun.elapsed() < Duration::from_secs(seconds) {
        woken.recv_timeout(LIMIT)?;
        let seen = player.seen();
        let taken: Vec<i64> =
            seen.cameras.iter().filter_map(|shown| Some(shown.picture.as_ref()?.0)).collect();
        for (at, taken_ms) in taken.iter().enumerate() {
            pictures[at] += u64::from(std::mem::replace(&mut last[at], *taken_ms) != *taken_ms);
        }
        let span = taken.iter().max().zip(taken.iter().min());
        apart_ms = apart_ms.max(span.map_or(0, |(newest, oldest)| newest - oldest));
    }
    let least = pictures.iter().min().copied().unwrap_or_default();
    let jump = |share: usize| jumps[(jumps.len() - 1) * share / 100];
    println!(
        "{{\"jump_p50_us\":{},\"jump_max_us\":{},\"pictures\":{least},\"apart_ms\":{apart_ms}}}",
        jump(50),
        jump(100)
    );
    Ok(())
}

fn all_shown(seen: &Seen, cameras: &[CameraId]) -> bool {
    seen.cameras.len() == cameras.len() && seen.cameras.iter().all(|shown| shown.picture.is_some())
}

fn packed(folder: &Path, camera: CameraId) -> Outcome<Footage> {
    let part = folder.join("part.zip");
    let mut zip = ZipWriter::new(File::create(&part)?)?;
    let mut stretches = Vec::new();
    for number in 0.. {
        let (mp4, idx) = invigil::recording::segment_paths(folder, number);
        if !mp4.exists() {
            break;
        }
        let file = format!("data/video/{camera}/{number:06}.mp4");
        for (path, name) in [(&mp4, file.clone()), (&idx, file.replace(".mp4", ".idx"))] {
            zip.append(format!("part/{name}").parse()?, &mut File::open(path)?)?;
        }
        let index = Index::parse(&fs::read(&idx)?)?;
        let (Some(first), Some(last)) = (index.fragments().first(), index.fragments().last()) else {
            continue;
        };
        let (from_ms, to_ms) = (first.utc_ms, last.utc_end_ms());
        stretches.push(Stretch { part: part.clone(), file, from_ms, to_ms, intact: true });
    }
    zip.finish()?;
    Ok(Footage { camera, stretches })
}
