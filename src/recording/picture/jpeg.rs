//! JPEGs. What cameras send — baseline, 4:2:2, 4:2:0 or 4:4:4 — is decoded to its own planes by
//! libjpeg-turbo, so that no colour goes through RGB and back. Everything else, and whatever that one has
//! a complaint about, is left to a decoder that forgives more.

use std::borrow::Cow;
use std::io::Cursor;

use turbojpeg::{Colorspace, DecompressHeader, Decompressor, Subsamp, YuvImage};
use yuv::{YuvConversionMode, YuvRange, YuvStandardMatrix, rgb_to_yuv420};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{BadPicture, I420, MAX_SIDES};

/// A baseline JPEG has one scan for all its components or one for each.
const MOST_SCANS: u32 = 4;

#[derive(Default)]
pub struct JpegReader {
    /// Not kept after a picture that it had a complaint about: some of that one would stay in it.
    turbo: Option<Decompressor>,
    /// As they come out of the decoder: sampled as in the JPEG, full range.
    planes: Vec<u8>,
}

impl JpegReader {
    /// The spare picture is written over, if it has the right size.
    pub fn read(&mut self, bytes: &[u8], spare: Option<I420>) -> Result<I420, BadPicture> {
        match self.read_planes(bytes, spare) {
            Some(picture) => Ok(picture),
            None => read_rgb(bytes),
        }
    }

    /// None if it is not of the ordinary kind, or not whole.
    fn read_planes(&mut self, bytes: &[u8], spare: Option<I420>) -> Option<I420> {
        let mut turbo = match self.turbo.take() {
            Some(turbo) => turbo,
            None => new_decompressor()?,
        };
        let DecompressHeader { width, height, subsamp, .. } =
            turbo.read_header(bytes).ok().filter(is_ordinary)?;
        // Before the planes: what is refused needs no memory.
        let mut picture = I420::over(spare, u32::try_from(width).ok()?, u32::try_from(height).ok()?).ok()?;
        let image = YuvImage { pixels: (), width, align: 1, height, subsamp };
        let (luma_size, chroma_size) = (image.y_size(), image.uv_size());
        let luma_bytes = luma_size.0 * luma_size.1;
        let chroma_bytes = chroma_size.0 * chroma_size.1;
        self.planes.resize(luma_bytes + 2 * chroma_bytes, 0);
        let pixels = self.planes.as_mut_slice();
        turbo.decompress_to_yuv(bytes, YuvImage { pixels, width, align: 1, height, subsamp }).ok()?;
        self.turbo = Some(turbo);

        let (luma, chroma) = self.planes.split_at(luma_bytes);
        let width = picture.width as usize;
        let (y, u, v) = picture.planes_mut();
        for (full, limited) in luma.chunks_exact(luma_size.0).zip(y.chunks_exact_mut(width)) {
            limit_luma(full, limited);
        }
        for (full, limited) in chroma.chunks_exact(chroma_bytes).zip([u, v]) {
            let full = match subsamp {
                Subsamp::None => halved(full, chroma_size.0),
                _ => Cow::Borrowed(full),
            };
            limit_chroma(&full, luma_size.0.div_ceil(2), subsamp, limited.chunks_exact_mut(width / 2));
        }
        Some(picture)
    }
}

fn new_decompressor() -> Option<Decompressor> {
    let mut turbo = Decompressor::new().ok()?;
    // Else a small file could keep it busy for long.
    turbo.set_scan_limit(MOST_SCANS).ok()?;
    Some(turbo)
}

fn is_ordinary(header: &DecompressHeader) -> bool {
    header.colorspace == Colorspace::YCbCr
        && matches!(header.subsamp, Subsamp::None | Subsamp::Sub2x1 | Subsamp::Sub2x2)
        && !(header.is_progressive || header.is_arithmetic || header.is_lossless)
}

/// Luma from full range to limited (ITU-R BT.601): 0..=255 to 16..=235, rounded.
fn limit_luma(full: &[u8], limited: &mut [u8]) {
    for (full, limited) in full.iter().zip(limited) {
        let scaled = u16::from(*full) * 219 + 128;
        // A 255th of it.
        *limited = 16 + ((scaled + (scaled >> 8)) >> 8) as u8;
    }
}

