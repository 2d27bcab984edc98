//! The day's logs as plain data, filled in from its journal: for the commands that list them, for the forms,
//! and for part 00, so that a reader has them without this program.

mod accesses;
mod incidents;
mod notes;
mod operations;
mod requests;

use chrono::SecondsFormat;
use serde::Serialize;

use super::opening;
use super::point_time::at_point;
use crate::day::{Day, Explanation};
use crate::journal::{DayDocument, Record};
use crate::point::{PersonId, RoomNumber};

pub use accesses::{AccessRecord, CabinetRecord, CorrectionRecord};
pub use incidents::IncidentRecord;
pub use notes::{Failure, NoteRecord};
pub use operations::OperationRecord;
pub use requests::{PassedRecord, RequestRecord};

/// The day that these are the records of.
pub struct DayLogs<'a> {
    document: &'a DayDocument,
    day: std::borrow::Cow<'a, Day>,
}

/// A person as the day's document has them; of one that it does not know the id alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRecord {
    pub id: PersonId,
    pub name: String,
    pub post: String,
}

/// What a person wrote about something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    pub text: String,
    pub by: Option<PersonRecord>,
    pub at: String,
}

impl<'a> DayLogs<'a> {
    pub fn of(document: &'a DayDocument, records: &[Record]) -> Self {
        Self { document, day: std::borrow::Cow::Owned(opening::fold(document, records)) }
    }

    pub(super) fn of_day(document: &'a DayDocument, day: &'a Day) -> Self {
        Self { document, day: std::borrow::Cow::Borrowed(day) }
    }

    /// What stands in part 00 below `data/`, ready to be stored; a log that is empty is left out.
    pub(super) fn files(&self, records: &[Record]) -> Vec<(&'static str, Vec<u8>)> {
        let mut files = Vec::new();
        let mut put = |name, json: Option<Vec<u8>>| files.extend(json.map(|json| (name, json)));
        put("accesses.json", to_json(&self.accesses()));
        put("incidents.json", to_json(&self.incidents()));
        put("notes.json", to_json(&self.notes()));
        put("operations.json", to_json(&self.operations(records)));
        put("requests.json", to_json(&self.requests()));
        files
    }

    /// As the point's clocks show it, `2026-05-29T08:12:03+03:00`.
    fn time(&self, utc_ms: i64) -> String {
        at_point(utc_ms, self.document.time_zone).to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    fn person(&self, id: &PersonId) -> PersonRecord {
        let known = self.document.people.iter().find(|person| person.id == *id);
        let known = known.map(|known| (known.name.clone(), known.post.clone()));
        let stood_in = || self.day.stand_ins.person(id).map(|told| (told.name.clone(), told.post.clone()));
        let (name, post) = known.or_else(stood_in).unwrap_or_default();
        PersonRecord { id: id.clone(), name, post }
    }

    fn written(&self, explanation: &Explanation) -> Written {
        Written {
            text: explanation.text.clone(),
            by: explanation.by.as_ref().map(|by| self.person(by)),
            at: self.time(explanation.at_ms),
        }
    }

    fn room_name(&self, number: &RoomNumber) -> String {
        let room = self.document.rooms.iter().find(|room| room.number == *number);
        room.map(|room| room.name.clone()).unwrap_or_default()
    }
}

impl PersonRecord {
    /// Post and name, as far as they are known.
    pub fn words(&self) -> String {
        format!("{} {}", self.post, self.name).trim().to_owned()
    }
}

/// None of an empty list.
fn to_json(list: &[impl Serialize]) -> Option<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(list).expect("plain values are always JSON");
    json.push(b'\n');
    (!list.is_empty()).then_some(json)
}
