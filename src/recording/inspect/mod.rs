//! Whether a finished `.mp4` is what its index says, fragment by fragment.

mod piece;
mod through;

use std::io::{self, Read, Seek, SeekFrom};

pub use piece::{Looked, Piece};
pub use through::{Seen, read_through};

use super::index::Index;
use super::mp4::MAX_FRAGMENT_BYTES;

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
pub fn inspect(file: &mut impl Read, index: &Index) -> io::Result<Inspection> {
    Ok(read_through(file, index, &mut |_| Ok(()))?.inspection(index))
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
