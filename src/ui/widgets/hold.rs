//! A button for what can't be undone: it has to be held down, by finger, mouse or keyboard.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui::accesskit::Action;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Color32, CursorIcon, Event, FontId, Galley, Id, Key, Rect, Response, Role, Sense, Stroke,
    StrokeKind, TouchPhase, Ui, WidgetInfo, pos2, vec2,
};

use super::button::{ring, seen_when_focused};
use crate::ui::theme::{self, MAIN_BUTTON, RADIUS_BUTTON, Theme, Tone};
use crate::ui::words::Words;

/// So long it has to be held.
const HOLD_S: f64 = 1.5;
/// Who can hold nothing confirms within this time: a screen reader, a finger told of too late.
const CONFIRM_S: f64 = 20.0;
/// Two taps within this time are one: a finger that slipped has not thought twice.
const DOUBLE_TAP_S: f64 = 0.5;
/// The bar that fills while it is held.
const BAR: f32 = 6.0;

/// What was done with it so far.
#[derive(Clone, Copy, Default)]
struct Held {
    /// Since when it is down, by egui's clock.
    since_s: Option<f64>,
    /// It was held to the end, and not let go since.
    done: bool,
    /// Until when a second press counts.
    confirm_until_s: f64,
}

impl Held {
    /// How much of it is done, 0 to 1; and whether it was just completed.
    fn go_on(&mut self, down: bool, now_s: f64) -> (f32, bool) {
        if !down {
            (self.since_s, self.done) = (None, false);
            return (0.0, false);
        }
        let since_s = *self.since_s.get_or_insert(now_s);
        let share = ((now_s - since_s) / HOLD_S).min(1.0);
        let completed = share >= 1.0 && !self.done;
        self.done |= completed;
        (share as f32, completed)
    }

    /// It was pressed by who can't hold it; true for the second time. What comes at once is the first still.
    fn confirm(&mut self, now_s: f64) -> bool {
        let confirmed = self.waits(now_s);
        if confirmed {
            self.confirm_until_s = 0.0;
        } else if self.opens_in_s(now_s).is_none() {
            self.confirm_until_s = now_s + CONFIRM_S;
        }
        confirmed
    }

    /// Whether a second press counts now.
    fn waits(&self, now_s: f64) -> bool {
        now_s < self.confirm_until_s && self.opens_in_s(now_s).is_none()
    }

    /// In how long it will, if the first was only just now.
    fn opens_in_s(&self, now_s: f64) -> Option<f64> {
        let opens_s = self.confirm_until_s - CONFIRM_S + DOUBLE_TAP_S;
        (now_s < opens_s).then_some(opens_s - now_s)
    }
}

/// Shows it, as wide as its text or `min_width`, with how it works below; true once it was held long enough.
pub fn hold_button(ui: &mut Ui, theme: &Theme, words: &Words, text: &str, min_width: f32) -> bool {
    let now_s = ui.input(|input| input.time);
    let id = ui.auto_id_with("hold");
    let mut held: Held = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let shown = if held.waits(now_s) { words.t("ui-hold-again") } else { text.to_owned() };
    let hint = words.t("ui-hold");
    let rect = allocate(ui, (&shown, &hint), min_width);
    // A press that lasts is no click.
    let response = ui.interact(rect, id, Sense::drag());
    seen_when_focused(&response);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &shown));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(hint.as_str());
        node.add_action(Action::Click);
    });
    let down = is_down(ui, &response);
    let asked = is_asked(ui, response.id) || is_tapped(ui, response.rect);
    let (share, completed) = held.go_on(enabled && down, now_s);
    let confirmed = enabled && asked && held.confirm(now_s);
    if down {
        ui.ctx().request_repaint();
    }
    if let Some(opens_in_s) = held.opens_in_s(now_s) {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(opens_in_s));
    }
    ui.data_mut(|data| data.insert_temp(id, held));
    paint(ui, theme, &response, (&shown, &hint), share);
    response.on_hover_cursor(CursorIcon::PointingHand);
    completed || confirmed
}

