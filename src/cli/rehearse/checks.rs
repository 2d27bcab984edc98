//! The checklists of a rehearsed day: the program does what it can, a person who finds all well says the rest,
//! and what fails is let stand.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Rehearsal;
use crate::checklist::{CheckKind, Checklist, Photo, Step, StepKind};
use crate::day::{CheckDay, StepState};
use crate::i18n::Message;
use crate::journal::Outcome;
use crate::point::{ChecklistId, Right, StepId};
use crate::station::protocol::{Command, PhotosCommand, View};

/// No check takes longer.
const LONGEST: Duration = Duration::from_secs(660);
const PICTURE: Duration = Duration::from_secs(30);

impl Rehearsal<'_> {
    /// What the rehearsed exam is prepared by, if that is wanted.
    pub(super) fn before_the_day(&mut self) -> anyhow::Result<()> {
        if !self.all_checklists {
            return Ok(());
        }
        let offset_ms = i64::from(self.view()?.point.offset_min) * 60_000;
        let now = chrono::DateTime::from_timestamp_millis(self.clock.now().utc_ms + offset_ms);
        let date = now.unwrap_or_default().date_naive();
        self.ask_as(Right::Plan, Command::NameExam { date })?;
        self.around("prepare")
    }

    /// Before the recording: the opening of the staff room, then the check that every day has.
    pub(super) fn main_check(&mut self) -> anyhow::Result<()> {
        self.of_the_day("open", When::BeforeMain)?;
        let main = self.view()?.point.checklists.main.clone();
        self.go_through("check", &main)
    }

    /// While it records: the last look before the participants, a round.
    pub(super) fn during_the_exam(&mut self) -> anyhow::Result<()> {
        self.of_the_day("exam", When::Exam)
    }

    /// Recording was stopped, and nothing is sealed yet.
    pub(super) fn end_of_the_exam(&mut self) -> anyhow::Result<()> {
        self.of_the_day("end", When::End)
    }

    /// What follows the sealed day.
    pub(super) fn after_the_day(&mut self) -> anyhow::Result<()> {
        if self.all_checklists { self.around("close") } else { Ok(()) }
    }

    fn around(&mut self, phase: &'static str) -> anyhow::Result<()> {
        let lists: Vec<Checklist> = self.view()?.lists_around().into_iter().cloned().collect();
        lists.iter().try_for_each(|list| self.go_through(phase, list))
    }

    fn of_the_day(&mut self, phase: &'static str, when: When) -> anyhow::Result<()> {
        if !self.all_checklists {
            return Ok(());
        }
        let lists = self.view()?.point.checklists.clone();
        let main = first_minute(&lists.main);
        let wanted = lists.all().into_iter().filter(|list| list.id != lists.main.id);
        wanted.filter(|list| when_of(list, main) == when).try_for_each(|list| self.go_through(phase, list))
    }

    fn go_through(&mut self, phase: &'static str, list: &Checklist) -> anyhow::Result<()> {
        let checklist = list.id.clone();
        self.ask(Command::StartCheck { checklist: checklist.clone() })?;
        for step in &list.steps {
            self.step(&checklist, step)?;
        }
        self.ask(Command::FinishCheck { checklist: checklist.clone() })?;
        let is_waived = |step: &StepState| matches!(step, StepState::Waived { .. });
        let check = checks(self.view()?).and_then(|checks| checks.get(&checklist));
        let waived =
            check.map_or(0, |check| check.steps.values().filter(|step| is_waived(&step.state)).count());
        let message =
            Message::new("cli-rehearse-check").with("steps", list.steps.len()).with("waived", waived);
        self.tell(phase, message.with("list", list.name.get(self.context.texts.language())))
    }

    fn step(&mut self, checklist: &ChecklistId, step: &Step) -> anyhow::Result<()> {
        let (checklist, id) = (checklist.clone(), step.id.clone());
        if step.check == Some(CheckKind::References) {
            self.approve_references()?;
        }
        if step.kind != StepKind::Manual {
            self.ask(Command::RunStep { checklist: checklist.clone(), step: id.clone() })?;
            let runs = (checklist.clone(), id.clone());
            let ran = |view: &View| {
                !view.live.running_steps.contains(&runs) && step_state(view, &runs.0, &id).is_some()
            };
            self.station.wait_for(LONGEST, ran)?;
        }
        let awaits = match step_state(self.view()?, &checklist, &id) {
            None | Some(StepState::AwaitsConfirmation) => true,
            Some(_) => false,
        };
        if awaits {
            if step.rules.photo == Some(Photo::Required) {
                self.photograph(&checklist, &id)?;
            }
            let note = match step.rules.note {
                true => self.context.texts.text("cli-rehearse-note"),
                false => String::new(),
            };
            let (checklist, step_id, outcome) = (checklist.clone(), id.clone(), Outcome::Passed);
            let confirm = Command::ConfirmStep { checklist, step: step_id, outcome, note };
            match step.rules.two_persons {
                true => self.ask_as(Right::SecondSign, confirm)?,
                false => self.ask(confirm)?,
            }
        }
        let settled = step_state(self.view()?, &checklist, &id).is_some_and(StepState::is_settled);
        if !settled {
            let reason = self.context.texts.text("cli-rehearse-waive-reason");
            self.ask_as(Right::Waive, Command::WaiveStep { checklist, step: id, reason })?;
        }
        Ok(())
    }

    /// What each camera shows is how it should; one that gives no picture in time is the check's to tell.
    fn approve_references(&mut self) -> anyhow::Result<()> {
        for camera in self.profile.cameras.iter().map(|camera| camera.id.clone()) {
            self.ask(Command::ApproveReference { camera })?;
        }
        self.station.wait_for(PICTURE, |view| view.live.references.is_empty())?;
        Ok(())
    }

    /// The first camera's picture serves; one that gives none in time is the confirmation's to tell.
    fn photograph(&mut self, checklist: &ChecklistId, step: &StepId) -> anyhow::Result<()> {
        let (checklist, step, camera) = (checklist.clone(), step.clone(), self.profile.cameras[0].id.clone());
        self.ask(Command::Photos(PhotosCommand::Take { checklist, step, camera }))?;
        self.station.wait_for(PICTURE, |view| view.live.references.is_empty())?;
        Ok(())
    }
}

/// When in the exam day a list is gone through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    BeforeMain,
    Exam,
    End,
}

fn when_of(list: &Checklist, main_minutes: i32) -> When {
    match first_minute(list) {
        before if before < main_minutes => When::BeforeMain,
        before if before <= 0 => When::Exam,
        // A round begins with the exam.
        _ if list.every_minutes.is_some() => When::Exam,
        _ => When::End,
    }
}

/// Minutes from the exam's start until the first of its steps is due.
fn first_minute(list: &Checklist) -> i32 {
    list.steps.iter().map(|step| step.deadline_minutes).min().unwrap_or_default()
}

/// Those of the exam day, or of the days before or after it.
fn checks(view: &View) -> Option<&BTreeMap<ChecklistId, CheckDay>> {
    match &view.around {
        Some(around) => Some(&around.checks),
        None => view.day.as_ref().map(|day| &day.checks),
    }
}

fn step_state<'a>(view: &'a View, checklist: &ChecklistId, step: &StepId) -> Option<&'a StepState> {
    checks(view)?.get(checklist)?.steps.get(step).map(|step| &step.state)
}
