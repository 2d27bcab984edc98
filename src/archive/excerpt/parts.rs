//! The parts that an excerpt is made of, by their strict directories alone.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use super::error::ExcerptError;
use crate::archive::Report;
use crate::archive::name::PartName;
use crate::archive::verify::sources;
use crate::archive::zip::{self, Entry};

/// A part's file.
pub struct Part {
    pub path: PathBuf,
    pub file: File,
    pub name: PartName,
    /// By path inside the part's folder.
    pub files: BTreeMap<String, Entry>,
}

/// The parts that can be read; one that can't is missed only if something of it is needed.
pub fn open_parts(paths: &[PathBuf]) -> Result<Vec<Part>, ExcerptError> {
    let mut report = Report::new();
    let mut parts = Vec::new();
    for source in sources(paths, &mut report).parts {
        let unreadable = |error| ExcerptError::Read { path: source.path.clone(), source: error };
        let mut file = File::open(&source.path).map_err(unreadable)?;
        let Ok(entries) = zip::read(&mut file) else { continue };
        let Some((prefix, _)) = entries.first().and_then(|entry| entry.name.as_str().split_once('/')) else {
            continue;
        };
        let (Some(name), prefix) = (PartName::parse(prefix), format!("{prefix}/")) else { continue };
        let inside = |entry: &Entry| entry.name.as_str().strip_prefix(&prefix).map(str::to_owned);
        let files = entries.iter().filter_map(|entry| Some((inside(entry)?, entry.clone()))).collect();
        parts.push(Part { path: source.path, file, name, files });
    }
    Ok(parts)
}

impl Part {
    /// The bytes of a file; none if it is not there or longer than `max`.
    pub fn read(&mut self, path: &str, max: u64) -> Result<Option<Vec<u8>>, ExcerptError> {
        let Some(entry) = self.files.get(path).filter(|entry| entry.bytes <= max) else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = zip::contents(&mut self.file, entry).and_then(|mut file| file.read_to_end(&mut bytes));
        let unreadable = |source| ExcerptError::Read { path: self.path.clone(), source };
        read.map_err(unreadable)?;
        Ok(Some(bytes))
    }
}
