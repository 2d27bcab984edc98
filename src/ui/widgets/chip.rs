//! States: sign, word and colour, always all three.

use eframe::egui::{Color32, CornerRadius, FontId, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::sign;
use crate::ui::theme::{self, Theme, Tone};

/// A state in a rounded field. `mark` replaces the tone's own sign.
pub fn chip(ui: &mut Ui, theme: &Theme, tone: Tone, mark: Option<&str>, text: &str) -> Response {
    let shown = format!("{} {text}", mark.unwrap_or(sign(tone)));
    let galley =
        ui.painter().layout_no_wrap(shown, FontId::new(theme::SMALL, theme::bold()), theme.strong(tone));
    let size = galley.size() + vec2(26.0, 14.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect, CornerRadius::same(16), theme.soft(tone));
    ui.painter().galley(rect.min + vec2(13.0, 7.0), galley, theme.ink);
    response
}

/// A number in a filled circle, as the rail shows what needs a person.
pub fn count(ui: &Ui, theme: &Theme, tone: Tone, number: usize, right_center: eframe::egui::Pos2) {
    let text = if number > 99 { "99+".to_owned() } else { number.to_string() };
    let ink = if theme.look == theme::Look::Dark { theme.bg } else { Color32::WHITE };
    let galley = ui.painter().layout_no_wrap(text, FontId::new(14.0, theme::bold()), ink);
    let size = vec2((galley.size().x + 12.0).max(24.0), 22.0);
    let rect =
        eframe::egui::Rect::from_min_size(pos2(right_center.x - size.x, right_center.y - size.y / 2.0), size);
    ui.painter().rect_filled(rect, CornerRadius::same(11), theme.strong(tone));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
}

/// Sign and word in the tone's colour, without a field around them.
pub fn state_line(ui: &mut Ui, theme: &Theme, tone: Tone, mark: Option<&str>, text: &str) -> Response {
    let color = theme.strong(tone);
    ui.label(theme::strong(mark.unwrap_or(sign(tone)), theme::TEXT, color));
    ui.label(theme::strong(text, theme::TEXT, color))
}
