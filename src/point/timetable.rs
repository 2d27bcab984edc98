//! The times of an exam day, and for how long its recordings are kept.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::ids::{BadId, PhaseId, RoomNumber};
use super::profile::Zone;
use super::read::{Placed, ZONES, all, or, placed, tables, text};
use super::times::{dates, month_and_day, time_of_day};
use crate::i18n::Message;
use crate::tables::{Item, Section};

/// The day's times, relative to the exam's start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timetable {
    /// Local time of the point's zone.
    pub exam_start: NaiveTime,
    pub exam_minutes: u32,
    /// Dates of exams, the earliest first; may be empty: then a person says which one is prepared.
    pub exams: Vec<NaiveDate>,
    /// In the order of the day.
    pub phases: Vec<Phase>,
    /// Minutes after the exam's end until which recording is planned (handover done).
    pub recording_after_minutes: u32,
    /// When the station starts a zone's cameras by itself, in minutes relative to the exam's start. A
    /// zone that is not named is started by hand.
    pub start: BTreeMap<Zone, i32>,
    /// Rooms whose participants get more time, in minutes.
    pub longer: BTreeMap<RoomNumber, u32>,
    /// Minutes without video after which a room's results may be annulled.
    pub outage_tolerance_minutes: u32,
    pub retention: Retention,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    pub id: PhaseId,
    /// Minutes relative to the exam's start; negative before it.
    pub at_minutes: i32,
    pub name_ru: String,
    pub name_en: String,
}

/// How long recordings are kept: the later of what is asked for. At least one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// Until this month and day of the year after the exam.
    pub day: Option<(u32, u32)>,
    /// So many days after the exam: those to the results, and those after them.
    pub days: Option<u32>,
}

impl Retention {
    /// Days to the results where only those after them are named.
    pub const USUAL_RESULTS_AFTER_DAYS: u32 = 0;

    /// The last day on which the recordings of an exam on `date` are kept.
    pub fn keep_until(&self, date: NaiveDate) -> NaiveDate {
        let after = |days: u32| date.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX);
        let by_day = self.day.map(|(month, day)| {
            NaiveDate::from_ymd_opt(date.year() + 1, month, day).unwrap_or_else(|| after(366))
        });
        by_day.max(self.days.map(after)).unwrap_or(date)
    }
}

/// A timetable as far as it could be read; its rooms are still to be looked up.
#[derive(Debug)]
pub(super) struct LooseTimetable {
    pub phases: Vec<LoosePhase>,
    pub longer: Vec<(Option<Placed<RoomNumber>>, Option<u32>)>,
    pub timetable: Option<Timetable>,
}

#[derive(Debug)]
pub(super) struct LoosePhase {
    pub id: Option<Placed<PhaseId>>,
    pub at_minutes: Option<Placed<i32>>,
    phase: Option<Phase>,
}

pub(super) fn read(section: &mut Section<'_>) -> Option<LooseTimetable> {
    let exam_start = section.required("exam_start").and_then(|item| item.understood(time_of_day));
    let exam_minutes = section.required("exam_minutes").and_then(|item| item.integer(1..=720));
    let recording_after_minutes =
        section.required("recording_after_minutes").and_then(|item| item.integer(0..=720));
    let outage_tolerance_minutes =
        section.required("outage_tolerance_minutes").and_then(|item| item.integer(1..=240));
    let retention = Retention::read(section);
    let phases = tables(section, "phases", 1..=50, phase);
    let longer = match section.optional("longer") {
        Some(item) => item.section().map(|mut section| longer(&mut section)).unwrap_or_default(),
        None => Vec::new(),
    };
    let start = or(section.optional("start"), BTreeMap::new(), starts);
    let exams = or(section.optional("exams"), Vec::new(), dates);
    let whole = || {
        Some(Timetable {
            exam_start: exam_start?,
            exam_minutes: exam_minutes?,
            exams: exams?,
            phases: phases.iter().map(|loose| loose.phase.clone()).collect::<Option<_>>()?,
            recording_after_minutes: recording_after_minutes?,
            longer: longer
                .iter()
                .map(|(room, minutes)| Some((room.as_ref()?.value.clone(), (*minutes)?)))
                .collect::<Option<_>>()?,
            start: start?,
            outage_tolerance_minutes: outage_tolerance_minutes?,
            retention: retention?,
        })
    };
    Some(LooseTimetable { timetable: whole(), phases, longer })
}

/// Minutes relative to the exam's start for each zone that starts by itself.
fn starts(item: &Item<'_>) -> Option<BTreeMap<Zone, i32>> {
    let mut section = item.section()?;
    let named = ZONES.iter().filter_map(|(word, zone)| Some((*zone, section.optional(word)?)));
    let read: Vec<_> = named.map(|(zone, item)| Some((zone, item.integer(-1440..=0)?))).collect();
    section.finish();
    all(read).map(BTreeMap::from_iter)
}

impl Retention {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let day = section.optional("keep_until").map(|item| item.understood(month_and_day));
        let results = section.optional("results_after_days");
        let kept = section.optional("keep_days_after_results");
        if let (None, Some(results)) = (&kept, &results) {
            results.fault(Message::new("fault-results-of-no-use"));
            return None;
        }
        let days = kept.map(|kept| {
            let results = or(results, Self::USUAL_RESULTS_AFTER_DAYS, |item| item.integer(0..=365));
            Some(kept.integer::<u32>(1..=3650)? + results?)
        });
        if day.is_none() && days.is_none() {
            // Told as what it is: a required key that is missing.
            section.required("keep_until");
            return None;
        }
        Some(Self {
            day: day.map_or(Some(None), |day| day.map(Some))?,
            days: days.map_or(Some(None), |days| days.map(Some))?,
        })
    }
}

fn phase(section: &mut Section<'_>) -> LoosePhase {
    let id: Option<Placed<PhaseId>> = placed(section, "id", Item::parsed);
    let at_minutes = placed(section, "at_minutes", |item| item.integer(-1440..=1440));
    let (name_ru, name_en) = (text(section, "name_ru"), text(section, "name_en"));
    let whole = || {
        let (id, at_minutes) = (id.as_ref()?.value.clone(), at_minutes.as_ref()?.value);
        Some(Phase { id, at_minutes, name_ru: name_ru?, name_en: name_en? })
    };
    LoosePhase { phase: whole(), id, at_minutes }
}

fn longer(section: &mut Section<'_>) -> Vec<(Option<Placed<RoomNumber>>, Option<u32>)> {
    let read = |(name, item): (&str, Item<'_>)| {
        let room = name.parse().map_err(|bad: BadId| item.fault(bad.into())).ok();
        let minutes = item.integer(1..=480);
        (room.map(|value| Placed { value, spot: item.spot }), minutes)
    };
    section.entries().into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_are_kept_until_the_later_of_both_days() {
        let exam: NaiveDate = "2026-05-29".parse().unwrap();
        let until = |day, days| Retention { day, days }.keep_until(exam).to_string();
        assert_eq!(until(Some((3, 1)), None), "2027-03-01");
        assert_eq!(until(None, Some(90)), "2026-08-27");
        assert_eq!(until(Some((3, 1)), Some(90)), "2027-03-01");
        assert_eq!(until(Some((3, 1)), Some(400)), "2027-07-03");
    }
}
