//! Texts cut into lines of a width.

use std::ops::Range;

use super::fonts::{Fonts, Weight};

/// Font size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub size: f32,
    pub weight: Weight,
}

impl Style {
    /// From one line to the next.
    pub fn leading(self) -> f32 {
        self.size * 1.22
    }

    /// From a line's upper edge to the letters' feet.
    pub fn ascent(self) -> f32 {
        self.size * 0.95
    }
}

/// Makes of a text what can be printed: whoever reads the paper sees every character that could mislead
/// (marks that turn the direction of writing, for one) as a box.
pub(super) fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => clean.push('\n'),
            '\r' => {}
            '\t' | '\u{a0}' | '\u{2028}' | '\u{2029}' => clean.push(' '),
            // They choose among glyphs or join emoji, and mean nothing alone.
            '\u{fe00}'..='\u{fe0f}' | '\u{200d}' | '\u{200c}' | '\u{ad}' => {}
            '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
                clean.push('\u{25a1}');
            }
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => clean.push('\u{25a1}'),
            control if control.is_control() => clean.push('\u{25a1}'),
            other => clean.push(other),
        }
    }
    clean
}

/// The lines of `text`, each no wider than `width` points; a word that is wider is broken.
pub(super) fn wrap(fonts: &Fonts, text: &str, style: Style, width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut begin = 0;
    for piece in text.split('\n') {
        wrap_paragraph(fonts, piece, begin, style, width, &mut lines);
        begin += piece.len() + 1;
    }
    lines
}

fn wrap_paragraph(
    fonts: &Fonts,
    text: &str,
    begin: usize,
    style: Style,
    width: f32,
    lines: &mut Vec<Range<usize>>,
) {
    // Where the line begins, and how wide it is up to the place that is looked at.
    let (mut from, mut wide) = (0, 0.0_f32);
    // After which character it may end, and how wide it is up to there.
    let mut break_after: Option<(usize, f32)> = None;
    for (at, character) in text.char_indices() {
        let advance = fonts.advance(style.weight, character) * style.size;
        let next = at + character.len_utf8();
        // A space may hang over the edge.
        if wide + advance > width && character != ' ' && at > from {
            match break_after.take() {
                Some((after, used)) => {
                    lines.push(trimmed(text, from..after, begin));
                    (from, wide) = (after, wide - used);
                }
                None => {
                    lines.push(trimmed(text, from..at, begin));
                    (from, wide) = (at, 0.0);
                }
            }
            // What was left of the word may still be too wide by itself.
            if wide + advance > width && at > from {
                lines.push(trimmed(text, from..at, begin));
                (from, wide) = (at, 0.0);
            }
        }
        wide += advance;
        if matches!(character, ' ' | '-' | '/' | '–' | '—' | '_' | ',' | ';') && next - from > 1 {
            break_after = Some((next, wide));
        }
    }
    lines.push(trimmed(text, from..text.len(), begin));
}

/// Without the spaces at its end.
fn trimmed(text: &str, line: Range<usize>, begin: usize) -> Range<usize> {
    let end = line.start + text[line.clone()].trim_end_matches(' ').len();
    begin + line.start..begin + end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STYLE: Style = Style { size: 10.0, weight: Weight::Regular };

    fn wrapped<'a>(fonts: &Fonts, text: &'a str, width: f32) -> Vec<&'a str> {
        wrap(fonts, text, STYLE, width).into_iter().map(|line| &text[line]).collect()
    }

    fn width_of(fonts: &Fonts, line: &str) -> f32 {
        line.chars().map(|c| fonts.advance(STYLE.weight, c) * STYLE.size).sum()
    }

    #[test]
    fn lines_break_at_words_and_long_words_anywhere() {
        let fonts = Fonts::load().unwrap();
        assert_eq!(wrapped(&fonts, "один два три", 40.0), ["один два", "три"]);
        assert_eq!(wrapped(&fonts, "а\n\nб", 40.0), ["а", "", "б"]);
        assert_eq!(wrapped(&fonts, "", 40.0), [""]);
        let long = wrapped(&fonts, "Длинноеслово", 20.0);
        assert!(long.len() > 2 && long.concat() == "Длинноеслово", "{long:?}");
        assert_eq!(wrapped(&fonts, "журнал-записей", 50.0), ["журнал-", "записей"]);
    }

    #[test]
    fn what_could_mislead_is_seen() {
        assert_eq!(printable("a\u{202e}b\u{0}c\td\u{feff}"), "a□b□c d□");
        assert_eq!(printable("👩\u{200d}🎓\u{fe0f}"), "👩🎓");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "[ a-яё№/\\-🎓א\\n]{0,120}", width in 20.0_f32..200.0) {
            let fonts = Fonts::load().unwrap();
            let lines = wrapped(&fonts, &text, width);
            for line in &lines {
                prop_assert!(width_of(&fonts, line) <= width + 0.01, "{line:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
