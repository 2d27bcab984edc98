//! Copying the archive to a folder or medium, beside the station's thread, while it grows.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use chrono::NaiveDate;

use super::Inbox;
use crate::archive::{self, Copied, CopyError, CopyTarget};
use crate::durable;
use crate::i18n::Message;
use crate::point::{AgeRecipient, DayId};
use crate::signing::Digest;

/// More parts than a day has.
const MOST_FILES: usize = 4_096;

/// What is to be done.
pub(super) struct CopyOrder {
    /// The day's folder on the medium.
    pub target: PathBuf,
    /// The recorder's folder.
    pub data: PathBuf,
    /// Who can open the copy; none: it is plain.
    pub recipients: Vec<AgeRecipient>,
    /// Hashes of encrypted files that an earlier copy left there.
    pub known: BTreeMap<String, Digest>,
    /// Goes on with a copy that is there already: only on one of these media.
    pub only_on: Option<Vec<String>>,
    /// All that stands there was verified once: only what came later is brought along.
    pub is_verified: bool,
    /// The day to keep once it is there: earlier ones are removed.
    pub keep_from: Option<(DayId, NaiveDate)>,
}

/// One copy that is being made.
pub(super) struct Copying {
    progress: Arc<Progress>,
    /// None once all of the archive was named.
    files: Option<SyncSender<PathBuf>>,
    named: Vec<PathBuf>,
}

/// What a copy's thread has to tell.
pub(super) struct CopyTold {
    /// The day's folder on the medium.
    pub target: PathBuf,
    pub event: CopyEvent,
}

pub(super) enum CopyEvent {
    /// The medium is there.
    Begun(Medium),
    /// The medium that it was to go on with is not.
    Absent,
    /// Stands there, read back.
    File(Copied),
    /// All files that were named are there, or why they are not.
    Ended(Result<(), Message>),
}

/// What a copy is made on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Medium {
    /// Tells it from others; empty for the recorder's own disk.
    pub name: String,
    /// The serial number that its device tells.
    pub serial: Option<String>,
}

/// Read by the station, written by the copying thread.
#[derive(Default)]
struct Progress {
    done_bytes: AtomicU64,
    total_bytes: AtomicU64,
    /// All that was named is there.
    waits: AtomicBool,
    /// Nothing more will be named.
    complete: AtomicBool,
    gate: Mutex<Gate>,
    gate_moved: Condvar,
}

#[derive(Clone, Copy, Default)]
struct Gate {
    held_back: bool,
    cancelled: bool,
}

/// How far a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// Each byte counts twice, for writing and for reading back.
    pub done_bytes: u64,
    pub total_bytes: u64,
    pub waits: bool,
    pub held_back: bool,
}

impl Copying {
    /// Begins to copy, on a thread that leaves disk and processor to all others.
    pub fn start(order: CopyOrder, inbox: SyncSender<Inbox>) -> io::Result<Self> {
        let progress = Arc::new(Progress::default());
        let (files, named) = sync_channel(MOST_FILES);
        let worker = Worker { order, progress: Arc::clone(&progress), inbox };
        thread::Builder::new().name("copy".into()).spawn(move || worker.run(&named))?;
        Ok(Self { progress, files: Some(files), named: Vec::new() })
    }

    /// Names a closed file of the archive; each is copied once.
    pub fn add(&mut self, file: PathBuf) {
        let Some(files) = self.files.as_ref().filter(|_| !self.named.contains(&file)) else { return };
        let bytes = std::fs::metadata(&file).map_or(0, |file| file.len());
        self.progress.total_bytes.fetch_add(2 * bytes, Ordering::Relaxed);
        self.named.push(file.clone());
        if files.try_send(file).is_err() {
            // Its thread has ended, and has told why.
            self.files = None;
        }
    }

    /// How many files were named.
    pub fn named(&self) -> u32 {
        self.named.len() as u32
    }

    /// Nothing more will be named.
    pub fn complete(&mut self) {
        self.progress.complete.store(true, Ordering::Release);
        self.files = None;
    }

    pub fn reached(&self) -> Reached {
        Reached {
            done_bytes: self.progress.done_bytes.load(Ordering::Relaxed),
            total_bytes: self.progress.total_bytes.load(Ordering::Relaxed),
            waits: self.progress.waits.load(Ordering::Relaxed),
            held_back: self.progress.gate().held_back,
        }
    }

    /// Lets the copy rest, or go on.
    pub fn hold_back(&self, held_back: bool) {
        self.progress.gate().held_back = held_back;
        self.progress.gate_moved.notify_all();
    }

