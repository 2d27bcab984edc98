//! Checklists: what has to be done on an exam day, before and after it, and when; read from
//! `checklists/*.toml`.

mod point;
mod read;
mod rules;
mod set;

use serde::{Deserialize, Serialize};

use crate::i18n::Language;
use crate::point::{ChecklistId, StepId};

pub use point::{PlacedCamera, Places};
pub use rules::{Each, Fact, Photo, Span, StepRules};
pub use set::{Checklists, of_the_day};

/// A checklist as it applies to everybody; texts in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    pub id: ChecklistId,
    /// Grows with every change of the steps; stands in the journal.
    pub version: u32,
    pub name: Bilingual,
    /// A round: begun again so many minutes after it was begun, as long as the exam lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_minutes: Option<u32>,
    #[serde(default, skip_serializing_if = "Span::is_in_day")]
    pub span: Span,
    /// At least one in a file; ids are unique.
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: StepId,
    pub kind: StepKind,
    /// Which check runs; present exactly for `automatic` and `both`.
    #[serde(default)]
    pub check: Option<CheckKind>,
    pub title: Bilingual,
    /// What to do, one action.
    pub text: Bilingual,
    /// What should be seen.
    pub expected: Bilingual,
    /// What to do if it is not.
    pub remedy: Bilingual,
    /// Has to be done by this many minutes relative to the exam's start; negative before it.
    pub deadline_minutes: i32,
    /// The checklist can't be finished while this step is neither passed nor waived.
    pub blocking: bool,
    #[serde(default, skip_serializing_if = "StepRules::is_usual")]
    pub rules: StepRules,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// A person does it and confirms.
    Manual,
    /// The computer checks it.
    Automatic,
    /// The computer checks it and a person confirms.
    Both,
}

/// The checks this program can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    FreeDisk,
    Clock,
    Cameras,
    Programs,
    MemoryAndLoad,
    TargetMedium,
    /// Every camera has a view that somebody approved of today.
    References,
    /// What the disks say of themselves.
    DiskHealth,
    /// Neither the computer nor its screen goes to sleep.
    PowerSaving,
    Network,
    /// Wi-Fi and Bluetooth.
    Wireless,
    /// Sticks, disks and cards that are plugged in.
    UsbMedia,
    /// The standard set: required, forbidden, unapproved.
    Software,
    Antivirus,
    Ups,
    Printers,
    /// A page is printed that a person looks at.
    TestPage,
    Scanners,
    /// Earlier days stand where the profile wants them.
    Backups,
}

/// A text written in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub ru: String,
    pub en: String,
}

impl CheckKind {
    /// Each with the word for it in a checklist.
    pub const ALL: [(&str, Self); 19] = [
        ("free_disk", Self::FreeDisk),
        ("clock", Self::Clock),
        ("cameras", Self::Cameras),
        ("programs", Self::Programs),
        ("memory_and_load", Self::MemoryAndLoad),
        ("target_medium", Self::TargetMedium),
        ("references", Self::References),
        ("disk_health", Self::DiskHealth),
        ("power_saving", Self::PowerSaving),
        ("network", Self::Network),
        ("wireless", Self::Wireless),
        ("usb_media", Self::UsbMedia),
        ("software", Self::Software),
        ("antivirus", Self::Antivirus),
        ("ups", Self::Ups),
        ("printers", Self::Printers),
        ("test_page", Self::TestPage),
        ("scanners", Self::Scanners),
        ("backups", Self::Backups),
    ];

    /// As checklists and the journal call it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

impl Bilingual {
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}

impl Checklist {
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }
}
