//! The recordings one by one; and the tables of the review.

use eframe::egui::{Align, Layout, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::review::Reviewed;
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Line, block, card, sign};

/// A table is at least so high, whatever stands above it.
const MIN_HEIGHT: f32 = 160.0;

/// Gives where the recording begins whose line was pressed.
pub fn videos(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) -> Option<i64> {
    let mut pressed = None;
    let videos = &reviewed.report.recordings;
    card(ui, cx.theme, |ui| {
        let columns = [
            Column::exact(180.0).clip(true),
            Column::exact(70.0),
            Column::exact(170.0),
            Column::exact(100.0),
            Column::exact(100.0),
            Column::remainder().clip(true),
        ];
        let heads = ["ui-review-camera", "ui-review-number", "ui-review-times", "ui-review-frames"];
        let heads = [heads.as_slice(), &["ui-review-size", "ui-review-state"]].concat();
        table(ui, cx, "videos", &columns, &heads, videos.len(), |row| {
            let Some(video) = videos.get(row.index()) else { return };
            let time = |at: i64| reviewed.lines.time(at);
            cell(row, cx, &reviewed.camera_name(&video.camera));
            cell(row, cx, &(video.segment + 1).to_string());
            cell(row, cx, &format!("{} – {}", time(video.from_ms), time(video.to_ms)));
            cell(row, cx, &video.frames.to_string());
            cell(row, cx, &cx.model.words.bytes(video.bytes));
            let (tone, state) = match (video.intact, video.part.is_some()) {
                (true, _) => (Tone::Ok, "ui-review-whole"),
                (false, true) => (Tone::Bad, "ui-review-changed"),
                (false, false) => (Tone::Warn, "ui-review-missing"),
            };
            row.col(|ui| {
                let text = format!("{} {}", sign(tone), cx.t(state));
                block(ui, &[Line::bold(&text, theme::SMALL, cx.theme.strong(tone))]);
            });
            if row.response().clicked() {
                pressed = Some(video.from_ms);
            }
        });
    });
    pressed
}

/// A table that draws only the rows that are seen.
pub fn table(
    ui: &mut Ui,
    cx: &Cx<'_>,
    id: &str,
    columns: &[Column],
    heads: &[&str],
    rows: usize,
    add: impl FnMut(&mut TableRow<'_, '_>),
) {
    let mut add = add;
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = (ui.available_height() - 64.0).max(MIN_HEIGHT);
    let mut table = TableBuilder::new(ui)
        .id_salt(id)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .min_scrolled_height(height)
        .max_scroll_height(height);
    for column in columns {
        table = table.column(*column);
    }
    table
        .header(30.0, |mut header| {
            for head in heads {
                header.col(|ui| {
                    ui.label(theme::plain(cx.t(head), theme::SMALL, cx.theme.dim));
                });
            }
        })
        .body(|body| body.rows(40.0, rows, |mut row| add(&mut row)));
}

/// A cell with a text of one line.
pub fn cell(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, text: &str) {
    row.col(|ui| {
        block(ui, &[Line::plain(text, theme::SMALL, cx.theme.ink)]);
    });
}
