//! Checklists: what has to be done before an exam, read from `checklists/*.toml`.

mod read;

use serde::{Deserialize, Serialize};

use crate::i18n::Language;
use crate::point::{ChecklistId, StepId};

pub use read::two_hours_before;

/// A checklist as it applies to everybody; texts in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    pub id: ChecklistId,
    /// Grows with every change of the steps; stands in the journal.
    pub version: u32,
    pub name: Bilingual,
    /// At least one; ids are unique.
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
    /// The check can't be finished while this step is neither passed nor waived.
    pub blocking: bool,
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
}

/// A text written in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub ru: String,
    pub en: String,
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
