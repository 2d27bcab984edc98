//! Requests for help: made, passed on when they are not for the technician, told of when they take too long,
//! resolved.

use serde::{Deserialize, Serialize};

use super::alarms::{AlarmKind, Severity, clear};
use super::shown::short;
use super::{Day, Reading};
use crate::journal::{Event, Record, RequestMade, SupportLine};
use crate::point::{PersonId, RoomNumber};

/// A day has fewer; no more are taken.
pub const MOST_REQUESTS: usize = 1_000;
/// How often a request is passed on; of more the last is kept.
const MOST_PASSED: usize = 16;
/// Resolved requests in a view, besides those that are open.
const SHOWN_RESOLVED: usize = 4;

/// The day's requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpRequests {
    /// In the order of their numbers. A view holds the open ones and the last of the others.
    pub list: Vec<HelpRequest>,
    /// Of how many.
    pub total: u32,
    pub open: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpRequest {
    pub request: u32,
    pub record: u64,
    pub made: Reading,
    pub by: Option<PersonId>,
    pub room: RoomNumber,
    pub category: String,
    pub text: String,
    pub due_ms: i64,
    pub head_due_ms: i64,
    /// Who works at it.
    pub line: SupportLine,
    /// Who was told that it takes too long.
    pub late: Option<SupportLine>,
    pub passed: Vec<Passed>,
    pub resolved: Option<Resolved>,
}

/// It went on to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    pub at_ms: i64,
    pub by: Option<PersonId>,
    pub to: SupportLine,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    pub at: Reading,
    pub by: Option<PersonId>,
    pub text: String,
}

impl HelpRequest {
    pub fn is_open(&self) -> bool {
        self.resolved.is_none()
    }

    /// From the request to its resolution, whatever was done to the wall clock within one run.
    pub fn took_ms(&self) -> Option<u64> {
        let (made, done) = (&self.made, &self.resolved.as_ref()?.at);
        if made.boot == done.boot {
            return Some(done.mono_ms.saturating_sub(made.mono_ms));
        }
        Some(u64::try_from(done.utc_ms.saturating_sub(made.utc_ms)).unwrap_or(0))
    }

    /// Who has to be told now that it takes too long, and was not yet.
    pub fn late_at(&self, now_ms: i64) -> Option<SupportLine> {
        let due = match now_ms {
            now_ms if now_ms >= self.head_due_ms => SupportLine::Head,
            now_ms if now_ms >= self.due_ms => SupportLine::Second,
            _ => return None,
        };
        (self.is_open() && self.late.is_none_or(|told| told < due)).then_some(due)
    }

    fn shown(&self) -> Self {
        let passed = self.passed.last().map(|last| Passed { reason: short(&last.reason), ..last.clone() });
        let resolved =
            self.resolved.as_ref().map(|done| Resolved { text: short(&done.text), ..done.clone() });
        Self { text: short(&self.text), passed: passed.into_iter().collect(), resolved, ..self.clone() }
    }
}

impl HelpRequests {
    pub fn open(&self) -> impl DoubleEndedIterator<Item = &HelpRequest> {
        self.list.iter().filter(|request| request.is_open())
    }

    /// With the oldest `most` of the open ones, and a few of the others.
    pub(super) fn shown(&self, most: usize) -> Self {
        let done = self.list.iter().rev().filter(|request| !request.is_open()).take(SHOWN_RESOLVED);
        let mut list: Vec<HelpRequest> = self.open().take(most).chain(done).map(HelpRequest::shown).collect();
        list.sort_by_key(|request| request.request);
        Self { list, ..*self }
    }
}

impl Day {
    /// Takes the records that tell of requests.
    pub(super) fn note_request(&mut self, record: &Record) {
        let at_ms = record.utc_ms;
        match &record.event {
            Event::RequestMade(made) => self.request_made(record, made),
            Event::RequestPassed(passed) => self.open_request(passed.request, |request| {
                request.line = passed.to;
                request.passed.truncate(MOST_PASSED - 1);
                let (to, reason) = (passed.to, passed.reason.clone());
                request.passed.push(Passed { at_ms, by: record.actor.person.clone(), to, reason });
            }),
            Event::RequestLate(late) => {
                let mut is_open = false;
                self.open_request(late.request, |request| {
                    is_open = true;
                    request.late = request.late.max(Some(late.to));
                });
                if is_open {
                    let severity = match late.to {
                        SupportLine::First | SupportLine::Second => Severity::Alarm,
                        SupportLine::Head => Severity::Head,
                    };
                    let id = alarm_id(late.request);
                    clear(&mut self.alarms, &id);
                    let kind = AlarmKind::RequestLate { request: late.request, to: late.to };
                    self.raise(&id, kind, severity, at_ms);
                }
            }
            Event::RequestResolved(resolved) => {
                self.open_request(resolved.request, |request| {
                    let (at, text) = (Reading::of(record), resolved.text.clone());
                    request.resolved = Some(Resolved { at, by: record.actor.person.clone(), text });
                });
                clear(&mut self.alarms, &alarm_id(resolved.request));
            }
            _ => return,
        }
        self.requests.open = u32::try_from(self.requests.open().count()).unwrap_or(u32::MAX);
    }

