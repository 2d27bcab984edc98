//! What the tests of recordings share: a recorder with its events, fake cameras, and ffmpeg as judge.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use invigil::camera::pattern::read_counter;
use invigil::camera::{self, CameraError, Capture, Captured, Picture, Pixels};
use invigil::clock::{Clock, SimulatedClock};
use invigil::journal::Segment;
use invigil::point::{Camera, HealthRules, SilenceRule, Zone};
use invigil::recording::index::Index;
use invigil::recording::inspect::{Inspection, inspect};
use invigil::recording::{
    CameraOpener, Disk, Eyes, Mode, OverlayLabel, Recorder, RecorderConfig, RecorderEvent,
};

/// Longer than anything here takes on the slowest machine; only a failing test waits for it.
pub const LONG: Duration = Duration::from_secs(60);
/// 29 May 2026, 08:15 in Moscow.
pub const START_MS: i64 = 1_780_031_700_000;

pub fn camera(source: &str) -> Camera {
    Camera {
        id: "hall-1".parse().unwrap(),
        name: "Hall".into(),
        room: "0003".parse().unwrap(),
        zone: Zone::Corridor,
        source: source.parse().unwrap(),
        width: 320,
        height: 240,
        frames_per_second: 15,
        bits_per_second: 1_000_000,
        delivered: true,
        sound: None,
    }
}

pub fn config(camera: Camera, folder: &Path, segment_ms: u64) -> RecorderConfig {
    let overlay =
        OverlayLabel { region: "77".into(), point: "0101".into(), room: "0003".into(), offset_min: 180 };
    RecorderConfig {
        camera,
        folder: folder.to_owned(),
        next_segment: 0,
        segment_ms,
        overlay,
        health: HealthRules::default(),
        eyes: Some(Eyes::start().unwrap()),
        silence: SilenceRule::default(),
    }
}

/// A recorder on a clock that only its camera and the test move.
pub struct Bench {
    pub recorder: Recorder,
    pub clock: Arc<SimulatedClock>,
    pub events: Receiver<RecorderEvent>,
    /// Every event that was waited past.
    pub heard: Vec<RecorderEvent>,
    _disk: Disk,
}

impl Bench {
    /// Records `source`, opened as the program opens it.
    pub fn record(source: &str, folder: &Path, segment_ms: u64) -> Self {
        let clock = Arc::new(SimulatedClock::new(START_MS, 180));
        Self::with(source, folder, segment_ms, clock, Arc::new(camera::open))
    }

    pub fn with(
        source: &str,
        folder: &Path,
        segment_ms: u64,
        clock: Arc<SimulatedClock>,
        opener: CameraOpener,
    ) -> Self {
        Self::of(camera(source), folder, segment_ms, clock, opener)
    }

    pub fn of(
        camera: Camera,
        folder: &Path,
        segment_ms: u64,
        clock: Arc<SimulatedClock>,
        opener: CameraOpener,
    ) -> Self {
        let (sender, events) = sync_channel(1024);
        let config = config(camera, folder, segment_ms);
        let disk = Disk::start(folder, clock.clone()).unwrap();
        let recorder = Recorder::spawn(config, opener, clock.clone(), sender, &disk).unwrap();
        recorder.set_mode(Mode::Record);
        Self { recorder, clock, events, heard: Vec::new(), _disk: disk }
    }

    /// Waits for an event and gives it.
    pub fn wait_for(&mut self, wanted: impl Fn(&RecorderEvent) -> bool) -> RecorderEvent {
        loop {
            let event = self.events.recv_timeout(LONG).expect("the event comes");
            self.heard.push(event.clone());
            if wanted(&event) {
                return event;
            }
        }
    }

    /// Moves the clock on until an event comes that gives something. For cameras that are let go of:
    /// nobody else moves the clock then.
    pub fn pass_time_until<T>(&mut self, wanted: impl Fn(&RecorderEvent) -> Option<T>) -> T {
        loop {
            match self.events.recv_timeout(Duration::from_millis(20)) {
                Ok(event) => {
                    self.heard.push(event.clone());
                    if let Some(found) = wanted(&event) {
                        return found;
                    }
                }
                Err(_) => self.clock.advance(Duration::from_millis(100)),
            }
        }
    }

    /// Waits until so many segments are finished, stops, and gives all events.
    pub fn after_segments(mut self, count: usize) -> Vec<RecorderEvent> {
        for _ in 0..count {
            self.wait_for(|event| matches!(event, RecorderEvent::Segment { .. }));
        }
        self.stop()
    }

    /// Stops and gives all events.
    pub fn stop(self) -> Vec<RecorderEvent> {
        let Self { recorder, events, mut heard, .. } = self;
        recorder.stop();
        heard.extend(events.try_iter());
        heard
    }
}

/// The finished segments, in their order.
pub fn segments(events: &[RecorderEvent]) -> Vec<Segment> {
    let segments = events.iter().filter_map(|event| match event {
        RecorderEvent::Segment { segment, .. } => Some(segment.clone()),
        _ => None,
    });
    segments.collect()
}

/// The finished files, in their order.
pub fn files(events: &[RecorderEvent]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = events
        .iter()
        .filter_map(|event| match event {
            RecorderEvent::Segment { mp4, .. } => Some(mp4.clone()),
            _ => None,
        })
        .collect();
    files.sort();
    files
}

