//! Whether a finished `.mp4` is what its index says, fragment by fragment.

mod piece;

use std::io::{self, Read, Seek, SeekFrom};

pub use piece::{Looked, Piece};

use super::index::{Index, Line};
use super::mp4::{Fragment, MAX_FRAGMENT_BYTES, Movie, Track};
use crate::signing::Digest;

/// What came of looking at a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// One for every fragment that the index names, in its order.
    pub fragments: Vec<InspectedFragment>,
    /// Every place that is not as it should be, in the file's order.
    pub faults: Vec<Fault>,
}

/// One fragment, by its line in the index, and whether the file still holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InspectedFragment {
    /// The line's number, from 1.
    pub i: u32,
    pub from_ms: i64,
    pub to_ms: i64,
    pub frames: u32,
    pub whole: bool,
}

/// A place that is not as the index and the fragments say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    /// Where the place begins in the file.
    pub offset: u64,
    /// The seconds of video that it stands for, by the wall clock; the whole file's if it is about all.
    pub from_ms: i64,
    pub to_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The leading `ftyp`, `free` and `mdat`'s header.
    Header,
    /// The `moov` before the fragments: line 0.
    InitialMoov,
    /// The fragment of this line.
    Fragment(u32),
    /// The `moov` behind the fragments, and that nothing follows it.
    FinalMoov,
}

impl Inspection {
    /// Nothing is wrong anywhere.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Reads a finished file from its start to its end. Errors are those of reading alone; a file that
/// ends too early is a fault.
pub fn inspect(file: &mut (impl Read + Seek), index: &Index) -> io::Result<Inspection> {
    let mut inspector = Inspector { index, faults: Vec::new() };
    let fragments_end = index.lines().last().map_or(0, Line::end);
    let mut movie = None;
    if let [initial, fragments @ ..] = index.lines() {
        inspector.header(file, initial.offset, fragments_end)?;
        movie = inspector.initial(file, initial)?.map(Movie::new);
        for line in fragments {
            inspector.fragment(file, line, &mut movie)?;
        }
    }
    inspector.tail(file, fragments_end, movie.as_ref())?;
    let faults = inspector.faults;
    let fragments = index.fragments().iter().map(|line| InspectedFragment {
        i: line.i,
        from_ms: line.utc_ms,
        to_ms: line.utc_end_ms(),
        frames: line.frames,
        whole: !faults.iter().any(|fault| fault.place == Place::Fragment(line.i)),
    });
    Ok(Inspection { fragments: fragments.collect(), faults })
}

struct Inspector<'a> {
    index: &'a Index,
    faults: Vec<Fault>,
}

impl Inspector<'_> {
    fn header(&mut self, file: &mut (impl Read + Seek), length: u64, end: u64) -> io::Result<()> {
        let expected = Movie::closed_header(end);
        let bytes = span(file, 0, expected.len() as u64)?;
        if bytes != expected || length != expected.len() as u64 {
            self.fault(Place::Header, 0, None);
        }
        Ok(())
    }

    fn initial(&mut self, file: &mut (impl Read + Seek), line: &Line) -> io::Result<Option<Track>> {
        let bytes = span(file, line.offset, line.length)?;
        let sha256 = Digest::of(&bytes);
        let track = Track::read(&mut bytes.as_slice()).ok();
        let track = track.filter(|(track, length)| track.line(line.offset, *length, line.sha256) == *line);
        if track.is_none() || sha256 != line.sha256 {
            self.fault(Place::InitialMoov, line.offset, None);
        }
        Ok(track.map(|(track, _)| track))
    }

    /// Drops the movie if the fragment's head can't be believed: what follows from all fragments
    /// can't be derived any more, and this fragment is the fault that is told.
    fn fragment(
        &mut self,
        file: &mut (impl Read + Seek),
        line: &Line,
        movie: &mut Option<Movie>,
    ) -> io::Result<()> {
        let bytes = span(file, line.offset, line.length)?;
        let fragment = Fragment::read(&mut bytes.as_slice()).ok().filter(|(fragment, head)| {
            fragment.line(line.offset, head + fragment.payload_bytes(), line.sha256) == *line
        });
        let follows = match (&fragment, movie.as_mut()) {
            (Some((fragment, head)), Some(movie)) => movie.push(fragment, line.offset + head).is_ok(),
            (fragment, _) => fragment.is_some(),
        };
        if !follows {
            *movie = None;
        }
        if !follows || Digest::of(&bytes) != line.sha256 {
            self.fault(Place::Fragment(line.i), line.offset, Some(line));
        }
        Ok(())
    }

    fn tail(&mut self, file: &mut (impl Read + Seek), end: u64, movie: Option<&Movie>) -> io::Result<()> {
        let Some(movie) = movie else { return Ok(()) };
        let expected = movie.final_moov();
        // One byte more shows whether something follows.
        if span(file, end, expected.len() as u64 + 1)? != expected {
            self.fault(Place::FinalMoov, end, None);
        }
        Ok(())
    }

    fn fault(&mut self, place: Place, offset: u64, line: Option<&Line>) {
        let fragments = self.index.fragments();
        let first = line.or(fragments.first());
        let last = line.or(fragments.last());
        self.faults.push(Fault {
            place,
            offset,
            from_ms: first.map_or(0, |line| line.utc_ms),
            to_ms: last.map_or(0, Line::utc_end_ms),
        });
    }
}

/// The bytes of a span, fewer if the file ends before; nothing of a span longer than any can be.
fn span(file: &mut (impl Read + Seek), offset: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if length <= MAX_FRAGMENT_BYTES {
        file.seek(SeekFrom::Start(offset))?;
        file.take(length).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
