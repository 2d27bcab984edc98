//! Linux: what `/sys`, `/proc` and `/run` say, read anew after every message of the kernel about a device
//! (netlink, `kobject_uevent`), and once a second, since not everything has such a message.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, RecvFlags, SocketFlags, SocketType, bind, netlink, recv, socket_with};

use super::{EquipmentLook, SeenThing, thing};
use crate::journal::ThingKind;

/// What has no message of its own is seen within this long.
const EVERY: Duration = Duration::from_secs(1);
/// Messages come in bursts; between two readings at least this long passes.
const BURST: Duration = Duration::from_millis(100);
/// The kernel's own messages, without those that udev sends on.
const KERNEL_GROUP: u32 = 1;
/// Longer than any attribute that is read.
const MOST_BYTES: u64 = 4_096;

pub(super) fn look() -> EquipmentLook {
    let messages = listen();
    if let Err(error) = &messages {
        tracing::info!(%error, "no messages about devices; looking once a second");
    }
    Arc::new(move || {
        match &messages {
            Ok(socket) => wait(socket),
            // Nothing to wait for but time.
            Err(_) => std::thread::park_timeout(EVERY),
        }
        Some(reading(Path::new("/")))
    })
}

fn listen() -> io::Result<OwnedFd> {
    let flags = SocketFlags::CLOEXEC;
    let socket =
        socket_with(AddressFamily::NETLINK, SocketType::DGRAM, flags, Some(netlink::KOBJECT_UEVENT))?;
    bind(&socket, &netlink::SocketAddrNetlink::new(0, KERNEL_GROUP))?;
    Ok(socket)
}

/// Returns after a burst of messages, or when none came. What they say is not looked at.
fn wait(socket: &OwnedFd) {
    let mut message = [0; 64];
    let mut came = |patience| {
        // A full queue is an error too, and says that something happened.
        set_socket_timeout(socket, Timeout::Recv, Some(patience)).is_ok()
            && recv(socket, &mut message, RecvFlags::empty()) != Err(rustix::io::Errno::AGAIN)
    };
    if came(EVERY) {
        std::thread::park_timeout(BURST);
        let mut rest = [0; 64];
        // So many were waiting at most; more are a burst of their own.
        for _ in 0..10_000 {
            if recv(socket, &mut rest, RecvFlags::DONTWAIT) == Err(rustix::io::Errno::AGAIN) {
                break;
            }
        }
    }
}

/// All that is there, of the system whose root this is.
fn reading(root: &Path) -> Vec<SeenThing> {
    let mut seen = Vec::new();
    usb(&root.join("sys/bus/usb/devices"), &mut seen);
    disks(&root.join("sys/block"), &mut seen);
    networks(&root.join("sys/class/net"), &mut seen);
    power(&root.join("sys/class/power_supply"), &mut seen);
    lids(&root.join("proc/acpi/button/lid"), &mut seen);
    sessions(&root.join("run"), &mut seen);
    let kernel = root.join("proc/sys/kernel");
    if let Some(boot) = attribute(&kernel.join("random"), "boot_id") {
        let name = attribute(&kernel, "hostname").unwrap_or_default();
        seen.push(SeenThing { thing: thing(ThingKind::Computer, "", &name, &boot, true), run: 0 });
    }
    seen
}

/// Every device, hubs too, but not the controllers that they hang on.
fn usb(devices: &Path, seen: &mut Vec<SeenThing>) {
    for (place, device) in entries(devices) {
        let of = |name: &str| attribute(&device, name).unwrap_or_default();
        if place.starts_with("usb") || place.contains(':') {
            continue;
        }
        let (maker, product) = (of("manufacturer"), of("product"));
        let name = if product.starts_with(&maker) { product } else { format!("{maker} {product}") };
        let ident = format!("{}:{} {}", of("idVendor"), of("idProduct"), of("serial"));
        let run = of("devnum").parse().unwrap_or(0);
        seen.push(SeenThing { thing: thing(ThingKind::Usb, &place, &name, &ident, true), run });
    }
}

/// Disks with something in them; what the kernel itself makes up (loop, RAM, RAID) is none.
fn disks(blocks: &Path, seen: &mut Vec<SeenThing>) {
    for (place, disk) in entries(blocks) {
        let made_up =
            fs::read_link(&disk).is_ok_and(|at| at.components().any(|part| part.as_os_str() == "virtual"));
        let sectors: u64 = attribute(&disk, "size").and_then(|size| size.parse().ok()).unwrap_or(0);
        if made_up || sectors == 0 {
            continue;
        }
        let device = disk.join("device");
        let of = |name: &str| attribute(&device, name).unwrap_or_default();
        let name =
            format!("{} {}, {} MB", of("vendor"), of("model"), sectors.saturating_mul(512) / 1_000_000);
        let run = attribute(&disk, "diskseq").and_then(|number| number.parse().ok()).unwrap_or(sectors);
        seen.push(SeenThing { thing: thing(ThingKind::Disk, &place, &name, &of("serial"), true), run });
    }
}

