//! Writing a journal: one writer, every record on disk before anybody is told.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use ring::rand::{SecureRandom, SystemRandom};

use super::checkpoint::{Checkpoint, Note, NoteSignature, Then};
use super::document::{HeadDocument, JournalHead};
use super::error::JournalError;
use super::event::{Actor, Event, Link};
use super::line;
use super::place::JournalPlace;
use super::record::Record;
use crate::clock::Stamp;
use crate::durable;
use crate::signing::merkle::MerkleTree;
use crate::signing::{DeviceKey, Digest, EpochKey, EpochSeedFile, PublicKey};

/// Disk reserved for the records, so that a full disk can still be recorded.
const RESERVED_BYTES: u64 = 64 << 20;
/// Likewise for the checkpoints, some hundred bytes each.
const RESERVED_CHECKPOINT_BYTES: u64 = 1 << 20;

/// A journal open for writing; its only writer, in this process and any other.
///
/// A record counts as written once [`sync`](Self::sync) has returned after its
/// [`append`](Self::append); nobody may be told of it before. After any failed write or sync every
/// call fails with [`JournalError::Poisoned`]: drop it and open it anew, which reads what is there.
#[derive(Debug)]
pub struct Journal {
    pub(super) place: JournalPlace,
    pub(super) head: JournalHead,
    pub(super) records: File,
    pub(super) checkpoints: File,
    pub(super) device: Arc<DeviceKey>,
    pub(super) seeds: EpochSeedFile,
    pub(super) random: SystemRandom,
    /// 16 hex digits, new with every opening.
    pub(super) boot: String,
    /// Leaves are the lines with their LF; its size is the next record's number.
    pub(super) tree: MerkleTree,
    /// Of the newest line; of the document before the first.
    pub(super) prev: Digest,
    /// Number of the next checkpoint.
    pub(super) epoch: u64,
    /// Signs the next checkpoint; none if it was lost, so that the device key has to vouch alone.
    pub(super) epoch_key: Option<EpochKey>,
    /// No checkpoint of this run is published yet.
    pub(super) starting: bool,
    pub(super) unsynced: bool,
    pub(super) poisoned: bool,
}

impl Journal {
    /// Begins a journal: makes epoch 0's key, writes the document that `document` makes with it,
    /// and two empty files. What an earlier, interrupted beginning left is replaced.
    pub fn create<D: HeadDocument>(
        place: JournalPlace,
        device: Arc<DeviceKey>,
        document: impl FnOnce(PublicKey) -> D,
    ) -> Result<(Self, D), JournalError> {
        durable::create_private_folder(&place.folder).map_err(JournalError::io(&place.folder))?;
        let random = SystemRandom::new();
        let mut seeds = open_seeds(&place)?;
        if place.exists() {
            return Err(JournalError::Exists(place.folder));
        }
        let key = EpochKey::generate(&random).map_err(|_| JournalError::NoRandom)?;
        seeds.put(0, &key).map_err(JournalError::io(&place.seeds))?;
        let document = document(key.public());
        let head = document.head();
        if head.device_key != device.public() {
            return Err(JournalError::ForeignKey(place.folder));
        }
        let bytes = document.to_bytes();
        write_synced(&place.document, &bytes)?;
        write_synced(&place.checkpoints(), b"")?;
        let checkpoints = open_append(&place.checkpoints())?;
        // Last: from here on the journal exists.
        let records =
            durable::create_private(&place.records(), b"").map_err(JournalError::io(&place.records()))?;
        drop(records);
        let records = open_append(&place.records())?;
        durable::preallocate(&records, RESERVED_BYTES).map_err(JournalError::io(&place.records()))?;
        durable::preallocate(&checkpoints, RESERVED_CHECKPOINT_BYTES)
            .map_err(JournalError::io(&place.checkpoints()))?;
        let journal = Self {
            boot: random_hex(&random, 8)?,
            prev: Digest::of(&bytes),
            tree: MerkleTree::new(),
            epoch: 0,
            epoch_key: Some(key),
            starting: true,
            unsynced: false,
            poisoned: false,
            place,
            head,
            records,
            checkpoints,
            device,
            seeds,
            random,
        };
        Ok((journal, document))
    }

    /// Writes a record to the file. It is not on disk before the next [`sync`](Self::sync).
    pub fn append(&mut self, stamp: Stamp, actor: Actor, event: Event) -> Result<Record, JournalError> {
        self.usable()?;
        let record = Record {
            n: self.tree.size(),
            boot: self.boot.clone(),
            mono_ms: stamp.mono_ms,
            utc_ms: stamp.utc_ms,
            offset_min: stamp.offset_min,
            actor,
            event,
            salt: random_hex(&self.random, 16)?,
            prev: self.prev,
        };
        let line = line::encode(&record).map_err(JournalError::Record)?;
        self.unsynced = true;
        let written = self.records.write_all(&line);
        self.poison_on_error(written.map_err(JournalError::io(&self.place.records())))?;
        self.tree.push(&line);
        self.prev = Digest::of(&line);
        Ok(record)
    }

