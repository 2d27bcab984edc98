//! QR codes (ISO/IEC 18004) of what is carried over on paper: keys and acts.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code, without which readers don't find it.
const QUIET: i32 = 4;

/// A text as a QR code.
pub struct Qr(QrCode);

impl Qr {
    /// None: the text is longer than a code can be.
    pub fn of(text: &str) -> Option<Self> {
        let levels = [QrCodeEcc::Medium, QrCodeEcc::Low];
        levels.into_iter().find_map(|level| QrCode::encode_text(text, level).ok()).map(Self)
    }

    /// Modules a side, the quiet zone included.
    pub fn side(&self) -> i32 {
        self.0.size() + 2 * QUIET
    }

    /// Whether the module there is dark; `x` goes right, `y` down.
    pub fn is_dark(&self, x: i32, y: i32) -> bool {
        self.0.get_module(x - QUIET, y - QUIET)
    }

    /// A picture without a size of its own.
    pub fn svg(&self) -> String {
        let side = self.side();
        let mut path = String::new();
        for (x, y) in
            (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).filter(|(x, y)| self.is_dark(*x, *y))
        {
            // Writing into a `String` can't fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>\n"
        )
    }

    /// For a terminal with light letters on a dark ground: two modules a letter, one above the other.
    pub fn letters(&self) -> String {
        let side = self.side();
        let mut text = String::new();
        for y in (0..side).step_by(2) {
            for x in 0..side {
                let below = y + 1 < side && !self.is_dark(x, y + 1);
                text.push(match (!self.is_dark(x, y), below) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader makes of it, each module as `scale` × `scale` points.
    fn read(dark: &dyn Fn(usize, usize) -> bool, side: usize) -> String {
        const SCALE: usize = 4;
        let shade = |x: usize, y: usize| if dark(x / SCALE, y / SCALE) { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, shade);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_reader_reads_what_was_written() {
        for text in ["K7QD-2M9X", &"day 77-0101 код ".repeat(40)] {
            let qr = Qr::of(text).unwrap();
            let side = qr.side() as usize;
            assert_eq!(read(&|x, y| qr.is_dark(x as i32, y as i32), side), text);
            let letters: Vec<Vec<char>> = qr.letters().lines().map(|line| line.chars().collect()).collect();
            let dark = |x: usize, y: usize| match letters[y / 2][x] {
                '█' => false,
                '▀' => y % 2 == 1,
                '▄' => y.is_multiple_of(2),
                _ => true,
            };
            assert_eq!(read(&dark, side), text);
            assert_eq!(qr.svg().matches("h1v1h-1z").count(), {
                let all = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
                all.filter(|(x, y)| qr.is_dark(*x as i32, *y as i32)).count()
            });
        }
        assert!(Qr::of(&"x".repeat(3000)).is_none());
    }
}
