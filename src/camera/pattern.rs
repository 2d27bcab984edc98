//! `pattern:<name>`: a moving picture with a frame counter, for rehearsals and tests. If sound is
//! asked for it hums, and flashes and clicks at the same moment once a second.

use std::sync::Arc;
use std::time::Duration;

use super::pace::Pace;
use super::sound::{Pcm, Sound, SoundKind, SoundTime, TIME_TICKS, tone};
use super::{CameraError, Capture, Captured, Picture, Pixels, Wanted};
use crate::clock::{Clock, Stamp};

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
    let sound = wanted.sound.then_some(Sound::Begins(SoundKind::Pcm { rate: tone::RATE }));
    Ok(Box::new(Pattern { name: name.to_owned(), wanted: *wanted, pace, frame: 0, sound }))
}

struct Pattern {
    name: String,
    wanted: Wanted,
    pace: Pace,
    /// Number of the next picture.
    frame: u64,
    /// What is heard before it.
    sound: Option<Sound>,
}

impl Pattern {
    /// What is heard while a picture is shown.
    fn tone(&self, arrived: Stamp) -> Sound {
        let sample = |frame: u64| frame * u64::from(tone::RATE) / u64::from(self.wanted.frames_per_second);
        let samples = tone::samples(sample(self.frame), sample(self.frame + 1));
        let at = SoundTime::Mono((arrived.mono_ms as i64).saturating_mul(TIME_TICKS / 1000));
        Sound::Pcm(Pcm { arrived, at, rate: tone::RATE, samples })
    }
}

impl Capture for Pattern {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        if let Some(sound) = self.sound.take() {
            return Ok(Some(Captured::Sound(sound)));
        }
        if !self.pace.wait(timeout) {
            return Ok(None);
        }
        let (width, height) = (self.wanted.width, self.wanted.height);
        let mut i420 = draw(&self.name, width, height, self.frame);
        let arrived = self.pace.clock().now();
        if self.wanted.sound {
            let flashes = self.frame.is_multiple_of(self.wanted.frames_per_second.into());
            fill(&mut i420, width as usize, flash_area(width, height), if flashes { WHITE } else { BLACK });
            self.sound = Some(self.tone(arrived));
        }
        self.frame += 1;
        let pixels = Pixels::I420(i420);
        Ok(Some(Captured::Picture(Picture { arrived, width, height, pixels })))
    }

    fn detail(&self) -> String {
        let Wanted { width, height, frames_per_second, sound } = self.wanted;
        let sound = if sound { ", test tone" } else { "" };
        format!("pattern {width}x{height} {frames_per_second}/s{sound}")
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

/// Left, top, width and height of what flashes: the middle of the left edge.
fn flash_area(width: u32, height: u32) -> [usize; 4] {
    let (w, h) = (width as usize, height as usize);
    [0, h / 2, w / 8, h / 8]
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
        let wanted = Wanted { width: 640, height: 480, frames_per_second: 15, sound: false };
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
