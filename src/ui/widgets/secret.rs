//! A field for what nobody may read over a shoulder, or find in memory afterwards.

use std::ops::Range;

use eframe::egui::text::CharIndex;
use eframe::egui::{Align2, FontId, Margin, Response, TextBuffer, TextEdit, Ui, vec2};
use zeroize::Zeroize;

use crate::ui::theme::{self, GAP_XS, ROW, Theme};

const MAX_CHARS: usize = 400;
const BULLET: char = '•';

/// A text that is typed, and wiped when it is dropped. The window's library edits, lays out and keeps for
/// undoing a row of bullets of the same length; of the text itself it sees each letter once, as it is typed.
pub struct Secret {
    /// Never grows beyond the room it was made with, so that no copy of it is left behind.
    text: String,
    bullets: String,
}

impl Default for Secret {
    fn default() -> Self {
        Self { text: room(), bullets: String::new() }
    }
}

impl Secret {
    /// The text, which is empty from then on. Whoever takes it wipes it.
    pub fn take_out(&mut self) -> String {
        self.bullets.clear();
        std::mem::replace(&mut self.text, room())
    }

    pub fn wipe(&mut self) {
        self.text.zeroize();
        self.bullets.clear();
    }

    /// Where its `char`th letter begins; its end, if it has fewer.
    fn byte(&self, CharIndex(char): CharIndex) -> usize {
        self.text.char_indices().nth(char).map_or(self.text.len(), |(byte, _)| byte)
    }

    fn count_bullets(&mut self) {
        let letters = self.text.chars().count();
        self.bullets = std::iter::repeat_n(BULLET, letters).collect();
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl TextBuffer for Secret {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        &self.bullets
    }

    fn insert_text(&mut self, text: &str, at: CharIndex) -> usize {
        let room = MAX_CHARS.saturating_sub(self.text.chars().count());
        let end = text.char_indices().nth(room).map_or(text.len(), |(byte, _)| byte);
        let byte = self.byte(at);
        self.text.insert_str(byte, &text[..end]);
        self.count_bullets();
        text[..end].chars().count()
    }

    fn delete_char_range(&mut self, range: Range<CharIndex>) {
        let (from, to) = (self.byte(range.start), self.byte(range.end));
        if from < to {
            self.text.replace_range(from..to, "");
            self.count_bullets();
        }
    }

    /// What was undone are bullets: nothing comes back.
    fn replace_with(&mut self, _text: &str) {}

    fn type_id(&self) -> std::any::TypeId {
        std::any::TypeId::of::<Self>()
    }
}

fn room() -> String {
    String::with_capacity(MAX_CHARS * char::MAX.len_utf8())
}

/// A field of one line over the given width, whose text shows as bullets.
pub fn secret_field(ui: &mut Ui, theme: &Theme, name: &str, secret: &mut Secret, width: f32) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = GAP_XS;
        let label = ui.label(theme::plain(name, theme::SMALL, theme.dim));
        ui.add(
            TextEdit::singleline(secret)
                .password(true)
                .font(FontId::proportional(theme::TEXT))
                .desired_width(width)
                .min_size(vec2(width, ROW))
                .align(Align2::LEFT_CENTER)
                .margin(Margin::symmetric(12, 8))
                .char_limit(MAX_CHARS),
        )
        .labelled_by(label.id)
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_edits_bullets_and_the_text_follows() {
        let mut secret = Secret::default();
        let room = secret.text.capacity();
        assert_eq!(secret.insert_text("сезам", CharIndex(0)), 5);
        assert_eq!(secret.insert_text("-ам-", CharIndex(2)), 4);
        secret.delete_char_range(CharIndex(0)..CharIndex(3));
        secret.delete_char_range(CharIndex(5)..CharIndex(99));
        assert_eq!(secret.as_str(), "•••••");
        // Undoing and redoing bring back what they kept: bullets.
        secret.replace_with("••");
        assert_eq!(secret.insert_text(&"ы".repeat(1000), CharIndex(99)), MAX_CHARS - 5);
        assert_eq!(secret.text.capacity(), room);
        secret.delete_char_range(CharIndex(5)..CharIndex(MAX_CHARS));
        assert_eq!(secret.take_out(), "ам-за");
        assert_eq!(secret.as_str(), "");
    }
}
