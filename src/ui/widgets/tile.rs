//! A camera: its picture, what is written over it, and how it does.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, Color32, CornerRadius, CursorIcon, FontId, Galley, Painter, Rect, Response, Role, Sense, Stroke,
    StrokeKind, TextureId, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::button::{ring, seen_when_focused};
use super::sign;
use crate::ui::theme::{self, Theme, Tone};

pub struct Tile<'a> {
    pub name: &'a str,
    pub tone: Tone,
    /// The state in one word.
    pub state: &'a str,
    /// What stands at the right of the strip.
    pub detail: &'a str,
    /// What pressing it does.
    pub action: &'a str,
    pub picture: Option<(TextureId, Vec2)>,
    /// What is heard, if the camera has sound.
    pub sound: Option<Sound<'a>>,
    /// What stands in the middle instead of a picture: large, then smaller lines.
    pub trouble: Option<(&'a str, Vec<String>)>,
}

/// A camera's sound: a word, and how loud it is where that is known.
pub struct Sound<'a> {
    pub tone: Tone,
    pub word: &'a str,
    /// Mean and peak, 0 to 1.
    pub loudness: Option<(f32, f32)>,
}

/// The height of what is written below a picture.
const STRIP: f32 = 38.0;

/// Paints the tile into `rect`; it can be pressed.
pub fn tile(ui: &mut Ui, theme: &Theme, rect: Rect, tile: &Tile<'_>) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("tile", tile.name)), Sense::click());
    seen_when_focused(&response);
    response.widget_info(|| {
        let mut said = format!("{}: {}. {}", tile.name, tile.state, tile.detail);
        if let Some((large, lines)) = &tile.trouble {
            said = format!("{said}. {large}. {}", lines.join(". "));
        }
        if let Some(sound) = &tile.sound {
            said = format!("{said}. {}", sound.word);
        }
        WidgetInfo::labeled(Role::Button, true, format!("{said}. {}", tile.action))
    });
    let painter = ui.painter().with_clip_rect(rect);
    let radius = CornerRadius::same(12);
    painter.rect_filled(rect, radius, theme::PICTURE_GROUND);
    let trouble = tile.trouble.is_some();
    if let (Some((texture, size)), false) = (tile.picture, trouble) {
        let scale = (rect.width() / size.x).min(rect.height() / size.y);
        let place = Rect::from_center_size(rect.center(), size * scale);
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, place, whole, Color32::WHITE);
    }
    if let Some((large, lines)) = &tile.trouble {
        instead(&painter, rect, large, lines);
    }
    if let Some(sound) = &tile.sound {
        meter(&painter, rect, sound);
    }
    strip(&painter, rect, tile);
    let line = if trouble { Stroke::new(3.0, theme.bad) } else { Stroke::new(1.0, theme.line) };
    painter.rect_stroke(rect, radius, line, StrokeKind::Inside);
    if response.has_focus() {
        ring(ui, rect, theme);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// What stands instead of a picture, in the middle above the strip. Lines that do not fit are left out: the
/// enlarged tile has them.
fn instead(painter: &Painter, rect: Rect, large: &str, lines: &[String]) {
    let room = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - STRIP));
    let width = rect.width() - 24.0;
    let laid_out = |text: &str, font: FontId, color: Color32| {
        let mut job = LayoutJob::simple(text.to_owned(), font, color, width);
        job.halign = Align::Center;
        painter.fonts_mut(|fonts| fonts.layout_job(job))
    };
    // As large as leaves every word whole.
    let whole = |size: &f32| {
        large.split_whitespace().all(|word| {
            let font = FontId::new(*size, theme::bold());
            painter.layout_no_wrap(word.to_owned(), font, theme::PICTURE_LOUD_TEXT).size().x <= width
        })
    };
    let sizes = [theme::H1, theme::H2, theme::TEXT, theme::SMALL];
    let largest = if room.height() < 120.0 { theme::H2 } else { theme::H1 };
    let size = sizes.into_iter().filter(|size| *size <= largest).find(whole).unwrap_or(theme::SMALL);
    let big = laid_out(large, FontId::new(size, theme::bold()), theme::PICTURE_LOUD_TEXT);
    let mut left = room.height() - 8.0 - big.size().y;
    let small = |line: &String| laid_out(line, FontId::proportional(theme::SMALL), theme::PICTURE_SOFT_TEXT);
    let fits = |galley: &Arc<Galley>| {
        left -= galley.size().y + 2.0;
        left >= 0.0
    };
    let shown: Vec<_> =
        std::iter::once(big.clone()).chain(lines.iter().map(small).take_while(fits)).collect();
    let high: f32 = shown.iter().map(|galley| galley.size().y + 2.0).sum();
    let mut y = room.center().y - high / 2.0;
    for galley in shown {
        let step = galley.size().y + 2.0;
        painter.galley(pos2(rect.center().x, y), galley, theme::PICTURE_SOFT_TEXT);
        y += step;
    }
}

