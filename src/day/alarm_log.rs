//! Alarms as they came and went: who has seen them, and when they were over.

use serde::{Deserialize, Serialize};

use super::alarms::Alarm;
use crate::journal::{Event, Record};
use crate::point::PersonId;

/// Older ones are in the journal alone.
const MOST: usize = 1_000;

/// Every alarm of the day, in the order in which they began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmLog {
    /// How many are listed.
    pub total: u32,
    /// How often something changed about one of them.
    pub changes: u32,
    /// All of them; none in a view.
    pub list: Vec<PastAlarm>,
}

/// An alarm that stands or stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastAlarm {
    /// As it was at its loudest.
    pub alarm: Alarm,
    /// Who has seen it last, and when.
    pub seen: Option<(Option<PersonId>, i64)>,
    pub ended_ms: Option<i64>,
}

impl AlarmLog {
    /// What `record` made of the day's alarms, which are `standing` after it.
    pub(super) fn note(&mut self, standing: &[Alarm], record: &Record) {
        let at_ms = record.utc_ms;
        let mut changes = 0;
        for past in self.list.iter_mut().filter(|past| past.ended_ms.is_none()) {
            if matches!(&record.event, Event::AlarmAcknowledged { alarm } if *alarm == past.alarm.id) {
                past.seen = Some((record.actor.person.clone(), at_ms));
                changes += 1;
            }
            match standing.iter().find(|alarm| alarm.id == past.alarm.id) {
                Some(alarm) if alarm == &past.alarm => {}
                Some(alarm) => {
                    past.alarm = alarm.clone();
                    changes += 1;
                }
                None => {
                    past.ended_ms = Some(at_ms);
                    changes += 1;
                }
            }
        }
        for alarm in standing {
            let stands = |past: &PastAlarm| past.ended_ms.is_none() && past.alarm.id == alarm.id;
            if !self.list.iter().any(stands) {
                if self.list.len() >= MOST {
                    self.list.remove(0);
                }
                self.list.push(PastAlarm { alarm: alarm.clone(), seen: None, ended_ms: None });
                changes += 1;
            }
        }
        self.total = self.list.len() as u32;
        self.changes = self.changes.wrapping_add(changes);
    }

    /// As a view holds it: the list is asked for by range.
    pub(super) fn shown(&self) -> Self {
        Self { list: Vec::new(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use crate::day::Severity;
    use crate::day::trial::{Trial, trial_day};
    use crate::i18n::Message;
    use crate::journal::{Event, OutageLevel};
    use crate::point::CameraId;

    #[test]
    fn an_alarm_is_listed_from_its_begin_to_its_end_with_who_has_seen_it() {
        let mut trial = Trial::new(trial_day());
        let camera: CameraId = trial.day.cameras.keys().next().unwrap().clone();
        let lost = |camera: &CameraId| Event::CameraLost {
            camera: camera.clone(),
            last_frame_ms: None,
            cause: Message::new("camera-unplugged"),
        };
        let works = |camera: &CameraId| Event::CameraWorks {
            camera: camera.clone(),
            width: 640,
            height: 480,
            detail: String::new(),
        };
        trial.at(500, Event::RecordingStarted { cameras: vec![camera.clone()] });
        trial.at(1_000, lost(&camera));
        let level = OutageLevel::Head;
        trial.at(2_000, Event::OutageEscalated { camera: camera.clone(), level });
        let id = trial.day.alarms[0].id.clone();
        trial.by("point-head", 3_000, Event::AlarmAcknowledged { alarm: id });
        trial.at(4_000, works(&camera));
        trial.at(5_000, lost(&camera));
        let log = &trial.day.alarm_log;
        assert_eq!(log.total, 2);
        let first = &log.list[0];
        assert_eq!((first.alarm.severity, first.ended_ms), (Severity::Head, Some(4_000)));
        assert_eq!(first.seen, Some((Some("point-head".parse().unwrap()), 3_000)));
        assert_eq!((log.list[1].seen.clone(), log.list[1].ended_ms), (None, None));
        let shown = trial.day.shown().alarm_log;
        assert_eq!((shown.total, shown.changes, shown.list.len()), (2, log.changes, 0));
    }
}
