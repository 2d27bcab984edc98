//! What happened to the computer during the day: an open access explains it, or a person has to.
//!
//! An access explains what happened while it was open, from the first time to the last. It does not explain
//! what came before it was opened: nobody plugs in first and asks afterwards.

use serde::{Deserialize, Serialize};

use super::alarms::{AlarmKind, Severity, clear};
use super::{Access, AccessEnd, Day, Explanation};
use crate::journal::{EquipmentChanged, Event, Record, explains};

/// Incidents that are told apart; later ones are counted into the last one of their thing.
pub const MOST_INCIDENTS: usize = 200;
const ALARM: &str = "incidents";

/// The day's incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incidents {
    /// In the order in which they were told of.
    pub list: Vec<Incident>,
    /// Of how many. A view holds those alone that need a person.
    pub total: u32,
    /// So many nobody has explained.
    pub unexplained: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// The record that told of it; explanations name it.
    pub record: u64,
    pub from_ms: i64,
    pub to_ms: i64,
    pub what: Happening,
    /// The access that was open then.
    pub access: Option<u32>,
    pub explained: Option<Explanation>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    Equipment(EquipmentChanged),
    ClockStepped { step_ms: i64 },
    TimeZoneChanged { from_min: i32, to_min: i32 },
}

impl Incident {
    /// An access or a person explains it.
    pub fn is_explained(&self) -> bool {
        self.access.is_some() || self.explained.is_some()
    }

    /// It happened to the same thing.
    fn is_like(&self, what: &Happening) -> bool {
        match (&self.what, what) {
            (Happening::Equipment(one), Happening::Equipment(other)) => {
                (one.kind, &one.place) == (other.kind, &other.place)
            }
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }
}

impl Happening {
    /// The event that told of it.
    pub fn event(&self) -> Event {
        match self {
            Self::Equipment(changed) => Event::EquipmentChanged(changed.clone()),
            Self::ClockStepped { step_ms } => Event::ClockStepped { step_ms: *step_ms },
            Self::TimeZoneChanged { from_min, to_min } => {
                Event::TimeZoneChanged { from_min: *from_min, to_min: *to_min }
            }
        }
    }
}

impl Incidents {
    /// Those that no access and nobody explains.
    pub fn unexplained(&self) -> impl DoubleEndedIterator<Item = &Incident> {
        self.list.iter().filter(|incident| !incident.is_explained())
    }

    /// With the newest `most` of those that need a person alone.
    pub(super) fn shown(&self, most: usize) -> Self {
        let mut list: Vec<Incident> = self.unexplained().rev().take(most).cloned().collect();
        list.reverse();
        Self { list, ..*self }
    }
}

impl Day {
    /// Takes the records that tell of incidents.
    pub(super) fn note_incident(&mut self, record: &Record) {
        let at_ms = record.utc_ms;
        match &record.event {
            Event::EquipmentChanged(changed) => {
                let span = (changed.from_ms, changed.to_ms);
                let access = self.accesses.iter().rev().find(|access| covers(access, span));
                let access = access.map(|access| access.access);
                self.happened(record, span, Happening::Equipment(changed.clone()), access);
                if access.is_none() {
                    // Whoever has seen the last one has not seen this one.
                    clear(&mut self.alarms, ALARM);
                    self.raise(ALARM, AlarmKind::Unexplained, Severity::Warning, at_ms);
                }
            }
            // By a clock that was set just now nobody can tell what came first.
            Event::ClockStepped { step_ms } => {
                let access = self.open_accesses().last().map(|access| access.access);
                let what = Happening::ClockStepped { step_ms: *step_ms };
                self.happened(record, (at_ms, at_ms), what, access);
            }
            Event::TimeZoneChanged { from_min, to_min } => {
                let access = self.open_accesses().last().map(|access| access.access);
                let what = Happening::TimeZoneChanged { from_min: *from_min, to_min: *to_min };
                self.happened(record, (at_ms, at_ms), what, access);
            }
            Event::EquipmentExplained(explained) => {
                for incident in &mut self.incidents.list {
                    if explained.records.contains(&incident.record) {
                        let (text, by) = (explained.text.clone(), record.actor.person.clone());
                        incident.explained = Some(Explanation { text, by, at_ms });
                    }
                }
            }
            _ => return,
        }
        let unexplained = self.incidents.unexplained().count();
        self.incidents.unexplained = u32::try_from(unexplained).unwrap_or(u32::MAX);
        let of_equipment = |incident: &Incident| matches!(incident.what, Happening::Equipment(_));
        if !self.incidents.unexplained().any(of_equipment) {
            clear(&mut self.alarms, ALARM);
        }
    }

