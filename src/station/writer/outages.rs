//! The outage watch: whether every camera that should record really writes, whatever its recorder
//! says, and who has to know of what is missing.

use std::collections::BTreeMap;

use super::Writer;
use crate::clock::Stamp;
use crate::day::level_due;
use crate::i18n::Message;
use crate::journal::{Actor, Event};
use crate::point::CameraId;
use crate::recording::Mode;

/// A camera that should record and has written nothing for this long is out, told or not. Longer than
/// a recorder needs to notice a lost camera itself.
const UNWRITTEN_MS: u64 = 10_000;
/// Frames become more every second or two; after this long without, they begin anew.
const PAUSE_MS: u64 = 5_000;
/// An outage that its recorder has not measured after so much writing is one that it knows nothing of.
const UNMEASURED_MS: u64 = 4_000;
/// A recorder that could not be started is tried again this often.
const RESTART_MS: u64 = 10_000;

/// What is known of the cameras' progress.
#[derive(Default)]
pub(super) struct OutageWatch {
    written: BTreeMap<CameraId, Written>,
    restart_ms: u64,
}

/// How a camera's recorder gets on.
struct Written {
    frames: u64,
    /// When they last became more.
    grew: Stamp,
    /// Since when they have without a pause.
    grows_since: Stamp,
    /// When its outage was first looked at; none while there is none.
    out: Option<Stamp>,
}

impl Writer {
    /// Once a tick.
    pub(super) fn watch_outages(&mut self, now: Stamp) {
        let Some(day) = self.day.as_ref().filter(|day| day.is_open()) else { return };
        let recording: Vec<CameraId> = day.day.recording().cloned().collect();
        self.watch.written.retain(|camera, _| recording.contains(camera));
        for camera in &recording {
            if let Some(event) = self.judge_progress(camera, now) {
                self.record(now, Actor::STATION, event);
            }
            self.escalate(camera, now);
        }
        if now.mono_ms >= self.watch.restart_ms {
            self.watch.restart_ms = now.mono_ms + RESTART_MS;
            for camera in &recording {
                if !self.recorders.contains_key(camera) {
                    self.set_mode(camera, Mode::Record);
                }
            }
        }
    }

    /// What the camera's frames show that nobody has told: an outage's begin or its end.
    fn judge_progress(&mut self, camera: &CameraId, now: Stamp) -> Option<Event> {
        let frames = self.live.cameras.get(camera).map_or(0, |live| live.frames);
        let begun = || Written { frames, grew: now, grows_since: now, out: None };
        let written = self.watch.written.entry(camera.clone()).or_insert_with(begun);
        let still_ms = now.mono_ms.saturating_sub(written.grew.mono_ms);
        if written.frames != frames {
            if still_ms >= PAUSE_MS {
                written.grows_since = now;
            }
            (written.frames, written.grew) = (frames, now);
        }
        let Some(outage) = self.day.as_ref()?.day.outage_of(camera) else {
            written.out = None;
            return (still_ms >= UNWRITTEN_MS && written.grew != now).then(|| Event::OutageBegan {
                camera: camera.clone(),
                from_ms: written.grew.utc_ms,
                cause: Message::new("outage-nothing-written").with("camera", camera.as_str()),
            });
        };
        let out = *written.out.get_or_insert(now);
        let grows_ms = now.mono_ms.saturating_sub(out.mono_ms.max(written.grows_since.mono_ms));
        let grows = now.mono_ms.saturating_sub(written.grew.mono_ms) < PAUSE_MS;
        (grows && grows_ms >= UNMEASURED_MS).then(|| {
            // Written all the while: nothing was lost by what was told.
            let unharmed = written.grows_since.mono_ms <= out.mono_ms;
            let to_ms = if unharmed { outage.since_ms } else { written.grows_since.utc_ms };
            Event::OutageEnded { camera: camera.clone(), to_ms }
        })
    }

    fn escalate(&mut self, camera: &CameraId, now: Stamp) {
        let Some(day) = self.day.as_ref().map(|day| &day.day) else { return };
        let Some(outage) = day.outage_of(camera) else { return };
        let level = level_due(day.lost_ms(camera, now.utc_ms), day.plan.outage_tolerance_ms);
        if level > outage.level {
            self.record(now, Actor::STATION, Event::OutageEscalated { camera: camera.clone(), level });
        }
    }
}
