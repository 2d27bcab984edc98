//! The journal: hash-chained, signed records of what happened; see DESIGN of the format in the submodules.

mod event;
mod record;

pub use event::{
    Actor, DiskLevel, Event, Evidence, Group, Link, Outcome, RoomRange, SealedPart, Segment, VideoHead,
};
pub use record::Record;
