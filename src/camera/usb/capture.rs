//! A camera's own thread: a driver may block for ever, and then only the thread is lost.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use crate::camera::usb::format::Offer;
use crate::camera::usb::frame;
use crate::camera::usb::rate::Thinning;
use crate::camera::{CameraError, Capture, Captured, Picture};
use crate::clock::Clock;

/// Pictures that wait for the recorder before new ones are dropped: about two seconds' worth.
const QUEUE: usize = 32;
/// How long a driver may take to open a camera.
const OPEN_LIMIT: Duration = Duration::from_secs(10);
/// How long a driver may give nothing at all before its thread counts as stalled.
pub const STALL_LIMIT_MS: u64 = 5_000;
/// How long a thread is waited for that was told to stop; it looks at every frame.
const STOP_LIMIT: Duration = Duration::from_millis(1_500);
/// Stalled threads that one camera may leave behind.
const MAX_ABANDONED: usize = 3;

/// An opened device; lives and dies in one thread.
pub trait Device {
    /// Blocks until the driver hands out its next buffer.
    fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError>;
}

/// The threads that one camera left blocked in its driver.
#[derive(Debug, Default)]
pub struct Abandoned(Mutex<Vec<JoinHandle<()>>>);

impl Abandoned {
    /// How many still hang.
    pub fn count(&self) -> usize {
        let mut threads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        threads.retain(|thread| !thread.is_finished());
        threads.len()
    }

    /// Fails while so many threads hang that one more would only join them.
    fn check(&self) -> Result<(), CameraError> {
        match self.count() {
            stuck if stuck >= MAX_ABANDONED => Err(CameraError::DriverStuck { attempts: stuck }),
            _ => Ok(()),
        }
    }

    fn add(&self, thread: JoinHandle<()>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
    }
}

/// What thread and owner tell each other beside the pictures.
#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    /// Monotonic time of the driver's last sign of life.
    heartbeat_ms: AtomicU64,
    /// Buffers without a whole picture.
    broken: AtomicU64,
    /// Pictures that nobody fetched in time.
    skipped: AtomicU64,
    /// Why the thread ended; set after the device was released.
    ended: OnceLock<CameraError>,
}

/// A capturing thread seen from outside. Dropping it stops the thread and waits until the device is
/// released; a thread that does not come back is left behind and counted.
pub struct ThreadedCapture {
    clock: Arc<dyn Clock>,
    shared: Arc<Shared>,
    pictures: Receiver<Picture>,
    thread: Option<JoinHandle<()>>,
    abandoned: Arc<Abandoned>,
    /// The agreed format and the device, for people.
    label: String,
}

impl ThreadedCapture {
    /// Starts the thread `name`, which opens the device, and waits for what it agreed to.
    pub fn start<D: Device>(
        name: &str,
        open: impl FnOnce() -> Result<(D, Offer), CameraError> + Send + 'static,
        wanted_rate: u32,
        clock: Arc<dyn Clock>,
        abandoned: Arc<Abandoned>,
    ) -> Result<Self, CameraError> {
        abandoned.check()?;
        let (agreed_tx, agreed_rx) = mpsc::sync_channel(1);
        let (pictures_tx, pictures) = mpsc::sync_channel(QUEUE);
        let shared = Arc::new(Shared::default());
        let thread = Builder::new().name(name.to_owned()).spawn({
            let (shared, clock) = (Arc::clone(&shared), Arc::clone(&clock));
            move || {
                let outcome = run(open, wanted_rate, &agreed_tx, &pictures_tx, &shared, &*clock);
                let Err(error) = outcome else { return };
                // The device is released by now. Ending drops both senders, which wakes the owner.
                let _ = shared.ended.set(error);
            }
        });
        let thread = thread.map_err(|error| CameraError::Failed(format!("no thread: {error}")))?;
        let mut capture =
            Self { clock, shared, pictures, thread: Some(thread), abandoned, label: String::new() };
        match agreed_rx.recv_timeout(OPEN_LIMIT) {
            Ok(offer) => {
                let thinning = Thinning::new(offer.frames_per_second, wanted_rate);
                let thinning = thinning.map(|thinning| thinning.to_string()).unwrap_or_default();
                capture.label = format!("{offer}{thinning}, {name}");
                Ok(capture)
            }
            Err(RecvTimeoutError::Timeout) => Err(CameraError::Stalled { seconds: OPEN_LIMIT.as_secs() }),
            Err(RecvTimeoutError::Disconnected) => Err(capture.why_ended()),
        }
    }

