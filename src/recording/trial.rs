//! A short test recording, decoded again to its last frame.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use super::encode::Decoder;
use super::mp4::close::segment_paths;
use super::mp4::{Fragment, TICKS, Track};
use super::{CameraOpener, Disk, Mode, OverlayLabel, Recorder, RecorderConfig, RecorderEvent};
use crate::camera::CameraError;
use crate::clock::Clock;
use crate::journal::Segment;
use crate::point::{Camera, HealthRules, SilenceRule};

/// A camera that gave no first picture by then is no use.
const FIRST_PICTURE_MS: u64 = 20_000;
/// How often the clock is looked at while nothing happens.
const LOOK: Duration = Duration::from_millis(50);

/// What a test recording gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialReport {
    /// Frames in the file.
    pub frames: u64,
    /// Frames that came out of the decoder again; fewer than `frames` is a fault.
    pub decoded_frames: u64,
    pub width: u32,
    pub height: u32,
    /// Frames a second in the file, in thousandths.
    pub frames_per_second_milli: u32,
    /// What the camera agreed to give, for people.
    pub detail: String,
}

/// Records the camera for `length` into a folder of its own within `folder`, decodes what was written
/// and removes it. Nobody else may have the camera open.
pub fn trial(
    camera: &Camera,
    folder: &Path,
    opener: &CameraOpener,
    clock: Arc<dyn Clock>,
    length: Duration,
) -> Result<TrialReport, CameraError> {
    let failed = |error: io::Error| CameraError::Failed(error.to_string());
    let folder = folder.join(format!("trial-{}-{}", camera.id, clock.now().utc_ms));
    let config = RecorderConfig {
        camera: camera.clone(),
        folder: folder.clone(),
        next_segment: 0,
        segment_ms: u64::MAX,
        overlay: OverlayLabel {
            region: String::new(),
            point: String::new(),
            room: camera.room.to_string(),
            offset_min: clock.now().offset_min,
        },
        health: HealthRules::default(),
        eyes: None,
        silence: SilenceRule::default(),
    };
    let recorded = record(config, opener, clock, length);
    let report = recorded.and_then(|(segments, detail)| examine(&folder, &segments, detail).map_err(failed));
    if let Err(error) = remove(&folder) {
        tracing::warn!(%error, "a test recording is left behind");
    }
    report
}

/// Removes the folder that was made here, with the segments in it.
fn remove(folder: &Path) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        fs::remove_file(file?.path())?;
    }
    fs::remove_dir(folder)
}

/// Records; gives the segments and what the camera agreed to.
fn record(
    config: RecorderConfig,
    opener: &CameraOpener,
    clock: Arc<dyn Clock>,
    length: Duration,
) -> Result<(Vec<Segment>, String), CameraError> {
    let failed = |error: io::Error| CameraError::Failed(error.to_string());
    let (sender, events) = sync_channel(64);
    std::fs::create_dir_all(&config.folder).map_err(failed)?;
    let disk = Disk::start(&config.folder, Arc::clone(&clock)).map_err(failed)?;
    let recorder =
        Recorder::spawn(config, Arc::clone(opener), Arc::clone(&clock), sender, &disk).map_err(failed)?;
    recorder.set_mode(Mode::Record);
    let started_ms = clock.now().mono_ms;
    let mut until_ms = started_ms + FIRST_PICTURE_MS;
    let mut works = None;
    loop {
        match events.recv_timeout(LOOK) {
            Ok(RecorderEvent::Works { detail, .. }) if works.is_none() => {
                until_ms = clock.now().mono_ms + length.as_millis() as u64;
                works = Some(detail);
            }
            Ok(RecorderEvent::Lost { .. }) => {
                return Err(recorder.error().unwrap_or(CameraError::Stalled { seconds: 5 }));
            }
            Ok(RecorderEvent::Fault { cause, .. }) => return Err(CameraError::Failed(cause.to_string())),
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if clock.now().mono_ms >= until_ms {
            break;
        }
    }
    let seconds = (clock.now().mono_ms - started_ms) / 1000;
    recorder.stop();
    let detail = works.ok_or(CameraError::Stalled { seconds })?;
    let segments = events.try_iter().filter_map(|event| match event {
        RecorderEvent::Segment { segment, .. } => Some(segment),
        _ => None,
    });
    Ok((segments.collect(), detail))
}

/// Decodes every frame of the segments.
fn examine(folder: &Path, segments: &[Segment], detail: String) -> io::Result<TrialReport> {
    let mut report =
        TrialReport { frames: 0, decoded_frames: 0, width: 0, height: 0, frames_per_second_milli: 0, detail };
    let mut ticks = 0;
    for segment in segments {
        let (path, _) = segment_paths(folder, segment.segment);
        let mut reader = BufReader::new(File::open(path)?);
        reader.seek(SeekFrom::Start(Track::open_header().len() as u64))?;
        let bad = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let (track, _) = Track::read(&mut reader).map_err(bad)?;
        (report.width, report.height) = (track.width(), track.height());
        let mut decoder = Decoder::new().map_err(io::Error::other)?;
        let mut parameters = Some(track.parameter_sets());
        while let Ok((fragment, _)) = Fragment::read(&mut reader) {
            for sample in &fragment.samples {
                let mut nals = vec![0; sample.size as usize];
                reader.read_exact(&mut nals)?;
                report.frames += 1;
                // A frame that can't be decoded is what the report is about.
                let decoded = decoder.decode(parameters.take(), &nals);
                report.decoded_frames += u64::from(matches!(decoded, Ok(Some(_))));
            }
            let sound_bytes = fragment.payload_bytes() - fragment.picture_bytes();
            reader.seek_relative(sound_bytes as i64)?;
            ticks += fragment.duration();
        }
        report.decoded_frames += decoder.finish().unwrap_or(0) as u64;
    }
    let rate = (report.frames * 1000 * u64::from(TICKS)).checked_div(ticks).unwrap_or(0);
    report.frames_per_second_milli = u32::try_from(rate).unwrap_or(u32::MAX);
    Ok(report)
}
