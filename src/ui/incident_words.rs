//! What happened to the computer, in words.

use super::model::Model;
use crate::day::Incident;
use crate::i18n::Message;
use crate::station::describe;

/// `08:12 USB device plugged in: Ultra (1-4)`.
pub fn line(model: &Model, incident: &Incident) -> String {
    let what = model.say(&describe(&incident.what.event()).1);
    let line = Message::new("ui-incidents-line").with("time", model.clock(incident.to_ms));
    model.say(&line.with("what", what))
}
