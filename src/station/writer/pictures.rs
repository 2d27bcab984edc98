//! What ails the cameras' pictures, and the views that were approved: records with a still as evidence.

use base64::prelude::{BASE64_STANDARD, Engine};

use super::super::protocol::{Answer, SmallPicture};
use super::Writer;
use crate::camera::health::Finding;
use crate::checks::CheckResult;
use crate::clock::Stamp;
use crate::durable;
use crate::i18n::Message;
use crate::journal::{Actor, Event, Outcome, Still};
use crate::point::{Ailment, CameraId, ChecklistId, StepId};
use crate::recording::{Mode, still};

/// A still shows the moment when it was asked for, or there is none: a camera may have to be opened for it.
const STILL_WITHIN_MS: u64 = 15_000;
/// Width of a still for the window.
const SHOWN_WIDTH: u32 = 320;
/// A longer file is no still of ours.
const MOST_BYTES: u64 = 4 << 20;

/// A picture that a person waits for.
#[derive(Clone)]
pub(super) struct StillWanted {
    actor: Actor,
    /// By the monotonic clock.
    until_ms: u64,
    purpose: StillPurpose,
}

#[derive(Clone)]
pub(super) enum StillPurpose {
    /// How the camera should see the room from now on.
    Reference,
    /// Evidence of a step.
    Step(ChecklistId, StepId),
}

impl Writer {
    pub(super) fn picture_finding(
        &mut self,
        camera: CameraId,
        finding: Finding,
        jpeg: Option<Vec<u8>>,
        now: Stamp,
    ) {
        let event = match finding {
            Finding::Began { ailment: kind, from_ms } => {
                let still = jpeg.and_then(|jpeg| self.keep_evidence(&camera, kind, &jpeg));
                Event::PictureFinding { camera, kind, from_ms, still }
            }
            Finding::Ended { ailment: kind, from_ms, to_ms } => {
                Event::PictureRecovered { camera, kind, from_ms, to_ms }
            }
        };
        self.record(now, Actor::STATION, event);
    }

    fn keep_evidence(&self, camera: &CameraId, kind: Ailment, jpeg: &[u8]) -> Option<Still> {
        let day = self.day.as_ref()?;
        let kept = day.day.cameras.get(camera)?.stills;
        if kept >= self.config.profile.recording.health.stills_a_day {
            tracing::warn!(%camera, kept, "the day's stills are used up");
            return None;
        }
        let kept = day.keep_still(camera, kind.id(), jpeg);
        kept.inspect_err(|error| tracing::error!(%camera, %error, "still not kept")).ok()
    }

    /// Begins to take a picture for a person.
    pub(super) fn take_still(
        &mut self,
        camera: &CameraId,
        purpose: StillPurpose,
        actor: Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        if !self.day.as_ref().is_some_and(|day| day.day.cameras.contains_key(camera)) {
            return Err(Message::new("refused-unknown-camera").with("camera", camera.as_str()));
        }
        // A check that tries the cameras has them for itself.
        if !self.live.running_steps.is_empty() {
            return Err(Message::new("refused-step-runs"));
        }
        if self.live.references.contains_key(camera) {
            return Err(Message::new("refused-still-taken"));
        }
        if !self.is_recording(camera) {
            self.set_mode(camera, Mode::Watch);
        }
        let Some(recorder) = self.recorders.get(camera) else {
            return Err(Message::new("check-camera-silent").with("camera", camera.as_str()));
        };
        recorder.ask_for_still();
        let until_ms = now.mono_ms + STILL_WITHIN_MS;
        self.live.references.insert(camera.clone(), StillWanted { actor, until_ms, purpose });
        Ok(())
    }

    pub(super) fn still_taken(&mut self, camera: CameraId, jpeg: Vec<u8>, now: Stamp) {
        let Some(wanted) = self.live.references.remove(&camera) else { return };
        if now.mono_ms <= wanted.until_ms {
            match wanted.purpose {
                StillPurpose::Reference => self.keep_reference(camera, jpeg, wanted.actor, now),
                StillPurpose::Step(list, step) => {
                    self.keep_photo((list, step), camera, &jpeg, wanted.actor, now);
                }
            }
        }
        self.watch_changed();
    }

    fn keep_reference(&mut self, camera: CameraId, jpeg: Vec<u8>, actor: Actor, now: Stamp) {
        let Some(day) = self.day.as_ref().filter(|day| day.is_open()) else { return };
        match day.keep_still(&camera, "reference", &jpeg) {
            Ok(still) => {
                self.record(now, actor, Event::ReferenceApproved { camera: camera.clone(), still });
                // For the next day's check; nothing rests on it.
                let last = self.data().reference(&camera);
                if let Err(error) = durable::replace_private(&last, &jpeg) {
                    tracing::warn!(%camera, %error, "reference not kept for later days");
                }
                let look = still::read(jpeg).ok().and_then(|picture| still::look(&picture));
                if let (Some(look), Some(recorder)) = (look, self.recorders.get(&camera)) {
                    recorder.hold_to(look);
                }
            }
            Err(error) => tracing::error!(%camera, %error, "reference not kept"),
        }
    }

    /// The view of this camera that was approved last, today or on an earlier day.
    pub(super) fn last_reference(&self, camera: CameraId) -> Result<Answer, Message> {
        if self.config.profile.camera(&camera).is_none() {
            return Err(Message::new("refused-unknown-camera").with("camera", camera.as_str()));
        }
        let path = self.data().reference(&camera);
        let is_ours = std::fs::metadata(&path).is_ok_and(|file| file.len() <= MOST_BYTES);
        let jpeg = is_ours.then(|| std::fs::read(&path).ok()).flatten();
        Ok(Answer::Reference { camera, picture: jpeg.and_then(small) })
    }

    /// Whether somebody approved today of what each camera sees.
    pub(super) fn references_approved(&self) -> CheckResult {
        let cameras = self.day.iter().flat_map(|day| &day.day.cameras);
        let (have, lack): (Vec<_>, Vec<_>) = cameras.partition(|(_, camera)| camera.reference.is_some());
        let (outcome, finding) = if lack.is_empty() {
            (Outcome::Passed, Message::new("check-references-fine").with("cameras", have.len()))
        } else {
            let names: Vec<&str> = lack.iter().map(|(id, _)| id.as_str()).collect();
            (Outcome::Failed, Message::new("check-references-missing").with("cameras", names.join(", ")))
        };
        CheckResult { outcome, finding, evidence: Vec::new() }
    }

    /// Once a tick: a camera that gave no picture in time leaves none.
    pub(super) fn drop_late_references(&mut self, now: Stamp) {
        let before = self.live.references.len();
        self.live.references.retain(|_, wanted| now.mono_ms <= wanted.until_ms);
        if self.live.references.len() != before {
            self.watch_changed();
        }
    }
}

/// A still as a window shows it; none: it can't be read.
pub(super) fn small(jpeg: Vec<u8>) -> Option<SmallPicture> {
    let shown = still::read(jpeg).ok()?.preview(SHOWN_WIDTH).ok()?;
    Some(SmallPicture { width: shown.width, height: shown.height, rgb: BASE64_STANDARD.encode(&shown.rgb) })
}
