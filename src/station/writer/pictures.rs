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
use crate::point::{Ailment, CameraId};
use crate::recording::{Mode, still};

/// A reference is a picture of when it was approved, or none: a camera may have to be opened for it.
const REFERENCE_WITHIN_MS: u64 = 15_000;
/// Width of a reference for the window.
const SHOWN_WIDTH: u32 = 320;
/// A longer file is no still of ours.
const MOST_BYTES: u64 = 4 << 20;

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

    /// Begins to take the picture that somebody approves of.
    pub(super) fn approve_reference(
        &mut self,
        camera: &CameraId,
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
        let recording = self.day.as_ref().is_some_and(|day| day.day.recording().any(|id| id == camera));
        if !recording {
            self.set_mode(camera, Mode::Watch);
        }
        let Some(recorder) = self.recorders.get(camera) else {
            return Err(Message::new("check-camera-silent").with("camera", camera.as_str()));
        };
        recorder.ask_for_still();
        self.live.references.insert(camera.clone(), (actor, now.mono_ms + REFERENCE_WITHIN_MS));
        Ok(())
    }

    pub(super) fn reference_taken(&mut self, camera: CameraId, jpeg: Vec<u8>, now: Stamp) {
        let Some((actor, until_ms)) = self.live.references.remove(&camera) else { return };
        if now.mono_ms <= until_ms
            && let Some(day) = &self.day
        {
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
        self.watch_changed();
    }

    /// The view of this camera that was approved last, today or on an earlier day.
    pub(super) fn last_reference(&self, camera: CameraId) -> Result<Answer, Message> {
        if self.config.profile.camera(&camera).is_none() {
            return Err(Message::new("refused-unknown-camera").with("camera", camera.as_str()));
        }
        let path = self.data().reference(&camera);
        let small = std::fs::metadata(&path).is_ok_and(|file| file.len() <= MOST_BYTES);
        let jpeg = small.then(|| std::fs::read(&path).ok()).flatten();
        let picture = jpeg.and_then(|jpeg| still::read(jpeg).ok()?.preview(SHOWN_WIDTH).ok());
        let picture = picture.map(|shown| SmallPicture {
            width: shown.width,
            height: shown.height,
            rgb: BASE64_STANDARD.encode(&shown.rgb),
        });
        Ok(Answer::Reference { camera, picture })
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

    /// Once a tick: a camera that gave no picture in time has no reference.
    pub(super) fn drop_late_references(&mut self, now: Stamp) {
        let before = self.live.references.len();
        self.live.references.retain(|_, (_, until_ms)| now.mono_ms <= *until_ms);
        if self.live.references.len() != before {
            self.watch_changed();
        }
    }
}
