//! The keys that do the same on every screen.

use eframe::egui::{Context, Id, Key, Modifiers};

use super::model::Screen;
use super::theme::Scale;

/// Where a key leads to; `from` is where somebody was who looks at the guide.
pub fn screen(ctx: &Context, at: Screen, from: Screen) -> Option<Screen> {
    let help = if at == Screen::Help { from } else { Screen::Help };
    // In a field it leads to the beginning of the line.
    let home = Some(Screen::Today).filter(|_| !ctx.text_edit_focused() && !has_own_home(ctx));
    let others = [Key::F2, Key::F3, Key::F4, Key::F5, Key::F6, Key::F7, Key::F8, Key::F9];
    let others = others.into_iter().zip(Screen::ALL.into_iter().skip(1).map(Some));
    let mut keys = [(Key::F1, Some(help)), (Key::Home, home)].into_iter().chain(others);
    ctx.input(|input| keys.find(|(key, _)| input.key_pressed(*key)))?.1
}

/// While it has the keyboard, Home leads to its own beginning. Said anew each time that it is drawn so.
pub fn keep_home(ctx: &Context, widget: Id) {
    ctx.data_mut(|data| data.insert_temp(home_keeper(), widget));
}

fn has_own_home(ctx: &Context) -> bool {
    let keeper = ctx.data(|data| data.get_temp::<Id>(home_keeper()));
    keeper.is_some_and(|widget| ctx.memory(|memory| memory.has_focus(widget)))
}

fn home_keeper() -> Id {
    Id::unique("home-keeper")
}

/// What Ctrl with plus, minus or nought asks for.
pub fn scale(ctx: &Context, scale: Scale) -> Option<Scale> {
    let pressed = |keys: &[Key]| {
        keys.iter().any(|key| ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, *key)))
    };
    if pressed(&[Key::Plus, Key::Equals]) {
        scale.larger()
    } else if pressed(&[Key::Minus]) {
        scale.smaller()
    } else {
        pressed(&[Key::Num0]).then(Scale::default)
    }
}
