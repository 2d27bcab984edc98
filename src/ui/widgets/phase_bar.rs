//! The day as a row of phases: what is behind, what is now, what comes.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{Color32, CornerRadius, FontId, Galley, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, Theme};

pub struct Phase {
    pub name: String,
    pub time: String,
    pub state: PhaseState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PhaseState {
    Past,
    Now,
    Ahead,
}

/// Equal fields over the whole width.
pub fn phase_bar(ui: &mut Ui, theme: &Theme, phases: &[Phase]) {
    let count = phases.len().max(1) as f32;
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), 64.0), Sense::hover());
    let width = whole.width() / count;
    for (index, phase) in phases.iter().enumerate() {
        let left = whole.left() + width * index as f32;
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(width - 2.0, whole.height()));
        let (fill, ink, font) = match phase.state {
            PhaseState::Past => (theme.ok_soft, theme.ok, theme::bold()),
            PhaseState::Now => (theme.accent, theme.on_accent, theme::bold()),
            PhaseState::Ahead => (theme.idle_soft, theme.dim, eframe::egui::FontFamily::Proportional),
        };
        let ends = (index == 0, index + 1 == phases.len());
        let corner = |round| if round { 10 } else { 0 };
        let radius =
            CornerRadius { nw: corner(ends.0), sw: corner(ends.0), ne: corner(ends.1), se: corner(ends.1) };
        let response = ui.interact(rect, ui.scope_id().with(("phase", index)), Sense::hover());
        response
            .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{} {}", phase.name, phase.time)));
        ui.painter().rect_filled(rect, radius, fill);
        let time = match phase.state {
            PhaseState::Past => format!("✔ {}", phase.time),
            _ => phase.time.clone(),
        };
        let painter = ui.painter().with_clip_rect(rect);
        let time = painter.layout_no_wrap(time, FontId::new(14.0, theme::bold()), ink);
        let name = name_galley(ui, &phase.name, FontId::new(14.0, font), ink, width - 18.0);
        let top = rect.center().y - (time.size().y + name.size().y) / 2.0;
        let below = top + time.size().y;
        painter.galley(pos2(rect.left() + 10.0, top), time, ink);
        painter.galley(pos2(rect.left() + 10.0, below), name, ink);
    }
}

/// At most two lines; what is longer ends in an ellipsis.
fn name_galley(ui: &Ui, name: &str, font: FontId, ink: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(name.to_owned(), font, ink, width);
    job.wrap.max_rows = 2;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
