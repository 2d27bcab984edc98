//! The events of people and their PINs in words.

use super::event::named;
use crate::i18n::Message;
use crate::journal::{KioskLeft, PersonReplaced, PinRenewed, ScreenLocked, SignInPaused};

pub(super) fn pin_renewed(renewed: &PinRenewed) -> (&'static str, Message) {
    let (kind, message) = named("pin_renewed");
    (kind, message.with("person", renewed.person.as_str()).with("reason", renewed.reason.as_str()))
}

pub(super) fn sign_in_paused(paused: &SignInPaused) -> (&'static str, Message) {
    let (kind, message) = named("sign_in_paused");
    let message = message.with("person", paused.person.as_str()).with("failures", paused.failures);
    (kind, message.with("seconds", paused.seconds))
}

pub(super) fn person_replaced(told: &PersonReplaced) -> (&'static str, Message) {
    let (kind, message) = named("person_replaced");
    let message = message.with("replaced", told.replaced.as_str()).with("name", told.name.as_str());
    (kind, message.with("post", told.post.as_str()).with("reason", told.reason.as_str()))
}

pub(super) fn screen_locked(locked: &ScreenLocked) -> (&'static str, Message) {
    let (kind, message) = named("screen_locked");
    (kind, message.with("person", locked.person.as_str()))
}

pub(super) fn kiosk_left(left: &KioskLeft) -> (&'static str, Message) {
    let (kind, message) = named("kiosk_left");
    (kind, message.with("reason", left.reason.as_str()))
}
