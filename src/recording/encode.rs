//! Pictures to H.264 and back, with OpenH264.

use std::sync::Arc;

use openh264::OpenH264API;
use openh264::decoder::{Decoder as OpenDecoder, DecoderConfig};
use openh264::encoder::{
    BitRate, Complexity, Encoder as OpenEncoder, EncoderConfig, FrameRate, FrameType, IntraFramePeriod,
    QpRange, RateControlMode, UsageType, VuiConfig,
};

use super::picture::I420;
use crate::camera::H264Parameters;

/// An IDR picture comes at least this often, so that a fragment can end there.
const KEY_EVERY_MS: u64 = 1_900;
/// How finely pictures are quantised at most, and at least. Finer than 21, bits and time go into the sensor's
/// noise: an easy scene takes fewer bits than it may.
const QUANTISER: QpRange = QpRange::new(21, 51);

/// Encodes pictures of one size. No picture is skipped; every one comes out at once.
pub struct Encoder {
    open: OpenEncoder,
    size: (u32, u32),
    /// When the last IDR picture came; none before the first.
    key_ms: Option<u64>,
    parameters: Option<Arc<H264Parameters>>,
}

/// One encoded picture.
#[derive(Debug)]
pub struct Encoded {
    /// An IDR picture.
    pub key: bool,
    /// NAL units without parameter sets, each behind its length in four bytes.
    pub nals: Vec<u8>,
    /// What it and the pictures after it are decoded with.
    pub parameters: Arc<H264Parameters>,
}

/// OpenH264's own words.
#[derive(Debug, thiserror::Error)]
#[error("the encoder failed: {0}")]
pub struct CodecError(String);

impl From<openh264::Error> for CodecError {
    fn from(error: openh264::Error) -> Self {
        Self(error.to_string())
    }
}

impl Encoder {
    /// For pictures of this size that come at about this rate.
    pub fn new(size: (u32, u32), frames_per_second: u32, bits_per_second: u32) -> Result<Self, CodecError> {
        let config = EncoderConfig::new()
            .usage_type(UsageType::CameraVideoRealTime)
            .rate_control_mode(RateControlMode::Bitrate)
            .bitrate(BitRate::from_bps(bits_per_second))
            .max_frame_rate(FrameRate::from_hz(frames_per_second as f32))
            .skip_frames(false)
            .qp(QUANTISER)
            .complexity(Complexity::Low)
            .num_threads(1)
            // By time instead: cameras don't keep the rate that they promise.
            .intra_frame_period(IntraFramePeriod::auto())
            // A new scene needs no IDR picture at once, and to look for one takes a tenth of the time.
            .scene_change_detect(false)
            .adaptive_quantization(true)
            .background_detection(true)
            .vui(VuiConfig::bt601());
        let open = OpenEncoder::with_api_config(OpenH264API::from_source(), config)?;
        Ok(Self { open, size, key_ms: None, parameters: None })
    }

    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// The next picture becomes an IDR picture.
    pub fn force_key(&mut self) {
        self.key_ms = None;
    }

    /// Encodes a picture of the encoder's size that arrived at `mono_ms`.
    pub fn encode(&mut self, picture: &I420, mono_ms: u64) -> Result<Encoded, CodecError> {
        let due = self.key_ms.is_none_or(|key_ms| mono_ms.saturating_sub(key_ms) >= KEY_EVERY_MS);
        if due && self.parameters.is_some() {
            self.open.force_intra_frame();
        }
        let stream = self.open.encode(picture)?;
        let key = stream.frame_type() == FrameType::IDR;
        let (mut nals, mut sps, mut pps) = (Vec::new(), None, None);
        for layer in (0..stream.num_layers()).filter_map(|at| stream.layer(at)) {
            for nal in (0..layer.nal_count()).filter_map(|at| layer.nal_unit(at)) {
                let nal = without_start_code(nal);
                match nal.first().map(|header| header & 0x1f) {
                    Some(7) => sps = Some(nal.to_vec()),
                    Some(8) => pps = Some(nal.to_vec()),
                    Some(_) => push_nal(&mut nals, nal),
                    None => {}
                }
            }
        }
        if let (Some(sps), Some(pps)) = (sps, pps) {
            let (width, height) = self.size;
            self.parameters = Some(Arc::new(H264Parameters { width, height, sps, pps }));
        }
        let parameters = self.parameters.clone().filter(|_| !nals.is_empty());
        let parameters = parameters.ok_or_else(|| CodecError("it gave nothing for a picture".to_owned()))?;
        if key {
            self.key_ms = Some(mono_ms);
        }
        Ok(Encoded { key, nals, parameters })
    }
}

