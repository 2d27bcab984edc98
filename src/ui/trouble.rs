//! The day's alarms in words: what happened, and what to do about it.

use super::model::Model;
use super::theme::Tone;
use super::words;
use crate::day::{Alarm, AlarmKind, CameraState, Severity};
use crate::i18n::Message;
use crate::journal::DiskLevel;

/// An alarm as the banner, the rail and Today show it.
pub struct Trouble {
    pub id: String,
    pub tone: Tone,
    pub head: String,
    pub what_to_do: String,
    pub acknowledged: bool,
    pub kind: Kind,
}

/// Where to go for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Camera,
    Other,
}

/// All alarms, the loudest first; among equals the oldest first.
pub fn troubles(model: &Model) -> Vec<Trouble> {
    let Some(day) = model.day() else { return Vec::new() };
    let mut troubles: Vec<_> = day.alarms.iter().map(|alarm| trouble(model, alarm)).collect();
    troubles.sort_by_key(|trouble| std::cmp::Reverse((trouble.tone, !trouble.acknowledged)));
    troubles
}

fn trouble(model: &Model, alarm: &Alarm) -> Trouble {
    let say = |message: Message| model.say(&message);
    let (head, what_to_do, kind) = match &alarm.kind {
        AlarmKind::CameraLost { camera } => {
            let name = model.camera_name(camera);
            let since = timer_since(model, alarm.since_ms);
            let head = Message::new("ui-trouble-camera-lost").with("camera", name).with("timer", since);
            let cause = model.day().and_then(|day| match &day.cameras.get(camera)?.state {
                CameraState::Lost { cause, .. } => Some(say(cause.clone())),
                _ => None,
            });
            (head, cause.unwrap_or_else(|| model.words.t("ui-trouble-camera-lost-do")), Kind::Camera)
        }
        AlarmKind::RecordingFault { camera } => {
            let name = model.camera_name(camera);
            let head = Message::new("ui-trouble-recording-fault").with("camera", name);
            (head, model.words.t("ui-trouble-recording-fault-do"), Kind::Camera)
        }
        AlarmKind::Disk { level } => {
            let (head, todo) = match level {
                DiskLevel::Low => ("ui-trouble-disk-low", "ui-trouble-disk-low-do"),
                DiskLevel::Critical => ("ui-trouble-disk-critical", "ui-trouble-disk-critical-do"),
            };
            (Message::new(head), model.words.t(todo), Kind::Other)
        }
        AlarmKind::ClockStepped { step_ms } => {
            let head = Message::new("ui-trouble-clock").with("seconds", step_ms.abs().div_euclid(1000));
            (head, model.words.t("ui-trouble-clock-do"), Kind::Other)
        }
        AlarmKind::UnlinkedRestart => {
            let head = Message::new("ui-trouble-unlinked");
            (head, model.words.t("ui-trouble-unlinked-do"), Kind::Other)
        }
    };
    let tone = match alarm.severity {
        Severity::Warning => Tone::Warn,
        Severity::Alarm => Tone::Bad,
    };
    Trouble {
        id: alarm.id.clone(),
        tone,
        head: say(head),
        what_to_do,
        acknowledged: alarm.acknowledged,
        kind,
    }
}

fn timer_since(model: &Model, since_ms: i64) -> String {
    words::timer(model.now.utc_ms - since_ms)
}

/// How long a camera has been without a picture, against the tolerance of the plan.
pub struct Outage {
    pub lasted_ms: i64,
    /// Until the head of the point has to be told: half of the tolerance. Negative once due.
    pub until_head_ms: i64,
    /// Until results of the room may be annulled. Negative once passed.
    pub until_tolerance_ms: i64,
}

pub fn outage(since_ms: i64, now_ms: i64, tolerance_ms: u64) -> Outage {
    let tolerance = i64::try_from(tolerance_ms).unwrap_or(i64::MAX);
    let lasted_ms = (now_ms - since_ms).max(0);
    Outage { lasted_ms, until_head_ms: tolerance / 2 - lasted_ms, until_tolerance_ms: tolerance - lasted_ms }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_told_at_half_of_the_tolerance() {
        let minute = 60_000;
        let outage_after = |minutes: i64| outage(0, minutes * minute, 20 * 60_000);
        assert_eq!(outage_after(6).until_head_ms, 4 * minute);
        assert!(outage_after(10).until_head_ms <= 0 && outage_after(10).until_tolerance_ms == 10 * minute);
        assert!(outage_after(21).until_tolerance_ms < 0);
        // A clock set back makes no outage in the future.
        assert_eq!(outage(5, 0, 1_200_000).lasted_ms, 0);
    }
}
