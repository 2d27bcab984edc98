//! What may happen now, and what right it takes.

use std::collections::BTreeMap;

use crate::checklist::Checklist;
use crate::point::{CameraId, ChecklistId, Right, StepId};

use super::{AccessEnd, CameraDay, CameraState, CheckDay, Day, MOST_REQUESTS, Stage, StepState};

/// Something a person wants to do, as far as the rules need to know it.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    StartCheck {
        checklist: &'a Checklist,
    },
    /// Run, repeat or confirm a step.
    WorkOnStep {
        checklist: &'a ChecklistId,
        step: &'a StepId,
    },
    WaiveStep {
        checklist: &'a ChecklistId,
        step: &'a StepId,
    },
    FinishCheck {
        checklist: &'a Checklist,
    },
    /// Approve of what a camera sees.
    ApproveReference,
    StartRecording,
    StopRecording {
        handover_done: bool,
        reason: &'a str,
    },
    ReplaceSource {
        camera: &'a CameraId,
        reason: &'a str,
    },
    OpenAccess,
    EndAccess {
        access: u32,
    },
    Correct {
        record: u64,
        reason: &'a str,
    },
    WriteCode,
    /// Say why there was no video.
    ExplainOutages {
        records: &'a [u64],
    },
    /// Say why the computer's equipment changed.
    ExplainIncidents {
        records: &'a [u64],
    },
    MakeRequest,
    /// Pass it on or resolve it.
    WorkOnRequest {
        request: u32,
    },
    OpenCabinet {
        access: u32,
    },
    CloseCabinet {
        access: u32,
    },
    Seal,
}

/// Why something may not happen now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the day is closed")]
    DayClosed,
    #[error("the check was not started")]
    CheckNotStarted,
    #[error("the check was started before")]
    CheckStarted,
    #[error("only a step that failed or is unknown can be waived")]
    NothingToWaive,
    #[error("{0} blocking steps are neither passed nor waived")]
    StepsOpen(usize),
    #[error("all cameras are recording already")]
    AlreadyRecording,
    #[error("the camera is not lost")]
    NotLost,
    #[error("nothing is recording")]
    NotRecording,
    #[error("an early stop needs a reason")]
    ReasonNeeded,
    #[error("no open access of that number")]
    NoSuchAccess,
    #[error("no record of that number")]
    NoSuchRecord,
    #[error("cameras are still recording")]
    StillRecording,
    #[error("{0} accesses are neither closed nor explained")]
    AccessesOpen(usize),
    #[error("no outage was told of by that record")]
    NoSuchOutage,
    #[error("nobody said why {0} outages came about")]
    OutagesUnexplained(usize),
    #[error("nothing happened to the equipment by that record")]
    NoSuchIncident,
    #[error("no open request of that number")]
    NoSuchRequest,
    #[error("there were {0} requests, and no more are taken")]
    TooManyRequests(usize),
    #[error("the cabinet was opened in this access before")]
    CabinetOpened,
    #[error("the cabinet was not opened in this access, or is closed again")]
    NoSuchCabinet,
    #[error("nothing was recorded yet")]
    NothingRecorded,
    #[error("no code is waiting to be written")]
    NoCode,
}

impl Action<'_> {
    /// The right it takes. Whoever lacks it needs the approval of somebody who has it.
    pub fn right(&self) -> Right {
        match self {
            Self::StartCheck { .. }
            | Self::WorkOnStep { .. }
            | Self::FinishCheck { .. }
            | Self::ExplainOutages { .. }
            | Self::ExplainIncidents { .. }
            | Self::MakeRequest
            | Self::WorkOnRequest { .. }
            | Self::ApproveReference => Right::Check,
            Self::WaiveStep { .. } => Right::Waive,
            Self::StartRecording | Self::ReplaceSource { .. } => Right::Start,
            Self::StopRecording { .. } => Right::Stop,
            Self::OpenAccess
            | Self::EndAccess { .. }
            | Self::OpenCabinet { .. }
            | Self::CloseCabinet { .. }
            | Self::Correct { .. } => Right::Access,
            Self::WriteCode => Right::WriteCode,
            Self::Seal => Right::Seal,
        }
    }
}