    fn why_ended(&mut self) -> CameraError {
        if let Some(thread) = self.thread.take() {
            // A driver binding that panicked is told as any other failure, below.
            let _ = thread.join();
        }
        let ended = self.shared.ended.get().cloned();
        ended.unwrap_or_else(|| CameraError::Failed("the driver's binding failed".to_owned()))
    }
}

/// Opens the device and captures until told to stop (`Ok`) or until it fails. The device is released
/// when this returns.
fn run<D: Device>(
    open: impl FnOnce() -> Result<(D, Offer), CameraError>,
    wanted_rate: u32,
    agreed: &SyncSender<Offer>,
    pictures: &SyncSender<Picture>,
    shared: &Shared,
    clock: &dyn Clock,
) -> Result<(), CameraError> {
    let (mut device, offer) = open()?;
    shared.heartbeat_ms.store(clock.now().mono_ms, Relaxed);
    let mut thinning = Thinning::new(offer.frames_per_second, wanted_rate);
    let _ = agreed.send(offer);
    while !shared.stop.load(Relaxed) {
        let buffer = device.frame()?;
        let arrived = clock.now();
        shared.heartbeat_ms.store(arrived.mono_ms, Relaxed);
        let Some(pixels) = frame::pixels(&buffer, &offer) else {
            shared.broken.fetch_add(1, Relaxed);
            continue;
        };
        if !thinning.as_mut().is_none_or(|thinning| thinning.keeps(arrived.mono_ms)) {
            continue;
        }
        match pictures.try_send(Picture { arrived, width: offer.width, height: offer.height, pixels }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => {
                shared.skipped.fetch_add(1, Relaxed);
            }
            Err(TrySendError::Disconnected(_)) => break,
        }
    }
    Ok(())
}

impl Capture for ThreadedCapture {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        match self.pictures.recv_timeout(timeout) {
            Ok(picture) => Ok(Some(Captured::Picture(picture))),
            Err(RecvTimeoutError::Disconnected) => Err(self.why_ended()),
            Err(RecvTimeoutError::Timeout) => {
                let silent_ms =
                    self.clock.now().mono_ms.saturating_sub(self.shared.heartbeat_ms.load(Relaxed));
                if silent_ms >= STALL_LIMIT_MS {
                    return Err(CameraError::Stalled { seconds: silent_ms / 1_000 });
                }
                Ok(None)
            }
        }
    }

    fn detail(&self) -> String {
        let (broken, skipped) = (self.shared.broken.load(Relaxed), self.shared.skipped.load(Relaxed));
        match (broken, skipped) {
            (0, 0) => self.label.clone(),
            _ => format!("{}, {broken} broken, {skipped} skipped", self.label),
        }
    }

    fn is_prompt(&self) -> bool {
        true
    }
}