/// Chroma from full range to limited (0..=255 to 16..=240), and to half as many rows if there is one for
/// each row of luma.
fn limit_chroma<'a>(
    full: &[u8],
    width: usize,
    subsamp: Subsamp,
    limited: impl Iterator<Item = &'a mut [u8]>,
) {
    let pairs = if subsamp == Subsamp::Sub2x2 { width } else { 2 * width };
    for (rows, limited) in full.chunks_exact(pairs).zip(limited) {
        limit_chroma_row(&rows[..width], &rows[pairs - width..], limited);
    }
}

/// The mean of two rows.
fn limit_chroma_row(first: &[u8], second: &[u8], limited: &mut [u8]) {
    for ((first, second), limited) in first.iter().zip(second).zip(limited) {
        let both = u16::from(*first) + u16::from(*second);
        // 31/255 less, and moved so that 128 stays 128; every step fits into 16 bits.
        let part = both * 31;
        let scaled = 16 * both - ((part + (part >> 8)) >> 4) + 498;
        *limited = ((scaled + 16) >> 5) as u8;
    }
}

/// Rows of half the width: the means of pairs. A last lone sample stays.
fn halved(full: &[u8], width: usize) -> Cow<'_, [u8]> {
    let pairs = full.chunks_exact(width).flat_map(|row| row.chunks(2));
    let mean =
        |pair: &[u8]| (pair.iter().map(|sample| u16::from(*sample)).sum::<u16>() / pair.len() as u16) as u8;
    Cow::Owned(pairs.map(mean).collect())
}

