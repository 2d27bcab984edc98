//! Moments as the point's clocks show them.

use chrono::{DateTime, Datelike};

use crate::time_zone::Tz;

/// The moment at the point. Beyond the years that people write, as only a forged journal says it, it is the
/// beginning of the count.
pub(super) fn at_point(utc_ms: i64, zone: Tz) -> DateTime<Tz> {
    let instant = DateTime::from_timestamp_millis(utc_ms).filter(|at| (1..=9_999).contains(&at.year()));
    instant.unwrap_or_default().with_timezone(&zone)
}

#[cfg(test)]
mod tests {
    use chrono::SecondsFormat;

    use super::*;

    #[test]
    fn every_number_is_some_moment_everywhere() {
        for zone in ["Europe/Moscow", "Pacific/Kiritimati", "Pacific/Niue"] {
            let zone: Tz = zone.parse().unwrap();
            for utc_ms in
                [i64::MIN, -62_135_596_800_000, 0, 253_402_300_799_999, 8_210_266_876_799_999, i64::MAX]
            {
                let text = at_point(utc_ms, zone).fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, true);
                assert!(text.len() >= 20, "{text}");
            }
        }
        let at = at_point(1_780_030_323_000, "Europe/Moscow".parse().unwrap());
        assert_eq!(at.to_rfc3339_opts(SecondsFormat::Secs, true), "2026-05-29T07:52:03+03:00");
    }
}
