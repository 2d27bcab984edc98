//! What the rules ask of the rooms of a zone.

use serde::Serialize;

use super::profile::Zone;
use super::read::{Placed, ZONES, all, or};
use crate::tables::{Item, Section};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ZoneRule {
    /// Every room of the zone has at least so many cameras.
    pub cameras: u32,
    /// Each of them is recorded with sound.
    pub sound: bool,
}

/// Reads the table of zones; one without an entry has no rule.
pub(super) fn read(item: &Item<'_>) -> Option<Vec<(Zone, Placed<ZoneRule>)>> {
    let mut section = item.section()?;
    let named = ZONES.iter().filter_map(|(word, zone)| Some((*zone, section.optional(word)?)));
    let rules = named.map(|(zone, item)| {
        let value = rule(&mut item.section()?)?;
        Some((zone, Placed { value, spot: item.spot.clone() }))
    });
    let rules = rules.collect();
    section.finish();
    all(rules)
}

fn rule(section: &mut Section<'_>) -> Option<ZoneRule> {
    let cameras = or(section.optional("cameras"), 1, |item| item.integer(0..=16));
    let sound = or(section.optional("sound"), false, Item::boolean);
    section.finish();
    Some(ZoneRule { cameras: cameras?, sound: sound? })
}
