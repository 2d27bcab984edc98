//! Steps of a check: run beside the station's thread, recorded when their result is in.

use std::sync::Arc;
use std::thread;

use super::super::{Inbox, trials};
use super::Writer;
use crate::checklist::{CheckKind, Checklist, Step, StepKind};
use crate::checks::{self, CheckContext, CheckResult};
use crate::clock::Stamp;
use crate::day::StepState;
use crate::i18n::Message;
use crate::journal::{Actor, Event, Outcome};
use crate::point::{ChecklistId, StepId};

/// An automatic step came to its end.
pub(in super::super) struct StepRan {
    checklist: ChecklistId,
    step: StepId,
    actor: Actor,
    result: CheckResult,
    /// The step is for both: a person has to confirm it.
    needs_person: bool,
}

impl Writer {
    pub(super) fn checklist(&self, id: &ChecklistId) -> Result<&Checklist, Message> {
        self.config.checklists.get(id).ok_or_else(|| Message::new("refused-unknown-step"))
    }

    fn step(&self, checklist: &ChecklistId, step: &StepId) -> Result<&Step, Message> {
        self.checklist(checklist)?.step(step).ok_or_else(|| Message::new("refused-unknown-step"))
    }

    /// What a person's word becomes. A step that runs by itself takes none; the manual half of a
    /// step for both counts only after the automatic one passed.
    pub(super) fn confirmation(
        &self,
        checklist: ChecklistId,
        step: StepId,
        outcome: Outcome,
        note: String,
    ) -> Result<Event, Message> {
        let known = self.step(&checklist, &step)?;
        let done = self.day.as_ref().and_then(|day| day.day.checks.get(&checklist)?.steps.get(&step));
        match known.kind {
            StepKind::Manual => {}
            StepKind::Automatic => return Err(Message::new("refused-step-is-automatic")),
            StepKind::Both => {
                let ready = |state: &StepState| {
                    matches!(state, StepState::AwaitsConfirmation | StepState::Done(Outcome::Passed))
                };
                if outcome == Outcome::Passed && !done.is_some_and(|done| ready(&done.state)) {
                    return Err(Message::new("refused-run-first"));
                }
            }
        }
        Ok(Event::StepRecorded {
            checklist,
            step,
            outcome,
            confirmed: true,
            finding: None,
            evidence: Vec::new(),
            note,
        })
    }

    pub(super) fn run_step(
        &mut self,
        checklist: &ChecklistId,
        step: &StepId,
        actor: Actor,
    ) -> Result<(), Message> {
        let known = self.step(checklist, step)?;
        let kind = known.check.ok_or_else(|| Message::new("refused-step-is-manual"))?;
        let needs_person = known.kind == StepKind::Both;
        let running = (checklist.clone(), step.clone());
        if !self.live.running_steps.insert(running.clone()) {
            return Err(Message::new("refused-step-runs"));
        }
        let (checklist, step) = running.clone();
        let inbox = self.inbox.clone();
        let work = self.check_work(kind);
        let ran = move || {
            let result = work();
            let _ = inbox.send(Inbox::Step(StepRan { checklist, step, actor, result, needs_person }));
        };
        thread::Builder::new().name("check".into()).spawn(ran).map(|_| ()).map_err(|error| {
            self.live.running_steps.remove(&running);
            Message::new("station-thread").with("detail", error.to_string())
        })
    }

    /// Everything the check needs, taken along to its thread.
    fn check_work(&mut self, kind: CheckKind) -> Box<dyn FnOnce() -> CheckResult + Send> {
        if kind == CheckKind::Cameras {
            return self.trial_work();
        }
        if kind == CheckKind::References {
            let result = self.references_approved();
            return Box::new(move || result);
        }
        let needed_bytes = self.needed_bytes(self.config.clock.now());
        let clock = Arc::clone(&self.config.clock);
        let context = CheckContext {
            target: self.live.targets.first().map(|target| target.path.clone().into()),
            ..CheckContext::new(&self.config.profile, self.data().root(), needed_bytes, clock)
        };
        Box::new(move || checks::run(kind, &context))
    }

    /// Cameras that don't record are let go first, so that the trial can open them.
    fn trial_work(&mut self) -> Box<dyn FnOnce() -> CheckResult + Send> {
        let mut candidates = Vec::new();
        let mut released = Vec::new();
        for camera in self.cameras() {
            if self.is_recording(&camera.id) {
                let status = self.recorders.get(&camera.id).map(|recorder| recorder.status());
                candidates.push(trials::Candidate::Recording { camera, status });
            } else {
                released.extend(self.recorders.remove(&camera.id));
                candidates.push(trials::Candidate::Free(camera));
            }
        }
        let folder = match &self.day {
            Some(day) => day.folder.trials(),
            None => self.data().root().join("trials"),
        };
        let opener = self.config.open_camera.clone();
        let clock = Arc::clone(&self.config.clock);
        let length_ms = self.config.pace.trial_ms;
        Box::new(move || {
            drop(released);
            trials::run(&candidates, &folder, &opener, &clock, length_ms)
        })
    }

    pub(super) fn step_ran(&mut self, ran: StepRan, now: Stamp) {
        self.live.running_steps.remove(&(ran.checklist.clone(), ran.step.clone()));
        let event = Event::StepRecorded {
            checklist: ran.checklist,
            step: ran.step,
            outcome: ran.result.outcome,
            confirmed: !ran.needs_person,
            finding: Some(ran.result.finding),
            evidence: ran.result.evidence,
            note: String::new(),
        };
        self.record(now, ran.actor, event);
        self.watch_changed();
    }
}
