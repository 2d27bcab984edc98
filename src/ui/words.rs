//! Times, sizes and texts as a person reads them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::checklist::Bilingual;
use crate::i18n::{Language, Message, Texts};

/// A code or fingerprint in groups of four, as people copy it; what stands before its colon stays whole.
pub fn grouped(text: &str) -> String {
    let (head, digits) = text.split_once(':').map_or(("", text), |(head, digits)| (head, digits));
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    let groups = groups.join(" ");
    if head.is_empty() { groups } else { format!("{head}: {groups}") }
}

/// The texts of one language, with the ways to write numbers in it.
#[derive(Debug)]
pub struct Words {
    texts: Texts,
}

impl Words {
    pub fn new(language: Language) -> Self {
        Self { texts: Texts::load(language) }
    }

    pub fn language(&self) -> Language {
        self.texts.language()
    }

    /// A text without arguments.
    pub fn t(&self, id: &str) -> String {
        self.texts.text(id)
    }

    pub fn say(&self, message: &Message) -> String {
        self.texts.message(message)
    }

    /// The text that a profile or checklist carries in both languages.
    pub fn of<'a>(&self, text: &'a Bilingual) -> &'a str {
        text.get(self.language())
    }

    /// `29 мая 2026`.
    pub fn date(&self, date: NaiveDate) -> String {
        self.say(
            &Message::new("ui-date")
                .with("day", date.day())
                .with("month", date.month())
                .with("year", date.year().to_string()),
        )
    }

    /// `2 ч 07 мин`, `38 мин`; rounded down to minutes, never negative.
    pub fn hours(&self, ms: i64) -> String {
        let minutes = ms.max(0) / 60_000;
        if minutes < 60 {
            return self.say(&Message::new("ui-minutes").with("minutes", minutes));
        }
        let rest = format!("{:02}", minutes % 60);
        self.say(&Message::new("ui-hours").with("hours", minutes / 60).with("minutes", rest))
    }

    /// How long work goes on that is nearly done, a begun second counted whole.
    pub fn eta(&self, ms: u64) -> String {
        self.span(ms.div_ceil(1000))
    }

    /// How long something has lasted: `6 мин 12 с`, as nobody reads a time of day.
    pub fn lasted(&self, ms: u64) -> String {
        self.span(ms / 1000)
    }

    /// As [`Self::hours`], but with seconds below ten minutes.
    fn span(&self, seconds: u64) -> String {
        match (seconds / 60, seconds % 60) {
            (0, seconds) => self.say(&Message::new("ui-seconds").with("seconds", seconds)),
            (minutes @ 1..10, seconds @ 1..) => {
                let message = Message::new("ui-minutes-seconds").with("minutes", minutes);
                self.say(&message.with("seconds", seconds))
            }
            _ => self.hours(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000)),
        }
    }

    /// `412 ГБ`, `3,2 ГБ`, `31 МБ`: decimal units (10⁹ bytes a GB), as media are sold.
    pub fn bytes(&self, bytes: u64) -> String {
        let (id, unit) = match bytes {
            1_000_000_000.. => ("ui-gigabytes", 1_000_000_000),
            1_000_000.. => ("ui-megabytes", 1_000_000),
            _ => ("ui-kilobytes", 1_000),
        };
        let tenths = bytes / (unit / 10);
        let amount = if tenths >= 1000 || tenths.is_multiple_of(10) {
            (tenths / 10).to_string()
        } else {
            format!("{}{}{}", tenths / 10, self.comma(), tenths % 10)
        };
        self.say(&Message::new(id).with("amount", amount))
    }

    /// `15,0` from thousandths.
    pub fn thousandths(&self, value: u32) -> String {
        let tenths = (value + 50) / 100;
        format!("{}{}{}", tenths / 10, self.comma(), tenths % 10)
    }

    fn comma(&self) -> &'static str {
        match self.language() {
            Language::Ru => ",",
            Language::En => ".",
        }
    }
}

fn local(utc_ms: i64, offset_min: i32) -> DateTime<Utc> {
    let shifted = utc_ms.saturating_add(i64::from(offset_min) * 60_000);
    DateTime::from_timestamp_millis(shifted).unwrap_or_default()
}

/// `07:52` where the clock is `offset_min` east of UTC.
pub fn clock(utc_ms: i64, offset_min: i32) -> String {
    local(utc_ms, offset_min).format("%H:%M").to_string()
}

/// `29.05`.
pub fn short_date(utc_ms: i64, offset_min: i32) -> String {
    local(utc_ms, offset_min).format("%d.%m").to_string()
}

/// The date then.
pub fn date_of(utc_ms: i64, offset_min: i32) -> NaiveDate {
    local(utc_ms, offset_min).date_naive()
}

/// `06:12`, `1:06:12`: a running timer.
pub fn timer(ms: u64) -> String {
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

/// Whether `text` is a time of day as the form wants it, `HH:MM`.
pub fn is_time_of_day(text: &str) -> bool {
    text.len() == 5 && chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_spans_read_as_a_person_writes_them() {
        let ru = Words::new(Language::Ru);
        let en = Words::new(Language::En);
        assert_eq!(ru.bytes(412_316_860_416), "412 ГБ");
        assert_eq!(ru.bytes(3_150_000_000), "3,1 ГБ");
        assert_eq!(en.bytes(3_150_000_000), "3.1 GB");
        assert_eq!(en.bytes(12_000), "12 KB");
        assert_eq!(ru.hours((2 * 60 + 7) * 60_000 + 59_000), "2 ч 07 мин");
        assert_eq!(en.hours(38 * 60_000), "38 min");
        assert_eq!(ru.hours(-5), "0 мин");
        assert_eq!(en.eta(45_200), "46 s");
        assert_eq!(ru.eta(145_000), "2 мин 25 с");
        assert_eq!((ru.eta(599_001), ru.eta(600_001)), ("10 мин".into(), "10 мин".into()));
        assert_eq!((en.lasted(360_999), en.lasted(361_000)), ("6 min".into(), "6 min 1 s".into()));
        assert_eq!((ru.lasted(999), ru.lasted(3_972_000)), ("0 с".into(), "1 ч 06 мин".into()));
        assert_eq!(ru.bytes(12_600_000_000), "12,6 ГБ");
        assert_eq!(ru.date(NaiveDate::from_ymd_opt(2026, 5, 29).unwrap()), "29 мая 2026");
        assert_eq!(en.date(NaiveDate::from_ymd_opt(2026, 5, 29).unwrap()), "29 May 2026");
        assert_eq!(ru.thousandths(14_960), "15,0");
    }

    #[test]
    fn times_are_those_of_the_point() {
        assert_eq!(clock(0, 180), "03:00");
        assert_eq!(timer(372_000), "06:12");
        assert_eq!(timer(3_972_000), "1:06:12");
        assert!(is_time_of_day("07:31"));
        assert!(!is_time_of_day("7:31") && !is_time_of_day("24:00") && !is_time_of_day("ab:cd"));
    }
}
