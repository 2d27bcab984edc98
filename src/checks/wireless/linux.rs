//! `/sys/class/rfkill`; adapters that it does not know, under `/sys/class/net` and `/sys/class/bluetooth`.

use std::path::Path;

use super::{Radio, RadioKind};
use crate::checks::CheckContext;
use crate::checks::asking::{entries, unreadable, value};
use crate::i18n::Message;

/// Of an adapter's flags: it was switched on.
const UP: u32 = 1;

pub(super) fn look(context: &CheckContext) -> Result<Vec<Radio>, Message> {
    let class = context.root.join("sys/class");
    // Without it nothing can be told, and no entry means no radio.
    std::fs::read_dir(class.join("net")).map_err(|error| unreadable(&class.join("net"), &error))?;
    let switches = class.join("rfkill");
    let mut radios: Vec<Radio> =
        entries(&switches).iter().filter_map(|name| switch(&switches.join(name), name)).collect();
    let known = |radios: &[Radio], kind| radios.iter().any(|radio| radio.kind == kind);
    if !known(&radios, RadioKind::Wifi) {
        let net = class.join("net");
        let wireless = |name: &String| {
            let folder = net.join(name);
            folder.join("wireless").exists() || folder.join("phy80211").exists()
        };
        let adapters = entries(&net).into_iter().filter(wireless);
        radios.extend(adapters.map(|name| Radio {
            kind: RadioKind::Wifi,
            on: is_up(&net.join(&name)),
            name,
        }));
    }
    if !known(&radios, RadioKind::Bluetooth) {
        // One that has no switch is on.
        let adapters = entries(&class.join("bluetooth")).into_iter().filter(|name| name.starts_with("hci"));
        radios.extend(adapters.map(|name| Radio { kind: RadioKind::Bluetooth, name, on: true }));
    }
    Ok(radios)
}

fn switch(folder: &Path, entry: &str) -> Option<Radio> {
    let kind = match value(&folder.join("type"))?.as_str() {
        "wlan" => RadioKind::Wifi,
        "bluetooth" => RadioKind::Bluetooth,
        _ => return None,
    };
    let blocked = |by: &str| value(&folder.join(by)).is_some_and(|state| state == "1");
    let name = value(&folder.join("name")).unwrap_or_else(|| entry.to_owned());
    Some(Radio { kind, name, on: !blocked("soft") && !blocked("hard") })
}

/// What does not tell counts as on.
fn is_up(folder: &Path) -> bool {
    let flags = value(&folder.join("flags"));
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim_start_matches("0x"), 16).ok());
    flags.is_none_or(|flags| flags & UP != 0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::checks::tests::context;

    #[test]
    fn switches_and_adapters_without_one_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |name: &str, text: &str| {
            let path = root.join("sys/class").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let mut context = context(root);
        context.root = root.to_owned();
        assert_eq!(look(&context).unwrap_err().id, "checks-file-unreadable");

        write("net/eth0/flags", "0x1003\n");
        assert_eq!(look(&context).unwrap(), []);
        write("net/wlan0/flags", "0x1002\n");
        write("net/wlan0/phy80211/name", "phy0\n");
        write("bluetooth/hci0/name", "");
        let radio = |kind, name: &str, on| Radio { kind, name: name.into(), on };
        let (wifi, bluetooth) = (RadioKind::Wifi, RadioKind::Bluetooth);
        assert_eq!(look(&context).unwrap(), [radio(wifi, "wlan0", false), radio(bluetooth, "hci0", true)]);
        for (entry, kind, soft, hard) in [("rfkill0", "wlan", "0", "0"), ("rfkill1", "bluetooth", "0", "1")] {
            write(&format!("rfkill/{entry}/type"), kind);
            write(&format!("rfkill/{entry}/name"), entry);
            write(&format!("rfkill/{entry}/soft"), soft);
            write(&format!("rfkill/{entry}/hard"), hard);
        }
        write("rfkill/rfkill2/type", "gps");
        let found = [radio(wifi, "rfkill0", true), radio(bluetooth, "rfkill1", false)];
        assert_eq!(look(&context).unwrap(), found);
    }
}
