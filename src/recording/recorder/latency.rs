//! How long frames take from the camera to the disk.

use serde::Serialize;

/// Frames that went into a file together.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// When the first one arrived, by the monotonic clock.
    pub first_ms: u64,
    /// From the first frame's arrival to the end of the last one.
    pub duration_ms: u64,
    pub frames: u32,
}

const STEP_MS: u64 = 50;
/// Ten seconds; what took longer counts as that.
const STEPS: usize = 200;

/// Frames by the time from their arrival until they were synced, in steps of 50 ms.
#[derive(Clone, Debug)]
pub struct Latency {
    frames: [u64; STEPS],
    longest_ms: u64,
}

/// The figures of a [`Latency`], in milliseconds, each rounded up to a whole step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LatencyFigures {
    pub p50_ms: u64,
    pub p99_ms: u64,
    pub longest_ms: u64,
}

impl Default for Latency {
    fn default() -> Self {
        Self { frames: [0; STEPS], longest_ms: 0 }
    }
}

impl Latency {
    /// The frames are on the disk. Between the first and the last they are taken to have arrived evenly.
    pub(super) fn add(&mut self, written: &Written, now_ms: u64) {
        for frame in 0..u64::from(written.frames) {
            let arrived_ms = written.first_ms + written.duration_ms * frame / u64::from(written.frames);
            let took_ms = now_ms.saturating_sub(arrived_ms);
            let step = usize::try_from(took_ms / STEP_MS).unwrap_or(STEPS);
            self.frames[step.min(STEPS - 1)] += 1;
            self.longest_ms = self.longest_ms.max(took_ms);
        }
    }

    /// None before the first frame.
    pub fn figures(&self) -> Option<LatencyFigures> {
        let all: u64 = self.frames.iter().sum();
        let within = |permille: u64| {
            let wanted = (all * permille).div_ceil(1000);
            let mut seen = 0;
            let step = self.frames.iter().position(|frames| {
                seen += frames;
                seen >= wanted
            });
            step.map_or(0, |step| (step as u64 + 1) * STEP_MS)
        };
        let longest_ms = self.longest_ms;
        (all > 0).then(|| LatencyFigures { p50_ms: within(500), p99_ms: within(990), longest_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_frame_counts_by_its_own_arrival() {
        let mut latency = Latency::default();
        assert_eq!(latency.figures(), None);
        latency.add(&Written { first_ms: 1_000, duration_ms: 1_000, frames: 100 }, 2_000);
        assert_eq!(latency.figures(), Some(LatencyFigures { p50_ms: 550, p99_ms: 1_000, longest_ms: 1_000 }));
        latency.add(&Written { first_ms: 0, duration_ms: 0, frames: 1 }, 60_000);
        assert_eq!(latency.figures().map(|figures| figures.longest_ms), Some(60_000));
    }
}
