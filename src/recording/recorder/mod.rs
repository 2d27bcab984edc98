//! One camera's recorder: a thread that captures, encodes and writes, whatever happens to the camera
//! or the disk.
//!
//! Two threads a camera: `feed-…` opens the camera, waits for its frames if the capture has no thread of
//! its own for that, and may hang in its driver; `camera-…` encodes and writes. With a microphone a third
//! one, `sound-…`, hears it; while the picture of a camera that codes itself is enlarged, `large-…` decodes
//! it. One thread a [`Disk`] syncs and closes the files of all. What there is to say goes out as
//! [`RecorderEvent`]s, and nothing here ever waits for who hears them.

mod care;
mod cutter;
mod disk;
mod ear;
mod eyes;
mod feed;
mod follow;
mod latency;
mod link;
mod microphone;
mod outbox;
mod sight;
mod timeline;
mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

pub use disk::Disk;
pub use eyes::Eyes;
pub use latency::{Latency, LatencyFigures};

use super::overlay::OverlayLabel;
use super::picture::Preview;
use super::sound::Level;
use crate::camera::health::{Finding, Look};
use crate::camera::{CameraError, Capture, Wanted};
use crate::clock::{Clock, Stamp};
use crate::i18n::Message;
use crate::journal::{Segment, VideoHead};
use crate::point::{Camera, CameraId, HealthRules, SilenceRule, SoundSource, Source};

pub use microphone::MicrophoneOpener;

/// Opens cameras; may take its time, and may be called by several threads at once.
pub type CameraOpener =
    Arc<dyn Fn(&Source, &Wanted, Arc<dyn Clock>) -> Result<Box<dyn Capture>, CameraError> + Send + Sync>;

/// What a recorder records, and where to.
#[derive(Clone, Debug)]
pub struct RecorderConfig {
    pub camera: Camera,
    /// Where the segments go; made if it is missing.
    pub folder: PathBuf,
    /// The number of the first segment; a number whose file exists is passed over.
    pub next_segment: u32,
    /// A segment ends at the first possible place after this long.
    pub segment_ms: u64,
    pub overlay: OverlayLabel,
    /// When a picture counts as of no use.
    pub health: HealthRules,
    /// Who looks at key frames of a camera that codes itself; none: nobody does.
    pub eyes: Option<Eyes>,
    /// When a microphone hears nothing.
    pub silence: SilenceRule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mode {
    /// The camera is closed.
    Idle,
    /// The camera is open for previews and its state; nothing is written.
    Watch,
    Record,
}

/// How somebody looks at a camera, and how wide its pictures are at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watching {
    #[default]
    No,
    /// At most eight pictures a second; key frames alone of a camera that codes itself.
    Tile { width: u32 },
    /// At most fifteen, and every frame is decoded.
    Enlarged { width: u32 },
}

impl Watching {
    fn width(self) -> Option<u32> {
        match self {
            Self::No => None,
            Self::Tile { width } | Self::Enlarged { width } => Some(width),
        }
    }

    fn closely(self) -> bool {
        matches!(self, Self::Enlarged { .. })
    }
}

/// What a recorder has to tell. Times of day are UTC milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecorderEvent {
    /// Frames are coming: the first ones, again after [`RecorderEvent::Lost`], or in another size.
    Works { camera: CameraId, width: u32, height: u32, detail: String },
    /// No frame for 5 s, or the source failed. Told once until it works again, and once for each other
    /// reason that turns up meanwhile.
    Lost { camera: CameraId, last_frame_ms: Option<i64>, cause: Message },
    /// Its driver hangs in so many threads that it is not asked any more until one comes back. Told
    /// once until the camera works again.
    Stuck { camera: CameraId, attempts: u32 },
    /// Nothing was recorded between these times although it should have been. Told when it ends.
    Gap { camera: CameraId, from_ms: i64, to_ms: i64, cause: Message },
    /// A segment is closed and stands whole on the disk.
    Segment { segment: Segment, head: VideoHead, mp4: PathBuf, idx: PathBuf },
    /// A file can't be written, or a picture not encoded. Recording goes on by itself when it can.
    Fault { camera: CameraId, cause: Message },
    /// The wall clock moved by this against the monotonic one.
    ClockStepped { camera: CameraId, step_ms: i64 },
    /// Something ails the picture, with a still of it where there is one, or is over. Told only while
    /// recording, and over at the latest when that ends.
    Picture { camera: CameraId, finding: Finding, still: Option<Vec<u8>> },
    /// The still that was asked for, a JPEG.
    Still { camera: CameraId, jpeg: Vec<u8> },
    /// Sound is coming: the first, or again after [`RecorderEvent::SoundLost`].
    SoundWorks { camera: CameraId, detail: String },
    /// No sound for 5 s, or its source failed; the pictures go on. Told once until it works again.
    SoundLost { camera: CameraId, cause: Message },
    /// The microphone works and has heard nothing since then.
    SoundSilent { camera: CameraId, from_ms: i64 },
    /// It heard nothing between these times; the end of [`RecorderEvent::SoundSilent`].
    SoundHeard { camera: CameraId, from_ms: i64, to_ms: i64 },
    /// Recording was ended as asked; all its segments have been told before.
    Stopped { camera: CameraId },
}

