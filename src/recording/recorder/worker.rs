//! The camera's thread.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use super::care::Care;
use super::cutter::Cutter;
use super::disk::Desk;
use super::ear::Ear;
use super::eyes::Gaze;
use super::feed::Item;
use super::follow::Follow;
use super::link::{Link, SILENCE_MS};
use super::outbox::Outbox;
use super::sight::Sight;
use super::{
    CameraOpener, MicrophoneOpener, Mode, RecorderConfig, RecorderEvent, Shared, StepWatch, Watching, lock,
};
use crate::camera::{CameraError, Captured, CodedFrame, GATHER, H264Parameters, Picture};
use crate::clock::{Clock, Stamp};
use crate::i18n::Message;
use crate::point::CameraId;
use crate::recording::encode::{CodecError, Encoder};
use crate::recording::overlay::Overlay;
use crate::recording::picture::{I420, Reader};

/// How long the thread waits for a frame before it looks after everything else.
const WAIT: Duration = Duration::from_millis(100);
/// A network camera's pictures are handed on this much later at most: they gather in its session.
const ON_THE_WAY: Duration = GATHER.saturating_add(Duration::from_millis(160));
/// How long it waits in [`Mode::Idle`]; a change of the mode wakes it.
const IDLE_WAIT: Duration = Duration::from_secs(1);
/// The rate is that of the last so many milliseconds.
const RATE_WINDOW_MS: u64 = 3_000;
/// It is judged this often.
const RATE_EVERY_MS: u64 = 1_000;

pub struct Worker {
    config: RecorderConfig,
    clock: Arc<dyn Clock>,
    shared: Arc<Shared>,
    out: Outbox,
    link: Link,
    cutter: Cutter,
    sight: Sight,
    care: Care,
    gaze: Gaze,
    follow: Follow,
    ear: Ear,
    reader: Reader,
    overlay: Overlay,
    encoder: Option<Encoder>,
    /// Of a source that codes itself.
    parameters: Option<Arc<H264Parameters>>,
    mode: Mode,
    state: State,
    steps: StepWatch,
    last_frame: Option<Stamp>,
    /// When frames arrived lately.
    arrivals: VecDeque<u64>,
    /// Since when silence is counted.
    heard_ms: u64,
    /// The last picture could not be read; the next such one is not told again.
    unreadable: bool,
    /// Since when it has worked without a break, and when its rate was judged last.
    works_since_ms: u64,
    rated_ms: u64,
    /// Why it gives no pictures, by the texts told since it last did.
    reasons: Vec<String>,
}

/// What was last told of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unknown,
    Works { width: u32, height: u32 },
    Lost,
}

impl Worker {
    pub fn new(
        config: RecorderConfig,
        (opener, microphones): (CameraOpener, MicrophoneOpener),
        clock: Arc<dyn Clock>,
        events: SyncSender<RecorderEvent>,
        shared: Arc<Shared>,
        disk: Desk,
    ) -> Self {
        Self {
            link: Link::new(config.camera.clone(), opener, Arc::clone(&clock)),
            cutter: Cutter::new(&config, Arc::clone(&shared), disk),
            sight: Sight::new(Arc::clone(&shared)),
            care: Care::new(&config, Arc::clone(&shared)),
            gaze: Gaze::new(config.eyes.clone()),
            follow: Follow::new(config.camera.id.clone(), Arc::clone(&shared)),
            ear: Ear::new(&config, microphones, Arc::clone(&clock), Arc::clone(&shared)),
            reader: Reader::default(),
            overlay: Overlay::new(config.overlay.clone()),
            out: Outbox::new(events),
            config,
            clock,
            shared,
            encoder: None,
            parameters: None,
            mode: Mode::Idle,
            state: State::Unknown,
            steps: StepWatch::default(),
            last_frame: None,
            arrivals: VecDeque::new(),
            heard_ms: 0,
            unreadable: false,
            works_since_ms: 0,
            rated_ms: 0,
            reasons: Vec::new(),
        }
    }

    pub fn camera(&self) -> &CameraId {
        &self.config.camera.id
    }

