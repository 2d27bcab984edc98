//! `[checks]` of a profile: what the checks of this computer hold it to.
//!
//! Every key may be left out and then has the default of these types; `assets/profile/demo.toml`
//! shows them all.

mod devices;
mod network;
mod software;

use std::ops::RangeInclusive;

use serde::Serialize;

use crate::tables::{Item, Section};

pub use devices::{PrinterRules, ScannerRules, UpsRules};
pub use network::{BadSubnet, NetworkRules, NetworkState, Subnet};
pub use software::{NamePattern, RequiredPackage, SoftwareRules};

/// Characters of a name or a pattern.
const NAME: usize = 200;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckRules {
    pub clock: ClockRules,
    pub memory_and_load: LoadRules,
    pub network: NetworkRules,
    pub wireless: WirelessRules,
    pub usb_media: UsbMediaRules,
    pub disk_health: DiskHealthRules,
    pub software: SoftwareRules,
    pub antivirus: AntivirusRules,
    pub printers: PrinterRules,
    pub scanners: ScannerRules,
    pub ups: UpsRules,
    pub target_medium: TargetRules,
}

/// How fast the medium for the copy has to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetRules {
    pub min_kb_per_second: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClockRules {
    /// Something has to keep the clock right; else a person may compare it.
    pub must_be_kept: bool,
    /// Against the reference clock that a person reads.
    pub max_offset_seconds: u32,
}

/// What an antivirus has to be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AntivirusRules {
    pub required: bool,
    /// Of its signatures.
    pub max_age_days: u32,
    /// It is given the EICAR test file.
    pub try_sample: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LoadRules {
    /// No part of the computer may be hotter. Named, a temperature that can't be read is unknown; else
    /// only those count that can be, against [`LoadRules::USUAL_CELSIUS`].
    pub max_celsius: Option<u32>,
}

/// Which radios have to be off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WirelessRules {
    pub wifi_off: bool,
    pub bluetooth_off: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UsbMediaRules {
    /// A medium has to have one of these in its maker, model and serial number; none: any may be there.
    pub allowed: Option<Vec<String>>,
    /// So many have to be there.
    pub at_least: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiskHealthRules {
    /// Sectors given up or waiting to be.
    pub max_bad_sectors: u64,
    pub max_celsius: u32,
    /// Of what the maker of a solid-state disk says it lasts for.
    pub max_worn_percent: u32,
}

impl LoadRules {
    pub const USUAL_CELSIUS: u32 = 90;
}

impl Default for ClockRules {
    fn default() -> Self {
        Self { must_be_kept: false, max_offset_seconds: 60 }
    }
}

impl Default for AntivirusRules {
    fn default() -> Self {
        Self { required: true, max_age_days: 7, try_sample: true }
    }
}

impl Default for TargetRules {
    fn default() -> Self {
        Self { min_kb_per_second: 500 }
    }
}

impl Default for WirelessRules {
    fn default() -> Self {
        Self { wifi_off: true, bluetooth_off: true }
    }
}

impl Default for DiskHealthRules {
    fn default() -> Self {
        Self { max_bad_sectors: 10, max_celsius: 60, max_worn_percent: 95 }
    }
}

impl CheckRules {
    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let clock = part(&mut section, "clock", ClockRules::read);
        let memory_and_load = part(&mut section, "memory_and_load", LoadRules::read);
        let network = part(&mut section, "network", NetworkRules::read);
        let wireless = part(&mut section, "wireless", WirelessRules::read);
        let usb_media = part(&mut section, "usb_media", UsbMediaRules::read);
        let disk_health = part(&mut section, "disk_health", DiskHealthRules::read);
        let software = part(&mut section, "software", SoftwareRules::read);
        let antivirus = part(&mut section, "antivirus", AntivirusRules::read);
        let printers = part(&mut section, "printers", PrinterRules::read);
        let scanners = part(&mut section, "scanners", ScannerRules::read);
        let ups = part(&mut section, "ups", UpsRules::read);
        let target_medium = part(&mut section, "target_medium", TargetRules::read);
        section.finish();
        Some(Self {
            clock: clock?,
            memory_and_load: memory_and_load?,
            network: network?,
            wireless: wireless?,
            usb_media: usb_media?,
            disk_health: disk_health?,
            software: software?,
            antivirus: antivirus?,
            printers: printers?,
            scanners: scanners?,
            ups: ups?,
            target_medium: target_medium?,
        })
    }
}

