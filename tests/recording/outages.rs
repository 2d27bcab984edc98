//! Cameras that fail and disks that are full.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use invigil::camera::{self, CameraError};
use invigil::clock::SimulatedClock;
use invigil::recording::RecorderEvent;
use tempfile::tempdir;

use crate::bench::{Act, Bench, START_MS, ffmpeg, files, judge, planned, prompt, segments};

const SIZE: (u32, u32) = (320, 240);

fn clock() -> Arc<SimulatedClock> {
    Arc::new(SimulatedClock::new(START_MS, 180))
}

fn bench(folder: &Path, plan: Vec<Act>) -> Bench {
    let clock = clock();
    let opener = planned(&clock, plan);
    Bench::with("usb:any", folder, 600_000, clock, opener)
}

fn gap(event: &RecorderEvent) -> Option<(i64, i64, String)> {
    match event {
        RecorderEvent::Gap { from_ms, to_ms, cause, .. } => Some((*from_ms, *to_ms, cause.id.clone())),
        _ => None,
    }
}

#[test]
fn a_silent_camera_is_lost_and_its_gap_has_the_right_length() {
    let folder = tempdir().unwrap();
    let plan = vec![Act::Pictures(40, SIZE), Act::Silence, Act::Pictures(40, SIZE)];
    let mut bench = bench(folder.path(), plan);
    let lost = bench.wait_for(|event| matches!(event, RecorderEvent::Lost { .. }));
    let RecorderEvent::Lost { last_frame_ms: Some(last_ms), cause, .. } = lost else { panic!("{lost:?}") };
    assert_eq!((last_ms, cause.id.as_str()), (START_MS + 40 * 66, "camera-stalled"));
    let (from_ms, to_ms, cause) = bench.pass_time_until(gap);
    let events = bench.stop();
    assert_eq!((from_ms, cause.as_str()), (last_ms + 66, "camera-stalled"));
    assert!(to_ms - from_ms >= 5_000);
    let segments = segments(&events);
    assert_eq!(segments[0].to_ms, from_ms, "the gap begins where the video ends");
    assert_eq!(segments[1].from_ms, to_ms, "and ends where it goes on");
    assert!(files(&events).iter().all(|file| judge(file) > 0));
}

#[test]
fn an_unplugged_camera_is_opened_until_it_is_back() {
    let folder = tempdir().unwrap();
    let plan = vec![
        Act::Pictures(40, SIZE),
        Act::Fail(CameraError::Unplugged("bus 1-2".into())),
        Act::Refuse(CameraError::Unknown("bus 1-2".into())),
        Act::Refuse(CameraError::Unknown("bus 1-2".into())),
        Act::Pictures(40, SIZE),
    ];
    let mut bench = bench(folder.path(), plan);
    let (from_ms, to_ms, cause) = bench.pass_time_until(gap);
    let events = bench.stop();
    let count = |wanted: fn(&RecorderEvent) -> bool| events.iter().filter(|event| wanted(event)).count();
    let reasons = events.iter().filter_map(|event| match event {
        RecorderEvent::Lost { last_frame_ms, cause, .. } => Some((*last_frame_ms, cause.id.as_str())),
        _ => None,
    });
    let reasons: Vec<_> = reasons.collect();
    let last_ms = Some(START_MS + 40 * 66);
    assert_eq!(reasons, [(last_ms, "camera-unplugged"), (last_ms, "camera-unknown")], "each told once");
    assert_eq!(count(|event| matches!(event, RecorderEvent::Works { .. })), 2);
    assert_eq!(cause, "camera-unplugged");
    assert!(to_ms - from_ms >= 8_000, "tried again after 1, 2 and 5 s");
    let segments = segments(&events);
    assert_eq!((segments[0].to_ms, segments[1].from_ms), (from_ms, to_ms));
}

