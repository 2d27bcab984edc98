//! Closing a segment that a crash left open: cut to its last whole fragment, nothing else changed. What
//! is whole behind a hole goes into segments of its own.

mod salvage;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::index::{Index, Line, MAX_INDEX_BYTES, MAX_LINES};
use super::mp4::close::{Finished, close, describe, nals_fill, segment_paths};
use super::mp4::{Fragment, Movie, Track};
use crate::durable::sync_folder;
use crate::point::CameraId;
use crate::signing::{Digest, Hasher};
use salvage::Damaged;

/// What came of looking at a segment after a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The segment, closed; `repaired` unless it already was. None if it held no whole fragment: both
    /// files were removed.
    pub finished: Option<Finished>,
    /// Segments made of what was whole behind a hole, in the order of their pictures.
    pub salvaged: Vec<Finished>,
    /// What was neither kept nor salvaged.
    pub cut_bytes: u64,
}

/// Closes segment `number` in `folder`. Only for segments that no record of the journal names yet.
/// A file that is no recording at all is [`ErrorKind::InvalidData`] and stays as it is.
pub fn repair(folder: &Path, camera: &CameraId, number: u32) -> io::Result<Repair> {
    let (mp4, idx) = segment_paths(folder, number);
    let mut file = OpenOptions::new().read(true).write(true).open(&mp4)?;
    let index_bytes = read_index(&idx)?;
    let (index, _) = Index::parse_prefix(&index_bytes);
    let length = file.metadata()?.len();
    let Some(Found { movie, lines, end }) = walk(&mut file, length, &index)? else {
        remove(&mp4, &idx)?;
        return Ok(Repair { finished: None, salvaged: Vec::new(), cut_bytes: length });
    };
    let tail_is_ours = movie.fragments() > 0 && tail(&mut file, end, length)? == movie.final_moov();
    let (salvaged, kept) = match tail_is_ours {
        true => (Vec::new(), length - end),
        false => {
            let mut damaged = Damaged { file: &mut file, length, track: movie.track(), index: &index };
            damaged.salvage(end, folder, camera, number)?
        }
    };
    if movie.fragments() == 0 {
        remove(&mp4, &idx)?;
        return Ok(Repair { finished: None, salvaged, cut_bytes: length - kept });
    }
    let cut_bytes = length - end - kept;
    let closed = tail_is_ours && header(&mut file)? == Movie::closed_header(end);
    let lines_bytes: Vec<u8> = lines.iter().flat_map(Line::to_bytes).collect();
    let whole = closed && lines_bytes == index_bytes;
    if lines_bytes != index_bytes {
        replace(&idx, &lines_bytes)?;
    }
    if !closed {
        close(&mut file, &movie, end)?;
    }
    if !whole {
        sync_folder(folder)?;
    }
    let finished = describe((&mp4, &idx), camera, number, &lines, !whole)?;
    Ok(Repair { finished: Some(finished), salvaged, cut_bytes })
}

fn remove(mp4: &Path, idx: &Path) -> io::Result<()> {
    fs::remove_file(mp4)?;
    if idx.try_exists()? {
        fs::remove_file(idx)?;
    }
    Ok(())
}

struct Found {
    movie: Movie,
    lines: Vec<Line>,
    /// Where the last whole fragment ends.
    end: u64,
}

/// Goes through the fragments up to the first that is not whole. None if not even the initial `moov`
/// is there.
fn walk(file: &mut File, length: u64, index: &Index) -> io::Result<Option<Found>> {
    let open = Track::open_header();
    let start = header(file)?;
    if start.len() < open.len() {
        return Ok(None);
    }
    let same_type = start[..start.len() - 16] == open[..open.len() - 16];
    if !same_type || !(start == open || &start[start.len() - 4..] == b"mdat") {
        return Err(io::Error::new(ErrorKind::InvalidData, "not a recording"));
    }
    let Ok((track, moov_bytes)) = Track::read(&mut BufReader::new(&mut *file)) else { return Ok(None) };
    let first = open.len() as u64;
    let lines = vec![track.line(first, moov_bytes, digest(file, first, moov_bytes)?)];
    let mut found = Found { movie: Movie::new(track), lines, end: first + moov_bytes };
    while found.lines.len() < MAX_LINES {
        let Some((fragment, head)) = whole_fragment(file, found.end, length)? else { break };
        let span = head + fragment.payload_bytes();
        let line = fragment.line(found.end, span, digest(file, found.end, span)?);
        // A line that was written says what was meant to be on the disk.
        let known = index.lines().get(found.lines.len());
        if known.is_some_and(|known| *known != line) || found.movie.push(&fragment, found.end + head).is_err()
        {
            break;
        }
        found.end = line.end();
        found.lines.push(line);
    }
    Ok(Some(found))
}

/// The fragment at `offset`, if it is there to its last byte, its NAL units fill its pictures, and its
/// sound is no hole of zeros.
fn whole_fragment(file: &mut File, offset: u64, length: u64) -> io::Result<Option<(Fragment, u64)>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut reader = BufReader::new(file);
    let Ok((fragment, head)) = Fragment::read(&mut reader) else { return Ok(None) };
    if offset + head + fragment.payload_bytes() > length {
        return Ok(None);
    }
    for sample in &fragment.samples {
        if !nals_fill(&mut reader, sample.size.into())? {
            return Ok(None);
        }
    }
    for packet in fragment.sound.iter().flat_map(|sound| &sound.samples) {
        let mut bytes = Vec::new();
        reader.by_ref().take(packet.size.into()).read_to_end(&mut bytes)?;
        if bytes.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
    }
    Ok(Some((fragment, head)))
}

/// The leading bytes, as many as a header has; the file then stands behind them.
fn header(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(Track::open_header().len() as u64).read_to_end(&mut bytes)?;
    file.seek(SeekFrom::Start(bytes.len() as u64))?;
    Ok(bytes)
}

/// What stands behind the fragments, as far as a final `moov` could be long.
fn tail(file: &mut File, end: u64, length: u64) -> io::Result<Vec<u8>> {
    const MAX_MOOV_BYTES: u64 = 64 * 1024 * 1024;
    let mut bytes = Vec::new();
    if length - end <= MAX_MOOV_BYTES {
        file.seek(SeekFrom::Start(end))?;
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn digest(file: &mut File, offset: u64, length: u64) -> io::Result<Digest> {
    file.seek(SeekFrom::Start(offset))?;
    let mut reader = file.take(length);
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(&buffer[..read]),
        }
    }
}

fn read_index(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(MAX_INDEX_BYTES).read_to_end(&mut bytes)?,
        Err(error) if error.kind() == ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    Ok(bytes)
}

/// Puts a whole new file in the place of another: readers see the one or the other.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("idx-new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)
}
