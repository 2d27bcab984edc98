//! Pictures as the encoder takes them, made of whatever a camera gives.

use std::io::Cursor;

use openh264::formats::YUVSource;
use yuv::{
    BufferStoreMut, YuvConversionMode, YuvPackedImage, YuvPlanarImage, YuvPlanarImageMut, YuvRange,
    YuvStandardMatrix, rgb_to_yuv420, yuv420_to_rgb, yuyv422_to_yuv420,
};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::camera::{Picture, Pixels};

/// The longer and the shorter side that the encoder takes.
const MAX_SIDES: (u32, u32) = (3840, 2160);

/// A picture in 4:2:0 with limited range, planes Y, U, V without padding. Both sides are even and
/// within what the encoder takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct I420 {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

/// A picture that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPicture {
    #[error("a picture of {0}x{1} is too small or too large")]
    Size(u32, u32),
    #[error("a picture of {0} bytes is not what its size needs")]
    Length(usize),
    #[error("broken JPEG: {0}")]
    Jpeg(String),
    #[error("pictures can't be converted: {0}")]
    Conversion(String),
}

/// A small picture for the window: RGB, rows without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

impl I420 {
    /// A black picture. Odd sides lose their last row or column.
    pub fn black(width: u32, height: u32) -> Result<Self, BadPicture> {
        let (w, h) = (width & !1, height & !1);
        if w.min(h) < 16 || w.max(h) > MAX_SIDES.0 || w.min(h) > MAX_SIDES.1 {
            return Err(BadPicture::Size(width, height));
        }
        let luma = (w * h) as usize;
        let mut bytes = vec![16; luma * 3 / 2];
        bytes[luma..].fill(128);
        Ok(Self { width: w, height: h, bytes })
    }

    /// Takes planes with padding, such as a decoder's.
    pub fn from_planes(source: &impl YUVSource) -> Result<Self, BadPicture> {
        let (width, height) = source.dimensions();
        let size = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        let mut picture = Self::black(size(width), size(height))?;
        let (w, h) = (picture.width as usize, picture.height as usize);
        let (y_stride, u_stride, v_stride) = source.strides();
        let (y, u, v) = picture.planes_mut();
        copy_rows(source.y(), y_stride, y, w, h);
        copy_rows(source.u(), u_stride, u, w / 2, h / 2);
        copy_rows(source.v(), v_stride, v, w / 2, h / 2);
        Ok(picture)
    }

    /// Reads a camera's picture. A JPEG's own size counts, not the one it came with.
    pub fn read(picture: &Picture) -> Result<Self, BadPicture> {
        let (width, height) = (picture.width, picture.height);
        let pixels = u128::from(width) * u128::from(height);
        let holds = |bytes: &[u8], halves: u128| match bytes.len() as u128 * 2 == pixels * halves {
            true => Ok(()),
            false => Err(BadPicture::Length(bytes.len())),
        };
        match &picture.pixels {
            Pixels::Jpeg(bytes) => Self::read_jpeg(bytes),
            Pixels::Yuyv(bytes) => holds(bytes, 4).and_then(|()| Self::read_yuyv(width, height, bytes)),
            Pixels::Nv12(bytes) => holds(bytes, 3).and_then(|()| Self::read_nv12(width, height, bytes)),
            Pixels::I420(bytes) => {
                holds(bytes, 3)?;
                let picture = Self::black(width, height)?;
                match picture.bytes.len() == bytes.len() {
                    true => Ok(Self { bytes: bytes.clone(), ..picture }),
                    false => Err(BadPicture::Size(width, height)),
                }
            }
        }
    }

    fn read_jpeg(bytes: &[u8]) -> Result<Self, BadPicture> {
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
        let mut picture = Self::black(width, height)?;
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

    fn read_yuyv(width: u32, height: u32, bytes: &[u8]) -> Result<Self, BadPicture> {
        let mut picture = Self::black(width, height)?;
        if !width.is_multiple_of(2) {
            return Err(BadPicture::Size(width, height));
        }
        let packed = YuvPackedImage { yuy: bytes, yuy_stride: width * 2, width, height: picture.height };
        yuyv422_to_yuv420(&mut picture.planar_mut(), &packed)
            .map_err(|error| BadPicture::Conversion(error.to_string()))?;
        Ok(picture)
    }

    fn read_nv12(width: u32, height: u32, bytes: &[u8]) -> Result<Self, BadPicture> {
        let mut picture = Self::black(width, height)?;
        if (picture.width, picture.height) != (width, height) {
            return Err(BadPicture::Size(width, height));
        }
        let (luma, chroma) = bytes.split_at((width * height) as usize);
        let (y, u, v) = picture.planes_mut();
        y.copy_from_slice(luma);
        for ((pair, u), v) in chroma.chunks_exact(2).zip(u).zip(v) {
            (*u, *v) = (pair[0], pair[1]);
        }
        Ok(picture)
    }

    pub fn width(&self) -> u32 {
        self.width
    }

    pub fn height(&self) -> u32 {
        self.height
    }

    /// Rows of `width` bytes of luma, rows of half as many of each chroma.
    pub fn planes_mut(&mut self) -> (&mut [u8], &mut [u8], &mut [u8]) {
        let luma = (self.width * self.height) as usize;
        let (y, chroma) = self.bytes.split_at_mut(luma);
        let (u, v) = chroma.split_at_mut(luma / 4);
        (y, u, v)
    }

    /// Rows of `width` bytes.
    pub fn luma(&self) -> &[u8] {
        self.planes().0
    }

    fn planes(&self) -> (&[u8], &[u8], &[u8]) {
        let luma = (self.width * self.height) as usize;
        let (y, chroma) = self.bytes.split_at(luma);
        let (u, v) = chroma.split_at(luma / 4);
        (y, u, v)
    }

    fn planar_mut(&mut self) -> YuvPlanarImageMut<'_, u8> {
        let (width, height) = (self.width, self.height);
        let (y, u, v) = self.planes_mut();
        YuvPlanarImageMut {
            y_plane: BufferStoreMut::Borrowed(y),
            y_stride: width,
            u_plane: BufferStoreMut::Borrowed(u),
            u_stride: width / 2,
            v_plane: BufferStoreMut::Borrowed(v),
            v_stride: width / 2,
            width,
            height,
        }
    }

