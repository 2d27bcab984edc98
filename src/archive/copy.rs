//! Copies of an archive on other media, verified by reading them back.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::cache;
use super::file_words::{about, unreadable, unwritten};
use super::verify::{Meter, OnProgress};
use crate::durable::{self, DiskState};
use crate::i18n::Message;
use crate::signing::{Digest, Hasher};

/// What ends the name of a copy until it is whole.
const UNFINISHED: &str = "copying";
const PIECE_BYTES: usize = 1024 * 1024;
/// Synced this often: a slow medium must not fill the memory that the recording writes through, and what
/// is synced need not be written again after the medium was pulled out.
pub(super) const SYNC_EVERY_BYTES: u64 = 16 * 1024 * 1024;

/// A file of the archive, as it stands in the copy: read back and equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub file: String,
    pub bytes: u64,
    /// Of the whole file as it stands there.
    pub sha256: Digest,
    /// It was there already.
    pub was_there: bool,
    /// So much of it an interrupted try had left there, and was found equal.
    pub resumed_bytes: u64,
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
    /// The folder is on another disk than at the beginning: the medium was taken out.
    #[error("the medium of {} is gone", .0.display())]
    Gone(PathBuf),
    #[error("the copying was stopped")]
    Stopped,
}

/// A folder that copies go into, and the medium that it was on when it was opened.
#[derive(Clone, Debug)]
pub struct CopyTarget {
    folder: PathBuf,
    device: u64,
}

impl CopyTarget {
    /// Makes the folder if it is missing.
    pub fn open(folder: &Path) -> Result<Self, CopyError> {
        let write = |source| CopyError::Write { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(write)?;
        let device = DiskState::of(folder).map_err(write)?.device;
        Ok(Self { folder: folder.to_owned(), device })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn is_on_the_disk_of(&self, folder: &Path) -> bool {
        DiskState::of(folder).is_ok_and(|state| state.device == self.device && state.device != 0)
    }

    /// Copies one file and reads it back from the medium. A copy that is there and equal is not written
    /// again; one that is half there goes on behind what is read from it and equal. Progress counts each
    /// byte twice: written, and read back.
    pub fn copy(&self, file: &Path, on_progress: OnProgress) -> Result<Copied, CopyError> {
        self.with(file, on_progress, &mut |name, meter| copy_one(file, &self.folder.join(name), meter))
    }

    /// Lets `copy` write a copy of `file` that is called so, while the medium is there.
    pub(super) fn with(
        &self,
        file: &Path,
        on_progress: OnProgress,
        copy: &mut dyn FnMut(&OsStr, &mut Meter) -> Result<Copied, CopyError>,
    ) -> Result<Copied, CopyError> {
        let read = |source| CopyError::Read { path: file.to_owned(), source };
        let bytes = fs::metadata(file).map_err(read)?.len();
        let Some(name) = file.file_name() else { return Err(read(io::ErrorKind::InvalidInput.into())) };
        let meter = &mut Meter::new(bytes.saturating_mul(2), on_progress);
        self.hold()?;
        // An error of a medium that is gone is told as that.
        let copied = copy(name, meter).or_else(|error| self.hold().and(Err(error)))?;
        self.hold()?;
        match durable::sync_folder(&self.folder) {
            // Some file systems of media know no such thing.
            Err(error)
                if !matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Err(CopyError::Write { path: self.folder.clone(), source: error })
            }
            _ => Ok(copied),
        }
    }

    /// Without its medium the folder is gone, or one on the disk below.
    fn hold(&self) -> Result<(), CopyError> {
        match DiskState::of(&self.folder) {
            Ok(state) if state.device == self.device => Ok(()),
            _ => Err(CopyError::Gone(self.folder.clone())),
        }
    }
}

/// Copies these files into `target`, each as [`CopyTarget::copy`] does; progress over all of them.
pub fn copy(files: &[PathBuf], target: &Path, on_progress: OnProgress) -> Result<Vec<Copied>, CopyError> {
    let target = CopyTarget::open(target)?;
    let mut total_bytes = 0;
    for path in files {
        let read = |source| CopyError::Read { path: path.clone(), source };
        total_bytes += 2 * fs::metadata(path).map_err(read)?.len();
    }
    let mut before = 0;
    let mut copies = Vec::with_capacity(files.len());
    for path in files {
        let copied = target.copy(path, &mut |done, _| on_progress(before + done, total_bytes))?;
        before += 2 * copied.bytes;
        copies.push(copied);
    }
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
            return Ok(Copied { file, bytes, sha256: expected, was_there: true, resumed_bytes: 0 });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(CopyError::Write { path: to.to_owned(), source }),
    }
    let unfinished = unfinished(to);
    let write = |source| CopyError::Write { path: to.to_owned(), source };
    let read = |source| CopyError::Read { path: from.to_owned(), source };
    let mut options = File::options();
    let mut out =
        options.read(true).write(true).create(true).truncate(false).open(&unfinished).map_err(write)?;
    let mut source = File::open(from).map_err(read)?;
    let mut hasher = Hasher::new();
    let resumed_bytes = equal_bytes((from, &mut source), &mut out, &mut hasher, meter)?;
    out.set_len(resumed_bytes).map_err(write)?;
    out.seek(SeekFrom::Start(resumed_bytes)).map_err(write)?;
    source.seek(SeekFrom::Start(resumed_bytes)).map_err(read)?;
    let mut out = Paced { file: out, unsynced_bytes: 0 };
    let written = each_piece(from, source, meter, &mut |piece| {
        hasher.update(piece);
        out.write_all(piece).map_err(write)
    })?;
    let (sha256, bytes) = (hasher.finish(), resumed_bytes + written);
    finish(out.file, to, (sha256, bytes), meter)?;
    Ok(Copied { file, bytes, sha256, was_there: false, resumed_bytes })
}

