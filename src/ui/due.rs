//! Checklists of the days before and after an exam whose time has come.

use super::model::Model;
use super::next;
use super::words::{clock, short_date};
use crate::checklist::Checklist;
use crate::day::CheckDay;
use crate::i18n::Message;
use crate::station::protocol::View;

/// A list is told of from a day before its first step has to be done.
const BEFORE_MS: i64 = 24 * 3_600_000;

/// One that was not finished yet.
pub struct Due<'a> {
    pub list: &'a Checklist,
    check: Option<&'a CheckDay>,
    pub until_ms: i64,
    /// Its last step should have been done by now.
    pub late: bool,
}

/// In the order in which they are due.
pub fn due<'a>(model: &Model, view: &'a View) -> Vec<Due<'a>> {
    let Some(around) = &view.around else { return Vec::new() };
    let Some(exam) = around.exam else { return Vec::new() };
    let now_ms = model.now.utc_ms;
    let is_due = |list: &&Checklist| {
        let first = list.steps.iter().map(|step| i64::from(step.deadline_minutes)).min().unwrap_or(0);
        now_ms >= exam.start_ms + first * 60_000 - BEFORE_MS
    };
    let lists = view.lists_around().into_iter().filter(is_due).map(|list| {
        let check = around.checks.get(&list.id);
        let until_ms = next::deadline_ms(list, check, exam.start_ms);
        Due { list, check, until_ms, late: now_ms > until_ms }
    });
    lists.filter(|due| due.check.is_none_or(|check| check.finished_at_ms.is_none())).collect()
}

impl Due<'_> {
    /// How many steps are settled, of how many.
    pub fn progress(&self) -> (usize, usize) {
        self.check.map_or((0, self.list.steps.len()), |check| next::progress(self.list, check))
    }

    /// `The day before: 3 of 12, by 28.05, 10:00`.
    pub fn line(&self, model: &Model) -> String {
        let (settled, steps) = self.progress();
        let line = Message::new(if self.late { "ui-due-late" } else { "ui-due-line" })
            .with("name", model.words.of(&self.list.name))
            .with("settled", settled)
            .with("steps", steps);
        model.say(&line.with("until", until(model, self.until_ms)))
    }
}

/// Such a time is told with its date.
pub fn until(model: &Model, ms: i64) -> String {
    let offset_min = model.offset_min();
    let (date, time) = (short_date(ms, offset_min), clock(ms, offset_min));
    model.say(&Message::new("ui-check-date-time").with("date", date).with("time", time))
}
