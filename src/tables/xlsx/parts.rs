//! The files within a workbook.

use std::io::{self, BufReader, Cursor, Read};

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::XlsxFault;

/// So much is unpacked of one file, and so much text kept, at the most: ten times a register of 100,000.
pub(super) const MOST_BYTES: u64 = 128 << 20;

pub(super) struct Book<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Book<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, XlsxFault> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| XlsxFault::NoWorkbook)?;
        Ok(Self { zip })
    }

    /// A file's text, unpacked while it is read; none if there is no such file. More than
    /// [`MOST_BYTES`] is an error of the kind `FileTooLarge`.
    pub fn part(&mut self, name: &str) -> Result<Option<BufReader<Bounded<'_>>>, XlsxFault> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let raw = self.zip.by_index_raw(index).map_err(|_| XlsxFault::NoWorkbook)?;
        if raw.encrypted() {
            return Err(XlsxFault::NoWorkbook);
        }
        let text: Box<dyn Read + '_> = match raw.compression() {
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(raw)),
            _ => return Err(XlsxFault::NoWorkbook),
        };
        Ok(Some(BufReader::new(Bounded { text, left: MOST_BYTES })))
    }
}

/// A text of which no more than that is read.
pub(super) struct Bounded<'a> {
    text: Box<dyn Read + 'a>,
    left: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}
