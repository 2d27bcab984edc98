//! What is plugged into this computer besides the cameras.

use serde::Serialize;

use super::{maybe, names, or};
use crate::tables::Section;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrinterRules {
    /// By the names that the system has for them; each has to be ready.
    pub required: Vec<String>,
    /// Of toner or ink, where the printer tells.
    pub min_supply_percent: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScannerRules {
    pub at_least: usize,
    /// Each of them scans a page, which is not kept.
    pub test_scan: bool,
}

/// How long the battery has to last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpsRules {
    /// As NUT calls it, `ups@localhost`; none: a person looks at it.
    pub name: Option<String>,
    pub min_minutes: u32,
    pub min_charge_percent: u32,
}

impl Default for PrinterRules {
    fn default() -> Self {
        Self { required: Vec::new(), min_supply_percent: 10 }
    }
}

impl Default for ScannerRules {
    fn default() -> Self {
        Self { at_least: 0, test_scan: true }
    }
}

impl Default for UpsRules {
    fn default() -> Self {
        Self { name: None, min_minutes: 10, min_charge_percent: 80 }
    }
}

impl PrinterRules {
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default();
        let required = or(section, "required", usual.required, |item| names(item, 0..=20));
        let supply =
            or(section, "min_supply_percent", usual.min_supply_percent, |item| item.integer(0..=100));
        Some(Self { required: required?, min_supply_percent: supply? })
    }
}

impl ScannerRules {
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default();
        let at_least = or(section, "at_least", usual.at_least, |item| item.integer(0..=5));
        let test_scan = or(section, "test_scan", usual.test_scan, crate::tables::Item::boolean);
        Some(Self { at_least: at_least?, test_scan: test_scan? })
    }
}

impl UpsRules {
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default();
        let name = maybe(section, "name", |item| item.text(100));
        let minutes = or(section, "min_minutes", usual.min_minutes, |item| item.integer(0..=1440));
        let charge =
            or(section, "min_charge_percent", usual.min_charge_percent, |item| item.integer(0..=100));
        Some(Self { name: name?, min_minutes: minutes?, min_charge_percent: charge? })
    }
}
