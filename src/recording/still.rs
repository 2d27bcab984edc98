//! Stills: a picture as a JPEG that anybody can open, and back.

use jpeg_encoder::{ColorType, Encoder};

use super::picture::{BadPicture, I420, Reader};
use crate::camera::health::Look;
use crate::camera::{Picture, Pixels};
use crate::clock::Stamp;

/// A still is no wider than this.
const MOST_WIDTH: u32 = 1280;
const QUALITY: u8 = 80;

/// The picture as a JPEG.
pub fn jpeg(picture: &I420) -> Result<Vec<u8>, BadPicture> {
    let small = picture.preview(MOST_WIDTH)?;
    let mut bytes = Vec::new();
    let side = |side: u32| u16::try_from(side).map_err(|_| BadPicture::Size(small.width, small.height));
    Encoder::new(&mut bytes, QUALITY)
        .encode(&small.rgb, side(small.width)?, side(small.height)?, ColorType::Rgb)
        .map_err(|error| BadPicture::Conversion(error.to_string()))?;
    Ok(bytes)
}

/// Reads a still, or whatever claims to be one.
pub fn read(jpeg: Vec<u8>) -> Result<I420, BadPicture> {
    // A JPEG says its own size, and needs no time.
    let arrived = Stamp { utc_ms: 0, mono_ms: 0, offset_min: 0 };
    Reader::default().read(&Picture { arrived, width: 0, height: 0, pixels: Pixels::Jpeg(jpeg) })
}

/// A look at it; None if it is too small to be looked at.
pub fn look(picture: &I420) -> Option<Look> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    Look::at(picture.luma(), width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_shows_the_picture_and_what_is_none_is_refused() {
        let mut picture = I420::black(2560, 1440).unwrap();
        picture.planes_mut().0.chunks_exact_mut(2560).for_each(|row| row[..1280].fill(200));
        let bytes = jpeg(&picture).unwrap();
        assert!(bytes.len() < 60_000, "{}", bytes.len());
        let read_back = read(bytes.clone()).unwrap();
        assert_eq!((read_back.width(), read_back.height()), (1280, 720));
        let (luma, row) = (read_back.luma(), 360 * 1280);
        assert!(luma[row + 300].abs_diff(200) < 4 && luma[row + 900].abs_diff(16) < 4);
        assert!(read(bytes[..40].to_vec()).is_err());
        assert!(read(Vec::new()).is_err());
    }
}
