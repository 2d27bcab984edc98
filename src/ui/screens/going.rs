//! What can be gone through on the screen “Check”: the checklists of the open day, or those of the days
//! before and after an exam.

use crate::checklist::{Checklist, Span};
use crate::day::{CheckDay, Stage};
use crate::station::protocol::{ExamAhead, View};
use crate::ui::model::Cx;
use crate::ui::{due, next};

/// At least one checklist, and the one to begin with.
pub struct Going<'a> {
    view: &'a View,
    pub lists: Vec<&'a Checklist>,
    pub at_hand: &'a Checklist,
}

impl<'a> Going<'a> {
    /// None: no day is open, and nobody said when the next exam is.
    pub fn of(view: &'a View) -> Option<Self> {
        let day = view.day.as_ref();
        let around = view.lists_around();
        let before = around.first().is_some_and(|list| list.span == Span::BeforeDay);
        let mut lists = match day {
            // The next exam is prepared; the closed day is over and done with.
            Some(day) if day.stage == Stage::Closed && before => Vec::new(),
            Some(_) => view.point.checklists.all(),
            None => Vec::new(),
        };
        lists.extend(around);
        let first = *lists.first()?;
        let mut going = Self { view, lists, at_hand: first };
        going.at_hand = going.find_at_hand();
        Some(going)
    }

    pub fn check(&self, list: &Checklist) -> Option<&'a CheckDay> {
        match list.span {
            Span::InDay => self.view.day.as_ref()?.checks.get(&list.id),
            Span::BeforeDay | Span::AfterDay => self.view.around.as_ref()?.checks.get(&list.id),
        }
    }

    pub fn is_finished(&self, list: &Checklist) -> bool {
        self.check(list).is_some_and(|check| check.finished_at_ms.is_some())
    }

    /// The exam that the lists are for, where no day says so.
    pub fn exam(&self) -> Option<ExamAhead> {
        self.view.around.as_ref().and_then(|around| around.exam)
    }

    /// When the list's last step has to be done.
    pub fn until_ms(&self, list: &Checklist) -> i64 {
        let start_ms = match (list.span, self.exam()) {
            (Span::BeforeDay | Span::AfterDay, Some(exam)) => exam.start_ms,
            _ => self.view.day.as_ref().map_or(0, |day| day.plan.exam_start_ms),
        };
        next::deadline_ms(list, self.check(list), start_ms)
    }

    /// A time of the list, with its date where that is not the exam's.
    pub fn time(&self, cx: &Cx<'_>, list: &Checklist, ms: i64) -> String {
        match list.span {
            Span::InDay => cx.model.clock(ms),
            Span::BeforeDay | Span::AfterDay => due::until(cx.model, ms),
        }
    }

    /// What comes around the day while there is something of it; else the main check until it is finished,
    /// then the first of the later ones that is not.
    fn find_at_hand(&self) -> &'a Checklist {
        let open = |list: &&&'a Checklist| !self.is_finished(list);
        let around = || self.lists.iter().filter(|list| list.span != Span::InDay);
        let main = &self.view.point.checklists.main;
        let in_day = || self.lists.iter().filter(|list| list.span == Span::InDay);
        let later = in_day().skip_while(|list| list.id != main.id).find(open);
        let found = around().find(open).or(later).copied();
        let over = || if self.view.day.is_some() { in_day().find(|list| list.id == main.id) } else { None };
        found.or_else(|| over().copied()).or_else(|| self.lists.last().copied()).unwrap_or(self.at_hand)
    }
}
