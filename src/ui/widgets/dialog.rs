//! A question in front of everything else. Only its own buttons and Esc leave it: a finger beside it
//! must not throw away what was typed.

use eframe::egui::{
    Align, Align2, Color32, Context, Frame, Id, Key, Layout, Margin, Modal, Modifiers, ScrollArea, Ui, vec2,
};

use super::{Banner, banner, big_button, heading, hold_button, keyboard};
use crate::ui::theme::{self, RADIUS_CARD, Theme, Tone};
use crate::ui::words::Words;

/// What a dialog asks, apart from what is in it.
pub struct Ask {
    pub title: String,
    pub width: f32,
    /// What the station said of the last try.
    pub refusal: Option<String>,
    pub cancel: String,
    /// What the button says that does it; none when the dialog has another way.
    pub go: Option<String>,
    /// It can't be undone: its button is red and has to be held, and Enter does not do it.
    pub danger: bool,
}

/// What a person did with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foot {
    Stay,
    Leave,
    Go,
}

/// Shows the dialog; `add` draws what is in it and says whether everything is filled in.
pub fn dialog(
    ctx: &Context,
    (theme, words): (&Theme, &Words),
    ask: &Ask,
    add: impl FnOnce(&mut Ui) -> bool,
) -> Foot {
    let room = keyboard::room(ctx);
    let screen = room.size();
    // In the middle of what the keyboard leaves.
    let above = room.center() - ctx.content_rect().center();
    let frame = Frame::new()
        .fill(theme.card)
        .stroke(theme.border())
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::same(24));
    let id = Id::unique(("dialog", &ask.title));
    let area = Modal::default_area(id).default_size(screen - vec2(80.0, 40.0));
    let area = area.anchor(Align2::CENTER_CENTER, above);
    let modal = Modal::new(id).area(area).frame(frame).backdrop_color(Color32::from_black_alpha(140));
    let foot = modal
        .show(ctx, |ui| {
            ui.set_width(ask.width.min(screen.x - 80.0));
            heading(ui, theme, &ask.title);
            if let Some(refusal) = &ask.refusal {
                banner(ui, theme, &Banner { tone: Tone::Bad, head: refusal, body: "", button: None });
            }
            ui.add_space(theme::GAP_XS);
            let high = screen.y - if ask.refusal.is_some() { 300.0 } else { 220.0 };
            let high = high.max(96.0);
            // At once as high as what it holds, not by some points a frame when more comes.
            let scroll = ScrollArea::vertical().max_height(high).min_scrolled_height(high);
            let ready = scroll.show(ui, add).inner;
            footer(ui, (theme, words), ask, ready)
        })
        .inner;
    let left = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if left { Foot::Leave } else { foot }
}

/// Cancel beside the thing to do; Enter is the latter when no button has the keyboard.
fn footer(ui: &mut Ui, (theme, words): (&Theme, &Words), ask: &Ask, ready: bool) -> Foot {
    ui.add_space(theme::GAP_M);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), theme::BUTTON), layout, |ui| {
        let mut foot = Foot::Stay;
        if let Some(text) = &ask.go {
            let free = ui.memory(|memory| memory.focused().is_none());
            let enter = free && ui.input(|input| input.key_pressed(Key::Enter));
            let done = if ask.danger {
                ui.add_enabled_ui(ready, |ui| hold_button(ui, theme, words, text, 240.0)).inner
            } else {
                let button = big_button(theme, text).min_width(180.0).filled();
                ui.add_enabled(ready, button).clicked() || (enter && ready)
            };
            if done {
                foot = Foot::Go;
            }
        }
        if ui.add(big_button(theme, &ask.cancel)).clicked() {
            foot = Foot::Leave;
        }
        foot
    })
    .inner
}
