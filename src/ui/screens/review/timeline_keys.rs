//! The timeline by keyboard and by a screen reader: by seconds, by minutes, from one thing that happened to the
//! next. As in the lists below it, down is later.

use eframe::egui::accesskit::{Action, ActionData};
use eframe::egui::{EventFilter, Key, Modifiers, Response, Ui};

use crate::review::Reviewed;
use crate::ui::keys;

pub const STEP_MS: i64 = 1_000;
pub const LEAP_MS: i64 = 60_000;

/// Where somebody went from `at_ms`, within `span`; UTC ms.
pub fn moved(ui: &Ui, timeline: &Response, reviewed: &Reviewed, at_ms: i64, span: (i64, i64)) -> Option<i64> {
    let mut to_ms = by_screen_reader(ui, timeline, at_ms, span.0);
    if timeline.has_focus() {
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(timeline.id, arrows));
        keys::keep_home(ui.ctx(), timeline.id);
        to_ms = by_keyboard(ui, reviewed, to_ms, span);
    }
    let to_ms = to_ms.clamp(span.0, span.1);
    (to_ms != at_ms).then_some(to_ms)
}

fn by_keyboard(ui: &Ui, reviewed: &Reviewed, at_ms: i64, span: (i64, i64)) -> i64 {
    let presses = |modifiers, key| {
        ui.input_mut(|input| input.count_and_consume_key(modifiers, key)).try_into().unwrap_or(i64::MAX)
    };
    let steps = [
        // Whoever asks for no Shift is given presses with Shift too.
        (Modifiers::SHIFT, Key::ArrowLeft, -LEAP_MS),
        (Modifiers::SHIFT, Key::ArrowRight, LEAP_MS),
        (Modifiers::NONE, Key::PageUp, -LEAP_MS),
        (Modifiers::NONE, Key::PageDown, LEAP_MS),
        (Modifiers::NONE, Key::ArrowLeft, -STEP_MS),
        (Modifiers::NONE, Key::ArrowRight, STEP_MS),
    ];
    let mut to_ms = steps.into_iter().fold(at_ms, |to_ms, (modifiers, key, by_ms)| {
        to_ms.saturating_add(by_ms.saturating_mul(presses(modifiers, key)))
    });
    for _ in 0..presses(Modifiers::NONE, Key::ArrowUp) {
        to_ms = reviewed.moment_before(to_ms).unwrap_or(to_ms);
    }
    for _ in 0..presses(Modifiers::NONE, Key::ArrowDown) {
        to_ms = reviewed.next_moment(to_ms).unwrap_or(to_ms);
    }
    for (key, end_ms) in [(Key::Home, span.0), (Key::End, span.1)] {
        if presses(Modifiers::NONE, key) > 0 {
            to_ms = end_ms;
        }
    }
    to_ms
}

/// A screen reader goes step by step, or names a second of the day.
fn by_screen_reader(ui: &Ui, timeline: &Response, at_ms: i64, begin_ms: i64) -> i64 {
    ui.input(|input| {
        let named = input.accesskit_action_requests(timeline.id, Action::SetValue).filter_map(|asked| {
            match asked.data {
                Some(ActionData::NumericValue(seconds)) => {
                    Some(begin_ms.saturating_add((seconds * 1_000.0) as i64))
                }
                _ => None,
            }
        });
        let asked = |action| input.num_accesskit_action_requests(timeline.id, action) as i64;
        let steps = asked(Action::Increment) - asked(Action::Decrement);
        named.last().unwrap_or(at_ms).saturating_add(steps * STEP_MS)
    })
}
