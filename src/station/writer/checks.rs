//! Steps of a check: run beside the station's thread, recorded when their result is in.

use std::collections::VecDeque;
use std::sync::Arc;
use std::thread;

use super::super::{Inbox, trials};
use super::Writer;
use crate::checklist::{CheckKind, Checklist, Photo, Step, StepKind};
use crate::checks::{self, CheckContext, CheckResult};
use crate::clock::Stamp;
use crate::day::StepState;
use crate::i18n::Message;
use crate::journal::{Actor, Event, Outcome};
use crate::point::{ChecklistId, PersonId, Right, StepId};

/// An automatic step came to its end.
pub(in super::super) struct StepRan {
    checklist: ChecklistId,
    step: StepId,
    actor: Actor,
    result: CheckResult,
    /// The step is for both: a person has to confirm it.
    needs_person: bool,
}

/// Automatic steps of one list that are run one after another.
#[derive(Default)]
pub(super) struct WaitingSteps {
    steps: VecDeque<(ChecklistId, StepId, Actor)>,
    /// The one that runs now; the next follows it.
    running: Option<(ChecklistId, StepId)>,
}

/// What a person says of a step.
pub(super) struct Confirmation {
    pub checklist: ChecklistId,
    pub step: StepId,
    pub outcome: Outcome,
    pub note: String,
}

impl Writer {
    /// As it applies to this point.
    pub(super) fn checklist(&self, id: &ChecklistId) -> Result<&Checklist, Message> {
        self.spread.get(id).ok_or_else(|| Message::new("refused-unknown-step"))
    }

    pub(super) fn step(&self, checklist: &ChecklistId, step: &StepId) -> Result<&Step, Message> {
        self.checklist(checklist)?.step(step).ok_or_else(|| Message::new("refused-unknown-step"))
    }

