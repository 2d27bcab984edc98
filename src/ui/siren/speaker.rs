//! The computer's loudspeaker, through cpal, on a thread of its own that the window never waits for.

use std::any::Any;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{FromSample, OutputCallbackInfo, SampleFormat, SizedSample};

use super::tone::sample;
use super::{Loudness, Siren};
use crate::i18n::Message;

/// How long the tone is tried out.
const TRY_OUT: Duration = Duration::from_millis(2_500);
/// How often a loudspeaker is looked for while there is an alarm and none.
const RETRY: Duration = Duration::from_secs(20);
const NOTHING_TO_DO: Duration = Duration::from_secs(3_600);

/// Sounds as long as it is there.
pub struct Speaker {
    shared: Arc<Shared>,
    wake: SyncSender<()>,
    told: bool,
}

#[derive(Default)]
struct Shared {
    /// A [`Loudness`]: what the window wants.
    wanted: AtomicU8,
    try_out: AtomicBool,
    /// What is played now.
    played: AtomicU8,
    /// The device is gone.
    lost: AtomicBool,
    trouble: OnceLock<String>,
}

/// Begins to play what `Shared::played` says; it ends when what it gives is dropped.
type Open = Box<dyn FnMut(&Arc<Shared>) -> Result<Box<dyn Any>, String> + Send>;

impl Speaker {
    pub fn start() -> std::io::Result<Self> {
        Self::over(Box::new(open_device))
    }

    fn over(open: Open) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (wake, wakes) = sync_channel(1);
        let theirs = Arc::clone(&shared);
        thread::Builder::new().name("alarm-sound".into()).spawn(move || run(&theirs, &wakes, open))?;
        Ok(Self { shared, wake, told: false })
    }

    /// Whether it is awake already makes no difference: it looks at all that is wanted.
    fn wake(&self) {
        let _ = self.wake.try_send(());
    }
}

impl Siren for Speaker {
    fn sound(&mut self, loudness: Loudness) {
        if self.shared.wanted.swap(loudness as u8, Ordering::SeqCst) != loudness as u8 {
            self.wake();
        }
    }

    fn try_out(&mut self) {
        self.shared.try_out.store(true, Ordering::SeqCst);
        self.wake();
    }

    fn trouble(&mut self) -> Option<Message> {
        let detail = self.shared.trouble.get().filter(|_| !self.told)?;
        self.told = true;
        Some(Message::new("ui-sound-none").with("detail", detail.as_str()))
    }
}

fn of(number: u8) -> Loudness {
    let all = [Loudness::Quiet, Loudness::Technician, Loudness::Head, Loudness::Limit];
    all.get(usize::from(number)).copied().unwrap_or(Loudness::Limit)
}

/// Ends with its [`Speaker`].
fn run(shared: &Arc<Shared>, wakes: &Receiver<()>, mut open: Open) {
    let mut playing: Option<Box<dyn Any>> = None;
    let mut trying = false;
    loop {
        trying |= shared.try_out.swap(false, Ordering::SeqCst);
        let wanted = of(shared.wanted.load(Ordering::SeqCst));
        let loudness = if trying { wanted.max(Loudness::Head) } else { wanted };
        shared.played.store(loudness as u8, Ordering::SeqCst);
        if loudness == Loudness::Quiet || shared.lost.swap(false, Ordering::SeqCst) {
            playing = None;
        }
        if loudness != Loudness::Quiet && playing.is_none() {
            match open(shared) {
                Ok(stream) => playing = Some(stream),
                Err(detail) => {
                    if shared.trouble.set(detail.clone()).is_ok() {
                        tracing::warn!(%detail, "alarms can't be heard");
                    }
                }
            }
        }
        let wait = match (trying, &playing) {
            (true, _) => TRY_OUT,
            (false, _) if loudness != Loudness::Quiet => RETRY,
            (false, _) => NOTHING_TO_DO,
        };
        match wakes.recv_timeout(wait) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => trying = false,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn open_device(shared: &Arc<Shared>) -> Result<Box<dyn Any>, String> {
    let device = cpal::default_host().default_output_device().ok_or("no output device")?;
    let config = device.default_output_config().map_err(|error| error.to_string())?;
    let stream = match config.sample_format() {
        SampleFormat::I16 => stream::<i16>(&device, config.config(), shared),
        SampleFormat::I32 => stream::<i32>(&device, config.config(), shared),
        SampleFormat::U8 => stream::<u8>(&device, config.config(), shared),
        _ => stream::<f32>(&device, config.config(), shared),
    };
    let stream = stream.map_err(|error| error.to_string())?;
    stream.play().map_err(|error| error.to_string())?;
    Ok(Box::new(stream))
}

fn stream<T: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    shared: &Arc<Shared>,
) -> Result<cpal::Stream, cpal::Error> {
    let (channels, rate) = (usize::from(config.channels).max(1), config.sample_rate);
    let (theirs, of_errors) = (Arc::clone(shared), Arc::clone(shared));
    let mut at = 0_u64;
    device.build_output_stream(
        config,
        // Lives in the driver's callback and never waits.
        move |samples: &mut [T], _: &OutputCallbackInfo| {
            let loudness = of(theirs.played.load(Ordering::Relaxed));
            for frame in samples.chunks_mut(channels) {
                frame.fill(T::from_sample(sample(loudness, at, rate)));
                at = at.wrapping_add(1);
            }
        },
        move |error: cpal::Error| match error.kind() {
            // It goes on by itself.
            cpal::ErrorKind::Xrun | cpal::ErrorKind::RealtimeDenied | cpal::ErrorKind::DeviceChanged => {}
            // Looked for again before long.
            _ => of_errors.lost.store(true, Ordering::SeqCst),
        },
        None,
    )
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    /// Tells its end.
    struct Playing(std::sync::mpsc::Sender<&'static str>);

    impl Drop for Playing {
        fn drop(&mut self) {
            let _ = self.0.send("ended");
        }
    }

    #[test]
    fn it_plays_from_the_alarm_to_its_end() {
        let (tell, told) = channel();
        let mut speaker = Speaker::over(Box::new(move |_| {
            tell.send("opened").unwrap();
            Ok(Box::new(Playing(tell.clone())))
        }))
        .unwrap();
        speaker.sound(Loudness::Quiet);
        speaker.sound(Loudness::Technician);
        assert_eq!(told.recv(), Ok("opened"));
        speaker.sound(Loudness::Limit);
        speaker.sound(Loudness::Quiet);
        assert_eq!(told.recv(), Ok("ended"));
        assert!(speaker.trouble().is_none());
        drop(speaker);
        assert!(told.recv().is_err(), "the thread ends with the speaker, and opened nothing more");
    }

    #[test]
    fn without_a_loudspeaker_it_is_told_once() {
        let (tell, told) = channel();
        let mut speaker = Speaker::over(Box::new(move |_| {
            tell.send(()).unwrap();
            Err("no output device".to_owned())
        }))
        .unwrap();
        speaker.sound(Loudness::Technician);
        told.recv().unwrap();
        speaker.sound(Loudness::Head);
        // Tried anew when something changes: by then the first failure is known.
        told.recv().unwrap();
        let trouble = speaker.trouble().unwrap();
        assert_eq!(trouble, Message::new("ui-sound-none").with("detail", "no output device"));
        assert!(speaker.trouble().is_none());
    }
}
