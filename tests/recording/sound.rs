//! Sound beside the pictures: in the same files, at the same moments, whatever happens to it.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::time::Duration;

use invigil::camera::sound::{Microphone, Pcm, Sound, SoundError, SoundTime};
use invigil::camera::{self, CameraError};
use invigil::clock::{Clock, SimulatedClock, SystemClock};
use invigil::point::{MicrophoneSelector, SilenceRule, SoundSource};
use invigil::recording::index::Index;
use invigil::recording::mp4::Track;
use invigil::recording::{Disk, MicrophoneOpener, Mode, Recorder, RecorderEvent, repair};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::bench::{Bench, LONG, START_MS, camera, config, files, inspected, judge};
use crate::listening::{RATE, heard};
use crate::sync::delays;

/// The pattern with its test tone.
fn with_tone(folder: &Path, segment_ms: u64) -> Bench {
    let mut camera = camera("pattern:hall");
    camera.sound = Some(SoundSource::Stream);
    let clock = Arc::new(SimulatedClock::new(START_MS, 180));
    Bench::of(camera, folder, segment_ms, clock, Arc::new(camera::open))
}

#[test]
fn flash_and_click_stand_together_in_every_segment() {
    let folder = tempdir().unwrap();
    let events = with_tone(folder.path(), 4_000).after_segments(3);
    let works = |event: &&RecorderEvent| matches!(event, RecorderEvent::SoundWorks { .. });
    assert_eq!(events.iter().filter(works).count(), 1);
    for file in &files(&events)[..3] {
        let frames = judge(file);
        for delay in delays(file) {
            assert!(delay.abs() <= 20.0, "{}: {delay} ms", file.display());
        }
        // All of it, to the last packet before the next segment begins.
        let seconds = heard(file).len() as f64 / RATE as f64;
        assert!((seconds - frames as f64 / 15.0).abs() < 0.03, "{seconds} s for {frames} frames");
    }
}

#[test]
fn a_file_cut_anywhere_keeps_the_sound_of_its_whole_fragments() {
    let source = tempdir().unwrap();
    with_tone(source.path(), 5_000).after_segments(1);
    let path = source.path().join("000000.mp4");
    let index_bytes = std::fs::read(path.with_extension("idx")).unwrap();
    let index = Index::parse(&index_bytes).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.truncate(index.lines().last().unwrap().end() as usize);
    let header = Track::open_header();
    bytes[..header.len()].copy_from_slice(&header);
    let first = index.fragments()[0].end() as usize;
    let judged = Cell::new(0);
    proptest!(ProptestConfig::with_cases(40), |(cut in first..bytes.len(), with_index in any::<bool>())| {
        let folder = tempdir().unwrap();
        let mp4 = folder.path().join("000000.mp4");
        std::fs::write(&mp4, &bytes[..cut]).unwrap();
        if with_index {
            std::fs::write(mp4.with_extension("idx"), &index_bytes).unwrap();
        }
        let repaired = repair(folder.path(), &"hall-1".parse().unwrap(), 0).unwrap();
        let finished = repaired.finished.expect("a whole fragment is there");
        let whole = index.fragments().iter().filter(|line| line.end() <= cut as u64);
        prop_assert_eq!(finished.segment.frames, whole.map(|line| u64::from(line.frames)).sum::<u64>());
        prop_assert!(inspected(&mp4).is_whole());
        judged.set(judged.get() + 1);
        if judged.get() <= 4 {
            judge(&mp4);
            prop_assert!(delays(&mp4).iter().all(|delay| delay.abs() <= 20.0));
        }
    });
}

/// A hole of zeros in the sound alone: what a power cut leaves of blocks that never reached the disk.
#[test]
fn zeros_in_place_of_sound_are_cut_off() {
    let source = tempdir().unwrap();
    with_tone(source.path(), 5_000).after_segments(1);
    let path = source.path().join("000000.mp4");
    let index = Index::parse(&std::fs::read(path.with_extension("idx")).unwrap()).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let last = index.lines().last().unwrap();
    bytes.truncate(last.end() as usize);
    let header = Track::open_header();
    bytes[..header.len()].copy_from_slice(&header);
    // Sound stands behind the pictures of its fragment, and is some 50 packets long.
    let end = bytes.len();
    bytes[end - 1_500..].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    std::fs::remove_file(path.with_extension("idx")).unwrap();
    let repaired = repair(source.path(), &"hall-1".parse().unwrap(), 0).unwrap();
    assert_eq!(repaired.cut_bytes, last.length);
    judge(&path);
}

