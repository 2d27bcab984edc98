//! How long a day takes to pack, beside `dd` writing the same bytes, and how long the archive takes to be
//! complete after the stop. Run by `tests/bench/run seal`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;
use std::time::{Duration, Instant};

use invigil::camera;
use invigil::clock::{Clock, SystemClock};
use invigil::journal::{Actor, DayDocument, Event, Journal, JournalPlace, Segment};
use invigil::point::{CameraId, demo};
use invigil::recording::mp4::{Fragment, Movie, Sample, Track};
use invigil::recording::segment_paths;
use invigil::signing::{DeviceKey, Digest};
use invigil::station::protocol::{Command, View, WorkKind};

use crate::point::*;

/// A segment of ten minutes at 1 Mbit/s.
const FRAGMENTS: u32 = 300;
const PICTURE_BYTES: usize = 125_000;
const SEGMENT_MS: i64 = 600_000;

/// The day's finished segments are made up, with noise for pictures; everything else is the station's own
/// doing: it finds them as after a crash, packs them, records, stops and seals.
#[test]
#[ignore = "writes gigabytes for minutes"]
fn how_long_a_day_takes_to_seal() {
    let gigabytes: f64 = std::env::var("INVIGIL_SEAL_GB").map_or(12.6, |text| text.parse().unwrap());
    let folder = std::env::var_os("INVIGIL_SEAL_FOLDER").map(PathBuf::from);
    let folder = folder.map_or_else(tempfile::tempdir, tempfile::tempdir_in).unwrap();
    let data = folder.path().join("data");
    let mut profile = demo();
    profile.recording.segment_seconds = 3_600;
    let begun = || start_with(&data, profile.clone(), TestClock::new(), Arc::new(camera::open));
    let station = begun();
    let mut client = connect(&station);
    begin_day(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    drop(client);
    end(station);

    let count = (gigabytes * 1e9 / 2.0 / f64::from(FRAGMENTS) / 2.0 / PICTURE_BYTES as f64).ceil() as u32;
    let files =
        make_up(&data, &day, &profile.cameras.iter().map(|c| c.id.clone()).collect::<Vec<_>>(), count);
    let bytes: u64 = files.iter().map(|file| fs::metadata(file).unwrap().len()).sum();

    forget(&files);
    let dd = with_dd(&files, &folder.path().join("dd"));
    forget(&files);
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let clock = Instant::now();
    let station = begun();
    let mut client = connect(&station);
    let packed = |view: &View| {
        view.day.as_ref().is_some_and(|day| day.cameras.values().all(|camera| camera.taken == count))
    };
    client.wait_for(Duration::from_secs(3_600), packed).unwrap();
    let ours = clock.elapsed();
    let memory_mib = high_water_kib() / 1024;

    sign_in(&mut client);
    record(&mut client);
    wait_for_frames(&mut client, 150);
    let clock = Instant::now();
    let stop = Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
    client.ask_with(stop, head()).unwrap();
    let stopped = |view: &View| view.day.as_ref().is_some_and(|day| day.recording().next().is_none());
    client.wait_for(PATIENCE, stopped).unwrap();
    explain_outages(&mut client);
    client.ask(Command::Seal).unwrap();
    let sealed =
        |view: &View| view.live.work.as_ref().is_some_and(|work| work.kind == WorkKind::Seal && !work.runs());
    let view = client.wait_for(Duration::from_secs(600), sealed).unwrap();
    assert_eq!(view.live.work.as_ref().and_then(|work| work.failed.clone()), None);
    let after_stop = clock.elapsed();
    let archive = PathBuf::from(view.live.archive_folder.clone());
    let parts = view.day.as_ref().unwrap().sealed_parts.len() + 1;
    end(station);
    let clock = Instant::now();
    let report = verified(&archive);

    let speed = |took: Duration| bytes as f64 / 1e6 / took.as_secs_f64();
    println!("| {:.1} GB in {} files, {parts} parts | |", bytes as f64 / 1e9, files.len());
    println!("|---|---|");
    println!("| dd conv=fsync, file by file | {:.1} s, {:.0} MB/s |", dd.as_secs_f64(), speed(dd));
    println!("| packed, synced, read back | {:.1} s, {:.0} MB/s |", ours.as_secs_f64(), speed(ours));
    println!("| ours against dd (asked: ≥ 0.9) | {:.2} |", dd.as_secs_f64() / ours.as_secs_f64());
    println!("| memory (asked: ≤ 64 MB) | {memory_mib} MiB |");
    println!("| from the stop to complete (asked: ≤ 10 s) | {:.1} s |", after_stop.as_secs_f64());
    println!(
        "| verified from the disk afterwards | {:?}, {:.1} s |",
        report.integrity,
        clock.elapsed().as_secs_f64()
    );
}

/// Finished segments as the journal and the recorders would have left them, one after the other to now.
fn make_up(data: &Path, day: &invigil::point::DayId, cameras: &[CameraId], count: u32) -> Vec<PathBuf> {
    let device = DeviceKey::open(&DeviceKey::path_in(data)).unwrap();
    let place = JournalPlace::day(data, day);
    let mut journal = Journal::open::<DayDocument>(place, Arc::new(device)).unwrap().journal;
    let clock = SystemClock::new();
    let begin_ms = clock.now().utc_ms - i64::from(count) * SEGMENT_MS;
    let mut noise = vec![0; PICTURE_BYTES * 2];
    let mut files = Vec::new();
    for camera in cameras {
        for number in 0..count {
            stir(&mut noise, u64::from(number) + 1);
            let (video, index, facts) =
                segment(camera, number, begin_ms + i64::from(number) * SEGMENT_MS, &noise);
            let folder = data.join("days").join(day.as_str()).join("video").join(camera.as_str());
            fs::create_dir_all(&folder).unwrap();
            let (mp4, idx) = segment_paths(&folder, number);
            fs::write(&mp4, video).unwrap();
            fs::write(&idx, index).unwrap();
            files.extend([mp4, idx]);
            journal.append(clock.now(), Actor::STATION, Event::SegmentFinished(facts)).unwrap();
        }
    }
    journal.sync().unwrap();
    assert!(Process::new("sync").status().unwrap().success());
    files
}

fn stir(noise: &mut [u8], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for eight in noise.chunks_exact_mut(8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        eight.copy_from_slice(&state.to_le_bytes());
    }
}

fn segment(camera: &CameraId, number: u32, from_ms: i64, noise: &[u8]) -> (Vec<u8>, Vec<u8>, Segment) {
    let sps =
        b"\x67\x42\xc0\x16\xd9\x00\xa0\x3d\xb0\x11\x00\x00\x03\x00\x01\x00\x00\x03\x00\x1e\x0f\x16\x2e\x48";
    let track = Track::new((from_ms / 1000) as u64, sps, b"\x68\xcb\x83\xcb\x20").unwrap();
    let header_bytes = Track::open_header().len() as u64;
    let mut body = track.initial_moov();
    let mut index = track.line(header_bytes, body.len() as u64, Digest::of(&body)).to_bytes();
    let mut movie = Movie::new(track);
    for number in 0..FRAGMENTS {
        let size = PICTURE_BYTES as u32;
        let sample = Sample { duration: 90_000, size, key: true, shown_after: 0 };
        let fragment = Fragment {
            number: number + 1,
            utc_ms: from_ms + i64::from(number) * 2_000,
            mono_ms: u64::from(number) * 2_000,
            decode_time: u64::from(number) * 180_000,
            samples: vec![sample, sample],
            sound: None,
        };
        let head = fragment.head();
        let offset = header_bytes + body.len() as u64;
        movie.push(&fragment, offset + head.len() as u64).unwrap();
        let begin = body.len();
        body.extend(head);
        for picture in noise.chunks_exact(PICTURE_BYTES) {
            body.extend((size - 4).to_be_bytes());
            body.extend([0x65, number as u8]);
            body.extend(&picture[..PICTURE_BYTES - 6]);
        }
        let sha256 = Digest::of(&body[begin..]);
        index.extend(fragment.line(offset, (body.len() - begin) as u64, sha256).to_bytes());
    }
    let end = header_bytes + body.len() as u64;
    let video = [Movie::closed_header(end), body, movie.final_moov()].concat();
    let facts = Segment {
        camera: camera.clone(),
        segment: number,
        from_ms,
        to_ms: from_ms + SEGMENT_MS,
        frames: u64::from(FRAGMENTS) * 2,
        bytes: video.len() as u64,
        sha256: Digest::of(&video),
        index_sha256: Digest::of(&index),
        repaired: false,
    };
    (video, index, facts)
}

/// The system no longer holds them in memory (GNU dd's way to ask for it).
fn forget(files: &[PathBuf]) {
    for file in files {
        let mut of = std::ffi::OsString::from("of=");
        of.push(file);
        let dd =
            Process::new("dd").arg(of).args(["oflag=nocache", "conv=notrunc,fdatasync", "count=0"]).output();
        assert!(dd.unwrap().status.success());
    }
}

fn with_dd(files: &[PathBuf], to: &Path) -> Duration {
    let mut took = Duration::ZERO;
    for file in files {
        let [mut from, mut into] = ["if=", "of="].map(std::ffi::OsString::from);
        from.push(file);
        into.push(to);
        let clock = Instant::now();
        let dd = Process::new("dd").args([from, into]).args(["bs=1M", "conv=fsync", "status=none"]).status();
        took += clock.elapsed();
        assert!(dd.unwrap().success());
        fs::remove_file(to).unwrap();
    }
    took
}

fn high_water_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
