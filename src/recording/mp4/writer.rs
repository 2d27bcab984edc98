//! One segment while it is written: an `.mp4` and the `.idx` beside it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::assemble::{Assembler, Frame};
use super::close::{Finished, append, describe, mark, segment_paths};
use super::queue::SoundQueue;
use super::{Fragment, MAX_FILE_BYTES, Movie, SoundFormat, Track};
use crate::point::CameraId;
use crate::recording::index::{Line, MAX_LINES};
use crate::signing::Digest;

/// A coded frame larger than this is no picture of a camera.
const MAX_FRAME_BYTES: usize = 16 * 1024 * 1024;
/// Room that the final `moov` is left within [`MAX_FILE_BYTES`].
const CLOSE_BYTES: u64 = 64 * 1024 * 1024;

/// A segment that is being written. What it has on the disk is always a row of whole fragments:
/// after an error the file is cut back to its last one. Dropped without being closed,
/// it leaves a file that repair closes.
#[derive(Debug)]
pub struct SegmentWriter {
    mp4: (PathBuf, File),
    idx: (PathBuf, File),
    number: u32,
    movie: Movie,
    /// None after a fragment could not be written: nothing can follow it.
    assembler: Option<Assembler>,
    /// The sound that waits for its fragment; none in a file without.
    sound: Option<SoundQueue>,
    lines: Vec<Line>,
    /// Where the last whole fragment ends.
    end: u64,
    /// How much of the index is on the disk, and what is not yet.
    idx_end: u64,
    idx_rest: Vec<u8>,
}

