//! The whole day at a glance: a bar a camera, green where video is as it was signed, red where it was
//! changed, amber where it is missing; below them who was at the equipment, and what happened to it.

use eframe::egui::accesskit::Action;
use eframe::egui::{
    Align2, CornerRadius, FontId, Id, PointerButton, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::timeline_keys;
use crate::i18n::Message;
use crate::point::CameraId;
use crate::review::{Lines, Mark, MarkKind, Reviewed, VideoAt};
use crate::ui::model::Cx;
use crate::ui::theme::{self, RADIUS_ROW, Tone};
use crate::ui::widgets::{Line, block, card, seen_when_focused, sign};
use crate::ui::words::clock;

const BAR: f32 = 18.0;
const NAMES: f32 = 170.0;
/// The row of marks below the cameras.
const EVENTS: f32 = 24.0;
/// So near to the pointer a mark is told, in points.
const NEAR: f32 = 6.0;
/// More marks at one place nobody reads.
const MOST_TOLD: usize = 5;

/// A time below it has at least so much room.
const TIME_ROOM: f32 = 96.0;
/// How far times that people count by are apart, at most a day.
const ROUND_SECONDS: [i64; 18] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

/// What was asked for on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// This moment is to be shown, UTC ms.
    Moment(i64),
    /// It is to play there, or to pause.
    Play,
}

/// What has the keyboard when it is here.
pub fn id() -> Id {
    Id::unique("review-timeline")
}

/// `at_ms` is what the recordings are shown at, if somebody has been anywhere yet.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed, at_ms: Option<i64>) -> Option<Asked> {
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
        let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let response = ui.interact(whole, id(), Sense::click_and_drag());
        let here_ms = at_ms.unwrap_or(from);
        let lies = lies(cx, reviewed, here_ms);
        name(cx, reviewed, &response, (here_ms - from, to - from), &lies);
        seen_when_focused(&response);
        if response.has_focus() {
            let ring = whole.expand2(vec2(8.0, 6.0));
            ui.painter().rect_stroke(ring, RADIUS_ROW, cx.theme.focus(), StrokeKind::Inside);
        }
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
        hours(ui, cx, &reviewed.lines, bars, (from, to));
        if let Some(at_ms) = at_ms {
            let now = stretch(bars, (from, to), at_ms, at_ms).left();
            let line =
                Rect::from_min_max(pos2(now - 1.5, bars.top() - 4.0), pos2(now + 1.5, bars.bottom() - 22.0));
            ui.painter().rect_filled(line, 0.0, cx.theme.ink);
        }
        block(ui, &[Line::plain(&lies, theme::SMALL, cx.theme.ink)]);
        if response.clicked() && !response.clicked_by(PointerButton::Primary) {
            return Some(Asked::Play);
        }
        let pressed = response.clicked() || response.dragged();
        let Some(at) = response.interact_pointer_pos().filter(|at| pressed && at.x >= bars.left()) else {
            return timeline_keys::moved(ui, &response, reviewed, here_ms, (from, to)).map(Asked::Moment);
        };
        let share = f64::from(((at.x - bars.left()) / bars.width().max(1.0)).clamp(0.0, 1.0));
        Some(Asked::Moment(from + ((to - from) as f64 * share) as i64))
    })
    .inner
}

/// What it is to whoever does not see it: a slider over the day's seconds.
fn name(cx: &Cx<'_>, reviewed: &Reviewed, response: &Response, (at_ms, length_ms): (i64, i64), lies: &str) {
    let count = |kind| reviewed.marks.iter().filter(|mark| mark.kind == kind).count();
    let name = Message::new("ui-review-timeline")
        .with("accesses", count(MarkKind::Access))
        .with("unexplained", count(MarkKind::Unexplained));
    let seconds = |ms: i64| (ms / 1_000) as f64;
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(lies.to_owned()),
        value: Some(seconds(at_ms)),
        ..WidgetInfo::labeled(Role::Slider, true, cx.say(&name))
    });
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(seconds(length_ms));
        node.set_numeric_value_step(seconds(timeline_keys::STEP_MS));
        node.set_numeric_value_jump(seconds(timeline_keys::LEAP_MS));
        for action in [Action::Increment, Action::Decrement, Action::SetValue] {
            node.add_action(action);
        }
    });
}

/// The moment in words: its time, which video there is, what the journal tells.
fn lies(cx: &Cx<'_>, reviewed: &Reviewed, at_ms: i64) -> String {
    let videos = reviewed.video_at(at_ms);
    let mut words = vec![reviewed.lines.time(at_ms)];
    for state in VideoAt::ALL {
        let cameras = videos.iter().filter(|(_, video)| *video == state);
        let cameras: Vec<_> = cameras.map(|(camera, _)| reviewed.camera_name(camera)).collect();
        // What is whole everywhere needs no list.
        let id = match state {
            _ if cameras.is_empty() => continue,
            VideoAt::Whole if cameras.len() == videos.len() => "timeline-all-whole",
            VideoAt::Whole => "timeline-whole",
            VideoAt::Changed => "timeline-changed",
            VideoAt::Missing => "timeline-missing",
            VideoAt::Admitted => "timeline-admitted",
            VideoAt::Kept => "timeline-kept",
        };
        words.push(cx.say(&Message::new(id).with("cameras", cameras.join(", "))));
    }
    if videos.is_empty() {
        words.push(cx.t("timeline-none"));
    }
    words.extend(reviewed.marks_at(at_ms).take(MOST_TOLD).filter_map(|mark| line(cx, reviewed, mark)));
    words.join(" · ")
}

