//! What is wrong with a file, and where.

use std::cell::RefCell;
use std::fmt;

use crate::i18n::Message;

/// Further faults are not listed: a file with so many is not the one that was meant.
const MAX_FAULTS: usize = 100;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Counts from 1.
    pub line: usize,
    /// The way to the key from the top, such as `cameras[2].room`; empty for the file itself.
    pub key: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    pub spot: Spot,
    /// What is wrong and what would be right, without the place.
    problem: Message,
}

impl Fault {
    /// Place, what is wrong, the mend.
    pub fn message(&self) -> Message {
        self.problem
            .clone()
            .with("file", self.file.as_str())
            .with("line", self.spot.line)
            .with("key", self.spot.key.as_str())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.spot.line, self.spot.key, self.problem)
    }
}

/// Everything that is wrong with one file, from its top to its end; at least one, at most 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if i == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// Why a profile or a checklist can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("no file {file}")]
    Missing { file: String },
    #[error("{file} can't be read: {detail}")]
    Unreadable { file: String, detail: String },
    #[error("{file} is no ordinary file")]
    NoFile { file: String },
    #[error("{file} is longer than 1 MiB")]
    TooLong { file: String },
    #[error("{file}:{line}: not UTF-8")]
    NotUtf8 { file: String, line: usize },
    #[error(transparent)]
    Wrong(#[from] Faults),
}

impl ReadError {
    /// What happened and what to do, in one text.
    pub fn message(&self) -> Message {
        match self {
            Self::Missing { file } => Message::new("file-missing").with("file", file.as_str()),
            Self::Unreadable { file, detail } => {
                Message::new("file-unreadable").with("file", file.as_str()).with("detail", detail.as_str())
            }
            Self::NoFile { file } => Message::new("file-not-ordinary").with("file", file.as_str()),
            Self::TooLong { file } => Message::new("file-too-long").with("file", file.as_str()),
            Self::NotUtf8 { file, line } => {
                Message::new("file-not-utf8").with("file", file.as_str()).with("line", *line)
            }
            Self::Wrong(faults) => match faults.0.as_slice() {
                [only] => only.message(),
                [first, ..] => Message::new("file-faults")
                    .with("file", first.file.as_str())
                    .with("count", faults.0.len()),
                [] => Message::new("file-faults").with("file", "").with("count", 0_u32),
            },
        }
    }

    /// Every fault by itself.
    pub fn messages(&self) -> Vec<Message> {
        match self {
            Self::Wrong(faults) => faults.0.iter().map(Fault::message).collect(),
            other => vec![other.message()],
        }
    }
}

/// Gathers the faults of one file while it is walked.
#[derive(Debug)]
pub(super) struct Collector<'a> {
    file: &'a str,
    /// Byte offsets at which lines begin.
    line_starts: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(text: &str, file: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Self { file, line_starts, faults: RefCell::default() }
    }

    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    pub(super) fn add(&self, spot: &Spot, problem: Message) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < MAX_FAULTS {
            faults.push(Fault { file: self.file.to_owned(), spot: spot.clone(), problem });
        }
    }

    pub(super) fn into_faults(self) -> Faults {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| fault.spot.line);
        Faults(faults)
    }
}
