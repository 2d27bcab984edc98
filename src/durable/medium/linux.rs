//! `/run/udev/data` where udev keeps it, else `/sys`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{major, minor};

/// Devices that lie on one another, as an encrypted one on its stick.
const MOST_LAYERS: usize = 8;
/// Folders of `/sys` from a partition up to the device that is plugged in.
const MOST_FOLDERS: usize = 16;
const MAX_FILE_BYTES: u64 = 64 * 1024;
/// A longer one is no serial number.
const MAX_CHARS: usize = 80;

/// None: the device tells none, as that of a loop device or of a share in the network.
pub fn serial(folder: &Path) -> io::Result<Option<String>> {
    let device = fs::metadata(folder)?.dev();
    Ok(of_device(Path::new("/"), &format!("{}:{}", major(device), minor(device))))
}

/// That of the nearest device at or above this folder of `/sys`.
pub fn serial_above(folder: &Path) -> Option<String> {
    for folder in folder.ancestors().take(MOST_FOLDERS) {
        if let Some(serial) = read(&folder.join("serial")).and_then(|text| plain(&text)) {
            return Some(serial);
        }
        // That of a hub or a controller is not that of what is plugged into it.
        if folder.join("idVendor").exists() {
            return None;
        }
    }
    None
}

/// `device` is its numbers, `8:17`; `/sys` and `/run` are looked for in `root`.
fn of_device(root: &Path, device: &str) -> Option<String> {
    let mut folder = fs::canonicalize(root.join("sys/dev/block").join(device)).ok()?;
    for _ in 0..MOST_LAYERS {
        if let Some(serial) = told_by_udev(root, &folder).or_else(|| serial_above(&folder)) {
            return Some(serial);
        }
        folder = below(&folder)?;
    }
    None
}

fn told_by_udev(root: &Path, folder: &Path) -> Option<String> {
    let device = read(&folder.join("dev"))?;
    let known = read(&root.join("run/udev/data").join(format!("b{}", device.trim())))?;
    known.lines().find_map(|line| line.strip_prefix("E:ID_SERIAL_SHORT=")).and_then(plain)
}

/// The one device that this one lies on; none if there are several.
fn below(folder: &Path) -> Option<PathBuf> {
    let mut slaves = fs::read_dir(folder.join("slaves")).ok()?;
    let only = slaves.next()?.ok()?.path();
    if slaves.next().is_some() { None } else { fs::canonicalize(only).ok() }
}

fn read(file: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(MAX_FILE_BYTES).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Some devices fill theirs up with blanks, some tell nonsense.
fn plain(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let usable = !text.is_empty() && text.chars().count() <= MAX_CHARS && !text.chars().any(char::is_control);
    usable.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A tree such as the kernel's, with these devices: numbers, place below `/sys/devices`.
    fn tree(devices: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let numbers = root.path().join("sys/dev/block");
        fs::create_dir_all(&numbers).unwrap();
        fs::create_dir_all(root.path().join("run/udev/data")).unwrap();
        for (device, place) in devices {
            put(root.path(), &format!("{place}/dev"), &format!("{device}\n"));
            symlink(format!("../../devices/{place}"), numbers.join(device)).unwrap();
        }
        root
    }

    fn put(root: &Path, file: &str, text: &str) {
        let file = root.join("sys/devices").join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    const USB: &str = "pci0000:00/0000:00:14.0/usb1/1-2";
    const STICK: &str = "pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sdb/sdb1";

    #[test]
    fn a_stick_tells_its_own_and_never_that_of_the_controller_it_is_plugged_into() {
        let root = tree(&[("8:17", STICK)]);
        let root = root.path();
        put(root, "pci0000:00/0000:00:14.0/usb1/serial", "0000:00:14.0\n");
        put(root, "pci0000:00/0000:00:14.0/usb1/idVendor", "1d6b\n");
        put(root, &format!("{USB}/idVendor"), "0951\n");
        assert_eq!(of_device(root, "8:17"), None);
        put(root, &format!("{USB}/serial"), "E0D55E6C\n");
        assert_eq!(of_device(root, "8:17").as_deref(), Some("E0D55E6C"));
        // A reader and its card: udev knows better.
        let known = "S:disk/by-uuid/6F1A-2B3C\nE:ID_SERIAL=Kingston_DT_E0-0:0\nE:ID_SERIAL_SHORT=E0-CARD\n";
        fs::write(root.join("run/udev/data/b8:17"), known).unwrap();
        assert_eq!(of_device(root, "8:17").as_deref(), Some("E0-CARD"));
        assert_eq!(of_device(root, "8:18"), None);
    }

    #[test]
    fn disks_cards_and_what_lies_encrypted_on_them_have_theirs() {
        let disk = "pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1/nvme0n1p2";
        let card = "platform/mmc_host/mmc0/mmc0:aaaa/block/mmcblk0/mmcblk0p1";
        let [crypt, raid] = ["virtual/block/dm-0", "virtual/block/md0"];
        let root = tree(&[
            ("259:2", disk),
            ("179:1", card),
            ("253:0", crypt),
            ("9:0", raid),
            ("7:0", "virtual/block/loop0"),
        ]);
        let root = root.path();
        put(root, "pci0000:00/0000:01:00.0/nvme/nvme0/serial", "S4EVNX0R123456      \n");
        put(root, "platform/mmc_host/mmc0/mmc0:aaaa/serial", "0x1b2c3d4e\n");
        let lies_on = |device: &str, others: &[&str]| {
            let slaves = root.join("sys/devices").join(device).join("slaves");
            fs::create_dir(&slaves).unwrap();
            for other in others {
                let name = Path::new(other).file_name().unwrap();
                symlink(root.join("sys/devices").join(other), slaves.join(name)).unwrap();
            }
        };
        lies_on(crypt, &[card]);
        lies_on(raid, &[disk, card]);
        let serial = |device| of_device(root, device);
        assert_eq!(serial("259:2").as_deref(), Some("S4EVNX0R123456"));
        assert_eq!(serial("179:1").as_deref(), Some("0x1b2c3d4e"));
        assert_eq!(serial("253:0").as_deref(), Some("0x1b2c3d4e"));
        assert_eq!((serial("9:0"), serial("7:0")), (None, None));
    }

    #[test]
    fn nonsense_is_no_serial_number() {
        let root = tree(&[("8:17", STICK)]);
        for text in ["", "  \n", "\u{1}\u{2}", &"9".repeat(81)] {
            put(root.path(), &format!("{USB}/serial"), text);
            assert_eq!(of_device(root.path(), "8:17"), None, "{text:?}");
        }
        // A device that lies on itself.
        let slaves = root.path().join("sys/devices").join(STICK).join("slaves");
        fs::create_dir(&slaves).unwrap();
        symlink(root.path().join("sys/devices").join(STICK), slaves.join("sdb1")).unwrap();
        assert_eq!(of_device(root.path(), "8:17"), None);
    }
}
