//! Coded frames, as they come, into fragments with decoding times.
//!
//! Cameras tell when a frame is shown, in decoding order; MP4 wants to know when each is decoded.
//! Within a fragment the *i*-th frame is decoded at the *i*-th smallest showing time, and everything
//! is shown later by as much as the first fragment's frames need to come after their decoding. A
//! fragment ends only where no frame is shown before one that came earlier, so that this holds from
//! fragment to fragment.

use super::{Fragment, Sample, TICKS};

/// A fragment that begins with an IDR picture ends at the first one after this long.
const SHORTEST: i64 = TICKS as i64 / 2;
/// A fragment ends after this long even without an IDR picture. Together with the quarter of a second in which
/// pictures gather and the second until its sync a frame is on the disk within 2.5 s.
const LONGEST: i64 = TICKS as i64 * 12 / 10;
/// A fragment ends at this size whatever comes.
const LARGEST_BYTES: usize = 32 * 1024 * 1024;
/// How many frames a fragment holds at most: `moof` stays small.
const MOST_FRAMES: usize = 2_000;
/// How long a lone frame is shown.
const LONE_FRAME: i64 = TICKS as i64 / 15;

/// A coded frame on its way into a file.
#[derive(Clone, Debug)]
pub struct Frame {
    /// When it is shown, in ticks from the file's first frame.
    pub pts: i64,
    /// An IDR picture.
    pub key: bool,
    /// NAL units, each behind its length in four bytes.
    pub nals: Vec<u8>,
    pub utc_ms: i64,
    pub mono_ms: u64,
}

/// Collects frames until a fragment is whole.
#[derive(Debug, Default)]
pub struct Assembler {
    open: Vec<Frame>,
    open_bytes: usize,
    /// The latest showing time of the open frames.
    highest: i64,
    /// What the first fragment fixed for the whole file.
    start: Option<Start>,
    /// When the last frame of the fragment before is decoded; none before the first fragment.
    decoded: Option<i64>,
    fragments: u32,
}

#[derive(Clone, Copy, Debug)]
struct Start {
    /// The showing time at which the file's time line begins.
    origin: i64,
    /// How much later than it came everything is shown.
    delay: i64,
}

impl Assembler {
    /// Takes the next frame; gives the fragment that ends before it, and its frames.
    pub fn push(&mut self, frame: Frame) -> Option<(Fragment, Vec<Frame>)> {
        let ready = self.ends_before(&frame).then(|| self.cut(Some(&frame))).flatten();
        self.highest = if self.open.is_empty() { frame.pts } else { self.highest.max(frame.pts) };
        self.open_bytes += frame.nals.len();
        self.open.push(frame);
        ready
    }

    /// Ends the open fragment although the next frame is not known. None if no frame is open.
    pub fn flush(&mut self) -> Option<(Fragment, Vec<Frame>)> {
        self.cut(None)
    }

    /// When the oldest open frame arrived, by the monotonic clock.
    pub fn open_since_ms(&self) -> Option<u64> {
        self.open.first().map(|frame| frame.mono_ms)
    }

    fn ends_before(&self, next: &Frame) -> bool {
        let Some(first) = self.open.first() else { return false };
        let lasted = next.pts.saturating_sub(first.pts);
        // The rest of a long group of pictures is let go of at once: what begins with an IDR picture can be
        // sought, and saved from behind a hole.
        let at_key = next.key && (lasted >= SHORTEST || !first.key);
        let long = lasted >= LONGEST && next.pts > self.highest;
        let large = self.open_bytes + next.nals.len() > LARGEST_BYTES || self.open.len() >= MOST_FRAMES;
        at_key || long || large
    }