/// What the journal says of a mark.
fn line(cx: &Cx<'_>, reviewed: &Reviewed, mark: &Mark) -> Option<String> {
    let line = reviewed.log().numbered(mark.record)?;
    let camera = mark.camera.as_ref().map(|camera| format!("{} · ", reviewed.camera_name(camera)));
    Some(format!("{}{}", camera.unwrap_or_default(), cx.say(&reviewed.named(&line.text))))
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
    let lines = reviewed.marks.iter().filter(near).take(MOST_TOLD).filter_map(|mark| {
        Some(format!("{} · {}", reviewed.lines.time(mark.from_ms), line(cx, reviewed, mark)?))
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

/// Round times of day below the bars, where they are.
fn hours(ui: &Ui, cx: &Cx<'_>, lines: &Lines, bars: Rect, span: (i64, i64)) {
    let most = (bars.width() / TIME_ROOM) as i64;
    let (step_ms, times) = round_times(span, lines.offset_min, most);
    for at_ms in times {
        let text = match step_ms < 60_000 {
            true => lines.time(at_ms),
            false => clock(at_ms, lines.offset_min),
        };
        let painter = ui.painter();
        let text = painter.layout_no_wrap(text, FontId::proportional(14.0), cx.theme.dim);
        let (size, x) = (text.size(), stretch(bars, span, at_ms, at_ms).left());
        let left = (x - size.x / 2.0).clamp(bars.left(), (bars.right() - size.x).max(bars.left()));
        painter.galley(pos2(left, bars.bottom() - size.y), text, cx.theme.dim);
    }
}

/// Times of day within `span` that people count by, and how far they are apart: none where even each
/// midnight were more than `most`.
fn round_times(span: (i64, i64), offset_min: i32, most: i64) -> (i64, Vec<i64>) {
    let length_ms = span.1.saturating_sub(span.0);
    let mut steps = ROUND_SECONDS.into_iter().map(|seconds| seconds * 1_000);
    let Some(step_ms) = steps.find(|step_ms| length_ms / step_ms < most) else { return (0, Vec::new()) };
    let offset_ms = i64::from(offset_min) * 60_000;
    let over_ms = span.0.saturating_add(offset_ms).rem_euclid(step_ms);
    let first_ms = span.0.saturating_add((step_ms - over_ms) % step_ms);
    let times = (0..most).map(|index| first_ms.saturating_add(index * step_ms));
    (step_ms, times.take_while(|at_ms| *at_ms <= span.1).collect())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    fn times(from: &str, to: &str, most: i64) -> Vec<String> {
        let read = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        let (from, to) = (read(from), read(to));
        let span = (from.timestamp_millis(), to.timestamp_millis());
        let (step_ms, times) = round_times(span, 330, most);
        let form = if step_ms < 60_000 { "%H:%M:%S" } else { "%H:%M" };
        let told = |at_ms: i64| (from + TimeDelta::milliseconds(at_ms - span.0)).format(form).to_string();
        times.into_iter().map(told).collect()
    }

    /// In India the clock is half an hour off the hours of UTC.
    #[test]
    fn the_times_below_it_are_round_and_within_the_day() {
        let day = times("2026-05-29T08:59:58.300+05:30", "2026-05-29T13:00:04+05:30", 7);
        assert_eq!(day, ["09:00", "10:00", "11:00", "12:00", "13:00"]);
        let hour = times("2026-05-29T09:00:00+05:30", "2026-05-29T09:59:59+05:30", 7);
        assert_eq!(hour, ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50"]);
        let seconds = times("2026-05-29T09:00:01+05:30", "2026-05-29T09:00:21+05:30", 5);
        assert_eq!(seconds, ["09:00:05", "09:00:10", "09:00:15", "09:00:20"]);
        let night = times("2026-05-29T18:00:00+05:30", "2026-05-30T10:00:00+05:30", 7);
        assert_eq!(night, ["18:00", "21:00", "00:00", "03:00", "06:00", "09:00"]);
        let moment = times("2026-05-29T09:00:00.300+05:30", "2026-05-29T09:00:00.900+05:30", 7);
        assert_eq!(moment, Vec::<String>::new());
        let months = times("2026-01-01T12:00:00+05:30", "2026-05-01T12:00:00+05:30", 7);
        assert_eq!(months, Vec::<String>::new());
    }
}
