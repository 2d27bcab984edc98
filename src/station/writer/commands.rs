//! What each command does. Everything is checked here, whatever the client has checked before.

use std::collections::BTreeSet;

use super::super::handle::LineId;
use super::super::protocol::{Answer, Command, Request};
use super::super::wording;
use super::checks::Confirmation;
use super::clients::LooksAt;
use super::pictures::StillPurpose;
use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::day::rules::Action;
use crate::i18n::Message;
use crate::journal::{Event, RoomRange};
use crate::point::{CameraId, Right, RoomNumber};

/// Longest text a person may type into a record, in characters.
const MAX_TEXT_CHARS: usize = 2_000;

impl Writer {
    pub(super) fn command(&mut self, line: LineId, request: Request, now: Stamp) -> Result<Answer, Message> {
        let approval = request.approval.as_ref();
        match request.command {
            Command::SetPin { person, pin } => self.set_pin(approval, &person, &pin, now)?,
            Command::SignIn { person, pin } => self.sign_in(line, &person, &pin, now)?,
            Command::SignOut => self.sign_out(line, now),
            Command::People(command) => return self.people_command(line, approval, command, now),
            Command::PlanDay => {
                let actor = self.actor(line, approval, Right::Plan, now)?;
                self.plan_day(&actor, now)?;
            }
            Command::TakeOver { from, reason } => {
                self.actor(line, approval, Right::Start, now)?;
                let actor = self.actor(line, approval, Right::Plan, now)?;
                self.take_over(&from, needed(reason)?, actor, now)?;
            }
            Command::StartCheck { checklist } => {
                let known = self.checklist(&checklist)?.clone();
                let action = Action::StartCheck { checklist: &known };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                let event = Event::CheckStarted { checklist: checklist.clone(), version: known.version };
                self.record_check(&checklist, now, actor, event);
            }
            Command::RunStep { checklist, step } => {
                let action = Action::WorkOnStep { checklist: &checklist, step: &step };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                self.run_step(&checklist, &step, actor, now)?;
                return Ok(Answer::Begun);
            }
            Command::RunAutomatic { checklist } => {
                let first = self.checklist(&checklist)?.steps.first().map(|step| step.id.clone());
                let step = first.ok_or_else(|| Message::new("refused-unknown-step"))?;
                let action = Action::WorkOnStep { checklist: &checklist, step: &step };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                self.run_automatic(&checklist, &actor, now)?;
                return Ok(Answer::Begun);
            }
            Command::ConfirmStep { checklist, step, outcome, note } => {
                let action = Action::WorkOnStep { checklist: &checklist, step: &step };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                let (list, note) = (checklist.clone(), text(note)?);
                let said = Confirmation { checklist: list, step: step.clone(), outcome, note };
                let event = self.confirmation(said, &actor, now)?;
                self.record_check(&checklist, now, actor, event);
            }
            Command::CompareClock { checklist, step, reference } => {
                let action = Action::WorkOnStep { checklist: &checklist, step: &step };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                let event =
                    self.clock_compared((checklist.clone(), step.clone()), &reference, &actor, now)?;
                self.record_check(&checklist, now, actor, event);
            }
            Command::WaiveStep { checklist, step, reason } => {
                let action = Action::WaiveStep { checklist: &checklist, step: &step };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                self.may_waive(&checklist, &step, &actor)?;
                let (list, reason) = (checklist.clone(), needed(reason)?);
                let event = Event::StepWaived { checklist, step: step.clone(), reason };
                self.record_check(&list, now, actor, event);
            }
            Command::FinishCheck { checklist } => {
                let known = self.checklist(&checklist)?.clone();
                let action = Action::FinishCheck { checklist: &known };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                if checklist == self.config.checklists.main.id {
                    self.all_briefed(now)?;
                }
                let event = Event::CheckFinished { checklist: checklist.clone() };
                self.record_check(&checklist, now, actor, event);
            }
            Command::NameExam { date } => {
                let actor = self.actor(line, approval, Self::NAMES_EXAM, now)?;
                self.name_exam(date, actor, now)?;
            }
            Command::Briefings(command) => return self.briefings(line, approval, command, now),
            Command::Inventory(command) => return self.inventory(line, approval, command, now),
            Command::Papers(command) => return self.papers(line, approval, command, now),
            Command::Days(command) => return self.older_days(line, approval, command, now),
            Command::Profile(command) => return self.profile_command(line, approval, command, now),
            Command::Photos(command) => return self.photos_command(line, approval, command, now),
            Command::ApproveReference { camera } => {
                let actor = self.permit(line, approval, &Action::ApproveReference, now)?;
                self.take_still(&camera, StillPurpose::Reference, actor, now)?;
                return Ok(Answer::Begun);
            }
            Command::Reference { camera } => return self.last_reference(camera),
            Command::StartRecording { cameras } => {
                let actor = self.permit(line, approval, &Action::StartRecording, now)?;
                let cameras = self.cameras_named(cameras, false)?;
                if cameras.is_empty() {
                    return Err(Message::new("refused-already-recording"));
                }
                self.start_recording(cameras, actor, now)?;
            }
            Command::StopRecording { cameras, handover_done, reason } => {
                let action = Action::StopRecording { handover_done, reason: &reason };
                let actor = self.permit(line, approval, &action, now)?;
                let cameras = self.cameras_named(cameras, true)?;
                if cameras.is_empty() {
                    return Err(Message::new("refused-not-recording"));
                }
                let event =
                    Event::StopOrdered { cameras: cameras.clone(), handover_done, reason: text(reason)? };
                self.record(now, actor, event);
                self.stop_recording(&cameras, now);
                return Ok(Answer::Begun);
            }
            Command::ReplaceSource { camera, source, reason } => {
                let action = Action::ReplaceSource { camera: &camera, reason: &reason };
                let actor = self.permit(line, approval, &action, now)?;
                self.replace_source(camera, source, needed(reason)?, actor, now)?;
            }
            Command::OpenAccess { rooms, action, reason, time_from } => {
                let actor = self.permit(line, approval, &Action::OpenAccess, now)?;
                let approval = approval.ok_or_else(|| Message::new("refused-second-signer"))?;
                let signer = self.config.profile.person(&approval.person).map(|person| person.role);
                let may_sign = |role| self.config.profile.rights.allows(role, Right::SecondSign);
                if Some(&approval.person) == actor.person.as_ref() || !signer.is_some_and(may_sign) {
                    return Err(Message::new("refused-second-signer"));
                }
                let (Some(person), Some(second)) = (actor.person.clone(), actor.approved_by.clone()) else {
                    return Err(Message::new("refused-second-signer"));
                };
                self.check_rooms(&rooms)?;
                if !self.config.profile.access.actions.iter().any(|known| known.id == action) {
                    return Err(Message::new("refused-unknown-action"));
                }
                let (reason, time_from) = (needed(reason)?, clock_time(time_from)?);
                let access = self.day.as_ref().map_or(0, |day| day.day.accesses.len()) as u32 + 1;
                let event = Event::AccessOpened { access, person, second, rooms, action, reason, time_from };
                self.record(now, actor, event);
            }
            Command::CloseAccess { access, result, time_to } => {
                let actor = self.permit(line, approval, &Action::EndAccess { access }, now)?;
                let (result, time_to) = (needed(result)?, clock_time(time_to)?);
                self.record(now, actor, Event::AccessClosed { access, result, time_to });
            }
            Command::ExplainAccess { access, text } => {
                let actor = self.permit(line, approval, &Action::EndAccess { access }, now)?;
                let text = needed(text)?;
                self.record(now, actor, Event::AccessExplained { access, text });
            }
            Command::Correct { record, text, reason } => {
                let action = Action::Correct { record, reason: &reason };
                let actor = self.permit(line, approval, &action, now)?;
                let (text, reason) = (needed(text)?, needed(reason)?);
                self.record(now, actor, Event::Corrected { record, text, reason });
            }
            Command::CodeWritten { code } => {
                let actor = self.permit(line, approval, &Action::WriteCode, now)?;
                let shown = self.day.as_ref().and_then(|day| day.day.code.as_ref());
                if shown.is_none_or(|shown| shown.code != code) {
                    return Err(Message::new("refused-other-code"));
                }
                self.record(now, actor, Event::CodeWritten { code });
            }
            Command::ExplainOutages { records, text } => {
                let actor =
                    self.permit(line, approval, &Action::ExplainOutages { records: &records }, now)?;
                let text = needed(text)?;
                let records = records.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
                self.record(now, actor, Event::OutageExplained { records, text });
            }
            Command::Accesses { from, count } => return self.accesses(from, count),
            Command::Cabinet(command) => self.cabinet_command(line, approval, command, now)?,
            Command::Requests(command) => return self.requests_command(line, approval, command, now),
            Command::Incidents(command) => return self.incidents_command(line, approval, command, now),
            Command::Alarms { from, count } => return self.alarms(from, count),
            Command::AcknowledgeAlarm { alarm } => {
                let actor = self.actor(line, approval, Right::Check, now)?;
                let day = self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?;
                if !day.day.alarms.iter().any(|standing| standing.id == alarm) {
                    return Err(Message::new("refused-no-alarm"));
                }
                self.record(now, actor, Event::AlarmAcknowledged { alarm });
            }
            Command::Seal => {
                // What failed after the day's last record, on a full disk say, is only taken up again.
                let actor = match self.day.as_ref().is_some_and(OpenDay::waits_for_packing) {
                    true => self.actor(line, approval, Right::Seal, now)?,
                    false => self.permit(line, approval, &Action::Seal, now)?,
                };
                self.seal(actor)?;
                return Ok(Answer::Begun);
            }
            Command::CopyTo { target } => {
                self.actor(line, approval, Right::Seal, now)?;
                self.copy_to(&target)?;
                return Ok(Answer::Begun);
            }
            Command::CancelCopy { target } => {
                self.actor(line, approval, Right::Seal, now)?;
                self.cancel_copy(&target);
            }
            Command::BackUp => {
                self.actor(line, approval, Right::Seal, now)?;
                self.back_up(now);
                return Ok(Answer::Begun);
            }
            Command::HandOver { reason } => {
                let actor = self.actor(line, approval, Right::Seal, now)?;
                self.hand_over(actor, text(reason)?, now)?;
            }
            Command::Countersign { role, file, passphrase } => {
                let actor = self.actor(line, approval, Right::Seal, now)?;
                self.countersign(role, &file, &passphrase, actor, now)?;
            }
            Command::Evidence(command) => return self.evidence(line, command, now),
            Command::Records { from, count } => return self.records(from, count),
            Command::Watch { cameras, width, enlarged } => {
                if let Some(client) = self.clients.get_mut(&line) {
                    client.looks_at = LooksAt { cameras, width: width.clamp(64, 1920), enlarged };
                }
                self.watch_changed();
            }
            Command::Shutdown => {
                // Whoever is nobody here has to be the computer's user, who may end any program of theirs.
                if self.signed_in(line).is_ok() {
                    self.actor(line, approval, Right::Plan, now)?;
                }
                if self.day.as_ref().is_some_and(|day| day.day.recording().next().is_some()) {
                    return Err(Message::new("refused-recording"));
                }
                self.ending = true;
            }
        }
        Ok(Answer::Done)
    }

