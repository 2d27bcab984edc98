//! The exam day as a fold of the journal: what holds now, what may happen next and who may do it.
//!
//! Pure: no I/O, no clock, no threads. [`Day::apply`] takes every record of the day in order;
//! two stations that read the same journal hold equal days.

mod access;
mod alarm_log;
mod alarms;
mod briefings;
mod cabinet;
mod cameras;
mod check;
mod fold;
mod handover;
mod incidents;
mod inventory;
pub mod inventory_table;
mod notices;
mod older_days;
mod outages;
mod people;
mod preparation;
mod requests;
pub mod rules;
mod shown;
#[cfg(test)]
pub(crate) mod trial;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::journal::{DiskLevel, SealedPart};
use crate::point::{CameraId, ChecklistId, DayId, PersonId, Plan};
use crate::signing::SignerRole;

pub use access::{Access, AccessCorrection, AccessEnd};
pub use alarm_log::{AlarmLog, PastAlarm};
pub use alarms::{Alarm, AlarmKind, Severity};
pub use briefings::{Signature, Signatures};
pub use cabinet::{Cabinet, CabinetEnd};
pub use cameras::{CameraDay, CameraState, SoundState};
pub use check::{CheckDay, PhotoDay, StepDay, StepState};
pub use handover::{Copy, HandedOver, Handover, PartCopy};
pub use incidents::{Happening, Incident, Incidents, MOST_INCIDENTS};
pub use inventory::{Card, Register, RegisterRefusal, Such};
pub use notices::{Malfunction, Notice};
pub use older_days::{Deletion, KeepRefusal, OlderDay, OlderDays, Verified};
pub use outages::{Explanation, Outage, Reading, level_due};
pub use people::StandIns;
pub use preparation::Preparation;
pub use requests::{HelpRequest, HelpRequests, MOST_REQUESTS, Passed, Resolved};
pub use rules::{Action, Refusal};

/// The exam day so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    pub id: DayId,
    pub plan: Plan,
    pub stage: Stage,
    /// Records applied; the next record's number.
    pub records: u64,
    /// How often the station was started again during the day.
    pub restarts: u32,
    /// A restart that no epoch key vouches for happened.
    pub unlinked: bool,
    pub checks: BTreeMap<ChecklistId, CheckDay>,
    /// Every camera of the plan, recording or not.
    pub cameras: BTreeMap<CameraId, CameraDay>,
    /// In the order of their numbers; `accesses[i].access == i + 1`, but in a view.
    pub accesses: Vec<Access>,
    /// What needs a person, the newest last; gone when its cause is.
    pub alarms: Vec<Alarm>,
    /// Those that stand and those that stood.
    #[serde(default)]
    pub alarm_log: AlarmLog,
    /// Times without video, in the order they were noticed.
    pub outages: Vec<Outage>,
    /// What happened to the computer itself.
    #[serde(default)]
    pub incidents: Incidents,
    /// What people in the rooms need help with.
    #[serde(default)]
    pub requests: HelpRequests,
    /// Who does whose work today.
    #[serde(default)]
    pub stand_ins: StandIns,
    pub disk: Option<DiskLevel>,
    pub stop_ordered: Option<StopOrder>,
    /// The newest code shown, and whether it was written on paper.
    pub code: Option<CodeShown>,
    pub codes_written: u32,
    pub corrections: u32,
    pub sealed_parts: Vec<SealedPart>,
    /// Who has to countersign the archive; known once the day is being closed.
    #[serde(default)]
    pub countersigners: Vec<SignerRole>,
    /// Verified copies of parts that were made while the day was open, by target and number.
    #[serde(default)]
    pub copies: BTreeMap<String, BTreeMap<u32, PartCopy>>,
}

/// How far the day has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Planned; nothing was recorded yet.
    Before,
    /// At least one camera is recording.
    Recording,
    /// All recording was stopped on order.
    Stopped,
    /// The day is closed; its journal takes no more records.
    Closed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopOrder {
    /// Which cameras it stops.
    pub cameras: Vec<CameraId>,
    pub at_ms: i64,
    pub by: Option<PersonId>,
    pub handover_done: bool,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeShown {
    pub code: String,
    pub shown_at_ms: i64,
    pub written: bool,
}

impl Day {
    /// The day before its first record.
    pub fn new(id: DayId, plan: Plan, cameras: impl IntoIterator<Item = CameraId>) -> Self {
        Self {
            id,
            plan,
            stage: Stage::Before,
            records: 0,
            restarts: 0,
            unlinked: false,
            checks: BTreeMap::new(),
            cameras: cameras.into_iter().map(|id| (id, CameraDay::default())).collect(),
            accesses: Vec::new(),
            alarms: Vec::new(),
            alarm_log: AlarmLog::default(),
            outages: Vec::new(),
            incidents: Incidents::default(),
            requests: HelpRequests::default(),
            stand_ins: StandIns::default(),
            disk: None,
            stop_ordered: None,
            code: None,
            codes_written: 0,
            corrections: 0,
            sealed_parts: Vec::new(),
            countersigners: Vec::new(),
            copies: BTreeMap::new(),
        }
    }

    /// Cameras that should be recording now; after a restart these go on by themselves.
    pub fn recording(&self) -> impl Iterator<Item = &CameraId> {
        self.cameras.iter().filter(|(_, camera)| camera.recording_since_ms.is_some()).map(|(id, _)| id)
    }

    pub fn open_accesses(&self) -> impl Iterator<Item = &Access> {
        self.accesses.iter().filter(|access| access.is_open())
    }
}
