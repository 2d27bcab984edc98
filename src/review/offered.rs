//! The archives of this computer, to choose from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Coming, Wake};

/// So many are offered, the newest first.
const MOST: usize = 12;

/// Looks for folders of sealed archives below the days' folder.
pub fn list_archives(days: PathBuf, wake: Wake) -> io::Result<Coming<Vec<PathBuf>>> {
    Coming::start("archives", wake, move || archives(&days))
}

/// The newest day first.
fn archives(days: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(days) else { return Vec::new() };
    let folders = entries.flatten().map(|entry| entry.path().join("archive"));
    let mut found: Vec<PathBuf> = folders.filter(|folder| folder.is_dir()).collect();
    found.sort();
    found.reverse();
    found.truncate(MOST);
    found
}
