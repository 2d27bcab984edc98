//! What holds where a profile leaves a value out.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::super::briefings::BriefingRules;
use super::super::checks::{CheckRules, LoadRules};
use super::super::forms::FormRules;
use super::super::health::HealthRules;
use super::super::hearing::SilenceRule;
use super::super::profile::Camera;
use super::super::sign_in::SignInRules;
use super::super::timetable::Retention;
use super::super::window::WindowRules;

/// By the ways of their keys. What is written as its key says is taken as it is.
static USUAL: LazyLock<Value> = LazyLock::new(|| {
    let mut checks = json!(CheckRules::default());
    let radio = |off: bool| if off { "off" } else { "any" };
    let wireless = CheckRules::default().wireless;
    checks["wireless"] =
        json!({ "wifi": radio(wireless.wifi_off), "bluetooth": radio(wireless.bluetooth_off) });
    // Of parts that tell how hot they are.
    checks["memory_and_load"] = json!({ "max_celsius": LoadRules::USUAL_CELSIUS });
    let silence = SilenceRule::default();
    json!({
        "cameras": {
            "width": Camera::USUAL_WIDTH,
            "height": Camera::USUAL_HEIGHT,
            "frames_per_second": Camera::USUAL_FRAMES_PER_SECOND,
            "bits_per_second": Camera::USUAL_BITS_PER_SECOND,
        },
        "sign_in": SignInRules::default(),
        "timetable": { "results_after_days": Retention::USUAL_RESULTS_AFTER_DAYS },
        "recording": {
            "silence_dbfs": silence.below_dbfs,
            "silence_seconds": silence.after_seconds,
            "health": HealthRules::default(),
        },
        "checks": checks,
        "briefings": BriefingRules::default(),
        "forms": FormRules::default(),
        "window": WindowRules::default(),
    })
});

/// The value of the key where it is left out, as text; none if nothing holds then, or a list.
pub fn usual(key: &str) -> Option<String> {
    let mut names = key.split('.').map(|part| part.split_once('[').map_or(part, |(name, _)| name));
    match names.try_fold(&*USUAL, |table, name| table.get(name))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, Kind};
    use super::*;
    use crate::point::{DEMO_PROFILE, Profile};

    /// Every key that has a usual value.
    fn keys(value: &Value, above: &str, found: &mut Vec<String>) {
        match value.as_object() {
            Some(table) => table.iter().for_each(|(name, value)| {
                let name = if name == "cameras" { "cameras[1]" } else { name };
                let key = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
                keys(value, &key, found);
            }),
            None => found.extend(usual(above).map(|_| above.to_owned())),
        }
    }

    #[test]
    fn what_is_told_of_a_key_that_is_left_out_is_what_holds_then() {
        let mut found = Vec::new();
        keys(&USUAL, "", &mut found);
        assert!(found.len() > 35, "{found:?}");
        let mut draft = Draft::new(DEMO_PROFILE.to_owned());
        draft.set("timetable.keep_days_after_results", "60", Kind::Number);
        // Named, it asks for sensors too.
        for key in found.iter().filter(|key| *key != "checks.memory_and_load.max_celsius") {
            let text = usual(key).unwrap();
            let kind = match text.as_str() {
                "true" | "false" => Kind::Flag,
                text if text.parse::<i64>().is_ok() => Kind::Number,
                _ => Kind::Text,
            };
            let mut read = |text: &str, kind| {
                draft.set(key, text, kind);
                Profile::read(draft.text(), "").unwrap_or_else(|faults| panic!("{key}: {faults}"))
            };
            assert_eq!(read("", Kind::OptionalText), read(&text, kind), "{key}");
        }
    }
}
