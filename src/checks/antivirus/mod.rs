//! Is there an antivirus, does it run, are its signatures fresh, and does it find the test file?

mod clamav;
mod drweb;
mod kaspersky;
mod sample;
mod windows;

use chrono::NaiveDateTime;

use super::findings::Findings;
use super::{CheckContext, CheckResult};
use crate::i18n::Message;
use crate::point::AntivirusRules;
use sample::Sample;

const DAY_MS: i64 = 86_400_000;

/// What one product tells of itself.
#[derive(Debug)]
struct Product {
    name: &'static str,
    /// As it calls its own version.
    version: String,
    /// It watches over this computer.
    running: Result<bool, Message>,
    /// Of its signatures, UTC.
    signatures_ms: Result<i64, Message>,
    /// It was given the test file and said so; none if that was not tried.
    finds: Option<Result<bool, Message>>,
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let rules = &context.rules.antivirus;
    let sample = match rules.try_sample.then(|| Sample::write(&context.data)) {
        Some(Err(error)) => {
            let message = Message::new("checks-antivirus-no-sample").with("detail", error.to_string());
            return CheckResult::unknown(message);
        }
        Some(Ok(sample)) => Some(sample),
        None => None,
    };
    let sample = sample.as_ref();
    let products = if cfg!(windows) {
        vec![windows::look(context, sample)]
    } else {
        vec![kaspersky::look(context, sample), drweb::look(context, sample), clamav::look(context, sample)]
    };
    let products: Vec<Product> = products.into_iter().flatten().collect();
    judge(&products, rules, context.clock.now().utc_ms)
}

/// One that is all right is enough; else the first one's fault is told.
fn judge(products: &[Product], rules: &AntivirusRules, now_ms: i64) -> CheckResult {
    let mut best: Option<CheckResult> = None;
    for product in products {
        let result = product.judge(rules, now_ms);
        let is_better = best.as_ref().is_none_or(|best| best.outcome != crate::journal::Outcome::Passed);
        if best.is_none() || (is_better && result.outcome == crate::journal::Outcome::Passed) {
            best = Some(result);
        }
    }
    match best {
        Some(result) => result,
        None if rules.required => CheckResult::failed(Message::new("checks-antivirus-none")),
        None => CheckResult::passed(Message::new("checks-antivirus-not-asked")),
    }
}

impl Product {
    fn judge(&self, rules: &AntivirusRules, now_ms: i64) -> CheckResult {
        let mut findings = Findings::default();
        let about = |id: &str| Message::new(id).with("name", self.name);
        findings.measured("antivirus", format!("{} {}", self.name, self.version));
        if findings.known(self.running.clone()) == Some(false) {
            findings.failed(about("checks-antivirus-stopped"));
        }
        let mut age_days = 0;
        if let Some(signatures_ms) = findings.known(self.signatures_ms.clone()) {
            let age_ms = now_ms - signatures_ms;
            age_days = age_ms.div_euclid(DAY_MS);
            findings.measured("signatures_utc_ms", signatures_ms);
            findings.measured("signatures_age_days", age_days);
            if age_days > i64::from(rules.max_age_days) {
                let old = about("checks-antivirus-old").with("days", age_days);
                findings.failed(old.with("most", rules.max_age_days));
            } else if age_ms < -DAY_MS {
                // Signatures out of the future: the clock is wrong, and their age can't be told.
                findings.unknown(about("checks-antivirus-future"));
            }
        }
        if let Some(finds) = &self.finds {
            let found = findings.known(finds.clone());
            findings.measured("test_file_found", if found == Some(true) { "yes" } else { "no" });
            if found == Some(false) {
                findings.failed(about("checks-antivirus-blind"));
            }
        }
        findings.into_result(about("checks-antivirus-ok").with("days", age_days.max(0)))
    }
}

/// `Key:   value` of a report in lines.
fn told<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == key).then_some(value.trim())
    })
}

/// A time that a product writes without a zone; a few hours do not matter to an age in days.
fn utc_ms(text: &str, format: &str) -> Option<i64> {
    NaiveDateTime::parse_from_str(text.trim(), format).ok().map(|time| time.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    const NOW_MS: i64 = 1_780_030_800_000;

    fn product(running: bool, age_days: i64, finds: bool) -> Product {
        Product {
            name: "ClamAV",
            version: "1.4.6".into(),
            running: Ok(running),
            signatures_ms: Ok(NOW_MS - age_days * DAY_MS),
            finds: Some(Ok(finds)),
        }
    }

    fn check(products: &[Product]) -> (Outcome, String) {
        let result = judge(products, &AntivirusRules::default(), NOW_MS);
        (result.outcome, result.finding.id)
    }

    #[test]
    fn each_thing_that_can_be_wrong_is_found() {
        assert_eq!(check(&[product(true, 7, true)]), (Outcome::Passed, "checks-antivirus-ok".into()));
        assert_eq!(check(&[]), (Outcome::Failed, "checks-antivirus-none".into()));
        assert_eq!(check(&[product(false, 1, true)]).1, "checks-antivirus-stopped");
        assert_eq!(check(&[product(true, 8, true)]).1, "checks-antivirus-old");
        assert_eq!(check(&[product(true, 1, false)]).1, "checks-antivirus-blind");
        assert_eq!(check(&[product(true, -3, true)]), (Outcome::Unknown, "checks-antivirus-future".into()));
        let mut silent = product(true, 1, true);
        silent.finds = Some(Err(Message::new("checks-program-hangs")));
        assert_eq!(check(&[silent]).0, Outcome::Unknown);
    }

    #[test]
    fn one_good_antivirus_is_enough_and_none_need_be_asked_for() {
        assert_eq!(check(&[product(false, 900, false), product(true, 1, true)]).0, Outcome::Passed);
        assert_eq!(check(&[product(true, 1, true), product(false, 900, false)]).0, Outcome::Passed);
        let rules = AntivirusRules { required: false, ..AntivirusRules::default() };
        assert_eq!(judge(&[], &rules, NOW_MS).outcome, Outcome::Passed);
    }
}
