//! What went wrong and what to do, over the whole width, with at most one button.

use eframe::egui::{Frame, Margin, Stroke, Ui};

use super::{Line, big_button, block, row, sign};
use crate::ui::theme::{self, RADIUS_CARD, Theme, Tone};

pub struct Banner<'a> {
    pub tone: Tone,
    pub head: &'a str,
    /// What to do about it; may be empty.
    pub body: &'a str,
    pub button: Option<&'a str>,
}

/// Shows it; true when its button was pressed.
pub fn banner(ui: &mut Ui, theme: &Theme, banner: &Banner<'_>) -> bool {
    let strong = theme.strong(banner.tone);
    Frame::new()
        .fill(theme.soft(banner.tone))
        .stroke(Stroke::new(1.0, strong))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(20, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let mut pressed = false;
            row(
                ui,
                36.0,
                |ui| pressed = banner.button.is_some_and(|text| ui.add(big_button(theme, text)).clicked()),
                |ui| {
                    ui.label(theme::strong(sign(banner.tone), theme::H2, strong));
                    let head = Line::bold(banner.head, theme::TEXT, strong);
                    block(ui, &[head, Line::plain(banner.body, theme::TEXT, theme.ink)]);
                },
            );
            pressed
        })
        .inner
}
