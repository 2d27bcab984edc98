//! Which views are worth drawing: on an old computer without a graphics card every frame costs.

use super::{CameraLive, DiskLive, Live, SoundLive, View};

/// Less than this of a disk is no news.
const NEWS_BYTES: u64 = 1 << 30;
/// Nor is so little of the time that it lasts.
const NEWS_MS: i64 = 10 * 60_000;

impl View {
    /// Itself without what changes every second and is looked at only where the cameras are: frames, bytes,
    /// levels of sound. Two views whose calm is the same look the same everywhere else.
    pub fn calm(&self) -> Self {
        let mut calm = Self { live: self.live.calm(), ..self.clone() };
        if let Some(day) = &mut calm.day {
            day.records = 0;
        }
        calm
    }
}

impl Live {
    fn calm(&self) -> Self {
        let mut calm = self.clone();
        for camera in calm.cameras.values_mut() {
            let CameraLive { width, height, sound, .. } = std::mem::take(camera);
            let sound = sound.map(|sound| SoundLive { peak_dbfs: None, rms_dbfs: None, ..sound });
            *camera = CameraLive { width, height, sound, ..CameraLive::default() };
        }
        if let Some(DiskLive { free_bytes, needed_bytes, lasts_until_ms, .. }) = &mut calm.disk {
            *needed_bytes = (*needed_bytes).saturating_sub(*free_bytes).div_ceil(NEWS_BYTES);
            *free_bytes /= NEWS_BYTES;
            *lasts_until_ms = lasts_until_ms.map(|until_ms| until_ms / NEWS_MS);
        }
        calm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(frames: u64, free_bytes: u64) -> Live {
        let camera = CameraLive { frames, width: 640, height: 480, ..CameraLive::default() };
        let disk = DiskLive { free_bytes, needed_bytes: 5 << 30, lasts_until_ms: None, trouble: None };
        let cameras = [("room-3".parse().unwrap(), camera)].into();
        Live { cameras, disk: Some(disk), ..Live::default() }
    }

    #[test]
    fn counters_alone_are_no_news() {
        let before = live(10, (9 << 30) + 2_000_000);
        assert_eq!(before.calm(), live(25, (9 << 30) + 1_000_000).calm());
        assert_ne!(before.calm(), live(25, 8 << 30).calm(), "a gigabyte less");
        assert_ne!(live(10, 5 << 30).calm(), live(10, (5 << 30) - 1).calm(), "the disk does not last");
        let mut wider = before.clone();
        wider.cameras.values_mut().for_each(|camera| camera.width = 1280);
        assert_ne!(before.calm(), wider.calm());
    }
}
