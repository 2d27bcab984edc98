//! A time as a person writes it for an excerpt.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use crate::time_zone::Tz;

/// `09:10`, `09:10:28` on the exam day, or an ISO 8601 time, local or with its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    OnTheDay(NaiveTime),
    Local(NaiveDateTime),
    Exact(DateTime<Utc>),
}

/// A text that is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write 09:10, 09:10:28, 2026-05-29T09:10:28 or 2026-05-29T09:10:28+03:00")]
pub struct BadWhen;

impl FromStr for When {
    type Err = BadWhen;

    fn from_str(text: &str) -> Result<Self, BadWhen> {
        let time = |form| NaiveTime::parse_from_str(text, form).ok().map(Self::OnTheDay);
        let local = |form| NaiveDateTime::parse_from_str(text, form).ok().map(Self::Local);
        let exact = DateTime::parse_from_rfc3339(text).ok().map(|time| Self::Exact(time.to_utc()));
        exact
            .or_else(|| time("%H:%M:%S"))
            .or_else(|| time("%H:%M"))
            .or_else(|| local("%Y-%m-%dT%H:%M:%S"))
            .or_else(|| local("%Y-%m-%dT%H:%M"))
            .ok_or(BadWhen)
    }
}

impl When {
    /// UTC ms, of a day and in the point's zone. Where clocks were set, a time that was there twice is
    /// the earlier one for a beginning and the later one for an end; one that never was is none.
    pub fn utc_ms(self, date: NaiveDate, zone: Tz, is_end: bool) -> Option<i64> {
        let local = match self {
            Self::Exact(time) => return Some(time.timestamp_millis()),
            Self::Local(local) => local,
            Self::OnTheDay(time) => date.and_time(time),
        };
        let found = zone.from_local_datetime(&local);
        let time = if is_end { found.latest() } else { found.earliest() };
        time.map(|time| time.timestamp_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_may_write_it_short_or_whole() {
        let date: NaiveDate = "2026-05-29".parse().unwrap();
        let ms =
            |text: &str| text.parse::<When>().unwrap().utc_ms(date, "Europe/Moscow".parse().unwrap(), false);
        let expected = Some(1_780_035_028_000);
        for text in ["09:10:28", "2026-05-29T09:10:28", "2026-05-29T06:10:28Z", "2026-05-29T09:10:28+03:00"] {
            assert_eq!(ms(text), expected, "{text}");
        }
        assert_eq!(ms("09:10"), Some(1_780_035_000_000));
        for bad in ["", "9", "25:00", "09:60", "2026-05-29", "yesterday"] {
            assert_eq!(bad.parse::<When>(), Err(BadWhen), "{bad}");
        }
    }

    #[test]
    fn a_time_that_was_there_twice_is_taken_whole() {
        let date: NaiveDate = "2026-10-25".parse().unwrap();
        let half_past: When = "02:30".parse().unwrap();
        let ms = |is_end| half_past.utc_ms(date, "Europe/Berlin".parse().unwrap(), is_end).unwrap();
        assert_eq!(ms(true) - ms(false), 3_600_000);
    }
}
