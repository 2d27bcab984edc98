//! The whole day at a glance: a bar a camera, green where video is as it was signed, red where it was
//! changed, amber where it is missing; below them who was at the equipment, and what happened to it.

use eframe::egui::{Align2, CornerRadius, FontId, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::Message;
use crate::point::CameraId;
use crate::review::{Mark, MarkKind, Reviewed};
use crate::ui::model::Cx;
use crate::ui::theme::Tone;
use crate::ui::widgets::{card, sign};
use crate::ui::words::{clock, clock_seconds};

const BAR: f32 = 18.0;
const NAMES: f32 = 170.0;
/// The row of marks below the cameras.
const EVENTS: f32 = 24.0;
/// So near to the pointer a mark is told, in points.
const NEAR: f32 = 6.0;

/// `at_ms` is what the recordings are shown at; gives the moment that was pressed.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed, at_ms: Option<i64>) -> Option<i64> {
    let mut cameras: Vec<CameraId> = reviewed.names().cameras.iter().map(|(id, _)| id.clone()).collect();
    for video in &reviewed.report.recordings {
        if !cameras.contains(&video.camera) {
            cameras.push(video.camera.clone());
        }
    }
    let (from, to) = reviewed.span.filter(|_| !cameras.is_empty())?;
    card(ui, cx.theme, |ui| {
        let step = if cameras.len() > 8 { 16.0 } else { BAR + 8.0 };
        let height = step * cameras.len() as f32 + EVENTS + 22.0;
        let (whole, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click_and_drag());
        let count = |kind| reviewed.marks.iter().filter(|mark| mark.kind == kind).count();
        let name = Message::new("ui-review-timeline")
            .with("accesses", count(MarkKind::Access))
            .with("unexplained", count(MarkKind::Unexplained));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, cx.say(&name)));
        let bars = Rect::from_min_max(whole.min + vec2(NAMES, 0.0), whole.max);
        for (index, camera) in cameras.iter().enumerate() {
            let top = whole.top() + step * index as f32;
            let bar = Rect::from_min_size(pos2(bars.left(), top), vec2(bars.width(), step - 6.0));
            one(ui, cx, reviewed, camera, bar, (from, to));
        }
        let events = bars.top() + step * cameras.len() as f32;
        let events = Rect::from_min_size(pos2(bars.left(), events), vec2(bars.width(), EVENTS - 6.0));
        marks(ui, cx, reviewed, events, (from, to));
        let response = match response.hover_pos().map(|at| told(cx, reviewed, bars, (from, to), at.x)) {
            Some(told) if !told.is_empty() => response.on_hover_text_at_pointer(told),
            _ => response,
        };
        hours(ui, cx, bars, (from, to), reviewed.offset_min());
        if let Some(at_ms) = at_ms {
            let now = stretch(bars, (from, to), at_ms, at_ms).left();
            let line =
                Rect::from_min_max(pos2(now - 1.5, bars.top() - 4.0), pos2(now + 1.5, bars.bottom() - 22.0));
            ui.painter().rect_filled(line, 0.0, cx.theme.ink);
        }
        let pressed = response.clicked() || response.dragged();
        let at = response.interact_pointer_pos().filter(|at| pressed && at.x >= bars.left())?;
        let share = f64::from(((at.x - bars.left()) / bars.width().max(1.0)).clamp(0.0, 1.0));
        Some(from + ((to - from) as f64 * share) as i64)
    })
    .inner
}

fn one(ui: &Ui, cx: &Cx<'_>, reviewed: &Reviewed, camera: &CameraId, bar: Rect, span: (i64, i64)) {
    let theme = cx.theme;
    let painter = ui.painter();
    name_of(ui, cx, &reviewed.camera_name(camera), bar);
    painter.rect_filled(bar, CornerRadius::same(3), theme.idle_soft);
    let Some(found) = reviewed.report.cameras.iter().find(|found| found.camera == *camera) else { return };
    for (coverage, color, least) in [
        (&found.admitted, theme.warn_soft, 1.0),
        (&found.signed, theme.ok, 1.0),
        (&found.kept, theme.dim, 1.0),
        (&found.missing, theme.warn, 4.0),
        (&found.changed, theme.bad, 4.0),
    ] {
        for stretched in &coverage.spans {
            let mut at = stretch(bar, span, stretched.from_ms, stretched.to_ms);
            at.set_width(at.width().max(least));
            let taller = if least > 1.0 { 2.0 } else { 0.0 };
            painter.rect_filled(at.expand2(vec2(0.0, taller)), 0.0, color);
        }
    }
}

