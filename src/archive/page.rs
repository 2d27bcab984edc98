//! Handing out the page that checks archives in a browser.

use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::VERIFIER_PAGE;
use super::copy::{CopyError, digest_of, finish, unfinished};
use super::file_words::about;
use super::verify::Meter;
use crate::durable;
use crate::i18n::Message;
use crate::signing::Digest;

/// What the page is called where nobody says otherwise.
pub const PAGE_NAME: &str = "verifier.html";

/// Why it is not there.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct PageError(#[from] CopyError);

/// Saves the page as this file and reads it back; gives its hash. One that is there and equal stays.
pub fn save_page(path: &Path) -> Result<Digest, PageError> {
    let page = (Digest::of(VERIFIER_PAGE), VERIFIER_PAGE.len() as u64);
    let mut heedless = |_, _| ControlFlow::Continue(());
    let meter = &mut Meter::new(page.1, &mut heedless);
    match fs::metadata(path) {
        Ok(there) if there.len() == page.1 && digest_of(path, None, meter)? == page => return Ok(page.0),
        // Never overwritten: whose it is can't be known.
        Ok(_) => return Err(CopyError::Other(path.to_owned()).into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(CopyError::Read { path: path.to_owned(), source }.into()),
    }
    let written = File::create(unfinished(path)).and_then(|mut file| {
        file.write_all(VERIFIER_PAGE)?;
        Ok(file)
    });
    let written = written.map_err(|source| CopyError::Write { path: path.to_owned(), source });
    if let Err(error) = written.and_then(|file| finish(file, path, page, meter)) {
        // The error that is returned says more than one of the clean-up would.
        let _ = fs::remove_file(unfinished(path));
        return Err(error.into());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Err(error) = durable::sync_folder(folder.unwrap_or(Path::new("."))) {
        // Some file systems of media know no such thing.
        tracing::info!(%error, "folder of the page not synced");
    }
    Ok(page.0)
}

impl PageError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        match &self.0 {
            CopyError::Other(path) => about("page-other", path),
            other => other.message(),
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
        fs::write(unfinished(&path), b"half").unwrap();
        assert_eq!(save_page(&path).unwrap(), Digest::of(VERIFIER_PAGE));
        assert_eq!(fs::read(&path).unwrap(), VERIFIER_PAGE);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(save_page(&path).unwrap(), Digest::of(VERIFIER_PAGE), "it is there and equal");
        fs::write(&path, b"somebody's").unwrap();
        assert!(matches!(save_page(&path), Err(PageError(CopyError::Other(_)))));
        assert_eq!(fs::read(&path).unwrap(), b"somebody's");
        let nowhere = folder.path().join("none").join(PAGE_NAME);
        assert!(matches!(save_page(&nowhere), Err(PageError(CopyError::Write { .. }))));
    }
}
