//! Samples to Opus (RFC 6716).

use opus::{Application, Bitrate, Channels, Encoder};

use super::line::Line;
use crate::camera::sound::{Pcm, SoundTime, TIME_TICKS};
use crate::recording::mp4::{OPUS_TICKS, SoundFormat};

/// Enough that speech from the other end of a room is understood.
const BITS_PER_SECOND: i32 = 32_000;
/// Of 10: beyond it costs more than can be heard.
const COMPLEXITY: i32 = 5;
/// Packets a second.
const PACKETS: u32 = 50;
/// RFC 6716 section 3.4: no packet of one frame is longer.
const MAX_PACKET_BYTES: usize = 1_275;

/// A packet of sound on its way into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    pub at: SoundTime,
    /// In the format's ticks.
    pub duration: u32,
    pub data: Vec<u8>,
}

/// One source's sound from when it is recorded on.
pub struct Voice {
    rate: u32,
    line: Line,
    encoder: Encoder,
    pre_skip: u16,
    /// On which clock the line's places are.
    clock: fn(i64) -> SoundTime,
}

impl Voice {
    /// For samples of this rate, one that Opus takes.
    pub fn new(rate: u32) -> Result<Self, opus::Error> {
        let mut encoder = Encoder::new(rate, Channels::Mono, Application::Audio)?;
        encoder.set_bitrate(Bitrate::Bits(BITS_PER_SECOND))?;
        encoder.set_complexity(COMPLEXITY)?;
        let lookahead = u32::try_from(encoder.get_lookahead()?).unwrap_or(0);
        let pre_skip = u16::try_from(lookahead * (OPUS_TICKS / rate.max(1))).unwrap_or(0);
        Ok(Self { rate, line: Line::new(rate), encoder, pre_skip, clock: SoundTime::Mono })
    }

    pub fn rate(&self) -> u32 {
        self.rate
    }

    pub fn format(&self) -> SoundFormat {
        SoundFormat::Opus { pre_skip: self.pre_skip, input_rate: self.rate }
    }

    /// The source was opened again: what it gives next has its own place.
    pub fn begin_anew(&mut self, at: SoundTime) {
        let place = self.place(at);
        self.line.begin_anew(place);
    }

    pub fn hear(&mut self, piece: &Pcm) -> Result<Vec<Packet>, opus::Error> {
        self.clock = match piece.at {
            SoundTime::Mono(_) => SoundTime::Mono,
            SoundTime::Camera(_) => SoundTime::Camera,
        };
        let place = self.place(piece.at);
        self.line.push(place, &piece.samples);
        self.packets()
    }

    /// Nothing is heard until then.
    pub fn silent_until(&mut self, at: SoundTime) -> Result<Vec<Packet>, opus::Error> {
        let place = self.place(at);
        self.line.silent_until(place);
        self.packets()
    }

    /// Up to when there is sound.
    pub fn end(&self) -> Option<SoundTime> {
        self.line.end().map(|place| self.time(place))
    }

    pub fn corrections(&self) -> u32 {
        self.line.corrections()
    }

    fn packets(&mut self) -> Result<Vec<Packet>, opus::Error> {
        let mut packets = Vec::new();
        while let Some((place, samples)) = self.line.take((self.rate / PACKETS) as usize) {
            let data = self.encoder.encode_vec(&samples, MAX_PACKET_BYTES)?;
            packets.push(Packet { at: self.time(place), duration: OPUS_TICKS / PACKETS, data });
        }
        Ok(packets)
    }

    fn place(&self, at: SoundTime) -> i64 {
        at.ticks().saturating_mul(i64::from(self.rate)).div_euclid(TIME_TICKS)
    }

    fn time(&self, place: i64) -> SoundTime {
        (self.clock)(place.saturating_mul(TIME_TICKS).div_euclid(i64::from(self.rate)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Stamp;

    #[test]
    fn every_rate_becomes_packets_that_follow_each_other() {
        for rate in [8_000, 16_000, 48_000] {
            let mut voice = Voice::new(rate).unwrap();
            let mut packets = Vec::new();
            for n in 0..100 {
                let arrived = Stamp { utc_ms: 0, mono_ms: 1_000 + n * 10, offset_min: 0 };
                let at = SoundTime::Mono(arrived.mono_ms as i64 * 90);
                let samples = vec![500; rate as usize / 100];
                packets.extend(voice.hear(&Pcm { arrived, at, rate, samples }).unwrap());
            }
            assert_eq!(packets.len(), 50);
            for (n, packet) in packets.iter().enumerate() {
                assert_eq!(packet.at, SoundTime::Mono(90_000 + n as i64 * 1_800));
                assert!(packet.duration == 960 && (1..=MAX_PACKET_BYTES).contains(&packet.data.len()));
            }
            assert!(voice.format().is_sound());
        }
    }
}
