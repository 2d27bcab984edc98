//! What the checks measured, as a person reads it. Journal and forms keep the checks' own names.

use crate::i18n::{Arg, Message};
use crate::journal::Evidence;
use crate::ui::model::Cx;
use crate::ui::words::{clock, short_date};

/// By the whole name.
const ALONE: &[(&str, &str)] = &[
    ("antivirus", "ui-measured-antivirus"),
    ("available_memory_bytes", "ui-measured-memory-free"),
    ("charge_percent", "ui-measured-charge"),
    ("clock_utc_ms", "ui-measured-clock"),
    ("expected_offset_min", "ui-measured-offset-expected"),
    ("free_bytes", "ui-measured-free"),
    ("further_faults", "ui-measured-further"),
    ("hottest_celsius", "ui-measured-hottest"),
    ("load_percent", "ui-measured-load"),
    ("needed_bytes", "ui-measured-needed"),
    ("offset_min", "ui-measured-offset"),
    ("offset_seconds", "ui-measured-clock-off"),
    ("outside_the_list", "ui-measured-outside-list"),
    ("packages", "ui-measured-packages"),
    ("packed_days", "ui-measured-packed-days"),
    ("processes", "ui-measured-processes"),
    ("processors", "ui-measured-processors"),
    ("read_kb_per_s", "ui-measured-read"),
    ("reference_time", "ui-measured-reference"),
    ("runtime_minutes", "ui-measured-runtime"),
    ("scanners", "ui-measured-scanners"),
    ("signatures_age_days", "ui-measured-signatures-age"),
    ("signatures_utc_ms", "ui-measured-signatures"),
    ("status", "ui-measured-ups"),
    ("synchronised", "ui-measured-synchronised"),
    ("test_file_found", "ui-measured-test-file"),
    ("test_ms", "ui-measured-test-time"),
    ("tested_bytes", "ui-measured-tested"),
    ("total_bytes", "ui-measured-total"),
    ("total_memory_bytes", "ui-measured-memory"),
    ("unapproved", "ui-measured-unapproved"),
    ("ways_out", "ui-measured-ways-out"),
    ("write_kb_per_s", "ui-measured-write"),
];

/// By how the name ends; what stands before is a device's.
const OF_DEVICE: &[(&str, &str)] = &[
    ("_address", "ui-measured-address"),
    ("_bad_sectors", "ui-measured-bad-sectors"),
    ("_celsius", "ui-measured-celsius"),
    ("_complaints", "ui-measured-complaints"),
    ("_job", "ui-measured-job"),
    ("_link", "ui-measured-link"),
    ("_medium", "ui-measured-medium"),
    ("_model", "ui-measured-model"),
    ("_page_pixels", "ui-measured-page"),
    ("_state", "ui-measured-state"),
    ("_supplies_percent", "ui-measured-supplies"),
    ("_worn_percent", "ui-measured-worn"),
];

/// The same; what stands before is a camera's id.
const OF_CAMERA: &[(&str, &str)] = &[
    (".decoded_frames", "ui-measured-frames"),
    (".frames_per_1000_seconds", "ui-measured-rate"),
    (".size_pixels", "ui-measured-size"),
];

/// By how the name begins.
const RADIOS: &[(&str, &str)] = &[("bluetooth_", "ui-measured-bluetooth"), ("wifi_", "ui-measured-wifi")];

/// Between a day and how many files it has.
const FILES_OF: &str = "_files_of_";

/// What stands for a value.
const WORDS: &[(&str, &str)] = &[
    ("", "ui-measured-none"),
    ("connected", "ui-measured-connected"),
    ("missing", "ui-measured-missing"),
    ("no", "ui-measured-no"),
    ("not connected", "ui-measured-not-connected"),
    ("off", "ui-measured-off"),
    ("on", "ui-measured-on"),
    ("ready", "ui-measured-ready"),
    ("stopped", "ui-measured-stopped"),
    ("unknown", "ui-measured-unknown"),
    ("yes", "ui-measured-yes"),
];

