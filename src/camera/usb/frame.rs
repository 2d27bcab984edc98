//! From a driver's buffer to a picture's bytes.
//!
//! nokhwa hands out the whole buffer, of which the driver used only a part: what follows the
//! picture is left over from earlier ones. It also keeps to itself that the driver flagged a buffer as
//! faulty. A JPEG that is not whole is seen by its bytes; a raw picture is recorded as it came.

use crate::camera::Pixels;
use crate::camera::usb::format::{Offer, PixelFormat};

/// The picture in `buffer`; `None` for a buffer that holds no whole one.
pub fn pixels(buffer: &[u8], offer: &Offer) -> Option<Pixels> {
    let area = usize::try_from(u64::from(offer.width) * u64::from(offer.height)).ok()?;
    match offer.pixels {
        PixelFormat::Mjpeg => jpeg(buffer).map(|jpeg| Pixels::Jpeg(jpeg.to_vec())),
        PixelFormat::Yuyv => buffer.get(..area * 2).map(|picture| Pixels::Yuyv(picture.to_vec())),
        PixelFormat::Nv12 => buffer.get(..area / 2 * 3).map(|picture| Pixels::Nv12(picture.to_vec())),
    }
}

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// The JPEG image that `buffer` begins with, from SOI to its own EOI (ITU-T T.81, B.1). An EOI
/// inside a segment, such as that of a thumbnail, does not end it.
fn jpeg(buffer: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    if marker(buffer, &mut at)? != SOI {
        return None;
    }
    loop {
        match marker(buffer, &mut at)? {
            EOI => return buffer.get(..at),
            SOI => return None,
            kind => {
                let length = [*buffer.get(at)?, *buffer.get(at + 1)?];
                // The length counts its own two bytes.
                at += usize::from(u16::from_be_bytes(length).max(2));
                if kind == SOS {
                    at = scan_end(buffer, at)?;
                }
            }
        }
    }
}

/// The marker at `at`, which moves behind it; fill bytes before it are allowed.
fn marker(buffer: &[u8], at: &mut usize) -> Option<u8> {
    if *buffer.get(*at)? != 0xFF {
        return None;
    }
    while *buffer.get(*at)? == 0xFF {
        *at += 1;
    }
    let marker = *buffer.get(*at)?;
    *at += 1;
    Some(marker)
}

/// Where the entropy-coded data from `start` end: at the first marker that is neither a stuffed
/// zero nor a restart.
fn scan_end(buffer: &[u8], start: usize) -> Option<usize> {
    let data = buffer.get(start..)?;
    let end =
        data.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF))?;
    Some(start + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// SOI, an application segment that itself holds an EOI, a scan with stuffing and a restart, EOI.
    const JPEG: &[u8] = &[
        0xFF, 0xD8, 0xFF, 0xE0, 0, 6, 0xFF, 0xD9, 1, 2, 0xFF, 0xDA, 0, 3, 9, 0x11, 0xFF, 0, 0xFF, 0xD3, 0x22,
        0xFF, 0xFF, 0xD9,
    ];

    #[test]
    fn what_is_left_over_behind_the_picture_is_cut_off() {
        let buffer = [JPEG, &[0x33, 0xFF, 0xD9, 0, 0]].concat();
        assert_eq!(jpeg(&buffer), Some(JPEG));
    }

    #[test]
    fn a_buffer_without_a_whole_picture_is_none() {
        for cut in 0..JPEG.len() {
            assert_eq!(jpeg(&JPEG[..cut]), None, "cut at {cut}");
        }
        assert_eq!(jpeg(&[0; 64]), None);
        let yuyv = Offer { pixels: PixelFormat::Yuyv, width: 4, height: 2, frames_per_second: 5 };
        assert!(pixels(&[0; 15], &yuyv).is_none());
        assert!(matches!(pixels(&[0; 4096], &yuyv), Some(Pixels::Yuyv(bytes)) if bytes.len() == 16));
        let nv12 = Offer { pixels: PixelFormat::Nv12, ..yuyv };
        assert!(matches!(pixels(&[0; 4096], &nv12), Some(Pixels::Nv12(bytes)) if bytes.len() == 12));
    }

    proptest! {
        #[test]
        fn no_buffer_makes_it_panic(tail in proptest::collection::vec(prop_oneof![Just(0xFF), any::<u8>()], 0..200)) {
            let mut buffer = JPEG[..12].to_vec();
            buffer.extend(tail);
            if let Some(found) = jpeg(&buffer) {
                prop_assert!(found.ends_with(&[0xFF, EOI]));
            }
        }
    }
}
