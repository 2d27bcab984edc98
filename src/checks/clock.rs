//! Is the computer's clock sane, in the point's time zone, and does anything keep it right?

use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveTime, Offset, TimeZone, Timelike, Utc};

use super::asking::running;
use super::{CheckContext, CheckResult, ProgramOutput};
use crate::i18n::Message;
use crate::point::ClockRules;
use crate::time_zone::Tz;

const LIMIT: Duration = Duration::from_secs(5);

/// Years in which this program may be running; a dead battery sets clocks far outside.
const YEARS: std::ops::RangeInclusive<i32> = 2026..=2099;

/// A clock that is set while it is looked at goes ahead or back by more than this.
const JUMP_MS: u64 = 1000;

/// Whether something keeps the clock right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sync {
    Kept,
    /// There is a service, and it has not reached its source.
    NotKept,
    /// Nothing on this computer can tell.
    Unknown,
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let before = context.clock.now();
    let sync = sync_state(context);
    let now = context.clock.now();
    let jumped_ms = now.wall_step_ms(&before);
    let utc = DateTime::<Utc>::from_timestamp_millis(now.utc_ms).unwrap_or_default();
    let local = context.time_zone.from_utc_datetime(&utc.naive_utc());
    let expected_min = local.offset().fix().local_minus_utc() / 60;
    let shown = local.format("%H:%M").to_string();

    let result = if jumped_ms.unsigned_abs() > JUMP_MS {
        CheckResult::failed(Message::new("checks-clock-jumped").with("seconds", jumped_ms / 1000))
    } else if !YEARS.contains(&local.year()) {
        CheckResult::failed(Message::new("checks-clock-year").with("year", i64::from(local.year())))
    } else if now.offset_min != expected_min {
        let message = Message::new("checks-clock-zone").with("zone", context.time_zone.name());
        CheckResult::failed(
            message.with("is", offset_text(now.offset_min)).with("should", offset_text(expected_min)),
        )
    } else if sync == Sync::Kept {
        CheckResult::passed(Message::new("checks-clock-ok").with("time", shown))
    } else if context.rules.clock.must_be_kept && sync == Sync::Unknown {
        CheckResult::unknown(Message::new("checks-clock-unknown").with("time", shown))
    } else if context.rules.clock.must_be_kept {
        CheckResult::failed(Message::new("checks-clock-not-kept").with("time", shown))
    } else {
        // No network is the rule at a point. A person compares with a reference clock instead.
        CheckResult::passed(Message::new("checks-clock-compare").with("time", shown))
    };
    let word = match sync {
        Sync::Kept => "yes",
        Sync::NotKept => "no",
        Sync::Unknown => "unknown",
    };
    result
        .measured("clock_utc_ms", now.utc_ms)
        .measured("offset_min", i64::from(now.offset_min))
        .measured("expected_offset_min", i64::from(expected_min))
        .measured("synchronised", word)
}