    /// Works until it is told to stop.
    pub fn run(mut self) {
        let mut gathers = false;
        loop {
            let stopping = self.shared.stopping();
            let mode = if stopping { Mode::Idle } else { self.shared.mode() };
            if mode != self.mode {
                self.change(mode);
            }
            if let Some(source) = lock(&self.shared.source).take() {
                self.link.replace(source);
            }
            if stopping {
                return self.out.close();
            }
            self.out.push();
            self.cutter.tick(self.clock.now(), &mut self.out);
            if self.mode == Mode::Idle {
                thread::park_timeout(IDLE_WAIT);
                continue;
            }
            let item = self.next(gathers);
            gathers = matches!(item, Some(Item::Frame(_))) && self.is_unhurried();
            match item {
                Some(Item::Frame(captured)) => self.captured(captured),
                Some(Item::Failed(error)) => self.lose(error),
                Some(Item::Opened(_)) | None => {}
            }
            if let Some((picture, arrived)) = self.gaze.seen() {
                self.seen(&picture, arrived);
            }
            self.ear.tick(self.clock.now(), &mut self.cutter, &mut self.out);
            self.judge_silence();
            self.show_figures();
        }
    }

    /// What comes from the camera. If pictures gather, they are taken until none is there, and then waited for.
    fn next(&mut self, gathers: bool) -> Option<Item> {
        if gathers {
            match self.link.next(Duration::ZERO) {
                // A change of the mode wakes it.
                None => thread::park_timeout(GATHER),
                item => return item,
            }
        }
        self.link.next(WAIT)
    }

    /// It codes pictures itself, and nobody looks at them or has them in step with sound.
    fn is_unhurried(&self) -> bool {
        let watched = self.shared.watching() != Watching::No;
        self.encoder.is_some() && self.config.camera.sound.is_none() && !watched
    }

    fn captured(&mut self, captured: Captured) {
        match captured {
            Captured::Picture(picture) => self.picture(picture),
            Captured::Coded(frame) => self.coded(frame),
            Captured::Sound(sound) => self.ear.stream(sound, &mut self.cutter, &mut self.out),
        }
    }

    /// What the camera gave before now is recorded, however far behind the encoder is. Of a camera that codes itself
    /// some may be on the way.
    fn catch_up(&mut self, now: Stamp) {
        loop {
            let late_ms = self.clock.now().mono_ms.saturating_sub(now.mono_ms);
            let waits = self.parameters.is_some() && late_ms < ON_THE_WAY.as_millis() as u64;
            let timeout = if waits { ON_THE_WAY } else { Duration::ZERO };
            let Some(captured) = self.link.waiting(timeout) else { return };
            if captured.picture_arrived().is_some_and(|arrived| arrived.mono_ms > now.mono_ms) {
                return;
            }
            self.captured(captured);
        }
    }

    fn change(&mut self, mode: Mode) {
        let now = self.clock.now();
        let recorded = self.mode == Mode::Record;
        if recorded {
            self.catch_up(now);
            self.care.end(now, &mut self.out);
            self.cutter.end(now, &mut self.out);
        }
        if mode == Mode::Idle {
            self.link.close();
            self.sight.close();
            self.gaze.close();
            self.follow.close();
            self.parameters = None;
            self.arrivals.clear();
        }
        self.ear.change(mode, now, &mut self.cutter, &mut self.out);
        if mode == Mode::Record {
            self.cutter.begin(now);
        }
        if self.mode == Mode::Idle {
            self.steps = StepWatch::default();
        }
        // Who asks for something new is told anew how the camera is.
        self.state = State::Unknown;
        self.reasons.clear();
        self.encoder = None;
        self.heard_ms = now.mono_ms;
        self.mode = mode;
        self.show_figures();
        if recorded {
            self.out.send(RecorderEvent::Stopped { camera: self.camera().clone() });
        }
    }

