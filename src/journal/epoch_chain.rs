//! The chain of epoch keys through a journal's checkpoints: each is signed with the key that the one before
//! announced.

use super::checkpoint::{Checkpoint, Note, Then};
use super::document::JournalHead;
use super::event::Link;
use super::fault::CheckpointFault;
use crate::signing::PublicKey;

/// A checkpoint and what holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedCheckpoint {
    /// Its place in the file, counted from 0.
    pub number: u64,
    pub checkpoint: Checkpoint,
    /// Signed with the key that the checkpoint before announced, or the document for the first.
    pub epoch_signed: bool,
    pub device_signed: bool,
    /// The records are there and are those that were signed.
    pub records_match: bool,
    /// All signatures that it needs are there and right, by keys that are proved in turn, and it
    /// stands in its place.
    pub sound: bool,
}

/// Where the chain of epoch keys stands.
pub struct EpochChain {
    epoch: u64,
    key: Announced,
    /// Largest number of records covered so far.
    size: u64,
}

/// What is known of the next checkpoint's key.
#[derive(Clone, Copy)]
enum Announced {
    Proved(PublicKey),
    /// The checkpoint that announced it has a fault: anybody may have made up this key.
    Unproved(PublicKey),
    /// The checkpoint that announced it can't be read, which was told of already.
    Unknown,
    /// There should be no next one.
    End,
}

impl EpochChain {
    /// Before the first checkpoint.
    pub fn new(head: &JournalHead) -> Self {
        Self { epoch: 0, key: Announced::Proved(head.epoch_key), size: 0 }
    }

    /// One that can't be read.
    pub fn pass_over(&mut self) {
        self.epoch = self.epoch.saturating_add(1);
        self.key = Announced::Unknown;
    }

    /// The next one.
    pub fn check(
        &mut self,
        number: u64,
        note: &Note,
        head: &JournalHead,
        faults: &mut Vec<CheckpointFault>,
    ) -> CheckedCheckpoint {
        let checkpoint = &note.checkpoint;
        let needed = checkpoint.signers();
        let device_signed = note.signed_by_device(head);
        let epoch_signed = match self.key {
            Announced::Proved(key) | Announced::Unproved(key) => note.signed_by_epoch(head, &key),
            Announced::Unknown | Announced::End => false,
        };
        match self.key {
            Announced::End => faults.push(CheckpointFault::AfterEnd),
            Announced::Unknown => {}
            Announced::Proved(_) | Announced::Unproved(_) => {
                if needed.epoch != epoch_signed || needed.epoch != note.epoch.is_some() {
                    faults.push(CheckpointFault::EpochSignature);
                }
            }
        }
        if needed.device != device_signed || needed.device != note.device.is_some() {
            faults.push(CheckpointFault::DeviceSignature);
        }
        if checkpoint.epoch != self.epoch {
            faults.push(CheckpointFault::Misplaced { epoch: checkpoint.epoch, expected: self.epoch });
        }
        let first = checkpoint.epoch == 0;
        if first != (checkpoint.start == Some(Link::First)) && checkpoint.start != Some(Link::Unlinked) {
            faults.push(CheckpointFault::Start);
        }
        if checkpoint.size < self.size {
            faults.push(CheckpointFault::Shrunk);
        }
        self.epoch = checkpoint.epoch.saturating_add(1);
        self.size = self.size.max(checkpoint.size);
        // Behind a fault only the device key can vouch again.
        let vouched = device_signed || (epoch_signed && matches!(self.key, Announced::Proved(_)));
        let sound = faults.is_empty() && vouched;
        self.key = match checkpoint.then {
            Then::Next(key) if sound => Announced::Proved(key),
            Then::Next(key) => Announced::Unproved(key),
            Then::End => Announced::End,
        };
        CheckedCheckpoint {
            number,
            checkpoint: checkpoint.clone(),
            epoch_signed,
            device_signed,
            records_match: false,
            sound,
        }
    }
}
