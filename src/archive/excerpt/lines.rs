//! Lines of a segment's index that an excerpt discloses, and how the journal binds them.

use super::Span;
use super::proofs;
use crate::journal::{Segment, VideoHead};
use crate::recording::index::{Index, Line};
use crate::signing::Digest;

/// The lines of one segment that are disclosed.
pub struct Lines {
    pub initial: Line,
    pub fragments: Vec<Line>,
    /// How many the whole index has.
    pub total: u64,
}

impl Lines {
    /// From the first frame of its fragments to the end of the last.
    pub fn time(&self) -> (i64, i64) {
        let (first, last) = (self.fragments.first(), self.fragments.last());
        (first.map_or(0, |line| line.utc_ms), last.map_or(0, Line::utc_end_ms))
    }
}

/// Lines that stand in the whole index, which the journal binds by its hash.
pub fn whole_index(bytes: &[u8], fact: &Segment, span: Span) -> Option<Lines> {
    if Digest::of(bytes) != fact.index_sha256 {
        return None;
    }
    let index = Index::parse(bytes).ok()?;
    let fragments = index.lines().get(span.first as usize..=span.last as usize)?.to_vec();
    let initial = index.lines().first()?.clone();
    Some(Lines { initial, fragments, total: index.lines().len() as u64 })
}

/// Lines that are proved one by one to be in the index whose root the journal has.
pub fn proved_lines(bytes: &[u8], proofs: &[u8], head: &VideoHead, span: Span) -> Option<Lines> {
    let proofs = proofs::parse(proofs)?;
    let expected = std::iter::once(0).chain(u64::from(span.first)..=u64::from(span.last));
    if !proofs.iter().map(|proof| proof.n).eq(expected) {
        return None;
    }
    let mut lines: Vec<Line> = Vec::with_capacity(proofs.len());
    let mut rest = bytes.split_inclusive(|byte| *byte == b'\n');
    for proof in &proofs {
        let bytes = rest.next()?;
        let line = Line::parse(bytes).ok()?;
        let follows = match lines.last() {
            Some(before) if before.i + 1 == line.i => before.end() == line.offset,
            Some(before) => before.i == 0,
            None => true,
        };
        if u64::from(line.i) != proof.n || !follows || !proof.holds(bytes, head.lines, &head.root) {
            return None;
        }
        lines.push(line);
    }
    if rest.next().is_some() {
        return None;
    }
    let initial = lines.remove(0);
    Some(Lines { initial, fragments: lines, total: head.lines })
}
