//! Pieces of sound, which come early, late or not at all, into one line without a hole.
//!
//! A sound card counts by a clock of its own. How far the line is from the time of arrival shows in
//! the pieces that were delayed least; when it is off by more than a person notices, silence is put
//! in or sound is left out, so that it stays with the pictures for as long as it runs.

use std::collections::VecDeque;

/// So far the line may be off.
const TOLERANCE_MS: i64 = 40;
/// The least delay is that of so much sound.
const WINDOW_MS: i64 = 2_000;
/// A hole longer than this is not filled: the line goes on behind it.
const LONGEST_FILL_MS: i64 = 10_000;

/// Samples of one rate; places count samples since the clock's zero.
#[derive(Debug)]
pub struct Line {
    rate: i64,
    /// Where the next sample goes; none before the first piece.
    end: Option<i64>,
    /// Samples that were not taken yet; they end at `end`.
    waiting: Vec<i16>,
    /// Of the pieces lately: where each ended in the line, and how late it came.
    late: VecDeque<(i64, i64)>,
    /// Samples that are still to be left out.
    surplus: usize,
    corrections: u32,
}

impl Line {
    /// A line of `rate` samples a second, which must not be 0.
    pub fn new(rate: u32) -> Self {
        let rate = i64::from(rate.max(1));
        Self { rate, end: None, waiting: Vec::new(), late: VecDeque::new(), surplus: 0, corrections: 0 }
    }

    /// Adds a piece whose first sample was heard at this place.
    pub fn push(&mut self, at: i64, samples: &[i16]) {
        let end = *self.end.get_or_insert(at);
        let lag = at.saturating_sub(end);
        self.late.push_back((end, lag));
        while self.late.front().is_some_and(|(place, _)| end - place > self.ms(WINDOW_MS)) {
            self.late.pop_front();
        }
        let least = self.late.iter().map(|(_, lag)| *lag).min().unwrap_or(lag);
        let known = self.late.front().is_some_and(|(place, _)| end - place >= self.ms(WINDOW_MS) * 9 / 10);
        if self.surplus == 0 && lag < -self.ms(TOLERANCE_MS) {
            // What comes before its time can't have been delayed: the line is ahead.
            self.surplus = usize::try_from(-lag).unwrap_or(usize::MAX);
            self.corrected();
        } else if self.surplus == 0 && least > self.ms(TOLERANCE_MS) && (known || least > self.ms(WINDOW_MS))
        {
            self.pass(least);
            self.corrected();
        }
        let left_out = self.surplus.min(samples.len());
        self.surplus -= left_out;
        let samples = &samples[left_out..];
        self.waiting.extend(samples);
        self.end = self.end.map(|end| end + samples.len() as i64);
    }

    /// A source begins that has nothing to do with the pieces before: the next one goes where it
    /// says, if that is behind the end.
    pub fn begin_anew(&mut self, at: i64) {
        self.late.clear();
        self.surplus = 0;
        if let Some(end) = self.end.filter(|end| at > *end) {
            self.pass(at - end);
        }
    }

    /// Nothing is heard up to this place; the line begins there if it has not.
    pub fn silent_until(&mut self, at: i64) {
        self.end.get_or_insert(at);
        self.begin_anew(at);
    }

    /// The next `count` samples and their place, if there are as many.
    pub fn take(&mut self, count: usize) -> Option<(i64, Vec<i16>)> {
        let at = self.end? - self.waiting.len() as i64;
        if self.waiting.len() < count {
            return None;
        }
        let rest = self.waiting.split_off(count);
        Some((at, std::mem::replace(&mut self.waiting, rest)))
    }

    /// Where the line ends.
    pub fn end(&self) -> Option<i64> {
        self.end
    }

    /// How often silence was put in or sound left out to stay with the pictures.
    pub fn corrections(&self) -> u32 {
        self.corrections
    }

    fn corrected(&mut self) {
        self.corrections = self.corrections.saturating_add(1);
        self.late.clear();
    }

    fn pass(&mut self, samples: i64) {
        if samples > self.ms(LONGEST_FILL_MS) {
            self.waiting.clear();
        } else {
            self.waiting.resize(self.waiting.len() + samples as usize, 0);
        }
        self.end = self.end.map(|end| end.saturating_add(samples));
    }

    fn ms(&self, ms: i64) -> i64 {
        ms * self.rate / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 48_000;
    /// 20 ms.
    const PIECE: usize = 960;

    /// How far a line is off, at most, from the tenth second on, if a card that runs `ppm` too fast
    /// gives pieces that come up to `jitter_ms` late for so many seconds.
    fn worst_ms(ppm: i64, jitter_ms: i64, seconds: i64) -> (f64, u32) {
        let mut line = Line::new(RATE);
        let (mut worst, mut random) = (0.0_f64, 7_u64);
        for n in 0..seconds * 50 {
            // When the piece's first sample was heard, by the true clock.
            let heard = n * PIECE as i64 * 1_000_000 / (1_000_000 + ppm);
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let jitter = (random >> 33) as i64 % (jitter_ms * 48 + 1);
            line.push(heard + jitter, &[1; PIECE]);
            let end = line.end().unwrap();
            while line.take(PIECE).is_some() {}
            let true_end = heard + PIECE as i64;
            if n > 500 {
                worst = worst.max((end - true_end).abs() as f64 / 48.0);
            }
        }
        (worst, line.corrections())
    }

    #[test]
    fn a_card_that_is_off_stays_with_the_pictures_for_an_hour() {
        for ppm in [-200, -50, 50, 200] {
            for jitter_ms in [0, 15] {
                let (worst, corrections) = worst_ms(ppm, jitter_ms, 3_600);
                assert!(worst <= 62.0, "{ppm} ppm, {jitter_ms} ms: {worst} ms");
                let needed = (ppm.unsigned_abs() * 3_600 / 1_000 / 40) as u32;
                assert!(corrections.abs_diff(needed) <= needed / 2 + 2, "{ppm}: {corrections} for {needed}");
            }
        }
    }

    #[test]
    fn late_pieces_alone_change_nothing() {
        let mut line = Line::new(RATE);
        for n in 0..1_000 {
            let late = if n % 10 == 5 { 9_600 } else { 0 };
            line.push(n * 960 + late, &[1; PIECE]);
        }
        assert_eq!((line.corrections(), line.end()), (0, Some(960_000)));
        // Unless it is the first that is late: the line begins with it.
        let mut line = Line::new(RATE);
        (0..1_000).for_each(|n| line.push(n * 960 + if n == 0 { 9_600 } else { 0 }, &[1; PIECE]));
        assert_eq!((line.corrections(), line.end()), (1, Some(960_000)));
    }

    #[test]
    fn what_is_lost_becomes_silence_and_samples_keep_their_places() {
        let mut line = Line::new(RATE);
        line.push(0, &[1; PIECE]);
        line.begin_anew(48_000);
        line.push(48_000, &[2; PIECE]);
        let (at, samples) = line.take(48_960).unwrap();
        assert_eq!(at, 0);
        assert!(samples[..960].iter().all(|s| *s == 1) && samples[960..48_000].iter().all(|s| *s == 0));
        assert!(samples[48_000..].iter().all(|s| *s == 2));
        // Hours are not filled in.
        line.begin_anew(48_000 * 7_200);
        line.push(48_000 * 7_200, &[3; PIECE]);
        assert_eq!(line.take(PIECE), Some((48_000 * 7_200, vec![3; PIECE])));
        assert_eq!(line.take(1), None);
    }
}