/// In the upper right corner: the word, and a bar beside it.
fn meter(painter: &Painter, rect: Rect, sound: &Sound<'_>) {
    let color = color_of(sound.tone);
    let mark = if sound.tone == Tone::Ok { "♪" } else { sign(sound.tone) };
    let font = FontId::new(theme::SMALL, theme::bold());
    let word = painter.layout_no_wrap(format!("{mark} {}", sound.word), font, color);
    let bar = vec2(if sound.loudness.is_some() { 68.0 } else { 0.0 }, 8.0);
    let size = vec2(word.size().x + bar.x + 20.0, 28.0);
    let place = Rect::from_min_size(pos2(rect.right() - size.x - 8.0, rect.top() + 8.0), size);
    painter.rect_filled(place, CornerRadius::same(8), theme::PICTURE_STRIP);
    painter.galley(pos2(place.left() + 10.0, place.center().y - word.size().y / 2.0), word, color);
    let Some((mean, peak)) = sound.loudness else { return };
    let track = vec2(bar.x - 8.0, bar.y);
    let left = pos2(place.right() - 10.0 - track.x, place.center().y - track.y / 2.0);
    let part = |share: f32| Rect::from_min_size(left, vec2(track.x * share.clamp(0.0, 1.0), track.y));
    painter.rect_filled(part(1.0), CornerRadius::same(2), theme::PICTURE_GROUND);
    painter.rect_filled(part(mean), CornerRadius::same(2), color);
    let at = left.x + track.x * peak.clamp(0.0, 1.0);
    painter.vline(at, left.y..=left.y + track.y, Stroke::new(2.0, theme::PICTURE_TEXT));
}

fn color_of(tone: Tone) -> Color32 {
    match tone {
        Tone::Bad => theme::PICTURE_LOUD_TEXT,
        Tone::Warn => theme::PICTURE_WARN_TEXT,
        Tone::Idle => theme::PICTURE_SOFT_TEXT,
        Tone::Ok | Tone::Accent => theme::PICTURE_GOOD_TEXT,
    }
}

fn strip(painter: &Painter, rect: Rect, tile: &Tile<'_>) {
    let font = FontId::new(theme::SMALL, theme::bold());
    // A long name takes more lines.
    let name = painter.layout(tile.name.to_owned(), font.clone(), theme::PICTURE_TEXT, rect.width() - 24.0);
    let high = STRIP.max(name.size().y + 12.0);
    let strip = Rect::from_min_max(pos2(rect.left(), rect.bottom() - high), rect.max);
    painter.rect_filled(strip, CornerRadius { nw: 0, ne: 0, sw: 12, se: 12 }, theme::PICTURE_STRIP);
    let color = color_of(tile.tone);
    let mark = if tile.tone == Tone::Ok { "●" } else { sign(tile.tone) };
    let state = format!("{mark} {}", tile.state);
    let state = painter.layout_no_wrap(state, font, color);
    let detail =
        painter.layout_no_wrap(tile.detail.to_owned(), FontId::proportional(14.0), theme::PICTURE_SOFT_TEXT);
    let center = strip.center().y;
    let at = |galley: &eframe::egui::Galley, x: f32| pos2(x, center - galley.size().y / 2.0);
    let left = strip.left() + 12.0;
    // The name stands whole; what does not fit beside it is left out, the detail first.
    let (name_width, state_width) = (name.size().x, state.size().x);
    painter.galley(at(&name, left), name, theme::PICTURE_TEXT);
    let room = strip.width() - 24.0 - name_width - 12.0;
    if state_width <= room {
        painter.galley(at(&state, left + name_width + 12.0), state, color);
    }
    if state_width + 12.0 + detail.size().x <= room {
        let x = strip.right() - 12.0 - detail.size().x;
        painter.galley(at(&detail, x), detail, theme::PICTURE_SOFT_TEXT);
    }
}

/// A tile is not smaller: its name and its state have to be read.
const SMALLEST: Vec2 = vec2(150.0, 112.0);

/// How many tiles stand beside each other, and how large each is, so that `count` fill `area`, or
/// reach below it where it is too small for them.
pub fn grid(count: usize, area: Vec2, gap: f32) -> (usize, Vec2) {
    let mut best = (1, vec2(1.0, 1.0), 0.0);
    for columns in 1..=count.clamp(1, 6) {
        let rows = count.div_ceil(columns).max(1);
        let width = (area.x - gap * (columns as f32 - 1.0)) / columns as f32;
        let height = ((area.y - gap * (rows as f32 - 1.0)) / rows as f32).max(1.0);
        // Pictures are 4:3 or 16:9; what of the tile they cover decides.
        let seen = (width / (4.0 / 3.0)).min(height).max(1.0);
        if seen > best.2 {
            best = (columns, vec2(width, height), seen);
        }
    }
    if best.1.x >= SMALLEST.x && best.1.y >= SMALLEST.y {
        return (best.0, best.1);
    }
    let columns = (((area.x + gap) / (SMALLEST.x + gap)) as usize).clamp(1, count.max(1));
    let width = (area.x - gap * (columns as f32 - 1.0)) / columns as f32;
    (columns, vec2(width, SMALLEST.y.max(width / 1.6)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_24_tiles_fill_the_area_and_stay_inside() {
        let area = vec2(1100.0, 560.0);
        for count in 1..=24 {
            let (columns, size) = grid(count, area, 12.0);
            let rows = count.div_ceil(columns);
            assert!(columns as f32 * (size.x + 12.0) - 12.0 <= area.x + 0.5, "{count}");
            assert!(rows as f32 * (size.y + 12.0) - 12.0 <= area.y + 0.5, "{count}");
            assert!(size.x > 120.0 && size.y > 80.0, "{count}: {size:?}");
        }
        assert_eq!(grid(6, area, 12.0).0, 3);
    }
}
