//! The days before and after an exam.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{PointView, View};
use crate::checklist::{Checklist, PlacedCamera, Places, Span};
use crate::day::CheckDay;
use crate::point::ChecklistId;

/// What is gone through while no exam day is open: before the next exam, or after the last one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Around {
    /// The exam that it is for; none: nobody said when the next one is.
    pub exam: Option<ExamAhead>,
    pub checks: BTreeMap<ChecklistId, CheckDay>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamAhead {
    pub date: NaiveDate,
    /// Deadlines are relative to it.
    pub start_ms: i64,
    /// Whether what comes before it, or after it, is gone through.
    pub span: Span,
}

impl View {
    /// The checklists of the days before, or after, that can be gone through now, in the order in which
    /// they are due.
    pub fn lists_around(&self) -> Vec<&Checklist> {
        let exam = self.around.as_ref().and_then(|around| around.exam);
        exam.map_or_else(Vec::new, |exam| self.point.checklists.around(exam.span))
    }
}

impl PointView {
    pub(in crate::station) fn places(&self) -> Places<'_> {
        let cameras = self.cameras.iter().map(|camera| PlacedCamera {
            id: &camera.id,
            name: &camera.name,
            room: &camera.room,
        });
        Places { rooms: &self.rooms, cameras: cameras.collect() }
    }
}