impl RecorderEvent {
    /// The camera that it is about.
    pub fn camera(&self) -> &CameraId {
        match self {
            Self::Segment { segment, .. } => &segment.camera,
            Self::Works { camera, .. }
            | Self::Lost { camera, .. }
            | Self::Gap { camera, .. }
            | Self::Fault { camera, .. }
            | Self::ClockStepped { camera, .. }
            | Self::Picture { camera, .. }
            | Self::Still { camera, .. }
            | Self::Stuck { camera, .. }
            | Self::SoundWorks { camera, .. }
            | Self::SoundLost { camera, .. }
            | Self::SoundSilent { camera, .. }
            | Self::SoundHeard { camera, .. }
            | Self::Stopped { camera } => camera,
        }
    }
}

/// How a recorder stands at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecorderStatus {
    pub mode: Mode,
    /// Frames that arrived in the last seconds, in thousandths a second; 0 if none is coming.
    pub frames_per_second_milli: u32,
    /// Of the last frame; 0 before the first.
    pub width: u32,
    pub height: u32,
    /// Recorded since the recorder was made, over all segments.
    pub frames: u64,
    /// Written since the recorder was made, over all segments.
    pub bytes: u64,
    /// Mean of what was written so far; 0 before the first fragment.
    pub bits_per_second: u64,
    /// Since the last frame, or since the camera was asked for one.
    pub silent_ms: u64,
    /// When the camera is opened again, if it is lost.
    pub retry_in_ms: Option<u64>,
    /// None without sound, and before anything is known of it.
    pub sound: Option<SoundStatus>,
}

/// How a camera's sound stands at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoundStatus {
    /// Sound is coming.
    pub works: bool,
    /// It comes and there is nothing to hear in it.
    pub silent: bool,
    /// None when it is stored as the camera coded it, and before the first quarter of a second.
    pub level: Option<Level>,
    /// How often silence was put in or sound left out so that it stays with the pictures.
    pub corrections: u32,
}

/// One camera's recorder, [`Mode::Idle`] at first. Dropping it is stopping it.
pub struct Recorder {
    shared: Arc<Shared>,
    clock: Arc<dyn Clock>,
    thread: Option<JoinHandle<()>>,
}

impl Recorder {
    /// Starts the recorder's thread. `events` should have room for a thousand; those that find none
    /// wait in the recorder. The folder is on the disk.
    pub fn spawn(
        config: RecorderConfig,
        opener: CameraOpener,
        clock: Arc<dyn Clock>,
        events: SyncSender<RecorderEvent>,
        disk: &Disk,
    ) -> io::Result<Self> {
        let openers = (opener, Arc::new(crate::camera::sound::open) as MicrophoneOpener);
        Self::with_microphones(config, openers, clock, events, disk)
    }

    /// [`Recorder::spawn`] with microphones that are opened otherwise.
    pub fn with_microphones(
        config: RecorderConfig,
        openers: (CameraOpener, MicrophoneOpener),
        clock: Arc<dyn Clock>,
        events: SyncSender<RecorderEvent>,
        disk: &Disk,
    ) -> io::Result<Self> {
        std::fs::create_dir_all(&config.folder)?;
        let shared = Arc::new(Shared::default());
        let desk = disk.desk(config.camera.id.clone());
        let worker =
            worker::Worker::new(config, openers, Arc::clone(&clock), events, Arc::clone(&shared), desk);
        let name = format!("camera-{}", worker.camera());
        let thread = thread::Builder::new().name(name).spawn(move || worker.run())?;
        Ok(Self { shared, clock, thread: Some(thread) })
    }

    /// Takes effect within a tenth of a second.
    pub fn set_mode(&self, mode: Mode) {
        self.shared.mode.store(mode as u8, Ordering::SeqCst);
        self.wake();
    }

    /// From now on the pictures come from there.
    pub fn set_source(&self, source: Source) {
        *lock(&self.shared.source) = Some(source);
        self.wake();
    }

