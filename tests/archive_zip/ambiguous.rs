//! ZIPs that two programs read differently, by the classes of You, Chen and others, "My ZIP isn't your
//! ZIP: Identifying and Exploiting Semantic Gaps Between ZIP Parsers" (USENIX Security 2025), of APPNOTE.TXT
//! and of what is known to have been exploited. Each alone, and every two of them in one file.

use std::collections::BTreeSet;
use std::io::Cursor;

use invigil::archive::zip;

use crate::raw_zip::{RawEntry, RawZip, u16s, u32s};

type Change = fn(&mut RawZip);

/// Changes that an honest program never makes.
const CLASSES: &[(&str, Change)] = &[
    // The two headers of an entry differ, or one says a thing in two ways.
    ("name differs", |zip| first(zip).local.name = b"x-01/data/b".to_vec()),
    ("name differs in length", |zip| first(zip).local.name = b"x-01/data/longer".to_vec()),
    ("method differs", |zip| first(zip).local.method = 8),
    ("method of the directory differs", |zip| first(zip).central.method = 8),
    ("method unknown", |zip| first(zip).both(|head| head.method = 99)),
    ("deflated", |zip| deflated(first(zip), &[0x4b, 0x04, 0x00], b"a")),
    ("deflate bomb", |zip| {
        deflated(first(zip), &[0xed, 0xfd, 0xff, 0xff], b"");
        first(zip).both(|head| head.unpacked = u32::MAX - 1);
    }),
    ("local size is less", |zip| (first(zip).local.packed, first(zip).local.unpacked) = (1, 1)),
    ("local size is more", |zip| (first(zip).local.packed, first(zip).local.unpacked) = (90, 90)),
    ("central size is less", |zip| (first(zip).central.packed, first(zip).central.unpacked) = (1, 1)),
    ("central size is more", |zip| (first(zip).central.packed, first(zip).central.unpacked) = (90, 90)),
    ("packed is not unpacked", |zip| first(zip).both(|head| head.unpacked = 2)),
    ("size of zip64", |zip| first(zip).both(|head| (head.packed, head.unpacked) = (u32::MAX, u32::MAX))),
    ("zip64 field of an entry", |zip| {
        first(zip).both(|head| {
            (head.packed, head.unpacked) = (u32::MAX, u32::MAX);
            head.extra = field(1, &[3, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        })
    }),
    ("zip64 field that nobody asked for", |zip| first(zip).both(|head| head.extra = field(1, &[9; 16]))),
    ("CRC differs", |zip| first(zip).local.crc32 = 1),
    ("CRC differs in the directory", |zip| first(zip).central.crc32 = 2),
    ("descriptor", |zip| descriptor(zip, true, true)),
    ("descriptor without a signature", |zip| descriptor(zip, false, true)),
    ("descriptor that lies", |zip| descriptor(zip, true, false)),
    ("descriptor's flag alone", |zip| first(zip).both(|head| head.flags = 8)),
    ("descriptor's flag in one header", |zip| first(zip).local.flags = 8),
    ("encrypted", |zip| first(zip).both(|head| head.flags = 1)),
    ("encrypted directory", |zip| first(zip).both(|head| head.flags = 1 << 13)),
    ("patch data", |zip| first(zip).both(|head| head.flags = 1 << 5)),
    ("version of another system", |zip| first(zip).made_by = 10),
    ("version newer than any", |zip| first(zip).both(|head| head.needed = 255)),
    ("time differs", |zip| first(zip).local.time = 77),
    // Which file is meant.
    ("name twice", |zip| zip.entries.push(RawEntry::new("x-01/data/a", b"other"))),
    ("name twice, once in the directory", |zip| {
        zip.entries.push(RawEntry { local_only: true, ..RawEntry::new("x-01/data/a", b"other") })
    }),
    ("name in another case", |zip| zip.entries.push(RawEntry::new("x-01/data/A", b"other"))),
    ("name that folds to the same", |zip| zip.entries.push(RawEntry::new("x-01/data/\u{212a}", b""))),
    ("name in another form of Unicode", |zip| utf8(zip, "x-01/data/e\u{301}")),
    ("name in code page 437", |zip| named(zip, b"x-01/data/\x82")),
    ("name that is no UTF-8", |zip| {
        named(zip, b"x-01/data/\xff\xfe");
        first(zip).both(|head| head.flags = 1 << 11);
    }),
    ("name in UTF-8 by a field", |zip| {
        let mut path = vec![1];
        path.extend(crc32fast::hash(b"x-01/data/a").to_le_bytes());
        path.extend(b"x-01/data/c");
        first(zip).both(|head| head.extra = field(0x7075, &path));
    }),
    ("name with a backslash", |zip| named(zip, b"x-01\\data\\a")),
    ("name with ..", |zip| named(zip, b"x-01/data/../a")),
    ("name with .", |zip| named(zip, b"x-01/./data/a")),
    ("name with //", |zip| named(zip, b"x-01//data/a")),
    ("name with a dot at its end", |zip| named(zip, b"x-01/data/a.")),
    ("name with a blank at its end", |zip| named(zip, b"x-01/data/a ")),
    ("name with a stream", |zip| named(zip, b"x-01/data/a:b")),
    ("name from the root", |zip| named(zip, b"/x-01/data/a")),
    ("name from a drive", |zip| named(zip, b"c:x-01/data/a")),
    ("name from a share", |zip| named(zip, b"//host/share/a")),
    ("name with NUL", |zip| named(zip, b"x-01/data/a\0.txt")),
    ("name of a device", |zip| named(zip, b"x-01/data/con")),
    ("name with a line end", |zip| named(zip, b"x-01/data/a\n")),
    ("no name", |zip| named(zip, b"")),
    ("name of 65,535 bytes", |zip| named(zip, &[b'a'; 65_535])),
    ("folder by its name", |zip| zip.entries.push(RawEntry::new("x-01/folder/", b""))),
    ("folder with bytes", |zip| named(zip, b"x-01/data/a/")),
    ("folder by its attributes", |zip| first(zip).attributes = 0o040_755 << 16 | 0x10),
    ("file and folder", |zip| zip.entries.push(RawEntry::new("x-01/data/a/b", b""))),
    ("symbolic link", |zip| first(zip).attributes = 0o120_777 << 16),
    ("device by its attributes", |zip| first(zip).attributes = 0o020_666 << 16),
    ("set-uid", |zip| first(zip).attributes = 0o104_755 << 16),
    ("attributes of MS-DOS alone", |zip| first(zip).attributes = 0x20),
    // Where things stand.
    ("bytes before all", |zip| zip.prefix = b"MZ\0\0".to_vec()),
    ("bytes before all, offsets from behind them", |zip| {
        zip.prefix = b"MZ\0\0".to_vec();
        let at = offsets(zip);
        for (entry, at) in zip.entries.iter_mut().zip(at) {
            entry.offset = Some(at - 4);
        }
        zip.end.directory_offset = Some(directory(zip) - 4);
    }),
    ("bytes behind all", |zip| zip.suffix = b"\0".to_vec()),
    ("another ZIP behind all", |zip| zip.suffix = RawZip::of(&other()).bytes()),
    ("another ZIP before all", |zip| zip.prefix = RawZip::of(&other()).bytes()),
    ("another ZIP in the comment", |zip| zip.end.comment = RawZip::of(&other()).bytes()),
    ("end record in the comment", |zip| zip.end.comment = [&b"PK\x05\x06"[..], &[0; 18]].concat()),
    ("comment", |zip| zip.end.comment = b"x".to_vec()),
    ("comment longer than the file", |zip| zip.end.comment_length = Some(u16::MAX)),
    ("comment that is claimed and not there", |zip| zip.end.comment_length = Some(1)),
    ("comment of an entry", |zip| first(zip).comment = b"x".to_vec()),
    ("end record before the end record", |zip| zip.before_end = [&b"PK\x05\x06"[..], &[0; 18]].concat()),
    ("signature of the directory", |zip| zip.before_end = b"PK\x05\x05\x02\0xx".to_vec()),
    ("archive's extra data", |zip| zip.gap = b"PK\x06\x08\x02\0\0\0xx".to_vec()),
    ("bytes before the directory", |zip| zip.gap = b"x".to_vec()),
    ("bytes between entries", |zip| zip.entries[1].gap = b"x".to_vec()),
    ("entry that the directory passes over", |zip| zip.entries[1].local_only = true),
    ("entry that nothing stands for", |zip| {
        let entry = RawEntry { central_only: true, offset: Some(0), ..zip.entries[0].clone() };
        zip.entries.push(entry);
    }),
    ("entries in another order", |zip| zip.order = Some((0..zip.entries.len()).rev().collect())),
    ("entries at one place", |zip| zip.entries[1].offset = Some(0)),
    ("entry inside another", |zip| {
        let inner = RawZip::of(&other()).bytes();
        let at = offsets(zip)[2] + 30 + zip.entries[2].local.name.len() as u32;
        zip.entries[2].data = inner.clone();
        let crc32 = crc32fast::hash(&inner);
        zip.entries[2].both(|head| {
            (head.crc32, head.packed, head.unpacked) = (crc32, inner.len() as u32, inner.len() as u32)
        });
        let mut entry = RawEntry::new(&other()[0].0, &other()[0].1);
        (entry.central_only, entry.offset) = (true, Some(at));
        zip.entries.push(entry);
    }),
    ("offset behind the end", |zip| first(zip).offset = Some(u32::MAX - 1)),
    ("offset of zip64", |zip| first(zip).offset = Some(u32::MAX)),
    ("fewer entries claimed", |zip| (zip.end.entries, zip.end.entries_here) = (Some(1), Some(1))),
    ("more entries claimed", |zip| (zip.end.entries, zip.end.entries_here) = (Some(9), Some(9))),
    ("no entries claimed", |zip| (zip.end.entries, zip.end.entries_here) = (Some(0), Some(0))),
    ("two counts", |zip| zip.end.entries_here = Some(1)),
    ("entries of zip64", |zip| (zip.end.entries, zip.end.entries_here) = (Some(u16::MAX), Some(u16::MAX))),
    ("directory smaller than it is", |zip| zip.end.directory_bytes = Some(46)),
    ("directory larger than it is", |zip| zip.end.directory_bytes = Some(u32::MAX - 1)),
    ("directory of zip64", |zip| zip.end.directory_bytes = Some(u32::MAX)),
    ("directory elsewhere", |zip| zip.end.directory_offset = Some(0)),
    ("directory behind the end", |zip| zip.end.directory_offset = Some(u32::MAX - 1)),
    ("directory by zip64 elsewhere", |zip| {
        zip.end.directory_offset = Some(u32::MAX);
        zip.before_end = zip64(0);
    }),
    ("records of zip64 that nobody asked for", |zip| zip.before_end = zip64(0)),
    ("locator of zip64 alone", |zip| zip.before_end = zip64(0)[56..].to_vec()),
    ("several disks", |zip| zip.end.disk = 1),
    ("directory on another disk", |zip| zip.end.directory_disk = 1),
    ("extra field", |zip| first(zip).both(|head| head.extra = field(0x5455, &[0]))),
    ("extra field in one header", |zip| first(zip).local.extra = field(0xd935, &[0, 0])),
    ("extra field that is torn", |zip| first(zip).central.extra = vec![1]),
];

fn base() -> RawZip {
    let files =
        [("x-01/data/a", &b"aaa"[..]), ("x-01/data/b", b"bbb"), ("x-01/manifest-sha256.txt", b"x  a\n")];
    RawZip::of(&files.map(|(name, data)| (name.to_owned(), data.to_vec())))
}

fn other() -> Vec<(String, Vec<u8>)> {
    vec![("x-01/data/other".to_owned(), b"other".to_vec())]
}

fn first(zip: &mut RawZip) -> &mut RawEntry {
    &mut zip.entries[0]
}

fn named(zip: &mut RawZip, name: &[u8]) {
    first(zip).both(|head| head.name = name.to_vec());
}

fn utf8(zip: &mut RawZip, name: &str) {
    named(zip, name.as_bytes());
    first(zip).both(|head| head.flags = 1 << 11);
}

fn field(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    u16s(&mut bytes, &[kind, data.len() as u16]);
    bytes.extend(data);
    bytes
}

fn deflated(entry: &mut RawEntry, stream: &[u8], plain: &[u8]) {
    entry.data = stream.to_vec();
    let (packed, unpacked, crc32) = (stream.len() as u32, plain.len() as u32, crc32fast::hash(plain));
    entry.both(|head| {
        (head.method, head.needed, head.crc32) = (8, 20, crc32);
        (head.packed, head.unpacked) = (packed, unpacked);
    });
}

fn descriptor(zip: &mut RawZip, signed: bool, honest: bool) {
    let entry = first(zip);
    let mut bytes = if signed { b"PK\x07\x08".to_vec() } else { Vec::new() };
    let length = if honest { entry.local.packed } else { 1 };
    u32s(&mut bytes, &[entry.local.crc32, length, length]);
    entry.behind = bytes;
    entry.both(|head| head.flags = 8);
    (entry.local.crc32, entry.local.packed, entry.local.unpacked) = (0, 0, 0);
}

/// End record and locator of zip64, saying that the directory is at `at`.
fn zip64(at: u32) -> Vec<u8> {
    let mut bytes = b"PK\x06\x06".to_vec();
    u32s(&mut bytes, &[44, 0]);
    u16s(&mut bytes, &[45, 45]);
    u32s(&mut bytes, &[0, 0, 3, 0, 3, 0, 177, 0, at, 0]);
    bytes.extend(b"PK\x06\x07");
    u32s(&mut bytes, &[0, 0, 0, 1]);
    bytes
}

/// Where the entries stand, by their honest lengths.
fn offsets(zip: &RawZip) -> Vec<u32> {
    let mut at = zip.prefix.len();
    let next = |entry: &RawEntry| {
        let from = at;
        at += 30 + entry.local.name.len() + entry.data.len();
        from as u32
    };
    zip.entries.iter().map(next).collect()
}

fn directory(zip: &RawZip) -> u32 {
    let last = zip.entries.last().unwrap();
    offsets(zip).last().unwrap() + 30 + (last.local.name.len() + last.data.len()) as u32
}

fn is_accepted(bytes: &[u8]) -> bool {
    let mut file = Cursor::new(bytes);
    // Whatever they find, they come back.
    let _ = zip::walk(&mut file);
    let _ = zip::salvage(&mut file);
    zip::read(&mut file).is_ok()
}

#[test]
fn the_writer_of_these_can_write_an_honest_one() {
    assert!(is_accepted(&base().bytes()));
}

#[test]
fn no_ambiguous_zip_is_accepted() {
    let mut names = BTreeSet::new();
    for (name, change) in CLASSES {
        assert!(names.insert(name));
        let mut zip = base();
        change(&mut zip);
        assert!(!is_accepted(&zip.bytes()), "{name}");
    }
}

#[test]
fn nor_one_with_two_ambiguities() {
    for (name, change) in CLASSES {
        for (other_name, other) in CLASSES {
            let mut zip = base();
            change(&mut zip);
            other(&mut zip);
            assert!(!is_accepted(&zip.bytes()), "{name}, {other_name}");
        }
    }
}

#[test]
fn nor_one_that_is_cut_anywhere() {
    let honest = [base().bytes(), RawZip::of(&other()).bytes()];
    for (name, change) in CLASSES {
        let mut zip = base();
        change(&mut zip);
        let bytes = zip.bytes();
        for cut in 0..bytes.len().min(600) {
            let left = &bytes[..cut];
            assert!(!is_accepted(left) || honest.iter().any(|honest| honest == left), "{name} at {cut}");
        }
    }
}
