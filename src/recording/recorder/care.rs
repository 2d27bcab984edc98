//! Care for the picture of a camera that records: looks at it, tells what it finds, keeps stills.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::outbox::Outbox;
use super::{RecorderConfig, RecorderEvent, Shared, lock};
use crate::camera::health::{Finding, Health, LOOK_EVERY_MS};
use crate::clock::Stamp;
use crate::point::CameraId;
use crate::recording::picture::I420;
use crate::recording::still;

/// Key frames are looked at about every five seconds; they come every second or two.
const KEY_LOOK_EVERY_MS: u64 = 4_500;

pub struct Care {
    camera: CameraId,
    shared: Arc<Shared>,
    health: Health,
    asked_milli: u32,
    looked_ms: Option<u64>,
}

impl Care {
    pub fn new(config: &RecorderConfig, shared: Arc<Shared>) -> Self {
        Self {
            camera: config.camera.id.clone(),
            shared,
            health: Health::new(config.health.clone()),
            asked_milli: config.camera.frames_per_second.saturating_mul(1_000),
            looked_ms: None,
        }
    }

    /// Somebody waits for a still of the next picture.
    pub fn still_wanted(&self) -> bool {
        self.shared.still_wanted.load(Ordering::SeqCst)
    }

    /// Gives the still that was asked for.
    pub fn give_still(&self, picture: &I420, out: &mut Outbox) {
        if self.shared.still_wanted.swap(false, Ordering::SeqCst)
            && let Some(jpeg) = self.jpeg(picture)
        {
            out.send(RecorderEvent::Still { camera: self.camera.clone(), jpeg });
        }
    }

    /// Whether a picture that arrived now is to be looked at.
    pub fn due(&self, mono_ms: u64) -> bool {
        self.looked_ms.is_none_or(|looked_ms| mono_ms.saturating_sub(looked_ms) >= LOOK_EVERY_MS)
    }

    /// Whether a key frame that arrived now is worth decoding for it.
    pub fn key_due(&self, mono_ms: u64) -> bool {
        self.looked_ms.is_none_or(|looked_ms| mono_ms.saturating_sub(looked_ms) >= KEY_LOOK_EVERY_MS)
    }

    /// Looks at a picture of a camera that records, before anything is drawn on it.
    pub fn look(&mut self, picture: &I420, arrived: Stamp, out: &mut Outbox) {
        self.looked_ms = Some(arrived.mono_ms);
        if let Some(reference) = lock(&self.shared.reference).take() {
            self.health.hold_to(reference);
        }
        let Some(look) = still::look(picture) else { return };
        for finding in self.health.look(look, arrived) {
            let began = matches!(finding, Finding::Began { .. });
            self.tell(finding, began.then(|| self.jpeg(picture)).flatten(), out);
        }
    }

    /// The rate at which frames come now, in thousandths a second.
    pub fn rate(&mut self, milli: u32, now: Stamp, out: &mut Outbox) {
        if let Some(finding) = self.health.rate(milli, self.asked_milli, now) {
            self.tell(finding, None, out);
        }
    }

    /// No more pictures are recorded for now.
    pub fn end(&mut self, now: Stamp, out: &mut Outbox) {
        self.looked_ms = None;
        for finding in self.health.end(now) {
            self.tell(finding, None, out);
        }
    }

    fn tell(&self, finding: Finding, still: Option<Vec<u8>>, out: &mut Outbox) {
        out.send(RecorderEvent::Picture { camera: self.camera.clone(), finding, still });
    }

    fn jpeg(&self, picture: &I420) -> Option<Vec<u8>> {
        let jpeg = still::jpeg(picture);
        jpeg.inspect_err(|error| tracing::warn!(camera = %self.camera, %error, "no still")).ok()
    }
}
