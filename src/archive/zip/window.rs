//! A file inside a ZIP, as a file of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::Entry;

/// The bytes of an entry, to be read and sought in. Several can read one file at the same time.
#[derive(Debug)]
pub struct Window<'a> {
    file: &'a File,
    start: u64,
    bytes: u64,
    at: u64,
}

impl<'a> Window<'a> {
    pub fn new(file: &'a File, entry: &Entry) -> Self {
        Self { file, start: entry.data_offset, bytes: entry.bytes, at: 0 }
    }

    /// All bytes of a small entry; none if it is longer than `max`.
    pub fn whole(file: &File, entry: &Entry, max: u64) -> io::Result<Option<Vec<u8>>> {
        if entry.bytes > max {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        Window::new(file, entry).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

impl Read for Window<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.bytes.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let read = read_at(self.file, &mut buffer[..wanted], self.start.saturating_add(self.at))?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

/// Moves the file's own place, which nobody here relies on. Never been built.
#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}