    fn picture(&mut self, picture: Picture) {
        let arrived = picture.arrived;
        let size = (picture.width, picture.height);
        let looked_at =
            self.mode == Mode::Record || self.sight.due(arrived.mono_ms) || self.care.still_wanted();
        let read = looked_at.then(|| self.reader.read(&picture)).transpose();
        let picture = match read {
            Ok(picture) => picture,
            Err(error) => {
                if !std::mem::replace(&mut self.unreadable, true) {
                    tracing::warn!(camera = %self.camera(), %error, "a picture can't be read");
                }
                return;
            }
        };
        self.unreadable = false;
        self.notice_step(arrived);
        let Some(mut picture) = picture else { return self.heard(arrived, size) };
        self.heard(arrived, (picture.width(), picture.height()));
        self.care.give_still(&picture, &mut self.out);
        if self.mode == Mode::Record && self.care.due(arrived.mono_ms) {
            self.care.look(&picture, arrived, &mut self.out);
        }
        self.overlay.draw(&mut picture, arrived.utc_ms);
        self.sight.show(&picture, arrived.mono_ms);
        if self.mode == Mode::Record {
            self.encode(&picture, arrived);
        }
        self.reader.reuse(picture);
    }

    fn encode(&mut self, picture: &I420, arrived: Stamp) {
        match self.encoded(picture, arrived) {
            Ok((frame, parameters)) => self.cutter.frame(frame, &parameters, true, &mut self.out),
            Err(error) => {
                self.encoder = None;
                let cause = Message::new("recording-encoder-failed")
                    .with("camera", self.camera().as_str())
                    .with("detail", error.to_string());
                self.cutter.fault(cause, arrived.mono_ms, &mut self.out);
            }
        }
    }

    fn encoded(
        &mut self,
        picture: &I420,
        arrived: Stamp,
    ) -> Result<(CodedFrame, Arc<H264Parameters>), CodecError> {
        let size = (picture.width(), picture.height());
        let encoder = match self.encoder.take().filter(|encoder| encoder.size() == size) {
            Some(encoder) => encoder,
            None => {
                let camera = &self.config.camera;
                Encoder::new(size, camera.frames_per_second, camera.bits_per_second)?
            }
        };
        let encoder = self.encoder.insert(encoder);
        if self.cutter.wants_key(arrived.mono_ms) {
            encoder.force_key();
        }
        let encoded = encoder.encode(picture, arrived.mono_ms)?;
        let parameters = encoded.parameters;
        let (key, nals) = (encoded.key, encoded.nals);
        let frame = CodedFrame { arrived, pts_90k: 0, key, discontinuity: false, nals, parameters: None };
        Ok((frame, parameters))
    }

    fn coded(&mut self, mut frame: CodedFrame) {
        if let Some(parameters) = frame.parameters.take() {
            self.parameters = Some(Arc::new(parameters));
        }
        let Some(parameters) = self.parameters.clone() else { return };
        self.notice_step(frame.arrived);
        self.heard(frame.arrived, (parameters.width, parameters.height));
        if frame.key && self.wants_key_frame(frame.arrived.mono_ms) {
            self.gaze.at(&frame, &parameters);
        }
        self.follow.frame(&frame, &parameters);
        if self.mode == Mode::Record {
            self.cutter.frame(frame, &parameters, false, &mut self.out);
        }
    }

    fn wants_key_frame(&self, mono_ms: u64) -> bool {
        let health = self.mode == Mode::Record && self.care.key_due(mono_ms);
        health || self.sight.wants_key(mono_ms) || self.care.still_wanted()
    }

    /// A key frame was decoded.
    fn seen(&mut self, picture: &I420, arrived: Stamp) {
        if !matches!(self.state, State::Works { .. }) {
            return;
        }
        self.care.give_still(picture, &mut self.out);
        if self.mode == Mode::Record && self.care.key_due(arrived.mono_ms) {
            self.care.look(picture, arrived, &mut self.out);
        }
        self.sight.show_key(picture, arrived.mono_ms);
    }

