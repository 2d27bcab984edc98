//! Where a journal's files stand.

use std::path::{Path, PathBuf};

use crate::point::DayId;

/// The four files of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalPlace {
    /// `day.json` or `point.json`.
    pub document: PathBuf,
    /// Holds `records.jsonl` and `checkpoints.txt`.
    pub folder: PathBuf,
    /// The private file of epoch keys; gone once the journal is closed.
    pub seeds: PathBuf,
}

impl JournalPlace {
    /// An exam day's journal in the data folder.
    pub fn day(data: &Path, day: &DayId) -> Self {
        let folder = data.join("days").join(day.as_str());
        Self {
            document: folder.join("day.json"),
            folder: folder.join("journal"),
            seeds: data.join("private").join(format!("epoch-{day}")),
        }
    }

    /// The point's own journal in the data folder.
    pub fn point(data: &Path) -> Self {
        let folder = data.join("point");
        Self {
            document: folder.join("point.json"),
            folder: folder.join("journal"),
            seeds: data.join("private").join("epoch-point"),
        }
    }

    pub fn records(&self) -> PathBuf {
        self.folder.join("records.jsonl")
    }

    pub fn checkpoints(&self) -> PathBuf {
        self.folder.join("checkpoints.txt")
    }

    /// Whether a journal was begun here; what an interrupted beginning left does not count.
    pub fn exists(&self) -> bool {
        self.records().exists()
    }
}
