//! Handing out the page that checks archives in a browser.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::file_words::{about, unreadable, unwritten};
use super::{VERIFIER_PAGE, cache};
use crate::durable;
use crate::i18n::Message;
use crate::signing::Digest;

/// What the page is called where nobody says otherwise.
pub const PAGE_NAME: &str = "verifier.html";
/// What it is called until it is whole.
const UNFINISHED: &str = "saving";

#[derive(Debug, thiserror::Error)]
pub enum PageError {
    #[error("{}: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: {source}", .path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Never overwritten: whose it is can't be known.
    #[error("{} is there already and is another file", .0.display())]
    Other(PathBuf),
    #[error("what was written to {} is not what is read from it", .0.display())]
    ReadBack(PathBuf),
}

/// Saves the page as this file and reads it back; gives its hash. One that is there and equal stays.
pub fn save_page(path: &Path) -> Result<Digest, PageError> {
    let sha256 = Digest::of(VERIFIER_PAGE);
    match is_page(path)? {
        Some(true) => return Ok(sha256),
        Some(false) => return Err(PageError::Other(path.to_owned())),
        None => {}
    }
    let unfinished = path.with_added_extension(UNFINISHED);
    let write = |source| PageError::Write { path: path.to_owned(), source };
    let mut file = File::create(&unfinished).map_err(write)?;
    let written = file.write_all(VERIFIER_PAGE).and_then(|()| file.sync_all()).map_err(write);
    drop(file);
    let done = written.and_then(|()| match is_page(&unfinished)? {
        Some(true) => fs::rename(&unfinished, path).map_err(write),
        _ => Err(PageError::ReadBack(path.to_owned())),
    });
    if done.is_err() {
        // The error that is returned says more than one of the clean-up would.
        let _ = fs::remove_file(&unfinished);
    }
    done?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Err(error) = durable::sync_folder(folder.unwrap_or(Path::new("."))) {
        // Some file systems of media know no such thing.
        tracing::info!(%error, "folder of the page not synced");
    }
    Ok(sha256)
}

/// Whether this file is the page, as the disk gives it back. None: there is no file.
fn is_page(path: &Path) -> Result<Option<bool>, PageError> {
    let read = |source| PageError::Read { path: path.to_owned(), source };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(read(error)),
    };
    cache::forget(&file).map_err(read)?;
    let mut there = Vec::new();
    file.take(VERIFIER_PAGE.len() as u64 + 1).read_to_end(&mut there).map_err(read)?;
    Ok(Some(there == VERIFIER_PAGE))
}

impl PageError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::Read { path, source } => unreadable(path, source),
            Self::Write { path, source } => unwritten(path, source),
            Self::Other(path) => about("page-other", path),
            Self::ReadBack(path) => about("archive-read-back", path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_saved_whole_once_and_never_over_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(PAGE_NAME);
        // What an interrupted try left.
        fs::write(path.with_added_extension(UNFINISHED), b"half").unwrap();
        assert_eq!(save_page(&path).unwrap(), Digest::of(VERIFIER_PAGE));
        assert_eq!(fs::read(&path).unwrap(), VERIFIER_PAGE);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(save_page(&path).unwrap(), Digest::of(VERIFIER_PAGE), "it is there and equal");
        fs::write(&path, b"somebody's").unwrap();
        assert!(matches!(save_page(&path), Err(PageError::Other(_))));
        assert_eq!(fs::read(&path).unwrap(), b"somebody's");
        let nowhere = folder.path().join("none").join(PAGE_NAME);
        assert!(matches!(save_page(&nowhere), Err(PageError::Write { .. })));
    }
}