    /// These cameras, or all that record (`recording`) or don't when none is named.
    fn cameras_named(&self, named: Vec<CameraId>, recording: bool) -> Result<Vec<CameraId>, Message> {
        let day = &self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?.day;
        let fits = |id: &CameraId| {
            day.cameras.get(id).is_some_and(|camera| camera.recording_since_ms.is_some() == recording)
        };
        if let Some(unknown) = named.iter().find(|id| !day.cameras.contains_key(*id)) {
            return Err(Message::new("refused-unknown-camera").with("camera", unknown.as_str()));
        }
        let all = || day.cameras.keys().cloned().collect();
        let mut cameras: Vec<CameraId> = if named.is_empty() { all() } else { named };
        cameras.retain(fits);
        cameras.sort();
        cameras.dedup();
        Ok(cameras)
    }

    fn check_rooms(&self, rooms: &RoomRange) -> Result<(), Message> {
        let known = |number: &RoomNumber| self.config.profile.rooms.iter().any(|room| room.number == *number);
        if !known(&rooms.first) || !known(&rooms.last) || rooms.first > rooms.last {
            return Err(Message::new("refused-rooms"));
        }
        Ok(())
    }

    fn records(&mut self, from: u64, count: u32) -> Result<Answer, Message> {
        let day = self.day.as_mut().ok_or_else(|| Message::new("refused-no-day"))?;
        let records = day.lines(from, count.min(500)).map_err(|error| {
            tracing::error!(%error, "journal can't be read");
            Message::new("station-journal").with("folder", "").with("detail", error.to_string())
        })?;
        let records = records.iter().map(wording::record_line).collect();
        Ok(Answer::Records { total: day.day.records, records })
    }
}

pub(super) fn text(text: String) -> Result<String, Message> {
    if text.chars().count() > MAX_TEXT_CHARS {
        return Err(Message::new("refused-long-text").with("max", MAX_TEXT_CHARS));
    }
    // It is shown in windows and terminals for years: one line, and nothing but characters.
    Ok(text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect())
}

pub(super) fn needed(typed: String) -> Result<String, Message> {
    match text(typed)? {
        text if text.is_empty() => Err(Message::new("refused-empty-text")),
        text => Ok(text),
    }
}

/// `HH:MM`, as the form has it.
fn clock_time(typed: String) -> Result<String, Message> {
    match chrono::NaiveTime::parse_from_str(typed.trim(), "%H:%M") {
        Ok(time) => Ok(time.format("%H:%M").to_string()),
        Err(_) => Err(Message::new("refused-time")),
    }
}
