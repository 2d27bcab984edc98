//! What needs a person now. An alarm follows from the journal and leaves with its cause.

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::journal::{DiskLevel, SupportLine};
use crate::point::{Ailment, CameraId};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Stable while the alarm stands; names it in `AlarmAcknowledged`.
    pub id: String,
    pub kind: AlarmKind,
    pub severity: Severity,
    pub since_ms: i64,
    /// Somebody has seen it; it stays until its cause is gone.
    pub acknowledged: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    CameraLost {
        camera: CameraId,
    },
    DriverStuck {
        camera: CameraId,
    },
    RecordingFault {
        camera: CameraId,
        cause: Message,
    },
    /// It gives pictures, but of no use.
    Picture {
        camera: CameraId,
        ailment: Ailment,
    },
    /// A camera that should record writes nothing, and nobody said why.
    NothingWritten {
        camera: CameraId,
    },
    /// A finished file is not in the archive.
    FileFault {
        camera: CameraId,
        cause: Message,
    },
    SoundLost {
        camera: CameraId,
    },
    SoundSilent {
        camera: CameraId,
    },
    Disk {
        level: DiskLevel,
    },
    /// The disk reported an error, even if it went on after it.
    DiskFailing {
        cause: Message,
    },
    ClockStepped {
        step_ms: i64,
    },
    TimeZoneChanged {
        from_min: i32,
        to_min: i32,
    },
    UnlinkedRestart,
    /// A request for help takes too long; these have to know.
    RequestLate {
        request: u32,
        to: SupportLine,
    },
    /// Something happened to the computer that no access and nobody explains.
    Unexplained,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Warning,
    /// For the technician.
    Alarm,
    /// For the head too.
    Head,
    /// It can't get worse.
    Limit,
}

/// Raises an alarm, or lets the one of that id stand as it is.
pub(super) fn raise(alarms: &mut Vec<Alarm>, id: String, kind: AlarmKind, severity: Severity, since_ms: i64) {
    if !alarms.iter().any(|alarm| alarm.id == id) {
        alarms.push(Alarm { id, kind, severity, since_ms, acknowledged: false });
    }
}

pub(super) fn clear(alarms: &mut Vec<Alarm>, id: &str) {
    alarms.retain(|alarm| alarm.id != id);
}