    /// Returns once every appended record is on disk.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.usable()?;
        if self.unsynced {
            let synced = self.records.sync_data();
            self.poison_on_error(synced.map_err(JournalError::io(&self.place.records())))?;
            self.unsynced = false;
        }
        Ok(())
    }

    /// Signs all records so far and wipes the key that did. Returns once it is on disk.
    pub fn checkpoint(&mut self, stamp: Stamp) -> Result<Checkpoint, JournalError> {
        let published = self.publish(stamp, false);
        self.poison_on_error(published)
    }

    /// The last checkpoint: nothing can follow it, and no key is left. Of a journal whose closing
    /// record is already there nothing is lost by a crash before it: open it and close it again.
    pub fn close(mut self, stamp: Stamp) -> Result<Checkpoint, JournalError> {
        let checkpoint = self.publish(stamp, true)?;
        let wiped = self.seeds.wipe(self.epoch).and_then(|()| fs::remove_file(&self.place.seeds));
        wiped.map_err(JournalError::io(&self.place.seeds))?;
        Ok(checkpoint)
    }

    /// Records so far.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// RFC 6962 root over the records so far.
    pub fn root(&self) -> Digest {
        self.tree.root()
    }

    /// SHA-256 of the newest line; of the document before the first.
    pub fn newest_line(&self) -> Digest {
        self.prev
    }

    pub fn head(&self) -> &JournalHead {
        &self.head
    }

    pub fn place(&self) -> &JournalPlace {
        &self.place
    }

    /// The order holds at every moment of a crash: records, next key, checkpoint, wipe. The key
    /// announced by the newest whole checkpoint is always in the seed file.
    fn publish(&mut self, stamp: Stamp, closing: bool) -> Result<Checkpoint, JournalError> {
        self.sync()?;
        let next = match closing {
            true => None,
            false => Some(EpochKey::generate(&self.random).map_err(|_| JournalError::NoRandom)?),
        };
        if let Some(next) = &next {
            self.seeds.put(self.epoch + 1, next).map_err(JournalError::io(&self.place.seeds))?;
        }
        let key = self.epoch_key.take();
        let checkpoint = Checkpoint {
            epoch: self.epoch,
            size: self.tree.size(),
            root: self.tree.root(),
            utc_ms: stamp.utc_ms,
            start: match (self.starting, &key) {
                (_, None) => Some(Link::Unlinked),
                (true, Some(_)) if self.epoch == 0 => Some(Link::First),
                (true, Some(_)) => Some(Link::Linked),
                (false, Some(_)) => None,
            },
            then: next.as_ref().map_or(Then::End, |next| Then::Next(next.public())),
        };
        let text = checkpoint.text(&self.head);
        let signed_by_device = checkpoint.signers().device;
        let note = Note {
            checkpoint,
            epoch: key.map(|key| {
                let public = key.public();
                NoteSignature::of_epoch(&self.head, &public, key.sign(text.as_bytes()))
            }),
            device: signed_by_device
                .then(|| NoteSignature::of_device(&self.head, self.device.sign(text.as_bytes()))),
        };
        let written = self.checkpoints.write_all(note.render(&self.head).as_bytes());
        let synced = written.and_then(|()| self.checkpoints.sync_data());
        synced.map_err(JournalError::io(&self.place.checkpoints()))?;
        self.seeds.wipe(self.epoch).map_err(JournalError::io(&self.place.seeds))?;
        self.epoch += 1;
        self.epoch_key = next;
        self.starting = false;
        Ok(note.checkpoint)
    }

    fn usable(&self) -> Result<(), JournalError> {
        if self.poisoned { Err(JournalError::Poisoned) } else { Ok(()) }
    }

    fn poison_on_error<T>(&mut self, result: Result<T, JournalError>) -> Result<T, JournalError> {
        self.poisoned |= result.is_err();
        result
    }
}

/// Opens the seed file, made if it is missing, as its only holder.
pub(super) fn open_seeds(place: &JournalPlace) -> Result<EpochSeedFile, JournalError> {
    if let Some(folder) = place.seeds.parent() {
        durable::create_private_folder(folder).map_err(JournalError::io(folder))?;
    }
    let seeds = match place.seeds.exists() {
        true => EpochSeedFile::open(&place.seeds),
        false => EpochSeedFile::create(&place.seeds),
    };
    let seeds = seeds.map_err(JournalError::io(&place.seeds))?;
    match seeds.lock().map_err(JournalError::io(&place.seeds))? {
        true => Ok(seeds),
        false => Err(JournalError::Busy(place.folder.clone())),
    }
}

pub(super) fn open_append(path: &Path) -> Result<File, JournalError> {
    OpenOptions::new().read(true).append(true).open(path).map_err(JournalError::io(path))
}

/// Reserves the disk of both files again, which cutting a file gives back. On a disk that is full
/// by now the journal goes on without: better that than no exam day.
pub(super) fn reserve(place: &JournalPlace, records: &File, checkpoints: &File) -> Result<(), JournalError> {
    for (file, path, bytes) in [
        (records, place.records(), RESERVED_BYTES),
        (checkpoints, place.checkpoints(), RESERVED_CHECKPOINT_BYTES),
    ] {
        match durable::preallocate(file, bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                tracing::warn!(path = %path.display(), "no room to reserve for the journal");
            }
            other => drop(other.map_err(JournalError::io(&path))?),
        }
    }
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        durable::sync_folder(path.parent().unwrap_or(Path::new(".")))
    };
    write().map_err(JournalError::io(path))
}

pub(super) fn random_hex(random: &dyn SecureRandom, bytes: usize) -> Result<String, JournalError> {
    let mut buffer = [0; 16];
    let bytes = &mut buffer[..bytes];
    random.fill(bytes).map_err(|_| JournalError::NoRandom)?;
    let mut text = String::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|byte| write!(text, "{byte:02x}").expect("a text takes any text"));
    Ok(text)
}
