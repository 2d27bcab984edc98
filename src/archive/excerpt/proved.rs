//! What the proved records of an excerpt say.

use std::collections::BTreeMap;

use super::Document;
use super::proofs::Proof;
use crate::journal::{CheckedCheckpoint, Event, Record, Segment, VideoHead};

#[derive(Default)]
pub struct Proved {
    pub opened: bool,
    pub segments: BTreeMap<u32, (u64, Segment)>,
    pub heads: BTreeMap<u32, VideoHead>,
    /// When each was written, and the computer's offset from UTC then.
    pub offsets: Vec<(i64, i32)>,
}

/// By the earliest checkpoint that covers it: the record was there by then.
pub fn is_proved(line: &[u8], proof: &Proof, checkpoints: &[CheckedCheckpoint]) -> bool {
    let covering = checkpoints.iter().find(|checked| checked.checkpoint.size > proof.n);
    covering.is_some_and(|checked| {
        checked.sound && proof.holds(line, checked.checkpoint.size, &checked.checkpoint.root)
    })
}

impl Proved {
    /// False: such a record has no place in this excerpt.
    pub fn take(&mut self, record: Record, document: &Document) -> bool {
        self.offsets.push((record.utc_ms, record.offset_min));
        match record.event {
            Event::DayOpened { day, epoch_key } => {
                self.opened =
                    record.n == 0 && day == document.day && epoch_key == document.epoch_key.to_string();
                self.opened
            }
            Event::SegmentFinished(segment) if segment.camera == document.camera => {
                document.has(segment.segment)
                    && self.segments.insert(segment.segment, (record.n, segment)).is_none()
            }
            Event::SegmentIndexed(head) if head.camera == document.camera => {
                document.has(head.segment) && self.heads.insert(head.segment, head).is_none()
            }
            _ => false,
        }
    }
}

impl Document {
    fn has(&self, segment: u32) -> bool {
        self.segments.iter().any(|span| span.segment == segment)
    }
}
