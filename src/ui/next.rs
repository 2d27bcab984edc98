//! The one thing to do next, from the day as it stands.

use crate::checklist::Checklist;
use crate::day::{CameraState, CheckDay, Day, Handover, Stage};
use crate::point::{CameraId, ChecklistId};
use crate::station::protocol::{CameraInfo, View, WorkKind};
use crate::ui::model::Model;
use crate::ui::{due, words};

/// What a technician should do now. Exactly one at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The exam is on a later day: a checklist of the days before it, and when its last step has to be done.
    Prepare {
        list: ChecklistId,
        left: usize,
        until_ms: i64,
        late: bool,
    },
    PlanDay,
    /// The check was not begun; `steps` and when the last has to be done.
    StartCheck {
        steps: usize,
        until_ms: i64,
    },
    ContinueCheck {
        settled: usize,
        steps: usize,
        until_ms: i64,
    },
    FinishCheck,
    /// These cameras, which nobody but a person starts.
    StartRecording {
        cameras: Vec<CameraId>,
    },
    /// The timetable does.
    StartsItself {
        at_ms: i64,
    },
    FixCamera {
        camera: CameraId,
        since_ms: i64,
    },
    CloseAccess {
        access: u32,
    },
    WriteCode,
    Watch,
    OrderStop,
    ExplainOutages {
        count: usize,
    },
    Seal,
    Sealing,
    Copy,
    /// One medium holds a copy, two are asked for.
    SecondCopy,
    HandOver,
    Done,
}

/// How many steps are settled, of how many.
pub fn progress(checklist: &Checklist, check: &CheckDay) -> (usize, usize) {
    let settled = |step: &&crate::checklist::Step| {
        check.steps.get(&step.id).is_some_and(|done| done.state.is_settled())
    };
    (checklist.steps.iter().filter(settled).count(), checklist.steps.len())
}

/// When the last step has to be done; a round that was begun, when the next one is due.
pub fn deadline_ms(checklist: &Checklist, check: Option<&CheckDay>, exam_start_ms: i64) -> i64 {
    if let (Some(minutes), Some(round)) = (checklist.every_minutes, check) {
        return round.started_at_ms + i64::from(minutes) * 60_000;
    }
    let minutes = checklist.steps.iter().map(|step| step.deadline_minutes).max().unwrap_or(0);
    exam_start_ms + i64::from(minutes) * 60_000
}

pub fn next(model: &Model, view: &View) -> Next {
    let Some(day) = &view.day else { return prepare(model, view).unwrap_or(Next::PlanDay) };
    match day.stage {
        Stage::Closed => match &view.live.work {
            Some(work) if work.kind == WorkKind::Seal && work.runs() => Next::Sealing,
            Some(work) if work.kind == WorkKind::Seal && work.failed.is_some() => Next::Seal,
            _ => handover(view),
        },
        Stage::Stopped => match (&view.live.work, day.open_accesses().next()) {
            (_, Some(open)) => Next::CloseAccess { access: open.access },
            (Some(work), None) if work.kind == WorkKind::Seal && work.runs() => Next::Sealing,
            _ => match day.unexplained().count() {
                0 => Next::Seal,
                count => Next::ExplainOutages { count },
            },
        },
        Stage::Recording => recording(model, view, day),
        Stage::Before => {
            check(&view.point.checklists.main, day).or_else(|| start(model, day)).unwrap_or(Next::Watch)
        }
    }
}

/// What is due before an exam that is not today's.
fn prepare(model: &Model, view: &View) -> Option<Next> {
    let exam = view.around.as_ref()?.exam?;
    let today = words::date_of(model.now.utc_ms, model.offset_min());
    let lists = due::due(model, view);
    let due = lists.first().filter(|_| exam.date != today)?;
    let (settled, steps) = due.progress();
    let (list, left) = (due.list.id.clone(), steps - settled);
    Some(Next::Prepare { list, left, until_ms: due.until_ms, late: due.late })
}

/// The archive is complete: what is left are its copies.
fn handover(view: &View) -> Next {
    match view.handover.as_ref().map(|handover| (handover.handed_over.is_some(), handover.media())) {
        Some((true, _)) => Next::Done,
        Some((false, Handover::MEDIA..)) => Next::HandOver,
        Some((false, 1..)) => Next::SecondCopy,
        _ => Next::Copy,
    }
}

fn recording(model: &Model, view: &View, day: &Day) -> Next {
    let now_ms = model.now.utc_ms;
    let lost = day
        .outages
        .iter()
        .find(|outage| outage.lasts())
        .map(|outage| Next::FixCamera { camera: outage.camera.clone(), since_ms: outage.since_ms });
    if let Some(lost) = lost {
        return lost;
    }
    if now_ms >= day.plan.exam_end_ms {
        return Next::OrderStop;
    }
    if let Some(check) = check(&view.point.checklists.main, day).filter(|_| now_ms < day.plan.exam_start_ms) {
        return check;
    }
    if let Some(start @ Next::StartRecording { .. }) = start(model, day) {
        return start;
    }
    match &day.code {
        Some(code) if !code.written => Next::WriteCode,
        _ => Next::Watch,
    }
}

/// What is still to be started: by a person, else by the timetable.
fn start(model: &Model, day: &Day) -> Option<Next> {
    let untouched = |camera: &&CameraInfo| {
        day.cameras
            .get(&camera.id)
            .is_some_and(|state| state.recording_since_ms.is_none() && state.state != CameraState::Stopped)
    };
    let waiting = || model.cameras().iter().filter(untouched);
    let by_hand = waiting().filter(|camera| model.starts_at(camera).is_none());
    let cameras: Vec<CameraId> = by_hand.map(|camera| camera.id.clone()).collect();
    if !cameras.is_empty() {
        return Some(Next::StartRecording { cameras });
    }
    let at_ms = waiting().filter_map(|camera| model.starts_at(camera)).min();
    at_ms.map(|at_ms| Next::StartsItself { at_ms })
}

/// What is left of the check; none once it was finished.
fn check(checklist: &Checklist, day: &Day) -> Option<Next> {
    let check = day.checks.get(&checklist.id);
    let until_ms = deadline_ms(checklist, check, day.plan.exam_start_ms);
    let Some(check) = check else {
        return Some(Next::StartCheck { steps: checklist.steps.len(), until_ms });
    };
    if check.finished_at_ms.is_some() {
        return None;
    }
    let (settled, steps) = progress(checklist, check);
    if settled == steps {
        Some(Next::FinishCheck)
    } else {
        Some(Next::ContinueCheck { settled, steps, until_ms })
    }
}
