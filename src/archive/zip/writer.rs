//! A ZIP that grows for hours and may be cut off at any byte.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::header::{self, CENTRAL_BYTES, END_BYTES, End, LOCAL_BYTES};
use super::{Entry, EntryName, MAX_BYTES, MAX_ENTRIES, reader};
use crate::signing::{Digest, Hasher};

/// How much is read and written at once.
const PIECE_BYTES: usize = 1024 * 1024;

/// Appends entries to a file. An entry's header is written behind its bytes, but only
/// [`sync`](Self::sync) makes sure of both: whoever finds a header after a power cut holds the bytes to
/// its CRC. The directory is written at the end.
#[derive(Debug)]
pub struct ZipWriter {
    file: File,
    entries: Vec<Entry>,
    /// Where the next entry begins.
    end: u64,
}

impl ZipWriter {
    /// Begins an empty file.
    pub fn new(file: File) -> io::Result<Self> {
        file.set_len(0)?;
        Ok(Self { file, entries: Vec::new(), end: 0 })
    }

    /// Goes on behind the last of `entries`, which stand in the file one right behind the other;
    /// what follows them is cut off.
    pub fn after(file: File, entries: Vec<Entry>) -> io::Result<Self> {
        let end = entries.last().map_or(0, Entry::end);
        file.set_len(end)?;
        file.sync_all()?;
        Ok(Self { file, entries, end })
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// How large the file would be if it were finished now.
    pub fn finished_bytes(&self) -> u64 {
        let directory: u64 = self.entries.iter().map(|entry| central_bytes(&entry.name)).sum();
        self.end + directory + END_BYTES as u64
    }

    /// How much larger the finished file gets with an entry of this name and length.
    pub fn entry_bytes(name: &EntryName, bytes: u64) -> u64 {
        (LOCAL_BYTES + name.as_str().len()) as u64 + bytes + central_bytes(name)
    }

    /// Appends all that `source` gives and returns once it is on disk; with its SHA-256.
    pub fn append(&mut self, name: EntryName, source: &mut dyn Read) -> io::Result<(Entry, Digest)> {
        let mut source = Hashed::new(source);
        let entry = self.write(name, &mut source)?;
        self.sync()?;
        Ok((entry, source.finish()))
    }

    /// Appends all that `source` gives; it is on disk after the next [`sync`](Self::sync). A name that is
    /// taken, or more than fits, is `InvalidInput` and `FileTooLarge`. After an error the file ends as it
    /// did before, as far as the disk allows.
    pub fn write(&mut self, name: EntryName, source: &mut dyn Read) -> io::Result<Entry> {
        if self.entries.len() == MAX_ENTRIES || self.entries.iter().any(|entry| entry.name == name) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let result = self.write_entry(name, source);
        match &result {
            Ok(entry) => {
                self.end = entry.end();
                self.entries.push(entry.clone());
            }
            Err(_) => {
                // The error that is returned says more than one of the clean-up would.
                let _ = self.file.set_len(self.end);
            }
        }
        result
    }

    pub fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn write_entry(&mut self, name: EntryName, source: &mut dyn Read) -> io::Result<Entry> {
        let room = MAX_BYTES.saturating_sub(self.finished_bytes() + Self::entry_bytes(&name, 0));
        let data_offset = self.end + (LOCAL_BYTES + name.as_str().len()) as u64;
        self.file.seek(SeekFrom::Start(data_offset))?;
        let (mut crc, mut bytes) = (crc32fast::Hasher::new(), 0);
        each_piece(source, &mut |piece| {
            bytes += piece.len() as u64;
            if bytes > room {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            crc.update(piece);
            self.file.write_all(piece)
        })?;
        let crc32 = crc.finalize();
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&header::local(crc32, bytes as u32, &name))?;
        Ok(Entry { name, crc32, bytes, header_offset: self.end, data_offset })
    }

    /// Writes the directory and the end record, and returns once the file is on disk.
    pub fn finish(mut self) -> io::Result<File> {
        let mut tail = Vec::new();
        for entry in &self.entries {
            let (bytes, offset) = (entry.bytes as u32, entry.header_offset as u32);
            tail.extend_from_slice(&header::central(entry.crc32, bytes, &entry.name, offset));
        }
        let end = End {
            entries: self.entries.len() as u16,
            directory_bytes: tail.len() as u32,
            directory_offset: self.end as u32,
        };
        tail.extend_from_slice(&header::end(&end));
        self.file.set_len(self.end)?;
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&tail)?;
        self.file.sync_all()?;
        Ok(self.file)
    }
}

/// The entries that an unfinished file holds whole, with the SHA-256 of their bytes, up to the first
/// whose name `wanted` refuses.
///
/// The first `taken` were on disk once. One of them that fails its CRC got damaged since: `InvalidData`,
/// so that nobody cuts off the whole ones behind it. One behind them that fails is torn: it is left out
/// with all that follow, which their writer still has.
pub fn recovered_entries(
    file: &mut File,
    taken: usize,
    wanted: &dyn Fn(&EntryName) -> bool,
) -> Result<Vec<(Entry, Digest)>, super::ZipFault> {
    let (entries, _) = reader::walk(file)?;
    let mut whole = Vec::with_capacity(entries.len());
    for entry in entries.into_iter().take_while(|entry| wanted(&entry.name)) {
        let (crc32, digest) = checksums(&mut reader::contents(file, &entry)?)?;
        if crc32 == entry.crc32 {
            whole.push((entry, digest));
        } else if whole.len() < taken {
            let damaged = format!("{} is damaged", entry.name);
            return Err(io::Error::new(io::ErrorKind::InvalidData, damaged).into());
        } else {
            break;
        }
    }
    Ok(whole)
}

/// Takes the SHA-256 of what is read through it.
pub struct Hashed<'a> {
    source: &'a mut dyn Read,
    hasher: Hasher,
}

impl<'a> Hashed<'a> {
    pub fn new(source: &'a mut dyn Read) -> Self {
        Self { source, hasher: Hasher::new() }
    }

    pub fn finish(self) -> Digest {
        self.hasher.finish()
    }
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        Ok(read)
    }
}

/// CRC-32 and SHA-256 of all that `source` gives.
pub(super) fn checksums(source: &mut dyn Read) -> io::Result<(u32, Digest)> {
    let (mut hasher, mut crc) = (Hasher::new(), crc32fast::Hasher::new());
    each_piece(source, &mut |piece| {
        hasher.update(piece);
        crc.update(piece);
        Ok(())
    })?;
    Ok((crc.finalize(), hasher.finish()))
}

fn each_piece(source: &mut dyn Read, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = vec![0; PIECE_BYTES];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => take(&buffer[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn central_bytes(name: &EntryName) -> u64 {
    (CENTRAL_BYTES + name.as_str().len()) as u64
}
