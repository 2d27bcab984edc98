//! A file inside a ZIP, as a file of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::Entry;

/// The bytes of an entry, to be read and sought in.
#[derive(Debug)]
pub struct Window<'a> {
    file: &'a mut File,
    start: u64,
    bytes: u64,
    at: u64,
}

impl<'a> Window<'a> {
    pub fn new(file: &'a mut File, entry: &Entry) -> Self {
        Self { file, start: entry.data_offset, bytes: entry.bytes, at: 0 }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.bytes.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        self.file.seek(SeekFrom::Start(self.start + self.at))?;
        let read = self.file.read(&mut buffer[..wanted])?;
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
