//! Whatever a camera gives, made a picture.

use yuv::{YuvPackedImage, yuyv422_to_yuv420};

use super::jpeg::JpegReader;
use super::{BadPicture, I420};
use crate::camera::{Picture, Pixels};

/// Reads one camera's pictures, and keeps what reading the next one needs again.
#[derive(Default)]
pub struct Reader {
    jpeg: JpegReader,
    spare: Option<I420>,
}

impl Reader {
    /// A JPEG's own size counts, not the one it came with.
    pub fn read(&mut self, picture: &Picture) -> Result<I420, BadPicture> {
        let (width, height) = (picture.width, picture.height);
        let pixels = u128::from(width) * u128::from(height);
        let holds = |bytes: &[u8], halves: u128| match bytes.len() as u128 * 2 == pixels * halves {
            true => Ok(()),
            false => Err(BadPicture::Length(bytes.len())),
        };
        let spare = self.spare.take();
        match &picture.pixels {
            Pixels::Jpeg(bytes) => self.jpeg.read(bytes, spare),
            Pixels::Yuyv(bytes) => holds(bytes, 4).and_then(|()| yuyv(width, height, bytes, spare)),
            Pixels::Nv12(bytes) => holds(bytes, 3).and_then(|()| nv12(width, height, bytes, spare)),
            Pixels::I420(bytes) => holds(bytes, 3).and_then(|()| i420(width, height, bytes, spare)),
        }
    }

    /// Takes a picture that is done with: the next one of its size is written over it, so that the system need
    /// not find and clear memory fifteen times a second.
    pub fn reuse(&mut self, picture: I420) {
        self.spare = Some(picture);
    }
}

fn yuyv(width: u32, height: u32, bytes: &[u8], spare: Option<I420>) -> Result<I420, BadPicture> {
    let mut picture = I420::over(spare, width, height)?;
    if !width.is_multiple_of(2) {
        return Err(BadPicture::Size(width, height));
    }
    let packed = YuvPackedImage { yuy: bytes, yuy_stride: width * 2, width, height: picture.height };
    yuyv422_to_yuv420(&mut picture.planar_mut(), &packed)
        .map_err(|error| BadPicture::Conversion(error.to_string()))?;
    Ok(picture)
}

fn nv12(width: u32, height: u32, bytes: &[u8], spare: Option<I420>) -> Result<I420, BadPicture> {
    let mut picture = even(width, height, spare)?;
    let (luma, chroma) = bytes.split_at((width * height) as usize);
    let (y, u, v) = picture.planes_mut();
    y.copy_from_slice(luma);
    for ((pair, u), v) in chroma.chunks_exact(2).zip(u).zip(v) {
        (*u, *v) = (pair[0], pair[1]);
    }
    Ok(picture)
}

fn i420(width: u32, height: u32, bytes: &[u8], spare: Option<I420>) -> Result<I420, BadPicture> {
    let mut picture = even(width, height, spare)?;
    picture.bytes.copy_from_slice(bytes);
    Ok(picture)
}

/// A picture of exactly this size, whatever it shows.
fn even(width: u32, height: u32, spare: Option<I420>) -> Result<I420, BadPicture> {
    let picture = I420::over(spare, width, height)?;
    match (picture.width, picture.height) == (width, height) {
        true => Ok(picture),
        false => Err(BadPicture::Size(width, height)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Stamp;

    const ARRIVED: Stamp = Stamp { utc_ms: 0, mono_ms: 0, offset_min: 0 };

    fn read(width: u32, height: u32, pixels: Pixels) -> Result<I420, BadPicture> {
        Reader::default().read(&Picture { arrived: ARRIVED, width, height, pixels })
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
    fn nothing_shows_of_the_picture_that_was_written_over() {
        let (width, height) = (64, 48);
        let luma = 64 * 48;
        let forms = [
            Pixels::Yuyv([100, 120, 100, 140].repeat(luma / 2)),
            Pixels::Nv12([vec![100; luma], [120, 140].repeat(luma / 4)].concat()),
            Pixels::I420([vec![100; luma], vec![120; luma / 2]].concat()),
            Pixels::Jpeg(jpeg(64, 48)),
            Pixels::Jpeg(jpeg(65, 49)),
        ];
        for pixels in forms {
            let picture = Picture { arrived: ARRIVED, width, height, pixels };
            let fresh = Reader::default().read(&picture).unwrap();
            for side in [48, 64] {
                let mut reader = Reader::default();
                let mut white = I420::black(64, side).unwrap();
                white.bytes.fill(255);
                reader.reuse(white);
                assert_eq!(reader.read(&picture).as_ref(), Ok(&fresh));
            }
        }
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        let grey = vec![90; usize::from(width) * usize::from(height) * 3];
        encoder.encode(&grey, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
        bytes
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
