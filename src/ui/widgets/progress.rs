//! How far long work has come.

use eframe::egui::{CornerRadius, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::theme::Theme;

/// A bar over the whole width; `name` says what is in progress.
pub fn progress(ui: &mut Ui, theme: &Theme, done: u64, total: u64, name: &str) {
    let share = if total == 0 { 0.0 } else { (done as f64 / total as f64).clamp(0.0, 1.0) as f32 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 14.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    ui.painter().rect_filled(rect, CornerRadius::same(7), theme.idle_soft);
    let mut filled = rect;
    filled.set_width(rect.width() * share);
    ui.painter().rect_filled(filled, CornerRadius::same(7), theme.accent);
}
