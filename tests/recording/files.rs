//! Every kind of source, recorded and decoded by ffmpeg to the last frame.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

use invigil::camera::{self, CameraError, Capture, Captured, Wanted};
use invigil::clock::SimulatedClock;
use invigil::recording::inspect::Place;
use invigil::recording::{CameraOpener, Mode, RecorderEvent, Watching, trial};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::bench::{Bench, LONG, START_MS, camera, counters, ffmpeg, files, inspected, judge};

#[test]
fn no_frame_is_missing_between_segments() {
    let folder = tempdir().unwrap();
    let events = Bench::record("pattern:hall", folder.path(), 3_000).after_segments(3);
    let files = files(&events);
    assert!(files.len() >= 4, "the last one is closed by the stop");
    let mut all = Vec::new();
    for file in &files {
        let counters = counters(file);
        assert_eq!(judge(file), counters.len());
        all.extend(counters);
    }
    let expected: Vec<u32> = (0..all.len() as u32).collect();
    assert_eq!(all, expected);
    assert!(matches!(events.last(), Some(RecorderEvent::Stopped { .. })));
    assert!(!events.iter().any(|event| matches!(event, RecorderEvent::Gap { .. })));
    for pair in events.windows(2) {
        if let [RecorderEvent::Segment { segment: a, .. }, RecorderEvent::Segment { segment: b, .. }] = pair {
            assert!(a.to_ms.abs_diff(b.from_ms) <= 2, "{} {}", a.to_ms, b.from_ms);
        }
    }
}

#[test]
fn a_stream_of_jpegs_is_recorded() {
    let folder = tempdir().unwrap();
    let source = folder.path().join("film.mjpeg");
    let input = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=15", "-t", "1"];
    ffmpeg(&input, &["-f", "mjpeg"], &source);
    let events = Bench::record(&format!("file:{}", source.display()), folder.path(), 2_500).after_segments(2);
    assert!(files(&events).iter().all(|file| judge(file) > 0));
}

