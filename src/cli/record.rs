//! `invigil record`: one camera straight to files, for trials and measurements.

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;

use super::{Context, Failure, code};
use crate::camera::{self, CameraError};
use crate::clock::{Clock, SystemClock};
use crate::i18n::Message;
use crate::journal::Segment;
use crate::point::{BadId, Camera, CameraId, RoomNumber, Source, Zone};
use crate::recording::{Mode, OverlayLabel, Recorder, RecorderConfig, RecorderEvent};

/// Record one camera straight to files
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil record --camera usb:0 --out trial --seconds 30
Ends earlier on Ctrl+C, with whole files. Exit codes: 10 to 29 the camera, 30 the files.")]
pub struct Args {
    /// usb:any, usb:0, usb:NAME, rtsp://HOST/PATH, file:PATH or pattern:NAME
    #[arg(long, value_name = "SOURCE")]
    camera: Source,
    /// Folder of the files; made if it is missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How long, from the first picture on
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
    /// Print the result as JSON
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

/// What was recorded.
#[derive(Debug, Default, Serialize)]
struct Outcome {
    detail: String,
    width: u32,
    height: u32,
    segments: Vec<Segment>,
    gaps: Vec<Gap>,
    faults: Vec<Message>,
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
    let camera = camera_of(&args)?;
    let (sender, events) = sync_channel(1024);
    let config = RecorderConfig {
        camera: camera.clone(),
        folder: args.out.clone(),
        next_segment: 0,
        segment_ms: args.segment * 1000,
        overlay: OverlayLabel {
            region: String::new(),
            point: String::new(),
            room: String::new(),
            offset_min: clock.now().offset_min,
        },
    };
    let recorder =
        Recorder::spawn(config, Arc::new(camera::remembering()), clock.clone(), sender).map_err(|error| {
            let message = Message::new("record-out").with("folder", args.out.display().to_string());
            Failure::new(code::FILES, message.with("detail", error.to_string()))
        })?;
    recorder.set_mode(Mode::Record);
    let outcome = listen(recorder, &events, &*clock, args.seconds * 1000, &interrupted)
        .map_err(|error| Failure::new(camera_code(&error), error.message(&camera.id)))?;
    if args.json {
        context.say_json(&outcome)?;
    } else {
        tell(&outcome, &args, context)?;
    }
    match outcome.faults.into_iter().next() {
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

fn camera_of(args: &Args) -> anyhow::Result<Camera> {
    let id = name_of(&args.camera)?;
    let room: RoomNumber = "0000".parse()?;
    Ok(Camera {
        id,
        name: args.camera.to_string(),
        room,
        zone: Zone::Corridor,
        source: args.camera.clone(),
        width: args.size.width,
        height: args.size.height,
        frames_per_second: args.rate,
        bits_per_second: args.bitrate,
        delivered: false,
    })
}

/// Follows the recording until its end. A camera that never gave a picture is an error, one that was
/// lost later is a gap.
fn listen(
    recorder: Recorder,
    events: &Receiver<RecorderEvent>,
    clock: &dyn Clock,
    length_ms: u64,
    interrupted: &AtomicBool,
) -> Result<Outcome, CameraError> {
    let mut outcome = Outcome::default();
    let mut until_ms = None;
    while !interrupted.load(Ordering::SeqCst)
        && until_ms.is_none_or(|until_ms| clock.now().mono_ms < until_ms)
    {
        match events.recv_timeout(Duration::from_millis(50)) {
            Ok(RecorderEvent::Lost { .. }) if until_ms.is_none() => {
                return Err(recorder.error().unwrap_or(CameraError::Stalled { seconds: 5 }));
            }
            Ok(event) => {
                if matches!(event, RecorderEvent::Works { .. }) && until_ms.is_none() {
                    until_ms = Some(clock.now().mono_ms + length_ms);
                }
                outcome.take(event);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    recorder.stop();
    events.try_iter().for_each(|event| outcome.take(event));
    Ok(outcome)
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
            RecorderEvent::Lost { .. }
            | RecorderEvent::ClockStepped { .. }
            | RecorderEvent::Stopped { .. } => {}
        }
    }
}

fn tell(outcome: &Outcome, args: &Args, context: &Context) -> anyhow::Result<()> {
    context.say(&outcome.detail)?;
    for segment in &outcome.segments {
        let file = args.out.join(format!("{:06}.mp4", segment.segment));
        let message = Message::new("record-file")
            .with("file", file.display().to_string())
            .with("frames", segment.frames)
            .with("seconds", (segment.to_ms - segment.from_ms) / 1000)
            .with("kilobytes", segment.bytes / 1000);
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