fn galley(ui: &Ui, (text, hint): (&str, &str), room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    let format = |font| TextFormat::simple(font, Color32::PLACEHOLDER);
    job.append(text, 0.0, format(FontId::new(theme::H2, theme::bold())));
    job.append(&format!("\n{hint}"), 0.0, format(FontId::proportional(theme::SMALL)));
    job.wrap.max_width = room;
    job.halign = Align::Center;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

const PADDING: f32 = 20.0;

fn allocate(ui: &mut Ui, texts: (&str, &str), min_width: f32) -> Rect {
    let room = (ui.available_width() - 2.0 * PADDING).max(24.0);
    let text = galley(ui, texts, room).size();
    let size = vec2((text.x + 2.0 * PADDING).max(min_width), MAIN_BUTTON.max(text.y + 2.0 * BAR + 20.0));
    ui.allocate_space(size).1
}

/// The pointer, Space or Enter holds it.
fn is_down(ui: &Ui, response: &Response) -> bool {
    let keys =
        response.has_focus() && ui.input(|input| input.key_down(Key::Space) || input.key_down(Key::Enter));
    // A finger is not quite still.
    let near = |at| response.rect.expand(theme::GAP_L).contains(at);
    keys || (response.is_pointer_button_down_on() && response.interact_pointer_pos().is_some_and(near))
}

fn is_asked(ui: &Ui, id: Id) -> bool {
    ui.input(|input| input.has_accesskit_action_request(id, Action::Click))
}

/// A finger came and went within one frame: with a compositor that sends no `wl_touch.frame`, as cage 0.1.4, it is
/// told of only once it is lifted.
fn is_tapped(ui: &Ui, rect: Rect) -> bool {
    let here = |at| rect.contains(at) && ui.ctx().layer_id_at(at) == Some(ui.layer_id());
    let at = |wanted| {
        ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Touch { phase, pos, .. } if *phase == wanted => Some(*pos),
                _ => None,
            })
        })
    };
    at(TouchPhase::Start).is_some_and(here) && at(TouchPhase::End).is_some_and(here)
}

fn paint(ui: &Ui, theme: &Theme, response: &Response, texts: (&str, &str), share: f32) {
    let rect = response.rect;
    let (fill, ink, line) = if ui.is_enabled() {
        (if share > 0.0 { theme.soft(Tone::Bad) } else { theme.card }, theme.bad, theme.bad)
    } else {
        (theme.idle_soft, theme.dim, theme.line)
    };
    let painter = ui.painter();
    painter.rect(rect, RADIUS_BUTTON, fill, Stroke::new(2.0, line), StrokeKind::Inside);
    let track = Rect::from_min_max(
        pos2(rect.left() + PADDING, rect.bottom() - BAR - 8.0),
        pos2(rect.right() - PADDING, rect.bottom() - 8.0),
    );
    painter.rect_filled(track, BAR / 2.0, theme.idle_soft);
    let mut done = track;
    done.set_width(track.width() * share);
    painter.rect_filled(done, BAR / 2.0, theme.bad);
    if response.has_focus() {
        ring(ui, rect, theme);
    }
    let galley = galley(ui, texts, rect.width() - 2.0 * PADDING);
    let at = pos2(rect.center().x, rect.center().y - galley.size().y / 2.0 - BAR);
    painter.galley_with_override_text_color(at, galley, ink);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn released_early_nothing_happens_and_held_on_it_happens_once() {
        let mut held = Held::default();
        assert_eq!(held.go_on(true, 10.0), (0.0, false));
        assert!(!held.go_on(true, 11.4).1);
        assert_eq!(held.go_on(false, 11.45), (0.0, false));
        assert_eq!(held.go_on(true, 11.5), (0.0, false), "it begins anew");
        assert_eq!(held.go_on(true, 13.0), (1.0, true));
        assert_eq!(held.go_on(true, 20.0), (1.0, false), "once");
        held.go_on(false, 21.0);
        held.go_on(true, 22.0);
        assert!(held.go_on(true, 24.0).1);
    }

    #[test]
    fn a_screen_reader_is_asked_a_second_time_and_not_for_ever() {
        let mut held = Held::default();
        assert!(!held.confirm(0.0));
        assert!(held.confirm(5.0));
        assert!(!held.confirm(6.0), "each time anew");
        assert!(!held.confirm(60.0));
    }

    #[test]
    fn a_double_tap_orders_nothing() {
        let mut held = Held::default();
        assert!(!held.confirm(30.0));
        assert!(!held.confirm(30.2) && !held.waits(30.3), "nothing asks for a second one yet");
        assert!(held.waits(30.6) && held.confirm(30.6));
        assert!(!held.confirm(30.7) && !held.confirm(30.8), "nor does the next double tap");
    }
}
