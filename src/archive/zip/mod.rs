//! Strict ZIP: of all the ways to write the same files, the one that every reader reads alike.
//!
//! Stored only; flags 0; no extras, comments, descriptors, prefix, suffix, gap or overlap; each
//! local header equal to its central one and in the same order; one end record in the last 22 bytes;
//! fixed time stamp and attributes; names as [`EntryName`] allows, unique, none the folder of
//! another; no zip64, so at most [`MAX_BYTES`] and [`MAX_ENTRIES`].
//!
//! The writing is our own: a part grows for hours and has to survive a power cut at any byte, so an
//! entry's header is written behind its bytes, is held to them by its CRC after a cut, and the directory
//! comes at the close.
//! The reading is our own too, since readers of the format as a whole have to accept what the
//! profile forbids. The `zip` crate is the second opinion: once the profile holds, it has to find
//! the same files in the same places (see [`second`](self::second)).

mod header;
mod name;
mod reader;
mod second;
mod window;
mod writer;

use std::io;

pub use name::{BadName, EntryName};
pub use reader::{contents, read, salvage, walk};
pub use second::agrees;
pub use window::Window;
pub use writer::{Hashed, ZipWriter, recovered_entries};

use crate::i18n::Message;

/// No part is larger: 3.9 GiB, so that it fits FAT32 and needs no zip64.
pub const MAX_BYTES: u64 = 3_900 * 1024 * 1024;
/// 65,535 would mean zip64.
pub const MAX_ENTRIES: usize = 65_534;

/// A file in a ZIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: EntryName,
    /// CRC-32 as the headers say (ISO 3309); not checked by whoever made this value.
    pub crc32: u32,
    pub bytes: u64,
    /// Where its local header begins.
    pub header_offset: u64,
    /// Where its bytes begin; `data_offset + bytes` lies within the file.
    pub data_offset: u64,
}

impl Entry {
    /// Where its bytes end.
    pub fn end(&self) -> u64 {
        self.data_offset + self.bytes
    }
}

/// Why a file is no strict ZIP.
#[derive(Debug, thiserror::Error)]
pub enum ZipFault {
    #[error("no end record in the last 22 bytes")]
    NoEnd,
    #[error("{bytes} bytes are more than a part may have")]
    TooLarge { bytes: u64 },
    #[error("the directory does not end where the end record begins")]
    Directory,
    #[error("{header} header of entry {entry}: {field}")]
    Field { header: &'static str, entry: usize, field: &'static str },
    #[error("entry {entry}: {fault}")]
    Name { entry: usize, fault: BadName },
    #[error("two entries bear the name {0}")]
    Twice(EntryName),
    #[error("{0} is a file and the folder of another")]
    FileAndFolder(EntryName),
    #[error("local and central header of {0} differ")]
    HeadersDiffer(EntryName),
    #[error("there are bytes that belong to no entry, or to two, at byte {at}")]
    GapOrOverlap { at: u64 },
    #[error("another reader finds other files in it: {0}")]
    Ambiguous(String),
    #[error("it can't be read: {0}")]
    Io(#[from] io::Error),
}

impl ZipFault {
    /// What is wrong, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::NoEnd => Message::new("archive-zip-no-end"),
            Self::TooLarge { bytes } => Message::new("archive-zip-too-large").with("bytes", *bytes),
            Self::GapOrOverlap { at } => Message::new("archive-zip-gap").with("at", *at),
            Self::Io(error) => Message::new("archive-unreadable").with("detail", error.to_string()),
            other => Message::new("archive-zip-form").with("detail", other.to_string()),
        }
    }
}