    /// The picture as the window shows it: no wider than `width` nor than it is.
    pub fn preview(&self, width: u32) -> Result<Preview, BadPicture> {
        let width = width.clamp(16, self.width) & !1;
        let height = ((self.height * width / self.width) & !1).max(2);
        let (y, u, v) = self.planes();
        let from = (self.width as usize, self.height as usize);
        let to = (width as usize, height as usize);
        let half = |(w, h): (usize, usize)| (w / 2, h / 2);
        let (y, u, v) =
            (shrink(y, from, to), shrink(u, half(from), half(to)), shrink(v, half(from), half(to)));
        let image = YuvPlanarImage {
            y_plane: &y,
            y_stride: width,
            u_plane: &u,
            u_stride: width / 2,
            v_plane: &v,
            v_stride: width / 2,
            width,
            height,
        };
        let mut rgb = vec![0; to.0 * to.1 * 3];
        yuv420_to_rgb(&image, &mut rgb, width * 3, YuvRange::Limited, YuvStandardMatrix::Bt601)
            .map_err(|error| BadPicture::Conversion(error.to_string()))?;
        Ok(Preview { width, height, rgb })
    }
}

impl YUVSource for I420 {
    fn dimensions(&self) -> (usize, usize) {
        (self.width as usize, self.height as usize)
    }

    fn strides(&self) -> (usize, usize, usize) {
        (self.width as usize, self.width as usize / 2, self.width as usize / 2)
    }

    fn y(&self) -> &[u8] {
        self.planes().0
    }

    fn u(&self) -> &[u8] {
        self.planes().1
    }

    fn v(&self) -> &[u8] {
        self.planes().2
    }
}

fn copy_rows(from: &[u8], stride: usize, to: &mut [u8], width: usize, height: usize) {
    for (from, to) in from.chunks(stride.max(1)).zip(to.chunks_exact_mut(width)).take(height) {
        let width = width.min(from.len());
        to[..width].copy_from_slice(&from[..width]);
    }
}

/// Every target pixel is the mean of the source pixels that it covers.
fn shrink(plane: &[u8], from: (usize, usize), to: (usize, usize)) -> Vec<u8> {
    if from == to {
        return plane.to_vec();
    }
    let mut shrunk = Vec::with_capacity(to.0 * to.1);
    for y in 0..to.1 {
        let rows = y * from.1 / to.1..((y + 1) * from.1 / to.1).max(y * from.1 / to.1 + 1);
        for x in 0..to.0 {
            let columns = x * from.0 / to.0..((x + 1) * from.0 / to.0).max(x * from.0 / to.0 + 1);
            let count = (rows.len() * columns.len()) as u32;
            let row_sum = |row: usize| {
                plane[row * from.0..][columns.clone()].iter().map(|pixel| u32::from(*pixel)).sum::<u32>()
            };
            let sum: u32 = rows.clone().map(row_sum).sum();
            shrunk.push((sum / count) as u8);
        }
    }
    shrunk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Stamp;

    const ARRIVED: Stamp = Stamp { utc_ms: 0, mono_ms: 0, offset_min: 0 };

    fn read(width: u32, height: u32, pixels: Pixels) -> Result<I420, BadPicture> {
        I420::read(&Picture { arrived: ARRIVED, width, height, pixels })
    }

    #[test]
    fn every_form_of_one_grey_gives_the_same_picture() {
        let (width, height) = (64, 48);
        let luma = 64 * 48;
        let yuyv = read(width, height, Pixels::Yuyv([100, 120, 100, 140].repeat(luma / 2))).unwrap();
        let chroma = [vec![120; luma / 4], vec![140; luma / 4]].concat();
        let i420 = read(width, height, Pixels::I420([vec![100; luma], chroma].concat())).unwrap();
        let interleaved = [120, 140].repeat(luma / 4);
        let nv12 = read(width, height, Pixels::Nv12([vec![100; luma], interleaved].concat())).unwrap();
        assert_eq!(yuyv, i420);
        assert_eq!(nv12, i420);
        let preview = i420.preview(32).unwrap();
        assert_eq!((preview.width, preview.height, preview.rgb.len()), (32, 24, 32 * 24 * 3));
        assert!(preview.rgb.chunks_exact(3).all(|pixel| pixel == &preview.rgb[..3]));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(read(64, 48, Pixels::Yuyv(vec![0; 7])), Err(BadPicture::Length(7)));
        assert_eq!(read(8, 8, Pixels::I420(vec![0; 96])), Err(BadPicture::Size(8, 8)));
        assert_eq!(read(u32::MAX, u32::MAX, Pixels::Nv12(Vec::new())), Err(BadPicture::Length(0)));
        assert!(matches!(read(64, 48, Pixels::Jpeg(b"\xff\xd8\xff\xd9".to_vec())), Err(BadPicture::Jpeg(_))));
        assert!(matches!(read(64, 48, Pixels::Jpeg(vec![0; 100])), Err(BadPicture::Jpeg(_))));
    }
}