/// Whether `action` may happen as the day stands, whoever asks.
pub fn allowed(day: &Day, action: &Action<'_>) -> Result<(), Refusal> {
    if day.stage == Stage::Closed {
        return Err(Refusal::DayClosed);
    }
    match action {
        Action::OpenAccess | Action::ApproveReference => Ok(()),
        Action::StartCheck { .. }
        | Action::WorkOnStep { .. }
        | Action::WaiveStep { .. }
        | Action::FinishCheck { .. } => of_check(&day.checks, action),
        Action::StartRecording => {
            if day.cameras.values().all(|camera| camera.recording_since_ms.is_some()) {
                Err(Refusal::AlreadyRecording)
            } else {
                Ok(())
            }
        }
        Action::StopRecording { handover_done, reason } => {
            if day.recording().next().is_none() {
                Err(Refusal::NotRecording)
            } else if !handover_done && reason.trim().is_empty() {
                Err(Refusal::ReasonNeeded)
            } else {
                Ok(())
            }
        }
        Action::ReplaceSource { camera, reason } => {
            let lost = |camera: &CameraDay| matches!(camera.state, CameraState::Lost { .. });
            if !day.cameras.get(*camera).is_some_and(lost) {
                Err(Refusal::NotLost)
            } else if reason.trim().is_empty() {
                Err(Refusal::ReasonNeeded)
            } else {
                Ok(())
            }
        }
        Action::EndAccess { access } => {
            let open = |a: &super::Access| a.access == *access && a.end == AccessEnd::Open;
            if day.accesses.iter().any(open) { Ok(()) } else { Err(Refusal::NoSuchAccess) }
        }
        Action::Correct { record, reason } => {
            if *record >= day.records {
                Err(Refusal::NoSuchRecord)
            } else if reason.trim().is_empty() {
                Err(Refusal::ReasonNeeded)
            } else {
                Ok(())
            }
        }
        Action::WriteCode => match &day.code {
            Some(code) if !code.written => Ok(()),
            _ => Err(Refusal::NoCode),
        },
        Action::ExplainOutages { records } => {
            let known = |record: &u64| day.outages.iter().any(|outage| outage.record == *record);
            if !records.is_empty() && records.iter().all(known) { Ok(()) } else { Err(Refusal::NoSuchOutage) }
        }
        Action::ExplainIncidents { records } => {
            let known = |record: &u64| day.incidents.list.iter().any(|told| told.record == *record);
            if !records.is_empty() && records.iter().all(known) {
                Ok(())
            } else {
                Err(Refusal::NoSuchIncident)
            }
        }
        Action::MakeRequest => match day.requests.list.len() {
            full @ MOST_REQUESTS.. => Err(Refusal::TooManyRequests(full)),
            _ => Ok(()),
        },
        Action::WorkOnRequest { request } => {
            let open = day.requests.open().any(|open| open.request == *request);
            if open { Ok(()) } else { Err(Refusal::NoSuchRequest) }
        }
        Action::OpenCabinet { access } => match day.open_accesses().find(|open| open.access == *access) {
            None => Err(Refusal::NoSuchAccess),
            Some(access) if access.cabinet.is_some() => Err(Refusal::CabinetOpened),
            Some(_) => Ok(()),
        },
        Action::CloseCabinet { access } => {
            let access = day.accesses.iter().find(|known| known.access == *access);
            let cabinet = access.and_then(|access| access.cabinet.as_ref());
            if cabinet.is_some_and(|cabinet| cabinet.closed.is_none()) {
                Ok(())
            } else {
                Err(Refusal::NoSuchCabinet)
            }
        }
        Action::Seal => {
            let open = day.open_accesses().count();
            let unexplained = day.unexplained().count();
            match day.stage {
                Stage::Before => Err(Refusal::NothingRecorded),
                Stage::Recording => Err(Refusal::StillRecording),
                _ if open > 0 => Err(Refusal::AccessesOpen(open)),
                _ if unexplained > 0 => Err(Refusal::OutagesUnexplained(unexplained)),
                _ => Ok(()),
            }
        }
    }
}

/// Whether a check may be begun, gone on with or finished as far as it has come, on whatever day. All
/// else is no concern of a check's.
pub fn of_check(checks: &BTreeMap<ChecklistId, CheckDay>, action: &Action<'_>) -> Result<(), Refusal> {
    match action {
        Action::StartCheck { checklist } => match checks.get(&checklist.id) {
            None => Ok(()),
            Some(check) if check.finished_at_ms.is_some() && checklist.every_minutes.is_some() => Ok(()),
            Some(_) => Err(Refusal::CheckStarted),
        },
        Action::WorkOnStep { checklist, .. } => match checks.get(*checklist) {
            Some(_) => Ok(()),
            None => Err(Refusal::CheckNotStarted),
        },
        Action::WaiveStep { checklist, step } => {
            let check = checks.get(*checklist).ok_or(Refusal::CheckNotStarted)?;
            match check.steps.get(*step) {
                Some(done) if matches!(done.state, StepState::Done(_)) && !done.state.is_settled() => Ok(()),
                _ => Err(Refusal::NothingToWaive),
            }
        }
        Action::FinishCheck { checklist } => {
            let check = checks.get(&checklist.id).ok_or(Refusal::CheckNotStarted)?;
            let settled = |id: &StepId| check.steps.get(id).is_some_and(|step| step.state.is_settled());
            let open = checklist.steps.iter().filter(|step| step.blocking && !settled(&step.id)).count();
            if open == 0 { Ok(()) } else { Err(Refusal::StepsOpen(open)) }
        }
        _ => Ok(()),
    }
}