fn networks(adapters: &Path, seen: &mut Vec<SeenThing>) {
    for (place, adapter) in entries(adapters) {
        if place == "lo" {
            continue;
        }
        let kind = attribute(&adapter, "uevent").unwrap_or_default();
        let kind = kind.lines().find_map(|line| line.strip_prefix("DEVTYPE=")).unwrap_or("ethernet");
        // An adapter that is off has no carrier to read.
        let linked = attribute(&adapter, "carrier").is_some_and(|carrier| carrier == "1");
        let address = attribute(&adapter, "address").unwrap_or_default();
        let run = attribute(&adapter, "ifindex").and_then(|index| index.parse().ok()).unwrap_or(0);
        seen.push(SeenThing { thing: thing(ThingKind::Network, &place, kind, &address, linked), run });
    }
}

/// What gives power; of a computer that tells of nothing that does, its batteries.
fn power(supplies: &Path, seen: &mut Vec<SeenThing>) {
    let (mut mains, mut batteries) = (Vec::new(), Vec::new());
    for (place, supply) in entries(supplies) {
        let of = |name: &str| attribute(&supply, name).unwrap_or_default();
        let name = of("model_name");
        // Of a mouse, say.
        if of("scope") == "Device" {
            continue;
        }
        match of("type").as_str() {
            "Mains" | "USB" => mains.push(thing(ThingKind::Mains, &place, &name, "", of("online") != "0")),
            "Battery" | "UPS" => {
                let rests = of("status") != "Discharging";
                batteries.push(thing(ThingKind::Battery, &place, &name, "", rests));
            }
            _ => {}
        }
    }
    let told = if mains.is_empty() { batteries } else { mains };
    seen.extend(told.into_iter().map(|thing| SeenThing { thing, run: 0 }));
}

fn lids(buttons: &Path, seen: &mut Vec<SeenThing>) {
    for (place, lid) in entries(buttons) {
        if let Some(state) = attribute(&lid, "state") {
            let open = state.contains("open");
            seen.push(SeenThing { thing: thing(ThingKind::Lid, &place, "", "", open), run: 0 });
        }
    }
}

/// Who is logged in: as logind keeps it; without it, as `utmp` does.
fn sessions(run: &Path, seen: &mut Vec<SeenThing>) {
    let logind = run.join("systemd/sessions");
    if !logind.is_dir() {
        return seen.extend(utmp(&run.join("utmp")));
    }
    for (id, file) in entries(&logind) {
        let Some(text) = read(&file) else { continue };
        let of =
            |key: &str| text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).unwrap_or("");
        // A screen that asks for a name is nobody's.
        if !of("CLASS").starts_with("user") || of("USER").is_empty() || of("STATE") == "closing" {
            continue;
        }
        let place = [of("TTY"), of("TYPE")].into_iter().find(|place| !place.is_empty()).unwrap_or("session");
        let place = format!("{place} ({id})");
        let thing = thing(ThingKind::Session, &place, of("USER"), of("REMOTE_HOST"), true);
        seen.push(SeenThing { thing, run: 0 });
    }
}

/// Length of a record of `utmp(5)` on x86-64; its layout is the compiler's elsewhere.
const UTMP_BYTES: usize = 384;
const USER_PROCESS: u16 = 7;
const MOST_UTMP_BYTES: u64 = 384 * 256;

fn utmp(file: &Path) -> Vec<SeenThing> {
    let mut bytes = Vec::new();
    let there = File::open(file).and_then(|file| file.take(MOST_UTMP_BYTES).read_to_end(&mut bytes));
    if there.is_err() || !cfg!(target_arch = "x86_64") {
        return Vec::new();
    }
    let text = |bytes: &[u8]| {
        let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        String::from_utf8_lossy(text).into_owned()
    };
    let records = bytes.chunks_exact(UTMP_BYTES);
    let users = records.filter(|record| u16::from_le_bytes([record[0], record[1]]) == USER_PROCESS);
    users
        .map(|record| {
            let (line, user, host) = (text(&record[8..40]), text(&record[44..76]), text(&record[76..332]));
            let run = u32::from_le_bytes([record[340], record[341], record[342], record[343]]);
            SeenThing { thing: thing(ThingKind::Session, &line, &user, &host, true), run: u64::from(run) }
        })
        .collect()
}

/// Names and paths below a folder that may not be there.
fn entries(folder: &Path) -> impl Iterator<Item = (String, std::path::PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
}

fn attribute(folder: &Path, name: &str) -> Option<String> {
    read(&folder.join(name)).map(|text| text.trim().to_owned())
}

