//! Copying the sealed archive to a folder or medium, beside the station's thread.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;

use super::Inbox;
use crate::archive;
use crate::i18n::Message;

/// How far a copy is; read by the station, written by the copying thread.
#[derive(Debug, Default)]
pub(super) struct CopyProgress {
    done_bytes: AtomicU64,
    total_bytes: AtomicU64,
    cancelled: AtomicBool,
}

/// The copy is verified, or why it is not.
pub(super) struct CopyEnded {
    pub target: PathBuf,
    /// How many files the copy has.
    pub files: Result<u32, Message>,
}

impl CopyProgress {
    /// Bytes done and in all; each byte counts twice, for writing and for reading back.
    pub fn read(&self) -> (u64, u64) {
        (self.done_bytes.load(Ordering::Relaxed), self.total_bytes.load(Ordering::Relaxed))
    }

    /// What is copied already stays and is taken up by the next copy to the same place.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

pub(super) fn start(
    files: Vec<PathBuf>,
    to: PathBuf,
    progress: Arc<CopyProgress>,
    inbox: SyncSender<Inbox>,
) -> io::Result<()> {
    let copy = move || {
        let mut told = |done: u64, total: u64| {
            progress.done_bytes.store(done, Ordering::Relaxed);
            progress.total_bytes.store(total, Ordering::Relaxed);
            match progress.cancelled.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        let result = archive::copy(&files, &to, &mut told).map_err(|error| error.message());
        let files = result.map(|copied| copied.len() as u32);
        let _ = inbox.send(Inbox::Copied(CopyEnded { target: to, files }));
    };
    thread::Builder::new().name("copy".into()).spawn(copy).map(|_| ())
}
