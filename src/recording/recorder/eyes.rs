//! One thread that decodes key frames for all cameras that code themselves: health and previews of streams
//! that are stored as they came.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

use crate::camera::{CodedFrame, H264Parameters};
use crate::clock::Stamp;
use crate::recording::encode::Decoder;
use crate::recording::picture::I420;

/// Key frames that may wait; one that finds no room is not looked at.
const WAITING: usize = 64;
/// Larger pictures and frames are not decoded.
pub const MOST_PIXELS: u64 = 3840 * 2160;
const MOST_BYTES: usize = 8 << 20;

/// A handle of the thread, which ends with the last one.
#[derive(Clone, Debug)]
pub struct Eyes {
    jobs: SyncSender<Job>,
}

#[derive(Debug)]
struct Job {
    parameters: Arc<H264Parameters>,
    nals: Vec<u8>,
    answer: SyncSender<I420>,
}

/// One camera's look: one frame at a time is with the thread.
#[derive(Debug)]
pub struct Gaze {
    eyes: Option<Eyes>,
    looked_at: Option<(Receiver<I420>, Stamp)>,
}

impl Eyes {
    pub fn start() -> io::Result<Self> {
        let (jobs, todo) = sync_channel::<Job>(WAITING);
        thread::Builder::new().name("eyes".into()).spawn(move || {
            let mut kept = None;
            while let Ok(Job { parameters, nals, answer }) = todo.recv() {
                match decode(&mut kept, parameters, &nals) {
                    // The camera may be gone by now.
                    Some(picture) => drop(answer.try_send(picture)),
                    None => tracing::debug!("a key frame can't be decoded"),
                }
            }
        })?;
        Ok(Self { jobs })
    }
}

/// Decodes a lone key frame, with the last decoder if that was for streams of the same parameters: a new
/// one costs as much as the picture. It is not kept after a frame that it could not decode or held
/// back, and conceals no errors, so that nothing of one camera can show at another.
fn decode(
    kept: &mut Option<(Arc<H264Parameters>, Decoder)>,
    parameters: Arc<H264Parameters>,
    nals: &[u8],
) -> Option<I420> {
    let pixels = u64::from(parameters.width) * u64::from(parameters.height);
    if pixels > MOST_PIXELS || nals.len() > MOST_BYTES {
        return None;
    }
    let mut decoder = match kept.take() {
        Some((known, decoder)) if known == parameters => decoder,
        _ => Decoder::new().ok()?,
    };
    match decoder.decode(Some((&parameters.sps, &parameters.pps)), nals).ok()? {
        Some(picture) => {
            *kept = Some((parameters, decoder));
            Some(picture)
        }
        None => decoder.held().ok()?,
    }
}

impl Gaze {
    pub fn new(eyes: Option<Eyes>) -> Self {
        Self { eyes, looked_at: None }
    }

    /// Has a key frame decoded, unless one is being decoded already. Never waits.
    pub fn at(&mut self, frame: &CodedFrame, parameters: &Arc<H264Parameters>) {
        let Some(eyes) = self.eyes.as_ref().filter(|_| self.looked_at.is_none()) else { return };
        let (answer, seen) = sync_channel(1);
        let job = Job { parameters: Arc::clone(parameters), nals: frame.nals.clone(), answer };
        if eyes.jobs.try_send(job).is_ok() {
            self.looked_at = Some((seen, frame.arrived));
        }
    }

    /// The picture that was decoded since, and when its frame arrived.
    pub fn seen(&mut self) -> Option<(I420, Stamp)> {
        let (seen, arrived) = self.looked_at.as_ref()?;
        match seen.try_recv() {
            Ok(picture) => {
                let arrived = *arrived;
                self.looked_at = None;
                Some((picture, arrived))
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.looked_at = None;
                None
            }
        }
    }

    /// What is being decoded is of no more interest.
    pub fn close(&mut self) {
        self.looked_at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::encode::Encoder;

    /// An IDR picture of one grey.
    fn key_frame(grey: u8) -> (Arc<H264Parameters>, Vec<u8>) {
        let mut picture = I420::black(64, 64).unwrap();
        picture.planes_mut().0.fill(grey);
        let encoded = Encoder::new((64, 64), 15, 1_000_000).unwrap().encode(&picture, 0).unwrap();
        (encoded.parameters, encoded.nals)
    }

    #[test]
    fn a_kept_decoder_shows_nothing_of_the_frame_before() {
        let ((parameters, white), (_, dark)) = (key_frame(200), key_frame(40));
        let mut kept = None;
        let luma = |picture: I420| picture.luma()[64 * 32];
        assert!(decode(&mut kept, parameters.clone(), &white).map(luma).unwrap() > 190);
        assert!(kept.is_some());
        assert!(decode(&mut kept, parameters.clone(), &dark).map(luma).unwrap() < 50);
        let torn = &dark[..dark.len() / 2];
        assert_eq!(decode(&mut kept, parameters.clone(), torn), None);
        assert!(kept.is_none());
        assert!(decode(&mut kept, parameters, &dark).map(luma).unwrap() < 50);
    }
}