    /// What a person's word becomes. A step that runs by itself takes none; the manual half of a
    /// step for both counts only after the automatic one passed; what two have to confirm counts with both.
    pub(super) fn confirmation(
        &self,
        said: Confirmation,
        actor: &Actor,
        now: Stamp,
    ) -> Result<Event, Message> {
        let Confirmation { checklist, step, outcome, note } = said;
        let known = self.step(&checklist, &step)?;
        let passed = outcome == Outcome::Passed;
        match known.kind {
            StepKind::Manual => {}
            StepKind::Automatic => return Err(Message::new("refused-step-is-automatic")),
            StepKind::Both => {
                let ready = |state: &StepState| {
                    matches!(state, StepState::AwaitsConfirmation | StepState::Done(Outcome::Passed))
                };
                let check = self.check_of(&checklist, now);
                let done = check.as_ref().and_then(|check| check.steps.get(&step));
                if passed && !done.is_some_and(|done| ready(&done.state)) {
                    return Err(Message::new("refused-run-first"));
                }
            }
        }
        if passed && known.rules.two_persons && !self.signs_second(actor) {
            return Err(Message::new("refused-second-person"));
        }
        if passed && known.rules.note && note.is_empty() {
            return Err(Message::new("refused-note-needed"));
        }
        if passed && known.rules.photo == Some(Photo::Required) {
            let check = self.check_of(&checklist, now);
            if !check.is_some_and(|check| check.photos.contains_key(&step)) {
                return Err(Message::new("refused-photo-needed"));
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

    /// Somebody else consented who may sign as the second.
    pub(super) fn signs_second(&self, actor: &Actor) -> bool {
        let Some(second) = actor.approved_by.as_ref().filter(|second| Some(*second) != actor.person.as_ref())
        else {
            return false;
        };
        let profile = &self.config.profile;
        profile.person(second).is_some_and(|person| profile.rights.allows(person.role, Right::SecondSign))
    }

    /// Whether the step leaves it to these persons to let it stand; both have their rights already.
    pub(super) fn may_waive(&self, list: &ChecklistId, step: &StepId, actor: &Actor) -> Result<(), Message> {
        let roles = &self.step(list, step)?.rules.waive;
        let profile = &self.config.profile;
        let named = |id: &PersonId| profile.person(id).is_some_and(|person| roles.contains(&person.role));
        let (person, second) = (actor.person.iter(), actor.approved_by.iter());
        if roles.is_empty() || person.chain(second).any(named) {
            return Ok(());
        }
        // Without a consent it is asked for, as where a right is lacking.
        Err(match actor.approved_by {
            None => Message::new("refused-right").with("right", Right::Waive.name()),
            Some(_) => Message::new("refused-waive-role"),
        })
    }

    /// What a person reads off a reference clock, compared with this computer's at `now`.
    pub(super) fn clock_compared(
        &self,
        (checklist, step): (ChecklistId, StepId),
        reference: &str,
        actor: &Actor,
        now: Stamp,
    ) -> Result<Event, Message> {
        if self.step(&checklist, &step)?.check != Some(CheckKind::Clock) {
            return Err(Message::new("refused-unknown-step"));
        }
        let profile = &self.config.profile;
        let result = checks::compare_clock(reference, now.utc_ms, profile.time_zone, &profile.checks.clock)?;
        let note = String::new();
        let said = Confirmation { checklist, step, outcome: result.outcome, note };
        let mut event = self.confirmation(said, actor, now)?;
        if let Event::StepRecorded { finding, evidence, .. } = &mut event {
            (*finding, *evidence) = (Some(result.finding), result.evidence);
        }
        Ok(event)
    }

    pub(super) fn run_step(
        &mut self,
        checklist: &ChecklistId,
        step: &StepId,
        actor: Actor,
        now: Stamp,
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
        let needed_bytes = self.check_needs_bytes(&checklist, now);
        let work = self.check_work(kind, needed_bytes);
        let ran = move || {
            let result = work();
            let _ = inbox.send(Inbox::Step(StepRan { checklist, step, actor, result, needs_person }));
        };
        thread::Builder::new().name("check".into()).spawn(ran).map(|_| ()).map_err(|error| {
            self.live.running_steps.remove(&running);
            Message::new("station-thread").with("detail", error.to_string())
        })
    }

    /// Runs what is automatic and neither passed nor let stand. One at a time: what one check measures is
    /// not to be another's doing.
    pub(super) fn run_automatic(
        &mut self,
        checklist: &ChecklistId,
        actor: &Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        if self.live.waiting_steps.running.is_some() {
            return Err(Message::new("refused-step-runs"));
        }
        let check = self.check_of(checklist, now);
        let is_open = |step: &&Step| {
            let state = check.as_ref().and_then(|check| check.steps.get(&step.id)).map(|done| &done.state);
            let awaits = state == Some(&StepState::AwaitsConfirmation);
            step.check.is_some() && !awaits && !state.is_some_and(StepState::is_settled)
        };
        let steps = self.checklist(checklist)?.steps.iter().filter(is_open).map(|step| step.id.clone());
        let steps: VecDeque<_> = steps.map(|step| (checklist.clone(), step, actor.clone())).collect();
        if steps.is_empty() {
            return Err(Message::new("refused-nothing-automatic"));
        }
        self.live.waiting_steps.steps = steps;
        self.run_waiting(now);
        Ok(())
    }

    /// The next one that can be run. A list that was finished meanwhile wants no more.
    fn run_waiting(&mut self, now: Stamp) {
        self.live.waiting_steps.running = None;
        while let Some((checklist, step, actor)) = self.live.waiting_steps.steps.pop_front() {
            if self.check_of(&checklist, now).is_none_or(|check| check.finished_at_ms.is_some()) {
                self.live.waiting_steps.steps.clear();
                return;
            }
            // One that somebody runs by itself right now is left to them.
            if self.run_step(&checklist, &step, actor, now).is_ok() {
                self.live.waiting_steps.running = Some((checklist, step));
                return;
            }
        }
    }

    /// Everything the check needs, taken along to its thread.
    fn check_work(&mut self, kind: CheckKind, needed_bytes: u64) -> Box<dyn FnOnce() -> CheckResult + Send> {
        if kind == CheckKind::Cameras {
            return self.trial_work();
        }
        if kind == CheckKind::References {
            let result = self.references_approved();
            return Box::new(move || result);
        }
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
        let ended = (ran.checklist.clone(), ran.step.clone());
        self.live.running_steps.remove(&ended);
        let event = Event::StepRecorded {
            checklist: ran.checklist,
            step: ran.step,
            outcome: ran.result.outcome,
            confirmed: !ran.needs_person,
            finding: Some(ran.result.finding),
            evidence: ran.result.evidence,
            note: String::new(),
        };
        self.record_check(&ended.0, now, ran.actor, event);
        if self.live.waiting_steps.running.as_ref() == Some(&ended) {
            self.run_waiting(now);
        }
        self.watch_changed();
    }
}
