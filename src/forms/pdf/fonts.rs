//! The fonts of printed forms: PT Sans, and DejaVu Sans for what it lacks.

use ab_glyph::Font as _;
use harfrust::{Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::forms::FormError;

static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/PTSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../assets/fonts/PTSans-Bold.ttf");
static FALLBACK: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans.ttf");

/// Drawn where no font has the character: DejaVu has this one.
const BOX: char = '\u{25a1}';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// One font in the three shapes that its users want.
struct Face {
    pdf: Font,
    metrics: ab_glyph::FontRef<'static>,
    shaped: harfrust::FontRef<'static>,
    shaper: ShaperData,
    units_per_em: f32,
}

pub(super) struct Fonts {
    regular: Face,
    bold: Face,
    fallback: Face,
}

/// Which of the fonts a character is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    Own,
    Fallback,
    /// As a box, in the fallback font.
    Box,
}

impl Fonts {
    pub fn load() -> Result<Self, FormError> {
        Ok(Self { regular: Face::load(REGULAR)?, bold: Face::load(BOLD)?, fallback: Face::load(FALLBACK)? })
    }

    /// How the character can be drawn.
    pub fn drawn(&self, weight: Weight, character: char) -> Drawn {
        if self.own(weight).has(character) {
            Drawn::Own
        } else if self.fallback.has(character) {
            Drawn::Fallback
        } else {
            Drawn::Box
        }
    }

    /// Width of the character alone, in shares of the font's size.
    pub fn advance(&self, weight: Weight, character: char) -> f32 {
        match self.drawn(weight, character) {
            Drawn::Own => self.own(weight).advance(character),
            Drawn::Fallback => self.fallback.advance(character),
            Drawn::Box => self.fallback.advance(BOX),
        }
    }

    pub fn pdf(&self, weight: Weight, drawn: Drawn) -> Font {
        self.face(weight, drawn).pdf.clone()
    }

    /// The glyphs of `run`, which are all drawn so and run one way, in the order they are seen.
    /// `at` is where the run begins in the text that is drawn.
    pub fn shape(
        &self,
        weight: Weight,
        drawn: Drawn,
        run: &str,
        at: usize,
        leftwards: bool,
    ) -> Vec<KrillaGlyph> {
        let face = self.face(weight, drawn);
        if drawn == Drawn::Box {
            let box_glyph = GlyphId::new(u32::from(face.metrics.glyph_id(BOX).0));
            let width = face.advance(BOX);
            let place = |(from, character): (usize, char)| at + from..at + from + character.len_utf8();
            let glyph = |range| KrillaGlyph::new(box_glyph, width, 0.0, 0.0, 0.0, range, None);
            return run.char_indices().map(place).map(glyph).collect();
        }
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        let direction = if leftwards { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        buffer.guess_segment_properties();
        let shaped = face.shaper.shaper(&face.shaped).build().shape(buffer, ShapeOptions::new());
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        // A cluster ends where the next one of the text begins.
        let mut begins: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        begins.sort_unstable();
        begins.dedup();
        let end = |from: usize| {
            let next = begins.partition_point(|begin| *begin <= from);
            begins.get(next).copied().unwrap_or(run.len())
        };
        let scaled = |units: i32| units as f32 / face.units_per_em;
        infos
            .iter()
            .zip(positions)
            .map(|(info, position)| {
                let from = info.cluster as usize;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    scaled(position.x_advance),
                    scaled(position.x_offset),
                    scaled(position.y_offset),
                    scaled(position.y_advance),
                    at + from..at + end(from),
                    None,
                )
            })
            .collect()
    }

    fn own(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    fn face(&self, weight: Weight, drawn: Drawn) -> &Face {
        match drawn {
            Drawn::Own => self.own(weight),
            Drawn::Fallback | Drawn::Box => &self.fallback,
        }
    }
}

impl Face {
    fn load(file: &'static [u8]) -> Result<Self, FormError> {
        let unusable = || FormError::Pdf("a font can't be used".to_owned());
        let shaped = harfrust::FontRef::new(file).map_err(|_| unusable())?;
        let metrics = ab_glyph::FontRef::try_from_slice(file).map_err(|_| unusable())?;
        let units_per_em = metrics.units_per_em().filter(|units| *units > 0.0).ok_or_else(unusable)?;
        Ok(Self {
            pdf: Font::new(file.into(), 0).ok_or_else(unusable)?,
            shaper: ShaperData::new(&shaped),
            metrics,
            shaped,
            units_per_em,
        })
    }

    fn has(&self, character: char) -> bool {
        self.metrics.glyph_id(character).0 != 0
    }

    fn advance(&self, character: char) -> f32 {
        self.metrics.h_advance_unscaled(self.metrics.glyph_id(character)) / self.units_per_em
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_drawn_somehow_and_none_as_what_is_not_there() {
        let fonts = Fonts::load().unwrap();
        let cases = [('Ж', Drawn::Own), ('№', Drawn::Own), ('א', Drawn::Fallback), ('🎓', Drawn::Box)];
        for (character, drawn) in cases {
            assert_eq!(fonts.drawn(Weight::Bold, character), drawn, "{character}");
            let glyphs = fonts.shape(Weight::Bold, drawn, &character.to_string(), 0, false);
            assert!(!glyphs.is_empty() && glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0));
        }
    }

    #[test]
    fn a_cluster_spans_its_characters_whichever_way_they_run() {
        let fonts = Fonts::load().unwrap();
        for (run, leftwards) in [("имя", false), ("שלום", true)] {
            let drawn = fonts.drawn(Weight::Regular, run.chars().next().unwrap());
            let mut spans: Vec<_> = fonts
                .shape(Weight::Regular, drawn, run, 0, leftwards)
                .into_iter()
                .map(|g| g.text_range)
                .collect();
            spans.sort_by_key(|span| span.start);
            assert_eq!(spans.first().map(|span| span.start), Some(0));
            assert_eq!(spans.last().map(|span| span.end), Some(run.len()));
            assert!(spans.windows(2).all(|two| two[0].end == two[1].start), "{spans:?}");
        }
    }
}
