//! How hot is it in this computer? The sensors that Linux shows in `/sys`; Windows shows none to a plain user.

use std::path::Path;

use super::asking::{entries, value};

/// Of the most sensors that are read of one chip.
const MOST_SENSORS: u32 = 64;
/// What no computer ever has comes from a sensor that is not connected.
const SANE_CELSIUS: std::ops::RangeInclusive<i64> = 1..=150;

/// The hottest sensor; none when there is none.
pub(super) fn hottest_celsius(root: &Path) -> Option<u32> {
    let zones = root.join("sys/class/thermal");
    let zones = entries(&zones).into_iter().filter(|name| name.starts_with("thermal_zone"));
    let zones = zones.filter_map(|name| value(&root.join("sys/class/thermal").join(name).join("temp")));
    let chips = root.join("sys/class/hwmon");
    let sensors = entries(&chips).into_iter().flat_map(|chip| {
        let folder = chips.join(chip);
        (1..=MOST_SENSORS).map_while(move |sensor| {
            let path = folder.join(format!("temp{sensor}_input"));
            path.exists().then(|| value(&path).unwrap_or_default())
        })
    });
    let celsius = |milli: String| milli.parse::<i64>().ok().map(|milli| milli / 1000);
    let known = zones.chain(sensors).filter_map(celsius).filter(|celsius| SANE_CELSIUS.contains(celsius));
    known.max().and_then(|celsius| u32::try_from(celsius).ok())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_hottest_sensor_counts_and_a_broken_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert_eq!(hottest_celsius(root), None);
        let write = |name: &str, text: &str| {
            let path = root.join("sys/class").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("thermal/thermal_zone0/temp", "47800\n");
        write("thermal/cooling_device0/temp", "99000\n");
        write("hwmon/hwmon1/temp1_input", "-128000\n");
        write("hwmon/hwmon1/temp2_input", "61000\n");
        write("hwmon/hwmon2/temp1_input", "nonsense\n");
        assert_eq!(hottest_celsius(root), Some(61));
    }
}
