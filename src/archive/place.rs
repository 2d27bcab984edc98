//! Where in an archive something is, for people and for programs.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::point::{CameraId, DayId};
use crate::time_zone::Tz;

/// Where something was found, as exactly as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The station's day, where an archive holds those of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<DayId>,
    /// The part's file name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Path inside the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Number of the journal's record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camera: Option<CameraId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<u32>,
    /// Wall time of the video concerned, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_ms: Option<i64>,
}

impl Place {
    pub fn part(part: &str) -> Self {
        Self { part: Some(part.to_owned()), ..Self::default() }
    }

    pub fn file(part: &str, file: &str) -> Self {
        Self { file: Some(file.to_owned()), ..Self::part(part) }
    }

    pub fn record(record: u64) -> Self {
        Self { record: Some(record), ..Self::default() }
    }

    /// The place in words, as short as it stays clear; empty when nothing is known of it. Times
    /// are those of `time_zone`, else UTC.
    pub fn words(&self, time_zone: Option<Tz>, say: &dyn Fn(&Message) -> String) -> String {
        let file = match (&self.camera, self.segment, &self.file, &self.part) {
            (Some(camera), Some(segment), _, _) => format!("{camera} {segment:06}.mp4"),
            (Some(camera), None, _, _) => camera.to_string(),
            (None, _, Some(file), Some(part)) => format!("{part} {file}"),
            (None, _, Some(file), None) => file.clone(),
            (None, _, None, Some(part)) => part.clone(),
            (None, _, None, None) => String::new(),
        };
        let time = match (self.from_ms, self.to_ms) {
            (Some(from), Some(to)) => {
                format!("{}–{}", ClockTime(from, time_zone), ClockTime(to, time_zone))
            }
            (Some(at), None) | (None, Some(at)) => ClockTime(at, time_zone).to_string(),
            (None, None) => String::new(),
        };
        // Of a day, which is region-point-date-station, the station alone.
        let station = self.day.as_ref().and_then(|day| day.as_str().splitn(6, '-').nth(5));
        let file = match (station, file.is_empty()) {
            (Some(station), true) => format!("[{station}]"),
            (Some(station), false) => format!("[{station}] {file}"),
            (None, _) => file,
        };
        let mut words: Vec<String> = [file, time].into_iter().filter(|word| !word.is_empty()).collect();
        if let Some(record) = self.record {
            let record = say(&Message::new("archive-place-record").with("record", record));
            match words.last_mut() {
                Some(last) => *last = format!("{last} ({record})"),
                None => words.push(record),
            }
        }
        words.join(", ")
    }
}

/// A day and a time with seconds, `2026-05-29 09:10:28`.
pub(super) fn day_and_time(ms: i64, time_zone: Option<Tz>) -> String {
    let date = DateTime::<Utc>::from_timestamp_millis(ms).map(|time| match time_zone {
        Some(zone) => time.with_timezone(&zone).date_naive(),
        None => time.date_naive(),
    });
    let time = ClockTime(ms, time_zone);
    date.map_or_else(|| time.to_string(), |date| format!("{date} {time}"))
}

/// A time of day with seconds, `09:10:28`; the end of a time that can't exist stays a number.
struct ClockTime(i64, Option<Tz>);

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (DateTime::<Utc>::from_timestamp_millis(self.0), self.1) {
            (Some(time), Some(zone)) => write!(f, "{}", time.with_timezone(&zone).format("%H:%M:%S")),
            (Some(time), None) => write!(f, "{}Z", time.format("%H:%M:%S")),
            (None, _) => write!(f, "{} ms", self.0),
        }
    }
}
