//! The sound of a session: which stream it is, and where it belongs beside the pictures.

use retina::client;
use retina::codec::{AudioFrame, ParametersRef};

use super::super::sound::g711::{self, Law};
use super::super::sound::{CodedSound, Pcm, Sound, SoundError, SoundKind, SoundTime, TIME_TICKS};
use crate::clock::Stamp;

/// A place this far from when the sound arrived is not believed.
const FAR: i64 = 2 * TIME_TICKS;
/// The camera's reports move the sound if it is off by more.
const OFF: i64 = TIME_TICKS / 25;
/// A longer piece is none that a camera sends.
const MAX_PIECE_BYTES: usize = 64 * 1024;

/// The stream of sound that was chosen.
pub struct Hearing {
    /// Its place in the description.
    pub stream: usize,
    pub kind: SoundKind,
    /// None for AAC.
    law: Option<Law>,
    pub tie: Tie,
}

impl Hearing {
    /// The first stream of AAC or G.711; else why there is none.
    pub fn choose(streams: &[client::Stream]) -> Result<Self, SoundError> {
        let sounds = || streams.iter().enumerate().filter(|(_, stream)| stream.media() == "audio");
        let chosen = sounds().find_map(|(at, stream)| Self::of(at, stream));
        chosen.ok_or_else(|| match sounds().next() {
            Some((_, other)) => SoundError::Coding(other.encoding_name().to_uppercase()),
            None => SoundError::NoStream,
        })
    }

    fn of(at: usize, stream: &client::Stream) -> Option<Self> {
        let law = match stream.encoding_name() {
            "pcma" => Some(Law::A),
            "pcmu" => Some(Law::Mu),
            "mpeg4-generic" => None,
            _ => return None,
        };
        let Some(ParametersRef::Audio(audio)) = stream.parameters() else { return None };
        let (rate, channels) = (audio.clock_rate(), audio.channels().get());
        let kind = match law {
            Some(_) if rate == g711::RATE && channels == 1 => SoundKind::Pcm { rate },
            Some(_) => return None,
            None => SoundKind::Aac { rate, channels, config: audio.extra_data().to_vec() },
        };
        Some(Self { stream: at, kind, law, tie: Tie::default() })
    }

    /// What a frame of this stream is; none if it is none that a camera sends.
    pub fn heard(&mut self, frame: &AudioFrame, arrived: Stamp) -> Option<Sound> {
        let bytes = frame.data();
        if bytes.is_empty() || bytes.len() > MAX_PIECE_BYTES {
            return None;
        }
        let at = SoundTime::Camera(self.tie.place(elapsed(frame.timestamp()), arrived.mono_ms)?);
        Some(match self.law {
            Some(law) => Sound::Pcm(Pcm { arrived, at, rate: g711::RATE, samples: g711::decode(law, bytes) }),
            None => {
                let duration = frame.frame_length().get();
                Sound::Coded(CodedSound { arrived, at, duration, data: bytes.to_vec() })
            }
        })
    }
}

/// A stream's time since its start, in 1/90000 s.
pub fn elapsed(timestamp: retina::Timestamp) -> i64 {
    let scaled = i128::from(timestamp.elapsed()) * i128::from(TIME_TICKS);
    i64::try_from(scaled / i128::from(timestamp.clock_rate().get())).unwrap_or(i64::MAX)
}

/// Puts the sound on the pictures' time line: by the camera's sender reports (RFC 3550 section 6.4.1)
/// once both streams had one, till then as if both had begun together; and by arrival where that
/// can't be.
#[derive(Debug, Default)]
pub struct Tie {
    /// The last picture's time, and when it arrived.
    picture: Option<(i64, u64)>,
    /// From the sound's time to the pictures'.
    offset: i64,
    /// From a stream's own time to the camera's wall clock: pictures', sound's.
    reports: (Option<i64>, Option<i64>),
}

impl Tie {
    pub fn picture(&mut self, pts: i64, mono_ms: u64) {
        self.picture = Some((pts, mono_ms));
    }

    /// The camera says that its wall clock, in 1/90000 s of any epoch, was so at this time of a stream.
    pub fn report(&mut self, of_sound: bool, wall: i64, elapsed: i64) {
        let (pictures, sound) = &mut self.reports;
        *(if of_sound { sound } else { pictures }) = Some(wall.wrapping_sub(elapsed));
        let (Some(pictures), Some(sound)) = self.reports else { return };
        let offset = sound.wrapping_sub(pictures);
        let moved = offset.saturating_sub(self.offset).saturating_abs();
        // Cameras whose two clocks have nothing to do with each other exist.
        if (OFF..FAR).contains(&moved) {
            self.offset = offset;
        }
    }

    /// Where sound of this time goes that arrived now; nowhere before the first picture.
    pub fn place(&mut self, elapsed: i64, mono_ms: u64) -> Option<i64> {
        let (pts, arrived_ms) = self.picture?;
        let since_ms = i64::try_from(mono_ms.saturating_sub(arrived_ms)).ok()?;
        let by_arrival = pts.saturating_add(since_ms.saturating_mul(TIME_TICKS / 1000));
        let place = elapsed.saturating_add(self.offset);
        if place.saturating_sub(by_arrival).saturating_abs() < FAR {
            return Some(place);
        }
        self.offset = by_arrival.saturating_sub(elapsed);
        Some(by_arrival)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: i64 = TIME_TICKS;

    #[test]
    fn sound_goes_where_both_clocks_say_and_by_arrival_where_they_do_not() {
        let mut tie = Tie::default();
        assert_eq!(tie.place(0, 1_000), None);
        tie.picture(10 * S, 1_000);
        // Begun together: its own time counts, however late it came.
        assert_eq!(tie.place(9 * S, 1_200), Some(9 * S));
        // A clock of its own: from here on the arrival is its start.
        assert_eq!(tie.place(700 * S, 1_500), Some(10 * S + S / 2));
        assert_eq!(tie.place(701 * S, 1_500), Some(11 * S + S / 2));
    }

    #[test]
    fn the_cameras_reports_are_believed_unless_they_are_absurd() {
        let mut tie = Tie::default();
        tie.picture(10 * S, 1_000);
        tie.report(false, 1_000_000 * S, 10 * S);
        tie.report(true, 1_000_000 * S, 10 * S + 900);
        assert_eq!(tie.place(10 * S, 1_000), Some(10 * S), "10 ms are nothing");
        tie.report(true, 1_000_000 * S, 9 * S + S / 2);
        assert_eq!(tie.place(10 * S, 1_000), Some(10 * S + S / 2));
        tie.report(true, 5, 9 * S);
        assert_eq!(tie.place(10 * S, 1_000), Some(10 * S + S / 2));
        tie.report(true, i64::MIN, i64::MAX);
        assert_eq!(tie.place(i64::MAX, 1_000), Some(10 * S));
    }
}
