//! The second track: sound, as it stands beside the pictures of each fragment.
//!
//! A file without sound has no trace of it. In one with sound a fragment may still be without, while
//! there is none to record.

use std::num::NonZeroU16;

use shiguredo_mp4::boxes::{
    AudioSampleEntryFields, DopsBox, EsdsBox, Mp4aBox, OpusBox, SampleEntry, TrafBox, TrunSample,
};
use shiguredo_mp4::descriptors::{
    DecoderConfigDescriptor, DecoderSpecificInfo, EsDescriptor, SlConfigDescriptor,
};
use shiguredo_mp4::{FixedPointNumber, Uint};

use super::TICKS;
use super::fragment::track_box;

/// The track of sound.
pub(super) const SOUND_ID: u32 = 2;
/// Opus counts its time in 1/48000 s, whatever was sampled (RFC 7845).
pub const OPUS_TICKS: u32 = 48_000;
/// No AudioSpecificConfig that a camera has is longer.
const MAX_CONFIG_BYTES: usize = 64;
/// No packet of sound is longer: a second of raw sound.
pub const MAX_SOUND_BYTES: usize = 64 * 1024;

/// How a file's sound is coded, fixed when the file is begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundFormat {
    /// Opus in one channel. `pre_skip` ticks at the start are the encoder's own; `input_rate` is what
    /// was sampled.
    Opus { pre_skip: u16, input_rate: u32 },
    /// AAC as a camera coded it; `config` is its AudioSpecificConfig (ISO/IEC 14496-3).
    Aac { rate: u16, channels: u8, config: Vec<u8> },
}

/// A fragment's sound: packets that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoundRun {
    /// When the first one begins, in the sound's ticks from the file's start.
    pub decode_time: u64,
    /// Never empty.
    pub samples: Vec<SoundSample>,
}

/// One packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundSample {
    /// Ticks until the next one begins.
    pub duration: u32,
    /// Bytes.
    pub size: u32,
}

impl SoundFormat {
    /// Ticks a second.
    pub fn ticks(&self) -> u32 {
        match self {
            Self::Opus { .. } => OPUS_TICKS,
            Self::Aac { rate, .. } => (*rate).into(),
        }
    }

    /// Ticks as those of the pictures, rounded down.
    pub(super) fn to_movie(&self, ticks: u64) -> u64 {
        let scaled = u128::from(ticks) * u128::from(TICKS) / u128::from(self.ticks());
        u64::try_from(scaled).unwrap_or(u64::MAX)
    }

    /// The pictures' ticks as its own, rounded down.
    pub fn from_movie(&self, ticks: u64) -> u64 {
        let scaled = u128::from(ticks) * u128::from(self.ticks()) / u128::from(TICKS);
        u64::try_from(scaled).unwrap_or(u64::MAX)
    }

    /// Ticks at the start that are not heard.
    pub(super) fn pre_skip(&self) -> u64 {
        match self {
            Self::Opus { pre_skip, .. } => (*pre_skip).into(),
            Self::Aac { .. } => 0,
        }
    }

    /// Whether it can stand in a file.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Opus { input_rate, .. } => (8_000..=192_000).contains(input_rate),
            Self::Aac { rate, channels, config } => {
                *rate >= 7_350 && (1..=8).contains(channels) && (2..=MAX_CONFIG_BYTES).contains(&config.len())
            }
        }
    }

    pub(super) fn entry(&self) -> SampleEntry {
        let fields = |channels: u8, rate: u16| AudioSampleEntryFields {
            data_reference_index: NonZeroU16::MIN,
            channelcount: channels.into(),
            samplesize: 16,
            samplerate: FixedPointNumber::new(rate, 0),
        };
        match self {
            Self::Opus { pre_skip, input_rate } => SampleEntry::Opus(OpusBox {
                audio: fields(1, OPUS_TICKS as u16),
                dops_box: DopsBox {
                    output_channel_count: 1,
                    pre_skip: *pre_skip,
                    input_sample_rate: *input_rate,
                    output_gain: 0,
                },
                unknown_boxes: Vec::new(),
            }),
            Self::Aac { rate, channels, config } => SampleEntry::Mp4a(Mp4aBox {
                audio: fields(*channels, *rate),
                esds_box: EsdsBox { es: elementary_stream(config) },
                unknown_boxes: Vec::new(),
            }),
        }
    }

    /// None if it is not of our form at first sight.
    pub(super) fn from_entry(entry: &SampleEntry) -> Option<Self> {
        let format = match entry {
            SampleEntry::Opus(opus) => {
                Self::Opus { pre_skip: opus.dops_box.pre_skip, input_rate: opus.dops_box.input_sample_rate }
            }
            SampleEntry::Mp4a(aac) => Self::Aac {
                rate: aac.audio.samplerate.integer,
                channels: u8::try_from(aac.audio.channelcount).ok()?,
                config: aac.esds_box.es.dec_config_descr.dec_specific_info.as_ref()?.payload.clone(),
            },
            _ => return None,
        };
        Some(format).filter(Self::is_sound)
    }
}

