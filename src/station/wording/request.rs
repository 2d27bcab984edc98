//! The events of requests for help in words.

use super::event::named;
use crate::i18n::Message;
use crate::journal::{RequestLate, RequestMade, RequestPassed, RequestResolved, SupportLine};

pub(super) fn made(made: &RequestMade) -> (&'static str, Message) {
    let (kind, message) = named("request_made");
    let message = message.with("request", made.request).with("room", made.room.as_str());
    (kind, message.with("category", made.category.as_str()).with("text", made.text.as_str()))
}

pub(super) fn passed(passed: &RequestPassed) -> (&'static str, Message) {
    let (kind, message) = named("request_passed");
    let message = message.with("request", passed.request).with("to", support_line_id(passed.to));
    (kind, message.with("reason", passed.reason.as_str()))
}

pub(super) fn late(late: &RequestLate) -> (&'static str, Message) {
    let (kind, message) = named("request_late");
    (kind, message.with("request", late.request).with("to", support_line_id(late.to)))
}

pub(super) fn resolved(resolved: &RequestResolved) -> (&'static str, Message) {
    let (kind, message) = named("request_resolved");
    (kind, message.with("request", resolved.request).with("text", resolved.text.as_str()))
}

/// The selector that texts choose a line by.
pub fn support_line_id(line: SupportLine) -> &'static str {
    match line {
        SupportLine::First => "first",
        SupportLine::Second => "second",
        SupportLine::Head => "head",
    }
}
