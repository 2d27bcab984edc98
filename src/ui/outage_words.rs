//! Outages in words: how long, and what is left of the tolerance.

use super::model::Model;
use crate::day::{Day, Outage};
use crate::i18n::Message;
use crate::journal::OutageLevel;
use crate::point::CameraId;

/// `Вход: нет видео 08:12–08:19, 7 мин 3 с` of one that is over or lasts.
pub fn line(model: &Model, outage: &Outage) -> String {
    let to = outage.to_ms.map_or_else(|| "…".to_owned(), |to_ms| model.clock(to_ms));
    let message = Message::new("ui-outage-line")
        .with("camera", model.camera_name(&outage.camera))
        .with("from", model.clock(outage.from_ms))
        .with("to", to)
        .with("lost", model.words.lasted(outage.lost_ms(model.now.utc_ms)));
    model.say(&message)
}

/// The outage's record in short: camera, times, and what was written about it by whom.
pub fn told(model: &Model, outage: &Outage) -> String {
    let line = line(model, outage);
    let Some(explained) = &outage.explained else { return line };
    let who = explained.by.as_ref().map(|by| model.post(by)).unwrap_or_default();
    let message = Message::new("ui-outage-told").with("line", line);
    model.say(&message.with("text", explained.text.as_str()).with("who", who))
}

/// What stands under an outage's running time: what the camera has lost today beside the tolerance,
/// and who has to know when.
pub fn against_tolerance(model: &Model, day: &Day, camera: &CameraId) -> Vec<String> {
    let tolerance_ms = day.plan.outage_tolerance_ms;
    let lost_ms = day.lost_ms(camera, model.now.utc_ms);
    let of = Message::new("ui-tile-tolerance")
        .with("lost", model.words.lasted(lost_ms))
        .with("tolerance", model.words.hours(i64::try_from(tolerance_ms).unwrap_or(i64::MAX)));
    let (id, at_ms) = match crate::day::level_due(lost_ms, tolerance_ms) {
        OutageLevel::Technician => ("ui-tile-until-head", tolerance_ms / 2),
        OutageLevel::Head => ("ui-tile-tell-head", tolerance_ms),
        OutageLevel::Limit => ("ui-tile-too-long", lost_ms),
    };
    let left = Message::new(id).with("left", model.words.lasted(at_ms.saturating_sub(lost_ms)));
    vec![model.say(&of), model.say(&left)]
}
