//! A piece of a segment: fragments that follow each other, as an ordinary MP4 of their own.
//!
//! ```text
//! ftyp free mdat[ moov (prft uuid moof mdat)* ] moov
//! ```
//!
//! The spans that the index names, the initial `moov` among them, stand in it byte for byte, so that
//! their hashes prove them. What is before and behind them follows from them alone: the header, and
//! a `moov` whose time line begins with the first of the fragments.

use std::io::{self, Read, Seek};

use super::{Place, span};
use crate::recording::index::Line;
use crate::recording::mp4::{Fragment, Movie, Track};
use crate::signing::Digest;

/// Which lines of an index a piece is made of.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// Line 0.
    pub initial: &'a Line,
    /// Lines that follow each other without a hole; at least one.
    pub fragments: &'a [Line],
}

/// What looking at a piece found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// In the file's order.
    pub faults: Vec<Place>,
    /// The `moov` behind the fragments; none if it can't be derived.
    pub tail: Option<Vec<u8>>,
}

impl Piece<'_> {
    /// What stands before the spans.
    pub fn header(&self) -> Vec<u8> {
        Movie::closed_header(self.end())
    }

    /// Looks at the spans where they stand in the segment's own file.
    pub fn look_in_segment(&self, file: &mut (impl Read + Seek)) -> io::Result<Looked> {
        self.look_at_spans(file, |line| line.offset)
    }

    /// Looks at all of a piece's own file.
    pub fn look(&self, file: &mut (impl Read + Seek)) -> io::Result<Looked> {
        let header = self.header();
        let has_header = span(file, 0, header.len() as u64)? == header;
        let mut looked = self.look_at_spans(file, |line| self.place_of(line))?;
        if !has_header {
            looked.faults.insert(0, Place::Header);
        }
        if let Some(tail) = &looked.tail
            // One byte more shows whether something follows.
            && span(file, self.end(), tail.len() as u64 + 1)? != *tail
        {
            looked.faults.push(Place::FinalMoov);
        }
        Ok(looked)
    }

    fn look_at_spans(&self, file: &mut (impl Read + Seek), at: impl Fn(&Line) -> u64) -> io::Result<Looked> {
        let mut faults = Vec::new();
        let bytes = span(file, at(self.initial), self.initial.length)?;
        let track = Track::read(&mut bytes.as_slice()).ok();
        let track = track.filter(|(track, length)| {
            let line = self.initial;
            track.line(line.offset, *length, line.sha256) == *line && Digest::of(&bytes) == line.sha256
        });
        if track.is_none() {
            faults.push(Place::InitialMoov);
        }
        let mut movie = track.map(|(track, _)| Movie::new(track));
        let mut first = None;
        for line in self.fragments {
            let bytes = span(file, at(line), line.length)?;
            let fragment = Fragment::read(&mut bytes.as_slice()).ok().filter(|(fragment, head)| {
                let length = head + fragment.payload_bytes();
                fragment.line(line.offset, length, line.sha256) == *line && Digest::of(&bytes) == line.sha256
            });
            let Some((fragment, head)) = fragment else {
                faults.push(Place::Fragment(line.i));
                movie = None;
                continue;
            };
            let first = first.get_or_insert_with(|| fragment.clone());
            if let Some(so_far) = &mut movie
                && so_far.push_of_longer(&fragment, first, self.place_of(line) + head).is_err()
            {
                faults.push(Place::Fragment(line.i));
                movie = None;
            }
        }
        Ok(Looked { faults, tail: movie.map(|movie| movie.final_moov()) })
    }

    /// Where a line's span begins in the piece's own file.
    fn place_of(&self, line: &Line) -> u64 {
        let header = Track::open_header().len() as u64;
        let first = self.fragments.first().map_or(0, |first| first.offset);
        match line.i {
            0 => header,
            _ => header + self.initial.length + line.offset.saturating_sub(first),
        }
    }

    /// Where the spans end in the piece's own file.
    fn end(&self) -> u64 {
        self.fragments.last().map_or(0, |last| self.place_of(last).saturating_add(last.length))
    }
}
