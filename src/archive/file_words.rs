//! What a person is told of a file that can't be read or written, whatever was to be done with it.

use std::io;
use std::path::Path;

use crate::i18n::Message;

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Message {
    about("archive-file-unreadable", path).with("detail", error.to_string())
}

/// A disk that is full is told as that.
pub(super) fn unwritten(path: &Path, error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => about("archive-disk-full", path),
        _ => about("archive-file-unwritten", path).with("detail", error.to_string()),
    }
}

/// A text about the file.
pub(super) fn about(id: &str, path: &Path) -> Message {
    Message::new(id).with("path", path.display().to_string())
}
