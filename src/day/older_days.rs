//! The days that this station held: a fold of the point's journal.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::journal::{DayDeletionBegun, Event, Record};
use crate::point::{DayId, PersonId};
use crate::signing::Digest;

/// Every day that was ever begun here.
#[derive(Clone, Debug, Default)]
pub struct OlderDays {
    days: BTreeMap<DayId, OlderDay>,
}

/// What the point's journal tells of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OlderDay {
    pub sealed_ms: Option<i64>,
    /// As they were when it was sealed.
    pub parts: Vec<Digest>,
    pub handed_over_ms: Option<i64>,
    pub verified: Option<Verified>,
    pub deletion: Option<Deletion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    pub at_ms: i64,
    /// The word of the verdict, such as `VALID`.
    pub verdict: String,
    pub faults: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    pub at_ms: i64,
    pub by: Option<PersonId>,
    pub second: Option<PersonId>,
    pub told: DayDeletionBegun,
    /// When nothing was left of it.
    pub done_ms: Option<i64>,
}

/// Why a day may not be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepRefusal {
    #[error("no such day")]
    Unknown,
    #[error("it was never sealed")]
    NotSealed,
    #[error("it has to be kept until {0}")]
    KeptUntil(NaiveDate),
    #[error("it is deleted already")]
    Deleted,
}

impl OlderDays {
    /// Takes the next record of the point's journal.
    pub fn apply(&mut self, record: &Record) {
        let at_ms = record.utc_ms;
        match &record.event {
            Event::DayPlanned { day, .. } => {
                self.days.entry(day.clone()).or_default();
            }
            Event::DaySealed { day, parts } => {
                let day = self.days.entry(day.clone()).or_default();
                (day.sealed_ms, day.parts) = (Some(at_ms), parts.clone());
            }
            Event::HandedOver { day, .. } => self.change(day, |day| day.handed_over_ms = Some(at_ms)),
            Event::DayVerified(told) => self.change(&told.day, |day| {
                let (verdict, faults) = (told.verdict.clone(), told.faults);
                day.verified = Some(Verified { at_ms, verdict, faults });
            }),
            Event::DayDeletionBegun(told) => self.change(&told.day, |day| {
                let (by, second) = (record.actor.person.clone(), record.actor.approved_by.clone());
                day.deletion = Some(Deletion { at_ms, by, second, told: told.clone(), done_ms: None });
            }),
            Event::DayDeleted(told) => self.change(&told.day, |day| {
                if let Some(deletion) = &mut day.deletion {
                    deletion.done_ms = Some(at_ms);
                }
            }),
            _ => {}
        }
    }

    pub fn get(&self, day: &DayId) -> Option<&OlderDay> {
        self.days.get(day)
    }

    /// By their names: those of one point and station in the order of their dates.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&DayId, &OlderDay)> {
        self.days.iter()
    }

    /// Days that two persons ordered to delete, and of which something may be left.
    pub fn half_deleted(&self) -> impl Iterator<Item = &DayId> {
        let half = |day: &OlderDay| day.deletion.as_ref().is_some_and(|deletion| deletion.done_ms.is_none());
        self.days.iter().filter(move |(_, day)| half(day)).map(|(id, _)| id)
    }

    /// Whether the day may be deleted: it has to be kept until the end of that date, and is no longer than
    /// that of use. A day that was never sealed is nobody's to delete here.
    pub fn may_delete(
        &self,
        day: &DayId,
        keep_until: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), KeepRefusal> {
        let known = self.get(day).ok_or(KeepRefusal::Unknown)?;
        if known.deletion.is_some() {
            Err(KeepRefusal::Deleted)
        } else if known.sealed_ms.is_none() {
            Err(KeepRefusal::NotSealed)
        } else if today <= keep_until {
            Err(KeepRefusal::KeptUntil(keep_until))
        } else {
            Ok(())
        }
    }

    fn change(&mut self, day: &DayId, change: impl FnOnce(&mut OlderDay)) {
        if let Some(day) = self.days.get_mut(day) {
            change(day);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::record;
    use crate::journal::DayDeleted;

    #[test]
    fn a_day_is_deleted_once_after_its_date_and_only_if_it_was_sealed() {
        let mut days = OlderDays::default();
        let happens = |days: &mut OlderDays, event: Event| days.apply(&record(0, "technician", 7, event));
        let day: DayId = "77-0101-2026-05-29-main".parse().unwrap();
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let keep_until = date("2027-03-01");
        let may = |days: &OlderDays, today: &str| days.may_delete(&day, keep_until, date(today));
        assert_eq!(may(&days, "2027-03-02"), Err(KeepRefusal::Unknown));
        happens(&mut days, Event::DayPlanned { day: day.clone(), plan: Digest::of(b"") });
        assert_eq!(may(&days, "2027-03-02"), Err(KeepRefusal::NotSealed));
        happens(&mut days, Event::DaySealed { day: day.clone(), parts: vec![Digest::of(b"1")] });
        assert_eq!(may(&days, "2027-03-01"), Err(KeepRefusal::KeptUntil(keep_until)));
        assert_eq!(may(&days, "2027-03-02"), Ok(()));
        let parts = days.get(&day).unwrap().parts.clone();
        let (files, bytes, reason) = (3, 4, String::new());
        let begun = DayDeletionBegun { day: day.clone(), keep_until, parts, files, bytes, reason };
        happens(&mut days, Event::DayDeletionBegun(begun));
        assert_eq!(may(&days, "2027-03-02"), Err(KeepRefusal::Deleted));
        assert_eq!(days.half_deleted().collect::<Vec<_>>(), [&day]);
        happens(&mut days, Event::DayDeleted(DayDeleted { day: day.clone() }));
        assert_eq!(days.half_deleted().count(), 0);
        assert_eq!(days.get(&day).unwrap().deletion.as_ref().unwrap().done_ms, Some(7));
    }
}
