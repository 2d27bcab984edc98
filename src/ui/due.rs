//! Checklists whose time has come.

use super::model::Model;
use super::next;
use super::words::{clock, short_date};
use crate::checklist::{Checklist, Span};
use crate::day::{CheckDay, Day, Stage};
use crate::i18n::Message;
use crate::station::protocol::View;

/// A list of the days before is told of from a day before its first step has to be done.
const BEFORE_MS: i64 = 24 * 3_600_000;
/// And one of the open day.
const SOON_MS: i64 = 15 * 60_000;

/// One that was not finished yet.
pub struct Due<'a> {
    pub list: &'a Checklist,
    check: Option<&'a CheckDay>,
    pub until_ms: i64,
    /// Its last step should have been done by now.
    pub late: bool,
}

/// In the order in which they are due; the main check is told of by itself.
pub fn due<'a>(model: &Model, view: &'a View) -> Vec<Due<'a>> {
    let now_ms = model.now.utc_ms;
    let open = view.day.as_ref().filter(|day| day.stage < Stage::Closed);
    let mut due: Vec<Due<'_>> = open.into_iter().flat_map(|day| of_day(view, day, now_ms)).collect();
    due.extend(around(view, now_ms));
    due
}

/// Lists of the open day.
fn of_day<'a>(view: &'a View, day: &'a Day, now_ms: i64) -> impl Iterator<Item = Due<'a>> {
    let start_ms = day.plan.exam_start_ms;
    view.point.checklists.others.iter().filter_map(move |list| {
        let before = day.checks.get(&list.id);
        let check = before.filter(|check| check.finished_at_ms.is_none());
        let round = list.every_minutes.is_some();
        // A round that is over gives way to the next one, as long as the exam lasts.
        let over = if round { now_ms >= day.plan.exam_end_ms } else { before.is_some() && check.is_none() };
        let until_ms = next::deadline_ms(list, before, start_ms);
        let first_ms = if before.is_some() { until_ms } else { first_ms(list, start_ms) };
        let is_due = !over && (check.is_some() || now_ms >= first_ms - SOON_MS);
        is_due.then_some(Due { list, check, until_ms, late: now_ms > until_ms })
    })
}

/// Those of the days before and after.
fn around(view: &View, now_ms: i64) -> Vec<Due<'_>> {
    let Some(around) = &view.around else { return Vec::new() };
    let Some(exam) = around.exam else { return Vec::new() };
    let lists = view.lists_around().into_iter();
    let lists = lists.filter(|list| now_ms >= first_ms(list, exam.start_ms) - BEFORE_MS).map(|list| {
        let check = around.checks.get(&list.id);
        let until_ms = next::deadline_ms(list, check, exam.start_ms);
        Due { list, check, until_ms, late: now_ms > until_ms }
    });
    lists.filter(|due| due.check.is_none_or(|check| check.finished_at_ms.is_none())).collect()
}

/// When the list's first step has to be done.
fn first_ms(list: &Checklist, exam_start_ms: i64) -> i64 {
    let minutes = list.steps.iter().map(|step| i64::from(step.deadline_minutes)).min().unwrap_or(0);
    exam_start_ms + minutes * 60_000
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
        let until = match self.list.span {
            Span::InDay => model.clock(self.until_ms),
            Span::BeforeDay | Span::AfterDay => until(model, self.until_ms),
        };
        model.say(&line.with("until", until))
    }
}

/// Such a time is told with its date.
pub fn until(model: &Model, ms: i64) -> String {
    let offset_min = model.offset_min();
    let (date, time) = (short_date(ms, offset_min), clock(ms, offset_min));
    model.say(&Message::new("ui-check-date-time").with("date", date).with("time", time))
}
