//! How loud it is, and whether there is anything to hear.

use crate::clock::Stamp;
use crate::point::SilenceRule;

/// The level is told this often.
const WINDOWS_A_SECOND: usize = 4;
/// Digital silence, in tenths of a dB; 16 bits reach down to -96 dBFS.
const FLOOR_DECIBEL_10: i16 = -1_000;
/// Silence ends when it is louder by so much than it may be,
const HYSTERESIS_10: i16 = 60;
/// for so many windows in a row.
const LOUD_WINDOWS: u32 = 4;

/// How loud the last quarter of a second was, in tenths of dBFS: 0 is the loudest there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    pub peak_dbfs_10: i16,
    pub rms_dbfs_10: i16,
}

/// What the meter noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// There has been nothing to hear since then.
    Silent { from_ms: i64 },
    /// There was nothing to hear between these times.
    Heard { from_ms: i64, to_ms: i64 },
}

/// Listens to one microphone.
#[derive(Debug)]
pub struct Meter {
    rule: SilenceRule,
    peak: u16,
    squares: u64,
    count: usize,
    level: Option<Level>,
    /// Since when it is silent, by both clocks.
    silent_since: Option<Stamp>,
    told: bool,
    loud: u32,
}

impl Meter {
    pub fn new(rule: SilenceRule) -> Self {
        Self { rule, peak: 0, squares: 0, count: 0, level: None, silent_since: None, told: false, loud: 0 }
    }

    /// Hears samples of this rate that arrived then.
    pub fn hear(&mut self, samples: &[i16], rate: u32, arrived: Stamp) -> Option<Finding> {
        let window = (rate as usize / WINDOWS_A_SECOND).max(1);
        let mut finding = None;
        for sample in samples {
            self.peak = self.peak.max(sample.unsigned_abs());
            self.squares += u64::from(sample.unsigned_abs()).pow(2);
            self.count += 1;
            if self.count >= window {
                finding = self.judge(arrived).or(finding);
            }
        }
        finding
    }

    /// The last level; none before a quarter of a second.
    pub fn level(&self) -> Option<Level> {
        self.level
    }

    /// There is nothing to hear, and that was told.
    pub fn is_silent(&self) -> bool {
        self.told
    }

    /// The microphone is gone: whatever was noticed of it is over.
    pub fn forget(&mut self, now: Stamp) -> Option<Finding> {
        let told = std::mem::take(&mut self.told);
        let since = self.silent_since.take().filter(|_| told);
        *self = Self::new(self.rule);
        since.map(|since| Finding::Heard { from_ms: since.utc_ms, to_ms: now.utc_ms })
    }

    fn judge(&mut self, arrived: Stamp) -> Option<Finding> {
        let mean = self.squares as f64 / self.count as f64;
        let level = Level { peak_dbfs_10: dbfs_10(f64::from(self.peak)), rms_dbfs_10: dbfs_10(mean.sqrt()) };
        (self.peak, self.squares, self.count) = (0, 0, 0);
        self.level = Some(level);
        let limit = self.rule.below_dbfs.saturating_mul(10);
        let quiet = level.rms_dbfs_10 < limit;
        let loud = level.rms_dbfs_10 >= limit.saturating_add(HYSTERESIS_10);
        self.loud = if loud { self.loud + 1 } else { 0 };
        if !self.told {
            if !quiet {
                self.silent_since = None;
                return None;
            }
            let since = *self.silent_since.get_or_insert(arrived);
            let silent_ms = arrived.mono_ms.saturating_sub(since.mono_ms);
            self.told = silent_ms >= u64::from(self.rule.after_seconds) * 1000;
            return self.told.then_some(Finding::Silent { from_ms: since.utc_ms });
        }
        if self.loud < LOUD_WINDOWS {
            return None;
        }
        self.told = false;
        let since = self.silent_since.take()?;
        Some(Finding::Heard { from_ms: since.utc_ms, to_ms: arrived.utc_ms })
    }
}

/// Of a size out of 32768.
fn dbfs_10(size: f64) -> i16 {
    if size < 0.5 {
        return FLOOR_DECIBEL_10;
    }
    ((size / 32_768.0).log10() * 200.0).round().clamp(f64::from(FLOOR_DECIBEL_10), 0.0) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 8_000;

    /// A second of a square wave of this size.
    fn second(meter: &mut Meter, size: i16, at_s: u64) -> Vec<Finding> {
        let quarters = (0..4).filter_map(|quarter| {
            let mono_ms = at_s * 1000 + (quarter + 1) * 250;
            let arrived = Stamp { utc_ms: 1_000_000 + mono_ms as i64, mono_ms, offset_min: 0 };
            let wave: Vec<i16> = (0..2_000).map(|n| if n % 2 == 0 { size } else { -size }).collect();
            meter.hear(&wave, RATE, arrived)
        });
        quarters.collect()
    }

    #[test]
    fn levels_are_those_of_the_wave() {
        let mut meter = Meter::new(SilenceRule::default());
        for (size, dbfs_10) in [(32_767, 0), (16_384, -60), (3_277, -200), (1, -903), (0, -1_000)] {
            second(&mut meter, size, 0);
            let level = meter.level().unwrap();
            assert_eq!((level.peak_dbfs_10, level.rms_dbfs_10), (dbfs_10, dbfs_10), "{size}");
        }
    }

    #[test]
    fn a_muted_microphone_is_told_once_and_its_end_too() {
        let mut meter = Meter::new(SilenceRule { below_dbfs: -80, after_seconds: 10 });
        let mut found = Vec::new();
        // A quiet room is no silence; a cough in between starts the count anew.
        for (at, size) in [(0..20, 8), (20..28, 0), (28..29, 500), (29..60, 0), (60..61, 500), (61..64, 500)]
        {
            for at_s in at {
                found.extend(second(&mut meter, size, at_s).into_iter().map(|finding| (at_s, finding)));
            }
        }
        let from_ms = 1_000_000 + 29_250;
        let expected =
            [(39, Finding::Silent { from_ms }), (60, Finding::Heard { from_ms, to_ms: 1_000_000 + 61_000 })];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_just_over_the_threshold_does_not_flicker() {
        let mut meter = Meter::new(SilenceRule { below_dbfs: -60, after_seconds: 2 });
        // -66 and -59 dBFS in turns: silent once the first holds, not ended by the second.
        let mut found = Vec::new();
        (0..3).for_each(|at| found.extend(second(&mut meter, 16, at)));
        (3..60).for_each(|at| found.extend(second(&mut meter, if at % 2 == 0 { 16 } else { 37 }, at)));
        assert_eq!(found, [Finding::Silent { from_ms: 1_000_250 }]);
    }
}