#[test]
fn a_camera_that_is_asked_without_a_thread_between_loses_no_frame_and_comes_back() {
    let folder = tempdir().unwrap();
    let clock = clock();
    let plan = vec![
        Act::Pictures(40, SIZE),
        Act::Fail(CameraError::Unplugged("bus 1-2".into())),
        Act::Pictures(40, SIZE),
        Act::Silence,
        Act::Pictures(40, SIZE),
    ];
    let opener = prompt(&clock, plan);
    let mut bench = Bench::with("usb:any", folder.path(), 600_000, clock, opener);
    let causes = [bench.pass_time_until(gap).2, bench.pass_time_until(gap).2];
    let files = files(&bench.stop());
    assert_eq!(causes, ["camera-unplugged", "camera-stalled"]);
    assert_eq!((judge(&files[0]), judge(&files[1])), (40, 40));
}

#[test]
fn a_driver_that_hangs_for_good_is_told_once_though_the_camera_is_lost_already() {
    let folder = tempdir().unwrap();
    let stuck = || Act::Refuse(CameraError::DriverStuck { attempts: 3 });
    let stalled = || Act::Refuse(CameraError::Stalled { seconds: 5 });
    let plan = vec![
        Act::Pictures(40, SIZE),
        Act::Fail(CameraError::Stalled { seconds: 5 }),
        stalled(),
        stuck(),
        stuck(),
        Act::Pictures(40, SIZE),
    ];
    let mut bench = bench(folder.path(), plan);
    bench.pass_time_until(gap);
    let told: Vec<_> =
        bench.stop().into_iter().filter(|e| matches!(e, RecorderEvent::Stuck { .. })).collect();
    let [RecorderEvent::Stuck { attempts: 3, .. }] = &told[..] else { panic!("{told:?}") };
}

#[test]
fn a_gap_that_the_stop_ends_is_told_too() {
    let folder = tempdir().unwrap();
    let gone = || CameraError::Unplugged("bus 1-2".into());
    let mut plan = vec![Act::Pictures(40, SIZE), Act::Fail(gone())];
    plan.extend((0..20).map(|_| Act::Refuse(gone())));
    let mut bench = bench(folder.path(), plan);
    bench.wait_for(|event| matches!(event, RecorderEvent::Lost { .. }));
    bench.clock.advance(std::time::Duration::from_secs(30));
    let events = bench.stop();
    let (from_ms, to_ms, _) = events.iter().find_map(gap).unwrap();
    assert_eq!(from_ms, START_MS + 41 * 66);
    assert!(to_ms >= from_ms + 30_000 - 66);
    assert!(matches!(events.last(), Some(RecorderEvent::Stopped { .. })));
}

#[test]
fn a_hanging_driver_does_not_hold_up_the_stop() {
    let folder = tempdir().unwrap();
    let (release, hang) = sync_channel(0);
    let plan = vec![Act::Pictures(40, SIZE), Act::Hang(hang)];
    let mut bench = bench(folder.path(), plan);
    bench.wait_for(|event| matches!(event, RecorderEvent::Works { .. }));
    let events = bench.stop();
    drop(release);
    assert_eq!(files(&events).len(), 1);
    judge(&files(&events)[0]);
}

#[test]
fn a_step_of_the_clock_begins_a_new_segment() {
    let folder = tempdir().unwrap();
    let plan = vec![Act::Pictures(40, SIZE), Act::StepWall(-3_600_000), Act::Pictures(40, SIZE)];
    let mut bench = bench(folder.path(), plan);
    bench.wait_for(|event| matches!(event, RecorderEvent::ClockStepped { step_ms: -3_600_000, .. }));
    bench.wait_for(|event| matches!(event, RecorderEvent::Segment { .. }));
    let events = bench.stop();
    let files = files(&events);
    assert_eq!(judge(&files[0]), 40);
    assert!(files.len() >= 2);
    assert!(!events.iter().any(|event| gap(event).is_some()), "no frame is missing");
}

#[test]
fn another_time_zone_begins_a_new_segment_and_is_no_step() {
    let folder = tempdir().unwrap();
    let plan = vec![Act::Pictures(40, SIZE), Act::SetOffset(300), Act::Pictures(40, SIZE)];
    let mut bench = bench(folder.path(), plan);
    bench.wait_for(|event| matches!(event, RecorderEvent::Segment { .. }));
    let events = bench.stop();
    let files = files(&events);
    assert_eq!(judge(&files[0]), 40);
    assert!(!events.iter().any(|event| matches!(event, RecorderEvent::ClockStepped { .. })));
    assert!(!events.iter().any(|event| gap(event).is_some()), "no frame is missing");
}

