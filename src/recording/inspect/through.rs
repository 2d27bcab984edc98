//! One pass over a finished `.mp4`, from its first byte to its last.

use std::io::{self, ErrorKind, Read};

use super::{Fault, InspectedFragment, Inspection, Place};
use crate::recording::index::{Index, Line};
use crate::recording::mp4::{Fragment, MAX_FRAGMENT_BYTES, Movie, Track};
use crate::signing::Digest;

/// Read at once: what was just read is still near when it is hashed.
const PIECE_BYTES: usize = 128 * 1024;
/// No header is longer.
const MAX_HEADER_BYTES: u64 = 1024;

/// What a pass over a file showed, as small as can be: with the index it is an [`Inspection`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    header_differs: bool,
    initial_differs: bool,
    tail_differs: bool,
    /// A bit for each line whose fragment differs, from line 0; empty while none does.
    differing: Vec<u64>,
}

/// Reads a file to its end and holds it to its index. `take` is handed every byte in its order; an
/// error of its own ends the pass.
pub fn read_through(
    file: &mut dyn Read,
    index: &Index,
    take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<Seen> {
    let mut pass = Pass { file, take, buffer: Vec::new() };
    let mut seen = Seen::default();
    let mut movie = None;
    if let [initial, fragments @ ..] = index.lines() {
        let end = index.lines().last().map_or(0, Line::end);
        let header = pass.span(initial.offset, MAX_HEADER_BYTES)?;
        seen.header_differs = header != Movie::closed_header(end);
        movie = seen.initial(pass.span(initial.length, MAX_FRAGMENT_BYTES)?, initial).map(Movie::new);
        for line in fragments {
            let bytes = pass.span(line.length, MAX_FRAGMENT_BYTES)?;
            seen.fragment(bytes, line, &mut movie, index.lines().len());
        }
    }
    let tail = movie.map(|movie| movie.final_moov());
    // One byte more shows whether something follows.
    let wanted = tail.as_ref().map_or(0, |tail| tail.len() as u64 + 1);
    let found = pass.span(wanted, wanted)?;
    seen.tail_differs = tail.is_some_and(|tail| tail != found);
    pass.span(u64::MAX, 0)?;
    Ok(seen)
}

struct Pass<'a> {
    file: &'a mut dyn Read,
    take: &'a mut dyn FnMut(&[u8]) -> io::Result<()>,
    buffer: Vec<u8>,
}

impl Pass<'_> {
    /// The next bytes, fewer at the file's end; of a span longer than `max` nothing, though all of it
    /// is read.
    fn span(&mut self, length: u64, max: u64) -> io::Result<&[u8]> {
        let keeps = length <= max;
        let (mut at, mut left) = (0, length);
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE_BYTES);
            if self.buffer.len() < at + wanted {
                self.buffer.resize(at + wanted, 0);
            }
            let piece = &mut self.buffer[at..at + wanted];
            match self.file.read(piece) {
                Ok(0) => break,
                Ok(read) => {
                    (self.take)(&piece[..read])?;
                    left -= read as u64;
                    at += if keeps { read } else { 0 };
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.buffer[..at])
    }
}

impl Seen {
    fn initial(&mut self, bytes: &[u8], line: &Line) -> Option<Track> {
        let track = Track::read(&mut &bytes[..]).ok();
        let track = track.filter(|(track, length)| track.line(line.offset, *length, line.sha256) == *line);
        self.initial_differs = track.is_none() || Digest::of(bytes) != line.sha256;
        track.map(|(track, _)| track)
    }

    /// Drops the movie if the fragment's head can't be believed: what follows from all fragments
    /// can't be derived any more, and this fragment is the fault that is told.
    fn fragment(&mut self, bytes: &[u8], line: &Line, movie: &mut Option<Movie>, lines: usize) {
        let fragment = Fragment::read(&mut &bytes[..]).ok().filter(|(fragment, head)| {
            fragment.line(line.offset, head + fragment.payload_bytes(), line.sha256) == *line
        });
        let follows = match (&fragment, movie.as_mut()) {
            (Some((fragment, head)), Some(movie)) => movie.push(fragment, line.offset + head).is_ok(),
            (fragment, _) => fragment.is_some(),
        };
        if !follows {
            *movie = None;
        }
        if !follows || Digest::of(bytes) != line.sha256 {
            self.differing.resize(lines.div_ceil(64), 0);
            if let Some(bits) = self.differing.get_mut(line.i as usize / 64) {
                *bits |= 1 << (line.i % 64);
            }
        }
    }

    fn differs(&self, line: &Line) -> bool {
        self.differing.get(line.i as usize / 64).is_some_and(|bits| bits >> (line.i % 64) & 1 == 1)
    }

    /// What was seen in full, by the index that the pass was made with.
    pub fn inspection(&self, index: &Index) -> Inspection {
        let (initial, fragments) = (index.lines().first(), index.fragments());
        let whole =
            (fragments.first().map_or(0, |line| line.utc_ms), fragments.last().map_or(0, Line::utc_end_ms));
        let of_all = |differs: bool, place, offset| {
            differs.then_some(Fault { place, offset, from_ms: whole.0, to_ms: whole.1 })
        };
        let end = index.lines().last().map_or(0, Line::end);
        let of_fragment = |line: &Line| {
            let (from_ms, to_ms) = (line.utc_ms, line.utc_end_ms());
            self.differs(line).then_some(Fault {
                place: Place::Fragment(line.i),
                offset: line.offset,
                from_ms,
                to_ms,
            })
        };
        let before = [
            of_all(self.header_differs, Place::Header, 0),
            of_all(self.initial_differs, Place::InitialMoov, initial.map_or(0, |line| line.offset)),
        ];
        let faults = before.into_iter().flatten();
        let faults = faults.chain(fragments.iter().filter_map(of_fragment));
        let faults = faults.chain(of_all(self.tail_differs, Place::FinalMoov, end)).collect();
        let fragments = fragments.iter().map(|line| InspectedFragment {
            i: line.i,
            from_ms: line.utc_ms,
            to_ms: line.utc_end_ms(),
            frames: line.frames,
            whole: !self.differs(line),
        });
        Inspection { fragments: fragments.collect(), faults }
    }
}
