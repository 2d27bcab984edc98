//! Pictures for the window, scaled in the camera's thread: the latest one wins.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{Shared, lock};
use crate::recording::picture::I420;

/// At most eight pictures a second.
const PREVIEW_EVERY_MS: u64 = 125;
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
        let every_ms = if self.width().is_some() { PREVIEW_EVERY_MS } else { LOOK_EVERY_MS };
        self.looked_ms.is_none_or(|looked_ms| mono_ms.saturating_sub(looked_ms) >= every_ms)
    }

    /// Shows a picture if somebody looks.
    pub fn show(&mut self, picture: &I420, mono_ms: u64) {
        if !self.due(mono_ms) {
            return;
        }
        self.looked_ms = Some(mono_ms);
        let Some(width) = self.width() else { return };
        match picture.preview(width) {
            Ok(preview) => *lock(&self.shared.preview) = Some(preview),
            Err(error) => tracing::warn!(%error, "no preview"),
        }
    }

    /// Whether somebody looks, and a picture that arrived now would be shown.
    pub fn wants(&self, mono_ms: u64) -> bool {
        self.width().is_some() && self.due(mono_ms)
    }

    /// Forgets what was shown.
    pub fn close(&mut self) {
        self.looked_ms = None;
        lock(&self.shared.preview).take();
    }

    fn width(&self) -> Option<u32> {
        match self.shared.preview_width.load(Ordering::SeqCst) {
            0 => None,
            width => Some(width),
        }
    }
}