    fn happened(&mut self, record: &Record, span: (i64, i64), what: Happening, access: Option<u32>) {
        let incidents = &mut self.incidents;
        incidents.total = incidents.total.saturating_add(1);
        let (from_ms, to_ms) = span;
        if incidents.list.len() >= MOST_INCIDENTS {
            // If none is like it, the last one stands for those that there was no room for.
            let like = incidents.list.iter().rposition(|incident| incident.is_like(&what));
            let last = &mut incidents.list[like.unwrap_or(MOST_INCIDENTS - 1)];
            last.to_ms = to_ms;
            if access.is_none() {
                (last.access, last.explained) = (None, None);
            }
            return;
        }
        let record = record.n;
        incidents.list.push(Incident { record, from_ms, to_ms, what, access, explained: None });
    }
}

fn covers(access: &Access, happened: (i64, i64)) -> bool {
    let ended_ms = match &access.end {
        AccessEnd::Open => None,
        AccessEnd::Closed { at_ms, .. } | AccessEnd::Explained { at_ms, .. } => Some(*at_ms),
    };
    explains((access.opened_at_ms, ended_ms), happened)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::{Trial, access_closed, access_opened, plugged_in, trial_day};
    use crate::journal::EquipmentExplained;

    #[test]
    fn an_access_explains_what_happened_while_it_was_open_and_nothing_else() {
        let mut trial = Trial::new(trial_day());
        trial.at(1_000, plugged_in("1-1", 1_000, 1_000));
        trial.at(2_000, access_opened(1));
        trial.at(3_000, plugged_in("1-2", 3_000, 3_000));
        trial.at(3_500, plugged_in("1-3", 1_999, 3_400));
        trial.at(4_000, access_closed(1));
        trial.at(5_000, plugged_in("1-4", 2_500, 3_900));
        trial.at(5_000, plugged_in("1-5", 2_500, 4_500));
        let day = &trial.day;
        let explained: Vec<bool> = day.incidents.list.iter().map(Incident::is_explained).collect();
        assert_eq!(explained, [false, true, false, true, false]);
        assert_eq!((day.incidents.total, day.incidents.unexplained), (5, 3));
        assert!(day.alarms.iter().any(|alarm| alarm.kind == AlarmKind::Unexplained));
    }

    #[test]
    fn a_person_explains_and_the_alarm_is_gone_with_the_last() {
        let mut trial = Trial::new(trial_day());
        trial.at(1_000, plugged_in("1-1", 1_000, 1_000));
        trial.at(2_000, plugged_in("1-2", 2_000, 2_000));
        let [one, two] = [0, 1].map(|at| trial.day.incidents.list[at].record);
        let explained = |record| {
            Event::EquipmentExplained(EquipmentExplained { records: vec![record], text: "мышь".into() })
        };
        trial.at(3_000, explained(one));
        assert_eq!(trial.day.incidents.unexplained, 1);
        assert!(!trial.day.alarms.is_empty());
        trial.at(4_000, explained(two));
        assert_eq!(trial.day.incidents.unexplained, 0);
        assert_eq!(trial.day.alarms, []);
        let told = trial.day.incidents.list[0].explained.as_ref().unwrap();
        assert_eq!(told.text, "мышь");
    }

    #[test]
    fn a_day_of_incidents_stays_small_and_an_unexplained_one_is_never_lost_among_them() {
        let mut trial = Trial::new(trial_day());
        trial.at(0, access_opened(1));
        for at in 1..2_000 {
            trial.at(at, plugged_in(&format!("1-{at}"), at, at));
        }
        trial.at(2_000, access_closed(1));
        assert_eq!((trial.day.incidents.list.len(), trial.day.incidents.unexplained), (MOST_INCIDENTS, 0));
        trial.at(3_000, plugged_in("1-7", 3_000, 3_000));
        trial.at(3_000, plugged_in("9-9", 3_000, 3_000));
        assert_eq!((trial.day.incidents.list.len(), trial.day.incidents.unexplained), (MOST_INCIDENTS, 2));
        let shown = trial.day.incidents.shown(1);
        assert_eq!((shown.list.len(), shown.total, shown.unexplained), (1, 2_001, 2));
    }

    #[test]
    fn a_clock_that_was_set_is_an_incident() {
        let mut trial = Trial::new(trial_day());
        trial.at(1_000, Event::ClockStepped { step_ms: -3_600_000 });
        trial.at(2_000, access_opened(1));
        trial.at(1_000, Event::ClockStepped { step_ms: -3_600_000 });
        let explained: Vec<bool> = trial.day.incidents.list.iter().map(Incident::is_explained).collect();
        assert_eq!(explained, [false, true]);
    }
}
