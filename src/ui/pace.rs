//! How fast work goes that tells only how far it is.

/// Less than this says nothing yet.
const LEAST_MS: u64 = 1_000;

/// The speed since somebody began to look.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// How many bytes were done at first, and when, on the clock that does not step.
    first: Option<(u64, u64)>,
    now: (u64, u64),
}

impl Pace {
    pub fn read(&mut self, done_bytes: u64, mono_ms: u64) {
        // What goes back is other work.
        if self.first.is_none_or(|(first, _)| done_bytes < first) {
            self.first = Some((done_bytes, mono_ms));
        }
        self.now = (done_bytes, mono_ms);
    }

    /// None as long as nothing can be said of it.
    pub fn bytes_per_second(&self) -> Option<u64> {
        let (first_bytes, first_ms) = self.first?;
        let took_ms = self.now.1.saturating_sub(first_ms);
        let done = self.now.0.saturating_sub(first_bytes);
        let speed = done.saturating_mul(1_000).checked_div(took_ms)?;
        (took_ms >= LEAST_MS && speed > 0).then_some(speed)
    }

    /// How long it takes until `total_bytes` are done, if it goes on like this.
    pub fn left_ms(&self, total_bytes: u64) -> Option<u64> {
        let left = total_bytes.saturating_sub(self.now.0);
        left.saturating_mul(1_000).checked_div(self.bytes_per_second()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_and_time_left_follow_from_what_was_done_since() {
        let mut pace = Pace::default();
        assert_eq!((pace.bytes_per_second(), pace.left_ms(10)), (None, None));
        pace.read(1_000, 5_000);
        pace.read(1_500, 5_500);
        assert_eq!(pace.bytes_per_second(), None, "too early to say");
        pace.read(5_000, 7_000);
        assert_eq!(pace.bytes_per_second(), Some(2_000));
        assert_eq!(pace.left_ms(9_000), Some(2_000));
        assert_eq!(pace.left_ms(4_000), Some(0), "more than was said to be there");
        pace.read(0, 8_000);
        assert_eq!(pace.left_ms(9_000), None, "other work");
        pace.read(0, 60_000);
        assert_eq!(pace.left_ms(9_000), None, "nothing moves");
        pace.read(u64::MAX, 70_000);
        assert!(pace.left_ms(u64::MAX).is_some());
    }
}