    /// A clock that was set begins a new segment: within one the times of day follow each other.
    fn notice_step(&mut self, arrived: Stamp) {
        if self.steps.zone_changed(arrived) {
            self.cutter.end_segment();
        }
        if let Some(step_ms) = self.steps.look(arrived) {
            self.out.send(RecorderEvent::ClockStepped { camera: self.camera().clone(), step_ms });
            self.cutter.end_segment();
        }
    }

    /// A frame that can be used came.
    fn heard(&mut self, arrived: Stamp, (width, height): (u32, u32)) {
        self.last_frame = Some(arrived);
        self.heard_ms = self.clock.now().mono_ms;
        self.arrivals.push_back(arrived.mono_ms);
        self.link.works();
        let state = State::Works { width, height };
        if self.state != state {
            if !matches!(self.state, State::Works { .. }) {
                self.works_since_ms = self.heard_ms;
            }
            self.state = state;
            self.reasons.clear();
            let detail = self.link.detail().to_owned();
            self.out.send(RecorderEvent::Works { camera: self.camera().clone(), width, height, detail });
        }
        let mut live = lock(&self.shared.live);
        (live.width, live.height) = (width, height);
    }

    fn judge_silence(&mut self) {
        let silent_ms = self.clock.now().mono_ms.saturating_sub(self.heard_ms);
        if self.state != State::Lost && silent_ms >= SILENCE_MS {
            self.lose(CameraError::Stalled { seconds: silent_ms / 1000 });
            self.link.useless();
        }
    }

    fn lose(&mut self, error: CameraError) {
        tracing::warn!(camera = %self.camera(), %error, "the camera gives no pictures");
        let cause = error.message(self.camera());
        let news = !self.reasons.contains(&cause.id);
        if news {
            self.reasons.push(cause.id.clone());
        }
        if let (CameraError::DriverStuck { attempts }, true) = (&error, news) {
            let attempts = u32::try_from(*attempts).unwrap_or(u32::MAX);
            self.out.send(RecorderEvent::Stuck { camera: self.camera().clone(), attempts });
        }
        *lock(&self.shared.error) = Some(error);
        self.parameters = None;
        self.follow.close();
        self.arrivals.clear();
        self.ear.lose_stream(self.clock.now(), &mut self.out);
        let worked = self.state != State::Lost;
        if worked {
            self.state = State::Lost;
            self.care.end(self.clock.now(), &mut self.out);
        }
        if worked || news {
            let camera = self.camera().clone();
            let last_frame_ms = self.last_frame.map(|frame| frame.utc_ms);
            self.out.send(RecorderEvent::Lost { camera, last_frame_ms, cause: cause.clone() });
        }
        if worked && self.mode == Mode::Record {
            self.cutter.lose(cause, &mut self.out);
        }
    }

    fn show_figures(&mut self) {
        let now_ms = self.clock.now().mono_ms;
        while self.arrivals.front().is_some_and(|arrival| now_ms.saturating_sub(*arrival) > RATE_WINDOW_MS) {
            self.arrivals.pop_front();
        }
        let span = self
            .arrivals
            .front()
            .zip(self.arrivals.back())
            .map_or(0, |(first, last)| last.saturating_sub(*first));
        let steps = self.arrivals.len().saturating_sub(1) as u64;
        let rate = (steps * 1_000_000).checked_div(span).unwrap_or(0);
        let rate = u32::try_from(rate).unwrap_or(u32::MAX);
        self.judge_rate(rate, now_ms);
        let mut live = lock(&self.shared.live);
        live.frames_per_second_milli = rate;
        live.silent_since_ms = (self.mode != Mode::Idle).then_some(self.heard_ms);
        live.retry_at_ms = self.link.retry_at_ms();
    }

    /// The rate is known once a whole window has passed.
    fn judge_rate(&mut self, milli: u32, now_ms: u64) {
        let works = self.mode == Mode::Record && matches!(self.state, State::Works { .. });
        let known = now_ms.saturating_sub(self.works_since_ms) >= RATE_WINDOW_MS;
        if works && known && now_ms.saturating_sub(self.rated_ms) >= RATE_EVERY_MS {
            self.rated_ms = now_ms;
            self.care.rate(milli, self.clock.now(), &mut self.out);
        }
    }
}
