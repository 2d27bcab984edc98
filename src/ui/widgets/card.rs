//! Surfaces and plain text.

use eframe::egui::{
    Align, Frame, Id, InnerResponse, Layout, Rect, Response, TextWrapMode, Ui, UiBuilder, pos2, vec2,
};

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

/// A line with something at the left and something at the right end; the left wraps. Where there is little
/// room, the right end stands below the left one.
pub fn row<L, R>(
    ui: &mut Ui,
    height: f32,
    right: impl FnOnce(&mut Ui) -> R,
    left: impl FnOnce(&mut Ui) -> L,
) -> L {
    if ui.available_width() < theme::LINE_STACKED_BELOW {
        let inner = ui.horizontal_wrapped(left).inner;
        ui.scope(|ui| {
            // Nothing at the right end takes no line.
            ui.spacing_mut().interact_size.y = 0.0;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.y = theme::GAP_S;
                right(ui)
            });
        });
        return inner;
    }
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), layout, |ui| {
        right(ui);
        ui.add_space(theme::GAP_S);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            // Else a long text would run under the right end.
            ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
            left(ui)
        })
        .inner
    })
    .inner
}

/// Two areas beside each other over the whole width; `share` is the left one's part of it. Where there is
/// little room, the right one stands below the left one.
pub fn columns<R>(ui: &mut Ui, share: f32, height: f32, add: impl FnOnce(&mut Ui, &mut Ui) -> R) -> R {
    let whole = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    let stacked = whole.width() < theme::STACKED_BELOW;
    // How high the left one was when it was drawn last.
    let known: Id = ui.scope_id().with(("stacked", share.to_bits()));
    let left_height: f32 = ui.data(|data| data.get_temp(known)).unwrap_or(height);
    let (left_rect, right_rect) = if stacked {
        let below = pos2(whole.left(), whole.top() + left_height + theme::GAP_L);
        (whole, Rect::from_min_size(below, whole.size()))
    } else {
        let split = (whole.width() - theme::GAP_L) * share;
        let left = Rect::from_min_size(whole.min, vec2(split, height));
        (left, Rect::from_min_max(pos2(left.right() + theme::GAP_L, whole.top()), whole.max))
    };
    let top_down = || Layout::top_down(Align::Min);
    let mut left_ui = ui.new_child(UiBuilder::new().max_rect(left_rect).layout(top_down()).id_salt("left"));
    let mut right_ui =
        ui.new_child(UiBuilder::new().max_rect(right_rect).layout(top_down()).id_salt("right"));
    let added = add(&mut left_ui, &mut right_ui);
    let now = left_ui.min_rect().height();
    if stacked && (now - left_height).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(known, now));
        ui.ctx().request_discard("what stands below moves");
    }
    let used = left_ui.min_rect().union(right_ui.min_rect());
    ui.advance_cursor_after_rect(Rect::from_min_max(whole.min, pos2(whole.right(), used.bottom())));
    added
}
