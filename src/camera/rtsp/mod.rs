//! Network cameras over RTSP (RFC 2326), interleaved in one TCP connection. H.264 only; frames are
//! handed on as the camera coded them, AAC sound as well; G.711 as samples. All async code of the program is
//! in this room, in one named thread a camera.

mod hearing;
mod session;

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, OnceLock};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;
use std::vec;

use retina::client::Credentials;
use tokio::sync::oneshot;
use url::Url;

use crate::camera::{CameraError, Capture, Captured};
use crate::clock::Clock;
use crate::point::RtspAddress;

/// How often frames and pieces of sound, up to four at once, wait for the recorder before the camera is
/// made to wait.
const QUEUE: usize = 24;
/// How long connecting, agreeing and the first key frame may take.
const OPEN_LIMIT: Duration = Duration::from_secs(14);
/// How long a closing session may take to say goodbye.
const STOP_LIMIT: Duration = Duration::from_millis(1_500);

/// A playing camera. Dropping it ends the session.
pub struct RtspCapture {
    frames: Receiver<Vec<Captured>>,
    /// What was received last, as far as it was not asked for yet.
    received: vec::IntoIter<Captured>,
    shared: Arc<Shared>,
    /// Dropped to end the session.
    running: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    /// What the camera sends, for people.
    label: OnceLock<String>,
    /// Why the session ended.
    ended: OnceLock<CameraError>,
}

impl RtspCapture {
    /// Connects, signs in (Basic or Digest as the camera asks) and starts the stream. Returns with the
    /// first key frame, since only then it is known what the camera sends.
    pub fn open(address: &RtspAddress, sound: bool, clock: Arc<dyn Clock>) -> Result<Self, CameraError> {
        let url = Url::parse(&address.url)
            .map_err(|error| CameraError::Refused(format!("{}: {error}", address.public_url)))?;
        let address = address.clone();
        let public_url = address.public_url.clone();
        let credentials = credentials(&address);
        let (opened_tx, opened) = mpsc::sync_channel(1);
        let (frames_tx, frames) = mpsc::sync_channel(QUEUE);
        let (running, stop) = oneshot::channel();
        let shared = Arc::new(Shared::default());
        let thread = Builder::new().name("camera rtsp".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || {
                let session =
                    session::Session { address, url, credentials, sound, clock, label: &shared.label };
                // The queue ends with this call, which wakes the owner; it joins before it asks.
                let outcome = run(session.play(opened_tx, frames_tx, stop));
                if let Err(error) = outcome {
                    let _ = shared.ended.set(error);
                }
            }
        });
        let thread = thread.map_err(|error| CameraError::Failed(format!("no thread: {error}")))?;
        let mut capture = Self {
            frames,
            received: Vec::new().into_iter(),
            shared,
            running: Some(running),
            thread: Some(thread),
        };
        match opened.recv_timeout(OPEN_LIMIT) {
            Ok(()) => Ok(capture),
            Err(RecvTimeoutError::Timeout) => {
                let seconds = OPEN_LIMIT.as_secs();
                Err(CameraError::Refused(format!("{public_url}: no answer in {seconds} s")))
            }
            Err(RecvTimeoutError::Disconnected) => Err(capture.why_ended()),
        }
    }

    fn why_ended(&mut self) -> CameraError {
        if let Some(thread) = self.thread.take() {
            // A panic in there is told as any other failure, below.
            let _ = thread.join();
        }
        let ended = self.shared.ended.get().cloned();
        ended.unwrap_or_else(|| CameraError::Failed("the session's thread failed".to_owned()))
    }
}

fn run(session: impl Future<Output = Result<(), CameraError>>) -> Result<(), CameraError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CameraError::Failed(format!("no runtime: {error}")))?;
    let outcome = runtime.block_on(session);
    // A look-up of a host's name may still hang; it is not waited for.
    runtime.shutdown_background();
    outcome
}

impl Capture for RtspCapture {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        if let Some(captured) = self.received.next() {
            return Ok(Some(captured));
        }
        match self.frames.recv_timeout(timeout) {
            Ok(received) => {
                self.received = received.into_iter();
                Ok(self.received.next())
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(self.why_ended()),
        }
    }

    fn detail(&self) -> String {
        self.shared.label.get().cloned().unwrap_or_default()
    }

    fn is_prompt(&self) -> bool {
        true
    }
}

impl Drop for RtspCapture {
    fn drop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        self.running = None;
        // Many cameras take a few sessions only, so this one ends before the next begins. What is
        // still queued is thrown away; the end of the queue is the end of the session.
        let left = loop {
            match self.frames.recv_timeout(STOP_LIMIT) {
                Ok(_) => {}
                Err(reason) => break reason,
            }
        };
        if left == RecvTimeoutError::Disconnected {
            let _ = thread.join();
        }
    }
}

fn credentials(address: &RtspAddress) -> Option<Credentials> {
    let username = percent_decoded(address.user.as_ref()?);
    let password = address.password.as_deref().map(percent_decoded).unwrap_or_default();
    Some(Credentials { username, password })
}

/// Undoes `%40` and the like (RFC 3986, 2.1). What is no such escape stays as it is, since people
/// write passwords down as they are.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digit = |at: usize| tail.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_password_is_decoded_and_a_plain_one_stays() {
        assert_eq!(percent_decoded("p%40ss%2Fw"), "p@ss/w");
        assert_eq!(percent_decoded("100%sure%"), "100%sure%");
        assert_eq!(percent_decoded("%ff"), "%ff");
        assert_eq!(percent_decoded("пароль%20"), "пароль ");
    }
}