    /// What is copied already stays and is taken up by the next copy to the same place.
    pub fn cancel(&mut self) {
        self.files = None;
        self.progress.gate().cancelled = true;
        self.progress.gate_moved.notify_all();
    }
}

impl Drop for Copying {
    /// Whoever made it is gone: a copy that is still being made rests until the next one.
    fn drop(&mut self) {
        self.cancel();
    }
}

impl Progress {
    fn gate(&self) -> std::sync::MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while the copy is held back; whether it goes on then.
    fn pass(&self) -> ControlFlow<()> {
        let resting = |gate: &mut Gate| gate.held_back && !gate.cancelled;
        let gate = self.gate_moved.wait_while(self.gate(), resting).unwrap_or_else(PoisonError::into_inner);
        if gate.cancelled { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

struct Worker {
    order: CopyOrder,
    progress: Arc<Progress>,
    inbox: SyncSender<Inbox>,
}

impl Worker {
    fn run(self, files: &Receiver<PathBuf>) {
        durable::give_way();
        if !self.may_go_on() {
            return self.tell(CopyEvent::Absent);
        }
        let ended = self.copy_all(files).map_err(|error| {
            tracing::warn!(%error, "copy");
            error.message()
        });
        if let (Ok(()), Some((day, date)), Some(days)) =
            (&ended, &self.order.keep_from, self.order.target.parent())
            && let Err(error) = archive::keep_from(days, day, *date)
        {
            // The new one is there: what is left of old ones does no harm but to the disk.
            tracing::warn!(%error, "earlier days not removed");
        }
        self.tell(CopyEvent::Ended(ended));
    }

    /// The folder is there, on a medium that it was begun on.
    fn may_go_on(&self) -> bool {
        let CopyOrder { target, data, only_on, .. } = &self.order;
        only_on.as_ref().is_none_or(|media| {
            let there = target.is_dir().then(|| CopyTarget::open(target).ok()).flatten();
            there.is_some_and(|there| media.contains(&medium_of(&there, data).name))
        })
    }

    /// A copy of this file stands there, verified some time ago.
    fn is_there(&self, file: &Path) -> bool {
        let name = file.file_name().unwrap_or_default();
        let plain = self.order.target.join(name);
        self.order.is_verified && (plain.exists() || plain.with_added_extension("age").exists())
    }

    fn copy_all(&self, files: &Receiver<PathBuf>) -> Result<(), CopyError> {
        // A mount that hangs holds up this thread and nothing else.
        let CopyOrder { target, data, recipients, known, .. } = &self.order;
        let target = CopyTarget::open(target)?;
        self.tell(CopyEvent::Begun(medium_of(&target, data)));
        let mut before = 0;
        loop {
            self.progress.waits.store(true, Ordering::Relaxed);
            let next = files.recv();
            self.progress.waits.store(false, Ordering::Relaxed);
            if self.progress.pass().is_break() {
                return Err(CopyError::Stopped);
            }
            let Ok(file) = next else {
                let complete = self.progress.complete.load(Ordering::Acquire);
                return if complete { Ok(()) } else { Err(CopyError::Stopped) };
            };
            if self.is_there(&file) {
                before += 2 * std::fs::metadata(&file).map_or(0, |file| file.len());
                self.progress.done_bytes.store(before, Ordering::Relaxed);
                continue;
            }
            let told = &mut |done, _| {
                self.progress.done_bytes.store(before + done, Ordering::Relaxed);
                self.progress.pass()
            };
            let copied = match recipients.as_slice() {
                [] => target.copy(&file, told)?,
                recipients => target.copy_for(&file, recipients, earlier(known, &file), told)?,
            };
            before += 2 * std::fs::metadata(&file).map_or(copied.bytes, |file| file.len());
            self.progress.done_bytes.store(before, Ordering::Relaxed);
            self.tell(CopyEvent::File(copied));
        }
    }

    fn tell(&self, event: CopyEvent) {
        // The station is gone: the next one finds what is there.
        let _ = self.inbox.send(Inbox::Copied(CopyTold { target: self.order.target.clone(), event }));
    }
}

/// The hash of what an earlier copy made of this file.
fn earlier(known: &BTreeMap<String, Digest>, file: &Path) -> Option<Digest> {
    let name = file.file_name()?.to_str()?;
    known.iter().find(|(copy, _)| copy.strip_prefix(name) == Some(".age")).map(|(_, sha256)| *sha256)
}

/// Where volumes have no names, a medium is known by its place alone.
fn medium_of(target: &CopyTarget, data: &Path) -> Medium {
    if target.is_on_the_disk_of(data) {
        return Medium::default();
    }
    let volume = durable::volume(target.folder()).ok().flatten();
    let name = volume.unwrap_or_else(|| target.folder().display().to_string());
    Medium { name, serial: durable::serial(target.folder()).ok().flatten() }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::RecvTimeoutError;
    use std::time::Duration;

    use super::*;

    fn order(target: PathBuf, data: &Path) -> CopyOrder {
        let (recipients, known) = (Vec::new(), BTreeMap::new());
        let (only_on, is_verified, keep_from) = (None, false, None);
        CopyOrder { target, data: data.to_owned(), recipients, known, only_on, is_verified, keep_from }
    }

    /// What the copy tells next.
    fn told(inbox: &Receiver<Inbox>) -> CopyEvent {
        match inbox.recv().unwrap() {
            Inbox::Copied(told) => told.event,
            _ => panic!("only a copy speaks here"),
        }
    }

    #[test]
    fn a_copy_rests_while_it_is_held_back_and_ends_when_it_is_cancelled() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.zip");
        std::fs::write(&file, vec![7; 3 << 20]).unwrap();
        let (inbox, heard) = sync_channel(16);
        let target = folder.path().join("stick");
        let mut copying = Copying::start(order(target.clone(), folder.path()), inbox).unwrap();
        assert!(matches!(told(&heard), CopyEvent::Begun(medium) if medium == Medium::default()));
        copying.hold_back(true);
        copying.add(file.clone());
        copying.add(file.clone());
        assert_eq!(heard.recv_timeout(Duration::from_millis(50)).err(), Some(RecvTimeoutError::Timeout));
        assert!(!target.join("a.zip").exists());
        copying.hold_back(false);
        assert!(matches!(told(&heard), CopyEvent::File(copied) if copied.bytes == 3 << 20));
        copying.hold_back(true);
        copying.cancel();
        let ended = told(&heard);
        assert!(matches!(ended, CopyEvent::Ended(Err(cause)) if cause.id == "archive-copy-stopped"));
        assert_eq!(std::fs::read(target.join("a.zip")).unwrap(), std::fs::read(&file).unwrap());
    }

    #[test]
    fn a_copy_goes_on_only_on_its_own_medium_and_with_what_is_not_there_yet() {
        let folder = tempfile::tempdir().unwrap();
        let [first, later] = ["first.zip", "later.sshsig"].map(|name| folder.path().join(name));
        std::fs::write(&first, b"first").unwrap();
        std::fs::write(&later, b"later").unwrap();
        let target = folder.path().join("stick");
        let go_on = |only_on: &str| {
            let (inbox, heard) = sync_channel(16);
            let order = CopyOrder {
                only_on: Some(vec![only_on.to_owned()]),
                is_verified: true,
                ..order(target.clone(), folder.path())
            };
            let mut copying = Copying::start(order, inbox).unwrap();
            copying.add(first.clone());
            copying.add(later.clone());
            copying.complete();
            assert_eq!(copying.named(), 2);
            (copying, heard)
        };
        assert!(matches!(told(&go_on("").1), CopyEvent::Absent), "nothing was ever copied there");
        std::fs::create_dir(&target).unwrap();
        assert!(matches!(told(&go_on("another").1), CopyEvent::Absent));
        assert_eq!(std::fs::read_dir(&target).unwrap().count(), 0);
        // Verified once, whatever became of it since: the next whole copy tells.
        std::fs::write(target.join("first.zip"), b"first").unwrap();
        let (_copying, heard) = go_on("");
        assert!(matches!(told(&heard), CopyEvent::Begun(_)));
        assert!(matches!(told(&heard), CopyEvent::File(copied) if copied.file == "later.sshsig"));
        assert!(matches!(told(&heard), CopyEvent::Ended(Ok(()))));
    }

    #[test]
    fn a_complete_copy_ends_when_all_of_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.zip");
        std::fs::write(&file, b"x").unwrap();
        let (inbox, heard) = sync_channel(16);
        let order = order(folder.path().join("stick"), folder.path());
        let mut copying = Copying::start(order, inbox).unwrap();
        copying.add(file);
        copying.complete();
        let events = [told(&heard), told(&heard), told(&heard)];
        assert!(matches!(events, [CopyEvent::Begun(_), CopyEvent::File(_), CopyEvent::Ended(Ok(()))]));
        let reached = copying.reached();
        assert_eq!((reached.done_bytes, reached.total_bytes), (2, 2));
    }
}
