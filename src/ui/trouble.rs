//! The day's alarms in words: what happened, and what to do about it.

use super::model::Model;
use super::theme::Tone;
use crate::day::{Alarm, AlarmKind, CameraState, PastAlarm, Severity, SoundState};
use crate::i18n::Message;
use crate::journal::{DiskLevel, SupportLine};
use crate::point::CameraId;

/// An alarm as the banner, the rail and Today show it.
pub struct Trouble {
    pub id: String,
    pub severity: Severity,
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
    Access,
    Request,
    Other,
}

/// All alarms, the loudest first; among equals the oldest first.
pub fn troubles(model: &Model) -> Vec<Trouble> {
    let Some(day) = model.day() else { return Vec::new() };
    let mut troubles: Vec<_> = day.alarms.iter().map(|alarm| trouble(model, alarm)).collect();
    troubles.sort_by_key(|trouble| std::cmp::Reverse((!trouble.acknowledged, trouble.severity)));
    troubles
}

/// An alarm of the history.
pub fn past(model: &Model, past: &PastAlarm) -> Trouble {
    let until_ms = past.ended_ms.unwrap_or(model.now.utc_ms);
    described(model, &past.alarm, u64::try_from(until_ms - past.alarm.since_ms).unwrap_or(0))
}

fn trouble(model: &Model, alarm: &Alarm) -> Trouble {
    let lost_ms = match &alarm.kind {
        AlarmKind::CameraLost { camera }
        | AlarmKind::RecordingFault { camera, .. }
        | AlarmKind::NothingWritten { camera } => {
            let outage = model.day().and_then(|day| day.outage_of(camera));
            outage.map(|outage| outage.lost_ms(model.now.utc_ms))
        }
        _ => None,
    };
    described(model, alarm, lost_ms.unwrap_or(0))
}

/// In words; `lost_ms` is how long there has been no video.
fn described(model: &Model, alarm: &Alarm, lost_ms: u64) -> Trouble {
    let say = |message: Message| model.say(&message);
    let of_camera = |id: &str, camera: &CameraId| {
        Message::new(id).with("camera", model.camera_name(camera)).with("lost", model.words.lasted(lost_ms))
    };
    let (head, what_to_do, kind) = match &alarm.kind {
        AlarmKind::CameraLost { camera } => {
            let cause = model.day().and_then(|day| match &day.cameras.get(camera)?.state {
                CameraState::Lost { cause, .. } => Some(say(cause.clone())),
                _ => None,
            });
            let what_to_do = cause.unwrap_or_else(|| model.words.t("ui-trouble-camera-lost-do"));
            (of_camera("ui-trouble-camera-lost", camera), what_to_do, Kind::Camera)
        }
        AlarmKind::DriverStuck { camera } => {
            let head = Message::new("ui-trouble-driver-stuck").with("camera", model.camera_name(camera));
            (head, model.words.t("ui-trouble-driver-stuck-do"), Kind::Camera)
        }
        AlarmKind::RecordingFault { camera, cause } => {
            (of_camera("ui-trouble-recording-fault", camera), model.say(cause), Kind::Camera)
        }
        AlarmKind::NothingWritten { camera } => {
            let what_to_do = model.words.t("ui-trouble-unwritten-do");
            (of_camera("ui-trouble-unwritten", camera), what_to_do, Kind::Camera)
        }
        AlarmKind::FileFault { camera, cause } => {
            let head = Message::new("ui-trouble-file").with("camera", model.camera_name(camera));
            (head, model.say(cause), Kind::Other)
        }
        AlarmKind::Picture { camera, ailment } => {
            let about = |id: &str| Message::new(id).with("kind", ailment.id());
            let head = about("ui-trouble-picture").with("camera", model.camera_name(camera));
            (head, say(about("ui-trouble-picture-do")), Kind::Camera)
        }
        AlarmKind::SoundLost { camera } => {
            let head = Message::new("ui-trouble-sound-lost").with("camera", model.camera_name(camera));
            let cause = model.day().and_then(|day| match &day.cameras.get(camera)?.sound {
                Some(SoundState::Lost { cause, .. }) => Some(say(cause.clone())),
                _ => None,
            });
            (head, cause.unwrap_or_default(), Kind::Camera)
        }
        AlarmKind::SoundSilent { camera } => {
            let head = Message::new("ui-trouble-sound-silent").with("camera", model.camera_name(camera));
            (head, model.words.t("ui-trouble-sound-silent-do"), Kind::Camera)
        }
        AlarmKind::Disk { level } => {
            let (head, todo) = match level {
                DiskLevel::Low => ("ui-trouble-disk-low", "ui-trouble-disk-low-do"),
                DiskLevel::Critical => ("ui-trouble-disk-critical", "ui-trouble-disk-critical-do"),
            };
            let disk = model.view.as_ref().and_then(|view| view.live.disk.as_ref());
            let short = disk.map_or(0, |disk| disk.needed_bytes.saturating_sub(disk.free_bytes));
            let head = Message::new(head).with("short", model.words.bytes(short));
            (head, model.words.t(todo), Kind::Other)
        }
        AlarmKind::DiskFailing { cause } => {
            (Message::new("ui-trouble-disk-failing"), model.say(cause), Kind::Other)
        }
        AlarmKind::ClockStepped { step_ms } => {
            let head = Message::new("ui-trouble-clock").with("seconds", step_ms.abs().div_euclid(1000));
            (head, model.words.t("ui-trouble-clock-do"), Kind::Other)
        }
        AlarmKind::TimeZoneChanged { .. } => {
            (Message::new("ui-trouble-zone"), model.words.t("ui-trouble-zone-do"), Kind::Other)
        }
        AlarmKind::RequestLate { request, to } => {
            let known =
                model.day().and_then(|day| day.requests.list.iter().find(|one| one.request == *request));
            let room = known.map(|known| known.room.to_string()).unwrap_or_default();
            let head = Message::new("ui-trouble-request").with("request", *request).with("room", room);
            let what_to_do = match to {
                SupportLine::First | SupportLine::Second => "ui-trouble-request-second-do",
                SupportLine::Head => "ui-trouble-request-head-do",
            };
            (head, model.words.t(what_to_do), Kind::Request)
        }
        AlarmKind::Unexplained => {
            let count = model.day().map_or(0, |day| day.incidents.unexplained);
            let head = Message::new("ui-trouble-incidents").with("count", count);
            (head, model.words.t("ui-trouble-incidents-do"), Kind::Access)
        }
        AlarmKind::UnlinkedRestart => {
            let head = Message::new("ui-trouble-unlinked");
            (head, model.words.t("ui-trouble-unlinked-do"), Kind::Other)
        }
    };
    let head = say(head);
    let (tone, head) = match alarm.severity {
        Severity::Warning => (Tone::Warn, head),
        Severity::Alarm => (Tone::Bad, head),
        Severity::Head if kind != Kind::Camera => (Tone::Bad, head),
        Severity::Head => (Tone::Bad, say(Message::new("ui-trouble-for-head").with("what", head))),
        Severity::Limit => (Tone::Bad, say(Message::new("ui-trouble-limit").with("what", head))),
    };
    Trouble {
        id: alarm.id.clone(),
        severity: alarm.severity,
        tone,
        head,
        what_to_do,
        acknowledged: alarm.acknowledged,
        kind,
    }
}
