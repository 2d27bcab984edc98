//! Days that are over, on disk: how much they take, verifying one again, deleting one. Beside the station's
//! thread, for it takes as long as it takes.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;

use chrono::NaiveDate;

use super::Inbox;
use super::open_day::later_files;
use super::paths::DataFolder;
use crate::archive::PartName;
use crate::archive::verify::{VerifyOptions, verify};
use crate::durable;
use crate::i18n::Message;
use crate::journal::{
    DayDocument, Event, Group, HeadDocument, Journal, JournalError, JournalPlace, MAX_DOCUMENT_BYTES,
    ReadBack,
};
use crate::point::DayId;

/// Folders in folders of a day.
const DEEPEST: u32 = 4;

/// What a day takes on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    pub files: u64,
    pub bytes: u64,
}

/// Of a folder and those in it; what can't be read is not counted.
pub(super) fn taken_by(folder: &Path) -> Taken {
    let mut taken = Taken::default();
    let counted = each_file(folder, DEEPEST, &mut |entry| {
        taken.files += 1;
        taken.bytes += entry.metadata().map_or(0, |file| file.len());
        Ok(())
    });
    if let Err(error) = counted {
        tracing::debug!(%error, folder = %folder.display(), "not counted");
    }
    taken
}

/// Until when the day has to be kept, as its document says.
pub(super) fn keep_until(data: &Path, day: &DayId) -> Option<NaiveDate> {
    let path = JournalPlace::day(data, day).document;
    let small = fs::metadata(&path).is_ok_and(|file| file.len() <= MAX_DOCUMENT_BYTES as u64);
    let bytes = small.then(|| fs::read(&path).ok()).flatten()?;
    let document = DayDocument::parse(&bytes).ok().filter(|document| document.day == *day)?;
    Some(document.plan.keep_until)
}

/// What goes to the regional centre of a sealed day, as its own journal says: the delivered parts, the
/// journal's part, what came after.
pub(super) fn delivered_files(data: &DataFolder, day: &DayId) -> Result<Vec<PathBuf>, JournalError> {
    let read: ReadBack<DayDocument> = Journal::read(&JournalPlace::day(data.root(), day))?;
    let folder = data.day(day);
    let delivered = read.records.into_iter().filter_map(|record| match record.event {
        Event::PartSealed(part) if part.group == Group::Delivered => Some(folder.archive().join(part.file)),
        _ => None,
    });
    let mut files: Vec<PathBuf> = delivered.collect();
    files.push(folder.archive().join(PartName::Numbered(day.clone(), 0).file_name()));
    files.push(folder.after());
    files.extend(later_files(&folder, day));
    Ok(files)
}

/// What a thread has to tell of the day it works on.
pub(super) struct OlderTold {
    pub day: DayId,
    pub event: OlderEvent,
}

pub(super) enum OlderEvent {
    /// The word of the verdict and the number of faults; none: it was stopped.
    Verified(Option<(String, u64)>),
    Deleted(Result<(), Message>),
}

/// A verification that runs. Dropping it stops it.
pub(super) struct Verifying {
    pub day: DayId,
    progress: Arc<Progress>,
}

#[derive(Default)]
struct Progress {
    done_bytes: AtomicU64,
    total_bytes: AtomicU64,
    stop: AtomicBool,
}

impl Verifying {
    pub fn start(data: &DataFolder, day: DayId, at_ms: i64, inbox: SyncSender<Inbox>) -> io::Result<Self> {
        let progress = Arc::new(Progress::default());
        let (told, archive, id) = (Arc::clone(&progress), data.day(&day).archive(), day.clone());
        thread::Builder::new().name("verify-day".into()).spawn(move || {
            durable::give_way();
            let options = VerifyOptions { signers: None, act: None, at_ms };
            let mut on_progress = |done, total| {
                told.done_bytes.store(done, Ordering::Relaxed);
                told.total_bytes.store(total, Ordering::Relaxed);
                if told.stop.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            };
            let report = verify(&[archive], &options, &mut on_progress);
            let verdict = (report.integrity.word().to_owned(), report.fault_count());
            let stopped = told.stop.load(Ordering::Relaxed);
            let event = OlderEvent::Verified((!stopped).then_some(verdict));
            // A station that ended needs it no more.
            let _ = inbox.send(Inbox::Older(OlderTold { day: id, event }));
        })?;
        Ok(Self { day, progress })
    }