/// Decodes to the last frame and checks what ffmpeg says and that the index agrees; gives the
/// number of frames.
pub fn judge(mp4: &Path) -> usize {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-i"]).arg(mp4);
    command.args(["-map", "0:v", "-fps_mode", "passthrough", "-enc_time_base", "-1", "-f", "framecrc", "-"]);
    let output = command.output().expect("ffmpeg is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{}: {said}", mp4.display());
    let inspection = inspected(mp4);
    assert!(inspection.is_whole(), "{}: {:?}", mp4.display(), inspection.faults);
    let lines = String::from_utf8_lossy(&output.stdout);
    let frames = lines.lines().filter(|line| !line.starts_with('#')).count();
    let indexed: u32 = inspection.fragments.iter().map(|fragment| fragment.frames).sum();
    assert_eq!(frames, indexed as usize, "{}", mp4.display());
    frames
}

pub fn inspected(mp4: &Path) -> Inspection {
    let index = Index::parse(&std::fs::read(mp4.with_extension("idx")).unwrap()).unwrap();
    inspect(&mut File::open(mp4).unwrap(), &index).unwrap()
}

/// The pattern's counters in a file, as ffmpeg decodes them.
pub fn counters(mp4: &Path) -> Vec<u32> {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-i"]).arg(mp4).args(["-fps_mode", "passthrough"]);
    let output = command.args(["-f", "rawvideo", "-pix_fmt", "gray", "-"]).output().unwrap();
    let frames = output.stdout.chunks_exact(320 * 240);
    frames.map(|luma| read_counter(luma, 320, 240).expect("the counter is readable")).collect()
}

pub fn ffmpeg(input: &[&str], output: &[&str], path: &Path) {
    let mut command = Command::new("ffmpeg");
    let done = command.args(["-v", "error", "-y"]).args(input).args(output).arg(path).output();
    let done = done.expect("ffmpeg is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// What a fake camera does next.
pub enum Act {
    /// Gives grey pictures of this size, fifteen a second.
    Pictures(usize, (u32, u32)),
    /// Moves the wall clock.
    StepWall(i64),
    /// Moves the computer to another time zone.
    SetOffset(i32),
    /// Gives nothing, while time passes, until it is let go of.
    Silence,
    Fail(CameraError),
    /// Does not come back from its driver until the other end is dropped.
    Hang(Receiver<()>),
    /// Can't be opened this time.
    Refuse(CameraError),
}

/// A camera that follows a plan, over all times that it is opened. When the plan is done it gives
/// pictures for ever.
pub fn planned(clock: &Arc<SimulatedClock>, plan: Vec<Act>) -> CameraOpener {
    opener(clock, plan, false)
}

/// One that waits for its device in a thread of its own, as far as the recorder knows.
pub fn prompt(clock: &Arc<SimulatedClock>, plan: Vec<Act>) -> CameraOpener {
    opener(clock, plan, true)
}

fn opener(clock: &Arc<SimulatedClock>, plan: Vec<Act>, prompt: bool) -> CameraOpener {
    let plan: Arc<Mutex<Vec<Act>>> = Arc::new(Mutex::new(plan.into_iter().rev().collect()));
    let clock = Arc::clone(clock);
    Arc::new(move |_, _, _| {
        let refused = plan.lock().unwrap().pop_if(|act| matches!(act, Act::Refuse(_)));
        if let Some(Act::Refuse(error)) = refused {
            return Err(error);
        }
        Ok(Box::new(Planned { plan: Arc::clone(&plan), clock: Arc::clone(&clock), shade: 60, prompt }))
    })
}

struct Planned {
    plan: Arc<Mutex<Vec<Act>>>,
    clock: Arc<SimulatedClock>,
    shade: u8,
    prompt: bool,
}

impl Capture for Planned {
    fn next(&mut self, _timeout: Duration) -> Result<Option<Captured>, CameraError> {
        let act = self.plan.lock().unwrap().pop();
        let again = |act| self.plan.lock().unwrap().push(act);
        match act {
            None => Ok(Some(self.picture((320, 240)))),
            Some(Act::Pictures(left, size)) => {
                if left > 1 {
                    again(Act::Pictures(left - 1, size));
                }
                Ok(Some(self.picture(size)))
            }
            Some(Act::StepWall(by_ms)) => {
                self.clock.step_wall(by_ms);
                Ok(None)
            }
            Some(Act::SetOffset(minutes)) => {
                self.clock.set_offset(minutes);
                Ok(None)
            }
            Some(Act::Silence) => {
                again(Act::Silence);
                self.clock.advance(Duration::from_millis(100));
                // Lets the recorder look at the clock between two steps of it.
                std::thread::sleep(Duration::from_millis(5));
                Ok(None)
            }
            Some(Act::Fail(error)) => Err(error),
            Some(Act::Hang(until)) => {
                let _ = until.recv();
                Ok(None)
            }
            Some(Act::Refuse(error)) => panic!("an open camera can't be refused: {error}"),
        }
    }

    fn detail(&self) -> String {
        "planned".into()
    }

    fn is_prompt(&self) -> bool {
        self.prompt
    }
}

impl Drop for Planned {
    fn drop(&mut self) {
        self.plan.lock().unwrap().pop_if(|act| matches!(act, Act::Silence));
    }
}

impl Planned {
    fn picture(&mut self, (width, height): (u32, u32)) -> Captured {
        self.clock.advance(Duration::from_millis(66));
        self.shade = 60 + (self.shade - 59) % 100;
        let luma = (width * height) as usize;
        let mut pixels = vec![128; luma * 3 / 2];
        pixels[..luma].fill(self.shade);
        let arrived = self.clock.now();
        Captured::Picture(Picture { arrived, width, height, pixels: Pixels::I420(pixels) })
    }
}
