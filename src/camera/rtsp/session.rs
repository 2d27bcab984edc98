//! One RTSP session: describe, set up, play, and frames until it ends.

use std::mem;
use std::pin::pin;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures::{FutureExt, StreamExt};
use retina::client::{
    self, Credentials, Demuxed, Described, InitialTimestampPolicy, PlayOptions, SessionGroup, SessionOptions,
    SetupOptions,
};
use retina::codec::{CodecItem, FrameFormat, ParametersRef, VideoParametersCodec};
use tokio::sync::oneshot;
use url::Url;

use super::hearing::{Hearing, elapsed};
use crate::camera::sound::{Sound, SoundError, TIME_TICKS};
use crate::camera::{CameraError, Captured, CodedFrame, GATHER, H264Parameters};
use crate::clock::Clock;
use crate::point::RtspAddress;

/// How long a playing camera may send no frame.
const STALL_LIMIT: Duration = Duration::from_secs(5);
/// How long the camera may take to confirm the end.
const TEARDOWN_LIMIT: Duration = Duration::from_secs(1);
/// How many pictures are handed on at once that gathered in the socket.
const AT_ONCE: usize = 8;
/// A larger picture is none that a camera sends. Of one that never ends retina keeps whatever comes
/// within [`STALL_LIMIT`]: it sets no limit of its own, and offers none.
const MAX_FRAME_BYTES: usize = 8 * 1024 * 1024;

pub struct Session<'a> {
    pub address: RtspAddress,
    /// The address as it is connected to.
    pub url: Url,
    pub credentials: Option<Credentials>,
    /// The sound too, if there is any that can be recorded.
    pub sound: bool,
    pub clock: Arc<dyn Clock>,
    /// Set as soon as it is known what the camera sends.
    pub label: &'a OnceLock<String>,
}

impl Session<'_> {
    /// Reports on `opened` once the first key frame is there, then sends the frames from it on, and the
    /// sound beside them. Ends well only when `stop` is dropped or nobody takes the frames any more.
    pub async fn play(
        self,
        opened: SyncSender<()>,
        frames: SyncSender<Vec<Captured>>,
        stop: oneshot::Receiver<()>,
    ) -> Result<(), CameraError> {
        let group = Arc::new(SessionGroup::default());
        let outcome = tokio::select! {
            outcome = self.play_in(Arc::clone(&group), opened, &frames) => outcome,
            _ = stop => Ok(()),
        };
        // A teardown that fails is nobody's loss: the connection is closed all the same.
        let _ = tokio::time::timeout(TEARDOWN_LIMIT, group.await_teardown()).await;
        outcome
    }

    async fn play_in(
        self,
        group: Arc<SessionGroup>,
        opened: SyncSender<()>,
        frames: &SyncSender<Vec<Captured>>,
    ) -> Result<(), CameraError> {
        let refused = |error: retina::Error| self.refusal(&error);
        let options = SessionOptions::default().creds(self.credentials.clone()).session_group(group);
        let mut described = client::Session::describe(self.url.clone(), options).await.map_err(refused)?;
        let stream = h264_stream(described.streams())?;
        let as_in_mp4 = SetupOptions::default().frame_format(FrameFormat::MP4);
        described.setup(stream, as_in_mp4).await.map_err(refused)?;
        let mut hearing = match self.sound {
            true => hear(&mut described, &self.address, frames).await,
            false => None,
        };
        // Where a camera does not say how its streams belong together it is found out.
        let options = PlayOptions::default().initial_timestamp(InitialTimestampPolicy::Permissive);
        let playing = described.play(options).await.map_err(refused)?;
        let mut demuxed = pin!(playing.demuxed().map_err(refused)?);

        let mut opened = Some(opened);
        let mut timeline = Timeline::default();
        let mut known: Option<H264Parameters> = None;
        let mut last_frame = tokio::time::Instant::now();
        let mut gathered = Vec::with_capacity(AT_ONCE);
        loop {
            let ready = demuxed.next().now_or_never();
            let done = !matches!(ready, Some(Some(Ok(_)))) || gathered.len() == AT_ONCE;
            if done && !gathered.is_empty() {
                // A full queue makes this thread wait, which makes the camera wait: nothing is lost.
                let taken = mem::replace(&mut gathered, Vec::with_capacity(AT_ONCE));
                if frames.send(taken).is_err() {
                    return Ok(());
                }
            }
            // The thread is this session's own: nobody waits for it meanwhile but who wants it to end. With
            // sound every piece is taken at once; by when it came it is told where it belongs.
            if ready.is_none() && opened.is_none() && hearing.is_none() {
                self.clock.sleep(GATHER);
            }
            let next = async {
                match ready {
                    Some(item) => item,
                    None => demuxed.next().await,
                }
            };
            let item = match tokio::time::timeout_at(last_frame + STALL_LIMIT, next).await {
                Ok(Some(item)) => item.map_err(refused)?,
                Ok(None) => return Err(self.refused("the camera closed the connection")),
                Err(_) => return Err(CameraError::Stalled { seconds: STALL_LIMIT.as_secs() }),
            };
            let arrived = self.clock.now();
            let frame = match (item, &mut hearing) {
                (CodecItem::VideoFrame(frame), _) => frame,
                (CodecItem::AudioFrame(frame), Some(hearing)) => {
                    gathered.extend(hearing.heard(&frame, arrived).map(Captured::Sound));
                    continue;
                }
                (CodecItem::Rtcp(report), Some(hearing)) => {
                    take_report(hearing, &report);
                    continue;
                }
                _ => continue,
            };
            last_frame = tokio::time::Instant::now();
            let bytes = frame.data().len();
            if bytes > MAX_FRAME_BYTES {
                return Err(self.refused(&format!("a picture of {bytes} bytes")));
            }
            let key = frame.is_random_access_point();
            let parameters = match known {
                Some(_) if !frame.has_new_parameters() => None,
                // The camera sends its parameters with the key frame at the latest.
                None if !key => continue,
                _ => parameters(&demuxed, stream),
            };
            match &parameters {
                Some(new) => {
                    // Without its size, which may change.
                    self.label.get_or_init(|| format!("H.264, {}", self.address.public_url));
                    known = Some(new.clone());
                }
                None if known.is_none() => continue,
                None => {}
            }
            if let Some(opened) = opened.take() {
                let _ = opened.send(());
            }
            let pts_90k = elapsed(frame.timestamp());
            if let Some(hearing) = &mut hearing {
                hearing.tie.picture(pts_90k, arrived.mono_ms);
            }
            let discontinuity = !timeline.continues(pts_90k);
            let nals = frame.into_data();
            let frame = CodedFrame { arrived, pts_90k, key, discontinuity, nals, parameters };
            gathered.push(Captured::Coded(frame));
        }
    }

    /// What an error means. retina's own texts go on with the connection's details on further lines.
    fn refusal(&self, error: &retina::Error) -> CameraError {
        let text = error.to_string();
        let reason = text.lines().next().unwrap_or_default();
        match error.status_code() {
            Some(401 | 403) => CameraError::WrongPassword,
            _ => self.refused(reason),
        }
    }

    fn refused(&self, reason: &str) -> CameraError {
        let reason = self.address.without_secrets(reason);
        CameraError::Refused(format!("{}: {reason}", self.address.public_url))
    }
}

