//! A QR code, for the camera of somebody's telephone.

use eframe::egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::qr::Qr;
use crate::ui::theme;

/// Paints it as large as fits into a square of `room` points, each module the same whole number of pixels.
/// Dark on white in every look: many readers know no other.
pub fn qr_code(ui: &mut Ui, code: &Qr, room: f32, name: &str) -> Response {
    let pixel = 1.0 / ui.pixels_per_point();
    let module = (room / pixel / code.side() as f32).floor().max(1.0) * pixel;
    let side = module * code.side() as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, theme::PAPER);
        let corner = pos2((rect.left() / pixel).round() * pixel, (rect.top() / pixel).round() * pixel);
        for y in 0..code.side() {
            let mut x = 0;
            while x < code.side() {
                let run = (x..code.side()).take_while(|x| code.is_dark(*x, y)).count() as i32;
                if run > 0 {
                    let at = corner + vec2(x as f32, y as f32) * module;
                    let size = vec2(run as f32 * module, module);
                    painter.rect_filled(Rect::from_min_size(at, size), 0.0, theme::PRINT);
                }
                x += run + 1;
            }
        }
    }
    response
}
