//! The events of the computer's equipment in words.

use super::event::named;
use crate::i18n::Message;
use crate::journal::{Change, EquipmentChanged, EquipmentExplained, EquipmentSeen, Noticed, ThingKind};

pub(super) fn seen(seen: &EquipmentSeen) -> (&'static str, Message) {
    let (kind, message) = named("equipment_seen");
    (kind, message.with("count", seen.things.len()))
}

pub(super) fn changed(changed: &EquipmentChanged) -> (&'static str, Message) {
    let (kind, message) = named("equipment_changed");
    let message = message
        .with("what", format!("{}-{}", kind_id(changed.kind), change_id(changed.change)))
        .with(
            "thing",
            match (changed.name.as_str(), changed.place.as_str()) {
                (name, "") => name.to_owned(),
                ("", place) => place.to_owned(),
                (name, place) => format!("{name} ({place})"),
            },
        )
        .with("times", changed.times)
        .with(
            "noticed",
            match changed.noticed {
                Noticed::AtOnce => "at_once",
                Noticed::AtStart => "at_start",
            },
        );
    (kind, message)
}

pub(super) fn explained(explained: &EquipmentExplained) -> (&'static str, Message) {
    let (kind, message) = named("equipment_explained");
    (kind, message.with("count", explained.records.len()).with("text", explained.text.as_str()))
}

/// The selectors are the words of the journal: the verification page has no others.
fn kind_id(kind: ThingKind) -> &'static str {
    match kind {
        ThingKind::Usb => "usb",
        ThingKind::Disk => "disk",
        ThingKind::Network => "network",
        ThingKind::Session => "session",
        ThingKind::Mains => "mains",
        ThingKind::Battery => "battery",
        ThingKind::Lid => "lid",
        ThingKind::Computer => "computer",
    }
}

fn change_id(change: Change) -> &'static str {
    match change {
        Change::Appeared => "appeared",
        Change::Gone => "gone",
        Change::On => "on",
        Change::Off => "off",
        Change::Restarted => "restarted",
    }
}