impl TargetRules {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default().min_kb_per_second;
        let least = or(section, "min_kb_per_second", usual, |item| item.integer(0..=1_000_000));
        Some(Self { min_kb_per_second: least? })
    }
}

impl ClockRules {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default();
        let kept = or(section, "must_be_kept", usual.must_be_kept, Item::boolean);
        let most = or(section, "max_offset_seconds", usual.max_offset_seconds, |item| item.integer(1..=3600));
        Some(Self { must_be_kept: kept?, max_offset_seconds: most? })
    }
}

impl AntivirusRules {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default();
        let required = or(section, "required", usual.required, Item::boolean);
        let max_age_days = or(section, "max_age_days", usual.max_age_days, |item| item.integer(0..=365));
        let try_sample = or(section, "try_sample", usual.try_sample, Item::boolean);
        Some(Self { required: required?, max_age_days: max_age_days?, try_sample: try_sample? })
    }
}

impl LoadRules {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        Some(Self { max_celsius: maybe(section, "max_celsius", |item| item.integer(40..=120))? })
    }
}

impl WirelessRules {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        const STATES: [(&str, bool); 2] = [("off", true), ("any", false)];
        let wifi_off = or(section, "wifi", true, |item| item.choice(&STATES));
        let bluetooth_off = or(section, "bluetooth", true, |item| item.choice(&STATES));
        Some(Self { wifi_off: wifi_off?, bluetooth_off: bluetooth_off? })
    }
}

impl UsbMediaRules {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let allowed = maybe(section, "allowed", |item| names(item, 0..=100));
        let at_least = or(section, "at_least", 0, |item| item.integer(0..=20));
        Some(Self { allowed: allowed?, at_least: at_least? })
    }
}

impl DiskHealthRules {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default();
        let bad = or(section, "max_bad_sectors", usual.max_bad_sectors, |item| item.integer(0..=100_000));
        let celsius = or(section, "max_celsius", usual.max_celsius, |item| item.integer(30..=100));
        let worn = or(section, "max_worn_percent", usual.max_worn_percent, |item| item.integer(1..=255));
        Some(Self { max_bad_sectors: bad?, max_celsius: celsius?, max_worn_percent: worn? })
    }
}

/// A table with defaults for all that it holds.
fn part<'a, T: Default>(
    section: &mut Section<'a>,
    key: &str,
    read: impl FnOnce(&mut Section<'a>) -> Option<T>,
) -> Option<T> {
    let Some(item) = section.optional(key) else { return Some(T::default()) };
    let mut section = item.section()?;
    let rules = read(&mut section);
    section.finish();
    rules
}

fn or<'a, T>(
    section: &mut Section<'a>,
    key: &str,
    usual: T,
    read: impl FnOnce(&Item<'a>) -> Option<T>,
) -> Option<T> {
    section.optional(key).map_or(Some(usual), |item| read(&item))
}

/// A value that may be absent; None once a fault is told.
fn maybe<'a, T>(
    section: &mut Section<'a>,
    key: &str,
    read: impl FnOnce(&Item<'a>) -> Option<T>,
) -> Option<Option<T>> {
    section.optional(key).map_or(Some(None), |item| read(&item).map(Some))
}

