//! What the paper acts of an exam day say: the anchors that no later change of the archive can agree with.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::ClosingAct;
use crate::i18n::Message;
use crate::journal::{DayDocument, Event, HeadDocument, Record, SealedPart};
use crate::point::DayId;
use crate::signing::PaperCode;

/// Grows by one with every change of [`PaperAct`] that an older reader could not read.
pub const PAPER_ACT_FORMAT: u32 = 1;
/// The data of the act of opening, and once the day is closed that of closing too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperAct {
    /// [`PAPER_ACT_FORMAT`].
    pub format: u32,
    pub day: DayId,
    pub point_name: String,
    /// Fingerprints as OpenSSH writes them: of the station's key, and of the day's first epoch.
    pub device_key: String,
    pub epoch_key: String,
    pub opening_code: PaperCode,
    pub opened_at_ms: i64,
    pub cameras: usize,
    pub closing: Option<ClosingData>,
}

/// What is known at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingData {
    pub closed_at_ms: i64,
    pub closing_code: PaperCode,
    pub restarts: u32,
    pub records: u64,
    /// In the order of their numbers, part 00 among them.
    pub parts: Vec<SealedPart>,
    pub segments: u64,
    pub frames: u64,
    pub video_bytes: u64,
    /// Times without video, of whatever length.
    pub gaps: u64,
    /// Those that were shown during the day.
    pub codes: Vec<CodeOnPaper>,
}

/// A code that was shown for writing by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeOnPaper {
    pub shown_at_ms: i64,
    pub code: String,
    /// Somebody said that it stands on paper.
    pub written: bool,
}

impl PaperAct {
    /// Digits of a part's hash that are printed: 64 bits.
    pub const HASH_DIGITS: usize = 16;

    pub fn opening(document: &DayDocument, records: &[Record]) -> Self {
        Self {
            format: PAPER_ACT_FORMAT,
            day: document.day.clone(),
            point_name: document.point_name.clone(),
            device_key: document.device_key.fingerprint(),
            epoch_key: document.epoch_key.fingerprint(),
            opening_code: document.head().opening_code(),
            opened_at_ms: records.first().map_or(0, |record| record.utc_ms),
            cameras: document.cameras.len(),
            closing: None,
        }
    }

    /// `sealed` is the act that lies beside the parts.
    pub fn closing(document: &DayDocument, records: &[Record], sealed: &ClosingAct) -> Self {
        let mut data = ClosingData {
            closed_at_ms: records.last().map_or(0, |record| record.utc_ms),
            closing_code: sealed.closing_code,
            restarts: sealed.restarts,
            records: sealed.records,
            parts: sealed.parts.clone(),
            segments: 0,
            frames: 0,
            video_bytes: 0,
            gaps: 0,
            codes: Vec::new(),
        };
        for record in records {
            match &record.event {
                Event::SegmentFinished(segment) => {
                    data.segments += 1;
                    data.frames += segment.frames;
                    data.video_bytes += segment.bytes;
                }
                Event::Gap { .. } => data.gaps += 1,
                Event::CodeShown { code, .. } => data.codes.push(CodeOnPaper {
                    shown_at_ms: record.utc_ms,
                    code: code.clone(),
                    written: false,
                }),
                Event::CodeWritten { code } => {
                    let shown = data.codes.iter_mut().filter(|shown| shown.code == *code);
                    shown.for_each(|shown| shown.written = true);
                }
                _ => {}
            }
        }
        Self { closing: Some(data), ..Self::opening(document, records) }
    }

    /// What the QR code holds, and what [`Act`](super::verify::Act) reads of it: a line a value.
    pub fn code_text(&self) -> String {
        let mut text = format!("day {}\nopening {}\nkey {}\n", self.day, self.opening_code, self.device_key);
        if let Some(closing) = &self.closing {
            // Writing into a `String` can't fail.
            let _ = writeln!(text, "closing {}\nrestarts {}", closing.closing_code, closing.restarts);
            let _ = writeln!(text, "records {}", closing.records);
            for part in &closing.parts {
                let _ = writeln!(text, "part {:02} {}", part.part, short(part));
            }
        }
        text
    }

    /// The act in words, a line each. `clock` writes a time of the day at the point.
    pub fn lines(&self, clock: &dyn Fn(i64) -> String) -> Vec<Message> {
        let mut lines = vec![
            Message::new("act-day").with("day", self.day.as_str()).with("point", self.point_name.as_str()),
            Message::new("act-opened").with("time", clock(self.opened_at_ms)).with("cameras", self.cameras),
            Message::new("act-device-key").with("key", self.device_key.as_str()),
            Message::new("act-epoch-key").with("key", self.epoch_key.as_str()),
            Message::new("archive-cli-opening").with("code", self.opening_code.to_string()),
        ];
        let Some(closing) = &self.closing else { return lines };
        lines.push(Message::new("act-closed").with("time", clock(closing.closed_at_ms)));
        lines.push(
            Message::new("archive-cli-closing")
                .with("code", closing.closing_code.to_string())
                .with("restarts", closing.restarts),
        );
        lines.push(
            Message::new("act-counts")
                .with("records", closing.records)
                .with("segments", closing.segments)
                .with("frames", closing.frames)
                .with("gaps", closing.gaps),
        );
        for part in &closing.parts {
            let line = Message::new("act-part").with("file", part.file.as_str()).with("bytes", part.bytes);
            lines.push(line.with("hash", short(part)));
        }
        for shown in &closing.codes {
            let written = if shown.written { "yes" } else { "no" };
            let line = Message::new("act-code").with("time", clock(shown.shown_at_ms));
            lines.push(line.with("code", shown.code.as_str()).with("written", written));
        }
        lines
    }
}

fn short(part: &SealedPart) -> String {
    part.sha256.to_string().chars().take(PaperAct::HASH_DIGITS).collect()
}
