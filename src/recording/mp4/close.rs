//! Making an ordinary MP4 of a file whose fragments are all written.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::Movie;
use crate::journal::{Segment, VideoHead};
use crate::point::CameraId;
use crate::recording::index::Line;
use crate::signing::Digest;
use crate::signing::merkle::MerkleTree;

/// A closed segment, as it stands on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub mp4: PathBuf,
    pub idx: PathBuf,
    pub segment: Segment,
    /// What its whole index holds.
    pub head: VideoHead,
}

/// Ends a file that a crash left open: [`append`], then [`mark`], each synced before what follows, so
/// that a crash between leaves a file that repair closes again.
pub fn close(file: &mut File, movie: &Movie, end: u64) -> io::Result<()> {
    append(file, movie, end)?;
    file.sync_data()?;
    mark(file, end)?;
    file.sync_data()
}

/// Writes the final `moov` at `end`. On an error the file ends at `end` again.
pub fn append(file: &mut File, movie: &Movie, end: u64) -> io::Result<()> {
    let appended = (|| {
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        file.write_all(&movie.final_moov())
    })();
    if appended.is_err() {
        // The first error is the one to tell; a longer file is cut by repair too.
        let _ = file.set_len(end);
    }
    appended
}

/// Changes the header to that of an ordinary MP4 whose `moov` stands at `end`, where it must be on the
/// disk by now.
pub fn mark(file: &mut File, end: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&Movie::closed_header(end))
}

/// Reads both files back for their hashes. `lines` are those of the index, with at least one fragment.
pub fn describe(
    paths: (&Path, &Path),
    camera: &CameraId,
    number: u32,
    lines: &[Line],
    repaired: bool,
) -> io::Result<Finished> {
    let (mp4, idx) = paths;
    let (sha256, bytes) = Digest::of_reader(&mut File::open(mp4)?)?;
    let (index_sha256, _) = Digest::of_reader(&mut File::open(idx)?)?;
    let fragments = lines.get(1..).unwrap_or_default();
    let mut tree = MerkleTree::new();
    lines.iter().for_each(|line| tree.push(&line.to_bytes()));
    let head = VideoHead { camera: camera.clone(), segment: number, lines: tree.size(), root: tree.root() };
    Ok(Finished {
        mp4: mp4.to_owned(),
        idx: idx.to_owned(),
        head,
        segment: Segment {
            camera: camera.clone(),
            segment: number,
            from_ms: fragments.first().map_or(0, |line| line.utc_ms),
            to_ms: fragments.last().map_or(0, Line::utc_end_ms),
            frames: fragments.iter().map(|line| u64::from(line.frames)).sum(),
            bytes,
            sha256,
            index_sha256,
            repaired,
        },
    })
}

/// `<folder>/000042.mp4` and `<folder>/000042.idx`.
pub fn segment_paths(folder: &Path, number: u32) -> (PathBuf, PathBuf) {
    (folder.join(format!("{number:06}.mp4")), folder.join(format!("{number:06}.idx")))
}

/// Whether the NAL units fill exactly `length` bytes, each behind its length in four bytes, none
/// empty. Reads `length` bytes if they do.
pub fn nals_fill(reader: &mut BufReader<impl Read>, length: u64) -> io::Result<bool> {
    let mut rest = length;
    while rest > 0 {
        let mut size = [0; 4];
        if rest < 5 {
            return Ok(false);
        }
        reader.read_exact(&mut size)?;
        let size = u64::from(u32::from_be_bytes(size));
        rest -= 4;
        if size == 0 || size > rest {
            return Ok(false);
        }
        io::copy(&mut reader.take(size), &mut io::sink())?;
        rest -= size;
    }
    Ok(length > 0)
}
