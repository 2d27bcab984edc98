//! Recording that the timetable starts: a zone's cameras, at its time, without anybody.
//!
//! A station that starts late starts at once what is due. A camera that was recorded today is never
//! started by the timetable again: whoever stopped it had the head's order. The disk's forecast keeps
//! nobody from being recorded: its alarm is loud enough, and some video is better than none.

use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::day::{CameraState, Day, Stage};
use crate::journal::{Actor, Event};
use crate::point::{CameraId, PlannedStart};
use crate::recording::Mode;

/// A check that tries the cameras may hold up a start by this much.
const CHECK_MS: i64 = 30_000;

impl Writer {
    /// Once a tick.
    pub(super) fn start_what_is_due(&mut self, now: Stamp) {
        let Some(open) = self.day.as_ref().filter(|day| day.is_open()) else { return };
        if now.utc_ms >= open.day.plan.record_until_ms || is_handed_over(&open.day) {
            return;
        }
        let trying = !self.live.running_steps.is_empty();
        let is_due = |start: &&PlannedStart| {
            let late_ms = now.utc_ms.saturating_sub(start.at_ms);
            late_ms >= 0 && (!trying || late_ms >= CHECK_MS)
        };
        let due: Vec<_> = open.day.plan.starts.iter().filter(is_due).cloned().collect();
        for PlannedStart { zone, at_ms } in due {
            let Some(open) = &self.day else { return };
            let cameras = untouched(open, |camera| camera.zone == zone);
            if cameras.is_empty() {
                continue;
            }
            self.record(now, Actor::STATION, Event::StartDue { zone, at_ms, cameras: cameras.clone() });
            self.record(now, Actor::STATION, Event::RecordingStarted { cameras: cameras.clone() });
            for camera in &cameras {
                self.set_mode(camera, Mode::Record);
            }
        }
    }
}

/// The head has ordered the end of the day's recording.
fn is_handed_over(day: &Day) -> bool {
    day.stage == Stage::Stopped && day.stop_ordered.as_ref().is_some_and(|order| order.handover_done)
}

/// Such cameras, as far as they were not recorded today.
fn untouched(open: &OpenDay, such: impl Fn(&crate::point::Camera) -> bool) -> Vec<CameraId> {
    let idle = |id: &CameraId| {
        open.day
            .cameras
            .get(id)
            .is_some_and(|camera| camera.recording_since_ms.is_none() && camera.state != CameraState::Stopped)
    };
    let cameras = open.document.cameras.iter().filter(|camera| such(camera) && idle(&camera.id));
    cameras.map(|camera| camera.id.clone()).collect()
}