fn offset_text(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

const DAY_SECONDS: i64 = 86_400;

/// What a person reads off a reference clock at this moment, `08:00:15` or `08:00`, against this
/// computer's. Refused when it is no time.
pub fn compare(typed: &str, utc_ms: i64, zone: Tz, rules: &ClockRules) -> Result<CheckResult, Message> {
    let typed = typed.trim();
    let with_seconds = NaiveTime::parse_from_str(typed, "%H:%M:%S").map(|time| (time, 0));
    // Without seconds it is the same minute through all of it.
    let minute = |_| NaiveTime::parse_from_str(typed, "%H:%M").map(|time| (time, 59));
    let (reference, lasts) = with_seconds.or_else(minute).map_err(|_| Message::new("refused-time"))?;
    let utc = DateTime::<Utc>::from_timestamp_millis(utc_ms).unwrap_or_default();
    let own = zone.from_utc_datetime(&utc.naive_utc()).time();
    let seconds = |time: NaiveTime| i64::from(time.num_seconds_from_midnight());
    // The shorter way round the dial.
    let half = DAY_SECONDS / 2;
    let ahead = (seconds(own) - seconds(reference) + half).rem_euclid(DAY_SECONDS) - half;
    let offset = if ahead > 0 { (ahead - lasts).max(0) } else { ahead };
    let about = |id: &str| {
        let own = own.format("%H:%M:%S").to_string();
        Message::new(id).with("own", own).with("reference", typed).with("seconds", offset.abs())
    };
    let result = if offset.unsigned_abs() > u64::from(rules.max_offset_seconds) {
        CheckResult::failed(about("checks-clock-off").with("most", rules.max_offset_seconds))
    } else {
        CheckResult::passed(about("checks-clock-compared"))
    };
    Ok(result.measured("offset_seconds", offset).measured("reference_time", typed))
}

/// Asks whatever service this system has.
fn sync_state(context: &CheckContext) -> Sync {
    let programs = context.programs.as_ref();
    let ask = |command: &[&str]| {
        let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        programs.run(&command, LIMIT).ok().filter(ProgramOutput::success).map(|output| output.out)
    };
    if cfg!(windows) {
        // Not tried on Windows yet. The words stand in w32tm's output whatever the language.
        return match ask(&["w32tm", "/query", "/source"]) {
            Some(text) if text.contains("CMOS") || text.contains("Free-running") => Sync::NotKept,
            Some(_) => Sync::Kept,
            None => Sync::Unknown,
        };
    }
    let by_timedatectl = ask(&["timedatectl", "show", "--property=NTPSynchronized"]);
    match by_timedatectl.as_deref().map(str::trim) {
        Some("NTPSynchronized=yes") => return Sync::Kept,
        Some("NTPSynchronized=no") => return Sync::NotKept,
        _ => {}
    }
    // Its client would look for it all over the network of this computer.
    if !running(&context.root).iter().any(|name| name == "chronyd") {
        return Sync::Unknown;
    }
    // Without systemd: chrony's own word, "Leap status     : Normal" once it follows a source.
    match ask(&["chronyc", "-n", "tracking"]) {
        Some(text) => follows_a_source(&text),
        None => Sync::Unknown,
    }
}

/// A daemon that was told to trust this computer's own clock calls that normal too.
fn follows_a_source(tracking: &str) -> Sync {
    let told = |key: &str| tracking.lines().find_map(|line| line.strip_prefix(key)?.split_once(':'));
    let source = told("Reference ID").and_then(|(_, value)| value.split_whitespace().next());
    let is_normal = told("Leap status").is_some_and(|(_, value)| value.trim() == "Normal");
    match source {
        Some(source) if is_normal && source != "7F7F0101" && source != "00000000" => Sync::Kept,
        _ => Sync::NotKept,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::checks::tests::{Recorded, context};
    use crate::checks::{ProgramError, RunProgram};
    use crate::clock::SimulatedClock;
    use crate::journal::Outcome;

    /// 2026-05-29 08:00 in Moscow.
    const MORNING_MS: i64 = 1_780_030_800_000;

    fn check(utc_ms: i64, offset_min: i32, says: (&str, &str)) -> (Outcome, String) {
        let folder = tempfile::tempdir().unwrap();
        let process = folder.path().join("proc/7");
        std::fs::create_dir_all(&process).unwrap();
        std::fs::write(process.join("comm"), "chronyd\n").unwrap();
        let mut context = context(folder.path());
        context.root = folder.path().to_owned();
        context.time_zone = "Europe/Moscow".parse().unwrap();
        context.clock = Arc::new(SimulatedClock::new(utc_ms, offset_min));
        context.programs = Recorded::one(says.0, says.1);
        let result = run(&context);
        (result.outcome, result.finding.to_string())
    }

    #[test]
    fn a_dead_battery_and_a_wrong_zone_fail() {
        let yes = || ("timedatectl", "NTPSynchronized=yes\n");
        assert_eq!(check(0, 180, yes()), (Outcome::Failed, "checks-clock-year year=1970".into()));
        let (outcome, finding) = check(MORNING_MS, 0, yes());
        assert_eq!(outcome, Outcome::Failed);
        assert!(finding.contains(r#"is="+00:00" should="+03:00""#), "{finding}");
        assert_eq!(check(i64::MAX, 180, yes()).0, Outcome::Failed);
    }

    #[test]
    fn a_clock_that_nothing_keeps_right_is_to_be_compared_by_a_person() {
        let compare = (Outcome::Passed, r#"checks-clock-compare time="08:00""#.to_owned());
        assert_eq!(check(MORNING_MS, 180, ("timedatectl", "NTPSynchronized=no\n")), compare);
        assert_eq!(check(MORNING_MS, 180, ("nothing", "")), compare);
        let tracking = "Reference ID    : 00000000 ()\nLeap status     : Not synchronised\n";
        assert_eq!(check(MORNING_MS, 180, ("chronyc", tracking)), compare);
        let itself = "Reference ID    : 7F7F0101 ()\nLeap status     : Normal\n";
        assert_eq!(check(MORNING_MS, 180, ("chronyc", itself)), compare);
    }

    #[test]
    fn where_the_profile_wants_it_kept_a_person_is_not_enough() {
        let mut context = context(std::path::Path::new("."));
        context.rules.clock.must_be_kept = true;
        context.clock = Arc::new(SimulatedClock::new(MORNING_MS, 0));
        context.programs = Recorded::one("timedatectl", "NTPSynchronized=no\n");
        assert_eq!(run(&context).finding.id, "checks-clock-not-kept");
        context.programs = Recorded::all(&[]);
        context.root = "/nowhere".into();
        assert_eq!(run(&context).outcome, Outcome::Unknown);
        context.programs = Recorded::one("timedatectl", "NTPSynchronized=yes\n");
        assert_eq!(run(&context).outcome, Outcome::Passed);
    }

    #[test]
    fn a_clock_that_is_set_meanwhile_is_seen() {
        struct Sets(Arc<SimulatedClock>);
        impl RunProgram for Sets {
            fn run(&self, _command: &[String], _limit: Duration) -> Result<ProgramOutput, ProgramError> {
                self.0.step_wall(-90_000);
                Err(ProgramError::NotFound)
            }
        }
        let clock = Arc::new(SimulatedClock::new(MORNING_MS, 0));
        let mut context = context(std::path::Path::new("."));
        context.root = "/nowhere".into();
        context.programs = Arc::new(Sets(Arc::clone(&clock)));
        context.clock = clock;
        let result = run(&context);
        assert_eq!(result.finding.to_string(), "checks-clock-jumped seconds=-90");
        assert_eq!(result.outcome, Outcome::Failed);
    }

    #[test]
    fn what_a_person_reads_off_a_reference_clock_is_compared() {
        let offset = |typed: &str, ms: i64| {
            let result =
                compare(typed, MORNING_MS + ms, "Europe/Moscow".parse().unwrap(), &ClockRules::default())?;
            Ok::<_, Message>((result.outcome, result.evidence[0].value.clone()))
        };
        assert_eq!(offset("08:00:00", 0), Ok((Outcome::Passed, 0_i64.into())));
        assert_eq!(offset("8:00", 59_000), Ok((Outcome::Passed, 0_i64.into())), "the same minute");
        assert_eq!(offset("08:01:00", 0), Ok((Outcome::Passed, (-60_i64).into())));
        assert_eq!(offset("08:01:01", 0), Ok((Outcome::Failed, (-61_i64).into())));
        assert_eq!(offset("07:58", 0), Ok((Outcome::Failed, 61_i64.into())));
        assert_eq!(offset("23:59:50", 16 * 3_600_000), Ok((Outcome::Passed, 10_i64.into())), "over midnight");
        assert_eq!(offset("eight", 0).unwrap_err().id, "refused-time");
        assert_eq!(offset("25:00", 0).unwrap_err().id, "refused-time");
    }

    #[test]
    fn a_clock_that_is_kept_right_passes() {
        let fine = (Outcome::Passed, r#"checks-clock-ok time="08:00""#.to_owned());
        assert_eq!(check(MORNING_MS, 180, ("timedatectl", "NTPSynchronized=yes\n")), fine);
        let tracking = "Reference ID    : C0A80001 (192.168.0.1)\nLeap status     : Normal\n";
        assert_eq!(check(MORNING_MS, 180, ("chronyc", tracking)), fine);
    }
}
