//! Waiting for a frame's time.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;

/// A receiver further behind than this is no longer caught up with: from there on the rate counts.
const HOPELESS_MS: u64 = 2_000;

/// Says when the next frame is due, at a steady rate from the start on.
pub(super) struct Pace {
    clock: Arc<dyn Clock>,
    frames_per_second: u64,
    start_ms: u64,
    frames: u64,
}

impl Pace {
    /// The first frame is due now. A rate of 0 counts as 1.
    pub fn start(clock: Arc<dyn Clock>, frames_per_second: u32) -> Self {
        let start_ms = clock.now().mono_ms;
        Self { clock, frames_per_second: frames_per_second.max(1).into(), start_ms, frames: 0 }
    }

    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// Waits for the next frame's time; false if that is further off than `timeout`.
    pub fn wait(&mut self, timeout: Duration) -> bool {
        let due_ms = self.start_ms + self.frames * 1000 / self.frames_per_second;
        if !wait_until(&*self.clock, due_ms, timeout) {
            return false;
        }
        self.frames += 1;
        let late_ms = self.clock.now().mono_ms.saturating_sub(due_ms);
        if late_ms > HOPELESS_MS {
            self.start_ms += late_ms;
        }
        true
    }
}

/// Sleeps until `due_ms` of the monotonic clock; at most for `timeout`, and then gives false.
pub(super) fn wait_until(clock: &dyn Clock, due_ms: u64, timeout: Duration) -> bool {
    let left = Duration::from_millis(due_ms.saturating_sub(clock.now().mono_ms));
    clock.sleep(left.min(timeout));
    left <= timeout
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SimulatedClock;

    #[test]
    fn a_late_receiver_gets_every_frame_unless_it_is_hopeless() {
        let clock = Arc::new(SimulatedClock::new(0, 0));
        let mut pace = Pace::start(clock.clone(), 10);
        assert!(pace.wait(Duration::ZERO));
        clock.advance(Duration::from_millis(1_000));
        assert!((0..10).all(|_| pace.wait(Duration::ZERO)));
        assert!(!pace.wait(Duration::from_millis(50)), "the next one is 100 ms off");
        clock.advance(Duration::from_secs(3_600));
        assert!(pace.wait(Duration::ZERO));
        assert!(!pace.wait(Duration::ZERO), "an hour of frames is not made up for");
    }
}
