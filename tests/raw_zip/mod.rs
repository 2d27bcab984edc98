//! A writer of ZIPs with every field free (APPNOTE.TXT 6.3.10), so that tests can write what no
//! honest program does. Left alone it writes the strict profile, byte for byte.

#![allow(dead_code, reason = "each test program uses some of it")]

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// What local and central header say alike, if they are honest.
#[derive(Clone)]
pub struct Head {
    pub needed: u16,
    pub flags: u16,
    pub method: u16,
    pub time: u16,
    pub date: u16,
    pub crc32: u32,
    pub packed: u32,
    pub unpacked: u32,
    pub name: Vec<u8>,
    pub extra: Vec<u8>,
}

#[derive(Clone)]
pub struct RawEntry {
    pub local: Head,
    pub central: Head,
    pub made_by: u16,
    pub attributes: u32,
    pub comment: Vec<u8>,
    /// Stands before the local header and belongs to nobody.
    pub gap: Vec<u8>,
    pub data: Vec<u8>,
    /// Stands behind the data: a descriptor.
    pub behind: Vec<u8>,
    /// What the central header says of its place. None: where it is.
    pub offset: Option<u32>,
    /// Has no local header and no data; needs an `offset`.
    pub central_only: bool,
    /// Has no central header.
    pub local_only: bool,
}

#[derive(Clone, Default)]
pub struct RawZip {
    pub prefix: Vec<u8>,
    pub entries: Vec<RawEntry>,
    /// Between the last entry and the directory.
    pub gap: Vec<u8>,
    /// Between the directory and the end record: zip64's records.
    pub before_end: Vec<u8>,
    /// Numbers of entries in the directory's order. None: as they stand.
    pub order: Option<Vec<usize>>,
    pub end: End,
    pub suffix: Vec<u8>,
}

/// What the end record says; None: the truth.
#[derive(Clone, Default)]
pub struct End {
    pub disk: u16,
    pub directory_disk: u16,
    pub entries_here: Option<u16>,
    pub entries: Option<u16>,
    pub directory_bytes: Option<u32>,
    pub directory_offset: Option<u32>,
    pub comment: Vec<u8>,
    pub comment_length: Option<u16>,
}

impl RawEntry {
    pub fn new(name: &str, data: &[u8]) -> Self {
        let head = Head {
            needed: 10,
            flags: 0,
            method: 0,
            time: 0,
            date: 0x21,
            crc32: crc32fast::hash(data),
            packed: data.len() as u32,
            unpacked: data.len() as u32,
            name: name.as_bytes().to_vec(),
            extra: Vec::new(),
        };
        Self {
            local: head.clone(),
            central: head,
            made_by: 3 << 8 | 10,
            attributes: 0o100_644 << 16,
            comment: Vec::new(),
            gap: Vec::new(),
            data: data.to_vec(),
            behind: Vec::new(),
            offset: None,
            central_only: false,
            local_only: false,
        }
    }

    /// Changes both headers.
    pub fn both(&mut self, change: impl Fn(&mut Head)) {
        change(&mut self.local);
        change(&mut self.central);
    }
}

impl RawZip {
    pub fn of(files: &[(String, Vec<u8>)]) -> Self {
        let entries = files.iter().map(|(name, data)| RawEntry::new(name, data)).collect();
        Self { entries, ..Self::default() }
    }

    /// The first entry whose name ends so.
    pub fn entry(&mut self, end: &str) -> &mut RawEntry {
        self.entries.iter_mut().find(|entry| entry.local.name.ends_with(end.as_bytes())).unwrap()
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.prefix.clone();
        let mut offsets = Vec::new();
        for entry in &self.entries {
            bytes.extend(&entry.gap);
            offsets.push(bytes.len() as u32);
            if !entry.central_only {
                put_local(&mut bytes, &entry.local);
                bytes.extend(&entry.data);
                bytes.extend(&entry.behind);
            }
        }
        bytes.extend(&self.gap);
        let directory = bytes.len() as u32;
        let order = self.order.clone().unwrap_or_else(|| (0..self.entries.len()).collect());
        let listed: Vec<usize> = order.into_iter().filter(|at| !self.entries[*at].local_only).collect();
        for at in &listed {
            put_central(&mut bytes, &self.entries[*at], offsets[*at]);
        }
        let directory_bytes = bytes.len() as u32 - directory;
        bytes.extend(&self.before_end);
        let end = &self.end;
        let count = listed.len() as u16;
        bytes.extend(b"PK\x05\x06");
        u16s(&mut bytes, &[end.disk, end.directory_disk]);
        u16s(&mut bytes, &[end.entries_here.unwrap_or(count), end.entries.unwrap_or(count)]);
        u32s(&mut bytes, &[end.directory_bytes.unwrap_or(directory_bytes)]);
        u32s(&mut bytes, &[end.directory_offset.unwrap_or(directory)]);
        u16s(&mut bytes, &[end.comment_length.unwrap_or(end.comment.len() as u16)]);
        bytes.extend(&end.comment);
        bytes.extend(&self.suffix);
        bytes
    }
}

fn put_local(bytes: &mut Vec<u8>, head: &Head) {
    bytes.extend(b"PK\x03\x04");
    put_head(bytes, head);
    bytes.extend(&head.name);
    bytes.extend(&head.extra);
}

fn put_central(bytes: &mut Vec<u8>, entry: &RawEntry, offset: u32) {
    bytes.extend(b"PK\x01\x02");
    u16s(bytes, &[entry.made_by]);
    put_head(bytes, &entry.central);
    u16s(bytes, &[entry.comment.len() as u16, 0, 0]);
    u32s(bytes, &[entry.attributes, entry.offset.unwrap_or(offset)]);
    bytes.extend(&entry.central.name);
    bytes.extend(&entry.central.extra);
    bytes.extend(&entry.comment);
}

fn put_head(bytes: &mut Vec<u8>, head: &Head) {
    u16s(bytes, &[head.needed, head.flags, head.method, head.time, head.date]);
    u32s(bytes, &[head.crc32, head.packed, head.unpacked]);
    u16s(bytes, &[head.name.len() as u16, head.extra.len() as u16]);
}

/// A ZIP of `files` of one part, each with this many more bytes of zeros than it is given: holes on the disk.
pub fn sparse(path: &Path, part: &str, files: &[(&str, &[u8], u32)]) {
    let mut file = File::create(path).unwrap();
    let (mut at, mut directory) = (0u64, Vec::new());
    for (name, data, zeros) in files {
        let mut entry = RawEntry::new(&format!("{part}/{name}"), data);
        let length = data.len() as u32 + zeros;
        entry.both(|head| (head.packed, head.unpacked) = (length, length));
        let alone = RawZip { entries: vec![entry], ..RawZip::default() }.bytes();
        let local = 30 + part.len() + 1 + name.len() + data.len();
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(&alone[..local]).unwrap();
        let central = alone[local..alone.len() - 22].to_vec();
        directory.push((central, at as u32));
        at += local as u64 + u64::from(*zeros);
    }
    let mut tail = Vec::new();
    for (mut central, offset) in directory {
        central[42..46].copy_from_slice(&offset.to_le_bytes());
        tail.extend(central);
    }
    let bytes = tail.len() as u32;
    tail.extend(b"PK\x05\x06\0\0\0\0");
    u16s(&mut tail, &[files.len() as u16, files.len() as u16]);
    u32s(&mut tail, &[bytes, at as u32]);
    u16s(&mut tail, &[0]);
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&tail).unwrap();
}

pub fn u16s(bytes: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
}

pub fn u32s(bytes: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
}
