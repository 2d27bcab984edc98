//! The media that an archive can be copied to, looked at beside the station's thread: a mount that
//! hangs holds up its own list and nothing else.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::Inbox;
use super::protocol::TargetLive;

/// A list that did not come for this long is no list any more.
const PATIENCE_MS: u64 = 20_000;

/// Asks for the list, one at a time. Its thread ends when this is dropped, or is left to hang.
pub(super) struct MediaWatch {
    ask: SyncSender<()>,
    asked_ms: Option<u64>,
}

impl MediaWatch {
    /// `named` are folders offered besides the media found.
    pub fn start(data: PathBuf, named: Vec<PathBuf>, inbox: SyncSender<Inbox>) -> io::Result<Self> {
        Self::with(move || targets(&data, &named), move |list| inbox.send(Inbox::Media(list)).is_ok())
    }

    fn with(
        list: impl Fn() -> Vec<TargetLive> + Send + 'static,
        tell: impl Fn(Vec<TargetLive>) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (ask, asked) = sync_channel::<()>(1);
        thread::Builder::new().name("media".into()).spawn(move || {
            while asked.recv().is_ok() {
                if !tell(list()) {
                    break;
                }
            }
        })?;
        Ok(Self { ask, asked_ms: None })
    }

    /// Asks, unless an answer is still owed. False when that is owed for too long.
    pub fn look(&mut self, now_ms: u64) -> bool {
        match self.asked_ms {
            Some(asked_ms) => now_ms.saturating_sub(asked_ms) < PATIENCE_MS,
            None => {
                self.asked_ms = self.ask.try_send(()).is_ok().then_some(now_ms);
                true
            }
        }
    }

    pub fn answered(&mut self) {
        self.asked_ms = None;
    }
}

/// Where an archive can be copied to: folders named at the start, and every mounted medium but the
/// disk that the data folder is on.
fn targets(data: &Path, named: &[PathBuf]) -> Vec<TargetLive> {
    let disks = sysinfo::Disks::new_with_refreshed_list();
    let own = disks
        .iter()
        .filter(|disk| data.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())
        .map(|disk| disk.name().to_owned());
    let mut targets: Vec<TargetLive> = disks
        .iter()
        .filter(|disk| Some(disk.name()) != own.as_deref() && !disk.is_read_only())
        .filter(|disk| {
            disk.is_removable()
                || ["/media", "/mnt", "/run/media"].iter().any(|at| disk.mount_point().starts_with(at))
        })
        .map(|disk| TargetLive {
            path: disk.mount_point().display().to_string(),
            name: disk.name().to_string_lossy().into_owned(),
            free_bytes: disk.available_space(),
            removable: disk.is_removable(),
        })
        .collect();
    targets.sort_by(|a, b| a.path.cmp(&b.path));
    targets.dedup_by(|a, b| a.path == b.path);
    let folder = |path: &PathBuf| TargetLive {
        path: path.display().to_string(),
        name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        free_bytes: fs4::available_space(path).unwrap_or(0),
        removable: false,
    };
    let mut all: Vec<TargetLive> = named.iter().map(folder).collect();
    all.append(&mut targets);
    all.truncate(16);
    all
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, mpsc};

    use super::*;

    #[test]
    fn a_list_that_hangs_is_not_asked_for_again_until_it_comes() {
        let (go_on, hang) = mpsc::sync_channel::<()>(0);
        let (told, answers) = mpsc::channel();
        let (hang, looked) = (Mutex::new(hang), Arc::new(AtomicUsize::new(0)));
        let count = Arc::clone(&looked);
        let list = move || {
            count.fetch_add(1, Ordering::SeqCst);
            let _ = hang.lock().unwrap().recv();
            Vec::new()
        };
        let mut watch = MediaWatch::with(list, move |list| told.send(list).is_ok()).unwrap();
        assert!(watch.look(0) && watch.look(5_000) && !watch.look(PATIENCE_MS));
        go_on.send(()).unwrap();
        answers.recv().unwrap();
        assert_eq!(looked.load(Ordering::SeqCst), 1);
        watch.answered();
        assert!(watch.look(30_000) && watch.look(35_000));
        go_on.send(()).unwrap();
        answers.recv().unwrap();
        assert_eq!(looked.load(Ordering::SeqCst), 2);
    }
}
