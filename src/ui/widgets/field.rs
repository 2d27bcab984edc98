//! What a person types or chooses, each with its name above it.

use eframe::egui::{FontId, Margin, Response, TextEdit, Ui, vec2};

use super::big_button;
use crate::ui::theme::{self, GAP_XS, ROW, Theme};

/// A text field of one line over the given width.
pub fn field(ui: &mut Ui, theme: &Theme, name: &str, text: &mut String, width: f32) -> Response {
    hinted_field(ui, theme, name, text, "", width)
}

/// The same; while it is empty, the hint stands in it.
pub fn hinted_field(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    text: &mut String,
    hint: &str,
    width: f32,
) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = GAP_XS;
        let label = ui.label(theme::plain(name, theme::SMALL, theme.dim));
        ui.add(
            TextEdit::singleline(text)
                .font(FontId::proportional(theme::TEXT))
                .desired_width(width)
                .min_size(vec2(width, ROW))
                .align(eframe::egui::Align2::LEFT_CENTER)
                .margin(Margin::symmetric(12, 8))
                .hint_text(theme::plain(hint, theme::TEXT, theme.dim))
                .char_limit(400),
        )
        .labelled_by(label.id)
    })
    .inner
}

/// One of several, as a row of buttons that wraps.
pub fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    options: &[(T, String)],
    chosen: &mut Option<T>,
) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = GAP_XS;
        ui.label(theme::plain(name, theme::SMALL, theme.dim));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            for (value, text) in options {
                let on = chosen.as_ref() == Some(value);
                if ui.add(big_button(theme, text).selected(on).height(ROW).text_size(theme::TEXT)).clicked() {
                    *chosen = Some(value.clone());
                }
            }
        });
    });
}

/// A sentence to agree to, as a big button with a box before it.
pub fn tick(ui: &mut Ui, theme: &Theme, text: &str, on: &mut bool) {
    let shown = format!("{}  {text}", if *on { "☑" } else { "☐" });
    if ui.add(big_button(theme, &shown).selected(*on).named(text).text_size(theme::TEXT)).clicked() {
        *on = !*on;
    }
}