    pub fn status(&self) -> RecorderStatus {
        let live = *lock(&self.shared.live);
        let now_ms = self.clock.now().mono_ms;
        RecorderStatus {
            mode: self.shared.mode(),
            frames_per_second_milli: live.frames_per_second_milli,
            width: live.width,
            height: live.height,
            frames: live.frames,
            bytes: live.bytes,
            bits_per_second: (live.bytes * 8000).checked_div(live.recorded_ms).unwrap_or(0),
            silent_ms: live.silent_since_ms.map_or(0, |since_ms| now_ms.saturating_sub(since_ms)),
            retry_in_ms: live.retry_at_ms.map(|at_ms| at_ms.saturating_sub(now_ms)),
            sound: *lock(&self.shared.sound),
        }
    }

    /// Asks for pictures, or for no more of them.
    pub fn watch(&self, watching: Watching) {
        let mut current = lock(&self.shared.watching);
        *current = watching;
        if watching == Watching::No {
            lock(&self.shared.preview).take();
        }
    }

    /// The newest picture that was not taken yet.
    pub fn take_preview(&self) -> Option<Preview> {
        lock(&self.shared.preview).take()
    }

    /// Asks for a still of the next picture, which comes as [`RecorderEvent::Still`].
    pub fn ask_for_still(&self) {
        self.shared.still_wanted.store(true, Ordering::SeqCst);
    }

    /// From now on what is seen is held to this view.
    pub fn hold_to(&self, reference: Look) {
        *lock(&self.shared.reference) = Some(reference);
    }

    /// What the segment that is being written, or was written last, holds by now.
    pub fn video_head(&self) -> Option<VideoHead> {
        lock(&self.shared.head).clone()
    }

    /// Why the camera last gave no picture; None if it always did.
    pub fn error(&self) -> Option<CameraError> {
        lock(&self.shared.error).clone()
    }

    /// Ends the recording, closes its files and tells so, and ends the threads. Takes less than 2 s
    /// whatever the camera does.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        self.wake();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a recorder's thread panicked");
        }
    }

    fn wake(&self) {
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the recorder's owner and its thread both see.
#[derive(Debug, Default)]
struct Shared {
    mode: AtomicU8,
    stop: AtomicBool,
    watching: Mutex<Watching>,
    preview: Mutex<Option<Preview>>,
    still_wanted: AtomicBool,
    /// A reference that was not taken up yet.
    reference: Mutex<Option<Look>>,
    live: Mutex<Live>,
    head: Mutex<Option<VideoHead>>,
    error: Mutex<Option<CameraError>>,
    /// Another source, until the thread took it.
    source: Mutex<Option<Source>>,
    sound: Mutex<Option<SoundStatus>>,
}

/// The figures behind [`RecorderStatus`], with instants of the monotonic clock.
#[derive(Clone, Copy, Debug, Default)]
struct Live {
    frames_per_second_milli: u32,
    width: u32,
    height: u32,
    frames: u64,
    bytes: u64,
    recorded_ms: u64,
    silent_since_ms: Option<u64>,
    retry_at_ms: Option<u64>,
}

impl Shared {
    fn mode(&self) -> Mode {
        match self.mode.load(Ordering::SeqCst) {
            mode if mode == Mode::Record as u8 => Mode::Record,
            mode if mode == Mode::Watch as u8 => Mode::Watch,
            _ => Mode::Idle,
        }
    }

    fn watching(&self) -> Watching {
        *lock(&self.watching)
    }

    fn stopping(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// A thread that panicked leaves nothing half-written behind these locks: each holds one value.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the camera is asked for.
fn wanted(camera: &Camera) -> Wanted {
    Wanted {
        width: camera.width,
        height: camera.height,
        frames_per_second: camera.frames_per_second,
        sound: camera.sound == Some(SoundSource::Stream),
    }
}

/// Since when nothing has been recorded, and why.
#[derive(Clone, Debug)]
struct Hole {
    from_ms: i64,
    cause: Message,
}

/// How far the wall clock may move against the monotonic one within [`STEP_WINDOW_MS`].
const STEP_MS: i64 = 1_000;
/// Slower than this the wall clock may be set right without being said to step.
const STEP_WINDOW_MS: u64 = 60_000;

/// Notices steps of the wall clock, and other time zones, between frames.
#[derive(Debug, Default)]
struct StepWatch {
    base: Option<Stamp>,
}

impl StepWatch {
    /// Whether the time zone is another one than at the last look.
    fn zone_changed(&mut self, now: Stamp) -> bool {
        let base = self.base.get_or_insert(now);
        std::mem::replace(&mut base.offset_min, now.offset_min) != now.offset_min
    }

    /// The step since the last look, if there was one.
    fn look(&mut self, now: Stamp) -> Option<i64> {
        let base = *self.base.get_or_insert(now);
        let step_ms = now.wall_step_ms(&base);
        let stepped = step_ms.abs() > STEP_MS;
        if stepped || now.mono_ms.saturating_sub(base.mono_ms) > STEP_WINDOW_MS {
            self.base = Some(now);
        }
        stepped.then_some(step_ms)
    }
}
