//! Pictures as the encoder takes them, made of whatever a camera gives.

mod jpeg;
mod read;

use openh264::formats::YUVSource;
use yuv::{BufferStoreMut, YuvPlanarImage, YuvPlanarImageMut, YuvRange, YuvStandardMatrix, yuv420_to_rgb};

pub use read::Reader;

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

    /// A picture to be written over: the spare one if it has this size, else a black one.
    fn over(spare: Option<Self>, width: u32, height: u32) -> Result<Self, BadPicture> {
        match spare.filter(|spare| (spare.width, spare.height) == (width & !1, height & !1)) {
            Some(spare) => Ok(spare),
            None => Self::black(width, height),
        }
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
