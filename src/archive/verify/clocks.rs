//! The wall clock held against the monotonic one, which nobody can set: a step has a record of its own.

use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;
use crate::journal::{Event, Record};

/// The station records a step of more than this between two looks.
const STEP_MS: i64 = 1_000;
/// Steps and their records may differ by this much within one run of the station.
const TOLERANCE_MS: i64 = 2_000;

/// Both clocks from record to record, within one run of the station.
#[derive(Debug, Default)]
pub struct Clocks {
    boot: String,
    utc_ms: i64,
    mono_ms: u64,
    /// Steps that were seen, less those that were recorded.
    untold_ms: i64,
    /// The first record after the largest step: its number, its time, the step.
    largest: Option<(u64, i64, i64)>,
}

impl Clocks {
    /// Takes the next record.
    pub fn take(&mut self, record: &Record, report: &mut Report) {
        if record.boot == self.boot {
            let since = |now: u64, then: u64| i64::try_from(i128::from(now) - i128::from(then));
            let passed_ms = since(record.mono_ms, self.mono_ms).unwrap_or(i64::MAX);
            let step_ms = record.utc_ms.saturating_sub(self.utc_ms).saturating_sub(passed_ms);
            if step_ms.saturating_abs() > STEP_MS {
                self.untold_ms = self.untold_ms.saturating_add(step_ms);
                if self
                    .largest
                    .is_none_or(|(.., largest)| largest.saturating_abs() < step_ms.saturating_abs())
                {
                    self.largest = Some((record.n, record.utc_ms, step_ms));
                }
            }
        } else {
            self.settle(report);
            *self = Self { boot: record.boot.clone(), ..Self::default() };
        }
        (self.utc_ms, self.mono_ms) = (record.utc_ms, record.mono_ms);
        if let Event::ClockStepped { step_ms } = record.event {
            self.untold_ms = self.untold_ms.saturating_sub(step_ms);
        }
    }

    /// After the last record of a run: notes what was never told.
    pub fn settle(&mut self, report: &mut Report) {
        if let Some((record, utc_ms, _)) = self.largest.take()
            && self.untold_ms.saturating_abs() > TOLERANCE_MS
        {
            let place = Place { from_ms: Some(utc_ms), ..Place::record(record) };
            let message = Message::new("archive-clock-unlogged").with("seconds", self.untold_ms / 1000);
            report.fault(Integrity::Incomplete, place, message);
        }
    }
}
