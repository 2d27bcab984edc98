//! Is there memory and processor time to spare?
//!
//! Too little memory fails. A busy processor is only said and kept as evidence: whether there is
//! enough for the recording is what the cameras' own check finds out.

use std::thread;
use std::time::Duration;

use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

use super::CheckResult;
use crate::i18n::Message;

/// The station with its cameras and a window need about half of this.
const NEEDED_MEMORY_BYTES: u64 = 500_000_000;
/// From here on the processor counts as busy.
const BUSY_PERCENT: u32 = 85;
/// Several samples, so that one busy moment says little: the quietest counts.
const SAMPLES: usize = 3;
const SAMPLE: Duration = Duration::from_millis(700);

pub(super) fn run() -> CheckResult {
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
    judge(system.available_memory(), system.total_memory(), load_percent, system.cpus().len())
}

fn judge(available_bytes: u64, total_bytes: u64, load_percent: u32, processors: usize) -> CheckResult {
    let megabytes = |bytes: u64| bytes / 1_000_000;
    let with_amounts = |message: Message| {
        message.with("free_mb", megabytes(available_bytes)).with("load_percent", load_percent)
    };
    let result = if total_bytes == 0 || processors == 0 {
        CheckResult::unknown(Message::new("checks-memory-unknown"))
    } else if available_bytes < NEEDED_MEMORY_BYTES {
        let short = Message::new("checks-memory-short").with("needed_mb", megabytes(NEEDED_MEMORY_BYTES));
        CheckResult::failed(with_amounts(short))
    } else if load_percent >= BUSY_PERCENT {
        CheckResult::passed(with_amounts(Message::new("checks-load-high")))
    } else {
        CheckResult::passed(with_amounts(Message::new("checks-memory-ok")))
    };
    result
        .measured("available_memory_bytes", available_bytes)
        .measured("total_memory_bytes", total_bytes)
        .measured("load_percent", load_percent)
        .measured("processors", processors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    #[test]
    fn too_little_memory_fails_and_a_busy_processor_is_said() {
        assert_eq!(judge(499_999_999, 4_000_000_000, 3, 4).outcome, Outcome::Failed);
        assert_eq!(judge(0, 0, 3, 4).outcome, Outcome::Unknown);
        let busy = judge(2_000_000_000, 4_000_000_000, 97, 4);
        assert_eq!((busy.outcome, busy.finding.id.as_str()), (Outcome::Passed, "checks-load-high"));
    }
}