impl SegmentWriter {
    /// Begins a segment; neither of its files may exist.
    pub fn create(folder: &Path, number: u32, track: Track) -> io::Result<Self> {
        let (mp4, idx) = segment_paths(folder, number);
        let new = |path: &Path| OpenOptions::new().read(true).write(true).create_new(true).open(path);
        let mp4_file = new(&mp4)?;
        let idx_file = match new(&idx) {
            Ok(file) => file,
            Err(error) => {
                drop(mp4_file);
                // Ours and still empty; the error of the index is the one to tell.
                let _ = fs::remove_file(&mp4);
                return Err(error);
            }
        };
        let mut writer = Self {
            mp4: (mp4, mp4_file),
            idx: (idx, idx_file),
            number,
            sound: track.sound().cloned().map(SoundQueue::new),
            movie: Movie::new(track),
            assembler: Some(Assembler::default()),
            lines: Vec::new(),
            end: 0,
            idx_end: 0,
            idx_rest: Vec::new(),
        };
        match writer.begin() {
            Ok(()) => Ok(writer),
            Err(error) => {
                writer.discard();
                Err(error)
            }
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        let header = Track::open_header();
        let moov = self.movie.track().initial_moov();
        self.mp4.1.write_all(&[header.as_slice(), &moov].concat())?;
        let offset = header.len() as u64;
        self.end = offset + moov.len() as u64;
        self.add_line(self.movie.track().line(offset, moov.len() as u64, Digest::of(&moov)));
        self.write_index()
    }

    /// Takes the next frame and writes the fragment that it completes; gives that fragment's line.
    pub fn push(&mut self, frame: Frame) -> io::Result<Option<Line>> {
        if frame.nals.is_empty() || frame.nals.len() > MAX_FRAME_BYTES {
            return Err(io::Error::new(ErrorKind::InvalidData, "a frame of an impossible size"));
        }
        let assembler = self.assembler.as_mut();
        let ready = assembler.ok_or_else(|| io::Error::other("an earlier fragment is missing"))?.push(frame);
        match ready {
            Some((fragment, frames)) => self.write(fragment, &frames).map(Some),
            None => Ok(None),
        }
    }

    /// How its sound is coded; none in a file without.
    pub fn sound(&self) -> Option<&SoundFormat> {
        self.movie.track().sound()
    }

    /// Takes a packet of sound that begins at `at`, in the pictures' ticks from the file's first frame;
    /// it goes into the fragment that is written next. False if it has no place there.
    pub fn push_sound(&mut self, at: i64, duration: u32, data: &[u8]) -> bool {
        self.sound.as_mut().is_some_and(|sound| sound.push(at, duration, data))
    }

    /// Writes what is open as a fragment of its own.
    pub fn flush(&mut self) -> io::Result<Option<Line>> {
        match self.assembler.as_mut().and_then(Assembler::flush) {
            Some((fragment, frames)) => self.write(fragment, &frames).map(Some),
            None => Ok(None),
        }
    }

    /// When the oldest frame that is not yet on the disk arrived, by the monotonic clock.
    pub fn open_since_ms(&self) -> Option<u64> {
        self.assembler.as_ref()?.open_since_ms()
    }

    /// No further fragment may be added: a new segment has to begin.
    pub fn is_full(&self) -> bool {
        self.end + 2 * super::MAX_FRAGMENT_BYTES + CLOSE_BYTES > MAX_FILE_BYTES
            || self.lines.len() + 2 > MAX_LINES
    }

    /// Another handle of the `.mp4`, to sync it on another thread.
    pub fn handle(&self) -> io::Result<File> {
        self.mp4.1.try_clone()
    }

    /// Other handles of both files.
    pub fn handles(&self) -> io::Result<Vec<File>> {
        Ok(vec![self.mp4.1.try_clone()?, self.idx.1.try_clone()?])
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    /// Whether a fragment is on the disk.
    pub fn has_fragments(&self) -> bool {
        self.movie.fragments() > 0
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Writes what is open, the rest of the index and the final `moov`; all of it has to be synced before
    /// [`SegmentWriter::mark_closed`]. There must be a fragment. After an error it may be tried again.
    pub fn end_movie(&mut self) -> io::Result<()> {
        self.flush()?;
        self.write_index()?;
        append(&mut self.mp4.1, &self.movie, self.end)
    }

    /// Makes it an ordinary MP4; to be synced. After an error it may be tried again.
    pub fn mark_closed(&mut self) -> io::Result<()> {
        mark(&mut self.mp4.1, self.end)
    }

    /// Reads both files back for their hashes.
    pub fn describe(&self, camera: &CameraId) -> io::Result<Finished> {
        describe((&self.mp4.0, &self.idx.0), camera, self.number, &self.lines, false)
    }

    /// Removes a segment that has no fragment yet.
    pub fn discard(&mut self) {
        if self.movie.fragments() == 0 {
            // Nothing recorded is in them; one left behind is removed by repair.
            let _ = fs::remove_file(&self.mp4.0);
            let _ = fs::remove_file(&self.idx.0);
        }
    }

    fn write(&mut self, mut fragment: Fragment, frames: &[Frame]) -> io::Result<Line> {
        let sound = self.sound.as_mut().and_then(SoundQueue::take);
        let (run, sound) = sound.map_or((None, Vec::new()), |(run, bytes)| (Some(run), bytes));
        fragment.sound = run;
        let mut bytes = fragment.head();
        let head = bytes.len() as u64;
        frames.iter().for_each(|frame| bytes.extend_from_slice(&frame.nals));
        bytes.extend(sound);
        let length = bytes.len() as u64;
        let written = self.mp4.1.seek(SeekFrom::Start(self.end)).and_then(|_| self.mp4.1.write_all(&bytes));
        if let Err(error) = written {
            // The first error is the one to tell; repair cuts what could not be cut here.
            let _ = self.mp4.1.set_len(self.end);
            self.assembler = None;
            return Err(error);
        }
        self.movie
            .push(&fragment, self.end + head)
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
        let line = fragment.line(self.end, length, Digest::of(&bytes));
        self.end += length;
        self.add_line(line.clone());
        // The index can be rebuilt from the fragment: an error shows when the segment is closed.
        let _ = self.write_index();
        Ok(line)
    }

    fn add_line(&mut self, line: Line) {
        self.idx_rest.extend(line.to_bytes());
        self.lines.push(line);
    }

    fn write_index(&mut self) -> io::Result<()> {
        if self.idx_rest.is_empty() {
            return Ok(());
        }
        self.idx.1.seek(SeekFrom::Start(self.idx_end))?;
        self.idx.1.write_all(&self.idx_rest)?;
        self.idx_end += self.idx_rest.len() as u64;
        self.idx_rest.clear();
        Ok(())
    }
}