/// Sets the stream of sound up and says what it is, or why there is none: the pictures come without it.
async fn hear(
    described: &mut client::Session<Described>,
    address: &RtspAddress,
    frames: &SyncSender<Vec<Captured>>,
) -> Option<Hearing> {
    let chosen = match Hearing::choose(described.streams()) {
        Ok(hearing) => {
            let options = SetupOptions::default().frame_format(FrameFormat::MP4);
            let set_up = described.setup(hearing.stream, options).await;
            set_up.map(|()| hearing).map_err(|error| {
                let text = error.to_string();
                SoundError::Failed(address.without_secrets(text.lines().next().unwrap_or_default()))
            })
        }
        Err(error) => Err(error),
    };
    let said = match &chosen {
        Ok(hearing) => Sound::Begins(hearing.kind.clone()),
        Err(error) => Sound::Missing(error.clone()),
    };
    // Who does not take it takes no frame either, and that ends the session.
    let _ = frames.send(vec![Captured::Sound(said)]);
    chosen.ok()
}

/// Takes what a sender report says of its stream's clock.
fn take_report(hearing: &mut Hearing, report: &retina::rtcp::ReceivedCompoundPacket) {
    let (Some(timestamp), Some(sender)) = (report.rtp_timestamp(), sender_report(report)) else { return };
    let of_sound = report.stream_id() == hearing.stream;
    // 64 bits of NTP time: seconds and their fraction.
    let wall = (i128::from(sender) * i128::from(TIME_TICKS)) >> 32;
    hearing.tie.report(of_sound, i64::try_from(wall).unwrap_or(i64::MAX), elapsed(timestamp));
}

fn sender_report(report: &retina::rtcp::ReceivedCompoundPacket) -> Option<u64> {
    let sender = report.pkts().find_map(|packet| packet.as_sender_report().ok().flatten());
    sender.map(|sender| sender.ntp_timestamp().0)
}

/// The first H.264 stream; else an error that names what there is instead.
fn h264_stream(streams: &[client::Stream]) -> Result<usize, CameraError> {
    let is_video = |stream: &&client::Stream| stream.media() == "video";
    let coded = streams.iter().position(|stream| is_video(&stream) && stream.encoding_name() == "h264");
    coded.ok_or_else(|| match streams.iter().find(is_video) {
        Some(other) => CameraError::NotH264(other.encoding_name().to_uppercase()),
        None => CameraError::NoFormat("no video stream".to_owned()),
    })
}

/// The parameter sets in force: from the description, or from the frames themselves.
fn parameters(demuxed: &Demuxed, stream: usize) -> Option<H264Parameters> {
    let Some(ParametersRef::Video(video)) = demuxed.streams().get(stream)?.parameters() else { return None };
    let VideoParametersCodec::H264 { sps, pps } = video.codec_params() else { return None };
    let (width, height) = video.pixel_dimensions();
    Some(H264Parameters { width, height, sps: sps.to_vec(), pps: pps.to_vec() })
}

/// Tells a camera's clock that was set from one that runs.
#[derive(Debug, Default)]
struct Timeline {
    newest: Option<i64>,
}

impl Timeline {
    /// More than pictures in another order than they are shown (B-frames) go back.
    const BACK: i64 = 90_000;
    /// More than any silence that is not already a stall.
    const AHEAD: i64 = 10 * 90_000;

    fn continues(&mut self, pts: i64) -> bool {
        let Some(newest) = self.newest else {
            self.newest = Some(pts);
            return true;
        };
        let continues = (newest - Self::BACK..=newest.saturating_add(Self::AHEAD)).contains(&pts);
        self.newest = Some(if continues { newest.max(pts) } else { pts });
        continues
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_clock_that_was_set_is_told_from_reordered_pictures() {
        let mut timeline = Timeline::default();
        for (pts, continues) in [
            (1_000_000, true),
            (1_009_000, true),
            (1_003_000, true),
            (900_000, false),
            (903_000, true),
            (5_000_000, false),
            (5_003_000, true),
        ] {
            assert_eq!(timeline.continues(pts), continues, "{pts}");
        }
    }
}
