//! The check that every camera gives pictures: three seconds recorded and decoded back.

use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::checks::CheckResult;
use crate::clock::Clock;
use crate::i18n::{Arg, Message};
use crate::journal::{Evidence, Outcome};
use crate::point::Camera;
use crate::recording::{self, CameraOpener, RecorderStatus};

/// A camera to be tried.
pub(super) enum Candidate {
    /// Nothing else has it open: it is recorded on trial.
    Free(Camera),
    /// Records already: what it delivers right now counts.
    Recording { camera: Camera, status: Option<RecorderStatus> },
}

/// What one camera gave.
struct Given {
    width: u32,
    height: u32,
    frames_per_second_milli: u32,
    decoded_frames: Option<u64>,
}

/// Share of the asked rate that has to arrive, in percent: a camera's own clock and the short
/// trial make a few frames' difference.
const ENOUGH_RATE_PERCENT: u32 = 85;

/// Tries cameras that nobody has open; see [`run`].
pub fn try_cameras(
    cameras: &[Camera],
    folder: &Path,
    opener: &CameraOpener,
    clock: &Arc<dyn Clock>,
    length_ms: u64,
) -> CheckResult {
    let candidates: Vec<Candidate> = cameras.iter().cloned().map(Candidate::Free).collect();
    run(&candidates, folder, opener, clock, length_ms)
}

/// Tries all cameras, four at a time; passed only if each gave decodable pictures of the asked
/// size at the asked rate.
pub(super) fn run(
    candidates: &[Candidate],
    folder: &Path,
    opener: &CameraOpener,
    clock: &Arc<dyn Clock>,
    length_ms: u64,
) -> CheckResult {
    let mut evidence = Vec::new();
    let mut worst: Option<Message> = None;
    for group in candidates.chunks(4) {
        let given: Vec<_> = thread::scope(|scope| {
            let tries: Vec<_> = group
                .iter()
                .map(|candidate| scope.spawn(|| try_one(candidate, folder, opener, clock, length_ms)))
                .collect();
            tries.into_iter().map(|one| one.join()).collect()
        });
        for (candidate, given) in group.iter().zip(given) {
            let camera = candidate.camera();
            let result = given.unwrap_or_else(|_| {
                Err(Message::new("check-camera-panicked").with("camera", camera.id.as_str()))
            });
            match result.and_then(|given| judge(camera, &given).map(|()| given)) {
                Ok(given) => evidence.extend(measured(camera, &given)),
                Err(fault) => {
                    evidence.push(value(camera, "fault", fault.to_json().into()));
                    worst.get_or_insert(fault);
                }
            }
        }
    }
    match worst {
        Some(finding) => CheckResult { outcome: Outcome::Failed, finding, evidence },
        None => {
            let finding = Message::new("check-cameras-fine").with("cameras", candidates.len());
            CheckResult { outcome: Outcome::Passed, finding, evidence }
        }
    }
}

impl Candidate {
    fn camera(&self) -> &Camera {
        match self {
            Self::Free(camera) | Self::Recording { camera, .. } => camera,
        }
    }
}

fn try_one(
    candidate: &Candidate,
    folder: &Path,
    opener: &CameraOpener,
    clock: &Arc<dyn Clock>,
    length_ms: u64,
) -> Result<Given, Message> {
    let camera = candidate.camera();
    match candidate {
        Candidate::Free(_) => {
            let length = Duration::from_millis(length_ms);
            let report = recording::trial(camera, folder, opener, Arc::clone(clock), length)
                .map_err(|error| error.message(&camera.id))?;
            Ok(Given {
                width: report.width,
                height: report.height,
                frames_per_second_milli: report.frames_per_second_milli,
                decoded_frames: Some(report.decoded_frames),
            })
        }
        Candidate::Recording { status, .. } => {
            let status = status.as_ref().filter(|status| status.frames > 0 && status.silent_ms < 2_000);
            let status = status
                .ok_or_else(|| Message::new("check-camera-silent").with("camera", camera.id.as_str()))?;
            Ok(Given {
                width: status.width,
                height: status.height,
                frames_per_second_milli: status.frames_per_second_milli,
                decoded_frames: None,
            })
        }
    }
}

fn judge(camera: &Camera, given: &Given) -> Result<(), Message> {
    let about = |id: &str| Message::new(id).with("camera", camera.id.as_str());
    if given.decoded_frames == Some(0) {
        return Err(about("check-camera-undecodable"));
    }
    if given.width < camera.width || given.height < camera.height {
        return Err(about("check-camera-small")
            .with("width", given.width)
            .with("height", given.height)
            .with("asked-width", camera.width)
            .with("asked-height", camera.height));
    }
    if given.frames_per_second_milli / 10 < camera.frames_per_second * ENOUGH_RATE_PERCENT {
        return Err(about("check-camera-slow")
            .with("rate", given.frames_per_second_milli / 1_000)
            .with("asked", camera.frames_per_second));
    }
    Ok(())
}

fn measured(camera: &Camera, given: &Given) -> Vec<Evidence> {
    let mut evidence = vec![
        value(camera, "size_pixels", format!("{}x{}", given.width, given.height).into()),
        value(camera, "frames_per_1000_seconds", given.frames_per_second_milli.into()),
    ];
    evidence.extend(given.decoded_frames.map(|frames| value(camera, "decoded_frames", frames.into())));
    evidence
}

fn value(camera: &Camera, name: &str, value: Arg) -> Evidence {
    Evidence { name: format!("{}.{name}", camera.id), value }
}
