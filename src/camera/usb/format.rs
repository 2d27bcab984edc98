//! Which of the formats that a camera offers to ask it for.

use std::fmt;

use serde::Serialize;

use crate::camera::Wanted;

/// How a camera codes its pictures. Others (raw RGB, H.264, greyscale) are not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PixelFormat {
    /// JPEG pictures: the least USB traffic.
    Mjpeg,
    /// 4:2:2, two bytes a pixel.
    Yuyv,
    /// 4:2:0, twelve bits a pixel.
    Nv12,
}

/// One way in which a camera can deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    pub pixels: PixelFormat,
    pub width: u32,
    pub height: u32,
    pub frames_per_second: u32,
}

impl PixelFormat {
    fn rank(self) -> u8 {
        match self {
            Self::Mjpeg => 0,
            Self::Yuyv => 1,
            Self::Nv12 => 2,
        }
    }
}

impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pixels = match self.pixels {
            PixelFormat::Mjpeg => "MJPEG",
            PixelFormat::Yuyv => "YUYV",
            PixelFormat::Nv12 => "NV12",
        };
        write!(f, "{pixels} {}x{} {}/s", self.width, self.height, self.frames_per_second)
    }
}

/// Orders `offers`, the best for `wanted` first: large enough, then fast enough, then the nearest
/// size, the smallest lack of speed, the format that costs least, the rate that exceeds least (frames in
/// excess are dropped).
pub fn by_preference(offers: &mut [Offer], wanted: &Wanted) {
    let wanted_area = u64::from(wanted.width) * u64::from(wanted.height);
    offers.sort_by_key(|offer| {
        let too_small = offer.width < wanted.width || offer.height < wanted.height;
        let too_slow = offer.frames_per_second < wanted.frames_per_second;
        let area = u64::from(offer.width) * u64::from(offer.height);
        (
            too_small,
            too_slow,
            area.abs_diff(wanted_area),
            wanted.frames_per_second.saturating_sub(offer.frames_per_second),
            offer.pixels.rank(),
            offer.frames_per_second,
        )
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const VGA15: Wanted = Wanted { width: 640, height: 480, frames_per_second: 15, sound: false };

    fn offer(pixels: PixelFormat, width: u32, height: u32, frames_per_second: u32) -> Offer {
        Offer { pixels, width, height, frames_per_second }
    }

    fn best(offers: &[Offer]) -> String {
        let mut offers = offers.to_vec();
        by_preference(&mut offers, &VGA15);
        offers[0].to_string()
    }

    #[test]
    fn the_wanted_size_and_rate_win_over_more() {
        use PixelFormat::*;
        let offers = [
            offer(Mjpeg, 1920, 1080, 30),
            offer(Mjpeg, 640, 480, 30),
            offer(Yuyv, 640, 480, 15),
            offer(Mjpeg, 640, 480, 15),
            offer(Mjpeg, 320, 240, 15),
        ];
        assert_eq!(best(&offers), "MJPEG 640x480 15/s");
    }

    #[test]
    fn a_fast_enough_larger_picture_wins_over_a_slow_one_of_the_size() {
        use PixelFormat::*;
        assert_eq!(best(&[offer(Yuyv, 640, 480, 5), offer(Nv12, 1280, 720, 30)]), "NV12 1280x720 30/s");
    }

    #[test]
    fn a_camera_that_offers_less_gives_the_most_it_can() {
        use PixelFormat::*;
        let offers = [offer(Yuyv, 160, 120, 30), offer(Yuyv, 320, 240, 10), offer(Yuyv, 320, 240, 5)];
        assert_eq!(best(&offers[1..]), "YUYV 320x240 10/s");
        assert_eq!(best(&offers), "YUYV 160x120 30/s");
    }
}
