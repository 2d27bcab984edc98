//! The format of `.idx`: what a segment's fragments are, one JSON line each.
//!
//! Line 0 is the initial `moov`, line *i* the *i*-th fragment (`prft`, `uuid`, `moof`, `mdat`). The
//! lines' spans follow each other in the `.mp4` without a hole. A line is stored exactly as
//! [`Line::to_bytes`] writes it, so that its bytes, LF included, are a leaf of the segment's Merkle
//! tree (RFC 6962) and can be disclosed alone.

use serde::{Deserialize, Serialize};

use crate::signing::Digest;
use crate::signing::merkle::MerkleTree;

/// No line is longer, its LF included.
pub const MAX_LINE_BYTES: usize = 512;
/// No index has more lines: a fragment a second for a day and some.
pub const MAX_LINES: usize = 100_000;
/// No index file is longer.
pub const MAX_INDEX_BYTES: u64 = (MAX_LINES * MAX_LINE_BYTES) as u64;

/// One span of the `.mp4` and what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Counts from 0.
    pub i: u32,
    /// Where the span begins in the `.mp4`.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// When its first frame is shown, on the file's own time line.
    pub pts_ms: u64,
    /// When its first frame arrived, by the wall clock; of line 0 the file's creation, in whole seconds.
    pub utc_ms: i64,
    /// The same by the recorder's monotonic clock; of line 0 nothing, 0.
    pub mono_ms: u64,
    /// How long its frames are shown.
    pub duration_ms: u64,
    pub frames: u32,
    /// Its first frame is an IDR picture.
    pub key: bool,
    /// SHA-256 of the span.
    pub sha256: Digest,
}

/// What an index is wrong in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("there are no lines")]
    Empty,
    #[error("the last line has no end")]
    Torn,
    #[error("the line is too long")]
    LongLine,
    #[error("there are too many lines")]
    ManyLines,
    #[error("the line is not written as an index line is")]
    Form,
    #[error("the line's number is not the next one")]
    Number,
    #[error("the line's span does not follow the one before")]
    Span,
}

/// An index that can't be read, and the line (from 0) where that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the index: {fault}")]
pub struct IndexError {
    pub line: usize,
    pub fault: Fault,
}

impl Line {
    /// The line as it stands in the file, LF included.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("a line of plain values is always JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Reads one line with its LF, exactly as [`to_bytes`](Self::to_bytes) writes it.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let line: Line = serde_json::from_slice(bytes).map_err(|_| Fault::Form)?;
        let has_frames = line.frames > 0;
        match line.to_bytes() == bytes {
            false => Err(Fault::Form),
            true if line.length == 0 || line.end() == u64::MAX || has_frames != (line.i > 0) => {
                Err(Fault::Span)
            }
            true => Ok(line),
        }
    }

    /// Where its span ends in the `.mp4`. Saturates on foreign values.
    pub fn end(&self) -> u64 {
        self.offset.saturating_add(self.length)
    }

    /// When the last of its frames ends, by the wall clock.
    pub fn utc_end_ms(&self) -> i64 {
        self.utc_ms.saturating_add(i64::try_from(self.duration_ms).unwrap_or(i64::MAX))
    }
}

/// A whole index: at least line 0, numbers from 0 on, spans that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    lines: Vec<Line>,
}

impl Index {
    /// Reads a whole `.idx`. Anything that [`Line::to_bytes`] would have written otherwise is refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, IndexError> {
        let (index, error) = Self::parse_prefix(bytes);
        match error {
            Some(error) => Err(error),
            None => Ok(index),
        }
    }

    /// The lines up to the first fault, and that fault: what a crash left of an index.
    pub fn parse_prefix(bytes: &[u8]) -> (Self, Option<IndexError>) {
        let mut lines: Vec<Line> = Vec::new();
        let mut rest = bytes;
        let fault = loop {
            if rest.is_empty() {
                break lines.is_empty().then_some(Fault::Empty);
            }
            match next_line(&mut rest, lines.last()) {
                Ok(_) if lines.len() == MAX_LINES => break Some(Fault::ManyLines),
                Ok(line) => lines.push(line),
                Err(fault) => break Some(fault),
            }
        };
        let error = fault.map(|fault| IndexError { line: lines.len(), fault });
        (Self { lines }, error)
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The lines of fragments: all but the initial `moov`'s.
    pub fn fragments(&self) -> &[Line] {
        self.lines.get(1..).unwrap_or_default()
    }

    /// The Merkle tree over the lines as they stand in the file.
    pub fn tree(&self) -> MerkleTree {
        let mut tree = MerkleTree::new();
        self.lines.iter().for_each(|line| tree.push(&line.to_bytes()));
        tree
    }
}