/// Decodes access units as they stand in a file.
pub struct Decoder {
    open: OpenDecoder,
}

impl Decoder {
    pub fn new() -> Result<Self, CodecError> {
        let open = OpenDecoder::with_api_config(OpenH264API::from_source(), DecoderConfig::new())?;
        Ok(Self { open })
    }

    /// Gives the picture that is ready by now, which with reordered pictures is an earlier one.
    /// `parameters` are needed before the first access unit and when they change. Anything that
    /// is no H.264 is an error.
    pub fn decode(
        &mut self,
        parameters: Option<(&[u8], &[u8])>,
        nals: &[u8],
    ) -> Result<Option<I420>, CodecError> {
        let mut stream = Vec::with_capacity(nals.len() + 256);
        if let Some((sps, pps)) = parameters {
            [sps, pps].iter().for_each(|nal| push_with_start_code(&mut stream, nal));
        }
        for nal in split_nals(nals) {
            push_with_start_code(&mut stream, nal.ok_or_else(|| CodecError("torn NAL unit".to_owned()))?);
        }
        match self.open.decode(&stream)? {
            Some(picture) => Ok(I420::from_planes(&picture).ok()),
            None => Ok(None),
        }
    }

    /// The picture of a lone access unit that was held back, in case that one comes that is shown before.
    pub fn held(mut self) -> Result<Option<I420>, CodecError> {
        let held = self.open.flush_remaining()?;
        Ok(held.first().and_then(|picture| I420::from_planes(picture).ok()))
    }

    /// How many pictures were still held back; call once, at the end.
    pub fn finish(&mut self) -> Result<usize, CodecError> {
        Ok(self.open.flush_remaining()?.len())
    }
}

/// NAL units behind lengths of four bytes; the last item is None if the lengths do not come out.
pub fn split_nals(mut bytes: &[u8]) -> impl Iterator<Item = Option<&[u8]>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let nal = bytes.split_first_chunk::<4>().and_then(|(length, rest)| {
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            rest.split_at_checked(length)
        });
        bytes = nal.map_or(&[], |(_, rest)| rest);
        Some(nal.map(|(nal, _)| nal))
    })
}

fn push_nal(nals: &mut Vec<u8>, nal: &[u8]) {
    nals.extend((nal.len() as u32).to_be_bytes());
    nals.extend(nal);
}

fn push_with_start_code(stream: &mut Vec<u8>, nal: &[u8]) {
    stream.extend([0, 0, 0, 1]);
    stream.extend(nal);
}

fn without_start_code(nal: &[u8]) -> &[u8] {
    nal.strip_prefix(&[0, 0, 0, 1]).or_else(|| nal.strip_prefix(&[0, 0, 1])).unwrap_or(nal)
}

#[cfg(test)]
mod tests {
    use openh264::formats::YUVSource;

    use super::*;

    #[test]
    fn every_picture_comes_out_and_can_be_decoded() {
        let mut encoder = Encoder::new((160, 128), 15, 300_000).unwrap();
        let mut decoder = Decoder::new().unwrap();
        let mut keys = Vec::new();
        for n in 0..60_u8 {
            let mut picture = I420::black(160, 128).unwrap();
            picture.planes_mut().0.fill(40 + n);
            let encoded = encoder.encode(&picture, u64::from(n) * 66).unwrap();
            let parameters = (&*encoded.parameters.sps, &*encoded.parameters.pps);
            let decoded = decoder.decode(Some(parameters), &encoded.nals).unwrap();
            let luma = decoded.expect("no picture is held back").y()[80 * 160 + 80];
            assert!(luma.abs_diff(40 + n) < 12, "picture {n}: {luma}");
            keys.extend(encoded.key.then_some(n));
        }
        assert_eq!(decoder.finish().unwrap(), 0);
        assert_eq!(keys, [0, 29, 58]);
    }

    #[test]
    fn torn_nal_units_show() {
        let nals = [0, 0, 0, 2, 9, 9, 0, 0, 0, 3, 7];
        let split: Vec<_> = split_nals(&nals).collect();
        assert_eq!(split, [Some(&[9, 9][..]), None]);
    }
}