fn name_of(ui: &Ui, cx: &Cx<'_>, name: &str, bar: Rect) {
    let left = pos2(bar.left() - NAMES, bar.center().y);
    let painter = ui.painter().with_clip_rect(bar.expand2(vec2(NAMES, 2.0)));
    painter.text(left, Align2::LEFT_CENTER, name, FontId::proportional(14.0), cx.theme.ink);
}

/// Accesses as bars, what happened as signs.
fn marks(ui: &Ui, cx: &Cx<'_>, reviewed: &Reviewed, bar: Rect, span: (i64, i64)) {
    name_of(ui, cx, &cx.t("ui-review-events"), bar);
    let painter = ui.painter();
    for mark in &reviewed.marks {
        let at = stretch(bar, span, mark.from_ms, mark.to_ms);
        let tone = tone(mark.kind);
        if mark.kind == MarkKind::Access {
            painter.rect_filled(at.shrink2(vec2(0.0, 5.0)), CornerRadius::same(2), cx.theme.strong(tone));
        } else {
            let font = FontId::proportional(14.0);
            painter.text(at.left_center(), Align2::CENTER_CENTER, sign(tone), font, cx.theme.strong(tone));
        }
    }
}

fn tone(kind: MarkKind) -> Tone {
    match kind {
        MarkKind::Access => Tone::Accent,
        MarkKind::Explained => Tone::Idle,
        MarkKind::Unexplained => Tone::Bad,
        MarkKind::Picture | MarkKind::Interruption => Tone::Warn,
    }
}

/// What the journal says of the marks near this place, a line each.
fn told(cx: &Cx<'_>, reviewed: &Reviewed, bar: Rect, span: (i64, i64), x: f32) -> String {
    let near = |mark: &&Mark| {
        let at = stretch(bar, span, mark.from_ms, mark.to_ms);
        (at.left() - NEAR..=at.right() + NEAR).contains(&x)
    };
    let lines = reviewed.marks.iter().filter(near).take(5).filter_map(|mark| {
        let line = reviewed.log().numbered(mark.record)?;
        let time = reviewed.lines.time(mark.from_ms);
        let camera = mark.camera.as_ref().map(|camera| format!("{} · ", reviewed.camera_name(camera)));
        Some(format!("{time} · {}{}", camera.unwrap_or_default(), cx.say(&reviewed.named(&line.text))))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Where a stretch of time lies in the bar.
fn stretch(bar: Rect, span: (i64, i64), from: i64, to: i64) -> Rect {
    let x = |at: i64| {
        let share = (at.saturating_sub(span.0)) as f64 / (span.1 - span.0).max(1) as f64;
        bar.left() + bar.width() * share.clamp(0.0, 1.0) as f32
    };
    Rect::from_min_max(pos2(x(from), bar.top()), pos2(x(to).max(x(from) + 1.0), bar.bottom()))
}

/// Times below the bars: the ends, and as many between as there is room for.
fn hours(ui: &Ui, cx: &Cx<'_>, bars: Rect, span: (i64, i64), offset_min: i32) {
    let count = 6;
    for index in 0..=count {
        let at = span.0 + (span.1 - span.0) / count * index;
        let x = bars.left() + bars.width() * index as f32 / count as f32;
        let align = match index {
            0 => Align2::LEFT_BOTTOM,
            _ if index == count => Align2::RIGHT_BOTTOM,
            _ => Align2::CENTER_BOTTOM,
        };
        // Over a few minutes the minutes alone would all be the same.
        let text =
            if span.1 - span.0 < 600_000 { clock_seconds(at, offset_min) } else { clock(at, offset_min) };
        let font = FontId::proportional(14.0);
        ui.painter().text(pos2(x, bars.bottom()), align, text, font, cx.theme.dim);
    }
}
