//! `invigil record`: cameras straight to files, for trials and measurements.

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;

use super::{Context, Failure, code};
use crate::camera::health::Finding as Found;
use crate::camera::{self, CameraError};
use crate::clock::{Clock, SystemClock};
use crate::i18n::Message;
use crate::journal::Segment;
use crate::point::{
    Ailment, BadId, Camera, CameraId, HealthRules, RoomNumber, SilenceRule, SoundSource, Source, Zone,
};
use crate::recording::{
    CameraOpener, Disk, Eyes, LatencyFigures, Mode, OverlayLabel, Recorder, RecorderConfig, RecorderEvent,
};

/// How long Ctrl+C may take to be noticed.
const LOOK_MS: u64 = 250;

/// Record cameras straight to files
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil record --camera usb:0 --out trial --seconds 30
Ends earlier on Ctrl+C, with whole files. Exit codes: 10 to 29 a camera, 30 the files.")]
pub struct Args {
    /// usb:any, usb:0, usb:NAME, rtsp://HOST/PATH, file:PATH or pattern:NAME; may be given several times
    // Not parsed by clap, which repeats what it refuses: that may hold a password.
    #[arg(long = "camera", value_name = "SOURCE", required = true)]
    cameras: Vec<String>,
    /// Folder of the files; made if it is missing. Several cameras get a folder each in it: 1, 2, …
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How long, from the first camera's first picture on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=604_800))]
    seconds: u64,
    /// Size asked for
    #[arg(long, default_value = "640x480", value_name = "WIDTHxHEIGHT")]
    size: Size,
    /// Frames a second asked for
    #[arg(long, default_value_t = 15, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=120))]
    rate: u32,
    /// Bits a second of what is encoded here
    #[arg(long, default_value_t = 1_000_000, value_name = "N", value_parser = clap::value_parser!(u32).range(50_000..=50_000_000))]
    bitrate: u32,
    /// Length of a file
    #[arg(long, default_value_t = 600, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    segment: u64,
    /// Sound: stream (what comes with the pictures), any, or alsa:NAME (a microphone)
    #[arg(long, value_name = "SOURCE")]
    sound: Option<SoundSource>,
    /// Look at no picture of cameras that send H.264, to measure what recording alone takes
    #[arg(long)]
    blind: bool,
    /// Print the result as JSON, an object a camera
    #[arg(long)]
    json: bool,
}

/// A picture's size as people write it.
#[derive(Clone, Copy, Debug)]
struct Size {
    width: u32,
    height: u32,
}

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
        match sides {
            Some((width @ 16..=3840, height @ 16..=3840)) => Ok(Self { width, height }),
            _ => Err("a size is written as 640x480"),
        }
    }
}

/// What was recorded of one camera.
#[derive(Debug, Default, Serialize)]
struct Outcome {
    #[serde(skip)]
    folder: PathBuf,
    detail: String,
    width: u32,
    height: u32,
    segments: Vec<Segment>,
    gaps: Vec<Gap>,
    findings: Vec<Finding>,
    faults: Vec<Message>,
    /// From a frame's arrival until it was synced, over all cameras.
    to_disk: Option<LatencyFigures>,
    /// Which sound was heard; none if none was asked for or none came.
    sound: Option<String>,
    /// Why there was no sound, at first or in between.
    sound_lost: Vec<Message>,
}

/// What ailed the picture.
#[derive(Debug, Serialize)]
struct Finding {
    kind: Ailment,
    from_ms: i64,
    to_ms: i64,
}