/// B-frames, and a long GOP that is cut in two; the file is not coded again.
#[test]
fn h264_is_stored_as_it_was_coded() {
    let folder = tempdir().unwrap();
    let source = folder.path().join("film.mp4");
    let input = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-t", "5"];
    ffmpeg(&input, &["-c:v", "libx264", "-bf", "3", "-g", "125", "-pix_fmt", "yuv420p"], &source);
    let events = Bench::record(&format!("file:{}", source.display()), folder.path(), 4_000).after_segments(2);
    let files = files(&events);
    // A segment begins with a key frame, and the film has one in five seconds.
    assert_eq!(judge(&files[0]), 125);
    assert!(files.iter().all(|file| judge(file) > 0));
    let fragments = inspected(&files[0]).fragments.len();
    assert!(fragments >= 3, "cut within the GOP: {fragments}");
    let hash = |path: &std::path::Path| {
        let mut command = std::process::Command::new("ffmpeg");
        command.args(["-v", "error", "-i"]).arg(path);
        let output = command.args(["-c", "copy", "-f", "streamhash", "-hash", "md5", "-"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(hash(&files[0]), hash(&source));
}

/// A network camera's session that has so many frames; the last one gathers in it.
struct Gathering {
    camera: Box<dyn Capture>,
    left: usize,
    all_but_one: SyncSender<()>,
}

impl Capture for Gathering {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        match self.left {
            0 => return Ok(None),
            // Handed on to who waits for as long as pictures gather.
            1 if timeout < Duration::from_millis(240) => {
                let _ = self.all_but_one.try_send(());
                return Ok(None);
            }
            _ => self.left -= 1,
        }
        self.camera.next(Duration::from_secs(1))
    }

    fn detail(&self) -> String {
        self.camera.detail()
    }

    fn is_prompt(&self) -> bool {
        true
    }
}

#[test]
fn what_came_before_the_stop_is_recorded_though_it_is_handed_on_after_it() {
    let folder = tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    let input = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-t", "5"];
    ffmpeg(&input, &["-c:v", "libx264", "-bf", "0", "-g", "25", "-pix_fmt", "yuv420p"], &film);
    let (all_but_one, has_come) = sync_channel(1);
    // By the recorder's clock, which stands still, all of it came a minute ago.
    let opener: CameraOpener = Arc::new(move |source, wanted, _| {
        let own_clock = Arc::new(SimulatedClock::new(START_MS, 180));
        let camera = camera::open(source, wanted, own_clock)?;
        Ok(Box::new(Gathering { camera, left: 100, all_but_one: all_but_one.clone() }))
    });
    let clock = Arc::new(SimulatedClock::new(START_MS, 180));
    clock.advance(Duration::from_secs(60));
    let bench = Bench::with(&format!("file:{}", film.display()), folder.path(), 600_000, clock, opener);
    has_come.recv_timeout(LONG).expect("frames");
    assert_eq!(judge(&files(&bench.stop())[0]), 100);
}

#[test]
fn previews_come_while_somebody_looks() {
    let folder = tempdir().unwrap();
    let mut bench = Bench::record("pattern:hall", folder.path(), 600_000);
    bench.recorder.watch(Watching::Tile { width: 160 });
    bench.wait_for(|event| matches!(event, RecorderEvent::Works { .. }));
    let preview = loop {
        match bench.recorder.take_preview() {
            Some(preview) => break preview,
            None => std::thread::yield_now(),
        }
    };
    assert_eq!((preview.width, preview.height, preview.rgb.len()), (160, 120, 160 * 120 * 3));
    bench.recorder.watch(Watching::No);
    bench.recorder.set_mode(Mode::Idle);
    bench.wait_for(|event| matches!(event, RecorderEvent::Stopped { .. }));
    assert!(bench.recorder.take_preview().is_none());
    let head = bench.recorder.video_head().expect("something was recorded");
    let index = std::fs::read(folder.path().join("000000.idx")).unwrap();
    let index = invigil::recording::index::Index::parse(&index).unwrap();
    assert_eq!((head.lines, head.root), (index.lines().len() as u64, index.tree().root()));
}

#[test]
fn a_trial_decodes_every_frame_and_leaves_nothing() {
    let folder = tempdir().unwrap();
    let clock = Arc::new(SimulatedClock::new(START_MS, 180));
    let opener: invigil::recording::CameraOpener = Arc::new(camera::open);
    let report =
        trial(&camera("pattern:hall"), folder.path(), &opener, clock, Duration::from_secs(3)).unwrap();
    assert!(report.frames >= 45 && report.frames == report.decoded_frames, "{report:?}");
    assert_eq!((report.width, report.height), (320, 240));
    assert!(report.frames_per_second_milli.abs_diff(15_000) < 200, "{report:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_trial_says_what_is_wrong_with_the_camera() {
    let folder = tempdir().unwrap();
    let clock = Arc::new(SimulatedClock::new(START_MS, 180));
    let opener: invigil::recording::CameraOpener = Arc::new(camera::open);
    let missing = camera(&format!("file:{}/missing.mp4", folder.path().display()));
    let error = trial(&missing, folder.path(), &opener, clock, Duration::from_secs(3)).unwrap_err();
    assert!(matches!(error, invigil::camera::CameraError::Unknown(_)), "{error}");
}

/// Every changed byte shows, in its own fragment and with its second.
#[test]
fn any_changed_byte_of_a_finished_file_is_found() {
    let folder = tempdir().unwrap();
    let events = Bench::record("pattern:hall", folder.path(), 5_000).after_segments(1);
    let path = &files(&events)[0];
    let whole = inspected(path);
    let index = std::fs::read(path.with_extension("idx")).unwrap();
    let index = invigil::recording::index::Index::parse(&index).unwrap();
    let length = std::fs::metadata(path).unwrap().len();
    let file = std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let flip = |at: u64| {
        let mut file = &file;
        let mut byte = [0];
        file.seek(SeekFrom::Start(at)).unwrap();
        file.read_exact(&mut byte).unwrap();
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(&[byte[0] ^ 4]).unwrap();
    };
    proptest!(ProptestConfig::with_cases(200), |(at in 0..length)| {
        flip(at);
        let inspection = inspected(path);
        flip(at);
        let first = inspection.faults.first().expect("it shows");
        let line = index.lines().iter().find(|line| (line.offset..line.end()).contains(&at));
        let place = match line {
            None if at < index.lines()[0].offset => Place::Header,
            None => Place::FinalMoov,
            Some(line) if line.i == 0 => Place::InitialMoov,
            Some(line) => Place::Fragment(line.i),
        };
        prop_assert_eq!(first.place, place);
        if let Place::Fragment(i) = place {
            let fragment = whole.fragments[i as usize - 1];
            prop_assert_eq!((first.from_ms, first.to_ms), (fragment.from_ms, fragment.to_ms));
            let bad: Vec<u32> = inspection.fragments.iter().filter(|f| !f.whole).map(|f| f.i).collect();
            prop_assert_eq!(bad, [i]);
        }
    });
    assert!(inspected(path).is_whole());
}

/// Whatever stands in a file, opening it gives pictures or says what is wrong.
#[test]
fn hostile_files_are_refused() {
    let folder = tempdir().unwrap();
    let input = ["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=15", "-t", "1"];
    for (name, output) in [("film.mp4", "-c:v libx264 -bf 2 -pix_fmt yuv420p"), ("film.mjpeg", "-f mjpeg")] {
        let path = folder.path().join(name);
        ffmpeg(&input, &output.split(' ').collect::<Vec<_>>(), &path);
        let whole = std::fs::read(&path).unwrap();
        let source = format!("file:{}", path.display()).parse().unwrap();
        let wanted = Wanted { width: 160, height: 120, frames_per_second: 15, sound: false };
        let play = || -> Result<(), CameraError> {
            let clock = Arc::new(SimulatedClock::new(START_MS, 180));
            let mut capture = camera::open(&source, &wanted, clock)?;
            (0..20).try_for_each(|_| capture.next(Duration::from_secs(1)).map(|_| ()))
        };
        let said = |error| match error {
            CameraError::BadFile(_) | CameraError::NotH264(_) => Ok(()),
            other => Err(TestCaseError::fail(other.to_string())),
        };
        assert_eq!(play(), Ok(()));
        // Most of what can be wrong with an MP4 stands in its `moov`, at the end.
        let places = prop_oneof![0..whole.len(), whole.len().saturating_sub(1_500)..whole.len()];
        proptest!(ProptestConfig::with_cases(300), |(at in places, byte in any::<u8>(), cut in any::<bool>())| {
            let mut changed = whole.clone();
            changed[at] = byte;
            changed.truncate(if cut { at } else { whole.len() });
            std::fs::write(&path, changed).unwrap();
            play().or_else(said)?;
        });
    }
}
