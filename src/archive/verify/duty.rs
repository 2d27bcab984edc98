//! When each camera had to record, and when the journal itself says that it did not.

use std::collections::BTreeMap;

use super::spans::Spans;
use crate::journal::{Event, Record};
use crate::point::CameraId;

/// A clock step is recorded within this long after it.
const NOTICED_MS: i64 = 5_000;

/// An exam point has fewer cameras. Of more nothing is asked.
pub const MAX_CAMERAS: usize = 256;
/// So many times are the station's own for all cameras; what is beyond has to be told of each.
const MAX_SKIPPED: usize = 1_000;

/// Gathered record by record.
#[derive(Debug, Default)]
pub struct Duty {
    cameras: BTreeMap<CameraId, CameraDuty>,
    /// What is told of cameras beyond those; nobody asks for it.
    beyond: Option<CameraDuty>,
    /// Of every camera: the station was down, or the wall clock jumped over it.
    skipped: Vec<(i64, i64)>,
    /// When the newest record was written.
    last_ms: Option<i64>,
    /// Cameras that the last record left recording.
    left_recording: Vec<CameraId>,
}

#[derive(Debug, Default)]
struct CameraDuty {
    ordered: Vec<(i64, i64)>,
    ordered_since_ms: Option<i64>,
    admitted: Vec<(i64, i64)>,
    lost_since_ms: Option<i64>,
    unwritten_since_ms: Option<i64>,
}

impl Duty {
    pub fn take(&mut self, record: &Record) {
        let now_ms = record.utc_ms;
        match &record.event {
            Event::RecordingStarted { cameras } => {
                for camera in cameras {
                    self.camera(camera).ordered_since_ms.get_or_insert(now_ms);
                }
            }
            Event::RecordingStopped { camera } => self.camera(camera).stop(now_ms),
            Event::Gap { camera, from_ms, to_ms, .. } => {
                let camera = self.camera(camera);
                camera.admitted.push((*from_ms, *to_ms));
                camera.lost_since_ms = None;
            }
            Event::CameraLost { camera, last_frame_ms, .. } => {
                self.camera(camera).lost_since_ms.get_or_insert(last_frame_ms.unwrap_or(now_ms));
            }
            Event::CameraWorks { camera, .. } => {
                let camera = self.camera(camera);
                camera.admitted.extend(camera.lost_since_ms.take().map(|since_ms| (since_ms, now_ms)));
            }
            Event::OutageBegan { camera, from_ms, .. } => {
                self.camera(camera).unwritten_since_ms.get_or_insert(*from_ms);
            }
            Event::OutageEnded { camera, to_ms } => {
                let camera = self.camera(camera);
                camera.admitted.extend(camera.unwritten_since_ms.take().map(|since_ms| (since_ms, *to_ms)));
            }
            // Forward: the clock never showed the times between.
            Event::ClockStepped { step_ms } => {
                let from_ms = now_ms.saturating_sub(*step_ms).saturating_sub(NOTICED_MS);
                self.skipped.push((from_ms, now_ms.saturating_add(NOTICED_MS)));
            }
            Event::StationStarted { restart, .. } if *restart > 0 => {
                self.skipped.extend(self.last_ms.map(|before_ms| (before_ms, now_ms)));
            }
            _ => {}
        }
        self.skipped.truncate(MAX_SKIPPED);
        self.last_ms = Some(now_ms);
    }

    /// After the last record: what is open lasts until then.
    pub fn finish(&mut self) {
        let Some(last_ms) = self.last_ms else { return };
        let recording = self.cameras.iter().filter(|(_, camera)| camera.ordered_since_ms.is_some());
        self.left_recording = recording.map(|(id, _)| id.clone()).collect();
        self.cameras.values_mut().for_each(|camera| camera.stop(last_ms));
    }

    /// Cameras that were ever to record.
    pub fn cameras(&self) -> impl Iterator<Item = &CameraId> {
        self.cameras.keys()
    }

    /// Between this journal's end and the next one's first video of each camera: what was lost by
    /// another station's taking over.
    pub fn lost_to(&self, next: &Self) -> Vec<(CameraId, (i64, i64))> {
        let from_ms = self.last_ms.unwrap_or(i64::MAX);
        let begins_ms = |camera: &CameraId| {
            let ordered = next.cameras.get(camera).and_then(|camera| camera.ordered.first());
            ordered.map(|ordered| ordered.0).or(next.last_ms).unwrap_or(i64::MIN)
        };
        self.left_recording.iter().map(|camera| (camera.clone(), (from_ms, begins_ms(camera)))).collect()
    }

    /// When it was ordered to record.
    pub fn ordered(&self, camera: &CameraId) -> Spans {
        Spans::of(self.cameras.get(camera).into_iter().flat_map(|camera| camera.ordered.iter().copied()))
    }

    /// When it did not, as the journal says.
    pub fn admitted(&self, camera: &CameraId) -> Spans {
        let own = self.cameras.get(camera).into_iter().flat_map(|camera| camera.admitted.iter().copied());
        Spans::of(own.chain(self.skipped.iter().copied()))
    }

    /// There are more cameras than are asked for.
    pub fn is_beyond(&self) -> bool {
        self.beyond.is_some()
    }

    fn camera(&mut self, id: &CameraId) -> &mut CameraDuty {
        match self.cameras.contains_key(id) || self.cameras.len() < MAX_CAMERAS {
            true => self.cameras.entry(id.clone()).or_default(),
            false => self.beyond.get_or_insert_default(),
        }
    }
}

impl CameraDuty {
    fn stop(&mut self, now_ms: i64) {
        self.ordered.extend(self.ordered_since_ms.take().map(|since_ms| (since_ms, now_ms)));
        for since_ms in [self.lost_since_ms.take(), self.unwritten_since_ms.take()].into_iter().flatten() {
            self.admitted.push((since_ms, now_ms));
        }
    }
}
