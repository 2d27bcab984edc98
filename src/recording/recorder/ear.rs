//! What the camera's thread hears: from a microphone or along with the pictures, measured, coded and
//! handed to the file. Whatever happens to the sound, the pictures go on.

use std::sync::Arc;

use super::cutter::Cutter;
use super::microphone::{Heard, MicrophoneLink, MicrophoneOpener};
use super::outbox::Outbox;
use super::{Mode, RecorderConfig, RecorderEvent, Shared, SoundStatus, lock};
use crate::camera::sound::{Pcm, Sound, SoundError, SoundKind, SoundTime, TIME_TICKS};
use crate::clock::{Clock, Stamp};
use crate::point::{CameraId, SoundSource};
use crate::recording::mp4::SoundFormat;
use crate::recording::sound::{Finding, Meter, Packet, Voice};

/// A microphone that gives nothing for this long is lost.
const SILENCE_MS: u64 = 5_000;
/// While a microphone is lost its silence is written up to so long ago.
const BEHIND_MS: u64 = 500;
/// What a microphone of this computer gives.
const MICROPHONE_RATE: u32 = 48_000;

pub struct Ear {
    camera: CameraId,
    shared: Arc<Shared>,
    /// None without sound and with sound that comes with the pictures.
    microphone: Option<MicrophoneLink>,
    /// Sound is wanted at all.
    wanted: bool,
    recording: bool,
    /// Codes samples while they are recorded.
    voice: Option<Voice>,
    /// The next piece belongs to a source that was opened anew.
    anew: bool,
    meter: Meter,
    state: State,
    detail: String,
    /// When something was heard last, or asked for.
    heard_ms: u64,
}

/// What was last told of the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unknown,
    Works,
    Lost,
}

impl Ear {
    pub fn new(
        config: &RecorderConfig,
        opener: MicrophoneOpener,
        clock: Arc<dyn Clock>,
        shared: Arc<Shared>,
    ) -> Self {
        let camera = config.camera.id.clone();
        let microphone = match &config.camera.sound {
            Some(SoundSource::Microphone(selector)) => {
                Some(MicrophoneLink::new(camera.clone(), selector.clone(), opener, clock))
            }
            Some(SoundSource::Stream) | None => None,
        };
        Self {
            microphone,
            wanted: config.camera.sound.is_some(),
            camera,
            shared,
            recording: false,
            voice: None,
            anew: true,
            meter: Meter::new(config.silence),
            state: State::Unknown,
            detail: String::new(),
            heard_ms: 0,
        }
    }

    /// The recorder goes over to this mode. Before [`Cutter::begin`], which has to know the format.
    pub fn change(&mut self, mode: Mode, now: Stamp, cutter: &mut Cutter, out: &mut Outbox) {
        if !self.wanted {
            return;
        }
        self.recording = mode == Mode::Record;
        self.state = State::Unknown;
        self.heard_ms = now.mono_ms;
        self.anew = true;
        if mode == Mode::Idle {
            self.voice = None;
            self.end_finding(now, out);
            *lock(&self.shared.sound) = None;
        }
        let Some(microphone) = &mut self.microphone else { return };
        if mode == Mode::Idle {
            return microphone.close();
        }
        microphone.open();
        if self.recording {
            self.speak(MICROPHONE_RATE, cutter, out);
            if let Some(voice) = &mut self.voice {
                // The file's sound begins with its pictures, whenever the microphone does.
                let _ = voice.silent_until(mono(now.mono_ms));
            }
        }
    }

    /// Takes what came with the pictures.
    pub fn stream(&mut self, sound: Sound, cutter: &mut Cutter, out: &mut Outbox) {
        if !self.wanted {
            return;
        }
        match sound {
            Sound::Begins(SoundKind::Pcm { rate }) => {
                self.detail = format!("PCM {rate}/s");
                self.anew = true;
                self.speak(rate, cutter, out);
            }
            Sound::Begins(SoundKind::Aac { rate, channels, config }) => {
                self.detail = format!("AAC {rate}/s");
                let small = u16::try_from(rate).ok().zip(u8::try_from(channels).ok());
                let format = small.map(|(rate, channels)| SoundFormat::Aac { rate, channels, config });
                match format.filter(SoundFormat::is_sound) {
                    Some(format) => cutter.set_sound(Some(format)),
                    None => self.lose(SoundError::Coding(self.detail.clone()), out),
                }
            }
            Sound::Pcm(piece) => self.hear(&piece, cutter, out),
            Sound::Coded(coded) => {
                self.works(coded.arrived, out);
                if self.recording {
                    cutter.sound(Packet { at: coded.at, duration: coded.duration, data: coded.data }, out);
                }
            }
            Sound::Missing(error) => {
                cutter.set_sound(None);
                self.lose(error, out);
            }
        }
    }

    /// The camera is lost, and the sound that came with it.
    pub fn lose_stream(&mut self, now: Stamp, out: &mut Outbox) {
        if self.microphone.is_none() {
            self.state = State::Unknown;
            self.anew = true;
            self.end_finding(now, out);
            *lock(&self.shared.sound) = None;
        }
    }

