//! Digits for a PIN, by finger or by keyboard; shown as dots only.

use eframe::egui::{Event, Key, Role, Sense, Ui, WidgetInfo, vec2};
use zeroize::Zeroizing;

use super::big_button;
use crate::ui::theme::{self, GAP_S, RADIUS_BUTTON, Theme};
use crate::ui::words::Words;

/// Longest PIN that can be typed.
const MAX_DIGITS: usize = 12;
/// A shorter one is not offered for entry; the station decides on what is good enough.
pub const MIN_DIGITS: usize = 4;

/// What was typed so far; wiped when it goes.
#[derive(Default)]
pub struct PinPad {
    digits: Zeroizing<String>,
}

impl PinPad {
    pub fn clear(&mut self) {
        self.digits = Zeroizing::default();
    }

    pub fn is_empty(&self) -> bool {
        self.digits.is_empty()
    }

    /// Takes the digits out, leaving none.
    pub fn take(&mut self) -> String {
        let digits = self.digits.to_string();
        self.clear();
        digits
    }

    /// Shows dots, digits and the button `enter`; true when a long enough PIN was confirmed.
    pub fn show(&mut self, ui: &mut Ui, theme: &Theme, words: &Words, enter: &str) -> bool {
        let mut done = self.keyboard(ui);
        let key = vec2(88.0, 60.0);
        let width = 3.0 * key.x + 2.0 * GAP_S;
        self.dots(ui, theme, words, width);
        for line in [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]] {
            ui.horizontal(|ui| {
                for digit in line {
                    if ui.add(big_button(theme, digit).min_width(key.x).text_size(theme::H2)).clicked() {
                        self.push(digit);
                    }
                }
            });
        }
        ui.horizontal(|ui| {
            let clear = words.t("ui-pin-clear");
            if ui.add(big_button(theme, "✕").named(&clear).min_width(key.x)).clicked() {
                self.clear();
            }
            if ui.add(big_button(theme, "0").min_width(key.x).text_size(theme::H2)).clicked() {
                self.push("0");
            }
            let back = words.t("ui-pin-back");
            if ui.add(big_button(theme, "⌫").named(&back).min_width(key.x)).clicked() {
                self.digits.pop();
            }
        });
        let ready = self.digits.len() >= MIN_DIGITS;
        done |= ui.add_enabled(ready, big_button(theme, enter).filled().min_width(width)).clicked();
        done && ready
    }

    fn push(&mut self, digit: &str) {
        if self.digits.len() < MAX_DIGITS {
            self.digits.push_str(digit);
        }
    }

    /// Digits typed while no field has the keyboard; true on Enter.
    fn keyboard(&mut self, ui: &Ui) -> bool {
        let free = ui.memory(|memory| memory.focused().is_none());
        ui.input(|input| {
            for event in &input.events {
                match event {
                    Event::Text(text) => text
                        .chars()
                        .filter(char::is_ascii_digit)
                        .for_each(|digit| self.push(digit.encode_utf8(&mut [0; 4]))),
                    Event::Key { key: Key::Backspace, pressed: true, .. } => {
                        self.digits.pop();
                    }
                    _ => {}
                }
            }
            free && input.key_pressed(Key::Enter)
        })
    }

    fn dots(&self, ui: &mut Ui, theme: &Theme, words: &Words, width: f32) {
        let (rect, response) = ui.allocate_exact_size(vec2(width, 52.0), Sense::hover());
        let count = self.digits.len();
        response.widget_info(|| {
            let text = words.say(&crate::i18n::Message::new("ui-pin-entered").with("count", count));
            WidgetInfo::labeled(Role::Label, true, text)
        });
        let stroke = if count == 0 { theme.border() } else { theme.focus() };
        ui.painter().rect(rect, RADIUS_BUTTON, theme.card, stroke, eframe::egui::StrokeKind::Inside);
        let step = 22.0;
        let start = rect.center().x - step * (count.saturating_sub(1)) as f32 / 2.0;
        for index in 0..count {
            let at = eframe::egui::pos2(start + step * index as f32, rect.center().y);
            ui.painter().circle_filled(at, 7.0, theme.ink);
        }
    }
}
