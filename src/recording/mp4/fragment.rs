//! One fragment: `prft uuid moof mdat`.

use std::io::Read;

use shiguredo_mp4::boxes::{MfhdBox, MoofBox, TfdtBox, TfhdBox, TrafBox, TrunBox, TrunSample};
use shiguredo_mp4::{Decode, Encode, SampleFlags};

use super::sound::{SOUND_ID, SoundRun};
use super::{FormError, TRACK_ID, plain_box, read_exact, ticks_to_ms};
use crate::recording::index::Line;
use crate::signing::Digest;

/// No fragment is longer.
pub const MAX_FRAGMENT_BYTES: u64 = 64 * 1024 * 1024;
/// `moof` of more samples than a fragment can have is not ours.
const MAX_MOOF_BYTES: u32 = 1024 * 1024;
/// Length of `prft` and of `uuid`.
const CLOCK_BOX_BYTES: usize = 32;
/// Names the box that holds the monotonic clock, for which ISO/IEC 14496-12 has none.
const MONO_CLOCK: [u8; 16] = *b"invigil mono_ms\0";
/// From 1900-01-01, where NTP counts from, to the Unix epoch (RFC 5905 section 6).
const NTP_TO_UNIX_S: i64 = 2_208_988_800;

/// What stands before a fragment's pictures: their times and sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Counts the file's fragments from 1.
    pub number: u32,
    /// When the first frame arrived, by the wall clock.
    pub utc_ms: i64,
    /// When the first frame arrived, by the monotonic clock.
    pub mono_ms: u64,
    /// When the first sample is decoded, in ticks from the file's start.
    pub decode_time: u64,
    /// In decoding order; never empty.
    pub samples: Vec<Sample>,
    /// The sound beside them; its bytes follow those of the pictures.
    pub sound: Option<SoundRun>,
}

/// One coded frame within a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Ticks until the next sample is decoded.
    pub duration: u32,
    /// Bytes.
    pub size: u32,
    /// An IDR picture.
    pub key: bool,
    /// Ticks from its decoding to its showing.
    pub shown_after: i32,
}

impl Fragment {
    /// Everything up to and including the header of `mdat`; the samples' bytes follow.
    pub fn head(&self) -> Vec<u8> {
        let mut head = self.reference_time();
        head.extend(plain_box(*b"uuid", &[&MONO_CLOCK[..], &self.mono_ms.to_be_bytes()].concat()));
        // The samples begin behind `moof`, whose length does not depend on where that is.
        let moof_bytes = self.moof(0).len();
        head.extend(self.moof(moof_bytes + 8));
        let mdat =
            u32::try_from(8 + self.payload_bytes()).expect("a fragment is shorter than MAX_FRAGMENT_BYTES");
        head.extend(mdat.to_be_bytes());
        head.extend(b"mdat");
        head
    }

    /// Reads a head from where a fragment should begin; the reader then stands at its samples' bytes.
    /// Gives the fragment and the length of its head.
    pub fn read(reader: &mut dyn Read) -> Result<(Self, u64), FormError> {
        let mut head = vec![0; 2 * CLOCK_BOX_BYTES + 8];
        read_exact(reader, &mut head)?;
        let moof_bytes = be_u32(&head, 2 * CLOCK_BOX_BYTES);
        if !(8..=MAX_MOOF_BYTES).contains(&moof_bytes) || &head[2 * CLOCK_BOX_BYTES + 4..] != b"moof" {
            return Err(FormError::Foreign);
        }
        let moof_start = 2 * CLOCK_BOX_BYTES;
        head.resize(moof_start + moof_bytes as usize + 8, 0);
        read_exact(reader, &mut head[moof_start + 8..])?;
        let (moof, _) = MoofBox::decode(&head[moof_start..]).map_err(|_| FormError::Foreign)?;
        let fragment = Self {
            number: moof.mfhd_box.sequence_number,
            utc_ms: utc_from_ntp(be_u64(&head, 16)),
            mono_ms: be_u64(&head, CLOCK_BOX_BYTES + 24),
            ..Self::from_moof(moof).ok_or(FormError::Foreign)?
        };
        if fragment.length() > MAX_FRAGMENT_BYTES || fragment.head() != head {
            return Err(FormError::Foreign);
        }
        Ok((fragment, head.len() as u64))
    }

