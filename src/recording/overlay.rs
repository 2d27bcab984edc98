//! Region, point, room and time, burnt into every picture.

use ab_glyph::{Font, FontRef, ScaleFont, point};
use chrono::{DateTime, FixedOffset};
use openh264::formats::YUVSource;

use super::picture::I420;

/// What stands in the picture besides the time; an empty text is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayLabel {
    pub region: String,
    pub point: String,
    pub room: String,
    /// The point's offset from UTC in minutes, east positive.
    pub offset_min: i32,
}

/// Draws a label and the time into pictures of any size.
pub struct Overlay {
    label: OverlayLabel,
    /// For pictures of this width and height.
    glyphs: Option<((u32, u32), Glyphs)>,
}

/// Rasterised characters, all in cells of one size.
struct Glyphs {
    cell: (usize, usize),
    /// Coverage from 0 to 255, row by row.
    cells: Vec<(char, Vec<u8>)>,
}

static FONT: &[u8] = include_bytes!("../../assets/fonts/DejaVuSansMono.ttf");
/// Luma of the text: white in limited range.
const WHITE: u32 = 235;
/// The box keeps this part of the picture's brightness.
const DIMMED_TO: u32 = 5;
/// Space around the text, in pixels.
const MARGIN: usize = 4;

impl Overlay {
    pub fn new(label: OverlayLabel) -> Self {
        Self { label, glyphs: None }
    }

    /// Draws the label and `utc_ms` as the point's local time into the upper left corner.
    pub fn draw(&mut self, picture: &mut I420, utc_ms: i64) {
        let text = self.text(utc_ms);
        let size = (picture.width(), picture.height());
        let glyphs = match self.glyphs.take() {
            Some((known, glyphs)) if known == size && text.chars().all(|c| glyphs.has(c)) => glyphs,
            _ => Glyphs::rasterise(&text, size),
        };
        glyphs.draw(&text, picture);
        self.glyphs = Some((size, glyphs));
    }

    /// `77 · 0101 · 0003 · 29.05.2026 08:15:30`
    fn text(&self, utc_ms: i64) -> String {
        let OverlayLabel { region, point, room, offset_min } = &self.label;
        let zone = FixedOffset::east_opt(offset_min.saturating_mul(60));
        let time = DateTime::from_timestamp_millis(utc_ms).unwrap_or_default();
        let time = match zone {
            Some(zone) => time.with_timezone(&zone).format("%d.%m.%Y %H:%M:%S"),
            None => time.format("%d.%m.%Y %H:%M:%S"),
        };
        let time = time.to_string();
        let parts = [region, point, room, &time];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
    }
}

impl Glyphs {
    /// The digits and whatever else stands in `text`, as large as a twentieth of the picture's height
    /// if the text then fits.
    fn rasterise(text: &str, (width, height): (u32, u32)) -> Self {
        let font = FontRef::try_from_slice(FONT).expect("the font within the program is whole");
        let advance_of_one = font.as_scaled(100.0).h_advance(font.glyph_id('0')) / 100.0;
        let room = width.saturating_sub(4 * MARGIN as u32) as f32;
        let fitting = room / (advance_of_one * text.chars().count() as f32);
        let scale = (height as f32 / 20.0).min(fitting).max(8.0);
        let scaled = font.as_scaled(scale);
        let cell = ((advance_of_one * scale).ceil() as usize, scaled.height().ceil() as usize);
        let mut characters: Vec<char> = text.chars().chain('0'..='9').collect();
        characters.sort_unstable();
        characters.dedup();
        let cells = characters.into_iter().map(|character| {
            let glyph = font.glyph_id(character).with_scale_and_position(scale, point(0.0, scaled.ascent()));
            let mut coverage = vec![0; cell.0 * cell.1];
            if let Some(outline) = font.outline_glyph(glyph) {
                let bounds = outline.px_bounds();
                outline.draw(|x, y, part| {
                    let x = bounds.min.x as i64 + i64::from(x);
                    let y = bounds.min.y as i64 + i64::from(y);
                    let inside = (0..cell.0 as i64).contains(&x) && (0..cell.1 as i64).contains(&y);
                    if inside {
                        coverage[y as usize * cell.0 + x as usize] = (part.clamp(0.0, 1.0) * 255.0) as u8;
                    }
                });
            }
            (character, coverage)
        });
        Self { cell, cells: cells.collect() }
    }

    fn has(&self, character: char) -> bool {
        self.of(character).is_some()
    }

    fn of(&self, character: char) -> Option<&[u8]> {
        let at = self.cells.binary_search_by_key(&character, |(known, _)| *known).ok()?;
        self.cells.get(at).map(|(_, coverage)| coverage.as_slice())
    }

    fn draw(&self, text: &str, picture: &mut I420) {
        let (width, height) = picture.dimensions();
        let box_width = (text.chars().count() * self.cell.0 + 2 * MARGIN).next_multiple_of(2).min(width);
        let box_height = (self.cell.1 + 2 * MARGIN).next_multiple_of(2).min(height);
        let (y, u, v) = picture.planes_mut();
        for row in y.chunks_exact_mut(width).take(box_height) {
            row[..box_width]
                .iter_mut()
                .for_each(|luma| *luma = 16 + luma.saturating_sub(16) / DIMMED_TO as u8);
        }
        for plane in [u, v] {
            for row in plane.chunks_exact_mut(width / 2).take(box_height / 2) {
                row[..box_width / 2].fill(128);
            }
        }
        for (place, character) in text.chars().enumerate() {
            let Some(coverage) = self.of(character) else { continue };
            let left = MARGIN + place * self.cell.0;
            let rows = y.chunks_exact_mut(width).skip(MARGIN);
            for (row, coverage) in rows.zip(coverage.chunks_exact(self.cell.0)) {
                let pixels = row.get_mut(left..).unwrap_or_default();
                for (luma, part) in pixels.iter_mut().zip(coverage) {
                    let part = u32::from(*part);
                    *luma = ((u32::from(*luma) * (255 - part) + WHITE * part) / 255) as u8;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay() -> Overlay {
        Overlay::new(OverlayLabel {
            region: "77".into(),
            point: "0101".into(),
            room: "0003".into(),
            offset_min: 180,
        })
    }

    #[test]
    fn the_text_is_in_the_points_own_time() {
        assert_eq!(overlay().text(1_780_031_730_999), "77 · 0101 · 0003 · 29.05.2026 08:15:30");
    }

    #[test]
    fn it_is_readable_on_white_and_on_black_and_changes_with_the_second() {
        for background in [16, 235] {
            let draw = |utc_ms| {
                let mut picture = I420::black(640, 480).unwrap();
                picture.planes_mut().0.fill(background);
                overlay().draw(&mut picture, utc_ms);
                picture
            };
            let picture = draw(1_780_031_730_000);
            let corner: Vec<u8> =
                picture.y().chunks_exact(640).take(30).flat_map(|row| &row[..300]).copied().collect();
            assert!(corner.iter().filter(|luma| **luma > 200).count() > 500, "letters");
            assert!(corner.iter().filter(|luma| **luma < 80).count() > 3_000, "box");
            assert_eq!(picture.y()[640 * 470], background);
            assert_ne!(picture, draw(1_780_031_731_000));
        }
    }

    #[test]
    fn small_and_changing_pictures_hold_it_too() {
        let mut overlay = overlay();
        for (width, height) in [(16, 16), (320, 240), (1920, 1080), (320, 240)] {
            overlay.draw(&mut I420::black(width, height).unwrap(), 0);
        }
    }
}