/// Any JPEG that is whole enough to show something.
fn read_rgb(bytes: &[u8]) -> Result<I420, BadPicture> {
    let broken = |error: &dyn std::fmt::Display| BadPicture::Jpeg(error.to_string());
    let options = DecoderOptions::new_fast()
        .set_max_width(MAX_SIDES.0 as usize)
        .set_max_height(MAX_SIDES.0 as usize)
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| broken(&error))?;
    let info = decoder.info().ok_or_else(|| broken(&"no header"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    // Before the pixels are asked for: what is refused needs no memory.
    let mut picture = I420::black(width, height)?;
    let rgb = decoder.decode().map_err(|error| broken(&error))?;
    if rgb.len() as u64 != u64::from(width) * u64::from(height) * 3 {
        return Err(BadPicture::Length(rgb.len()));
    }
    rgb_to_yuv420(
        &mut picture.planar_mut(),
        &rgb,
        width * 3,
        YuvRange::Limited,
        YuvStandardMatrix::Bt601,
        YuvConversionMode::Balanced,
    )
    .map_err(|error| BadPicture::Conversion(error.to_string()))?;
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

    use super::*;

    /// A slope of brightness and of colours across and down.
    fn jpeg(
        size: (u16, u16),
        sampling: SamplingFactor,
        change: impl Fn(&mut Encoder<&mut Vec<u8>>),
    ) -> Vec<u8> {
        let slope = |at: u16, end: u16| (30 + 190 * u32::from(at) / u32::from(end)) as u8;
        let (width, height) = size;
        let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let rgb: Vec<u8> =
            rows.flat_map(|(x, y)| [slope(x, width), slope(y, height), 250 - slope(x, width)]).collect();
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 95);
        encoder.set_sampling_factor(sampling);
        change(&mut encoder);
        encoder.encode(&rgb, width, height, ColorType::Rgb).unwrap();
        bytes
    }

    fn most_apart(one: &I420, other: &I420) -> u8 {
        assert_eq!((one.width, one.height), (other.width, other.height));
        one.bytes.iter().zip(&other.bytes).map(|(one, other)| one.abs_diff(*other)).max().unwrap()
    }

    #[test]
    fn both_ways_give_one_picture_of_every_ordinary_jpeg() {
        let mut reader = JpegReader::default();
        let samplings = [SamplingFactor::R_4_4_4, SamplingFactor::R_4_2_2, SamplingFactor::R_4_2_0];
        for sampling in samplings {
            for size in [(64, 48), (65, 49), (67, 18), (16, 16)] {
                let jpeg = jpeg(size, sampling, |_| {});
                let planes = reader.read_planes(&jpeg, None).expect("it is ordinary");
                let apart = most_apart(&planes, &read_rgb(&jpeg).unwrap());
                assert!(apart <= 4, "{sampling:?} {size:?}: {apart}");
            }
        }
    }

    #[test]
    fn other_jpegs_are_read_too() {
        let mut reader = JpegReader::default();
        let usual = reader.read(&jpeg((64, 48), SamplingFactor::R_4_4_4, |_| {}), None).unwrap();
        let others = [
            jpeg((64, 48), SamplingFactor::R_4_4_0, |_| {}),
            jpeg((64, 48), SamplingFactor::R_4_1_1, |_| {}),
            jpeg((64, 48), SamplingFactor::R_4_4_4, |encoder| encoder.set_progressive(true)),
        ];
        for jpeg in others {
            assert_eq!(reader.read_planes(&jpeg, None), None);
            assert!(most_apart(&reader.read(&jpeg, None).unwrap(), &usual) <= 12);
        }
    }

    /// Motion JPEG leaves the usual Huffman tables out.
    #[test]
    fn a_jpeg_without_huffman_tables_is_read_with_the_usual_ones() {
        let whole = jpeg((64, 48), SamplingFactor::R_4_2_2, |_| {});
        let mut bare = whole[..2].to_vec();
        let mut at = 2;
        while whole[at + 1] != 0xda {
            let end = at + 2 + usize::from(u16::from_be_bytes([whole[at + 2], whole[at + 3]]));
            if whole[at + 1] != 0xc4 {
                bare.extend(&whole[at..end]);
            }
            at = end;
        }
        bare.extend(&whole[at..]);
        assert!(bare.len() < whole.len() - 400);
        let mut reader = JpegReader::default();
        assert_eq!(
            reader.read_planes(&bare, None).expect("it is ordinary"),
            reader.read(&whole, None).unwrap()
        );
    }

    #[test]
    fn a_damaged_jpeg_is_refused_or_read_as_far_as_it_goes_and_the_next_one_is_whole() {
        let mut reader = JpegReader::default();
        let whole = jpeg((64, 48), SamplingFactor::R_4_2_2, |_| {});
        let undamaged = reader.read(&whole, None).unwrap();
        for at in 0..whole.len() {
            // Either is right; what counts is that nothing is kept of it.
            let _ = reader.read(&whole[..at], None);
            for bit in [1, 0x10, 0x80] {
                let mut changed = whole.clone();
                changed[at] ^= bit;
                let _ = reader.read(&changed, None);
            }
            assert!(reader.read(&whole, None).as_ref() == Ok(&undamaged), "after damage at {at}");
        }
        let torn = reader.read(&whole[..whole.len() - 40], None).expect("most of it is there");
        let upper = torn.luma().iter().zip(undamaged.luma()).take(64 * 16);
        assert!(upper.map(|(one, other)| one.abs_diff(*other)).all(|apart| apart <= 4));
    }

    #[test]
    fn every_sample_is_limited_to_what_the_standard_says() {
        for full in 0..=255_u8 {
            let mut limited = [0];
            limit_luma(&[full], &mut limited);
            assert_eq!(f64::from(limited[0]), (16.0 + f64::from(full) * 219.0 / 255.0).round());
            limit_chroma_row(&[full], &[full], &mut limited);
            let exact = 128.0 + (f64::from(full) - 128.0) * 224.0 / 255.0;
            assert!((f64::from(limited[0]) - exact).abs() < 0.6, "{full}: {}", limited[0]);
        }
        let mut grey = [0; 2];
        limit_chroma_row(&[128, 120], &[128, 140], &mut grey);
        assert_eq!(grey, [128, 130]);
    }
}
