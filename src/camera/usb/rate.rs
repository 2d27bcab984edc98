//! Fewer frames of a camera that knows no slower rate.

use std::fmt;

/// Picks frames evenly by when they arrive, so that a camera which is itself slower than it says (in
/// the dark, most are) loses none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thinning {
    wanted: u32,
    period_us: u64,
    /// Half the time between two frames as offered: how much too early one may come.
    slack_us: u64,
    due_us: Option<u64>,
}

impl Thinning {
    /// None where there is nothing to drop. A rate of 0 counts as 1.
    pub fn new(offered: u32, wanted: u32) -> Option<Self> {
        let period_us = |rate: u32| 1_000_000 / u64::from(rate.max(1));
        let slack_us = period_us(offered) / 2;
        (offered > wanted.max(1)).then(|| Self {
            wanted,
            period_us: period_us(wanted),
            slack_us,
            due_us: None,
        })
    }

    /// Whether the frame that arrives now is one of those wanted.
    pub fn keeps(&mut self, mono_ms: u64) -> bool {
        let now_us = mono_ms * 1_000;
        let due_us = self.due_us.unwrap_or(now_us);
        if now_us + self.slack_us < due_us {
            return false;
        }
        // After a pause the rate counts from now on; nothing is made up for.
        let behind = now_us.saturating_sub(due_us) > self.period_us;
        self.due_us = Some(if behind { now_us } else { due_us } + self.period_us);
        true
    }
}

impl fmt::Display for Thinning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " → {}/s", self.wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many frames of a minute at `real` frames/s are kept, and the longest time between two.
    fn kept(offered: u32, wanted: u32, real: u64) -> (usize, u64) {
        let mut thinning = Thinning::new(offered, wanted).unwrap();
        let times = (0..60 * real).map(|frame| frame * 1_000 / real);
        let kept: Vec<u64> = times.filter(|at_ms| thinning.keeps(*at_ms)).collect();
        let longest = kept.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        (kept.len(), longest)
    }

    #[test]
    fn frames_are_dropped_evenly() {
        assert_eq!(kept(30, 15, 30), (900, 67));
        assert_eq!(kept(30, 5, 30), (300, 200));
        let (frames, longest) = kept(25, 15, 25);
        assert!((899..=901).contains(&frames) && longest <= 80, "{frames} {longest}");
    }

    #[test]
    fn a_camera_slower_than_it_says_loses_none() {
        assert_eq!(kept(30, 15, 15).0, 900);
        assert_eq!(kept(30, 15, 8).0, 480);
        assert_eq!(Thinning::new(15, 15), None);
        assert_eq!(Thinning::new(5, 15), None);
    }
}
