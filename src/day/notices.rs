//! The notice board: what does not work at this moment, and since when.

use super::{AlarmKind, CameraState, Day, StepState};
use crate::journal::{DiskLevel, Outcome};
use crate::point::{CameraId, ChecklistId, StepId};

/// One malfunction that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub since_ms: i64,
    pub what: Malfunction,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malfunction {
    /// Not resolved yet.
    Request {
        request: u32,
    },
    /// It gives no pictures, or none of them is written.
    Camera {
        camera: CameraId,
    },
    /// Its picture is of no use.
    Picture {
        camera: CameraId,
    },
    /// A step of a check did not come out as it should, and nobody let it stand.
    Step {
        checklist: ChecklistId,
        step: StepId,
    },
    Disk {
        level: DiskLevel,
    },
}

impl Day {
    /// Everything that does not work now, the oldest first.
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut put = |since_ms, what| notices.push(Notice { since_ms, what });
        for request in self.requests.open() {
            put(request.made.utc_ms, Malfunction::Request { request: request.request });
        }
        for (id, camera) in &self.cameras {
            let out = self.outage_of(id).map(|outage| outage.since_ms);
            let lost = match &camera.state {
                CameraState::Lost { since_ms, .. } => Some(*since_ms),
                _ => None,
            };
            if let Some(since_ms) = out.or(lost) {
                put(since_ms, Malfunction::Camera { camera: id.clone() });
            } else if let Some(since_ms) = camera.ailments.values().min() {
                put(*since_ms, Malfunction::Picture { camera: id.clone() });
            }
        }
        for (id, check) in &self.checks {
            for (step, done) in &check.steps {
                if matches!(done.state, StepState::Done(Outcome::Failed | Outcome::Unknown)) {
                    let (checklist, step) = (id.clone(), step.clone());
                    put(done.at_ms, Malfunction::Step { checklist, step });
                }
            }
        }
        // Its alarm stands as long as the level does.
        let disk = self.alarms.iter().find(|alarm| matches!(alarm.kind, AlarmKind::Disk { .. }));
        if let (Some(level), Some(alarm)) = (self.disk, disk) {
            put(alarm.since_ms, Malfunction::Disk { level });
        }
        notices.sort_by_key(|notice| notice.since_ms);
        notices
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::{Trial, trial_day};
    use crate::i18n::Message;
    use crate::journal::{Event, RequestMade, RequestResolved};

    #[test]
    fn what_does_not_work_stands_there_until_it_works() {
        let mut trial = Trial::new(trial_day());
        let entrance: CameraId = "entrance".parse().unwrap();
        let (checklist, step): (ChecklistId, StepId) = ("round".parse().unwrap(), "sound".parse().unwrap());
        trial.at(1, Event::DiskLow { level: DiskLevel::Low, free_bytes: 1, needed_bytes: 2 });
        let cause = Message::new("camera-stalled");
        trial.at(2, Event::RecordingStarted { cameras: vec![entrance.clone()] });
        trial.at(3, Event::CameraLost { camera: entrance.clone(), last_frame_ms: Some(3), cause });
        let made = RequestMade {
            request: 1,
            room: "0001".parse().unwrap(),
            category: "printer".into(),
            text: String::new(),
            due_ms: 10,
            head_due_ms: 20,
        };
        trial.at(4, Event::RequestMade(made));
        trial.at(5, Event::CheckStarted { checklist: checklist.clone(), version: 1 });
        let recorded = |outcome| Event::StepRecorded {
            checklist: checklist.clone(),
            step: step.clone(),
            outcome,
            confirmed: true,
            finding: None,
            evidence: Vec::new(),
            note: String::new(),
        };
        trial.at(6, recorded(Outcome::Failed));
        let since: Vec<i64> = trial.day.notices().iter().map(|notice| notice.since_ms).collect();
        assert_eq!(since, [1, 3, 4, 6]);

        trial.at(7, recorded(Outcome::Passed));
        trial.at(8, Event::RequestResolved(RequestResolved { request: 1, text: "t".into() }));
        trial.at(9, Event::DiskRecovered { free_bytes: 9 });
        let (width, height, detail) = (640, 480, String::new());
        trial.at(9, Event::CameraWorks { camera: entrance, width, height, detail });
        assert_eq!(trial.day.notices(), []);
    }
}
