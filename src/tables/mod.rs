//! Strict reading of the files that people write: TOML (profile, checklists), and tables from other programs
//! ([`csv`], and XLSX).
//!
//! A TOML file is refused whole, with every fault in it named by file, line and key, so that whoever
//! mends it does so once. (Faults of the TOML itself come first: what they hide can't be judged.)

pub mod csv;
mod fault;
mod section;
#[cfg(test)]
mod section_test;
#[cfg(feature = "station")]
pub mod xlsx;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use toml::de::DeTable;

pub use fault::{Fault, Faults, ReadError, Spot};
pub use section::{Item, Section};

use crate::i18n::Message;
use fault::Collector;

/// A row of a table, with the line that it begins in, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: usize,
    pub fields: Vec<String>,
}

/// A file longer than this is no profile and no checklist.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads the whole text through `walk`, which looks at every key it knows and gives `None` where
/// it found a fault. `file` names the text in faults.
pub fn read<T>(
    text: &str,
    file: &str,
    walk: impl FnOnce(&mut Section<'_>) -> Option<T>,
) -> Result<T, Faults> {
    let collector = Collector::new(text, file);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        let problem = Message::new("fault-syntax").with("detail", error.message());
        collector.add(&Spot { line: collector.line(at), key: String::new() }, problem);
    }
    if !errors.is_empty() {
        return Err(collector.into_faults());
    }
    let mut root = Section::new(table.get_ref(), Spot { line: 1, key: String::new() }, &collector);
    let read = walk(&mut root);
    root.finish();
    let faults = collector.into_faults();
    match read {
        Some(value) if faults.0.is_empty() => Ok(value),
        _ => Err(faults),
    }
}

/// The TOML files of a folder, by their names; none if it is missing, and an error if they are more than
/// `most`.
pub fn files_in(folder: &Path, most: usize) -> Result<Vec<PathBuf>, ReadError> {
    let unreadable = |error: io::Error| ReadError::Unreadable {
        file: folder.display().to_string(),
        detail: error.to_string(),
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
        if paths.len() > most {
            return Err(unreadable(io::ErrorKind::FileTooLarge.into()));
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads a file's text, in bounded memory.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let file = || path.display().to_string();
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing { file: file() },
        _ => ReadError::Unreadable { file: file(), detail: error.to_string() },
    };
    // Asked first: opening a pipe would wait for somebody to write into it.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(ReadError::NoFile { file: file() });
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|opened| opened.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLong { file: file() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
        ReadError::NotUtf8 { file: file(), line }
    })
}