    /// Bytes of all samples, sound included.
    pub fn payload_bytes(&self) -> u64 {
        self.picture_bytes() + self.sound.as_ref().map_or(0, SoundRun::payload_bytes)
    }

    /// Bytes of the pictures, with which the samples begin.
    pub fn picture_bytes(&self) -> u64 {
        self.samples.iter().map(|sample| u64::from(sample.size)).sum()
    }

    /// Ticks that its pictures claim.
    pub fn duration(&self) -> u64 {
        self.samples.iter().map(|sample| u64::from(sample.duration)).sum()
    }

    /// When its first sample in decoding order is shown, in ticks from the file's start.
    pub fn shown_at(&self) -> u64 {
        let after = self.samples.first().map_or(0, |sample| i64::from(sample.shown_after));
        self.decode_time.saturating_add_signed(after)
    }

    /// Its line in the index, if its `length` bytes from `offset` on have this hash.
    pub fn line(&self, offset: u64, length: u64, sha256: Digest) -> Line {
        Line {
            i: self.number,
            offset,
            length,
            pts_ms: ticks_to_ms(self.shown_at()),
            utc_ms: self.utc_ms,
            mono_ms: self.mono_ms,
            duration_ms: ticks_to_ms(self.duration()),
            frames: self.samples.len() as u32,
            key: self.samples.first().is_some_and(|sample| sample.key),
            sha256,
        }
    }

    fn length(&self) -> u64 {
        // `moof` has 16 bytes a picture, 8 a packet of sound, and less than 300 others.
        let packets = self.sound.as_ref().map_or(0, |sound| sound.samples.len() as u64);
        300 + 16 * self.samples.len() as u64 + 8 * packets + self.payload_bytes()
    }

    /// `prft` (ISO/IEC 14496-12 section 8.16.5), version 1: the first sample was captured at this time.
    fn reference_time(&self) -> Vec<u8> {
        let mut payload = Vec::with_capacity(24);
        payload.extend([1, 0, 0, 24]);
        payload.extend(TRACK_ID.to_be_bytes());
        payload.extend(ntp_from_utc(self.utc_ms).to_be_bytes());
        payload.extend(self.shown_at().to_be_bytes());
        plain_box(*b"prft", &payload)
    }

    fn moof(&self, data_offset: usize) -> Vec<u8> {
        let offset = |bytes: u64| {
            let offset = i32::try_from(data_offset as u64 + bytes);
            offset.expect("a fragment is shorter than MAX_FRAGMENT_BYTES")
        };
        let sound = self.sound.as_ref().map(|sound| sound.fragment_box(offset(self.picture_bytes())));
        let samples = self.samples.iter().map(|sample| TrunSample {
            duration: Some(sample.duration),
            size: Some(sample.size),
            flags: Some(flags(sample.key)),
            composition_time_offset: Some(sample.shown_after.into()),
        });
        let moof = MoofBox {
            mfhd_box: MfhdBox { sequence_number: self.number },
            traf_boxes: std::iter::once(track_box(TRACK_ID, self.decode_time, offset(0), samples))
                .chain(sound)
                .collect(),
            unknown_boxes: Vec::new(),
        };
        moof.encode_to_vec().expect("offsets of 32 bits and every field set in every sample")
    }

    /// The part of a fragment that `moof` says. None if it is not of our form at first sight.
    fn from_moof(moof: MoofBox) -> Option<Self> {
        let (track, sound) = match moof.traf_boxes.as_slice() {
            [track] => (track, None),
            [track, sound] if sound.tfhd_box.track_id == SOUND_ID => (track, Some(sound)),
            _ => return None,
        };
        let sound = sound.map(|sound| SoundRun::from_fragment_box(sound).ok_or(())).transpose().ok()?;
        let [run] = track.trun_boxes.as_slice() else { return None };
        let samples: Option<Vec<Sample>> = run
            .samples
            .iter()
            .map(|sample| {
                Some(Sample {
                    duration: sample.duration?,
                    size: sample.size?,
                    key: sample.flags? == flags(true),
                    shown_after: i32::try_from(sample.composition_time_offset?).ok()?,
                })
            })
            .collect();
        let samples = samples.filter(|samples| !samples.is_empty())?;
        let decode_time = track.tfdt_box.as_ref()?.base_media_decode_time;
        Some(Self { number: 0, utc_ms: 0, mono_ms: 0, decode_time, samples, sound })
    }
}