    fn cut(&mut self, next: Option<&Frame>) -> Option<(Fragment, Vec<Frame>)> {
        let frames = std::mem::take(&mut self.open);
        self.open_bytes = 0;
        let first = frames.first()?;
        let mut shown: Vec<i64> = frames.iter().map(|frame| frame.pts).collect();
        shown.sort_unstable();
        let start = *self.start.get_or_insert_with(|| Start {
            origin: shown[0],
            delay: shown.iter().zip(&frames).map(|(shown, frame)| shown - frame.pts).max().unwrap_or(0),
        });
        let mut decoded = self.decoded;
        let times: Vec<i64> = shown
            .iter()
            .map(|shown| {
                let earliest = decoded.map_or(0, |before| before + 1);
                *decoded.insert((shown - start.origin).max(earliest))
            })
            .collect();
        self.decoded = decoded;
        self.fragments += 1;
        let last = times[times.len() - 1];
        let step = times.len().checked_sub(2).map_or(LONE_FRAME, |at| last - times[at]);
        // Of reordered frames those behind the next one may be shown before it; an IDR picture ends that.
        let next = next.filter(|next| next.key || start.delay == 0);
        let end = next.map_or(last + step, |next| next.pts - start.origin).max(last + 1);
        let samples = frames.iter().zip(&times).zip(times[1..].iter().chain([&end]));
        let samples = samples.map(|((frame, time), next)| Sample {
            duration: u32::try_from(next - time).unwrap_or(u32::MAX),
            size: frame.nals.len() as u32,
            key: frame.key,
            shown_after: i32::try_from(frame.pts - start.origin + start.delay - time).unwrap_or(0),
        });
        let fragment = Fragment {
            number: self.fragments,
            utc_ms: first.utc_ms,
            mono_ms: first.mono_ms,
            decode_time: times[0] as u64,
            samples: samples.collect(),
            sound: None,
        };
        Some((fragment, frames))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(pts: i64, key: bool) -> Frame {
        Frame { pts, key, nals: vec![0, 0, 0, 1, 9], utc_ms: 0, mono_ms: 0 }
    }

    fn shown(fragment: &Fragment) -> Vec<i64> {
        let mut time = fragment.decode_time as i64;
        let mut shown = Vec::new();
        for sample in &fragment.samples {
            shown.push(time + i64::from(sample.shown_after));
            time += i64::from(sample.duration);
        }
        shown
    }

    #[test]
    fn frames_in_order_keep_their_times_and_end_at_keys() {
        let mut assembler = Assembler::default();
        let mut fragments = Vec::new();
        for n in 0..40 {
            fragments.extend(assembler.push(frame(n * 6_000, n % 15 == 0)));
        }
        fragments.extend(assembler.flush());
        let counts: Vec<usize> = fragments.iter().map(|(f, _)| f.samples.len()).collect();
        assert_eq!(counts, [15, 15, 10]);
        for (n, (fragment, _)) in fragments.iter().enumerate() {
            assert_eq!(fragment.number as usize, n + 1);
            assert_eq!(fragment.decode_time, n as u64 * 90_000);
            assert!(fragment.samples[0].key && fragment.samples.iter().all(|s| s.shown_after == 0));
            assert!(fragment.samples.iter().all(|s| s.duration == 6_000));
        }
        assert!(assembler.flush().is_none());
    }

    #[test]
    fn a_long_gop_is_cut() {
        let mut assembler = Assembler::default();
        let cuts = (0..100).filter_map(|n| assembler.push(frame(n * 6_000, n == 0)));
        let counts: Vec<usize> = cuts.map(|(f, _)| f.samples.len()).collect();
        assert_eq!(counts, [18, 18, 18, 18, 18]);
    }

    #[test]
    fn an_idr_picture_soon_after_a_cut_begins_a_fragment() {
        let mut assembler = Assembler::default();
        let cuts: Vec<_> = (0..97).filter_map(|n| assembler.push(frame(n * 6_000, n % 24 == 0))).collect();
        let counts: Vec<usize> = cuts.iter().map(|(fragment, _)| fragment.samples.len()).collect();
        assert_eq!(counts, [18, 6, 18, 6, 18, 6, 18, 6]);
        assert!(cuts.iter().step_by(2).all(|(fragment, _)| fragment.samples[0].key));
    }

    /// Decoding order I P B B of a stream whose pictures are shown 3000 ticks apart.
    #[test]
    fn reordered_frames_are_shown_in_their_order_and_decoded_before() {
        let mut assembler = Assembler::default();
        let mut fragments = Vec::new();
        for group in 0..60 {
            for (place, offset) in [(0, 0), (1, 3), (2, 1), (3, 2)] {
                let key = group % 15 == 0 && place == 0;
                fragments.extend(assembler.push(frame((group * 4 + offset) * 3_000, key)));
            }
        }
        fragments.extend(assembler.flush());
        let mut all: Vec<i64> = Vec::new();
        let mut decoded = -1;
        for (fragment, _) in &fragments {
            assert!(fragment.decode_time as i64 > decoded);
            assert!(fragment.samples.iter().all(|sample| sample.shown_after >= 0));
            decoded = fragment.decode_time as i64 + fragment.duration() as i64 - 1;
            all.extend(shown(fragment));
        }
        all.sort_unstable();
        let delay = all[0];
        let expected: Vec<i64> = (0..240).map(|n| n * 3_000 + delay).collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn times_that_stand_still_still_give_decoding_times_that_grow() {
        let mut assembler = Assembler::default();
        for _ in 0..4 {
            assembler.push(frame(0, false));
        }
        let (fragment, _) = assembler.flush().unwrap();
        assert!(fragment.samples.iter().all(|sample| sample.duration >= 1));
    }
}
