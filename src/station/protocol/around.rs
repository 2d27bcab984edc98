//! The days before and after an exam.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{PointView, View};
use crate::checklist::{Checklist, PlacedCamera, Places};
use crate::day::CheckDay;
use crate::point::ChecklistId;

/// What is gone through while no exam day is open: before the next exam, or after the last one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Around {
    /// The exam that it is for; none: nobody said when the next one is.
    pub exam: Option<ExamAhead>,
    /// In the order in which they are due.
    pub lists: Vec<Checklist>,
    pub checks: BTreeMap<ChecklistId, CheckDay>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamAhead {
    pub date: NaiveDate,
    /// Deadlines are relative to it.
    pub start_ms: i64,
}

impl View {
    /// Puts a step for each room or camera into the checklists, which a view carries without, to stay small.
    pub(in crate::station) fn spread(&mut self) {
        let View { point: PointView { rooms, cameras, checklists, .. }, around, .. } = self;
        let cameras = cameras.iter().map(|camera| PlacedCamera {
            id: &camera.id,
            name: &camera.name,
            room: &camera.room,
        });
        let places = Places { rooms, cameras: cameras.collect() };
        *checklists = checklists.spread(&places);
        if let Some(around) = around {
            around.lists = around.lists.iter().map(|list| list.spread(&places)).collect();
        }
    }
}