    /// Takes what the microphone heard, and looks whether it hears at all.
    pub fn tick(&mut self, now: Stamp, cutter: &mut Cutter, out: &mut Outbox) {
        while let Some(heard) = self.microphone.as_ref().and_then(MicrophoneLink::poll) {
            match heard {
                Heard::Opened(detail) => {
                    self.detail = detail;
                    self.anew = true;
                }
                Heard::Piece(piece) => self.hear(&piece, cutter, out),
                Heard::Failed(error) => self.lose(error, out),
            }
        }
        let expected = self.wanted && (self.microphone.is_some() || self.state == State::Works);
        let silent_ms = now.mono_ms.saturating_sub(self.heard_ms);
        if expected && silent_ms >= SILENCE_MS {
            self.lose(SoundError::Stalled { seconds: silent_ms / 1000 }, out);
            self.heard_ms = now.mono_ms;
            if let Some(microphone) = &mut self.microphone {
                microphone.renew();
            }
        }
        self.fill(now, cutter, out);
    }

    /// While nothing is heard the file gets silence, so that its sound stays with its pictures.
    fn fill(&mut self, now: Stamp, cutter: &mut Cutter, out: &mut Outbox) {
        let Some(voice) = self.voice.as_mut().filter(|_| self.recording && self.microphone.is_some()) else {
            return;
        };
        let until = mono(now.mono_ms.saturating_sub(BEHIND_MS));
        let behind = voice.end().map_or(0, |end| until.ticks() - end.ticks());
        if self.state == State::Lost && behind > 0 {
            let packets = voice.silent_until(until);
            self.write(packets, cutter, out);
        }
    }

    fn hear(&mut self, piece: &Pcm, cutter: &mut Cutter, out: &mut Outbox) {
        self.works(piece.arrived, out);
        let finding = self.meter.hear(&piece.samples, piece.rate, piece.arrived);
        let anew = std::mem::take(&mut self.anew);
        let voice = self.voice.as_mut().filter(|voice| self.recording && voice.rate() == piece.rate);
        let corrections = voice.as_ref().map_or(0, |voice| voice.corrections());
        if let Some(voice) = voice {
            if anew {
                voice.begin_anew(piece.at);
            }
            let packets = voice.hear(piece);
            self.write(packets, cutter, out);
        }
        *lock(&self.shared.sound) = Some(SoundStatus {
            works: true,
            silent: self.meter.is_silent(),
            level: self.meter.level(),
            corrections,
        });
        if let Some(finding) = finding {
            self.tell(finding, out);
        }
    }

    fn write(&mut self, packets: Result<Vec<Packet>, opus::Error>, cutter: &mut Cutter, out: &mut Outbox) {
        match packets {
            Ok(packets) => packets.into_iter().for_each(|packet| cutter.sound(packet, out)),
            Err(error) => {
                self.voice = None;
                self.lose(SoundError::Failed(error.to_string()), out);
            }
        }
    }

    /// From now on samples of this rate are coded, if they are recorded.
    fn speak(&mut self, rate: u32, cutter: &mut Cutter, out: &mut Outbox) {
        let same = self.voice.take().filter(|voice| voice.rate() == rate);
        match same.map_or_else(|| Voice::new(rate), Ok) {
            Ok(voice) => {
                cutter.set_sound(Some(voice.format()));
                self.voice = Some(voice);
            }
            Err(error) => self.lose(SoundError::Failed(error.to_string()), out),
        }
    }

    fn works(&mut self, arrived: Stamp, out: &mut Outbox) {
        self.heard_ms = arrived.mono_ms;
        if self.state != State::Works {
            self.state = State::Works;
            let (camera, detail) = (self.camera.clone(), self.detail.clone());
            *lock(&self.shared.sound) = Some(SoundStatus { works: true, ..SoundStatus::default() });
            out.send(RecorderEvent::SoundWorks { camera, detail });
        }
    }

    fn lose(&mut self, error: SoundError, out: &mut Outbox) {
        self.anew = true;
        if self.state == State::Lost {
            return;
        }
        tracing::warn!(camera = %self.camera, %error, "the camera has no sound");
        self.state = State::Lost;
        *lock(&self.shared.sound) = Some(SoundStatus::default());
        out.send(RecorderEvent::SoundLost {
            camera: self.camera.clone(),
            cause: error.message(&self.camera),
        });
    }

    fn end_finding(&mut self, now: Stamp, out: &mut Outbox) {
        if let Some(finding) = self.meter.forget(now) {
            self.tell(finding, out);
        }
    }

    fn tell(&self, finding: Finding, out: &mut Outbox) {
        let camera = self.camera.clone();
        out.send(match finding {
            Finding::Silent { from_ms } => RecorderEvent::SoundSilent { camera, from_ms },
            Finding::Heard { from_ms, to_ms } => RecorderEvent::SoundHeard { camera, from_ms, to_ms },
        });
    }
}

fn mono(mono_ms: u64) -> SoundTime {
    SoundTime::Mono(i64::try_from(mono_ms).unwrap_or(i64::MAX).saturating_mul(TIME_TICKS / 1000))
}
