//! Checklists of the days before and after an exam: no exam day is open, so they stand in the point's
//! journal, with the exam that they are for.

use chrono::{Days, NaiveDate};

use super::super::handle::LineId;
use super::super::protocol::{Approval, Around, ExamAhead};
use super::super::wording;
use super::{OpenDay, Writer};
use crate::checklist::{Checklist, Span};
use crate::clock::Stamp;
use crate::day::CheckDay;
use crate::day::rules::{self, Action};
use crate::i18n::Message;
use crate::journal::{Actor, Event, ExamNamed};
use crate::point::{ChecklistId, Right};

/// Nobody prepares an exam that is further away, in days.
const MOST_DAYS_AHEAD: i64 = 400;
/// What follows an exam is done within as many days: no checklist can give it more time.
const MOST_DAYS_AFTER: u64 = 7;

impl Writer {
    /// Which exam is prepared, or gone over, now; none while an exam day is open, or while nobody said
    /// when the next exam is.
    fn exam_at_hand(&self, now: Stamp) -> Option<(NaiveDate, Span)> {
        let today = self.date(now);
        let named = self.past.preparation.exam().filter(|exam| *exam >= today);
        let after = |id: &ChecklistId| self.spread.get(id).is_some_and(|list| list.span == Span::AfterDay);
        let over = match &self.day {
            Some(day) if day.is_open() => return None,
            Some(day) => Some(day.day.plan.date),
            None => self.past.preparation.unfinished(today, after).max(self.sealed_lately(today)),
        };
        let next_begun = |over: NaiveDate| named.is_some_and(|named| named > over);
        if let Some(over) = over
            && !next_begun(over)
            && (over >= today || !self.is_gone_over(over))
        {
            return Some((over, Span::AfterDay));
        }
        let planned = || self.config.profile.timetable.exams.iter().copied().find(|exam| *exam >= today);
        named.or_else(planned).map(|exam| (exam, Span::BeforeDay))
    }

    /// The newest exam before that day which was sealed here, and whose closing is not long overdue.
    fn sealed_lately(&self, today: NaiveDate) -> Option<NaiveDate> {
        let sealed = |date: &NaiveDate| {
            let day = self.past.older.get(&self.config.profile.day_id(*date));
            day.is_some_and(|day| day.sealed_ms.is_some() && day.deletion.is_none())
        };
        (1..=MOST_DAYS_AFTER).filter_map(|days| today.checked_sub_days(Days::new(days))).find(sealed)
    }

    /// All that follows the exam's day was finished.
    fn is_gone_over(&self, exam: NaiveDate) -> bool {
        let checks = self.past.preparation.checks(exam);
        let finished = |list: &Checklist| {
            checks.get(&list.id).is_some_and(|check: &CheckDay| check.finished_at_ms.is_some())
        };
        self.spread.around.iter().filter(|list| list.span == Span::AfterDay).all(finished)
    }

    /// For the view: what can be gone through now; none while an exam day is open.
    pub(super) fn around(&self, now: Stamp) -> Option<Around> {
        if self.day.as_ref().is_some_and(OpenDay::is_open) {
            return None;
        }
        let Some((date, span)) = self.exam_at_hand(now) else { return Some(Around::default()) };
        let start_ms = self.config.profile.plan(date).exam_start_ms;
        Some(Around {
            exam: Some(ExamAhead { date, start_ms, span }),
            checks: self.past.preparation.checks(date),
        })
    }

    /// From now on the exam of this date is prepared.
    pub(super) fn name_exam(&mut self, date: NaiveDate, actor: Actor, now: Stamp) -> Result<(), Message> {
        if self.day.as_ref().is_some_and(OpenDay::is_open) {
            return Err(Message::new("refused-day-open"));
        }
        let ahead = date.signed_duration_since(self.date(now)).num_days();
        if !(0..=MOST_DAYS_AHEAD).contains(&ahead) {
            return Err(Message::new("refused-exam-date").with("days", MOST_DAYS_AHEAD));
        }
        self.record_of_point(now, actor, Event::ExamNamed(ExamNamed { date }));
        Ok(())
    }

    /// The list's exam, if it is one of the days before and after; none: it is the open day's.
    fn exam_of(&self, list: &ChecklistId, now: Stamp) -> Result<Option<NaiveDate>, Message> {
        let span = self.checklist(list)?.span;
        match self.exam_at_hand(now) {
            _ if span == Span::InDay => Ok(None),
            Some((exam, at_hand)) if at_hand == span => Ok(Some(exam)),
            _ if self.day.as_ref().is_some_and(OpenDay::is_open) => Err(Message::new("refused-day-open")),
            _ => Err(Message::new("refused-no-exam")),
        }
    }

    /// As [`Writer::permit`], for a check of any day.
    pub(super) fn permit_check(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        list: &ChecklistId,
        action: &Action<'_>,
        now: Stamp,
    ) -> Result<Actor, Message> {
        let Some(exam) = self.exam_of(list, now)? else { return self.permit(line, approval, action, now) };
        rules::of_check(&self.past.preparation.checks(exam), action).map_err(wording::refusal)?;
        self.actor(line, approval, action.right(), now)
    }

    /// How far the list has come.
    pub(super) fn check_of(&self, list: &ChecklistId, now: Stamp) -> Option<CheckDay> {
        match self.exam_of(list, now).ok()? {
            Some(exam) => self.past.preparation.checks(exam).remove(list),
            None => self.day.as_ref()?.day.checks.get(list).cloned(),
        }
    }

    /// Writes an event of a check where it belongs: the day's journal, or the point's after its exam was
    /// named there.
    pub(super) fn record_check(&mut self, list: &ChecklistId, now: Stamp, actor: Actor, event: Event) {
        match self.exam_of(list, now) {
            Ok(None) => self.record(now, actor, event),
            Ok(Some(exam)) => {
                if self.past.preparation.exam() != Some(exam) {
                    let named = Event::ExamNamed(ExamNamed { date: exam });
                    self.record_of_point(now, actor.clone(), named);
                }
                self.record_of_point(now, actor, event);
            }
            // What ran for an exam that is not at hand any more: the day was begun meanwhile.
            Err(refusal) => tracing::warn!(%list, %refusal, "result of a check not kept"),
        }
    }

    /// What the recordings of the list's exam take: of today's from now on, of a later one all.
    pub(super) fn check_needs_bytes(&self, list: &ChecklistId, now: Stamp) -> u64 {
        match self.exam_of(list, now) {
            Ok(Some(exam)) => {
                let plan = self.config.profile.plan(exam);
                let from_ms = plan.phases.iter().map(|phase| phase.at_ms).min().unwrap_or(plan.exam_start_ms);
                self.config.profile.needed_bytes(from_ms.min(plan.exam_start_ms), plan.record_until_ms)
            }
            _ => self.needed_bytes(now),
        }
    }

    /// Who may say which exam is prepared.
    pub(super) const NAMES_EXAM: Right = Right::Check;
}