/// What was measured. None: there are no words for it, such as for a setting that the system itself names.
pub fn name(cx: &Cx<'_>, evidence: &Evidence) -> Option<String> {
    let name = evidence.name.as_str();
    let of = |id: &str, whose: &str| cx.say(&Message::new(id).with("of", whose));
    if let Some(id) = named(ALONE, |known| known == name) {
        return Some(cx.t(id));
    }
    if let Some((day, count)) = name.split_once(FILES_OF) {
        return Some(cx.say(&Message::new("ui-measured-copied").with("of", day).with("count", count)));
    }
    let camera = |(ending, id): &(&str, &str)| {
        let camera = name.strip_suffix(ending)?.parse().ok()?;
        Some(of(id, &cx.model.camera_name(&camera)))
    };
    let device = |(ending, id): &(&str, &str)| Some(of(id, name.strip_suffix(ending)?));
    let radio = |(beginning, id): &(&str, &str)| Some(of(id, name.strip_prefix(beginning)?));
    let mut radios = RADIOS.iter().filter_map(radio);
    radios.next().or_else(|| OF_CAMERA.iter().find_map(camera)).or_else(|| OF_DEVICE.iter().find_map(device))
}

/// How much, in the units that the name has or a person reads.
pub fn value(cx: &Cx<'_>, evidence: &Evidence) -> String {
    let name = evidence.name.as_str();
    match &evidence.value {
        Arg::Number(bytes) if name.ends_with("_bytes") && *bytes >= 0 => {
            cx.model.words.bytes(bytes.unsigned_abs())
        }
        Arg::Number(at_ms) if name.ends_with("_utc_ms") => {
            let offset_min = cx.model.offset_min();
            format!("{} {}", short_date(*at_ms, offset_min), clock(*at_ms, offset_min))
        }
        Arg::Number(rate) if name.ends_with(".frames_per_1000_seconds") => {
            cx.model.words.thousandths(u32::try_from(*rate).unwrap_or_default())
        }
        Arg::Number(number) => number.to_string(),
        Arg::Text(text) => named(WORDS, |known| known == text).map_or_else(|| text.clone(), |id| cx.t(id)),
    }
}

fn named(table: &[(&str, &'static str)], is_it: impl Fn(&str) -> bool) -> Option<&'static str> {
    table.iter().find_map(|(known, id)| is_it(known).then_some(*id))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// What a check's source calls what it measures, a device's name taken out of it.
    fn names(source: &str) -> Vec<String> {
        let calls = source.split("measured(").skip(1).chain(source.split("value(camera, ").skip(1));
        let literal = |call: &str| {
            let text = call.trim_start().trim_start_matches("&format!(").strip_prefix('"')?;
            let name = text.split('"').next()?;
            Some(name.split('}').next_back()?.to_owned())
        };
        calls.filter_map(literal).collect()
    }

    fn sources(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if !path.to_str().unwrap().ends_with("_test.rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push(text.split("#[cfg(test)]").next().unwrap().to_owned());
            }
        }
    }

    #[test]
    fn all_that_a_check_measures_has_words() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = vec![fs::read_to_string(src.join("station/trials.rs")).unwrap()];
        sources(&src.join("checks"), &mut found);
        let names: Vec<String> = found.iter().flat_map(|source| names(source)).collect();
        let known = |name: &String| {
            let ends = |table: &[(&str, &str)]| table.iter().any(|(known, _)| known.ends_with(name.as_str()));
            ALONE.iter().any(|(known, _)| known == name)
                || ends(OF_DEVICE)
                || ends(OF_CAMERA)
                || Evidence::FAULT.ends_with(name.as_str())
        };
        let unknown: Vec<&String> = names.iter().filter(|name| !name.is_empty() && !known(name)).collect();
        assert_eq!(unknown, Vec::<&String>::new());
        for (name, _) in ALONE.iter().chain(OF_DEVICE) {
            assert!(names.iter().any(|used| used == name), "no check measures {name}");
        }
    }
}