/// ISO/IEC 14496-12 section 8.8.3.1: a key sample depends on no other, the others do and are no
/// sync samples.
fn flags(key: bool) -> SampleFlags {
    SampleFlags::new(if key { 0x0200_0000 } else { 0x0101_0000 })
}

/// The 64-bit NTP time of the era that `utc_ms` falls in, rounded up, so that [`utc_from_ntp`],
/// which rounds down, gives the same millisecond again.
fn ntp_from_utc(utc_ms: i64) -> u64 {
    let seconds = (utc_ms.div_euclid(1000) + NTP_TO_UNIX_S) as u32;
    let fraction = ((utc_ms.rem_euclid(1000) as u64) << 32).div_ceil(1000);
    u64::from(seconds) << 32 | fraction
}

/// Seconds that would be before 1970 are those of the NTP era that begins in 2036.
fn utc_from_ntp(ntp: u64) -> i64 {
    let seconds = (ntp >> 32) as i64;
    let era = if seconds < NTP_TO_UNIX_S { 1 << 32 } else { 0 };
    let ms = ((ntp & 0xffff_ffff) * 1000) >> 32;
    (seconds + era - NTP_TO_UNIX_S) * 1000 + ms as i64
}

fn be_u32(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn be_u64(bytes: &[u8], at: usize) -> u64 {
    u64::from_be_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// What `moof` says of one track, whose samples' bytes begin `data_offset` behind the start of `moof`.
pub(super) fn track_box(
    track_id: u32,
    decode_time: u64,
    data_offset: i32,
    samples: impl Iterator<Item = TrunSample>,
) -> TrafBox {
    TrafBox {
        tfhd_box: TfhdBox {
            track_id,
            base_data_offset: None,
            sample_description_index: None,
            default_sample_duration: None,
            default_sample_size: None,
            default_sample_flags: None,
            duration_is_empty: false,
            default_base_is_moof: true,
        },
        tfdt_box: Some(TfdtBox { version: 1, base_media_decode_time: decode_time }),
        trun_boxes: vec![TrunBox {
            data_offset: Some(data_offset),
            first_sample_flags: None,
            samples: samples.collect(),
        }],
        unknown_boxes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sound::SoundSample;
    use super::*;

    fn fragment(sound: Option<SoundRun>) -> Fragment {
        let sample = |key, shown_after| Sample { duration: 6_000, size: 5, key, shown_after };
        Fragment {
            number: 3,
            utc_ms: 1_780_000_000_123,
            mono_ms: 77_001,
            decode_time: 180_000,
            samples: vec![sample(true, 3_000), sample(false, -6_000)],
            sound,
        }
    }

    /// Without sound and with it.
    fn both() -> [Fragment; 2] {
        let packet = |size| SoundSample { duration: 960, size };
        let sound = SoundRun { decode_time: 95_040, samples: vec![packet(61), packet(3), packet(70)] };
        [fragment(None), fragment(Some(sound))]
    }

    #[test]
    fn what_was_written_is_read() {
        for fragment in both() {
            let head = fragment.head();
            assert_eq!(Fragment::read(&mut head.as_slice()), Ok((fragment, head.len() as u64)));
        }
    }

    #[test]
    fn any_changed_or_missing_byte_shows() {
        for fragment in both() {
            let head = fragment.head();
            for at in 0..head.len() {
                assert_eq!(Fragment::read(&mut &head[..at]), Err(FormError::Torn));
                for bit in 0..8 {
                    let mut changed = head.clone();
                    changed[at] ^= 1 << bit;
                    let read = Fragment::read(&mut changed.as_slice());
                    assert_ne!(read, Ok((fragment.clone(), head.len() as u64)), "byte {at} bit {bit}");
                }
            }
        }
    }

    /// Recordings of years ago keep their hashes.
    #[test]
    fn a_fragment_without_sound_has_its_old_form() {
        let hash = Digest::of(&fragment(None).head()).to_string();
        assert_eq!(hash, "df953461a7d7b15b15052fd43df5bffae907b7fd6ff567e568bf510341591022");
    }

    #[test]
    fn every_millisecond_survives_the_ntp_time() {
        let around_2036 = 2_085_978_496_000;
        for base in [0, 1_780_000_000_000, around_2036 - 500, around_2036] {
            for ms in base..base + 1_000 {
                assert_eq!(utc_from_ntp(ntp_from_utc(ms)), ms);
            }
        }
    }
}
