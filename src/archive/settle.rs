//! From written to safe: synced, read back past the system's memory, and equal.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::zip::{self, EntryName};
use super::{PartError, cache};
use crate::signing::Digest;

/// A file that is to go into a part as `data/<name>`.
#[derive(Clone, Debug)]
pub struct Original<'a> {
    pub name: EntryName,
    pub path: &'a Path,
    /// Of its bytes, if somebody took it before: the journal, when the file was finished.
    pub sha256: Option<Digest>,
}

/// Files that were written into a part and may not be on the disk yet.
#[derive(Debug)]
pub struct Unsettled {
    /// Of the open part.
    pub(super) path: PathBuf,
    pub(super) files: Vec<Written>,
}

/// What one of them has to be.
#[derive(Debug)]
pub(super) struct Written {
    pub entry: zip::Entry,
    pub sha256: Digest,
    /// Where it came from, if it was a file.
    pub original: Option<PathBuf>,
}

/// The hashes of files that stand in a part, as the disk gave them back.
#[derive(Debug)]
pub struct Settled(pub(super) Vec<Digest>);

impl Unsettled {
    /// Syncs the part once, and reads all of the files back from the disk. An original that is no longer
    /// what was said of it counts as well copied: the verifier tells what became of it.
    pub fn settle(self) -> Result<Settled, PartError> {
        let path = self.path;
        let write = |source| PartError::Write { path: path.clone(), source };
        // A descriptor of its own: two that share one share the place in the file too.
        let mut file = File::options().read(true).write(true).open(&path).map_err(write)?;
        file.sync_data().map_err(write)?;
        let mut digests = Vec::with_capacity(self.files.len());
        for Written { entry, sha256, original } in &self.files {
            let (read, length) = read_back(&mut file, entry).map_err(write)?;
            if length != entry.bytes || (read != *sha256 && !is_now(original.as_deref(), &read)) {
                return Err(PartError::ReadBack(path));
            }
            digests.push(read);
        }
        Ok(Settled(digests))
    }
}

fn read_back(file: &mut File, entry: &zip::Entry) -> io::Result<(Digest, u64)> {
    cache::forget_range(file, entry.data_offset, Some(entry.bytes))?;
    let read = Digest::of_reader(&mut zip::contents(file, entry)?)?;
    // Not to push out of memory what others read.
    cache::forget_range(file, entry.data_offset, Some(entry.bytes))?;
    Ok(read)
}

fn is_now(original: Option<&Path>, sha256: &Digest) -> bool {
    let now = original.map(|path| File::open(path).and_then(|mut file| Digest::of_reader(&mut file)));
    matches!(now, Some(Ok((now, _))) if now == *sha256)
}
