//! Short messages that something was done: they go by themselves, and never tell of errors or alarms.

use std::collections::VecDeque;

use eframe::egui::accesskit::Live;
use eframe::egui::{Align2, Area, Context, Frame, Id, Margin, Order, Role, Stroke, Ui, WidgetInfo, vec2};

use super::sign;
use crate::ui::theme::{self, RADIUS_ROW, Theme, Tone};

/// The oldest goes when there are more.
const MOST: usize = 3;
const SHOWN_MS: u64 = 5_000;
const WIDTH: f32 = 360.0;

#[derive(Default)]
pub struct Toasts {
    shown: VecDeque<Toast>,
}

struct Toast {
    text: String,
    /// On the clock that does not step.
    until_ms: u64,
}

impl Toasts {
    pub fn tell(&mut self, text: String, now_ms: u64) {
        // What is said twice is said anew.
        self.shown.retain(|toast| toast.text != text);
        self.shown.push_back(Toast { text, until_ms: now_ms + SHOWN_MS });
        while self.shown.len() > MOST {
            self.shown.pop_front();
        }
    }

    /// Removes the newest; false if there is none.
    pub fn dismiss(&mut self) -> bool {
        self.shown.pop_back().is_some()
    }

    /// Lets those go whose time is over; in how long the next one goes.
    pub fn pass(&mut self, now_ms: u64) -> Option<u64> {
        self.shown.retain(|toast| toast.until_ms > now_ms);
        self.shown.front().map(|toast| toast.until_ms - now_ms)
    }

    /// At the lower right, above everything; a press goes through to what is below. Before a question, which
    /// has its buttons there, the newest alone stands at the top, beside the question's title at most.
    pub fn show(&self, ctx: &Context, theme: &Theme, asked: bool) {
        if self.shown.is_empty() {
            return;
        }
        let (align, gap, seen) = match asked {
            true => (Align2::RIGHT_TOP, vec2(-theme::GAP_S, theme::GAP_S), 1),
            false => (Align2::RIGHT_BOTTOM, vec2(-theme::GAP_L, -theme::GAP_L), MOST),
        };
        let older = self.shown.len().saturating_sub(seen);
        Area::new(Id::unique("toasts"))
            .order(Order::Tooltip)
            .interactable(false)
            .anchor(align, gap)
            .show(ctx, |ui| self.shown.iter().skip(older).for_each(|toast| one(ui, theme, &toast.text)));
    }
}

fn one(ui: &mut Ui, theme: &Theme, text: &str) {
    let frame = Frame::new()
        .fill(theme.card)
        .stroke(Stroke::new(2.0, theme.ok))
        .corner_radius(RADIUS_ROW)
        .inner_margin(Margin::symmetric(16, 12));
    let shown = frame.show(ui, |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 80.0));
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::strong(sign(Tone::Ok), theme::TEXT, theme.ok));
            ui.label(theme::plain(text, theme::TEXT, theme.ink));
        });
    });
    let response = shown.response;
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_three_stand_and_each_goes_by_itself() {
        let mut toasts = Toasts::default();
        for (at, text) in ["a", "b", "c", "d", "b"].into_iter().enumerate() {
            toasts.tell(text.to_owned(), at as u64 * 1_000);
        }
        let texts = |toasts: &Toasts| toasts.shown.iter().map(|t| t.text.clone()).collect::<String>();
        assert_eq!(texts(&toasts), "cdb");
        assert_eq!(toasts.pass(4_000), Some(3_000));
        assert_eq!((toasts.pass(7_000), texts(&toasts)), (Some(1_000), "db".to_owned()));
        assert!(toasts.dismiss());
        assert_eq!(texts(&toasts), "d");
        assert_eq!(toasts.pass(9_000), None);
        assert!(!toasts.dismiss());
    }
}
