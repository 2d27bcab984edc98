//! What is gone through on the days before and after an exam: a fold of the point's journal, since no
//! exam day is open then.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::CheckDay;
use super::check;
use crate::journal::{Event, Record};
use crate::point::ChecklistId;

/// The checks of every exam that was ever prepared, and which one is prepared now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preparation {
    exam: Option<NaiveDate>,
    exams: BTreeMap<NaiveDate, BTreeMap<ChecklistId, CheckDay>>,
}

impl Preparation {
    /// Takes the next record of the point's journal. A check in it belongs to the exam that was named last
    /// before it; one before all exams belongs to none and changes nothing.
    pub fn apply(&mut self, record: &Record) {
        if let Event::ExamNamed(named) = &record.event {
            self.exam = Some(named.date);
        } else if let Some(exam) = self.exam {
            check::apply(self.exams.entry(exam).or_default(), record);
        }
    }

    /// The exam that was named last.
    pub fn exam(&self) -> Option<NaiveDate> {
        self.exam
    }

    pub fn checks(&self, exam: NaiveDate) -> BTreeMap<ChecklistId, CheckDay> {
        self.exams.get(&exam).cloned().unwrap_or_default()
    }

    /// The newest exam, before that day, one of whose checks with such an id was begun and not finished.
    pub fn unfinished(&self, before: NaiveDate, such: impl Fn(&ChecklistId) -> bool) -> Option<NaiveDate> {
        let open = |checks: &BTreeMap<ChecklistId, CheckDay>| {
            checks.iter().any(|(id, check)| check.finished_at_ms.is_none() && such(id))
        };
        self.exams.range(..before).rev().find(|(_, checks)| open(checks)).map(|(exam, _)| *exam)
    }
}
