//! What can be wrong with a journal that is read back.

use super::document::BadDocument;
use super::line::BadLine;
use crate::i18n::Message;

/// One thing that is wrong, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalFault {
    /// Then no key is known, and no signature counts.
    #[error("document: {0}")]
    Document(BadDocument),
    /// `record` is the number that stands there, or that should.
    #[error("record {record}: {fault}")]
    Record { record: u64, fault: RecordFault },
    /// `checkpoint` counts those in the file from 0.
    #[error("checkpoint {checkpoint}: {fault}")]
    Checkpoint { checkpoint: u64, fault: CheckpointFault },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    #[error("unreadable, {0}")]
    Unreadable(BadLine),
    /// The next record tells another hash of it.
    #[error("changed")]
    Changed,
    /// Record 0 tells the hash of another document.
    #[error("begins from another document")]
    OtherDocument,
    /// Records before this one are not there.
    #[error("{missing} missing before it")]
    Missing { missing: u64 },
    /// Stands where a later number should.
    #[error("out of its place")]
    Misplaced,
    #[error("after the day was closed")]
    AfterClose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointFault {
    #[error("unreadable")]
    Unreadable,
    /// Some before it are not there, or it stands twice.
    #[error("epoch {epoch} in place of {expected}")]
    Misplaced { epoch: u64, expected: u64 },
    #[error("not signed with the key that was announced for it")]
    EpochSignature,
    #[error("not signed with the device key")]
    DeviceSignature,
    /// The first one says it is none, or another one that it is.
    #[error("its start line does not fit its place")]
    Start,
    #[error("covers fewer records than the one before")]
    Shrunk,
    /// The records are not those that were signed.
    #[error("the records are not those that were signed")]
    Root,
    #[error("{missing} of the records that it covers are not there")]
    RecordsMissing { missing: u64 },
    #[error("after the last one")]
    AfterEnd,
}

impl JournalFault {
    /// What is wrong, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::Document(_) => Message::new("journal-fault-document"),
            Self::Record { record, fault } => {
                let message = match fault {
                    RecordFault::Unreadable(_) => Message::new("journal-fault-record-unreadable"),
                    RecordFault::Changed => Message::new("journal-fault-record-changed"),
                    RecordFault::OtherDocument => Message::new("journal-fault-other-document"),
                    RecordFault::Missing { missing } => {
                        Message::new("journal-fault-record-missing").with("count", *missing)
                    }
                    RecordFault::Misplaced => Message::new("journal-fault-record-misplaced"),
                    RecordFault::AfterClose => Message::new("journal-fault-record-after-close"),
                };
                message.with("record", *record)
            }
            Self::Checkpoint { checkpoint, fault } => {
                let message = match fault {
                    CheckpointFault::Unreadable => Message::new("journal-fault-checkpoint-unreadable"),
                    CheckpointFault::Misplaced { .. } => Message::new("journal-fault-checkpoint-misplaced"),
                    CheckpointFault::EpochSignature => Message::new("journal-fault-checkpoint-epoch"),
                    CheckpointFault::DeviceSignature => Message::new("journal-fault-checkpoint-device"),
                    CheckpointFault::Start => Message::new("journal-fault-checkpoint-start"),
                    CheckpointFault::Shrunk => Message::new("journal-fault-checkpoint-shrunk"),
                    CheckpointFault::Root => Message::new("journal-fault-checkpoint-root"),
                    CheckpointFault::RecordsMissing { missing } => {
                        Message::new("journal-fault-checkpoint-records").with("count", *missing)
                    }
                    CheckpointFault::AfterEnd => Message::new("journal-fault-checkpoint-after-end"),
                };
                message.with("checkpoint", *checkpoint)
            }
        }
    }
}
