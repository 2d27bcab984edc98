//! Digits for a PIN, by finger or by keyboard; shown as dots only.

use eframe::egui::{Event, Id, Key, Role, Sense, Ui, Vec2, WidgetInfo, vec2};
use zeroize::Zeroizing;

use super::big_button;
use crate::ui::theme::{self, GAP_S, RADIUS_BUTTON, Theme};
use crate::ui::words::Words;

/// Longest PIN that can be typed.
const MAX_DIGITS: usize = 12;
/// A shorter one is not offered for entry; the station decides on what is good enough.
pub const MIN_DIGITS: usize = 4;
const KEY: Vec2 = vec2(88.0, 60.0);

/// What was typed so far; wiped when it goes.
#[derive(Default)]
pub struct PinPad {
    digits: Zeroizing<String>,
    /// The button of the person whose PIN it is.
    owner: Option<Id>,
}

impl PinPad {
    /// This button says whose PIN it is: Enter on it means the PIN, not the button.
    pub fn belongs_to(&mut self, button: Id) {
        self.owner = Some(button);
    }

    pub fn clear(&mut self) {
        self.digits = Zeroizing::default();
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
        let width = 3.0 * KEY.x + 2.0 * GAP_S;
        let ready = self.digits.len() >= MIN_DIGITS;
        ui.horizontal(|ui| {
            ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing = vec2(GAP_S, GAP_S);
                self.dots(ui, theme, words, width);
                self.keys(ui, theme, words);
                let button = big_button(theme, enter).filled().min_width(width);
                done |= ui.add_enabled(ready, button).clicked();
            });
        });
        done && ready
    }

    fn keys(&mut self, ui: &mut Ui, theme: &Theme, words: &Words) {
        let key = |text| big_button(theme, text).min_width(KEY.x).height(KEY.y).text_size(theme::H2);
        for line in [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]] {
            ui.horizontal(|ui| {
                for digit in line {
                    if ui.add(key(digit)).clicked() {
                        self.push(digit);
                    }
                }
            });
        }
        ui.horizontal(|ui| {
            if ui.add(key("✕").named(&words.t("ui-pin-clear"))).clicked() {
                self.clear();
            }
            if ui.add(key("0")).clicked() {
                self.push("0");
            }
            if ui.add(key("⌫").named(&words.t("ui-pin-back"))).clicked() {
                self.digits.pop();
            }
        });
    }

    fn push(&mut self, digit: &str) {
        if self.digits.len() < MAX_DIGITS {
            self.digits.push_str(digit);
        }
    }

    /// Digits typed while no field has the keyboard; true on Enter. A pad below a dialog hears nothing.
    fn keyboard(&mut self, ui: &Ui) -> bool {
        if !ui.memory(|memory| memory.is_above_modal_layer(ui.layer_id())) {
            return false;
        }
        let free = ui.memory(|memory| memory.focused().is_none_or(|id| self.owner == Some(id)));
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
