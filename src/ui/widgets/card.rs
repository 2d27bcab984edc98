//! Surfaces and plain text.

use eframe::egui::{Align, Frame, InnerResponse, Layout, Rect, Response, Ui, UiBuilder, vec2};

use crate::ui::theme::{self, CARD_MARGIN, RADIUS_CARD, Theme};

/// A white surface over the whole width, as high as what is in it.
pub fn card<R>(ui: &mut Ui, theme: &Theme, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::new()
        .fill(theme.card)
        .stroke(theme.border())
        .corner_radius(RADIUS_CARD)
        .inner_margin(CARD_MARGIN)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
}

/// The screen's name.
pub fn title(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.label(theme::strong(text, theme::H1, theme.ink))
}

/// The name of a card.
pub fn heading(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.label(theme::strong(text, theme::H2, theme.ink))
}

/// Secondary text.
pub fn label(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.label(theme::plain(text, theme::TEXT, theme.dim))
}

/// A thin line over the whole width.
pub fn rule(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), eframe::egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, theme.border());
}

/// A line with something at the left and something at the right end; the left wraps.
pub fn row<L, R>(
    ui: &mut Ui,
    height: f32,
    right: impl FnOnce(&mut Ui) -> R,
    left: impl FnOnce(&mut Ui) -> L,
) -> L {
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), layout, |ui| {
        right(ui);
        ui.add_space(theme::GAP_S);
        ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(false), left).inner
    })
    .inner
}

/// Two areas beside each other over the whole width; `share` is the left one's part of it.
pub fn columns<R>(ui: &mut Ui, share: f32, height: f32, add: impl FnOnce(&mut Ui, &mut Ui) -> R) -> R {
    let whole = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    let split = (whole.width() - theme::GAP_L) * share;
    let left_rect = Rect::from_min_size(whole.min, vec2(split, height));
    let right_rect =
        Rect::from_min_max(eframe::egui::pos2(left_rect.right() + theme::GAP_L, whole.top()), whole.max);
    let top_down = || Layout::top_down(Align::Min);
    let mut left_ui = ui.new_child(UiBuilder::new().max_rect(left_rect).layout(top_down()).id_salt("left"));
    let mut right_ui =
        ui.new_child(UiBuilder::new().max_rect(right_rect).layout(top_down()).id_salt("right"));
    let added = add(&mut left_ui, &mut right_ui);
    let used = left_ui.min_rect().union(right_ui.min_rect());
    ui.advance_cursor_after_rect(Rect::from_min_max(
        whole.min,
        eframe::egui::pos2(whole.right(), used.bottom()),
    ));
    added
}
