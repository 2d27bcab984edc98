//! The three headers of a ZIP (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16), in the one form
//! that the strict profile allows. Every field but name, CRC, size and place is fixed.

use super::name::{BadName, EntryName};

pub const LOCAL_BYTES: usize = 30;
pub const CENTRAL_BYTES: usize = 46;
pub const END_BYTES: usize = 22;

const LOCAL_SIGNATURE: u32 = 0x0403_4b50;
const CENTRAL_SIGNATURE: u32 = 0x0201_4b50;
const END_SIGNATURE: u32 = 0x0605_4b50;
/// A stored file needs version 1.0.
const VERSION_NEEDED: u16 = 10;
/// Version 1.0, attributes as Unix has them.
const VERSION_MADE_BY: u16 = 3 << 8 | 10;
/// 1980-01-01 00:00, the earliest that the format knows: the bag's own files say when.
const TIME: u16 = 0;
const DATE: u16 = 1 << 5 | 1;
/// A regular file, `rw-r--r--`.
const ATTRIBUTES: u32 = 0o100_644 << 16;

/// What is not fixed of an entry, without its name and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    pub crc32: u32,
    pub bytes: u32,
    pub name_bytes: u16,
}

/// What is not fixed of the end record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub entries: u16,
    pub directory_bytes: u32,
    pub directory_offset: u32,
}

/// A header that is not in the form allowed: which field is first to differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("field {0}")]
pub struct BadField(pub &'static str);

pub fn local(crc32: u32, bytes: u32, name: &EntryName) -> Vec<u8> {
    let mut header = Fields(Vec::with_capacity(LOCAL_BYTES + name.as_str().len()));
    header.u32(LOCAL_SIGNATURE);
    header.common(crc32, bytes, name);
    header.0.extend_from_slice(name.as_str().as_bytes());
    header.0
}

pub fn central(crc32: u32, bytes: u32, name: &EntryName, header_offset: u32) -> Vec<u8> {
    let mut header = Fields(Vec::with_capacity(CENTRAL_BYTES + name.as_str().len()));
    header.u32(CENTRAL_SIGNATURE);
    header.u16(VERSION_MADE_BY);
    header.common(crc32, bytes, name);
    header.u16(0); // comment length
    header.u16(0); // disk number
    header.u16(0); // internal attributes
    header.u32(ATTRIBUTES);
    header.u32(header_offset);
    header.0.extend_from_slice(name.as_str().as_bytes());
    header.0
}

pub fn end(end: &End) -> Vec<u8> {
    let mut header = Fields(Vec::with_capacity(END_BYTES));
    header.u32(END_SIGNATURE);
    header.u16(0); // this disk
    header.u16(0); // the directory's disk
    header.u16(end.entries);
    header.u16(end.entries);
    header.u32(end.directory_bytes);
    header.u32(end.directory_offset);
    header.u16(0); // comment length
    header.0
}

/// Reads a local header without its name.
pub fn parse_local(bytes: &[u8; LOCAL_BYTES]) -> Result<Local, BadField> {
    let mut fields = Reader(bytes);
    fields.expect("signature", u64::from(LOCAL_SIGNATURE), 4)?;
    fields.common()
}

/// How far it is to the end of the bytes behind any local header, whatever else it says; none if none
/// begins here.
pub fn local_span(bytes: &[u8; LOCAL_BYTES]) -> Option<u64> {
    let mut fields = Reader(bytes);
    fields.expect("signature", u64::from(LOCAL_SIGNATURE), 4).ok()?;
    for width in [2, 2, 2, 2, 2, 4] {
        // Version, flags, method, time, date, CRC.
        fields.take(width);
    }
    let packed = fields.take(4);
    fields.take(4);
    Some(LOCAL_BYTES as u64 + fields.take(2) + fields.take(2) + packed)
}

/// Reads a central header without its name; also gives where the local one stands.
pub fn parse_central(bytes: &[u8; CENTRAL_BYTES]) -> Result<(Local, u32), BadField> {
    let mut fields = Reader(bytes);
    fields.expect("signature", u64::from(CENTRAL_SIGNATURE), 4)?;
    fields.expect("version made by", VERSION_MADE_BY.into(), 2)?;
    let local = fields.common()?;
    fields.expect("comment length", 0, 2)?;
    fields.expect("disk number", 0, 2)?;
    fields.expect("internal attributes", 0, 2)?;
    fields.expect("external attributes", ATTRIBUTES.into(), 4)?;
    Ok((local, fields.take(4) as u32))
}

pub fn parse_end(bytes: &[u8; END_BYTES]) -> Result<End, BadField> {
    let mut fields = Reader(bytes);
    fields.expect("end signature", END_SIGNATURE.into(), 4)?;
    fields.expect("disk", 0, 2)?;
    fields.expect("directory's disk", 0, 2)?;
    let entries = fields.take(2);
    fields.expect("number of entries", entries, 2)?;
    let end = End {
        entries: entries as u16,
        directory_bytes: fields.take(4) as u32,
        directory_offset: fields.take(4) as u32,
    };
    fields.expect("comment length", 0, 2)?;
    Ok(end)
}

/// The name that stands behind a header.
pub fn parse_name(bytes: &[u8]) -> Result<EntryName, BadName> {
    std::str::from_utf8(bytes).map_err(|_| BadName::Character)?.parse()
}

struct Fields(Vec<u8>);

impl Fields {
    fn u16(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// The fields that local and central header have alike.
    fn common(&mut self, crc32: u32, bytes: u32, name: &EntryName) {
        self.u16(VERSION_NEEDED);
        self.u16(0); // flags
        self.u16(0); // method: stored
        self.u16(TIME);
        self.u16(DATE);
        self.u32(crc32);
        self.u32(bytes); // compressed
        self.u32(bytes); // uncompressed
        self.u16(name.as_str().len() as u16); // at most `EntryName::MAX_BYTES`
        self.u16(0); // extra length
    }
}

/// Reads little-endian fields from a header of the right length.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// The next field of `width` bytes; a header that is too short reads as zeros.
    fn take(&mut self, width: usize) -> u64 {
        let (field, rest) = self.0.split_at(width.min(self.0.len()));
        self.0 = rest;
        field.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
    }

    fn expect(&mut self, field: &'static str, value: u64, width: usize) -> Result<(), BadField> {
        if self.take(width) == value { Ok(()) } else { Err(BadField(field)) }
    }

    fn common(&mut self) -> Result<Local, BadField> {
        self.expect("version needed", VERSION_NEEDED.into(), 2)?;
        self.expect("flags", 0, 2)?;
        self.expect("method", 0, 2)?;
        self.expect("time", TIME.into(), 2)?;
        self.expect("date", DATE.into(), 2)?;
        let crc32 = self.take(4) as u32;
        let bytes = self.take(4);
        self.expect("size", bytes, 4)?;
        let name_bytes = self.take(2) as u16;
        self.expect("extra length", 0, 2)?;
        Ok(Local { crc32, bytes: bytes as u32, name_bytes })
    }
}
