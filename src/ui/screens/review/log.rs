//! The recordings one by one, and the journal record by record.

use eframe::egui::{Align, Layout, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::i18n::Message;
use crate::ui::dialogs::{Dialog, ShownStill};
use crate::ui::model::Cx;
use crate::ui::review::{LogLine, Reviewed};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Line, block, card, label, sign};
use crate::ui::words::clock_seconds;

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
            let time = |at: i64| clock_seconds(at, reviewed.offset_min);
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

/// Gives the time of the record whose line was pressed; the picture that was kept with it is shown.
pub fn journal(ui: &mut Ui, cx: &mut Cx<'_>, reviewed: &Reviewed) -> Option<i64> {
    let pressed = lines(ui, cx, reviewed)?;
    if let Some(still) = &pressed.still {
        let title = cx.model.words.say(&reviewed.named(&pressed.text));
        let shown = ShownStill::open(title, reviewed.folder.clone(), still.clone(), ui.ctx());
        cx.open(Dialog::ShownStill(shown));
    }
    Some(pressed.utc_ms)
}

fn lines<'a>(ui: &mut Ui, cx: &Cx<'_>, reviewed: &'a Reviewed) -> Option<&'a LogLine> {
    let mut pressed = None;
    card(ui, cx.theme, |ui| {
        let columns = [
            Column::exact(70.0),
            Column::exact(90.0),
            Column::remainder().clip(true),
            Column::exact(220.0).clip(true),
        ];
        let heads = ["ui-review-record", "ui-review-time", "ui-review-event", "ui-review-who"];
        table(ui, cx, "journal", &columns, &heads, reviewed.log.len(), |row| {
            let Some(line) = reviewed.log.get(row.index()) else { return };
            cell(row, cx, &line.n.to_string());
            cell(row, cx, &clock_seconds(line.utc_ms, reviewed.offset_min));
            let text = cx.model.words.say(&reviewed.named(&line.text));
            let text = if line.still.is_some() { format!("▣ {text}") } else { text };
            cell(row, cx, &text);
            let who = reviewed.person(line.person.as_ref()).unwrap_or_else(|| cx.t("ui-review-station"));
            cell(row, cx, &who);
            if row.response().clicked() {
                pressed = Some(line);
            }
        });
        if reviewed.more_log > 0 {
            label(ui, cx.theme, &cx.say(&Message::new("ui-review-more").with("count", reviewed.more_log)));
        }
    });
    pressed
}

/// A table that draws only the rows that are seen.
fn table(
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

fn cell(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, text: &str) {
    row.col(|ui| {
        block(ui, &[Line::plain(text, theme::SMALL, cx.theme.ink)]);
    });
}
