//! What can go wrong with writing a journal.

use std::io;
use std::path::{Path, PathBuf};

use super::document::BadDocument;
use super::line::BadLine;
use crate::i18n::Message;

#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("{}: {source}", .path.display())]
    Io { path: PathBuf, source: io::Error },
    /// A write or sync failed before: what is on disk is not known any more. Open it anew.
    #[error("the journal takes no more records after a failed write")]
    Poisoned,
    #[error("there is a journal in {} already", .0.display())]
    Exists(PathBuf),
    #[error("another process writes the journal in {}", .0.display())]
    Busy(PathBuf),
    #[error("{}: {source}", .path.display())]
    Document { path: PathBuf, source: BadDocument },
    /// Not what a crash leaves behind: somebody or a failing disk changed the file.
    #[error("{}: record {record} is not what was written", .path.display())]
    Damaged { path: PathBuf, record: u64 },
    #[error("{}: checkpoint {number} is not what was written", .path.display())]
    DamagedCheckpoint { path: PathBuf, number: u64 },
    #[error("the journal in {} is closed", .0.display())]
    Closed(PathBuf),
    #[error("the journal in {} belongs to another device key", .0.display())]
    ForeignKey(PathBuf),
    /// Nothing was written, and the journal goes on.
    #[error("the event does not fit a record: {0}")]
    Record(BadLine),
    #[error("this computer gives no random numbers")]
    NoRandom,
}

impl JournalError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::Io { path, source }
    }

    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        let at = |message: Message, path: &Path| message.with("path", path.display().to_string());
        match self {
            Self::Io { path, source } => {
                at(Message::new("journal-io"), path).with("cause", source.to_string())
            }
            Self::Poisoned => Message::new("journal-poisoned"),
            Self::Exists(path) => at(Message::new("journal-exists"), path),
            Self::Busy(path) => at(Message::new("journal-busy"), path),
            Self::Document { path, .. } => at(Message::new("journal-document"), path),
            Self::Damaged { path, record } => {
                at(Message::new("journal-damaged"), path).with("record", *record)
            }
            Self::DamagedCheckpoint { path, number } => {
                at(Message::new("journal-damaged-checkpoint"), path).with("checkpoint", *number)
            }
            Self::Closed(path) => at(Message::new("journal-closed"), path),
            Self::ForeignKey(path) => at(Message::new("journal-foreign-key"), path),
            Self::Record(_) => Message::new("journal-record-too-long"),
            Self::NoRandom => Message::new("no-random-numbers"),
        }
    }
}
