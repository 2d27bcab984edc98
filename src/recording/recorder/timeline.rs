//! From a camera's time stamps to the file's own time line.

use crate::camera::CodedFrame;
use crate::camera::sound::SoundTime;
use crate::recording::mp4::TICKS;

/// A camera's clock that jumps by more than this has begun anew.
const JUMP: i64 = TICKS as i64 * 10;

/// Ticks from a file's first frame. By arrival for pictures, by the camera's own clock for coded
/// frames; where that breaks off, by arrival again.
#[derive(Debug)]
pub struct Timeline {
    start_ms: u64,
    /// The latest time given out.
    highest: Option<i64>,
    /// From the camera's clock to the file's, and the camera's last time.
    camera: Option<(i64, i64)>,
}

impl Timeline {
    /// Begins with a frame that arrived at `start_ms` of the monotonic clock.
    pub fn start(start_ms: u64) -> Self {
        Self { start_ms, highest: None, camera: None }
    }

    /// Of a picture that arrived now; later than all before.
    pub fn arrived(&mut self, mono_ms: u64) -> i64 {
        let pts = self.by_arrival(mono_ms);
        self.highest = Some(pts);
        pts
    }

    /// Of a coded frame, which may be shown before ones that came earlier.
    pub fn coded(&mut self, frame: &CodedFrame) -> i64 {
        let continues = |before: i64| {
            let step = frame.pts_90k.checked_sub(before);
            !frame.discontinuity && step.is_some_and(|step| (-JUMP..=JUMP).contains(&step))
        };
        let offset = match self.camera {
            Some((offset, before)) if continues(before) => offset,
            _ => self.by_arrival(frame.arrived.mono_ms).wrapping_sub(frame.pts_90k),
        };
        self.camera = Some((offset, frame.pts_90k));
        let pts = frame.pts_90k.wrapping_add(offset);
        self.highest = Some(self.highest.map_or(pts, |highest| highest.max(pts)));
        pts
    }

    /// Of a piece of sound; none on a camera's clock of which no frame is known. May be before the
    /// file's start.
    pub fn heard(&self, at: SoundTime) -> Option<i64> {
        match at {
            SoundTime::Mono(ticks) => {
                let start = i64::try_from(self.start_ms).ok()?.checked_mul(i64::from(TICKS / 1000))?;
                ticks.checked_sub(start)
            }
            SoundTime::Camera(pts) => pts.checked_add(self.camera?.0),
        }
    }

    fn by_arrival(&self, mono_ms: u64) -> i64 {
        let pts = mono_ms.saturating_sub(self.start_ms).saturating_mul(u64::from(TICKS / 1000));
        let pts = i64::try_from(pts).unwrap_or(i64::MAX);
        self.highest.map_or(pts, |highest| pts.max(highest + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Stamp;

    fn coded(mono_ms: u64, pts_90k: i64, discontinuity: bool) -> CodedFrame {
        let arrived = Stamp { utc_ms: 0, mono_ms, offset_min: 0 };
        CodedFrame { arrived, pts_90k, key: false, discontinuity, nals: Vec::new(), parameters: None }
    }

    #[test]
    fn pictures_that_arrive_together_still_follow_each_other() {
        let mut timeline = Timeline::start(500);
        let times: Vec<i64> = [500, 566, 566, 640].map(|ms| timeline.arrived(ms)).to_vec();
        assert_eq!(times, [0, 5_940, 5_941, 12_600]);
    }

    #[test]
    fn the_cameras_clock_counts_until_it_breaks_off() {
        let mut timeline = Timeline::start(1_000);
        assert_eq!(timeline.coded(&coded(1_000, 777_000, false)), 0);
        // Late on the network, in time at the camera; the next one is shown before it.
        assert_eq!(timeline.coded(&coded(1_090, 783_000, false)), 6_000);
        assert_eq!(timeline.coded(&coded(1_100, 780_000, false)), 3_000);
        assert_eq!(timeline.coded(&coded(1_200, 0, true)), 18_000);
        assert_eq!(timeline.coded(&coded(1_240, 3_600, false)), 21_600);
        assert_eq!(timeline.coded(&coded(1_300, i64::MAX, false)), 27_000);
        assert_eq!(timeline.coded(&coded(1_300, i64::MIN, false)), 27_001);
    }
}
