//! An excerpt: some minutes of one camera, for an appeal, that prove themselves against the signatures
//! of the day and disclose nothing else.
//!
//! A strict ZIP of these files below the folder `<day>-excerpt`:
//!
//! ```text
//! excerpt.json                    what it is: Document
//! checkpoints.txt                 all checkpoints of the day's journal
//! records.jsonl                   the records that bind the video, as their lines stand in the journal
//! record-proofs.jsonl             for each of them its RFC 6962 inclusion proof
//! keys/0001.json, .sshsig         how the station's keys took each other's place, if they did
//! video/<camera>/000042.mp4       an ordinary MP4 of whole fragments
//! video/<camera>/000042.idx       their lines of the index, line 0 before them
//! video/<camera>/000042.proofs    for each of these lines its inclusion proof
//! ```
//!
//! What binds what: the device key signs the first checkpoint, each checkpoint the key of the next;
//! record 0 (`day_opened`) binds the first of these keys. A record is proved by the earliest
//! checkpoint that covers it, so that it is known to have been there by then. The record
//! `segment_finished` binds the whole index by its hash, `segment_indexed` the Merkle root of its
//! lines; a line binds its fragment by hash, and its times. Where a journal has no `segment_indexed`,
//! the whole index stands in the place of proofs: its hashes and times are disclosed, not the pictures.
//!
//! Nothing is missing between the first and the last second if the lines follow each other within a
//! segment and the segments' numbers do, each whole on the side that another one follows. Records keep
//! their salt, so that no record that is not here can be guessed from the proofs. Every file is in the
//! one form that writing it again gives; other files are refused.

mod error;
mod judge;
mod lines;
mod make;
mod parts;
mod proofs;
mod proved;
mod when;

use serde::{Deserialize, Serialize};

use super::Report;
use super::place::day_and_time;
use super::zip::BadName;
use crate::i18n::Message;
use crate::journal::JournalHead;
use crate::point::{CameraId, DayId};
use crate::signing::PublicKey;
use crate::time_zone::Tz;

pub use error::ExcerptError;
pub(super) use judge::{Judged, is_excerpt, judge};
pub use make::{Made, Wanted, make};
pub use when::{BadWhen, When};

/// The only format so far.
pub const EXCERPT_FORMAT: u32 = 1;

/// Ends the name of the folder inside.
const SUFFIX: &str = "-excerpt";
const DOCUMENT: &str = "excerpt.json";
const CHECKPOINTS: &str = "checkpoints.txt";
const RECORDS: &str = "records.jsonl";
const RECORD_PROOFS: &str = "record-proofs.jsonl";
/// A day has some hundred segments of a camera.
const MAX_SEGMENTS: usize = 10_000;
const MAX_DOCUMENT_BYTES: u64 = 1 << 20;

/// What an excerpt is, in its own words. Nothing of it is believed: the day and the keys have to be
/// those of record 0 and of the checkpoints, the rest has to fit what is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// [`EXCERPT_FORMAT`].
    pub format: u32,
    pub day: DayId,
    pub camera: CameraId,
    /// The time that is covered to the second, UTC.
    pub from_ms: i64,
    pub to_ms: i64,
    pub time_zone: Tz,
    pub device_key: PublicKey,
    /// Of epoch 0.
    pub epoch_key: PublicKey,
    /// In their order, without a hole.
    pub segments: Vec<Span>,
}

/// Lines `first` to `last` of a segment's index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub segment: u32,
    /// 1 or more: line 0 is no fragment.
    pub first: u32,
    pub last: u32,
}

/// What a report says of an excerpt besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcerptSummary {
    pub camera: CameraId,
    pub from_ms: i64,
    pub to_ms: i64,
}

impl Report {
    /// What an excerpt covers, in a sentence; none of an archive.
    pub fn covers(&self) -> Option<Message> {
        let excerpt = self.excerpt.as_ref()?;
        let day_and_time = |ms| day_and_time(ms, self.time_zone);
        let day = self.day.as_ref().map_or("", DayId::as_str);
        let message = Message::new("excerpt-covers").with("day", day).with("camera", excerpt.camera.as_str());
        let message = message.with("from", day_and_time(excerpt.from_ms));
        Some(message.with("to", day_and_time(excerpt.to_ms)).with("records", self.records))
    }
}

impl Document {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("text keys and integers always serialise");
        bytes.push(b'\n');
        bytes
    }

    /// Reads exactly what [`to_bytes`](Self::to_bytes) writes.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let document: Self = serde_json::from_slice(bytes).ok()?;
        let in_order = document.segments.is_sorted_by(|a, b| a.segment < b.segment);
        let spans = document.segments.iter().all(|span| 0 < span.first && span.first <= span.last);
        let bounded = (1..=MAX_SEGMENTS).contains(&document.segments.len());
        let fits = in_order && spans && bounded && document.from_ms < document.to_ms;
        (fits && document.to_bytes() == bytes).then_some(document)
    }

    fn head(&self) -> JournalHead {
        JournalHead::of_day(&self.day, self.device_key, self.epoch_key)
    }

    fn folder(&self) -> String {
        format!("{}{SUFFIX}", self.day)
    }

    /// Video, index lines and their proofs, below the folder.
    fn names(&self, segment: u32) -> Result<[String; 3], BadName> {
        let (video, index) = super::segment_names(&self.camera, segment)?;
        let proofs = index.as_str().replace(".idx", ".proofs");
        Ok([video.to_string(), index.to_string(), proofs])
    }
}
