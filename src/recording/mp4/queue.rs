//! Packets of sound that wait for the fragment they go into.

use super::{MAX_SOUND_BYTES, SoundFormat, SoundRun, SoundSample, TICKS};

/// Packets further from their place than a fiftieth of a second are put where they belong; nearer
/// ones follow the one before.
const SLACK: u64 = 50;
/// More than a fragment can have; beyond it nothing is taken.
const MOST_PACKETS: usize = 4_000;
const MOST_BYTES: usize = 2 * 1024 * 1024;

#[derive(Debug)]
pub struct SoundQueue {
    format: SoundFormat,
    waiting: Vec<SoundSample>,
    bytes: Vec<u8>,
    /// When the first waiting packet begins, in the sound's ticks.
    begins: u64,
    /// Where the next packet begins if it is in time; none before the first.
    ends: Option<u64>,
}

impl SoundQueue {
    pub fn new(format: SoundFormat) -> Self {
        Self { format, waiting: Vec::new(), bytes: Vec::new(), begins: 0, ends: None }
    }

    /// Takes a packet that begins at `at`, in the pictures' ticks from the file's start. False if it
    /// has no place: it overlaps what is there, or is no packet.
    pub fn push(&mut self, at: i64, duration: u32, data: &[u8]) -> bool {
        let in_bounds = duration > 0 && !data.is_empty() && data.len() <= MAX_SOUND_BYTES;
        let room = self.waiting.len() < MOST_PACKETS && self.bytes.len() + data.len() <= MOST_BYTES;
        let Some(at) = self.place(at).filter(|_| in_bounds && room) else { return false };
        let gap = self.ends.map_or(0, |ends| at - ends);
        match self.waiting.last_mut() {
            Some(last) => {
                let Some(longer) = u32::try_from(gap).ok().and_then(|gap| last.duration.checked_add(gap))
                else {
                    return false;
                };
                last.duration = longer;
            }
            None => self.begins = at,
        }
        self.waiting.push(SoundSample { duration, size: data.len() as u32 });
        self.bytes.extend_from_slice(data);
        self.ends = Some(at + u64::from(duration));
        true
    }

    /// What waits, with its bytes.
    pub fn take(&mut self) -> Option<(SoundRun, Vec<u8>)> {
        let samples = std::mem::take(&mut self.waiting);
        let bytes = std::mem::take(&mut self.bytes);
        (!samples.is_empty()).then_some((SoundRun { decode_time: self.begins, samples }, bytes))
    }

    /// Where a packet goes that wants to begin at `at`, in the sound's ticks.
    fn place(&self, at: i64) -> Option<u64> {
        let ticks = u64::from(self.format.ticks());
        let slack = ticks / SLACK;
        let wanted = i128::from(at) * i128::from(ticks) / i128::from(TICKS);
        match self.ends {
            Some(ends) if wanted < i128::from(ends) - i128::from(slack) => None,
            Some(ends) if wanted <= i128::from(ends) + i128::from(slack) => Some(ends),
            // A little before the file's start is at it.
            _ if wanted < -i128::from(slack) => None,
            _ => u64::try_from(wanted.max(0)).ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> SoundQueue {
        SoundQueue::new(SoundFormat::Opus { pre_skip: 312, input_rate: 48_000 })
    }

    #[test]
    fn packets_in_time_follow_each_other_and_a_hole_makes_the_one_before_longer() {
        let mut queue = queue();
        assert!(!queue.push(-9_000, 960, &[1]), "long before the file");
        for (at, taken) in [(700, true), (2_600, true), (4_200, true), (1_000, false), (90_000, true)] {
            assert_eq!(queue.push(at, 960, &[1, 2]), taken, "{at}");
        }
        let (run, bytes) = queue.take().unwrap();
        assert_eq!((run.decode_time, bytes.len()), (373, 8));
        let durations: Vec<u32> = run.samples.iter().map(|sample| sample.duration).collect();
        assert_eq!(durations, [960, 960, 48_000 - 373 - 1_920, 960]);
        assert!(queue.take().is_none());
        assert!(queue.push(91_800, 960, &[1]));
        assert_eq!(queue.take().unwrap().0.decode_time, 48_960);
        assert!(queue.push(180_000, 960, &[1]));
        assert_eq!(queue.take().unwrap().0.decode_time, 96_000, "nothing waits that could be longer");
    }

    #[test]
    fn what_is_no_packet_or_too_much_is_not_taken() {
        let mut queue = queue();
        assert!(!queue.push(0, 0, &[1]) && !queue.push(0, 960, &[]));
        assert!(!queue.push(0, 960, &vec![1; MAX_SOUND_BYTES + 1]));
        let taken = (0..10_000).filter(|n| queue.push(n * 1_800, 960, &[1; 100])).count();
        assert_eq!(taken, MOST_PACKETS);
        assert!(!queue.push(i64::MAX, u32::MAX, &[1]));
    }
}
