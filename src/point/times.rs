//! Dates and times as a profile writes them.

use chrono::{NaiveDate, NaiveTime};

use crate::i18n::Message;
use crate::tables::Item;

/// Dates as `YYYY-MM-DD`, put in order.
pub(super) fn dates(item: &Item<'_>) -> Option<Vec<NaiveDate>> {
    let read = |text: &str| text.parse().map_err(|_| Message::new("fault-date"));
    let dates: Option<Vec<NaiveDate>> =
        item.items(0..=100)?.iter().map(|item| item.understood(read)).collect();
    let mut dates = dates?;
    dates.sort_unstable();
    Some(dates)
}

/// `HH:MM`.
pub(super) fn time_of_day(text: &str) -> Result<NaiveTime, Message> {
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok().filter(|_| text.len() == 5);
    time.ok_or_else(|| Message::new("fault-time"))
}

/// `MM-DD`, a day that every year has.
pub(super) fn month_and_day(text: &str) -> Result<(u32, u32), Message> {
    let read = || {
        let (month, day) = text.split_once('-').filter(|_| text.len() == 5)?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // 2023 has no 29 February.
        NaiveDate::from_ymd_opt(2023, month, day).map(|_| (month, day))
    };
    read().ok_or_else(|| Message::new("fault-month-day"))
}
