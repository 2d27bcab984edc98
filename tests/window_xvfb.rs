//! The window as a person gets it: the built program on a real (virtual) display, over a station of its
//! own that it starts itself. Wants `Xvfb` and `ffmpeg`; see `.ci/setup`.

#![cfg(feature = "window")]

use std::collections::HashSet;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use invigil::clock::SystemClock;
use invigil::day::Stage;
use invigil::station::client::{Dialogue, SocketConnection};
use invigil::station::protocol::{self, Pin, View};

mod desktop;

use desktop::{Running, SIZE, display, window_on};

/// A software renderer on a busy computer is slow to begin.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is on the display, RGB.
fn picture(display: &str, path: &Path) -> Vec<u8> {
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let grabbed = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "x11grab", "-draw_mouse", "0", "-video_size", &size])
        .args(["-i", display, "-frames:v", "1"])
        .arg(path)
        .status()
        .expect("ffmpeg is installed");
    assert!(grabbed.success());
    let decoder = png::Decoder::new(BufReader::new(std::fs::File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), SIZE);
    pixels.truncate(info.buffer_size());
    pixels
}

fn colours(pixels: &[u8]) -> HashSet<[u8; 3]> {
    pixels.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

fn pin() -> Pin {
    Pin("1357".into())
}

/// The head of the point does it: may start, and may stop.
fn begin_recording(station: &mut Dialogue) {
    let person = || "point-head".parse().unwrap();
    station.ask(protocol::Command::SetPin { person: person(), pin: pin() }).unwrap();
    station.ask(protocol::Command::SignIn { person: person(), pin: pin() }).unwrap();
    station.ask(protocol::Command::PlanDay).unwrap();
    station.ask(protocol::Command::StartRecording { cameras: Vec::new() }).unwrap();
}

/// Waits until both cameras have recorded so many more frames.
fn frames(station: &mut Dialogue, more: u64) {
    let recorded = |view: &View| view.live.cameras.values().map(|camera| camera.frames).min().unwrap_or(0);
    let goal = recorded(station.view().unwrap()) + more;
    let enough = |view: &View| view.live.cameras.len() == 2 && recorded(view) >= goal;
    station.wait_for(PATIENCE, enough).unwrap();
}

/// Stops the recording and ends the station that the window started.
fn stop_and_end(station: &mut Dialogue) {
    let (cameras, reason) = (Vec::new(), String::new());
    station.ask(protocol::Command::StopRecording { cameras, handover_done: true, reason }).unwrap();
    let stopped = |view: &View| view.day.as_ref().is_some_and(|day| day.stage == Stage::Stopped);
    station.wait_for(PATIENCE, stopped).unwrap();
    station.ask(protocol::Command::Shutdown).unwrap();
}

#[test]
fn the_window_opens_over_a_station_that_outlives_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (_server, display) = display();
    let mut window = window_on(&display);
    window.args(["--windowed", "--lang", "ru", "--data"]).arg(&data);
    let mut window = Running(window.spawn().expect("the program was built"));

    let shot = folder.path().join("window.png");
    let begun = Instant::now();
    // Blank is one colour; the sign-in has text, buttons and the bar on top, with smooth edges.
    while colours(&picture(&display, &shot)).len() < 100 {
        assert!(begun.elapsed() < PATIENCE, "the window stays blank");
        assert!(window.0.try_wait().unwrap().is_none(), "the window ended");
    }
    if let Some(keep) = std::env::var_os("INVIGIL_PICTURES") {
        std::fs::copy(&shot, Path::new(&keep).join("xvfb.png")).expect("the folder can be written");
    }
    let mut station =
        Dialogue::new(Box::new(SocketConnection::open(&data).unwrap()), Arc::new(SystemClock::new()));
    begin_recording(&mut station);
    frames(&mut station, 15);
    // SIGKILL.
    drop(window);
    frames(&mut station, 60);
    let day = station.view().unwrap().day.clone().unwrap();
    assert_eq!(day.recording().count(), 2);
    assert!(day.cameras.values().all(|camera| camera.gaps == 0), "{:?}", day.cameras);
    stop_and_end(&mut station);
}
