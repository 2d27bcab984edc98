//! What happened when, as the timeline marks it.

use crate::journal::{Event, Link, Record, explains};
use crate::point::CameraId;

/// So many marks are kept; more could not be told apart.
const MOST_MARKS: usize = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Somebody was at the equipment, and said so.
    Access,
    /// Something happened to the equipment that an access or a person explains.
    Explained,
    /// Something happened to it that nobody explains.
    Unexplained,
    /// Something ailed the picture.
    Picture,
    /// The station was started again, or the clock was set.
    Interruption,
}

/// A stretch of time, or a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub kind: MarkKind,
    /// UTC ms.
    pub from_ms: i64,
    pub to_ms: i64,
    /// Of a picture.
    pub camera: Option<CameraId>,
    /// The record that tells of it.
    pub record: u64,
}

/// Collects marks from a journal's records, one after the other.
#[derive(Debug, Default)]
pub struct Marks {
    found: Vec<Mark>,
    /// Accesses that are open: their number, and which mark is theirs.
    open: Vec<(u32, usize)>,
    /// Records that a person explained.
    explained: Vec<u64>,
    newest_ms: i64,
}

impl Marks {
    pub fn take(&mut self, record: &Record) {
        let at_ms = record.utc_ms;
        self.newest_ms = self.newest_ms.max(at_ms);
        match &record.event {
            Event::AccessOpened { access, .. } => {
                self.open.push((*access, self.found.len()));
                self.mark(record, MarkKind::Access, (at_ms, i64::MAX), None);
            }
            Event::AccessClosed { access, .. } | Event::AccessExplained { access, .. } => {
                if let Some(at) = self.open.iter().position(|(open, _)| open == access) {
                    let (_, mark) = self.open.swap_remove(at);
                    if let Some(mark) = self.found.get_mut(mark) {
                        mark.to_ms = at_ms;
                    }
                }
            }
            Event::EquipmentChanged(changed) => {
                self.mark(record, MarkKind::Unexplained, (changed.from_ms, changed.to_ms), None);
            }
            Event::EquipmentExplained(explained) => self.explained.extend(&explained.records),
            Event::PictureRecovered { camera, from_ms, to_ms, .. } => {
                self.mark(record, MarkKind::Picture, (*from_ms, *to_ms), Some(camera));
            }
            Event::StationStarted { link: Link::Linked | Link::Unlinked, .. }
            | Event::ClockStepped { .. }
            | Event::TimeZoneChanged { .. } => {
                self.mark(record, MarkKind::Interruption, (at_ms, at_ms), None);
            }
            _ => {}
        }
    }

    fn mark(&mut self, record: &Record, kind: MarkKind, span: (i64, i64), camera: Option<&CameraId>) {
        if self.found.len() < MOST_MARKS {
            let (from_ms, to_ms) = span;
            self.found.push(Mark { kind, from_ms, to_ms, camera: camera.cloned(), record: record.n });
        }
    }

    /// All of them. What happened to the equipment is explained by a person, or by an access that was open
    /// from its first to its last moment.
    pub fn finish(mut self) -> Vec<Mark> {
        let is_access = |mark: &&Mark| mark.kind == MarkKind::Access;
        let accesses: Vec<(i64, i64)> =
            self.found.iter().filter(is_access).map(|mark| (mark.from_ms, mark.to_ms)).collect();
        for mark in &mut self.found {
            let covers = |(from_ms, to_ms): &(i64, i64)| {
                explains((*from_ms, Some(*to_ms)), (mark.from_ms, mark.to_ms))
            };
            let explained = self.explained.contains(&mark.record) || accesses.iter().any(covers);
            if mark.kind == MarkKind::Unexplained && explained {
                mark.kind = MarkKind::Explained;
            }
            // An access that was never closed lasts to the last record.
            mark.to_ms = mark.to_ms.min(self.newest_ms).max(mark.from_ms);
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::{access_closed, access_opened, plugged_in, record};
    use crate::journal::EquipmentExplained;

    #[test]
    fn what_neither_an_access_nor_a_person_explains_is_marked_so() {
        let explained = EquipmentExplained { records: vec![4], text: "r".into() };
        let events = [
            (1_000, access_opened(1)),
            (2_000, plugged_in("1-1", 1_500, 2_000)),
            (3_000, access_closed(1)),
            (4_000, plugged_in("1-2", 2_500, 4_000)),
            (5_000, plugged_in("1-3", 5_000, 5_000)),
            (6_000, access_opened(2)),
            (7_000, Event::EquipmentExplained(explained)),
            (9_000, Event::ClockStepped { step_ms: 60_000 }),
        ];
        let mut marks = Marks::default();
        for (n, (at_ms, event)) in (0..).zip(events) {
            marks.take(&record(n, "technician", at_ms, event));
        }
        let found: Vec<_> = marks
            .finish()
            .into_iter()
            .map(|mark| (mark.kind, mark.from_ms, mark.to_ms, mark.record))
            .collect();
        assert_eq!(
            found,
            [
                (MarkKind::Access, 1_000, 3_000, 0),
                (MarkKind::Explained, 1_500, 2_000, 1),
                (MarkKind::Unexplained, 2_500, 4_000, 3),
                (MarkKind::Explained, 5_000, 5_000, 4),
                (MarkKind::Access, 6_000, 9_000, 5),
                (MarkKind::Interruption, 9_000, 9_000, 7),
            ]
        );
    }
}
