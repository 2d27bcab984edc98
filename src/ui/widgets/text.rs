//! Lines of text that belong together, measured before they are placed.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Color32, FontFamily, FontId, Galley, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme;

/// A line (which may wrap) of a text block.
pub struct Line<'a> {
    pub text: &'a str,
    pub size: f32,
    pub color: Color32,
    pub bold: bool,
}

impl<'a> Line<'a> {
    pub fn bold(text: &'a str, size: f32, color: Color32) -> Self {
        Self { text, size, color, bold: true }
    }

    pub fn plain(text: &'a str, size: f32, color: Color32) -> Self {
        Self { text, size, color, bold: false }
    }

    fn galley(&self, ui: &Ui, width: f32) -> Arc<Galley> {
        let family = if self.bold { theme::bold() } else { FontFamily::Proportional };
        let format = TextFormat::simple(FontId::new(self.size, family), self.color);
        let mut job = LayoutJob::single_section(self.text.to_owned(), format);
        job.wrap.max_width = width;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// Lines below each other, as one widget that the layout around it can centre. Empty ones are left out.
pub fn block(ui: &mut Ui, lines: &[Line<'_>]) -> Response {
    let room = ui.available_width();
    let shown: Vec<_> = lines.iter().filter(|line| !line.text.is_empty()).collect();
    let galleys: Vec<_> = shown.iter().map(|line| line.galley(ui, room)).collect();
    let gap = 2.0;
    let width = galleys.iter().map(|galley| galley.size().x).fold(0.0, f32::max);
    let height: f32 = galleys.iter().map(|galley| galley.size().y + gap).sum::<f32>() - gap;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height.max(0.0)), Sense::hover());
    response.widget_info(|| {
        let texts: Vec<_> = shown.iter().map(|line| line.text).collect();
        WidgetInfo::labeled(Role::Label, true, texts.join("\n"))
    });
    let mut y = rect.top();
    for galley in galleys {
        let step = galley.size().y + gap;
        ui.painter().galley(pos2(rect.left(), y), galley, Color32::PLACEHOLDER);
        y += step;
    }
    response
}
