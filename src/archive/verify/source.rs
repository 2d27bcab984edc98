//! Which files to look at.

use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::{CountersignatureName, Integrity, Place, Report};
use crate::i18n::Message;
use crate::point::DayId;

/// A folder with more files than this is no archive.
const MAX_FILES: usize = 10_000;

/// Of a part that nobody but the owner of a recipient's key can open.
const ENCRYPTED: &str = "archive-encrypted";

/// A file to verify.
#[derive(Debug)]
pub struct Source {
    pub path: PathBuf,
    /// The file's name, for people.
    pub label: String,
    pub bytes: u64,
}

/// What is to be looked at, each in the order of the files' names.
#[derive(Debug)]
pub struct Sources {
    /// Every file that was named but those below, and the parts in the folders that were named.
    pub parts: Vec<Source>,
    pub countersignatures: Vec<(CountersignatureName, Source)>,
}

/// The files named, and what folders named hold of an archive. What can't be found or read is noted.
pub fn sources(paths: &[PathBuf], report: &mut Report) -> Sources {
    let mut sources = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(data) if data.is_dir() => folder(path, report, &mut sources),
            Ok(_) if is_encrypted(&label(path)) => tell_encrypted(&label(path), report),
            Ok(data) => sources.push(Source { path: path.clone(), label: label(path), bytes: data.len() }),
            Err(error) => unreadable(path, &error, report),
        }
    }
    sources.sort_by(|a, b| (&a.label, &a.path).cmp(&(&b.label, &b.path)));
    sources.dedup_by(|a, b| a.path == b.path);
    let (mut parts, mut countersignatures) = (Vec::new(), Vec::new());
    for source in sources {
        match CountersignatureName::parse(&source.label) {
            Some(name) => countersignatures.push((name, source)),
            None => parts.push(source),
        }
    }
    if parts.is_empty() && report.faults.is_empty() {
        // Nothing is wrong with what is encrypted, and nothing can be said of it.
        let encrypted = report.warnings.iter().any(|warning| warning.message.id == ENCRYPTED);
        let id = if encrypted { "archive-encrypted-all" } else { "archive-no-parts" };
        let place = Place { file: paths.first().map(|path| label(path)), ..Place::default() };
        report.fault(Integrity::CannotVerify, place, Message::new(id));
    }
    Sources { parts, countersignatures }
}

/// The parts in a folder. Where there is none, those in the folders in it that are named as exam days: a
/// medium holds the archives of several stations so.
fn folder(path: &Path, report: &mut Report, sources: &mut Vec<Source>) {
    let before = sources.len();
    let inner = parts_in(path, report, sources);
    if sources.len() == before {
        for path in inner {
            parts_in(&path, report, sources);
        }
    }
}

/// Takes the parts that stand there themselves; gives the folders beside them.
fn parts_in(path: &Path, report: &mut Report, sources: &mut Vec<Source>) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            unreadable(path, &error, report);
            return folders;
        }
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
        let wanted = name.ends_with(".zip") || CountersignatureName::parse(&name).is_some();
        if data.is_dir() {
            // As copies name them; what a medium has besides is nobody's business.
            folders.extend(name.parse::<DayId>().is_ok().then_some(path));
        } else if data.is_file() && wanted {
            sources.push(Source { path, label: name, bytes: data.len() });
        } else if data.is_file() && is_encrypted(&name) {
            tell_encrypted(&name, report);
        } else if name.ends_with(".zip.open") {
            report.fault(Integrity::Incomplete, Place::part(&name), Message::new("archive-part-open"));
        }
    }
    folders
}

/// What copies for the regional centre alone are called.
fn is_encrypted(name: &str) -> bool {
    name.strip_suffix(".age")
        .is_some_and(|inner| inner.ends_with(".zip") || inner.ends_with(".sshsig") || inner.ends_with(".p7s"))
}

fn tell_encrypted(name: &str, report: &mut Report) {
    report.warn(Place::part(name), Message::new(ENCRYPTED));
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