fn next_line(rest: &mut &[u8], before: Option<&Line>) -> Result<Line, Fault> {
    let window = rest.get(..MAX_LINE_BYTES).unwrap_or(rest);
    let Some(end) = window.iter().position(|byte| *byte == b'\n') else {
        return Err(if window.len() == MAX_LINE_BYTES { Fault::LongLine } else { Fault::Torn });
    };
    let (bytes, after) = rest.split_at(end + 1);
    let line = Line::parse(bytes)?;
    let (number, offset) = match before {
        Some(before) => (before.i.saturating_add(1), before.end()),
        None => (0, line.offset),
    };
    if line.i != number {
        return Err(Fault::Number);
    }
    if line.offset != offset {
        return Err(Fault::Span);
    }
    *rest = after;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: u32) -> Vec<Line> {
        (0..count)
            .map(|i| Line {
                i,
                offset: 48 + u64::from(i) * 100,
                length: 100,
                pts_ms: u64::from(i.saturating_sub(1)) * 1000,
                utc_ms: 1_780_000_000_000 + i64::from(i) * 1000,
                mono_ms: u64::from(i) * 1000,
                duration_ms: if i == 0 { 0 } else { 1000 },
                frames: if i == 0 { 0 } else { 15 },
                key: i > 0,
                sha256: Digest::of(&i.to_be_bytes()),
            })
            .collect()
    }

    fn text(lines: &[Line]) -> Vec<u8> {
        lines.iter().flat_map(Line::to_bytes).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        let lines = lines(4);
        let index = Index::parse(&text(&lines)).unwrap();
        assert_eq!(index.lines(), lines);
        assert_eq!(index.fragments().len(), 3);
        let mut tree = MerkleTree::new();
        text(&lines).split_inclusive(|byte| *byte == b'\n').for_each(|line| tree.push(line));
        assert_eq!(index.tree(), tree);
    }

    #[test]
    fn a_torn_index_keeps_its_whole_lines() {
        let lines = lines(3);
        let bytes = text(&lines);
        let whole = text(&lines[..2]).len();
        for cut in whole + 1..bytes.len() {
            let (index, error) = Index::parse_prefix(&bytes[..cut]);
            assert_eq!(index.lines(), &lines[..2]);
            assert_eq!(error, Some(IndexError { line: 2, fault: Fault::Torn }));
        }
        assert_eq!(Index::parse(b""), Err(IndexError { line: 0, fault: Fault::Empty }));
    }

    #[test]
    fn any_other_form_is_refused() {
        let good = lines(3);
        let fault = |bytes: &[u8]| Index::parse(bytes).unwrap_err();
        let text_of = |change: fn(&mut Vec<Line>)| {
            let mut changed = good.clone();
            change(&mut changed);
            text(&changed)
        };
        assert_eq!(fault(&text_of(|l| l[2].offset += 1)), IndexError { line: 2, fault: Fault::Span });
        assert_eq!(fault(&text_of(|l| l[1].length = u64::MAX)), IndexError { line: 1, fault: Fault::Span });
        assert_eq!(fault(&text_of(|l| l[0].frames = 1)), IndexError { line: 0, fault: Fault::Span });
        assert_eq!(fault(&text_of(|l| l.swap(1, 2))), IndexError { line: 1, fault: Fault::Number });
        let spaced = String::from_utf8(text(&good)).unwrap().replacen("\"i\":1", "\"i\": 1", 1);
        assert_eq!(fault(spaced.as_bytes()), IndexError { line: 1, fault: Fault::Form });
        assert_eq!(fault(&[b'{'; 600]), IndexError { line: 0, fault: Fault::LongLine });
        assert_eq!(fault(b"[[[[\n"), IndexError { line: 0, fault: Fault::Form });
    }
}
