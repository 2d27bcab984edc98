//! The thread that packs finished segments into the archive's parts while recording goes on.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::Inbox;
use crate::archive::{BagInfo, PartError, PartWriter, segment_names};
use crate::i18n::Message;
use crate::journal::{Group, SealedPart};
use crate::point::{CameraId, DayId};
use crate::signing::DeviceKey;

/// A finished segment waiting to be packed.
#[derive(Clone, Debug)]
pub struct Packable {
    pub camera: CameraId,
    pub segment: u32,
    pub group: Group,
    pub mp4: PathBuf,
    pub idx: PathBuf,
}

enum Order {
    Take(Packable),
    CloseAll,
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
        let packer = Packer { config, inbox };
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
        while let Ok(order) = orders.recv() {
            match order {
                Order::Take(packable) => {
                    if let Err(error) = self.take(&packable) {
                        tracing::error!(%error, camera = %packable.camera, "segment not packed");
                        self.tell(PartsEvent::Failed { packed: Some(packable), cause: error.message() });
                    }
                }
                Order::CloseAll => {
                    for group in [Group::Delivered, Group::Kept] {
                        if let Err(error) = self.close(group) {
                            tracing::error!(%error, "part not closed");
                            self.tell(PartsEvent::Failed { packed: None, cause: error.message() });
                        }
                    }
                    self.tell(PartsEvent::AllClosed);
                }
            }
        }
    }

    fn take(&mut self, packable: &Packable) -> Result<(), PartError> {
        self.mend(packable.group)?;
        let size = file_bytes(&packable.mp4)? + file_bytes(&packable.idx)?;
        let full = |part: &PartWriter| part.would_exceed(self.config.max_bytes, size);
        if self.config.open.get(&packable.group).is_some_and(full) {
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
        let (mp4, idx) = segment_names(&packable.camera, packable.segment)?;
        for (name, path) in [(mp4, &packable.mp4), (idx, &packable.idx)] {
            // A crash may have come between packing and the record of it.
            if !part.files().any(|file| file.name == name) {
                part.append_file(&name, path)?;
            }
        }
        let number = part.name().number().unwrap_or_default();
        self.tell(PartsEvent::Taken { packed: packable.clone(), part: number, bytes: size });
        Ok(())
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
        match self.config.open.get(&group).filter(|part| part.is_broken()).map(held_by) {
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
