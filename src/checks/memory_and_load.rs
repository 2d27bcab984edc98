//! Is there memory and processor time to spare, and is it not too hot?
//!
//! Too little memory fails, and so does heat. A busy processor is only said and kept as evidence: whether there is
//! enough for the recording is what the cameras' own check finds out.

use std::thread;
use std::time::Duration;

use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

use super::findings::Findings;
use super::temperature::hottest_celsius;
use super::{CheckContext, CheckResult};
use crate::i18n::Message;
use crate::point::LoadRules;

/// The station with its cameras and a window need about half of this.
const NEEDED_MEMORY_BYTES: u64 = 500_000_000;
/// From here on the processor counts as busy.
const BUSY_PERCENT: u32 = 85;
/// Several samples, so that one busy moment says little: the quietest counts.
const SAMPLES: usize = 3;
const SAMPLE: Duration = Duration::from_millis(700);

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let wanted = RefreshKind::nothing()
        .with_memory(MemoryRefreshKind::nothing().with_ram())
        .with_cpu(CpuRefreshKind::nothing().with_cpu_usage());
    let mut system = System::new_with_specifics(wanted);
    let mut load_percent = 100;
    for _ in 0..SAMPLES {
        thread::sleep(SAMPLE);
        system.refresh_cpu_usage();
        load_percent = load_percent.min(system.global_cpu_usage().round().clamp(0.0, 100.0) as u32);
    }
    let measured = Measured {
        available_bytes: system.available_memory(),
        total_bytes: system.total_memory(),
        load_percent,
        processors: system.cpus().len(),
        celsius: hottest_celsius(&context.root),
    };
    judge(&measured, &context.rules.memory_and_load)
}

struct Measured {
    available_bytes: u64,
    total_bytes: u64,
    load_percent: u32,
    processors: usize,
    celsius: Option<u32>,
}

fn judge(measured: &Measured, rules: &LoadRules) -> CheckResult {
    let megabytes = |bytes: u64| bytes / 1_000_000;
    let with_amounts = |message: Message| {
        let free = megabytes(measured.available_bytes);
        message.with("free_mb", free).with("load_percent", measured.load_percent)
    };
    let mut findings = Findings::default();
    if measured.total_bytes == 0 || measured.processors == 0 {
        findings.unknown(Message::new("checks-memory-unknown"));
    } else if measured.available_bytes < NEEDED_MEMORY_BYTES {
        let short = Message::new("checks-memory-short").with("needed_mb", megabytes(NEEDED_MEMORY_BYTES));
        findings.failed(with_amounts(short));
    }
    findings.measured("available_memory_bytes", measured.available_bytes);
    findings.measured("total_memory_bytes", measured.total_bytes);
    findings.measured("load_percent", measured.load_percent);
    findings.measured("processors", measured.processors);
    match measured.celsius {
        Some(celsius) => {
            findings.measured("hottest_celsius", celsius);
            let most = rules.max_celsius.unwrap_or(LoadRules::USUAL_CELSIUS);
            if celsius > most {
                let hot = Message::new("checks-memory-hot").with("celsius", celsius);
                findings.failed(hot.with("most", most));
            }
        }
        None => {
            findings.measured("hottest_celsius", "unknown");
            if rules.max_celsius.is_some() {
                findings.unknown(Message::new("checks-memory-no-sensor"));
            }
        }
    }
    let busy = measured.load_percent >= BUSY_PERCENT;
    let fine = if busy { "checks-load-high" } else { "checks-memory-ok" };
    findings.into_result(with_amounts(Message::new(fine)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    fn check(
        available_bytes: u64,
        total_bytes: u64,
        load_percent: u32,
        celsius: Option<u32>,
    ) -> (Outcome, String) {
        let measured = Measured { available_bytes, total_bytes, load_percent, processors: 4, celsius };
        let result = judge(&measured, &LoadRules::default());
        (result.outcome, result.finding.id)
    }

    #[test]
    fn too_little_memory_fails_and_a_busy_processor_is_said() {
        assert_eq!(check(499_999_999, 4_000_000_000, 3, None).0, Outcome::Failed);
        assert_eq!(check(0, 0, 3, None).0, Outcome::Unknown);
        let busy = check(2_000_000_000, 4_000_000_000, 97, None);
        assert_eq!(busy, (Outcome::Passed, "checks-load-high".into()));
    }

    #[test]
    fn heat_fails_and_a_limit_that_can_not_be_looked_after_is_unknown() {
        assert_eq!(check(2_000_000_000, 4_000_000_000, 3, Some(90)).0, Outcome::Passed);
        let hot = check(2_000_000_000, 4_000_000_000, 3, Some(91));
        assert_eq!(hot, (Outcome::Failed, "checks-memory-hot".into()));
        let measured = Measured {
            available_bytes: 2_000_000_000,
            total_bytes: 4_000_000_000,
            load_percent: 3,
            processors: 4,
            celsius: None,
        };
        assert_eq!(judge(&measured, &LoadRules { max_celsius: Some(80) }).outcome, Outcome::Unknown);
    }
}
