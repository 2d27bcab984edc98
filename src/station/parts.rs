//! The thread that packs finished segments into the archive's parts while recording goes on, and the
//! journal at the end.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::{self, JoinHandle};

use super::Inbox;
use super::journal_part::JournalPart;
use crate::archive::{BagInfo, Original, PartError, PartWriter, Settled, segment_names};
use crate::i18n::Message;
use crate::journal::{Group, SealedPart};
use crate::point::{CameraId, DayId};
use crate::signing::{DeviceKey, Digest};

/// A finished segment waiting to be packed.
#[derive(Clone, Debug)]
pub struct Packable {
    pub camera: CameraId,
    pub segment: u32,
    pub group: Group,
    pub mp4: PathBuf,
    pub idx: PathBuf,
    /// As the journal has them.
    pub mp4_sha256: Digest,
    pub idx_sha256: Digest,
}

enum Order {
    Take(Packable),
    CloseAll,
    PackJournal(Box<JournalPart>),
}

/// What the packing thread has done. In this order for each segment: perhaps `Sealed`, perhaps
/// `Opened`, then `Taken`.
pub(super) enum PartsEvent {
    Opened {
        part: u32,
        group: Group,
    },
    /// Stands in the part, synced and read back; its own files are not needed any more.
    Taken {
        packed: Packable,
        part: u32,
        bytes: u64,
    },
    Sealed(SealedPart),
    AllClosed,
    /// So much of part 00 is on disk and read back.
    JournalWritten {
        bytes: u64,
    },
    /// Part 00 and what comes after it are closed; this is part 00.
    JournalPacked(SealedPart),
    /// The segment's own files are untouched.
    Failed {
        packed: Option<Packable>,
        cause: Message,
    },
}

/// The packing thread's orders; it ends when this is dropped and its orders are done.
pub(super) struct Parts {
    orders: SyncSender<Order>,
}

/// What the thread works with.
pub(super) struct PartsConfig {
    pub folder: PathBuf,
    pub day: DayId,
    pub info: BagInfo,
    pub max_bytes: u64,
    pub key: Arc<DeviceKey>,
    /// The number of the next new part; 0 is the journal's.
    pub next_part: u32,
    /// Parts that a crash left open, by group.
    pub open: BTreeMap<Group, PartWriter>,
    /// Parts that were sealed right before a crash, so that no record tells of it.
    pub sealed_unrecorded: Vec<(u32, Group)>,
}

impl Parts {
    pub fn start(config: PartsConfig, inbox: SyncSender<Inbox>) -> io::Result<Self> {
        // A day has some thousands of segments at the most; the writer must never wait here.
        let (orders, receiver) = sync_channel(16 * 1024);
        let packer = Packer { config, inbox, settling: None };
        thread::Builder::new().name("parts".into()).spawn(move || packer.run(&receiver))?;
        Ok(Self { orders })
    }

    pub fn take(&self, packable: Packable) {
        self.order(Order::Take(packable));
    }

    /// Closes and signs every open part once all segments before are packed.
    pub fn close_all(&self) {
        self.order(Order::CloseAll);
    }

    /// Writes part 00 and what comes after it: the day's journal is closed.
    pub fn pack_journal(&self, journal: JournalPart) {
        self.order(Order::PackJournal(Box::new(journal)));
    }

    fn order(&self, order: Order) {
        if self.orders.try_send(order).is_err() {
            // What is not packed stays in its own files and is packed at the next start.
            tracing::error!("the packing thread takes no orders");
        }
    }
}

struct Packer {
    config: PartsConfig,
    inbox: SyncSender<Inbox>,
    /// The newest segment: it is read back while the next one is written.
    settling: Option<Settling>,
}

/// A segment that is written and not yet known to be on the disk.
struct Settling {
    packed: Packable,
    part: u32,
    bytes: u64,
    settled: JoinHandle<Result<Settled, PartError>>,
}

impl Packer {
    fn run(mut self, orders: &Receiver<Order>) {
        for (part, group) in std::mem::take(&mut self.config.sealed_unrecorded) {
            let PartsConfig { folder, day, key, .. } = &self.config;
            match PartWriter::closed(folder, day, part, group, &key.public()) {
                Some(sealed) => self.tell(PartsEvent::Sealed(sealed)),
                None => self.tell(PartsEvent::Failed {
                    packed: None,
                    cause: Message::new("seal-part-damaged").with("part", part),
                }),
            }
        }
        while let Some(order) = self.next(orders) {
            match order {
                Order::Take(packable) => {
                    if let Err(error) = self.take(&packable) {
                        self.failed(packable, &error);
                    }
                }
                Order::CloseAll => {
                    self.finish_settling();
                    for group in [Group::Delivered, Group::Kept] {
                        if let Err(error) = self.close(group) {
                            tracing::error!(%error, "part not closed");
                            self.tell(PartsEvent::Failed { packed: None, cause: error.message() });
                        }
                    }
                    self.tell(PartsEvent::AllClosed);
                }
                Order::PackJournal(journal) => {
                    let written = &mut |bytes| self.tell(PartsEvent::JournalWritten { bytes });
                    match journal.write(&self.config.key, written) {
                        Ok(sealed) => self.tell(PartsEvent::JournalPacked(sealed)),
                        Err(error) => {
                            tracing::error!(%error, "part 00");
                            self.tell(PartsEvent::Failed { packed: None, cause: error.message() });
                        }
                    }
                }
            }
        }
    }