fn names(item: &Item<'_>, count: RangeInclusive<usize>) -> Option<Vec<String>> {
    let name = |item: &Item<'_>| item.text(NAME).map(|name| name.trim().to_owned());
    item.items(count)?.iter().map(name).collect::<Vec<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{self, Faults};

    fn read(text: &str) -> Result<CheckRules, Faults> {
        tables::read(text, "profile.toml", |root| CheckRules::read(&root.required("checks")?))
    }

    #[test]
    fn what_is_left_out_has_its_default_and_what_is_said_holds() {
        assert_eq!(read("[checks]").unwrap(), CheckRules::default());
        let rules = read(
            r#"
[checks.network]
expected = "local"
adapters = ["eth0"]
addresses = ["192.168.0.0/24", "10.1.2.3"]
gateway = "192.168.0.1"
[checks.wireless]
wifi = "any"
[checks.usb_media]
allowed = []
at_least = 2
[checks.disk_health]
max_bad_sectors = 0
[checks.memory_and_load]
max_celsius = 80
[checks.clock]
must_be_kept = true
[checks.software]
forbidden = ["AnyDesk*"]
approved_file = "/srv/standard.txt"
[[checks.software.required]]
name = "openssh-client"
min_version = "1:8.1"
[checks.antivirus]
max_age_days = 3
[checks.printers]
required = ["HP"]
[checks.scanners]
at_least = 1
[checks.ups]
name = "ups@localhost"
min_minutes = 15
[checks.target_medium]
min_kb_per_second = 2000
"#,
        )
        .unwrap();
        assert_eq!(rules.network.expected, NetworkState::Local);
        assert!(rules.network.addresses[0].holds("192.168.0.77".parse().unwrap()));
        assert!(!rules.network.addresses[1].holds("10.1.2.4".parse().unwrap()));
        assert_eq!((rules.wireless.wifi_off, rules.wireless.bluetooth_off), (false, true));
        assert_eq!((rules.usb_media.allowed, rules.usb_media.at_least), (Some(vec![]), 2));
        assert_eq!((rules.disk_health.max_bad_sectors, rules.disk_health.max_celsius), (0, 60));
        assert_eq!(rules.memory_and_load.max_celsius, Some(80));
        assert!(rules.clock.must_be_kept);
        assert!(rules.software.forbidden[0].fits("anydesk-6") && rules.software.approved.is_none());
        assert_eq!(rules.software.required[0].min_version.as_deref(), Some("1:8.1"));
        assert_eq!((rules.printers.required.len(), rules.printers.min_supply_percent), (1, 10));
        assert_eq!((rules.scanners.at_least, rules.scanners.test_scan), (1, true));
        assert_eq!((rules.ups.name.as_deref(), rules.ups.min_minutes), (Some("ups@localhost"), 15));
        assert_eq!(rules.target_medium.min_kb_per_second, 2000);
        assert_eq!((rules.antivirus.required, rules.antivirus.max_age_days), (true, 3));
    }

    #[test]
    fn every_wrong_rule_is_named_with_its_line() {
        let text = r#"[checks]
network = { expected = "sometimes", addresses = ["192.168.0.0/33"], gateway = "router" }
wireless = { wifi = true }
usb_media = { allowed = [""], at_least = -1 }
disk_health = { max_celsius = 900 }
memory = {}
software = { forbidden = "anydesk", approved_file = "standard.txt", required = [{ min_version = "1" }] }
antivirus = { max_age_days = 400 }
ups = { name = "", min_charge_percent = 101 }
"#;
        let faults = read(text).unwrap_err();
        let listed: Vec<_> = faults.0.iter().map(|fault| (fault.spot.line, fault.message().id)).collect();
        let expected = [
            (2, "fault-choice"),
            (2, "fault-subnet"),
            (2, "fault-address"),
            (3, "fault-type"),
            (4, "fault-empty"),
            (4, "fault-range"),
            (5, "fault-range"),
            (6, "fault-unknown-key"),
            (7, "fault-missing"),
            (7, "fault-type"),
            (7, "fault-full-path"),
            (8, "fault-range"),
            (9, "fault-empty"),
            (9, "fault-range"),
        ];
        assert_eq!(listed, expected.map(|(line, id)| (line, id.to_owned())));
    }
}