impl Drop for ThreadedCapture {
    fn drop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        self.shared.stop.store(true, Relaxed);
        // What is still queued is thrown away; the end of the queue is the end of the thread.
        let left = loop {
            match self.pictures.recv_timeout(STOP_LIMIT) {
                Ok(_) => {}
                Err(reason) => break reason,
            }
        };
        match left {
            RecvTimeoutError::Disconnected => drop(thread.join()),
            RecvTimeoutError::Timeout => {
                tracing::warn!(camera = self.label, "driver does not come back; its thread is left behind");
                self.abandoned.add(thread);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::usb::format::PixelFormat;
    use crate::clock::SimulatedClock;

    const TINY: Offer = Offer { pixels: PixelFormat::Yuyv, width: 2, height: 2, frames_per_second: 5 };

    /// Hands out what the test sends it; blocks meanwhile; tells when it was dropped.
    struct Scripted {
        frames: Receiver<Result<Vec<u8>, CameraError>>,
        _released: SyncSender<()>,
    }

    impl Device for Scripted {
        fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError> {
            self.frames.recv().unwrap_or(Err(CameraError::Failed("script ended".into()))).map(Cow::Owned)
        }
    }

    struct Stage {
        capture: ThreadedCapture,
        clock: Arc<SimulatedClock>,
        frames: SyncSender<Result<Vec<u8>, CameraError>>,
        released: Receiver<()>,
    }

    fn stage(abandoned: &Arc<Abandoned>) -> Result<Stage, CameraError> {
        let clock = Arc::new(SimulatedClock::new(0, 0));
        let (frames, script) = mpsc::sync_channel(8);
        let (alive, released) = mpsc::sync_channel(0);
        let open = move || Ok((Scripted { frames: script, _released: alive }, TINY));
        let capture = ThreadedCapture::start("scripted", open, 5, clock.clone(), Arc::clone(abandoned))?;
        Ok(Stage { capture, clock, frames, released })
    }

    const LONG: Duration = Duration::from_secs(30);
    const AT_ONCE: Duration = Duration::from_millis(1);

    #[test]
    fn pictures_come_and_broken_buffers_are_counted() {
        let mut stage = stage(&Arc::default()).unwrap();
        stage.frames.send(Ok(vec![1; 3])).unwrap();
        stage.frames.send(Ok(vec![2; 4096])).unwrap();
        let Ok(Some(Captured::Picture(picture))) = stage.capture.next(LONG) else { unreachable!() };
        assert_eq!((picture.width, picture.height), (2, 2));
        assert_eq!(stage.capture.detail(), "YUYV 2x2 5/s, scripted, 1 broken, 0 skipped");
    }

    #[test]
    fn an_unplugged_camera_is_released_before_its_error_is_told() {
        let mut stage = stage(&Arc::default()).unwrap();
        stage.frames.send(Err(CameraError::Unplugged("x".into()))).unwrap();
        assert_eq!(stage.capture.next(LONG).unwrap_err(), CameraError::Unplugged("x".into()));
        assert_eq!(stage.released.try_recv(), Err(mpsc::TryRecvError::Disconnected));
    }

    #[test]
    fn a_stalled_driver_is_left_behind_and_after_three_no_more_are_started() {
        let abandoned = Arc::default();
        let mut stalled = Vec::new();
        for _ in 0..MAX_ABANDONED {
            let mut stage = stage(&abandoned).unwrap();
            assert!(matches!(stage.capture.next(AT_ONCE), Ok(None)));
            stage.clock.advance(Duration::from_secs(6));
            assert_eq!(stage.capture.next(AT_ONCE).unwrap_err(), CameraError::Stalled { seconds: 6 });
            drop(stage.capture);
            stalled.push((stage.frames, stage.released));
        }
        assert_eq!(stage(&abandoned).err(), Some(CameraError::DriverStuck { attempts: MAX_ABANDONED }));
        // Drivers that come back after all make room again.
        for (frames, released) in stalled {
            drop(frames);
            assert_eq!(released.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected));
        }
        while abandoned.check().is_err() {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_binding_that_panics_is_an_error_like_any_other() {
        let open = || -> Result<(Scripted, Offer), CameraError> { panic!("as a binding would") };
        let clock = Arc::new(SimulatedClock::new(0, 0));
        let failed = ThreadedCapture::start("panicking", open, 5, clock, Arc::default());
        assert_eq!(failed.err(), Some(CameraError::Failed("the driver's binding failed".into())));
    }
}