    fn request_made(&mut self, record: &Record, made: &RequestMade) {
        let requests = &mut self.requests;
        requests.total = requests.total.saturating_add(1);
        if requests.list.len() < MOST_REQUESTS {
            requests.list.push(HelpRequest {
                request: made.request,
                record: record.n,
                made: Reading::of(record),
                by: record.actor.person.clone(),
                room: made.room.clone(),
                category: made.category.clone(),
                text: made.text.clone(),
                due_ms: made.due_ms,
                head_due_ms: made.head_due_ms,
                line: SupportLine::First,
                late: None,
                passed: Vec::new(),
                resolved: None,
            });
        }
    }

    fn open_request(&mut self, request: u32, change: impl FnOnce(&mut HelpRequest)) {
        let open = |one: &&mut HelpRequest| one.request == request && one.is_open();
        if let Some(request) = self.requests.list.iter_mut().find(open) {
            change(request);
        }
    }
}

fn alarm_id(request: u32) -> String {
    format!("request-{request}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::shown::MOST_CHARS;
    use crate::day::trial::{Trial, trial_day};
    use crate::journal::{RequestLate, RequestPassed, RequestResolved};

    const MINUTE_MS: i64 = 60_000;

    fn made(request: u32, at_ms: i64) -> Event {
        Event::RequestMade(RequestMade {
            request,
            room: "0001".parse().unwrap(),
            category: "printer".into(),
            text: "\u{202b}🖨 нет бумаги ".repeat(20),
            due_ms: at_ms + 10 * MINUTE_MS,
            head_due_ms: at_ms + 20 * MINUTE_MS,
        })
    }

    fn late(request: u32, to: SupportLine) -> Event {
        Event::RequestLate(RequestLate { request, to })
    }

    fn resolved(request: u32) -> Event {
        Event::RequestResolved(RequestResolved { request, text: "бумага заложена".into() })
    }

    #[test]
    fn a_request_that_takes_too_long_is_told_of_to_more_and_more_until_it_is_resolved() {
        let mut trial = Trial::new(trial_day());
        trial.at(0, made(1, 0));
        let due = |trial: &Trial, minutes| trial.day.requests.list[0].late_at(minutes * MINUTE_MS);
        assert_eq!((due(&trial, 9), due(&trial, 10)), (None, Some(SupportLine::Second)));
        trial.at(10 * MINUTE_MS, late(1, SupportLine::Second));
        assert_eq!((due(&trial, 19), due(&trial, 20)), (None, Some(SupportLine::Head)));
        trial.day.alarms[0].acknowledged = true;
        trial.at(20 * MINUTE_MS, late(1, SupportLine::Head));
        let alarm = &trial.day.alarms[0];
        assert_eq!((trial.day.alarms.len(), alarm.severity, alarm.acknowledged), (1, Severity::Head, false));
        assert_eq!(due(&trial, 99), None, "everybody knows");
        trial.by("point-head", 25 * MINUTE_MS, resolved(1));
        assert_eq!((trial.day.alarms.len(), trial.day.requests.open), (0, 0));
        let request = &trial.day.requests.list[0];
        assert_eq!(request.took_ms(), Some(25 * 60_000));
        assert_eq!(due(&trial, 99), None);
    }

    #[test]
    fn it_is_passed_on_by_people_and_done_once() {
        let mut trial = Trial::new(trial_day());
        trial.at(0, made(1, 0));
        let passed =
            |to| Event::RequestPassed(RequestPassed { request: 1, to, reason: "нужен ключ".into() });
        trial.at(1, passed(SupportLine::Second));
        for _ in 0..100 {
            trial.at(2, passed(SupportLine::Head));
        }
        assert_eq!(trial.day.requests.list[0].line, SupportLine::Head);
        assert_eq!(trial.day.requests.list[0].passed.len(), MOST_PASSED);
        trial.at(3, resolved(1));
        trial.at(4, late(1, SupportLine::Head));
        trial.at(5, passed(SupportLine::First));
        let request = &trial.day.requests.list[0];
        assert_eq!((request.line, request.late), (SupportLine::Head, None), "what is done stays as it is");
        assert_eq!(trial.day.alarms, []);
    }

    #[test]
    fn a_view_holds_what_is_open_in_few_words() {
        let mut trial = Trial::new(trial_day());
        for request in 1..=60 {
            trial.at(0, made(request, 0));
        }
        (1..=40).for_each(|request| trial.at(1, resolved(request)));
        let shown = trial.day.shown().requests;
        assert_eq!((shown.total, shown.open, shown.list.len()), (60, 20, 12 + SHOWN_RESOLVED));
        assert!(shown.list.iter().all(|one| one.text.chars().count() <= MOST_CHARS + 1));
        let bytes = serde_json::to_vec(&shown).unwrap().len();
        assert!(bytes < 16_000, "{bytes}");
    }
}
