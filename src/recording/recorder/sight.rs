//! Pictures for the window, scaled where they are decoded: the latest one wins.

use std::sync::Arc;

use super::{Shared, Watching, lock};
use crate::recording::picture::I420;

/// At most eight pictures a second.
const PREVIEW_EVERY_MS: u64 = 125;
/// At most fifteen a second of the camera that is enlarged.
const ENLARGED_EVERY_MS: u64 = 66;
/// A camera that nobody looks at is looked at this often, to know that it gives pictures.
const LOOK_EVERY_MS: u64 = 1_000;

pub struct Sight {
    shared: Arc<Shared>,
    looked_ms: Option<u64>,
}

impl Sight {
    pub fn new(shared: Arc<Shared>) -> Self {
        Self { shared, looked_ms: None }
    }

    /// Whether a picture that arrived now should be looked at.
    pub fn due(&self, mono_ms: u64) -> bool {
        self.looked_ms.is_none_or(|looked_ms| mono_ms.saturating_sub(looked_ms) >= self.every_ms())
    }

    /// Shows a picture if somebody looks.
    pub fn show(&mut self, picture: &I420, mono_ms: u64) {
        if !self.due(mono_ms) {
            return;
        }
        // A picture that comes a little late does not put off those after it.
        let every_ms = self.every_ms();
        let kept = self.looked_ms.map(|looked_ms| looked_ms + every_ms);
        self.looked_ms = Some(kept.filter(|kept_ms| kept_ms + every_ms > mono_ms).unwrap_or(mono_ms));
        let Some(width) = self.shared.watching().width() else { return };
        match picture.preview(width) {
            Ok(preview) => {
                let watching = lock(&self.shared.watching);
                if watching.width().is_some() {
                    *lock(&self.shared.preview) = Some(preview);
                }
            }
            Err(error) => tracing::warn!(%error, "no preview"),
        }
    }

    /// Whether a key frame that arrived now would be shown: somebody looks, and not so closely that
    /// every frame is decoded anyway.
    pub fn wants_key(&self, mono_ms: u64) -> bool {
        matches!(self.shared.watching(), Watching::Tile { .. }) && self.due(mono_ms)
    }

    /// Shows a decoded key frame if somebody looks, and not at every frame.
    pub fn show_key(&mut self, picture: &I420, mono_ms: u64) {
        if !self.shared.watching().closely() {
            self.show(picture, mono_ms);
        }
    }

    /// Forgets what was shown.
    pub fn close(&mut self) {
        self.looked_ms = None;
        lock(&self.shared.preview).take();
    }

    fn every_ms(&self) -> u64 {
        match self.shared.watching() {
            Watching::No => LOOK_EVERY_MS,
            Watching::Tile { .. } => PREVIEW_EVERY_MS,
            Watching::Enlarged { .. } => ENLARGED_EVERY_MS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of five seconds of frames that come so often.
    fn shown(watching: Watching, frame_every_ms: usize) -> usize {
        let shared = Arc::new(Shared::default());
        *lock(&shared.watching) = watching;
        let mut sight = Sight::new(Arc::clone(&shared));
        let picture = I420::black(64, 48).unwrap();
        let frames = (0..5_000_u64).step_by(frame_every_ms);
        frames
            .filter(|mono_ms| {
                sight.show(&picture, *mono_ms);
                lock(&shared.preview).take().is_some()
            })
            .count()
    }

    #[test]
    fn tiles_get_eight_pictures_a_second_and_the_enlarged_one_fifteen() {
        assert_eq!(shown(Watching::No, 66), 0);
        assert_eq!(shown(Watching::Tile { width: 64 }, 33), 40);
        assert_eq!(shown(Watching::Enlarged { width: 64 }, 66), 76);
        assert_eq!(shown(Watching::Enlarged { width: 64 }, 33), 76);
        assert_eq!(shown(Watching::Enlarged { width: 64 }, 40), 76, "a rate that does not divide");
        assert_eq!(shown(Watching::Enlarged { width: 64 }, 200), 25);
    }
}
