//! `/sys/block`.

use std::fs;
use std::path::Path;

use super::Medium;
use crate::checks::CheckContext;
use crate::checks::asking::{entries, unreadable, value};
use crate::durable;
use crate::i18n::Message;

/// The size of a medium is told in these, whatever its own are.
const SECTOR_BYTES: u64 = 512;

pub(super) fn look(context: &CheckContext) -> Result<Vec<Medium>, Message> {
    let blocks = context.root.join("sys/block");
    fs::read_dir(&blocks).map_err(|error| unreadable(&blocks, &error))?;
    Ok(entries(&blocks).into_iter().filter_map(|device| medium(&blocks.join(&device), device)).collect())
}

/// None for what is built in, and for a reader without a card.
fn medium(entry: &Path, device: String) -> Option<Medium> {
    let folder = fs::canonicalize(entry).ok()?;
    let at_usb = |folder: &Path| {
        let mut names = folder.components().filter_map(|part| part.as_os_str().to_str());
        names.any(|name| name.strip_prefix("usb").is_some_and(|bus| bus.parse::<u32>().is_ok()))
    };
    let is_card = || value(&entry.join("device/type")).is_some_and(|kind| kind == "SD");
    if !at_usb(&folder) && !is_card() {
        return None;
    }
    let bytes = value(&entry.join("size"))?.parse::<u64>().ok()?.saturating_mul(SECTOR_BYTES);
    if bytes == 0 {
        return None;
    }
    let told = ["device/vendor", "device/model", "device/name"].map(|name| value(&entry.join(name)));
    // A stick's serial number is its USB device's, some folders up.
    let serial = durable::serial_above(&folder);
    let known: Vec<String> =
        told.into_iter().chain([serial]).flatten().filter(|text| !text.is_empty()).collect();
    let description = if known.is_empty() { device.clone() } else { known.join(" ") };
    Some(Medium { device, description, bytes })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::checks::tests::context;

    #[test]
    fn sticks_and_cards_are_found_and_what_is_built_in_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let device = |place: &str, name: &str, size: &str, about: &[(&str, &str)]| {
            let block = root.join("sys/devices").join(place).join("block").join(name);
            fs::create_dir_all(block.join("device")).unwrap();
            fs::write(block.join("size"), size).unwrap();
            about.iter().for_each(|(key, text)| fs::write(block.join("device").join(key), text).unwrap());
            fs::create_dir_all(root.join("sys/block")).unwrap();
            symlink(&block, root.join("sys/block").join(name)).unwrap();
        };
        let mut context = context(root);
        context.root = root.to_owned();
        assert!(look(&context).is_err());

        let usb = "pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0";
        device(usb, "sdb", "31260672\n", &[("vendor", "Kingston\n"), ("model", "DataTraveler 3.0\n")]);
        let usb_device = root.join("sys/devices/pci0000:00/0000:00:14.0/usb1/1-2");
        fs::write(usb_device.join("serial"), "E0D55E6C\n").unwrap();
        fs::write(usb_device.join("idVendor"), "0951\n").unwrap();
        fs::write(usb_device.with_file_name("serial"), "0000:00:14.0\n").unwrap();
        device("pci0000:00/usb1/1-3/host7", "sdc", "0\n", &[("vendor", "Generic\n")]);
        device("pci0000:00/ata1/host0", "sda", "1000215216\n", &[("vendor", "ATA\n")]);
        device("platform/mmc_host/mmc0", "mmcblk0", "62333952\n", &[("type", "SD\n"), ("name", "SD32G\n")]);
        device("platform/mmc_host/mmc1", "mmcblk1", "62333952\n", &[("type", "MMC\n")]);
        let found = look(&context).unwrap();
        let names: Vec<_> = found.iter().map(|medium| medium.description.as_str()).collect();
        assert_eq!(names, ["SD32G", "Kingston DataTraveler 3.0 E0D55E6C"]);
        assert_eq!(found[1].bytes, 31_260_672 * 512);
    }
}
