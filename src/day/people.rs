//! Who stands in for whom: an exam day may find somebody ill.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::journal::{Event, PersonReplaced, Record};
use crate::point::{Person, PersonId};

/// Everybody who ever stood in for somebody, as the point's journal tells it; a day's tells of that day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StandIns {
    list: Vec<PersonReplaced>,
}

impl StandIns {
    pub fn apply(&mut self, record: &Record) {
        if let Event::PersonReplaced(told) = &record.event {
            self.list.push(told.clone());
        }
    }

    /// Somebody else does this person's work on that date.
    pub fn is_away(&self, person: &PersonId, date: NaiveDate) -> bool {
        self.of(date).any(|told| told.replaced == *person)
    }

    /// On that date this person does somebody else's work.
    pub fn stands_in(&self, person: &PersonId, date: NaiveDate) -> bool {
        self.of(date).any(|told| told.person == *person)
    }

    /// The people of that date: whoever stands in comes before the one whose work they do.
    pub fn people(&self, people: &[Person], date: NaiveDate) -> Vec<Person> {
        let mut people = people.to_vec();
        self.of(date).for_each(|told| stand_in(&mut people, told));
        people
    }

    /// Somebody who stood in, on whatever day.
    pub fn person(&self, id: &PersonId) -> Option<&PersonReplaced> {
        self.list.iter().find(|told| told.person == *id)
    }

    /// An id like the replaced person's that nobody of `people` has, nor ever had.
    pub fn new_id(&self, replaced: &PersonId, people: &[Person]) -> Option<PersonId> {
        let stem: String = replaced.as_str().chars().take(24).collect();
        let stem = stem.trim_end_matches('-');
        let mut ids = (2..1_000_u32).filter_map(|n| format!("{stem}-{n}").parse::<PersonId>().ok());
        let taken = |id: &PersonId| {
            people.iter().any(|person| person.id == *id) || self.list.iter().any(|told| told.person == *id)
        };
        ids.find(|id| !taken(id))
    }

    fn of(&self, date: NaiveDate) -> impl Iterator<Item = &PersonReplaced> {
        self.list.iter().filter(move |told| told.date == date)
    }
}

fn stand_in(people: &mut Vec<Person>, told: &PersonReplaced) {
    if people.iter().any(|person| person.id == told.person) {
        return;
    }
    let at = people.iter().position(|person| person.id == told.replaced).unwrap_or(people.len());
    let (id, name, post) = (told.person.clone(), told.name.clone(), told.post.clone());
    people.insert(at, Person { id, name, post, role: told.role, first_pin_code: None });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::point::{Role, demo};

    fn told(replaced: &str, person: &str, date: &str) -> PersonReplaced {
        PersonReplaced {
            replaced: replaced.parse().unwrap(),
            person: person.parse().unwrap(),
            name: "Соколова Вера Ильинична".into(),
            post: "технический специалист".into(),
            role: Role::Technician,
            date: date.parse().unwrap(),
            reason: "заболел".into(),
        }
    }

    #[test]
    fn a_stand_in_holds_for_one_day_and_comes_before_the_one_replaced() {
        let people = demo().people;
        let technician = &people[0].id;
        let mut stand_ins = StandIns::default();
        let id = stand_ins.new_id(technician, &people).unwrap();
        assert_eq!(id.as_str(), "technician-2");
        stand_ins.list.push(told("technician", "technician-2", "2026-05-29"));
        stand_ins.list.push(told("technician-2", "technician-3", "2026-05-29"));
        assert_eq!(stand_ins.new_id(technician, &people).unwrap().as_str(), "technician-4");

        let (day, next) = ("2026-05-29".parse().unwrap(), "2026-05-30".parse().unwrap());
        let ids = |date| {
            let people = stand_ins.people(&people, date);
            people.into_iter().take(3).map(|person| person.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(day), ["technician-3", "technician-2", "technician"]);
        assert_eq!(ids(next), ["technician", "point-head", "commission-member"]);
        assert!(stand_ins.is_away(technician, day) && !stand_ins.is_away(technician, next));
        assert!(stand_ins.is_away(&id, day) && stand_ins.stands_in(&id, day));
    }
}
