//! `pattern:<name>`: a moving picture with a frame counter, for rehearsals and tests.

use std::sync::Arc;
use std::time::Duration;

use super::pace::Pace;
use super::{CameraError, Capture, Captured, Picture, Pixels, Wanted};
use crate::clock::Clock;

/// Bits of the counter that the row of blocks at the bottom shows, the highest first, behind one
/// white and one black block.
const COUNTER_BITS: u32 = 24;
const BLOCKS: u32 = COUNTER_BITS + 2;
/// Luma of the blocks; far enough apart to survive any bitrate.
const BLACK: u8 = 30;
const WHITE: u8 = 220;

/// Opens a pattern. The name only colours it. It keeps the rate without drift and leaves out no number.
pub fn open(name: &str, wanted: &Wanted, clock: Arc<dyn Clock>) -> Result<Box<dyn Capture>, CameraError> {
    if wanted.width < 64 || wanted.height < 48 || wanted.frames_per_second == 0 {
        return Err(CameraError::NoFormat(format!("{}x{}", wanted.width, wanted.height)));
    }
    let pace = Pace::start(clock, wanted.frames_per_second);
    Ok(Box::new(Pattern { name: name.to_owned(), wanted: *wanted, pace, frame: 0 }))
}

struct Pattern {
    name: String,
    wanted: Wanted,
    pace: Pace,
    /// Number of the next picture.
    frame: u64,
}

impl Capture for Pattern {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        if !self.pace.wait(timeout) {
            return Ok(None);
        }
        let (width, height) = (self.wanted.width, self.wanted.height);
        let pixels = Pixels::I420(draw(&self.name, width, height, self.frame));
        self.frame += 1;
        Ok(Some(Captured::Picture(Picture { arrived: self.pace.clock().now(), width, height, pixels })))
    }

    fn detail(&self) -> String {
        let Wanted { width, height, frames_per_second } = self.wanted;
        format!("pattern {width}x{height} {frames_per_second}/s")
    }
}

fn draw(name: &str, width: u32, height: u32, frame: u64) -> Vec<u8> {
    let (w, h) = (width as usize, height as usize);
    let mut i420 = vec![0; w * h + 2 * w.div_ceil(2) * h.div_ceil(2)];
    let (luma, chroma) = i420.split_at_mut(w * h);
    // A slow slope and a bar that crosses the picture every four seconds at 15 pictures a second.
    let bar = (frame as usize * w / 60) % w;
    for (y, row) in luma.chunks_exact_mut(w).enumerate() {
        let slope = 60 + y * 70 / h;
        for (x, pixel) in row.iter_mut().enumerate() {
            *pixel = if x.abs_diff(bar) < w / 40 { 200 } else { (slope + x * 40 / w) as u8 };
        }
    }
    let tint = name.bytes().fold(7u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    let (u, v) = chroma.split_at_mut(chroma.len() / 2);
    u.fill(112 + tint % 32);
    v.fill(112 + (tint / 32) % 8 * 4);
    let counter = (frame % (1 << COUNTER_BITS)) as u32;
    for block in 0..BLOCKS {
        let white = match block {
            0 => true,
            1 => false,
            _ => counter >> (BLOCKS - 1 - block) & 1 == 1,
        };
        fill(luma, w, block_area(w, h, block), if white { WHITE } else { BLACK });
    }
    draw_number(luma, w, h, counter);
    i420
}

/// Left, top, width and height of a counter block.
fn block_area(w: usize, h: usize, block: u32) -> [usize; 4] {
    let side = w / BLOCKS as usize;
    [block as usize * side, h - side.min(h / 4), side, side.min(h / 4)]
}

fn fill(luma: &mut [u8], w: usize, [left, top, width, height]: [usize; 4], value: u8) {
    for row in luma.chunks_exact_mut(w).skip(top).take(height) {
        row[left..left + width].fill(value);
    }
}

/// Digits of 3 by 5 dots, a row of dots in each octal digit.
const DIGITS: [u16; 10] =
    [0o75557, 0o26227, 0o71747, 0o71717, 0o55711, 0o74717, 0o74757, 0o71111, 0o75757, 0o75717];

fn draw_number(luma: &mut [u8], w: usize, h: usize, number: u32) {
    let dot = (h / 48).max(1);
    let text = format!("{number:08}");
    let left = (w - text.len() * 4 * dot) / 2;
    for (place, digit) in text.bytes().enumerate() {
        let dots = DIGITS[usize::from(digit - b'0')];
        for row in 0..5 {
            for column in 0..3 {
                let lit = dots >> ((4 - row) * 3 + 2 - column) & 1 == 1;
                let area = [left + (place * 4 + column) * dot, h / 2 + row * dot, dot, dot];
                fill(luma, w, area, if lit { WHITE } else { BLACK });
            }
        }
    }
}

/// The counter that a picture of this source shows; none if it is no such picture. `luma` has
/// `width * height` bytes.
pub fn read_counter(luma: &[u8], width: u32, height: u32) -> Option<u32> {
    let (w, h) = (width as usize, height as usize);
    let bit = |block: u32| -> Option<bool> {
        let [left, top, width, height] = block_area(w, h, block);
        let middle = *luma.get((top + height / 2) * w + left + width / 2)?;
        // Anything between is no block.
        match middle {
            0..=90 => Some(false),
            160..=255 => Some(true),
            _ => None,
        }
    };
    if bit(0)? && !bit(1)? {
        (2..BLOCKS).try_fold(0, |counter, block| Some(counter << 1 | u32::from(bit(block)?)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SimulatedClock;

    #[test]
    fn pictures_come_at_the_asked_rate_and_count() {
        let clock = Arc::new(SimulatedClock::new(0, 0));
        let wanted = Wanted { width: 640, height: 480, frames_per_second: 15 };
        let mut pattern = open("corridor", &wanted, clock.clone()).unwrap();
        for n in 0..150u32 {
            let Ok(Some(Captured::Picture(picture))) = pattern.next(Duration::from_secs(1)) else {
                unreachable!()
            };
            let Pixels::I420(pixels) = &picture.pixels else { unreachable!() };
            assert_eq!(pixels.len(), 640 * 480 * 3 / 2);
            assert_eq!(read_counter(&pixels[..640 * 480], 640, 480), Some(n));
        }
        assert_eq!(clock.now().mono_ms, 149 * 1_000 / 15);
        assert!(pattern.next(Duration::from_millis(1)).unwrap().is_none());
    }
}
