//! An archive that somebody looks at: verified, searched, held against the papers, and what is made of
//! it. Long work has a thread of its own; nothing here knows of a window.

mod advice;
mod coming;
mod entry;
mod findings;
mod log;
mod marks;
mod moments;
mod names;
mod offered;
mod papers;
mod search;
mod topic;
mod verification;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

pub use advice::Advice;
use chrono::DateTime;
pub use coming::{Coming, Gone};
pub use entry::{Entry, EntryOf, Reading, SignedBy};
pub use findings::{Finding, findings};
pub use log::{Log, LogLine};
pub use marks::{Mark, MarkKind};
pub use moments::VideoAt;
pub use names::Names;
pub use offered::list_archives;
pub use papers::{ArchivedForm, list_forms, read_form};
pub use search::{Query, Search};
pub use topic::Topic;
pub use verification::{Begun, Failed, Verification};
pub use work::{Done, Ending, Task, Work};

use crate::archive::Report;
pub use crate::archive::excerpt::Wanted;
use crate::archive::verify::Act;
pub use crate::forms::{Page, PageColumn, PageTable};
use crate::i18n::Message;
use crate::journal::DayDocument;
use crate::point::CameraId;

/// Called from another thread whenever there is something to hear.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What an archive is held against besides itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Against {
    /// Whose keys are trusted: a list in OpenSSH's `allowed_signers` form.
    pub signers: Option<PathBuf>,
    /// What the paper acts say.
    pub act: Option<Act>,
}

/// An archive that was verified.
pub struct Reviewed {
    pub folder: PathBuf,
    pub against: Against,
    pub report: Report,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// None: it could not be read.
    pub document: Option<Box<DayDocument>>,
    pub title: Option<Title>,
    pub marks: Vec<Mark>,
    /// The journal, with what its lines are called.
    pub lines: Lines,
    /// From the first to the last moment of video or journal, UTC ms; none when there is neither.
    pub span: Option<(i64, i64)>,
}

/// The journal's lines, and in which words people read them.
#[derive(Clone)]
pub struct Lines {
    pub log: Arc<Log>,
    pub names: Arc<Names>,
    /// Minutes east of UTC at the point on that day; 0 while the document can't be read.
    pub offset_min: i32,
}

/// Which day it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    pub point: String,
    pub subject: String,
    pub date: chrono::NaiveDate,
}

impl Title {
    pub fn of(document: &DayDocument) -> Self {
        Self {
            point: document.point.to_string(),
            subject: document.subject.clone(),
            date: document.plan.date,
        }
    }
}

impl Lines {
    /// The time of day at the point, `HH:MM:SS`.
    pub fn time(&self, utc_ms: i64) -> String {
        let local = utc_ms.saturating_add(i64::from(self.offset_min) * 60_000);
        DateTime::from_timestamp_millis(local).unwrap_or_default().format("%H:%M:%S").to_string()
    }
}

impl Reviewed {
    pub fn names(&self) -> &Names {
        &self.lines.names
    }

    pub fn log(&self) -> &Log {
        &self.lines.log
    }

    pub fn offset_min(&self) -> i32 {
        self.lines.offset_min
    }

    pub fn camera_name(&self, id: &CameraId) -> String {
        self.names().camera(id)
    }

    pub fn named(&self, message: &Message) -> Message {
        self.names().put_into(message)
    }
}
