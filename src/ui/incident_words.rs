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

/// Who said what for, or the access that explains it.
pub fn reason(model: &Model, incident: &Incident) -> String {
    model.say(&match (incident.access, &incident.explained) {
        (Some(access), _) => Message::new("ui-incidents-access").with("access", access),
        (None, Some(told)) => {
            let who = told.by.as_ref().map(|by| model.person_name(by)).unwrap_or_default();
            Message::new("ui-incidents-reason").with("text", told.text.as_str()).with("who", who)
        }
        (None, None) => Message::new("ui-incidents-no-reason"),
    })
}
