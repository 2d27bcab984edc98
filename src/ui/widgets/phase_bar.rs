//! The day as a row of phases: what is behind, what is now, what comes.

use std::sync::Arc;

use eframe::egui::{CornerRadius, FontFamily, FontId, Galley, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, Theme};

/// A phase is not narrower; where there is less room they stand in several rows.
const NARROWEST: f32 = 104.0;
const LOWEST: f32 = 64.0;
const MARGIN: f32 = 9.0;
const TEXT: f32 = 14.0;

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

/// Equal fields over the whole width, as high as the longest name needs.
pub fn phase_bar(ui: &mut Ui, theme: &Theme, phases: &[Phase]) {
    let room = ui.available_width();
    let most = ((room / NARROWEST) as usize).clamp(1, phases.len().max(1));
    let rows = phases.len().div_ceil(most).max(1);
    let in_row = phases.len().div_ceil(rows).max(1);
    let width = room / in_row as f32;
    for (index, row) in phases.chunks(in_row).enumerate() {
        let texts: Vec<_> = row.iter().map(|phase| texts(ui, theme, phase, width - 2.0 * MARGIN)).collect();
        let text_height = |texts: &[Arc<Galley>; 2]| texts[0].size().y + texts[1].size().y;
        let height = texts.iter().map(text_height).fold(LOWEST, |height, text| height.max(text + MARGIN));
        let (whole, _) = ui.allocate_exact_size(vec2(room, height), Sense::hover());
        for (at, (phase, texts)) in row.iter().zip(texts).enumerate() {
            let left = whole.left() + width * at as f32;
            let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(width - 2.0, height));
            let ends = (at == 0, at + 1 == row.len());
            let said = ui.interact(rect, ui.scope_id().with(("phase", index, at)), Sense::hover());
            said.widget_info(|| {
                WidgetInfo::labeled(Role::Label, true, format!("{} {}", phase.name, phase.time))
            });
            field(ui, theme, phase.state, rect, ends, texts);
        }
    }
}

/// Time and name.
fn texts(ui: &Ui, theme: &Theme, phase: &Phase, width: f32) -> [Arc<Galley>; 2] {
    let (_, ink) = colors(theme, phase.state);
    let (time, family) = match phase.state {
        PhaseState::Past => (format!("✔ {}", phase.time), theme::bold()),
        PhaseState::Now => (phase.time.clone(), theme::bold()),
        PhaseState::Ahead => (phase.time.clone(), FontFamily::Proportional),
    };
    let painter = ui.painter();
    let time = painter.layout(time, FontId::new(TEXT, theme::bold()), ink, width);
    [time, painter.layout(phase.name.clone(), FontId::new(TEXT, family), ink, width)]
}

fn colors(theme: &Theme, state: PhaseState) -> (eframe::egui::Color32, eframe::egui::Color32) {
    match state {
        PhaseState::Past => (theme.ok_soft, theme.ok),
        PhaseState::Now => (theme.accent, theme.on_accent),
        PhaseState::Ahead => (theme.idle_soft, theme.dim),
    }
}

fn field(
    ui: &Ui,
    theme: &Theme,
    state: PhaseState,
    rect: Rect,
    (first, last): (bool, bool),
    [time, name]: [Arc<Galley>; 2],
) {
    let (fill, ink) = colors(theme, state);
    let corner = |round| if round { 10 } else { 0 };
    let (left, right) = (corner(first), corner(last));
    let radius = CornerRadius { nw: left, sw: left, ne: right, se: right };
    ui.painter().rect_filled(rect, radius, fill);
    let top = rect.center().y - (time.size().y + name.size().y) / 2.0;
    let below = top + time.size().y;
    ui.painter().galley(pos2(rect.left() + MARGIN, top), time, ink);
    ui.painter().galley(pos2(rect.left() + MARGIN, below), name, ink);
}
