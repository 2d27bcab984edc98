//! Pictures for the window, scaled in the camera's thread: the latest one wins.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{Shared, lock};
use crate::camera::{CodedFrame, H264Parameters};
use crate::recording::encode::{CodecError, Decoder};
use crate::recording::picture::I420;

/// At most eight pictures a second.
const PREVIEW_EVERY_MS: u64 = 125;
/// A camera that nobody looks at is looked at this often, to know that it gives pictures.
const LOOK_EVERY_MS: u64 = 1_000;

pub struct Sight {
    shared: Arc<Shared>,
    decoder: Option<Decoder>,
    looked_ms: Option<u64>,
}

impl Sight {
    pub fn new(shared: Arc<Shared>) -> Self {
        Self { shared, decoder: None, looked_ms: None }
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

    /// Shows an IDR picture if somebody looks; other frames can't be decoded alone.
    pub fn show_coded(&mut self, frame: &CodedFrame, parameters: &H264Parameters) {
        let mono_ms = frame.arrived.mono_ms;
        if !frame.key || self.width().is_none() || !self.due(mono_ms) {
            return;
        }
        match self.decode(frame, parameters) {
            Ok(Some(picture)) => self.show(&picture, mono_ms),
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%error, "no preview");
                self.decoder = None;
            }
        }
    }

    fn decode(
        &mut self,
        frame: &CodedFrame,
        parameters: &H264Parameters,
    ) -> Result<Option<I420>, CodecError> {
        let decoder = match &mut self.decoder {
            Some(decoder) => decoder,
            none => none.insert(Decoder::new()?),
        };
        decoder.decode(Some((&parameters.sps, &parameters.pps)), &frame.nals)
    }

    /// Forgets what was shown.
    pub fn close(&mut self) {
        self.decoder = None;
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
