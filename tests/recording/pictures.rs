//! What ails the picture of cameras that are recorded, found in films of every kind.

use std::path::Path;

use invigil::camera::health::Finding;
use invigil::point::Ailment;
use invigil::recording::{RecorderEvent, still};
use tempfile::tempdir;

use crate::bench::{Bench, START_MS, ffmpeg};

/// A minute of a lively picture, then `after` for a minute.
fn film(path: &Path, after: &str, coding: &[&str]) {
    let scene = format!("testsrc2=size=320x240:rate=15,noise=alls=8:allf=t,{after}");
    ffmpeg(&["-f", "lavfi", "-i", &scene, "-t", "120", "-pix_fmt", "yuv420p"], coding, path);
}

/// What is found first, when, and how long it lasts, in seconds of the film; and the still.
fn first_finding(film: &Path) -> (Ailment, i64, i64, Option<Vec<u8>>) {
    let folder = tempdir().unwrap();
    let mut bench = Bench::record(&format!("file:{}", film.display()), folder.path(), 600_000);
    let found = |event: &RecorderEvent| matches!(event, RecorderEvent::Picture { .. });
    let RecorderEvent::Picture { finding: Finding::Began { ailment, from_ms }, still, .. } =
        bench.wait_for(found)
    else {
        panic!("it begins before it ends")
    };
    let RecorderEvent::Picture { finding: Finding::Ended { ailment: ended, to_ms, .. }, .. } =
        bench.wait_for(found)
    else {
        panic!("nothing else begins")
    };
    assert_eq!(ended, ailment);
    bench.stop();
    (ailment, (from_ms - START_MS) / 1_000, (to_ms - from_ms + 500) / 1_000, still)
}

#[test]
fn a_black_film_is_found_to_the_second_where_pictures_come() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("film.mjpeg");
    film(&path, "drawbox=enable='gte(t,60)':color=black:t=fill", &["-q:v", "4", "-f", "mjpeg"]);
    let (ailment, from_s, seconds, still) = first_finding(&path);
    assert_eq!((ailment, from_s, seconds), (Ailment::Black, 60, 60));
    let still = still::read(still.unwrap()).unwrap();
    assert_eq!((still.width(), still.height()), (320, 240));
    assert!(still.luma().iter().all(|luma| *luma < 40));
}

#[test]
fn a_film_that_stops_is_frozen() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("film.mjpeg");
    film(&path, "loop=loop=899:size=1:start=900", &["-q:v", "4", "-f", "mjpeg"]);
    let (ailment, from_s, seconds, _) = first_finding(&path);
    assert_eq!(ailment, Ailment::Frozen);
    assert!((59..=61).contains(&from_s) && (59..=61).contains(&seconds), "{from_s} {seconds}");
}

/// Key frames are looked at one at a time by a thread that the simulated clock does not wait for.
#[test]
fn a_film_that_is_stored_as_it_came_is_looked_at_too() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let coding = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-bf", "2"];
    film(&path, "drawbox=enable='gte(t,60)':color=black:t=fill", &coding);
    let (ailment, from_s, seconds, still) = first_finding(&path);
    assert_eq!(ailment, Ailment::Black);
    assert!(from_s % 120 >= 59 && seconds >= 10, "{from_s} {seconds}");
    assert!(still.is_some());
}

/// The pattern's bar and numbers move all the time; nothing ails it.
#[test]
fn a_pattern_is_well_whatever_of_it_was_approved() {
    let folder = tempdir().unwrap();
    let mut bench = Bench::record("pattern:hall", folder.path(), 10_000);
    bench.recorder.ask_for_still();
    let RecorderEvent::Still { jpeg, .. } =
        bench.wait_for(|event| matches!(event, RecorderEvent::Still { .. }))
    else {
        unreachable!()
    };
    bench.recorder.hold_to(still::look(&still::read(jpeg).unwrap()).unwrap());
    let events = bench.after_segments(18);
    let found: Vec<_> =
        events.iter().filter(|event| matches!(event, RecorderEvent::Picture { .. })).collect();
    assert!(found.is_empty(), "{found:?}");
}
