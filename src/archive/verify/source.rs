//! Which files to look at.

use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;

/// A folder with more files than this is no archive.
const MAX_FILES: usize = 10_000;

/// A file to verify.
#[derive(Debug)]
pub struct Source {
    pub path: PathBuf,
    /// The file's name, for people.
    pub label: String,
    pub bytes: u64,
}

/// The files named, and the parts in the folders named, in the order of their names. What can't be
/// found or read is noted.
pub fn sources(paths: &[PathBuf], report: &mut Report) -> Vec<Source> {
    let mut sources = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(data) if data.is_dir() => folder(path, report, &mut sources),
            Ok(data) => sources.push(Source { path: path.clone(), label: label(path), bytes: data.len() }),
            Err(error) => unreadable(path, &error, report),
        }
    }
    sources.sort_by(|a, b| (&a.label, &a.path).cmp(&(&b.label, &b.path)));
    sources.dedup_by(|a, b| a.path == b.path);
    if sources.is_empty() && report.faults.is_empty() {
        let place = Place { file: paths.first().map(|path| label(path)), ..Place::default() };
        report.fault(Integrity::CannotVerify, place, Message::new("archive-no-parts"));
    }
    sources
}

fn folder(path: &Path, report: &mut Report, sources: &mut Vec<Source>) {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return unreadable(path, &error, report),
    };
    for entry in entries.take(MAX_FILES) {
        let found = entry.and_then(|entry| Ok((entry.path(), fs::metadata(entry.path())?)));
        let (path, data) = match found {
            Ok(found) => found,
            Err(error) => {
                unreadable(path, &error, report);
                continue;
            }
        };
        let name = label(&path);
        if data.is_file() && name.ends_with(".zip") {
            sources.push(Source { path, label: name, bytes: data.len() });
        } else if name.ends_with(".zip.open") {
            report.fault(Integrity::Incomplete, Place::part(&name), Message::new("archive-part-open"));
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error, report: &mut Report) {
    let place = Place { file: Some(path.display().to_string()), ..Place::default() };
    let message = Message::new("archive-unreadable").with("detail", error.to_string());
    report.fault(Integrity::CannotVerify, place, message);
}

fn label(path: &Path) -> String {
    match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.display().to_string(),
    }
}
