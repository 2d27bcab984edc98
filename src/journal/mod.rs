//! The journal: hash-chained, signed records of what happened.
//!
//! A [`Journal`] begins from a document, which its first record names by hash, and grows by one
//! line a record. Every few minutes a [`Checkpoint`] signs all records so far with a key that is
//! then wiped. [`check_journal`] reads it all back and tells everything that is wrong.

mod batch;
mod checkpoint;
mod document;
mod epoch_chain;
mod error;
mod event;
mod fault;
mod line;
mod place;
mod record;
mod recover;
#[cfg(test)]
mod recover_test;
mod takeover;
#[cfg(test)]
mod trial;
mod verify;
#[cfg(test)]
mod verify_test;
mod writer;

pub use checkpoint::{BadNote, Checkpoint, Signers, Then};
pub use document::{
    BadDocument, ChecklistUsed, DayDocument, FORMAT, HeadDocument, JournalHead, MAX_DOCUMENT_BYTES,
    PointDocument,
};
pub use epoch_chain::CheckedCheckpoint;
pub use error::JournalError;
pub use event::{
    Actor, BriefingSigned, CabinetClosed, CabinetOpened, Change, CopyPurpose, DayDeleted, DayDeletionBegun,
    DayVerified, DiskLevel, EquipmentChanged, EquipmentExplained, EquipmentSeen, Event, Evidence, ExamNamed,
    Group, Item, ItemMoved, ItemReplaced, ItemState, ItemsCounted, ItemsListed, KeyRotated, KioskLeft, Link,
    MediumTold, MoveAct, Noticed, OutageLevel, Outcome, PersonReplaced, PinRenewed, ProfileChanged,
    RequestLate, RequestMade, RequestPassed, RequestResolved, RoomRange, ScreenLocked, Seal, SealedPart,
    Segment, SignInPaused, StepPhotographed, Still, StockChanged, SupportLine, Thing, ThingKind, VideoHead,
    explains,
};
pub use fault::{CheckpointFault, JournalFault, RecordFault};
pub use line::{BadLine, MAX_LINE_BYTES, decode as decode_line, encode as encode_line, read_line};
pub use place::JournalPlace;
pub use record::Record;
pub use recover::{Opened, ReadBack, Recovery};
pub use takeover::{KnownHead, TakeOver};
pub use verify::{
    CheckedCheckpoints, CheckedRecord, CheckedRoots, JournalReport, check_checkpoints, check_journal,
    check_roots,
};
pub use writer::Journal;
