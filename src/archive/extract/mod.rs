//! Taking the files out of an archive, safely.
//!
//! The archive is verified first; each file is hashed once more while it is written, so that what
//! lies in the folder is what was judged. One that was tampered with is refused as a whole, unless it
//! is asked for: then every file that does not hold is put apart, below [`APART`]. A file bears
//! another name until it is whole and on disk; a file that is there and equal is left alone, so that
//! an extraction that was broken off goes on where it was.

mod folder;

use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use self::folder::Folder;
use super::file_words::{about, unreadable, unwritten};
use super::verify::{Found, Meter, OnProgress, contents_of};
use super::zip::{self, EntryName};
use super::{Integrity, Report};
use crate::i18n::Message;
use crate::signing::{Digest, Hasher};

/// Where what does not hold is put. No part is called so.
pub const APART: &str = "not-verified";
/// Ends the name of a file that is not whole yet. No file of an archive has this character in its name.
const UNFINISHED: char = '~';
/// Room that a disk needs for a file besides its bytes.
const OVERHEAD_BYTES: u64 = 4096;

/// A file that lies in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractedFile {
    /// Below the folder, `/` between.
    pub file: String,
    pub bytes: u64,
    pub sha256: Digest,
    /// It is what was signed; else it is put [apart](APART).
    pub holds: bool,
    /// It was there already.
    pub was_there: bool,
}

/// What came of an extraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extraction {
    pub report: Report,
    /// None were taken out if that was refused: see [`refuses`].
    pub files: Vec<ExtractedFile>,
}

#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    #[error("{}: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: {source}", .path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Nothing was written.
    #[error("{} has {free_bytes} bytes free of {needed_bytes}", .path.display())]
    NoRoom { path: PathBuf, needed_bytes: u64, free_bytes: u64 },
    /// Never overwritten: it may be somebody's only copy of something else.
    #[error("{} is there already and is another file", .0.display())]
    Other(PathBuf),
    /// It was read otherwise when it was verified.
    #[error("{file} of {part} was changed meanwhile")]
    Changed { part: String, file: String },
    #[error("the extraction was stopped")]
    Stopped,
}

/// Whether an archive of this verdict is taken apart only if that is asked for.
pub fn refuses(integrity: Integrity) -> bool {
    matches!(integrity, Integrity::Tampered | Integrity::CannotVerify)
}

/// Verifies these parts and takes their files out into `to`, which is made if it is missing. Progress
/// counts the bytes of the parts and then those of the files.
pub fn extract(
    paths: &[PathBuf],
    to: &Path,
    even_if_tampered: bool,
    on_progress: OnProgress,
) -> Result<Extraction, ExtractError> {
    let (report, mut contents) = contents_of(paths, on_progress);
    if refuses(report.integrity) && !even_if_tampered {
        return Ok(Extraction { report, files: Vec::new() });
    }
    let files = contents.iter().flat_map(|contents| &contents.files);
    let total_bytes = files.clone().map(|found| found.entry.bytes).sum();
    let mut taking = Taking {
        to,
        folder: Folder::create(to).map_err(|source| ExtractError::Write { path: to.to_owned(), source })?,
        meter: Meter::new(total_bytes, on_progress),
        buffer: vec![0; 256 * 1024],
    };
    taking.hold_room(files)?;
    let mut extracted = Vec::new();
    for contents in &mut contents {
        for found in &contents.files {
            extracted.push(taking.take(&contents.label, &mut contents.file, found)?);
        }
    }
    Ok(Extraction { report, files: extracted })
}

struct Taking<'a> {
    to: &'a Path,
    folder: Folder,
    meter: Meter<'a>,
    buffer: Vec<u8>,
}