fn elementary_stream(config: &[u8]) -> EsDescriptor {
    EsDescriptor {
        es_id: EsDescriptor::MIN_ES_ID,
        stream_priority: EsDescriptor::LOWEST_STREAM_PRIORITY,
        depends_on_es_id: None,
        url_string: None,
        ocr_es_id: None,
        dec_config_descr: DecoderConfigDescriptor {
            object_type_indication: DecoderConfigDescriptor::OBJECT_TYPE_INDICATION_AUDIO_ISO_IEC_14496_3,
            stream_type: DecoderConfigDescriptor::STREAM_TYPE_AUDIO,
            up_stream: DecoderConfigDescriptor::UP_STREAM_FALSE,
            buffer_size_db: Uint::new(0),
            max_bitrate: 0,
            avg_bitrate: 0,
            dec_specific_info: Some(DecoderSpecificInfo { payload: config.to_vec() }),
        },
        sl_config_descr: SlConfigDescriptor,
    }
}

impl SoundRun {
    /// Bytes of all packets.
    pub fn payload_bytes(&self) -> u64 {
        self.samples.iter().map(|sample| u64::from(sample.size)).sum()
    }

    /// When its last packet begins.
    pub(super) fn last_decode_time(&self) -> u64 {
        let before = self.samples.len().saturating_sub(1);
        self.samples
            .iter()
            .take(before)
            .fold(self.decode_time, |time, sample| time.saturating_add(sample.duration.into()))
    }

    /// What `moof` says of it, if its bytes begin `data_offset` behind the start of `moof`.
    pub(super) fn fragment_box(&self, data_offset: i32) -> TrafBox {
        let samples = self.samples.iter().map(|sample| TrunSample {
            duration: Some(sample.duration),
            size: Some(sample.size),
            flags: None,
            composition_time_offset: None,
        });
        track_box(SOUND_ID, self.decode_time, data_offset, samples)
    }

    /// None if it is not of our form at first sight.
    pub(super) fn from_fragment_box(track: &TrafBox) -> Option<Self> {
        let [run] = track.trun_boxes.as_slice() else { return None };
        let read = |sample: &TrunSample| Some(SoundSample { duration: sample.duration?, size: sample.size? });
        let samples: Option<Vec<SoundSample>> = run.samples.iter().map(read).collect();
        let samples = samples.filter(|samples| !samples.is_empty())?;
        Some(Self { decode_time: track.tfdt_box.as_ref()?.base_media_decode_time, samples })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_coding_come_back_from_their_boxes() {
        let opus = SoundFormat::Opus { pre_skip: 312, input_rate: 8_000 };
        let aac = SoundFormat::Aac { rate: 44_100, channels: 2, config: vec![0x12, 0x10] };
        for format in [opus, aac] {
            assert_eq!(SoundFormat::from_entry(&format.entry()), Some(format));
        }
    }

    #[test]
    fn what_no_player_takes_is_refused() {
        let aac =
            |rate, channels, config: &[u8]| SoundFormat::Aac { rate, channels, config: config.to_vec() };
        for format in [
            aac(0, 1, &[0x12, 0x10]),
            aac(44_100, 0, &[0x12, 0x10]),
            aac(44_100, 9, &[0x12, 0x10]),
            aac(44_100, 1, &[]),
            aac(44_100, 1, &[0; 65]),
            SoundFormat::Opus { pre_skip: 0, input_rate: 0 },
        ] {
            assert_eq!(SoundFormat::from_entry(&format.entry()), None, "{format:?}");
        }
    }
}