    /// Comes to an end soon, without a verdict.
    pub fn stop(&self) {
        self.progress.stop.store(true, Ordering::Relaxed);
    }

    /// Bytes read, and to read in all.
    pub fn reached(&self) -> (u64, u64) {
        let read = |bytes: &AtomicU64| bytes.load(Ordering::Relaxed);
        (read(&self.progress.done_bytes), read(&self.progress.total_bytes))
    }
}

impl Drop for Verifying {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Deletes what is there of the day; begun again after a crash, it goes on with the rest.
pub(super) fn delete(data: &DataFolder, day: DayId, inbox: SyncSender<Inbox>) -> io::Result<()> {
    let folder = data.days().join(day.as_str());
    let seeds = JournalPlace::day(data.root(), &day).seeds;
    thread::Builder::new().name("delete-day".into()).spawn(move || {
        durable::give_way();
        let deleted = delete_folder(&folder, &seeds).map_err(|error| {
            tracing::error!(%error, %day, "day not deleted");
            let about = Message::new("days-not-deleted").with("folder", folder.display().to_string());
            about.with("detail", error.to_string())
        });
        let _ = inbox.send(Inbox::Older(OlderTold { day, event: OlderEvent::Deleted(deleted) }));
    })?;
    Ok(())
}

/// File by file, then the folders; returns once that is on disk.
fn delete_folder(folder: &Path, seeds: &Path) -> io::Result<()> {
    if seeds.exists() {
        fs::remove_file(seeds)?;
    }
    if !fs::exists(folder)? {
        return Ok(());
    }
    each_file(folder, DEEPEST, &mut |entry| fs::remove_file(entry.path()))?;
    remove_folders(folder, DEEPEST)?;
    durable::sync_folder(folder.parent().unwrap_or(folder))
}

/// Everything that is no folder; a link is one of them and is never followed.
fn each_file(
    folder: &Path,
    deepest: u32,
    take: &mut dyn FnMut(&fs::DirEntry) -> io::Result<()>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true if deepest == 0 => return Err(io::ErrorKind::DirectoryNotEmpty.into()),
            true => each_file(&entry.path(), deepest - 1, take)?,
            false => take(&entry)?,
        }
    }
    Ok(())
}

fn remove_folders(folder: &Path, deepest: u32) -> io::Result<()> {
    if deepest > 0 {
        for entry in fs::read_dir(folder)? {
            remove_folders(&entry?.path(), deepest - 1)?;
        }
    }
    fs::remove_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_goes_with_all_its_folders_and_nothing_that_a_link_names() {
        let folder = tempfile::tempdir().unwrap();
        let day = folder.path().join("days/77-0101-2026-05-29-main");
        let (other, seeds) = (folder.path().join("other"), folder.path().join("seeds"));
        fs::create_dir_all(day.join("video/entrance")).unwrap();
        fs::create_dir_all(&other).unwrap();
        for file in
            [day.join("day.json"), day.join("video/entrance/1.mp4"), other.join("kept"), seeds.clone()]
        {
            fs::write(file, b"four").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(&other, day.join("video/link")).unwrap();
        assert!(taken_by(&day).bytes >= 8);
        delete_folder(&day, &seeds).unwrap();
        assert!(!day.exists() && !seeds.exists() && other.join("kept").exists());
        // Begun again, there is nothing left to do.
        delete_folder(&day, &seeds).unwrap();
        assert_eq!(taken_by(&day), Taken::default());
    }
}
