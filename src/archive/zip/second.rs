//! A second opinion on a file that the strict profile accepted.

use std::io::{Read, Seek, SeekFrom};

use zip::{CompressionMethod, ZipArchive};

use super::{Entry, ZipFault};

/// Whether the `zip` crate, which knows the whole format, finds exactly these files in these places.
pub fn agrees<R: Read + Seek>(file: &mut R, entries: &[Entry]) -> Result<(), ZipFault> {
    file.seek(SeekFrom::Start(0))?;
    let ambiguous = |error: zip::result::ZipError| ZipFault::Ambiguous(error.to_string());
    let mut other = ZipArchive::new(file).map_err(ambiguous)?;
    if other.len() != entries.len() {
        return Err(ZipFault::Ambiguous(format!("{} entries", other.len())));
    }
    for (number, entry) in entries.iter().enumerate() {
        let found = other.by_index_raw(number).map_err(ambiguous)?;
        let same = found.name() == entry.name.as_str()
            && found.compression() == CompressionMethod::Stored
            && found.size() == entry.bytes
            && found.compressed_size() == entry.bytes
            && found.crc32() == entry.crc32
            && found.data_start() == Some(entry.data_offset)
            && !found.encrypted()
            && found.is_file();
        if !same {
            return Err(ZipFault::Ambiguous(entry.name.to_string()));
        }
    }
    Ok(())
}