fn read(file: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A system of a few files.
    fn system(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    /// Each thing in a line.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let seen = reading(system(files).path());
        let line = |seen: &SeenThing| {
            let thing = &seen.thing;
            format!(
                "{:?} {}|{}|{}|{}|{}",
                thing.kind, thing.place, thing.name, thing.ident, thing.on, seen.run
            )
        };
        let mut lines: Vec<String> = seen.iter().map(line).collect();
        lines.sort();
        lines
    }

    #[test]
    fn usb_devices_are_told_by_name_and_number_and_their_parts_are_not() {
        let seen = told(&[
            ("sys/bus/usb/devices/usb1/product", "xHCI Host Controller\n"),
            ("sys/bus/usb/devices/1-1/manufacturer", "Logitech\n"),
            ("sys/bus/usb/devices/1-1/product", "Logitech Webcam C270\n"),
            ("sys/bus/usb/devices/1-1/idVendor", "046d\n"),
            ("sys/bus/usb/devices/1-1/idProduct", "0825\n"),
            ("sys/bus/usb/devices/1-1/devnum", "7\n"),
            ("sys/bus/usb/devices/1-1:1.0/bInterfaceClass", "0e\n"),
            ("sys/bus/usb/devices/1-1.2/serial", "4C53\n"),
        ]);
        assert_eq!(seen, ["Usb 1-1.2||: 4C53|true|0", "Usb 1-1|Logitech Webcam C270|046d:0825|true|7"]);
    }

    #[test]
    fn an_empty_card_reader_and_what_the_kernel_makes_up_are_no_disks() {
        let files = [
            ("sys/block/sda/size", "62333952\n"),
            ("sys/block/sda/device/vendor", "SanDisk\n"),
            ("sys/block/sda/device/model", "Ultra\n"),
            ("sys/block/sda/diskseq", "12\n"),
            ("sys/block/sdb/size", "0\n"),
            ("sys/devices/virtual/block/loop0/size", "8\n"),
        ];
        let root = system(&files);
        std::os::unix::fs::symlink("../devices/virtual/block/loop0", root.path().join("sys/block/loop0"))
            .unwrap();
        let seen = reading(root.path());
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert_eq!((seen[0].thing.name.as_str(), seen[0].run), ("SanDisk Ultra, 31914 MB", 12));
    }

    #[test]
    fn links_power_lid_and_boot_are_told() {
        let seen = told(&[
            ("sys/class/net/lo/carrier", "1\n"),
            ("sys/class/net/eth0/carrier", "1\n"),
            ("sys/class/net/eth0/address", "52:54:00:00:00:01\n"),
            ("sys/class/net/eth0/ifindex", "2\n"),
            ("sys/class/net/wlp2s0/uevent", "DEVTYPE=wlan\nINTERFACE=wlp2s0\n"),
            ("sys/class/power_supply/AC/type", "Mains\n"),
            ("sys/class/power_supply/AC/online", "0\n"),
            ("sys/class/power_supply/BAT0/type", "Battery\n"),
            ("proc/acpi/button/lid/LID0/state", "state:      closed\n"),
            ("proc/sys/kernel/random/boot_id", "b7f2\n"),
            ("proc/sys/kernel/hostname", "kiosk\n"),
        ]);
        assert_eq!(
            seen,
            [
                "Computer |kiosk|b7f2|true|0",
                "Lid LID0|||false|0",
                "Mains AC|||false|0",
                "Network eth0|ethernet|52:54:00:00:00:01|true|2",
                "Network wlp2s0|wlan||false|0",
            ]
        );
        let battery = [
            ("sys/class/power_supply/BAT0/type", "Battery"),
            ("sys/class/power_supply/BAT0/status", "Discharging"),
        ];
        assert_eq!(told(&battery), ["Battery BAT0|||false|0"], "a laptop without a word of its mains");
    }

    #[test]
    fn log_ins_are_read_from_logind_and_without_it_from_utmp() {
        let seen = told(&[
            ("run/systemd/sessions/3", "UID=1000\nUSER=pupil\nCLASS=user\nTTY=tty2\nSTATE=active\n"),
            ("run/systemd/sessions/4", "USER=root\nCLASS=user\nTYPE=tty\nREMOTE_HOST=10.0.0.5\n"),
            ("run/systemd/sessions/c1", "USER=gdm\nCLASS=greeter\n"),
            ("run/systemd/sessions/4.ref", ""),
        ]);
        assert_eq!(seen, ["Session tty (4)|root|10.0.0.5|true|0", "Session tty2 (3)|pupil||true|0"]);

        let mut record = vec![0; UTMP_BYTES];
        record[0] = 7;
        record[8..13].copy_from_slice(b"pts/0");
        record[44..48].copy_from_slice(b"root");
        record[76..84].copy_from_slice(b"10.0.0.5");
        record[340] = 9;
        let (root, mut ended) = (system(&[]), record.clone());
        ended[0] = 8;
        fs::create_dir_all(root.path().join("run")).unwrap();
        fs::write(root.path().join("run/utmp"), [record, ended, vec![7; 100]].concat()).unwrap();
        let seen = reading(root.path());
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert_eq!(
            (seen[0].thing.place.as_str(), seen[0].thing.name.as_str(), seen[0].run),
            ("pts/0", "root", 9)
        );
    }

    #[test]
    fn this_computer_can_be_read() {
        let look = look();
        let seen = look().unwrap();
        assert!(seen.iter().any(|seen| seen.thing.kind == ThingKind::Computer), "{seen:#?}");
    }
}
