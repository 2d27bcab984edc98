//! Explanatory notes: for every failure what the journal knows of it, with the words of whoever wrote about it.

use serde::Serialize;

use super::super::wording::describe;
use super::{DayLogs, Written};
use crate::day::{HelpRequest, Incident, Outage, StepDay, StepState};
use crate::i18n::Message;
use crate::journal::{Event, Outcome, RequestMade};
use crate::point::{ChecklistId, StepId};

/// A note as far as it can be filled in. Times are the point's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteRecord {
    /// Counts the day's notes from 1.
    pub number: usize,
    pub region: String,
    pub point: String,
    pub point_name: String,
    pub day: String,
    pub about: Failure,
    /// The journal's record that told of it; a step's has none of its own.
    pub record: Option<u64>,
    /// Room and camera, as far as it has any.
    pub place: String,
    pub from: String,
    /// None if it lasts.
    pub to: Option<String>,
    pub lasted_ms: Option<u64>,
    pub what: Message,
    /// What a person wrote: why it was, and what was done.
    pub written: Option<Written>,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    Outage,
    Equipment,
    Request,
    Check,
}

impl Failure {
    /// The selector that texts choose it by.
    pub fn id(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Equipment => "equipment",
            Self::Request => "request",
            Self::Check => "check",
        }
    }
}

impl DayLogs<'_> {
    /// Of every outage, of what happened to the computer without an access, of every request that took too
    /// long, and of every step that did not come out as it should; the oldest first.
    pub fn notes(&self) -> Vec<NoteRecord> {
        let mut notes: Vec<(i64, NoteRecord)> = Vec::new();
        notes.extend(self.day.outages.iter().map(|outage| (outage.from_ms, self.of_outage(outage))));
        let incidents = self.day.incidents.list.iter().filter(|incident| incident.access.is_none());
        notes.extend(incidents.map(|incident| (incident.from_ms, self.of_incident(incident))));
        let late = self.day.requests.list.iter().filter(|request| request.late.is_some());
        notes.extend(late.map(|request| (request.made.utc_ms, self.of_request(request))));
        for (checklist, check) in &self.day.checks {
            for (step, done) in &check.steps {
                notes.extend(self.of_step(checklist, step, done).map(|note| (done.at_ms, note)));
            }
        }
        notes.sort_by_key(|(from_ms, _)| *from_ms);
        let numbered = notes.into_iter().zip(1..);
        numbered.map(|((_, note), number)| NoteRecord { number, ..note }).collect()
    }

    fn of_outage(&self, outage: &Outage) -> NoteRecord {
        let camera = self.document.cameras.iter().find(|camera| camera.id == outage.camera);
        let name = camera.map_or_else(|| outage.camera.to_string(), |camera| camera.name.clone());
        let room = camera.map(|camera| format!("{}, ", camera.room)).unwrap_or_default();
        NoteRecord {
            record: Some(outage.record),
            place: format!("{room}{name}"),
            to: outage.to_ms.map(|to_ms| self.time(to_ms)),
            lasted_ms: outage.to_ms.map(|to_ms| outage.lost_ms(to_ms)),
            written: outage.explained.as_ref().map(|explained| self.written(explained)),
            ..self.note(Failure::Outage, outage.from_ms, outage.cause.clone().with("camera", name))
        }
    }

    fn of_incident(&self, incident: &Incident) -> NoteRecord {
        NoteRecord {
            record: Some(incident.record),
            to: Some(self.time(incident.to_ms)),
            written: incident.explained.as_ref().map(|explained| self.written(explained)),
            ..self.note(Failure::Equipment, incident.from_ms, describe(&incident.what.event()).1)
        }
    }

    fn of_request(&self, request: &HelpRequest) -> NoteRecord {
        let made = Event::RequestMade(RequestMade {
            request: request.request,
            room: request.room.clone(),
            category: request.category.clone(),
            text: request.text.clone(),
            due_ms: request.due_ms,
            head_due_ms: request.head_due_ms,
        });
        let done = request.resolved.as_ref();
        NoteRecord {
            record: Some(request.record),
            place: format!("{} {}", request.room, self.room_name(&request.room)).trim().to_owned(),
            to: done.map(|done| self.time(done.at.utc_ms)),
            lasted_ms: request.took_ms(),
            written: done.map(|done| Written {
                text: done.text.clone(),
                by: done.by.as_ref().map(|by| self.person(by)),
                at: self.time(done.at.utc_ms),
            }),
            ..self.note(Failure::Request, request.made.utc_ms, describe(&made).1)
        }
    }

    /// None of a step that passed.
    fn of_step(&self, checklist: &ChecklistId, step: &StepId, done: &StepDay) -> Option<NoteRecord> {
        let (by, text) = match &done.state {
            StepState::Done(Outcome::Failed | Outcome::Unknown) => (&done.by, &done.note),
            StepState::Waived { by, reason } => (by, reason),
            StepState::Done(Outcome::Passed) | StepState::AwaitsConfirmation => return None,
        };
        let what =
            done.finding.clone().unwrap_or_else(|| Message::new("note-step").with("step", step.as_str()));
        let written = Written {
            text: text.clone(),
            by: by.as_ref().map(|by| self.person(by)),
            at: self.time(done.at_ms),
        };
        Some(NoteRecord {
            place: format!("{checklist}: {step}"),
            written: (!text.is_empty()).then_some(written),
            ..self.note(Failure::Check, done.at_ms, what)
        })
    }

    fn note(&self, about: Failure, from_ms: i64, what: Message) -> NoteRecord {
        NoteRecord {
            number: 0,
            region: self.document.region.to_string(),
            point: self.document.point.to_string(),
            point_name: self.document.point_name.clone(),
            day: self.document.day.to_string(),
            about,
            record: None,
            place: String::new(),
            from: self.time(from_ms),
            to: None,
            lasted_ms: None,
            what,
            written: None,
        }
    }
}