#[test]
fn pictures_of_another_size_begin_a_new_segment() {
    let folder = tempdir().unwrap();
    let plan = vec![Act::Pictures(40, SIZE), Act::Pictures(40, (480, 272))];
    let mut bench = bench(folder.path(), plan);
    bench.wait_for(|event| matches!(event, RecorderEvent::Works { width: 480, height: 272, .. }));
    bench.wait_for(|event| matches!(event, RecorderEvent::Works { width: 320, height: 240, .. }));
    let files = files(&bench.stop());
    assert_eq!(files.len(), 3);
    assert_eq!((judge(&files[0]), judge(&files[1])), (40, 40));
}

/// Runs itself again in a mount namespace of its own, on a file system of one megabyte.
#[test]
fn a_full_disk_leaves_whole_files_and_recording_goes_on_when_there_is_room() {
    let Some(disk) =
        small_disk("outages::a_full_disk_leaves_whole_files_and_recording_goes_on_when_there_is_room")
    else {
        return;
    };
    let ballast = disk.join("ballast");
    std::fs::write(&ballast, vec![1; 500_000]).unwrap();
    let mut bench = record_noise(&disk);
    let fault = bench.wait_for(|event| matches!(event, RecorderEvent::Fault { .. }));
    let RecorderEvent::Fault { cause, .. } = fault else { panic!("{fault:?}") };
    assert_eq!(cause.id, "recording-disk-full");
    std::fs::remove_file(&ballast).unwrap();
    let (from_ms, to_ms, cause) = bench.pass_time_until(gap);
    let events = bench.stop();
    assert_eq!(cause, "recording-disk-full");
    assert!(from_ms < to_ms);
    let files = files(&events);
    assert!(files.len() >= 2);
    assert!(files.iter().all(|file| judge(file) > 0));
}

#[test]
fn a_disk_that_the_system_locked_is_told_and_used_again_when_it_is_open() {
    let Some(disk) =
        small_disk("outages::a_disk_that_the_system_locked_is_told_and_used_again_when_it_is_open")
    else {
        return;
    };
    let remount = |how: &str| {
        let done = Command::new("mount").args(["-o", how]).arg(&disk).status().unwrap();
        assert!(done.success());
    };
    remount("remount,ro");
    let mut bench = record_noise(&disk);
    let fault = bench.wait_for(|event| matches!(event, RecorderEvent::Fault { .. }));
    let RecorderEvent::Fault { cause, .. } = fault else { panic!("{fault:?}") };
    assert_eq!(cause.id, "recording-disk-read-only");
    remount("remount,rw");
    let (_, _, cause) = bench.pass_time_until(gap);
    assert_eq!(cause, "recording-disk-read-only");
    assert!(files(&bench.stop()).iter().all(|file| judge(file) > 0));
}

/// Runs this test again in a mount namespace of its own with a disk of 1 MB, and there gives the disk;
/// None to the caller outside, once the test has passed inside.
fn small_disk(test: &str) -> Option<PathBuf> {
    const INNER: &str = "INVIGIL_TEST_SMALL_DISK";
    if let Some(disk) = std::env::var_os(INNER) {
        return Some(disk.into());
    }
    let folder = tempdir().unwrap();
    let source = folder.path().join("film.mjpeg");
    ffmpeg(
        &["-f", "lavfi", "-i", "nullsrc=size=320x240:rate=15,geq=random(1)*255:128:128", "-t", "1"],
        &["-f", "mjpeg"],
        &source,
    );
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mut again = Command::new("unshare");
    again.args(["--map-root-user", "--mount", "sh", "-c"]);
    again.arg("mount -t tmpfs -o size=1m tmpfs \"$0\" && exec \"$@\"").arg(&disk);
    again.arg(std::env::current_exe().unwrap()).args(["--exact", "--nocapture", test]);
    let output = again.env(INNER, &disk).output().expect("unshare is installed");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    None
}

fn record_noise(disk: &Path) -> Bench {
    let source = disk.with_file_name("film.mjpeg");
    Bench::with(&format!("file:{}", source.display()), disk, 600_000, clock(), Arc::new(camera::open))
}
