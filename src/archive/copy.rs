//! Copies of an archive on other media, verified by reading them back.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::cache;
use super::verify::{Meter, OnProgress};
use crate::durable;
use crate::i18n::Message;
use crate::signing::{Digest, Hasher};

/// What a copy is called until it is whole.
const UNFINISHED: &str = ".copying";

/// A file of the archive, as it stands in the copy: read back and equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub file: String,
    pub bytes: u64,
    /// Of the whole file.
    pub sha256: Digest,
    /// It was there already.
    pub was_there: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("{}: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: {source}", .path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Never overwritten: it may be the only copy of another archive.
    #[error("{} is there already and is another file", .0.display())]
    Other(PathBuf),
    #[error("what was written to {} is not what is read from it", .0.display())]
    ReadBack(PathBuf),
    #[error("the copying was stopped")]
    Stopped,
}

/// Copies these files into `target`, which is made if it is missing, and reads every copy back from
/// the medium. A copy that is there and equal is not written again; what was left unfinished is
/// begun anew. Progress counts each byte twice: written, and read back.
pub fn copy(files: &[PathBuf], target: &Path, on_progress: OnProgress) -> Result<Vec<Copied>, CopyError> {
    let write = |path: &Path| {
        let path = path.to_owned();
        move |source| CopyError::Write { path, source }
    };
    fs::create_dir_all(target).map_err(write(target))?;
    let mut total_bytes = 0;
    for path in files {
        let read = |source| CopyError::Read { path: path.clone(), source };
        total_bytes += fs::metadata(path).map_err(read)?.len();
    }
    let mut meter = Meter::new(total_bytes.saturating_mul(2), on_progress);
    let mut copies = Vec::with_capacity(files.len());
    for path in files {
        let Some(name) = path.file_name() else {
            return Err(CopyError::Read { path: path.clone(), source: io::ErrorKind::InvalidInput.into() });
        };
        copies.push(copy_one(path, &target.join(name), &mut meter)?);
    }
    durable::sync_folder(target).map_err(write(target))?;
    Ok(copies)
}

fn copy_one(from: &Path, to: &Path, meter: &mut Meter) -> Result<Copied, CopyError> {
    let file = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match File::open(to) {
        Ok(there) => {
            let (expected, bytes) = digest_of(from, None, meter)?;
            if digest_of(to, Some(there), meter)?.0 != expected {
                return Err(CopyError::Other(to.to_owned()));
            }
            return Ok(Copied { file, bytes, sha256: expected, was_there: true });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(CopyError::Write { path: to.to_owned(), source }),
    }
    let mut unfinished: OsString = to.as_os_str().to_owned();
    unfinished.push(UNFINISHED);
    let unfinished = PathBuf::from(unfinished);
    let write = |source| CopyError::Write { path: to.to_owned(), source };
    let mut out = File::create(&unfinished).map_err(write)?;
    let mut hasher = Hasher::new();
    let bytes = each_piece(from, None, meter, &mut |piece| {
        hasher.update(piece);
        out.write_all(piece).map_err(write)
    })?;
    out.sync_all().map_err(write)?;
    let sha256 = hasher.finish();
    if digest_of(&unfinished, None, meter)? != (sha256, bytes) {
        return Err(CopyError::ReadBack(to.to_owned()));
    }
    fs::rename(&unfinished, to).map_err(write)?;
    Ok(Copied { file, bytes, sha256, was_there: false })
}

/// Hash and length of a file, read from the medium.
fn digest_of(path: &Path, file: Option<File>, meter: &mut Meter) -> Result<(Digest, u64), CopyError> {
    let mut hasher = Hasher::new();
    let bytes = each_piece(path, file, meter, &mut |piece| {
        hasher.update(piece);
        Ok(())
    })?;
    Ok((hasher.finish(), bytes))
}

fn each_piece(
    path: &Path,
    file: Option<File>,
    meter: &mut Meter,
    take: &mut dyn FnMut(&[u8]) -> Result<(), CopyError>,
) -> Result<u64, CopyError> {
    let read = |source| CopyError::Read { path: path.to_owned(), source };
    let mut file = match file {
        Some(file) => file,
        None => File::open(path).map_err(read)?,
    };
    cache::forget(&file).map_err(read)?;
    let mut buffer = vec![0; 1024 * 1024];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(bytes),
            Ok(length) => {
                take(&buffer[..length])?;
                bytes += length as u64;
                if let ControlFlow::Break(()) = meter.add(length as u64) {
                    return Err(CopyError::Stopped);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(read(error)),
        }
    }
}

impl CopyError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        let about = |id: &str, path: &Path| Message::new(id).with("path", path.display().to_string());
        match self {
            Self::Read { path, source } => {
                about("archive-file-unreadable", path).with("detail", source.to_string())
            }
            Self::Write { path, source } if source.kind() == io::ErrorKind::StorageFull => {
                about("archive-disk-full", path)
            }
            Self::Write { path, source } => {
                about("archive-copy-write", path).with("detail", source.to_string())
            }
            Self::Other(path) => about("archive-copy-other", path),
            Self::ReadBack(path) => about("archive-read-back", path),
            Self::Stopped => Message::new("archive-copy-stopped"),
        }
    }
}
