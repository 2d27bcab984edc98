//! Whole fragments behind a hole, into files of their own: a bad block must not cost the minutes after it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{digest, whole_fragment};
use crate::point::CameraId;
use crate::recording::index::{Index, Line, MAX_LINES};
use crate::recording::mp4::close::{Finished, close, describe, segment_paths};
use crate::recording::mp4::{Fragment, Movie, SoundRun, Track};
use crate::signing::Digest;

/// The first box of a fragment: its length and its name.
const FIRST_BOX: [u8; 8] = *b"\0\0\0\x20prft";
/// Numbers of existing files that are passed over before it is an error.
const MOST_TAKEN: u32 = 10_000;

/// A damaged file and where its whole fragments were looked for.
pub struct Damaged<'a> {
    pub file: &'a mut File,
    pub length: u64,
    pub track: &'a Track,
    pub index: &'a Index,
}

/// A row of fragments that follow each other, the first one beginning with an IDR picture.
type Row = Vec<(Fragment, u64, u64)>;

impl Damaged<'_> {
    /// Copies every row of whole fragments behind `hole` into a segment of its own with a free number
    /// above `number`. Gives the new segments, and how many bytes of the damaged file they hold.
    pub fn salvage(
        &mut self,
        hole: u64,
        folder: &Path,
        camera: &CameraId,
        number: u32,
    ) -> io::Result<(Vec<Finished>, u64)> {
        let (mut salvaged, mut bytes) = (Vec::new(), 0);
        let mut from = hole;
        while let Some(start) = self.next_fragment(from)? {
            let (row, end) = self.row(start)?;
            if !row.is_empty() {
                salvaged.push(self.copy(&row, folder, camera, number)?);
                bytes += row.iter().map(|(fragment, _, head)| head + fragment.payload_bytes()).sum::<u64>();
            }
            from = end;
        }
        Ok((salvaged, bytes))
    }

    /// Where the next whole fragment begins, looking for its first box.
    fn next_fragment(&mut self, from: u64) -> io::Result<Option<u64>> {
        let mut buffer = vec![0; 1024 * 1024];
        let mut at = from;
        loop {
            self.file.seek(SeekFrom::Start(at))?;
            let read = self.file.read(&mut buffer)?;
            if read < FIRST_BOX.len() {
                return Ok(None);
            }
            let found = buffer[..read].windows(FIRST_BOX.len()).position(|window| window == FIRST_BOX);
            match found.map(|found| at + found as u64) {
                Some(start) if self.whole(start)?.is_some() => return Ok(Some(start)),
                Some(start) => at = start + 1,
                None => at += (read - FIRST_BOX.len() + 1) as u64,
            }
        }
    }

    /// A whole fragment that is what the index says of it, if that has a line for its place.
    fn whole(&mut self, offset: u64) -> io::Result<Option<(Fragment, u64)>> {
        let Some((fragment, head)) = whole_fragment(self.file, offset, self.length)? else { return Ok(None) };
        let known = self.index.fragments().iter().find(|line| line.offset == offset);
        let as_written = match known {
            Some(line) => digest(self.file, offset, head + fragment.payload_bytes())? == line.sha256,
            None => true,
        };
        Ok(as_written.then_some((fragment, head)))
    }

    /// The whole fragments from `start` on, without those that no IDR picture begins, and where they end.
    fn row(&mut self, start: u64) -> io::Result<(Row, u64)> {
        let (mut row, mut at) = (Row::new(), start);
        while row.len() + 1 < MAX_LINES
            && let Some((fragment, head)) = self.whole(at)?
        {
            let next = at + head + fragment.payload_bytes();
            if !row.is_empty() || fragment.samples.first().is_some_and(|sample| sample.key) {
                row.push((fragment, at, head));
            }
            at = next;
        }
        Ok((row, at))
    }

    /// The fragments as they were, but numbered and timed from the new file's start.
    fn copy(&mut self, row: &Row, folder: &Path, camera: &CameraId, number: u32) -> io::Result<Finished> {
        let (header, moov) = (Track::open_header(), self.track.initial_moov());
        let mut movie = Movie::new(self.track.clone());
        let mut lines = vec![self.track.line(header.len() as u64, moov.len() as u64, Digest::of(&moov))];
        let begin = row.first().map_or(0, |(fragment, _, _)| fragment.decode_time);
        // The last sound before a fragment's first picture may stand in it: then all begins with that.
        let heard = row.iter().find_map(|(fragment, _, _)| fragment.sound.as_ref());
        let sound_begin = self.track.sound().map_or(0, |format| format.from_movie(begin));
        let sound_begin = heard.map_or(0, |run| run.decode_time.min(sound_begin));
        let moved_sound =
            |run: SoundRun| SoundRun { decode_time: run.decode_time.saturating_sub(sound_begin), ..run };
        let mut copy: Option<(File, u32)> = None;
        for (fragment, offset, head) in row {
            let moved = Fragment {
                number: movie.fragments() + 1,
                decode_time: fragment.decode_time - begin,
                sound: fragment.sound.clone().map(moved_sound),
                ..fragment.clone()
            };
            let mut bytes = moved.head();
            let new_head = bytes.len() as u64;
            self.file.seek(SeekFrom::Start(offset + head))?;
            self.file.take(fragment.payload_bytes()).read_to_end(&mut bytes)?;
            let file = match &mut copy {
                Some((file, _)) => file,
                none => &mut none.insert(create(folder, number, &[&moov[..], &bytes].concat())?).0,
            };
            if movie.fragments() == 0 {
                file.write_all(&[header.as_slice(), &moov].concat())?;
            }
            file.write_all(&bytes)?;
            let end = lines.last().map_or(0, Line::end);
            let foreign = |error| io::Error::new(ErrorKind::InvalidData, error);
            movie.push(&moved, end + new_head).map_err(foreign)?;
            lines.push(moved.line(end, bytes.len() as u64, Digest::of(&bytes)));
        }
        let (mut file, number) = copy.ok_or_else(|| io::Error::other("a row has a fragment"))?;
        let (mp4, idx) = segment_paths(folder, number);
        let mut index = File::create(&idx)?;
        index.write_all(&lines.iter().flat_map(Line::to_bytes).collect::<Vec<u8>>())?;
        index.sync_all()?;
        close(&mut file, &movie, lines.last().map_or(0, Line::end))?;
        describe((&mp4, &idx), camera, number, &lines, true)
    }
}

/// A new `.mp4` with the first free number above `number`, or the one that begins with the same bytes
/// behind its header: a repair that was cut off has made it.
fn create(folder: &Path, number: u32, begin: &[u8]) -> io::Result<(File, u32)> {
    for next in number.saturating_add(1)..number.saturating_add(MOST_TAKEN) {
        let (mp4, idx) = segment_paths(folder, next);
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        match options.clone().create_new(true).open(&mp4) {
            Ok(file) if !idx.try_exists()? => return Ok((file, next)),
            Ok(_) => fs::remove_file(&mp4)?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let mut file = options.open(&mp4)?;
                let mut there = Vec::new();
                file.seek(SeekFrom::Start(Track::open_header().len() as u64))?;
                (&mut file).take(begin.len() as u64).read_to_end(&mut there)?;
                if there == begin {
                    file.set_len(0)?;
                    file.rewind()?;
                    return Ok((file, next));
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(ErrorKind::AlreadyExists, "no number is free"))
}
