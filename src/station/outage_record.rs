//! The outage record: what a form about missing video asks for, filled in from the day's journal.

use chrono::SecondsFormat;
use serde::Serialize;

use super::opening;
use super::point_time::at_point;
use crate::day::{Day, Outage, Reading, StandIns};
use crate::i18n::Message;
use crate::journal::{DayDocument, OutageLevel, Record};
use crate::point::{CameraId, RoomNumber};

/// One outage with everything that is known of it. Times of day are the point's, `2026-05-29T08:12:03+03:00`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutageRecord {
    pub region: String,
    pub point: String,
    pub point_name: String,
    pub day: String,
    /// Counts the day's outages from 1.
    pub number: usize,
    /// The journal's record that told of it.
    pub record: u64,
    pub camera: CameraId,
    pub camera_name: String,
    pub room: Option<RoomNumber>,
    pub room_name: String,
    pub from: String,
    /// None if it never ended.
    pub to: Option<String>,
    /// Video that is missing, whatever the wall clock did meanwhile.
    pub lost_ms: u64,
    /// How often the video broke off.
    pub times: u32,
    /// The station's two clocks when it noticed the outage and its end.
    pub noticed: Reading,
    pub ended: Option<Reading>,
    /// As it was noticed.
    pub cause: Message,
    /// Who was alarmed.
    pub level: OutageLevel,
    pub reason: Option<OutageReason>,
}

/// What a person wrote about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutageReason {
    pub text: String,
    pub name: String,
    pub post: String,
    pub at: String,
}

/// Every outage of the day that these are the records of, in the order they were noticed.
pub fn outage_records(document: &DayDocument, records: &[Record]) -> Vec<OutageRecord> {
    let now = records.last().map_or(0, |record| record.utc_ms);
    of_day(document, &opening::fold(document, records), now)
}

fn of_day(document: &DayDocument, day: &Day, now_ms: i64) -> Vec<OutageRecord> {
    let numbered = day.outages.iter().zip(1..);
    numbered.map(|numbered| record(document, &day.stand_ins, numbered, now_ms)).collect()
}

/// The same of a day that is over, ready to be stored.
pub(super) fn to_json(document: &DayDocument, day: &Day) -> Vec<u8> {
    let mut json =
        serde_json::to_vec_pretty(&of_day(document, day, 0)).expect("plain values are always JSON");
    json.push(b'\n');
    json
}

fn record(
    document: &DayDocument,
    stand_ins: &StandIns,
    (outage, number): (&Outage, usize),
    now_ms: i64,
) -> OutageRecord {
    let time = |utc_ms: i64| at_point(utc_ms, document.time_zone).to_rfc3339_opts(SecondsFormat::Secs, true);
    let camera = document.cameras.iter().find(|camera| camera.id == outage.camera);
    let room = camera.and_then(|camera| document.rooms.iter().find(|room| room.number == camera.room));
    let reason = outage.explained.as_ref().map(|explained| {
        let by = explained.by.as_ref();
        let person = document.people.iter().find(|person| Some(&person.id) == by);
        let person = person.map(|person| (person.name.clone(), person.post.clone()));
        let stood_in =
            || by.and_then(|by| stand_ins.person(by)).map(|told| (told.name.clone(), told.post.clone()));
        let (name, post) = person.or_else(stood_in).unwrap_or_default();
        OutageReason { text: explained.text.clone(), name, post, at: time(explained.at_ms) }
    });
    OutageRecord {
        region: document.region.to_string(),
        point: document.point.to_string(),
        point_name: document.point_name.clone(),
        day: document.day.to_string(),
        number,
        record: outage.record,
        camera: outage.camera.clone(),
        camera_name: camera.map(|camera| camera.name.clone()).unwrap_or_default(),
        room: camera.map(|camera| camera.room.clone()),
        room_name: room.map(|room| room.name.clone()).unwrap_or_default(),
        from: time(outage.from_ms),
        to: outage.to_ms.map(time),
        lost_ms: outage.lost_ms(now_ms),
        times: outage.times,
        noticed: outage.noticed.clone(),
        ended: outage.ended.clone(),
        cause: outage.cause.clone(),
        level: outage.level,
        reason,
    }
}
