//! What the screens are put together from. A widget is given what it shows and the theme; it knows
//! nothing of the day.

mod banner;
mod button;
mod card;
mod chip;
mod dialog;
mod field;
mod hold;
pub mod keyboard;
mod phase_bar;
mod pin_pad;
mod progress;
mod qr;
mod secret;
mod text;
mod tile;
mod toast;

pub use banner::{Banner, banner};
pub use button::{Big, big_button, seen_when_focused};
pub use card::{card, columns, heading, label, row, rule, title};
pub use chip::{chip, count, state_line};
pub use dialog::{Ask, Foot, dialog};
pub use field::{choice, field, hinted_field, tick};
pub use hold::hold_button;
pub use keyboard::Keyboard;
pub use phase_bar::{Phase, PhaseState, phase_bar};
pub use pin_pad::PinPad;
pub use progress::progress;
pub use qr::qr_code;
pub use secret::{Secret, secret_field};
pub use text::{Line, block};
pub use tile::{Sound, Tile, grid, tile};
pub use toast::Toasts;

use super::theme::Tone;

/// The sign that goes with a tone, so that no state is told by colour alone.
pub fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Idle => "○",
        Tone::Accent => "●",
        Tone::Ok => "✔",
        Tone::Warn => "▲",
        Tone::Bad => "■",
    }
}