    /// The next order; none once there will be no more. Nothing is left unsettled while it is waited for.
    fn next(&mut self, orders: &Receiver<Order>) -> Option<Order> {
        match orders.try_recv() {
            Ok(order) => return Some(order),
            Err(TryRecvError::Disconnected) => {}
            Err(TryRecvError::Empty) => {
                self.finish_settling();
                return orders.recv().ok();
            }
        }
        self.finish_settling();
        None
    }

    fn take(&mut self, packable: &Packable) -> Result<(), PartError> {
        self.mend(packable.group)?;
        let bytes = file_bytes(&packable.mp4)? + file_bytes(&packable.idx)?;
        let full = |part: &PartWriter| part.would_exceed(self.config.max_bytes, bytes);
        if self.config.open.get(&packable.group).is_some_and(full) {
            self.finish_settling();
            self.close(packable.group)?;
        }
        if !self.config.open.contains_key(&packable.group) {
            let number = self.config.next_part;
            let part = PartWriter::create(&self.config.folder, &self.config.day, number, packable.group)?;
            self.config.next_part += 1;
            self.config.open.insert(packable.group, part);
            self.tell(PartsEvent::Opened { part: number, group: packable.group });
        }
        let part = self.config.open.get_mut(&packable.group).expect("opened just above");
        let number = part.name().number().unwrap_or_default();
        let (mp4, idx) = segment_names(&packable.camera, packable.segment)?;
        let originals = [
            Original { name: mp4, path: &packable.mp4, sha256: Some(packable.mp4_sha256) },
            Original { name: idx, path: &packable.idx, sha256: Some(packable.idx_sha256) },
        ];
        // A crash may have come between packing and the record of it.
        let absent = |original: &&Original<'_>| !part.files().any(|file| file.name == original.name);
        let originals: Vec<_> = originals.iter().filter(absent).cloned().collect();
        let unsettled = part.write_files(&originals)?;
        let before_failed = !self.finish_settling();
        if before_failed && self.config.open.get(&packable.group).is_none_or(PartWriter::is_broken) {
            // What was written behind it is given up with it.
            return self.take(packable);
        }
        match thread::Builder::new().name("parts-settle".into()).spawn(move || unsettled.settle()) {
            Ok(settled) => {
                self.settling = Some(Settling { packed: packable.clone(), part: number, bytes, settled });
                Ok(())
            }
            Err(source) => {
                let error = PartError::Write { path: self.config.folder.clone(), source };
                let part = self.config.open.get_mut(&packable.group).expect("written to just above");
                part.confirm(Err(error)).map(drop)
            }
        }
    }

    /// Waits until the newest segment is known to be on the disk, and tells. False: it is not.
    fn finish_settling(&mut self) -> bool {
        let Some(Settling { packed, part, bytes, settled }) = self.settling.take() else { return true };
        let settled = settled.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let confirmed = match self.config.open.get_mut(&packed.group) {
            Some(open) => open.confirm(settled).map(drop),
            None => settled.map(drop),
        };
        match confirmed {
            Ok(()) => self.tell(PartsEvent::Taken { packed, part, bytes }),
            Err(error) => {
                self.failed(packed, &error);
                return false;
            }
        }
        true
    }

    fn failed(&self, packed: Packable, error: &PartError) {
        tracing::error!(%error, camera = %packed.camera, "segment not packed");
        self.tell(PartsEvent::Failed { packed: Some(packed), cause: error.message() });
    }

    fn close(&mut self, group: Group) -> Result<(), PartError> {
        self.mend(group)?;
        let Some(part) = self.config.open.remove(&group) else { return Ok(()) };
        let held = held_by(&part);
        match part.close(&self.config.info, &self.config.key) {
            Ok(sealed) => self.tell(PartsEvent::Sealed(sealed)),
            Err(error) => {
                // What it holds is not lost to the next try.
                if let Err(error) = self.recover(group, held) {
                    tracing::error!(%error, "part not opened again");
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// A part that could not be written, on a full disk say, is cut to what it held and goes on.
    fn mend(&mut self, group: Group) -> Result<(), PartError> {
        let is_broken = |part: &PartWriter| part.is_broken();
        if !self.config.open.get(&group).is_some_and(is_broken) {
            return Ok(());
        }
        self.finish_settling();
        match self.config.open.get(&group).map(held_by) {
            Some(held) => self.recover(group, held),
            None => Ok(()),
        }
    }

    fn recover(&mut self, group: Group, (number, files): (u32, usize)) -> Result<(), PartError> {
        let PartsConfig { folder, day, open, .. } = &mut self.config;
        open.insert(group, PartWriter::recover(folder, day, number, group, files)?);
        Ok(())
    }

    fn tell(&self, event: PartsEvent) {
        // The station is gone: everything is on disk, and is found again at its next start.
        let _ = self.inbox.send(Inbox::Parts(event));
    }
}

fn file_bytes(path: &Path) -> Result<u64, PartError> {
    let error = |source| PartError::Source { path: path.to_owned(), source };
    Ok(std::fs::metadata(path).map_err(error)?.len())
}

/// Its number, and how many files it holds.
fn held_by(part: &PartWriter) -> (u32, usize) {
    (part.name().number().unwrap_or_default(), part.files().count())
}
