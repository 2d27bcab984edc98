//! Is the UPS on mains power, charged, and good for long enough? Asked through NUT's `upsc`, which is the
//! same on Windows.

use super::asking::said;
use super::findings::Findings;
use super::{CheckContext, CheckResult};
use crate::i18n::Message;
use crate::point::UpsRules;

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let rules = &context.rules.ups;
    let Some(name) = &rules.name else {
        return CheckResult::passed(Message::new("checks-ups-look"));
    };
    match said(context.programs.as_ref(), &["upsc", name]) {
        Ok(text) => judge(&text, rules),
        Err(why) => CheckResult::unknown(why),
    }
}

/// Lines such as `battery.charge: 100`.
fn told<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.split_once(':').filter(|(name, _)| name.trim() == key).map(|(_, v)| v.trim()))
}

/// A whole number; what stands behind a point does not matter here.
fn number(text: &str, key: &str) -> Option<u32> {
    told(text, key)?.split('.').next()?.parse().ok()
}

fn judge(text: &str, rules: &UpsRules) -> CheckResult {
    let mut findings = Findings::default();
    let status = told(text, "ups.status").unwrap_or_default();
    let says = |flag: &str| status.split_whitespace().any(|word| word == flag);
    findings.measured("status", if status.is_empty() { "unknown" } else { status });
    if status.is_empty() {
        findings.unknown(Message::new("checks-ups-silent"));
    } else if says("OFF") || says("BYPASS") {
        findings.failed(Message::new("checks-ups-off"));
    } else if says("OB") || !says("OL") {
        findings.failed(Message::new("checks-ups-battery"));
    }
    if says("RB") {
        findings.failed(Message::new("checks-ups-replace"));
    }
    let charge = number(text, "battery.charge");
    match charge {
        Some(percent) => {
            findings.measured("charge_percent", percent);
            if percent < rules.min_charge_percent || says("LB") {
                let low = Message::new("checks-ups-charge").with("percent", percent);
                findings.failed(low.with("needed", rules.min_charge_percent));
            }
        }
        None => findings.unknown(Message::new("checks-ups-silent")),
    }
    let minutes = number(text, "battery.runtime").map(|seconds| seconds / 60);
    match minutes {
        Some(minutes) => {
            findings.measured("runtime_minutes", minutes);
            if minutes < rules.min_minutes {
                let short = Message::new("checks-ups-short").with("minutes", minutes);
                findings.failed(short.with("needed", rules.min_minutes));
            }
        }
        None => findings.unknown(Message::new("checks-ups-silent")),
    }
    let fine = Message::new("checks-ups-ok").with("percent", charge.unwrap_or(0));
    findings.into_result(fine.with("minutes", minutes.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{Recorded, context};
    use crate::journal::Outcome;

    fn check(status: &str, charge: &str, seconds: &str) -> (Outcome, String) {
        let text = format!(
            "battery.charge: {charge}\nbattery.runtime: {seconds}\ndevice.mfr: EATON\nups.status: {status}\n"
        );
        let mut context = context(std::path::Path::new("."));
        context.rules.ups.name = Some("ups@localhost".into());
        context.programs = Recorded::one("upsc ups@localhost", &text);
        let result = run(&context);
        (result.outcome, result.finding.id)
    }

    #[test]
    fn each_thing_that_can_be_wrong_is_found() {
        assert_eq!(check("OL CHRG", "100", "1800.5"), (Outcome::Passed, "checks-ups-ok".into()));
        assert_eq!(check("OB DISCHRG", "100", "1800").1, "checks-ups-battery");
        assert_eq!(check("OL RB", "100", "1800").1, "checks-ups-replace");
        assert_eq!(check("OFF", "100", "1800").1, "checks-ups-off");
        assert_eq!(check("OL", "79", "1800").1, "checks-ups-charge");
        assert_eq!(check("OL", "100", "599"), (Outcome::Failed, "checks-ups-short".into()));
        assert_eq!(check("OL", "100", ""), (Outcome::Unknown, "checks-ups-silent".into()));
        assert_eq!(check("", "100", "1800").0, Outcome::Unknown);
    }

    #[test]
    fn without_a_name_a_person_looks_and_without_an_answer_nothing_passes() {
        let mut context = context(std::path::Path::new("."));
        context.programs = Recorded::all(&[]);
        assert_eq!(run(&context).finding.id, "checks-ups-look");
        context.rules.ups.name = Some("ups@localhost".into());
        assert_eq!(run(&context).outcome, Outcome::Unknown);
    }
}
