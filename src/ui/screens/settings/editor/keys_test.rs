//! Every key of a profile has a field.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, TableLike, Value, value};

use super::lists::ZONES;
use super::parts::{Part, Piece};
use super::zones::{CAMERAS, SOUND};
use crate::i18n::Arg;
use crate::point::draft::is_under;
use crate::point::{DEMO_PROFILE, Profile};

/// Put into every table, so that the reader says there which keys it knows.
const UNKNOWN: &str = "no-such-key";

/// The keys that fields change, as faults name them but without the numbers of entries.
fn with_fields() -> BTreeSet<String> {
    let of = |piece| -> Vec<String> {
        match piece {
            Piece::Group(group) => group.keys().collect(),
            Piece::List(list) => {
                let own = list.fields.iter().map(|field| format!("{}.{}", list.key, field.key));
                own.chain(list.beside.map(str::to_owned)).collect()
            }
            Piece::Zones => {
                let rules = [&CAMERAS, &SOUND].map(|field| field.key);
                let of_zone = |zone: &str| {
                    let asked = rules.map(|rule| format!("zones.{zone}.{rule}"));
                    asked.into_iter().chain([format!("timetable.start.{zone}")]).collect::<Vec<_>>()
                };
                ZONES.iter().flat_map(|(zone, _)| of_zone(zone)).collect()
            }
            Piece::Rights => vec!["rights".to_owned()],
        }
    };
    // The code is made by a button.
    let code = "people.first_pin_code".to_owned();
    Part::ALL.into_iter().flat_map(Part::pieces).flat_map(of).chain([code]).collect()
}

/// The demo profile with all that its comments give as an example, and with every zone.
fn whole() -> String {
    let is_example = |text: &&str| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_');
        text.starts_with(['[', ']']) || text.starts_with("    {") || rest != *text && rest.starts_with(" = ")
    };
    let lines = DEMO_PROFILE.lines().map(|line| line.strip_prefix("# ").filter(is_example).unwrap_or(line));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let missing =
        ZONES.iter().map(|(zone, _)| format!("[zones.{zone}]\n")).filter(|zone| !text.contains(zone));
    text.clone() + &missing.collect::<String>()
}

fn mark(table: &mut dyn TableLike) {
    for (_, item) in table.iter_mut() {
        let below: Option<&mut dyn TableLike> = match item {
            Item::Table(table) => Some(table),
            Item::ArrayOfTables(tables) => tables.get_mut(0).map(|table| table as _),
            Item::Value(Value::InlineTable(table)) => Some(table),
            Item::Value(Value::Array(values)) => {
                values.get_mut(0).and_then(Value::as_inline_table_mut).map(|table| table as _)
            }
            _ => None,
        };
        below.into_iter().for_each(mark);
    }
    table.insert(UNKNOWN, value(1));
}

/// The keys that the reader knows, named alike.
fn known() -> BTreeSet<String> {
    let mut document: DocumentMut = whole().parse().unwrap();
    mark(document.as_table_mut());
    let faults = Profile::read(&document.to_string(), "").unwrap_err();
    let mut known = BTreeSet::new();
    for fault in faults.0.iter().filter(|fault| fault.message().id == "fault-unknown-key") {
        let above = fault.spot.key.strip_suffix(UNKNOWN).unwrap().replace("[1]", "");
        let Some(Arg::Text(keys)) = fault.message().args.remove("known") else { panic!("{fault:?}") };
        known.extend(keys.split(", ").map(|key| format!("{above}{key}")));
    }
    known
}

#[test]
fn every_key_that_the_reader_knows_has_a_field_and_every_field_a_key() {
    let (known, with_fields) = (known(), with_fields());
    assert!(known.len() > 120, "{known:#?}");
    let below =
        |keys: &BTreeSet<String>, above: &str| keys.iter().any(|key| key != above && is_under(key, above));
    // A table has fields below it, and the text above has it: else nobody knows what it can hold.
    let has_field =
        |key: &&String| with_fields.contains(*key) || below(&with_fields, key) && below(&known, key);
    let without: Vec<_> = known.iter().filter(|key| !has_field(key)).collect();
    assert!(without.is_empty(), "no field, or not in the demo profile: {without:#?}");
    let of_nothing: Vec<_> = with_fields.difference(&known).collect();
    assert!(of_nothing.is_empty(), "no such key: {of_nothing:#?}");
}
