//! Every frame of a camera that codes itself, decoded while its picture is enlarged, in a thread that
//! is there no longer than that. The camera's thread never waits for it: what finds no room is left
//! out up to the next key frame.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::Shared;
use super::eyes::MOST_PIXELS;
use super::sight::Sight;
use crate::camera::{CodedFrame, H264Parameters};
use crate::point::CameraId;
use crate::recording::encode::Decoder;

/// Frames that may wait: half a second of them, and never much memory.
const WAITING: usize = 16;
const MOST_BYTES: usize = 2 << 20;

pub struct Follow {
    camera: CameraId,
    shared: Arc<Shared>,
    /// To the thread, which ends without it.
    frames: Option<SyncSender<Frame>>,
    /// All frames since the last key frame went to the thread.
    whole: bool,
}

struct Frame {
    /// With key frames.
    parameters: Option<Arc<H264Parameters>>,
    nals: Vec<u8>,
    arrived_ms: u64,
}

impl Follow {
    pub fn new(camera: CameraId, shared: Arc<Shared>) -> Self {
        Self { camera, shared, frames: None, whole: false }
    }

    /// Has the frame decoded and shown if somebody looks so closely. Never waits.
    pub fn frame(&mut self, frame: &CodedFrame, parameters: &Arc<H264Parameters>) {
        if !self.shared.watching().closely() {
            return self.close();
        }
        let pixels = u64::from(parameters.width) * u64::from(parameters.height);
        let fits = pixels <= MOST_PIXELS && frame.nals.len() <= MOST_BYTES;
        self.whole = fits && (frame.key || (self.whole && !frame.discontinuity));
        if !self.whole {
            return;
        }
        let job = Frame {
            parameters: frame.key.then(|| Arc::clone(parameters)),
            nals: frame.nals.clone(),
            arrived_ms: frame.arrived.mono_ms,
        };
        match self.thread() {
            Ok(frames) => self.whole = frames.try_send(job).is_ok(),
            Err(error) => {
                tracing::warn!(camera = %self.camera, %error, "the enlarged picture can't be decoded");
                self.whole = false;
            }
        }
    }

    /// Nobody looks any more, or no more frames come.
    pub fn close(&mut self) {
        self.frames = None;
        self.whole = false;
    }

    fn thread(&mut self) -> io::Result<&SyncSender<Frame>> {
        let frames = match self.frames.take() {
            Some(frames) => frames,
            None => {
                let (frames, todo) = sync_channel(WAITING);
                let sight = Sight::new(Arc::clone(&self.shared));
                let name = format!("large-{}", self.camera);
                thread::Builder::new().name(name).spawn(move || decode(&todo, sight))?;
                frames
            }
        };
        Ok(self.frames.insert(frames))
    }
}

fn decode(frames: &Receiver<Frame>, mut sight: Sight) {
    // None until a key frame comes: at first, and after one that can't be decoded.
    let mut decoder: Option<(Decoder, Arc<H264Parameters>)> = None;
    while let Ok(Frame { parameters, nals, arrived_ms }) = frames.recv() {
        if let Some(parameters) = parameters
            && decoder.as_ref().is_none_or(|(_, before)| *before != parameters)
        {
            decoder = Decoder::new().ok().map(|decoder| (decoder, parameters));
        }
        let Some((open, parameters)) = &mut decoder else { continue };
        match open.decode(Some((&parameters.sps, &parameters.pps)), &nals) {
            Ok(Some(picture)) => sight.show(&picture, arrived_ms),
            // It is shown after one that is still to come.
            Ok(None) => {}
            Err(error) => {
                tracing::debug!(%error, "a frame can't be decoded");
                decoder = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Watching, lock};
    use super::*;
    use crate::clock::Stamp;

    fn parameters() -> Arc<H264Parameters> {
        Arc::new(H264Parameters { width: 320, height: 240, sps: Vec::new(), pps: Vec::new() })
    }

    fn follow() -> Follow {
        let shared = Arc::new(Shared::default());
        *lock(&shared.watching) = Watching::Enlarged { width: 160 };
        Follow::new("hall-1".parse().unwrap(), shared)
    }

    fn frame(key: bool) -> CodedFrame {
        let arrived = Stamp { utc_ms: 0, mono_ms: 0, offset_min: 0 };
        CodedFrame { arrived, pts_90k: 0, key, discontinuity: false, nals: vec![0], parameters: None }
    }

    #[test]
    fn what_finds_no_room_is_left_out_up_to_the_next_key_frame() {
        let mut follow = follow();
        let (sender, todo) = sync_channel(WAITING);
        follow.frames = Some(sender);
        let mut give = |key| {
            follow.frame(&frame(key), &parameters());
            todo.try_iter().count()
        };
        assert_eq!([give(false), give(true), give(false)], [0, 1, 1], "it begins with a key frame");
        (0..WAITING + 5).for_each(|_| follow.frame(&frame(false), &parameters()));
        assert_eq!(todo.try_iter().count(), WAITING);
        let mut give = |key| {
            follow.frame(&frame(key), &parameters());
            todo.try_iter().count()
        };
        assert_eq!([give(false), give(true), give(false)], [0, 1, 1]);
    }

    #[test]
    fn nothing_is_left_when_nobody_looks() {
        let mut follow = follow();
        follow.frame(&frame(true), &parameters());
        assert!(follow.frames.is_some());
        *lock(&follow.shared.watching) = Watching::Tile { width: 160 };
        follow.frame(&frame(true), &parameters());
        // The thread holds the other end until it is gone.
        while Arc::strong_count(&follow.shared) > 1 {
            thread::yield_now();
        }
    }
}