impl Taking<'_> {
    /// Fails before anything is written if the disk can't hold it. What is there already counts once
    /// more: it is a folder that was begun.
    fn hold_room<'f>(&self, files: impl Iterator<Item = &'f Found>) -> Result<(), ExtractError> {
        let mut needed_bytes = 0u64;
        for found in files {
            let there = std::fs::symlink_metadata(self.to.join(place_of(found))).map_or(0, |data| data.len());
            if there != found.entry.bytes {
                needed_bytes = needed_bytes.saturating_add(found.entry.bytes + OVERHEAD_BYTES);
            }
        }
        match fs4::available_space(self.to) {
            Ok(free_bytes) if free_bytes < needed_bytes => {
                Err(ExtractError::NoRoom { path: self.to.to_owned(), needed_bytes, free_bytes })
            }
            // A disk that can't tell is written to until it is full.
            _ => Ok(()),
        }
    }

    fn take(&mut self, part: &str, from: &mut File, found: &Found) -> Result<ExtractedFile, ExtractError> {
        let place = place_of(found);
        let path = self.to.join(&place);
        let write = |source| ExtractError::Write { path: path.clone(), source };
        let (folder, name) = self.folder_of(&place).map_err(write)?;
        let extracted = |was_there| ExtractedFile {
            file: place.clone(),
            bytes: found.entry.bytes,
            sha256: found.sha256,
            holds: found.holds,
            was_there,
        };
        if let Some(there) = folder.open(name).map_err(write)? {
            return match self.is_same(there, found).map_err(write)? {
                ControlFlow::Break(()) => Err(ExtractError::Stopped),
                ControlFlow::Continue(true) => Ok(extracted(true)),
                ControlFlow::Continue(false) => Err(ExtractError::Other(path)),
            };
        }
        let unfinished = format!("{name}{UNFINISHED}");
        folder.remove_file(&unfinished).map_err(write)?;
        let mut out = folder.create_file(&unfinished).map_err(write)?;
        let written = self.write(part, from, found, &mut out, &path);
        let done = written.and_then(|()| {
            out.sync_all().map_err(write)?;
            folder.rename(&unfinished, name).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => ExtractError::Other(path.clone()),
                _ => write(error),
            })?;
            folder.sync().map_err(write)
        });
        if done.is_err() {
            // The error that is returned says more than one of the clean-up would.
            let _ = folder.remove_file(&unfinished);
        }
        done.map(|()| extracted(false))
    }

    /// The folder that a file belongs into, and its name there.
    fn folder_of<'p>(&self, place: &'p str) -> io::Result<(Folder, &'p str)> {
        let mut names = place.split('/');
        let name = names.next_back().unwrap_or(place);
        // The folder itself, by a handle of its own.
        let mut folder = self.folder.again()?;
        for name in names {
            folder = folder.below(name)?;
        }
        Ok((folder, name))
    }

    fn write(
        &mut self,
        part: &str,
        from: &mut File,
        found: &Found,
        out: &mut File,
        path: &Path,
    ) -> Result<(), ExtractError> {
        let read = |source| ExtractError::Read { path: PathBuf::from(part), source };
        let mut source = zip::contents(from, &found.entry).map_err(read)?;
        let mut hasher = Hasher::new();
        loop {
            let length = match source.read(&mut self.buffer) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(read(error)),
            };
            let piece = &self.buffer[..length];
            hasher.update(piece);
            out.write_all(piece).map_err(|source| ExtractError::Write { path: path.to_owned(), source })?;
            if let ControlFlow::Break(()) = self.meter.add(length as u64) {
                return Err(ExtractError::Stopped);
            }
        }
        if hasher.finish() != found.sha256 {
            let file = found.entry.name.to_string();
            return Err(ExtractError::Changed { part: part.to_owned(), file });
        }
        Ok(())
    }

    fn is_same(&mut self, mut there: File, found: &Found) -> io::Result<ControlFlow<(), bool>> {
        if there.metadata()?.len() != found.entry.bytes {
            return Ok(ControlFlow::Continue(false));
        }
        let mut hasher = Hasher::new();
        loop {
            match there.read(&mut self.buffer) {
                Ok(0) => return Ok(ControlFlow::Continue(hasher.finish() == found.sha256)),
                Ok(length) => {
                    hasher.update(&self.buffer[..length]);
                    if let ControlFlow::Break(()) = self.meter.add(length as u64) {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Where a file lies below the folder: its strict name, nothing of the archive's beside.
fn place_of(found: &Found) -> String {
    let name: &EntryName = &found.entry.name;
    if found.holds { name.to_string() } else { format!("{APART}/{name}") }
}

impl ExtractError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::Read { path, source } => unreadable(path, source),
            Self::Write { path, source } => unwritten(path, source),
            Self::NoRoom { path, needed_bytes, free_bytes } => {
                about("extract-no-room", path).with("needed", *needed_bytes).with("free", *free_bytes)
            }
            Self::Other(path) => about("extract-other", path),
            Self::Changed { part, file } => {
                Message::new("extract-changed").with("part", part.as_str()).with("file", file.as_str())
            }
            Self::Stopped => Message::new("extract-stopped"),
        }
    }
}
