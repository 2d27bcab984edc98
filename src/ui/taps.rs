//! Every tap counts, however fast they come: egui knows of one click a frame, and a slow renderer draws a frame
//! in which a person taps twice.

use eframe::egui::Event;

/// What came after a tap and waits for the next frame.
#[derive(Default)]
pub struct Taps {
    waiting: Vec<Event>,
}

impl Taps {
    /// Leaves of a frame's events those up to the end of its first tap, if another one follows. True when
    /// there is something for one more frame.
    pub fn one_a_frame(&mut self, events: &mut Vec<Event>) -> bool {
        self.waiting.append(events);
        let tapped = self.waiting.iter().position(|event| is_button(event, false)).map(|at| at + 1);
        let goes_on = |at: &usize| self.waiting.iter().skip(*at).any(|event| is_button(event, true));
        let end = tapped.filter(goes_on).unwrap_or(self.waiting.len());
        events.extend(self.waiting.drain(..end));
        !self.waiting.is_empty()
    }
}

fn is_button(event: &Event, down: bool) -> bool {
    matches!(event, Event::PointerButton { pressed, .. } if *pressed == down)
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Context, Modifiers, PointerButton, Pos2, RawInput, Rect, Sense, pos2, vec2};

    use super::*;

    const LEFT: Pos2 = pos2(20.0, 20.0);
    const RIGHT: Pos2 = pos2(120.0, 20.0);

    fn button(pos: Pos2, pressed: bool) -> Event {
        Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    /// A finger comes, and goes.
    fn tap(pos: Pos2) -> [Event; 4] {
        [Event::PointerMoved(pos), button(pos, true), button(pos, false), Event::PointerGone]
    }

    /// What was clicked, left or right, in each frame in which something was.
    fn clicked(mut frames: Vec<Vec<Event>>, mut taps: Option<Taps>) -> String {
        let ctx = Context::default();
        let mut clicked = String::new();
        let mut more = false;
        frames.insert(0, Vec::new());
        let mut frames = frames.into_iter();
        loop {
            let Some(mut events) = frames.next().or(more.then(Vec::new)) else { return clicked };
            more = taps.as_mut().is_some_and(|taps| taps.one_a_frame(&mut events));
            let mut output = ctx.run_ui(RawInput { events, ..RawInput::default() }, |ui| {
                for (name, at) in [('l', LEFT), ('r', RIGHT)] {
                    let rect = Rect::from_center_size(at, vec2(30.0, 30.0));
                    if ui.interact(rect, ui.scope_id().with(name), Sense::click()).clicked() {
                        clicked.push(name);
                    }
                }
            });
            output.textures_delta.clear();
        }
    }

    #[test]
    fn each_of_several_taps_within_a_frame_counts() {
        let taps = [tap(LEFT), tap(LEFT), tap(RIGHT)].concat();
        assert_ne!(clicked(vec![taps.clone()], None), "llr", "egui alone");
        assert_eq!(clicked(vec![taps.clone()], Some(Taps::default())), "llr");
        let two = vec![taps.clone(), taps];
        assert_eq!(clicked(two, Some(Taps::default())), "llrllr");
    }

    /// A press that began in the frame before ends together with the begin of the next one.
    #[test]
    fn a_tap_over_the_edge_of_a_frame_counts_once() {
        let frames = vec![
            vec![Event::PointerMoved(LEFT), button(LEFT, true)],
            vec![button(LEFT, false), Event::PointerMoved(RIGHT), button(RIGHT, true)],
            vec![button(RIGHT, false)],
        ];
        assert_eq!(clicked(frames, Some(Taps::default())), "lr");
    }

    #[test]
    fn nothing_waits_without_another_tap() {
        let mut taps = Taps::default();
        let mut events = [&tap(LEFT)[..], &[Event::Text("д".into())]].concat();
        assert!(!taps.one_a_frame(&mut events));
        assert_eq!(events.len(), 5);
    }
}
