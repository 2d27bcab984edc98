//! Drawing on one page: lines of text, rules, boxes, a QR code. Points, from the upper left corner down.

use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use unicode_bidi::{Level, ParagraphBidiInfo};

use super::fonts::{Drawn, Fonts};
use super::lines::Style;
use crate::forms::Align;
use crate::qr::Qr;

/// Thickness of the rules.
const RULE: f32 = 0.5;

pub(super) struct Canvas<'a> {
    fonts: &'a Fonts,
    surface: Surface<'a>,
}

/// A place on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

impl<'a> Canvas<'a> {
    pub fn new(fonts: &'a Fonts, surface: Surface<'a>) -> Self {
        Self { fonts, surface }
    }

    /// The lines one below the other from the area's upper edge.
    pub fn lines<'t>(
        &mut self,
        lines: impl IntoIterator<Item = &'t str>,
        area: Area,
        style: Style,
        align: Align,
    ) {
        for (at, line) in lines.into_iter().enumerate() {
            let feet = area.top + style.ascent() + at as f32 * style.leading();
            let free = match align {
                Align::Left => 0.0,
                Align::Centre => (area.width - self.width(line, style)) / 2.0,
                Align::Right => area.width - self.width(line, style),
            };
            self.line(line, Point::from_xy(area.left + free.max(0.0), feet), style);
        }
    }

    pub fn frame(&mut self, area: Area) {
        self.draw(area, None, Some(Stroke { width: RULE, ..Stroke::default() }));
    }

    /// Grey, as headings stand on.
    pub fn shade(&mut self, area: Area) {
        self.draw(area, Some(luma::Color::new(232)), None);
    }

    /// A horizontal rule at the area's upper edge.
    pub fn rule(&mut self, area: Area) {
        self.draw(Area { height: RULE, ..area }, Some(luma::Color::black()), None);
    }

    pub fn qr(&mut self, code: &Qr, area: Area) {
        let side = code.side();
        let module = area.width / side as f32;
        let mut dark = PathBuilder::new();
        for y in 0..side {
            let mut x = 0;
            while x < side {
                // A row's neighbours are one rectangle, so that no seam shows between them.
                let run = (x..side).take_while(|x| code.is_dark(*x, y)).count() as i32;
                if run > 0 {
                    let (left, top) = (area.left + x as f32 * module, area.top + y as f32 * module);
                    if let Some(rect) = Rect::from_xywh(left, top, run as f32 * module, module) {
                        dark.push_rect(rect);
                    }
                }
                x += run.max(1);
            }
        }
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill::default()));
        if let Some(path) = dark.finish() {
            self.surface.draw_path(&path);
        }
    }

    fn width(&self, line: &str, style: Style) -> f32 {
        line.chars().map(|character| self.fonts.advance(style.weight, character) * style.size).sum()
    }

    fn draw(&mut self, area: Area, fill: Option<luma::Color>, stroke: Option<Stroke>) {
        let Some(rect) = Rect::from_xywh(area.left, area.top, area.width, area.height) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        self.surface.set_fill(fill.map(|colour| Fill { paint: colour.into(), ..Fill::default() }));
        self.surface.set_stroke(stroke);
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    /// Right-to-left parts run their own way; each character is drawn with a font that has it.
    fn line(&mut self, line: &str, at: Point, style: Style) {
        // Of nothing there is no direction to be found.
        if line.is_empty() {
            return;
        }
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill::default()));
        let bidi = ParagraphBidiInfo::new(line, Some(Level::ltr()));
        let mut x = at.x;
        let (levels, runs) = bidi.visual_runs(0..line.len());
        for run in runs {
            let leftwards = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut pieces = self.pieces(line, run, style);
            if leftwards {
                pieces.reverse();
            }
            for (drawn, piece) in pieces {
                let begin = piece.start;
                let glyphs = self.fonts.shape(style.weight, drawn, &line[piece], begin, leftwards);
                let font = self.fonts.pdf(style.weight, drawn);
                self.surface.draw_glyphs(Point::from_xy(x, at.y), &glyphs, font, line, style.size, false);
                x += glyphs.iter().map(|glyph| glyph.x_advance * style.size).sum::<f32>();
            }
        }
    }

    /// The run in pieces that one font draws.
    fn pieces(
        &self,
        line: &str,
        run: std::ops::Range<usize>,
        style: Style,
    ) -> Vec<(Drawn, std::ops::Range<usize>)> {
        let mut pieces: Vec<(Drawn, std::ops::Range<usize>)> = Vec::new();
        for (at, character) in line[run.clone()].char_indices() {
            let at = run.start + at;
            let end = at + character.len_utf8();
            let drawn = self.fonts.drawn(style.weight, character);
            match pieces.last_mut() {
                // A space is drawn with what stands before it: words of one script stay together.
                Some((before, piece))
                    if *before == drawn || (character == ' ' && *before == Drawn::Fallback) =>
                {
                    piece.end = end;
                }
                _ => pieces.push((drawn, at..end)),
            }
        }
        pieces
    }
}
