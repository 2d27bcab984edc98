//! A microphone of this computer, through cpal.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{BufferSize, InputCallbackInfo, StreamConfig};

use super::system::{Candidate, candidates};
use super::{Microphone, Pcm, SoundError, SoundTime, TIME_TICKS};
use crate::clock::Clock;
use crate::point::MicrophoneSelector;

/// What is asked of a microphone, and what everything else is turned into.
const RATE: u32 = 48_000;
/// 20 ms.
const PIECE: u32 = RATE / 50;
/// Pieces that wait for the recorder: five seconds. More are lost, and the recorder fills in silence.
const QUEUE: usize = 256;
/// No driver holds sound back for longer; what says so is not believed.
const LONGEST_DELAY: Duration = Duration::from_secs(1);

/// Opens the first microphone that fits. The device is found again by its name wherever it is plugged
/// in; of two with one name it is the first.
pub fn open(selector: &MicrophoneSelector, clock: Arc<dyn Clock>) -> Result<Box<dyn Microphone>, SoundError> {
    let host = cpal::default_host();
    let fits = |candidate: &Candidate| match selector {
        MicrophoneSelector::Any => true,
        MicrophoneSelector::Named(part) => {
            let part = part.to_lowercase();
            [&candidate.id, &candidate.label].iter().any(|name| name.to_lowercase().contains(&part))
        }
    };
    let mut failed = SoundError::Unknown(selector.to_string());
    for candidate in candidates(&host)?.iter().filter(|candidate| fits(candidate)) {
        match listen(candidate, &clock) {
            Ok(open) => return Ok(Box::new(open)),
            // Of what only plays nothing is told if another one hears.
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

struct Open {
    pieces: Receiver<Pcm>,
    ended: Arc<OnceLock<SoundError>>,
    label: String,
    /// Ends the stream when dropped.
    _stream: cpal::Stream,
}

impl Microphone for Open {
    fn next(&mut self, timeout: Duration) -> Result<Option<Pcm>, SoundError> {
        match self.pieces.recv_timeout(timeout) {
            Ok(piece) => Ok(Some(piece)),
            Err(reason) => match (self.ended.get(), reason) {
                (Some(error), _) => Err(error.clone()),
                (None, RecvTimeoutError::Timeout) => Ok(None),
                (None, RecvTimeoutError::Disconnected) => Err(SoundError::Unplugged(self.label.clone())),
            },
        }
    }

    fn detail(&self) -> String {
        self.label.clone()
    }
}

fn listen(candidate: &Candidate, clock: &Arc<dyn Clock>) -> Result<Open, SoundError> {
    let as_wanted = StreamConfig { channels: 1, sample_rate: RATE, buffer_size: BufferSize::Fixed(PIECE) };
    start(candidate, as_wanted, clock).or_else(|error| {
        // What the device itself prefers; nothing better is known of it.
        let Ok(own) = candidate.device.default_input_config() else { return Err(error) };
        start(candidate, own.config(), clock)
    })
}

fn start(candidate: &Candidate, config: StreamConfig, clock: &Arc<dyn Clock>) -> Result<Open, SoundError> {
    let said = |error: cpal::Error| said(&candidate.id, &error);
    let (sender, pieces) = sync_channel(QUEUE);
    let ended = Arc::new(OnceLock::new());
    let mut hearing = Hearing::new(Arc::clone(clock), &config, sender);
    let stream = candidate.device.build_input_stream(
        config,
        move |samples: &[i16], info: &InputCallbackInfo| hearing.heard(samples, info),
        {
            let (ended, id) = (Arc::clone(&ended), candidate.id.clone());
            move |error: cpal::Error| match error.kind() {
                // It goes on by itself, and what it missed shows as a gap.
                cpal::ErrorKind::Xrun | cpal::ErrorKind::RealtimeDenied | cpal::ErrorKind::DeviceChanged => {}
                _ => {
                    let _ = ended.set(super::microphone::said(&id, &error));
                }
            }
        },
        None,
    );
    let stream = stream.map_err(said)?;
    stream.play().map_err(said)?;
    Ok(Open { pieces, ended, label: format!("{} ({})", candidate.label, candidate.id), _stream: stream })
}

fn said(id: &str, error: &cpal::Error) -> SoundError {
    match error.kind() {
        cpal::ErrorKind::DeviceBusy => SoundError::Busy(id.to_owned()),
        cpal::ErrorKind::DeviceNotAvailable | cpal::ErrorKind::StreamInvalidated => {
            SoundError::Unplugged(id.to_owned())
        }
        _ => SoundError::Failed(format!("{id}: {error}")),
    }
}

/// Lives in the driver's callback: mixes to one channel at [`RATE`] and never waits.
struct Hearing {
    clock: Arc<dyn Clock>,
    channels: usize,
    rate: u32,
    /// Where between two samples of the device the next one is taken, in 1/RATE of a device's sample.
    phase: u32,
    before: i16,
    pieces: SyncSender<Pcm>,
}

impl Hearing {
    fn new(clock: Arc<dyn Clock>, config: &StreamConfig, pieces: SyncSender<Pcm>) -> Self {
        let channels = usize::from(config.channels).max(1);
        Self { clock, channels, rate: config.sample_rate.max(1), phase: 0, before: 0, pieces }
    }

    fn heard(&mut self, samples: &[i16], info: &InputCallbackInfo) {
        let arrived = self.clock.now();
        let times = info.timestamp();
        let delay = times.callback.checked_duration_since(times.capture);
        let length =
            Duration::from_micros((samples.len() / self.channels) as u64 * 1_000_000 / u64::from(self.rate));
        // Without a word of the driver the last sample is taken to be heard just now.
        let delay = delay.filter(|delay| (length..=LONGEST_DELAY).contains(delay)).unwrap_or(length);
        let arrived_ticks = (arrived.mono_ms as i64).saturating_mul(TIME_TICKS / 1000);
        let at = SoundTime::Mono(arrived_ticks - (delay.as_micros() as i64 * TIME_TICKS / 1_000_000));
        let piece = Pcm { arrived, at, rate: RATE, samples: self.converted(samples) };
        // The recorder is behind by seconds or gone: what is lost here shows as a gap.
        let (Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_))) =
            self.pieces.try_send(piece);
    }

    fn converted(&mut self, samples: &[i16]) -> Vec<i16> {
        let mono = samples.chunks_exact(self.channels).map(|frame| {
            let sum: i32 = frame.iter().map(|sample| i32::from(*sample)).sum();
            (sum / self.channels as i32) as i16
        });
        if self.rate == RATE {
            return mono.collect();
        }
        let mut out = Vec::with_capacity(samples.len() * RATE as usize / self.rate as usize + 1);
        for next in mono {
            while self.phase < RATE {
                let (a, b) = (i64::from(self.before), i64::from(next));
                out.push((a + (b - a) * i64::from(self.phase) / i64::from(RATE)) as i16);
                self.phase += self.rate;
            }
            self.phase -= RATE;
            self.before = next;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SimulatedClock;

    #[test]
    fn any_rate_and_number_of_channels_becomes_one_channel_at_48000() {
        let config = StreamConfig { channels: 2, sample_rate: 44_100, buffer_size: BufferSize::Default };
        let (sender, _pieces) = sync_channel(1);
        let mut hearing = Hearing::new(Arc::new(SimulatedClock::new(0, 0)), &config, sender);
        let ramp =
            |from: i16, count: i16| (from..from + count).flat_map(|n| [n + 100, n - 100]).collect::<Vec<_>>();
        let mut all = Vec::new();
        for piece in 0..10 {
            all.extend(hearing.converted(&ramp(piece * 441, 441)));
        }
        assert_eq!(all.len(), 4_800);
        // A ramp stays a ramp, at the other rate's slope.
        for (at, sample) in all.iter().enumerate().skip(2) {
            assert!(
                f64::from(*sample).round() - (at as f64 * 44_100.0 / 48_000.0 - 1.0) < 1.5,
                "{at}: {sample}"
            );
        }
    }
}