/// Where it stands until it is whole.
pub(super) fn unfinished(to: &Path) -> PathBuf {
    to.with_added_extension(UNFINISHED)
}

/// What was written as [`unfinished`] gets its name once it is synced and reads back as this.
pub(super) fn finish(
    file: File,
    to: &Path,
    written: (Digest, u64),
    meter: &mut Meter,
) -> Result<(), CopyError> {
    let write = |source| CopyError::Write { path: to.to_owned(), source };
    file.sync_all().map_err(write)?;
    drop(file);
    if digest_of(&unfinished(to), None, meter)? != written {
        return Err(CopyError::ReadBack(to.to_owned()));
    }
    fs::rename(unfinished(to), to).map_err(write)
}

/// A file on a medium, synced now and then.
pub(super) struct Paced {
    pub file: File,
    pub unsynced_bytes: u64,
}

impl Write for Paced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.unsynced_bytes += written as u64;
        if self.unsynced_bytes >= SYNC_EVERY_BYTES {
            self.unsynced_bytes = 0;
            self.file.sync_data()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// How much of `there`, read from the medium, is equal to the original from the beginning on; `hasher`
/// takes that much.
fn equal_bytes(
    (path, original): (&Path, &mut File),
    there: &mut File,
    hasher: &mut Hasher,
    meter: &mut Meter,
) -> Result<u64, CopyError> {
    let read = |source| CopyError::Read { path: path.to_owned(), source };
    cache::forget(there).map_err(read)?;
    let (mut ours, mut theirs) = (vec![0; PIECE_BYTES], vec![0; PIECE_BYTES]);
    let mut equal = 0;
    loop {
        // What can't be read of an unfinished copy is written anew.
        let length = fill(there, &mut theirs).unwrap_or(0);
        if length == 0 {
            return Ok(equal);
        }
        let length = fill(original, &mut ours[..length]).map_err(read)?;
        if length == 0 || ours[..length] != theirs[..length] {
            return Ok(equal);
        }
        hasher.update(&ours[..length]);
        equal += length as u64;
        add(meter, length)?;
    }
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Hash and length of a file, read from the medium.
pub(super) fn digest_of(
    path: &Path,
    file: Option<File>,
    meter: &mut Meter,
) -> Result<(Digest, u64), CopyError> {
    let read = |source| CopyError::Read { path: path.to_owned(), source };
    let file = match file {
        Some(file) => file,
        None => File::open(path).map_err(read)?,
    };
    cache::forget(&file).map_err(read)?;
    let mut hasher = Hasher::new();
    let bytes = each_piece(path, file, meter, &mut |piece| {
        hasher.update(piece);
        Ok(())
    })?;
    Ok((hasher.finish(), bytes))
}

/// From where `file` stands to its end; then the system forgets it, so that a copy pushes nothing out of
/// memory that others read.
pub(super) fn each_piece(
    path: &Path,
    mut file: File,
    meter: &mut Meter,
    take: &mut dyn FnMut(&[u8]) -> Result<(), CopyError>,
) -> Result<u64, CopyError> {
    let read = |source| CopyError::Read { path: path.to_owned(), source };
    let mut buffer = vec![0; PIECE_BYTES];
    let mut bytes = 0;
    loop {
        let length = fill(&mut file, &mut buffer).map_err(read)?;
        if length == 0 {
            cache::forget(&file).map_err(read)?;
            return Ok(bytes);
        }
        take(&buffer[..length])?;
        bytes += length as u64;
        add(meter, length)?;
    }
}

fn add(meter: &mut Meter, bytes: usize) -> Result<(), CopyError> {
    match meter.add(bytes as u64) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(CopyError::Stopped),
    }
}

impl CopyError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::Read { path, source } => unreadable(path, source),
            Self::Write { path, source } => unwritten(path, source),
            Self::Other(path) => about("archive-copy-other", path),
            Self::ReadBack(path) => about("archive-read-back", path),
            Self::Gone(path) => about("archive-copy-gone", path),
            Self::Stopped => Message::new("archive-copy-stopped"),
        }
    }
}
