//! The recordings one by one.

use eframe::egui::Ui;
use egui_extras::Column;

use super::table::{is_narrow, table};
use crate::review::Reviewed;
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Line, card, sign};

/// Columns that a narrow table does without.
const SPARED: [&str; 3] = ["ui-review-number", "ui-review-frames", "ui-review-size"];

/// Gives where the recording begins whose line was pressed.
pub fn videos(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) -> Option<i64> {
    let mut pressed = None;
    let videos = &reviewed.report.recordings;
    card(ui, cx.theme, |ui| {
        let narrow = is_narrow(ui);
        let (camera, state) = (Column::exact(if narrow { 120.0 } else { 180.0 }), Column::remainder());
        let (camera, times, state) = (camera.clip(true), Column::exact(160.0), state.clip(true));
        let figure = Column::exact(100.0);
        let (columns, heads): (Vec<_>, Vec<_>) = [
            (camera, "ui-review-camera"),
            (Column::exact(70.0), "ui-review-number"),
            (times, "ui-review-times"),
            (figure, "ui-review-frames"),
            (figure, "ui-review-size"),
            (state, "ui-review-state"),
        ]
        .into_iter()
        .filter(|(_, head)| !narrow || !SPARED.contains(head))
        .unzip();
        table(ui, cx, "videos", &columns, &heads, videos.len(), |row| {
            let Some(video) = videos.get(row.index()) else { return };
            let time = |at: i64| reviewed.lines.time(at);
            let camera = reviewed.camera_name(&video.camera);
            let times = format!("{} – {}", time(video.from_ms), time(video.to_ms));
            let (tone, state) = match (video.intact, video.part.is_some()) {
                (true, _) => (Tone::Ok, "ui-review-whole"),
                (false, true) => (Tone::Bad, "ui-review-changed"),
                (false, false) => (Tone::Warn, "ui-review-missing"),
            };
            let state = cx.t(state);
            row.head(cx, &camera, &format!("{camera}, {times}: {state}"));
            if !narrow {
                row.cell(cx, &(video.segment + 1).to_string());
            }
            row.cell(cx, &times);
            if !narrow {
                row.cell(cx, &video.frames.to_string());
                row.cell(cx, &cx.model.words.bytes(video.bytes));
            }
            let text = format!("{} {state}", sign(tone));
            row.line(&Line::bold(&text, theme::SMALL, cx.theme.strong(tone)));
            if row.is_pressed() {
                pressed = Some(video.from_ms);
            }
        });
    });
    pressed
}