#[derive(Debug, Serialize)]
struct Gap {
    from_ms: i64,
    to_ms: i64,
    cause: Message,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let handler = Arc::clone(&interrupted);
    ctrlc::set_handler(move || handler.store(true, Ordering::SeqCst)).context("no signal handler")?;
    let clock = Arc::new(SystemClock::new());
    let unusable = |error: std::io::Error| {
        let message = Message::new("record-out").with("folder", args.out.display().to_string());
        Failure::new(code::FILES, message.with("detail", error.to_string()))
    };
    std::fs::create_dir_all(&args.out).map_err(unusable)?;
    let disk = Disk::start(&args.out, clock.clone()).map_err(unusable)?;
    let eyes = Eyes::start().map_err(unusable)?;
    let opener: CameraOpener = Arc::new(camera::remembering());
    let (sender, events) = sync_channel(1024);
    let mut takes = Vec::new();
    for (source, number) in args.cameras.iter().zip(1..) {
        let camera = camera_of(source, number, &args)?;
        let folder =
            if args.cameras.len() == 1 { args.out.clone() } else { args.out.join(number.to_string()) };
        let offset_min = clock.now().offset_min;
        let nowhere = String::new();
        let config = RecorderConfig {
            camera: camera.clone(),
            folder: folder.clone(),
            next_segment: 0,
            segment_ms: args.segment * 1000,
            overlay: OverlayLabel {
                region: nowhere.clone(),
                point: nowhere.clone(),
                room: nowhere,
                offset_min,
            },
            health: HealthRules::default(),
            eyes: (!args.blind).then(|| eyes.clone()),
            silence: SilenceRule::default(),
        };
        let recorder = Recorder::spawn(config, Arc::clone(&opener), clock.clone(), sender.clone(), &disk)
            .map_err(unusable)?;
        recorder.set_mode(Mode::Record);
        takes.push(Take { camera: camera.id, recorder, outcome: Outcome { folder, ..Outcome::default() } });
    }
    listen(&mut takes, &events, &*clock, args.seconds * 1000, &interrupted)?;
    let mut outcomes = stop(takes, &events);
    let to_disk = disk.latency().figures();
    for outcome in &mut outcomes {
        outcome.to_disk = to_disk;
        match args.json {
            true => context.say_json(outcome)?,
            false => tell(outcome, context)?,
        }
    }
    match outcomes.into_iter().flat_map(|outcome| outcome.faults).next() {
        Some(fault) => Err(Failure::new(code::FILES, fault).into()),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// Each fault of a camera has an exit code of its own.
fn camera_code(error: &CameraError) -> u8 {
    match error {
        CameraError::Unknown(_) => 10,
        CameraError::Busy(_) => 11,
        CameraError::NoPermission(_) => 12,
        CameraError::Unplugged(_) => 13,
        CameraError::Stalled { .. } => 14,
        CameraError::NoFormat(_) => 15,
        CameraError::Refused(_) => 16,
        CameraError::WrongPassword => 17,
        CameraError::NotH264(_) => 18,
        CameraError::BadFile(_) => 19,
        CameraError::Failed(_) => 20,
        CameraError::NotBuilt => 21,
        CameraError::DriverStuck { .. } => 22,
    }
}

/// The source as a camera's name, such as `usb-0`; messages and events speak of it so.
fn name_of(source: &Source) -> Result<CameraId, BadId> {
    let slug = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let text: String = source.to_string().chars().map(slug).take(32).collect();
    text.trim_end_matches('-').parse()
}

fn camera_of(source: &str, number: usize, args: &Args) -> anyhow::Result<Camera> {
    let source: Source =
        source.parse().map_err(|_| Failure::new(code::USAGE, Message::new("record-source")))?;
    let id = match args.cameras.len() {
        1 => name_of(&source)?,
        _ => format!("camera-{number}").parse()?,
    };
    let room: RoomNumber = "0000".parse()?;
    Ok(Camera {
        id,
        name: source.to_string(),
        room,
        zone: Zone::Corridor,
        source,
        width: args.size.width,
        height: args.size.height,
        frames_per_second: args.rate,
        bits_per_second: args.bitrate,
        delivered: false,
        sound: args.sound.clone(),
    })
}

/// One camera being recorded.
struct Take {
    camera: CameraId,
    recorder: Recorder,
    outcome: Outcome,
}

/// Follows the recordings until their time is over. A camera that never gave a picture is an error,
/// one that was lost later is a gap.
fn listen(
    takes: &mut [Take],
    events: &Receiver<RecorderEvent>,
    clock: &dyn Clock,
    length_ms: u64,
    interrupted: &AtomicBool,
) -> Result<(), Failure> {
    let mut until_ms: Option<u64> = None;
    while !interrupted.load(Ordering::SeqCst) {
        let left_ms = until_ms.map_or(LOOK_MS, |until_ms| until_ms.saturating_sub(clock.now().mono_ms));
        if left_ms == 0 {
            break;
        }
        let Ok(event) = events.recv_timeout(Duration::from_millis(left_ms.min(LOOK_MS))) else { continue };
        let Some(take) = takes.iter_mut().find(|take| take.camera == *event.camera()) else { continue };
        if matches!(event, RecorderEvent::Works { .. }) && until_ms.is_none() {
            until_ms = Some(clock.now().mono_ms + length_ms);
        }
        if matches!(event, RecorderEvent::Lost { .. }) && take.outcome.width == 0 {
            let error = take.recorder.error().unwrap_or(CameraError::Stalled { seconds: 5 });
            return Err(Failure::new(camera_code(&error), error.message(&take.camera)));
        }
        take.outcome.take(event);
    }
    Ok(())
}

/// Stops all at once and hears them out.
fn stop(takes: Vec<Take>, events: &Receiver<RecorderEvent>) -> Vec<Outcome> {
    takes.iter().for_each(|take| take.recorder.set_mode(Mode::Idle));
    let mut outcomes: Vec<(CameraId, Outcome)> = Vec::new();
    for Take { camera, recorder, outcome } in takes {
        recorder.stop();
        outcomes.push((camera, outcome));
    }
    for event in events.try_iter() {
        let of = outcomes.iter_mut().find(|(camera, _)| camera == event.camera());
        if let Some((_, outcome)) = of {
            outcome.take(event);
        }
    }
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

impl Outcome {
    fn take(&mut self, event: RecorderEvent) {
        match event {
            RecorderEvent::Works { width, height, detail, .. } => {
                (self.width, self.height, self.detail) = (width, height, detail);
            }
            RecorderEvent::Segment { segment, .. } => self.segments.push(segment),
            RecorderEvent::Gap { from_ms, to_ms, cause, .. } => self.gaps.push(Gap { from_ms, to_ms, cause }),
            RecorderEvent::Fault { cause, .. } => self.faults.push(cause),
            RecorderEvent::SoundWorks { detail, .. } => self.sound = Some(detail),
            RecorderEvent::SoundLost { cause, .. } => self.sound_lost.push(cause),
            // Told once it is over, which it is at the latest with the recording.
            RecorderEvent::Picture { finding: Found::Ended { ailment, from_ms, to_ms }, .. } => {
                self.findings.push(Finding { kind: ailment, from_ms, to_ms });
            }
            RecorderEvent::Lost { .. }
            | RecorderEvent::Picture { .. }
            | RecorderEvent::Still { .. }
            | RecorderEvent::Stuck { .. }
            | RecorderEvent::SoundSilent { .. }
            | RecorderEvent::SoundHeard { .. }
            | RecorderEvent::ClockStepped { .. }
            | RecorderEvent::Stopped { .. } => {}
        }
    }
}

fn tell(outcome: &Outcome, context: &Context) -> anyhow::Result<()> {
    context.say(&outcome.detail)?;
    if let Some(sound) = &outcome.sound {
        context.say(sound)?;
    }
    for cause in &outcome.sound_lost {
        context.say_message(cause)?;
    }
    for segment in &outcome.segments {
        let file = outcome.folder.join(format!("{:06}.mp4", segment.segment));
        let message = Message::new("record-file")
            .with("file", file.display().to_string())
            .with("frames", segment.frames)
            .with("seconds", (segment.to_ms - segment.from_ms) / 1000)
            .with("kilobytes", segment.bytes / 1000);
        context.say_message(&message)?;
    }
    for finding in &outcome.findings {
        let message = Message::new("record-finding")
            .with("kind", finding.kind.id())
            .with("seconds", (finding.to_ms - finding.from_ms) / 1000);
        context.say_message(&message)?;
    }
    for gap in &outcome.gaps {
        let cause = context.texts.message(&gap.cause);
        let message = Message::new("record-gap").with("seconds", (gap.to_ms - gap.from_ms) / 1000);
        context.say_message(&message.with("cause", cause))?;
    }
    if outcome.segments.is_empty() {
        context.say_message(&Message::new("record-nothing"))?;
    }
    Ok(())
}