/// A bad block in the middle: what stands behind it is played with its sound.
#[test]
fn sound_behind_a_hole_stays_with_its_pictures() {
    let source = tempdir().unwrap();
    with_tone(source.path(), 9_000).after_segments(1);
    let path = source.path().join("000000.mp4");
    let index = Index::parse(&std::fs::read(path.with_extension("idx")).unwrap()).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.truncate(index.lines().last().unwrap().end() as usize);
    let header = Track::open_header();
    bytes[..header.len()].copy_from_slice(&header);
    let hole = &index.fragments()[1];
    bytes[hole.offset as usize..hole.end() as usize].fill(0);
    let folder = tempdir().unwrap();
    std::fs::write(folder.path().join("000000.mp4"), &bytes).unwrap();
    let repaired = repair(folder.path(), &"hall-1".parse().unwrap(), 0).unwrap();
    let [salvaged] = &repaired.salvaged[..] else { panic!("{repaired:?}") };
    judge(&salvaged.mp4);
    assert!(delays(&salvaged.mp4).iter().all(|delay| delay.abs() <= 80.0));
}

/// What a fake microphone does, each time it is opened.
enum Act {
    Missing,
    /// Gives a tone of this size in real time, until it is told to end.
    Hears(i16, Receiver<()>),
}

struct Fake {
    clock: Arc<dyn Clock>,
    size: i16,
    until: Receiver<()>,
    next_ms: u64,
}

impl Microphone for Fake {
    fn next(&mut self, timeout: Duration) -> Result<Option<Pcm>, SoundError> {
        let now = self.clock.now();
        let wait = Duration::from_millis((self.next_ms + 20).saturating_sub(now.mono_ms)).min(timeout);
        if self.until.recv_timeout(wait) != Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            return Err(SoundError::Unplugged("fake".into()));
        }
        let arrived = self.clock.now();
        if arrived.mono_ms < self.next_ms + 20 {
            return Ok(None);
        }
        let samples = (0..960).map(|n| if n / 24 % 2 == 0 { self.size } else { -self.size }).collect();
        let at = SoundTime::Mono(self.next_ms as i64 * 90);
        self.next_ms += 20;
        Ok(Some(Pcm { arrived, at, rate: 48_000, samples }))
    }

    fn detail(&self) -> String {
        "fake".into()
    }
}

fn planned(plan: Vec<Act>) -> MicrophoneOpener {
    let plan = std::sync::Mutex::new(plan.into_iter());
    Arc::new(move |_, clock| match plan.lock().unwrap().next() {
        Some(Act::Hears(size, until)) => {
            let next_ms = clock.now().mono_ms;
            Ok(Box::new(Fake { clock, size, until, next_ms }))
        }
        Some(Act::Missing) | None => Err(SoundError::Unknown("any".into())),
    })
}

struct Listener {
    recorder: Recorder,
    events: Receiver<RecorderEvent>,
    heard: Vec<RecorderEvent>,
    _disk: Disk,
}

impl Listener {
    /// Records the pattern's pictures and these microphones in real time.
    fn start(folder: &Path, silence: SilenceRule, plan: Vec<Act>) -> Self {
        let mut camera = camera("pattern:hall");
        camera.sound = Some(SoundSource::Microphone(MicrophoneSelector::Any));
        let mut config = config(camera, folder, 600_000);
        config.silence = silence;
        let clock = Arc::new(SystemClock::new());
        let (sender, events) = sync_channel(1024);
        let disk = Disk::start(folder, clock.clone()).unwrap();
        let openers: (invigil::recording::CameraOpener, _) = (Arc::new(camera::open), planned(plan));
        let recorder = Recorder::with_microphones(config, openers, clock, sender, &disk).unwrap();
        recorder.set_mode(Mode::Record);
        Self { recorder, events, heard: Vec::new(), _disk: disk }
    }

    fn wait_for(&mut self, wanted: impl Fn(&RecorderEvent) -> bool) -> RecorderEvent {
        loop {
            let event = self.events.recv_timeout(LONG).expect("the event comes");
            self.heard.push(event.clone());
            if wanted(&event) {
                return event;
            }
        }
    }

