//! Wall and monotonic time. No other module reads the clock: they are handed a [`Clock`].

use std::sync::atomic::{AtomicI32, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{Local, Offset};
use serde::{Deserialize, Serialize};

/// One reading of both clocks, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Milliseconds since the Unix epoch, as the computer's wall clock says; may step.
    pub utc_ms: i64,
    /// Milliseconds since this clock was made; never steps, starts anew with every process.
    pub mono_ms: u64,
    /// The computer's own offset from UTC in minutes, east positive.
    pub offset_min: i32,
}

impl Stamp {
    /// How far the wall clock has moved against the monotonic one since `earlier`, in
    /// milliseconds; positive when the wall clock ran ahead. Both stamps come from one clock.
    pub fn wall_step_ms(&self, earlier: &Stamp) -> i64 {
        (self.utc_ms - earlier.utc_ms) - (self.mono_ms as i64 - earlier.mono_ms as i64)
    }
}

/// A source of time that can also wait.
pub trait Clock: Send + Sync {
    /// Both clocks, read together.
    fn now(&self) -> Stamp;
    /// Returns once `duration` has passed on the monotonic clock.
    fn sleep(&self, duration: Duration);
}

/// The computer's clocks.
#[derive(Debug)]
pub struct SystemClock {
    origin: Instant,
}

impl SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn new() -> Self {
        Self { origin: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Stamp {
        // A clock set before 1970 reads as 0: still an integer, and the clock check reports it.
        let utc = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Stamp {
            utc_ms: utc.as_millis() as i64,
            mono_ms: self.origin.elapsed().as_millis() as u64,
            offset_min: Local::now().offset().fix().local_minus_utc() / 60,
        }
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// A clock that moves only when told to. Sleeping moves it, and takes no time.
#[derive(Debug)]
pub struct SimulatedClock {
    utc_ms: AtomicI64,
    mono_ms: AtomicU64,
    offset_min: AtomicI32,
}

impl SimulatedClock {
    pub fn new(utc_ms: i64, offset_min: i32) -> Self {
        Self {
            utc_ms: AtomicI64::new(utc_ms),
            mono_ms: AtomicU64::new(0),
            offset_min: AtomicI32::new(offset_min),
        }
    }

    /// Moves both clocks forward.
    pub fn advance(&self, duration: Duration) {
        self.utc_ms.fetch_add(duration.as_millis() as i64, Ordering::SeqCst);
        self.mono_ms.fetch_add(duration.as_millis() as u64, Ordering::SeqCst);
    }

    /// Steps the wall clock alone, as a wrong time server would.
    pub fn step_wall(&self, by_ms: i64) {
        self.utc_ms.fetch_add(by_ms, Ordering::SeqCst);
    }

    /// Changes the computer's time zone.
    pub fn set_offset(&self, offset_min: i32) {
        self.offset_min.store(offset_min, Ordering::SeqCst);
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Stamp {
        Stamp {
            utc_ms: self.utc_ms.load(Ordering::SeqCst),
            mono_ms: self.mono_ms.load(Ordering::SeqCst),
            offset_min: self.offset_min.load(Ordering::SeqCst),
        }
    }

    fn sleep(&self, duration: Duration) {
        self.advance(duration);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_of_the_wall_clock_shows_against_the_monotonic_one() {
        let clock = SimulatedClock::new(1_000, 180);
        let before = clock.now();
        clock.advance(Duration::from_secs(5));
        assert_eq!(clock.now().wall_step_ms(&before), 0);
        clock.step_wall(-3_600_000);
        assert_eq!(clock.now().wall_step_ms(&before), -3_600_000);
    }
}
