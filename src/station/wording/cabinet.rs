//! The events of the cabinet in words.

use super::event::named;
use crate::i18n::Message;
use crate::journal::{CabinetClosed, CabinetOpened};

pub(super) fn opened(opened: &CabinetOpened) -> (&'static str, Message) {
    let (kind, message) = named("cabinet_opened");
    let numbers: Vec<&str> = opened.seals.iter().map(|seal| seal.number.as_str()).collect();
    let broken = opened.seals.iter().filter(|seal| !seal.intact).count();
    let message = message.with("access", opened.access).with("initiator", opened.initiator.as_str());
    (kind, message.with("seals", numbers.join(", ")).with("broken", broken))
}

pub(super) fn closed(closed: &CabinetClosed) -> (&'static str, Message) {
    let (kind, message) = named("cabinet_closed");
    let message = message.with("access", closed.access).with("seals", closed.seals.join(", "));
    (kind, message.with("pak", if closed.pak_on { "on" } else { "off" }))
}