    fn wait_for_frames(&self, frames: u64) {
        let enough = self.recorder.status().frames + frames;
        while self.recorder.status().frames < enough {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn stop(self) -> Vec<RecorderEvent> {
        let Self { recorder, events, mut heard, .. } = self;
        recorder.stop();
        heard.extend(events.try_iter());
        heard
    }
}

#[test]
fn an_unplugged_microphone_is_found_again_and_the_pictures_go_on() {
    let folder = tempdir().unwrap();
    let (unplug, until) = channel();
    let (_plugged, second) = channel();
    let plan = vec![Act::Hears(9_000, until), Act::Missing, Act::Hears(9_000, second)];
    let mut listener = Listener::start(folder.path(), SilenceRule::default(), plan);
    listener.wait_for(|event| matches!(event, RecorderEvent::SoundWorks { .. }));
    listener.wait_for_frames(15);
    assert!(listener.recorder.status().sound.is_some_and(|sound| sound.works && sound.level.is_some()));
    unplug.send(()).unwrap();
    let lost = listener.wait_for(|event| matches!(event, RecorderEvent::SoundLost { .. }));
    let RecorderEvent::SoundLost { cause, .. } = lost else { unreachable!() };
    assert_eq!(cause.id, "sound-unplugged");
    listener.wait_for(|event| matches!(event, RecorderEvent::SoundWorks { .. }));
    listener.wait_for_frames(15);
    let events = listener.stop();
    let count = |wanted: fn(&RecorderEvent) -> bool| events.iter().filter(|event| wanted(event)).count();
    assert_eq!(count(|event| matches!(event, RecorderEvent::SoundLost { .. })), 1, "told once");
    assert_eq!(count(|event| matches!(event, RecorderEvent::Lost { .. } | RecorderEvent::Gap { .. })), 0);
    let [file] = &files(&events)[..] else { panic!("one file was due") };
    let frames = judge(file);
    let samples = heard(file);
    let seconds = samples.len() as f64 / RATE as f64;
    assert!((seconds - frames as f64 / 15.0).abs() < 0.2, "{seconds} s for {frames} frames");
    // Tone, silence of some four seconds, tone.
    let loud: Vec<bool> =
        samples.chunks(RATE / 10).map(|part| part.iter().any(|s| s.unsigned_abs() > 4_000)).collect();
    let turns = loud.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let silent = loud.iter().filter(|loud| !**loud).count();
    assert!((2..=3).contains(&turns) && (35..=60).contains(&silent), "{loud:?}");
}

#[test]
fn a_microphone_that_hears_nothing_is_told_until_it_does() {
    let folder = tempdir().unwrap();
    let (end, until) = channel();
    let (_plugged, second) = channel();
    let rule = SilenceRule { below_dbfs: -80, after_seconds: 1 };
    let plan = vec![Act::Hears(0, until), Act::Hears(9_000, second)];
    let mut listener = Listener::start(folder.path(), rule, plan);
    listener.wait_for(|event| matches!(event, RecorderEvent::SoundSilent { .. }));
    assert!(listener.recorder.status().sound.is_some_and(|sound| sound.works && sound.silent));
    end.send(()).unwrap();
    let heard = listener.wait_for(|event| matches!(event, RecorderEvent::SoundHeard { .. }));
    let RecorderEvent::SoundHeard { from_ms, to_ms, .. } = heard else { unreachable!() };
    assert!(to_ms - from_ms >= 1_000, "{from_ms}..{to_ms}");
    listener.stop();
}

#[test]
fn without_a_microphone_the_pictures_are_recorded_with_silence() {
    let folder = tempdir().unwrap();
    let mut listener = Listener::start(folder.path(), SilenceRule::default(), Vec::new());
    let lost = listener.wait_for(|event| matches!(event, RecorderEvent::SoundLost { .. }));
    let RecorderEvent::SoundLost { cause, .. } = lost else { unreachable!() };
    assert_eq!(cause.id, "sound-unknown");
    listener.wait_for_frames(30);
    let events = listener.stop();
    let [file] = &files(&events)[..] else { panic!("one file was due") };
    assert!(judge(file) >= 30);
    let samples = heard(file);
    assert!(samples.len() > RATE && samples.iter().all(|sample| sample.unsigned_abs() < 10));
}

/// A camera that fails with its sound: both come back, and the sound is told once.
#[test]
fn sound_that_comes_with_a_lost_camera_comes_back_with_it() {
    let folder = tempdir().unwrap();
    let mut camera = camera("pattern:hall");
    camera.sound = Some(SoundSource::Stream);
    let clock = Arc::new(SimulatedClock::new(START_MS, 180));
    let tries = std::sync::atomic::AtomicU32::new(0);
    let (ask, asked) = channel();
    let (allow, allowed) = channel();
    let allowed = std::sync::Mutex::new(allowed);
    let opener = move |source: &_, wanted: &_, clock: Arc<dyn Clock>| {
        let try_number = tries.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        if try_number > 0 {
            ask.send(()).unwrap();
            allowed.lock().unwrap().recv().unwrap();
        }
        let open = camera::open(source, wanted, clock)?;
        Ok(Box::new(Brief { open, left: if try_number == 0 { 120 } else { u32::MAX } })
            as Box<dyn camera::Capture>)
    };
    let mut bench = Bench::of(camera, folder.path(), 600_000, Arc::clone(&clock), Arc::new(opener));
    bench.wait_for(|event| matches!(event, RecorderEvent::Lost { .. }));
    // Time passes until the camera is tried again, and stands still from there on: it moves with the camera's
    // own pictures alone.
    while asked.recv_timeout(Duration::from_millis(20)).is_err() {
        clock.advance(Duration::from_millis(100));
    }
    allow.send(()).unwrap();
    bench.wait_for(|event| matches!(event, RecorderEvent::SoundWorks { .. }));
    bench.wait_for(|event| matches!(event, RecorderEvent::Gap { .. }));
    let events = bench.stop();
    assert!(!events.iter().any(|event| matches!(event, RecorderEvent::SoundLost { .. })));
    for file in files(&events) {
        judge(&file);
        let delays = delays(&file);
        assert!(delays.iter().all(|delay| delay.abs() <= 20.0), "{delays:?}");
    }
}

/// A sound card that runs so many millionths too fast, or too slow, and whose pieces come up to 15 ms
/// late; the pictures keep the true time.
struct Drifting {
    open: Box<dyn camera::Capture>,
    ppm: i64,
    /// Samples that it should have given by now, in millionths.
    owed: i64,
    random: u64,
}

impl camera::Capture for Drifting {
    fn next(&mut self, timeout: Duration) -> Result<Option<camera::Captured>, CameraError> {
        let mut item = self.open.next(timeout)?;
        if let Some(camera::Captured::Sound(Sound::Pcm(piece))) = &mut item {
            self.owed += piece.samples.len() as i64 * self.ppm;
            let whole = self.owed / 1_000_000;
            self.owed -= whole * 1_000_000;
            let length = (piece.samples.len() as i64 + whole) as usize;
            let last = piece.samples.last().copied().unwrap_or(0);
            piece.samples.resize(length, last);
            self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            piece.at = piece.at.after((self.random >> 33) as i64 % 1_350);
        }
        Ok(item)
    }

    fn detail(&self) -> String {
        self.open.detail()
    }
}

/// Every click of so many seconds, in files of ten minutes.
fn delays_of_a_drifting_card(seconds: u64, ppm: i64) -> Vec<f64> {
    let folder = tempdir().unwrap();
    let mut camera = camera("pattern:hall");
    camera.sound = Some(SoundSource::Stream);
    let clock = Arc::new(SimulatedClock::new(START_MS, 180));
    let opener = move |source: &_, wanted: &_, clock: Arc<dyn Clock>| {
        let open = camera::open(source, wanted, clock)?;
        Ok(Box::new(Drifting { open, ppm, owed: 0, random: 7 }) as Box<dyn camera::Capture>)
    };
    let bench = Bench::of(camera, folder.path(), 600_000, clock, Arc::new(opener));
    while bench.recorder.status().frames < seconds * 15 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let corrections = bench.recorder.status().sound.map_or(0, |sound| sound.corrections);
    let drifts_ms = seconds * ppm.unsigned_abs() / 1_000;
    assert!(corrections > 0 || drifts_ms < 60, "{ppm} ppm have to be corrected");
    let events = bench.stop();
    let delays: Vec<f64> = files(&events).iter().flat_map(|file| delays(file)).collect();
    let worst = delays.iter().fold(0.0_f64, |worst, delay| worst.max(delay.abs()));
    println!(
        "{seconds} s at {ppm} ppm: {} clicks, {worst:.1} ms at most, {corrections} corrections",
        delays.len()
    );
    delays
}

#[test]
fn a_card_with_a_wrong_clock_stays_in_step() {
    for ppm in [-3_000, 3_000] {
        let delays = delays_of_a_drifting_card(60, ppm);
        assert!(delays.len() > 50 && delays.iter().all(|delay| delay.abs() <= 80.0), "{ppm}: {delays:?}");
    }
}

#[test]
#[ignore = "an hour of pictures: tests/nightly/sound"]
fn an_hour_stays_in_step() {
    let seconds = std::env::var("INVIGIL_SOUND_SECONDS").map_or(3_600, |text| text.parse().unwrap());
    for ppm in [-150, 150] {
        let delays = delays_of_a_drifting_card(seconds, ppm);
        assert!(delays.iter().all(|delay| delay.abs() <= 80.0), "{ppm}: {delays:?}");
    }
}

/// Gives so many items and fails.
struct Brief {
    open: Box<dyn camera::Capture>,
    left: u32,
}

impl camera::Capture for Brief {
    fn next(&mut self, timeout: Duration) -> Result<Option<camera::Captured>, CameraError> {
        self.left = self.left.checked_sub(1).ok_or_else(|| CameraError::Failed("over".into()))?;
        self.open.next(timeout)
    }

    fn detail(&self) -> String {
        self.open.detail()
    }
}
