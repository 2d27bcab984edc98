//! The station locks a window that nobody touches any more: now and then it hears that somebody does.

use eframe::egui::{Context, Event};

/// How often the station is told.
const EVERY_MS: u64 = 20_000;

/// When the station was told last that somebody is here, on the monotonic clock.
#[derive(Default)]
pub struct Presence(Option<u64>);

impl Presence {
    /// Somebody else is here now, or nobody.
    pub fn changed(&mut self) {
        self.0 = None;
    }

    /// Whether the station is to be told now: at once of a new person, then while the window is touched.
    pub fn is_due(&mut self, ctx: &Context, now_ms: u64) -> bool {
        let due = match self.0 {
            None => true,
            Some(told_ms) => now_ms.saturating_sub(told_ms) >= EVERY_MS && is_touched(ctx),
        };
        if due {
            self.0 = Some(now_ms);
        }
        due
    }
}

fn is_touched(ctx: &Context) -> bool {
    let touch = |event: &Event| {
        matches!(
            event,
            Event::PointerMoved(_)
                | Event::PointerButton { .. }
                | Event::MouseWheel { .. }
                | Event::Touch { .. }
                | Event::Key { .. }
                | Event::Text(_)
        )
    };
    ctx.input(|input| input.events.iter().any(touch))
}
