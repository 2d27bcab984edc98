//! Manipulations of the ZIP around untouched files.

use super::{Case, case};
use crate::archive::{Archive, Layer, Part};
use crate::raw_zip::{RawEntry, RawZip, u16s, u32s};

pub const CASES: &[Case] = &[
    case("bit flip in video", Layer::Data, |a| a.part("01").flip("000001.mp4", 9000)),
    case("bit flip in local CRC", Layer::Outside, |a| zip(a, |zip| video(zip).local.crc32 ^= 1)),
    case("bit flip in both CRCs", Layer::Outside, |a| zip(a, |z| video(z).both(|head| head.crc32 ^= 1))),
    case("bit flip in central name", Layer::Outside, |a| zip(a, |zip| video(zip).central.name[30] ^= 1)),
    case("bit flip in both names", Layer::Outside, |a| zip(a, |z| video(z).both(|head| head.name[30] ^= 1))),
    case("cut by 1 byte", Layer::Outside, |a| bytes(a, |bytes| bytes.truncate(bytes.len() - 1))),
    case("cut by 22 bytes", Layer::Outside, |a| bytes(a, |bytes| bytes.truncate(bytes.len() - 22))),
    case("cut by half", Layer::Outside, |a| bytes(a, |bytes| bytes.truncate(bytes.len() / 2))),
    case("cut to nothing", Layer::Outside, |a| bytes(a, |bytes| bytes.clear())),
    case("bytes appended", Layer::Outside, |a| bytes(a, |bytes| bytes.extend(b"more"))),
    case("second ZIP appended", Layer::Outside, |a| bytes(a, |bytes| bytes.extend(bytes.clone()))),
    case("prefix", Layer::Outside, |a| bytes(a, |bytes| drop(bytes.splice(0..0, *b"#!/bin/sh\n")))),
    case("prefix with offsets put right", Layer::Outside, |a| zip(a, |z| z.prefix = b"MZ".to_vec())),
    case("duplicate entry", Layer::Outside, |a| zip(a, |zip| again(zip, |_| {}))),
    case("case-variant entry", Layer::Outside, |a| zip(a, |zip| again(zip, |name| name[47] = b'M'))),
    case("overlap", Layer::Outside, |a| zip(a, |zip| zip.entries[1].offset = Some(0))),
    case("entry that only the directory knows", Layer::Outside, |a| {
        zip(a, |zip| {
            let entry = RawEntry { central_only: true, offset: Some(0), ..zip.entries[0].clone() };
            zip.entries.push(entry);
        })
    }),
    case("entry that the directory does not know", Layer::Outside, |a| {
        zip(a, |zip| {
            let name = String::from_utf8(zip.entries[0].local.name.clone()).unwrap() + "x";
            zip.entries.push(RawEntry { local_only: true, ..RawEntry::new(&name, b"hidden") });
        })
    }),
    case("bytes between entries", Layer::Outside, |a| zip(a, |zip| zip.entries[1].gap = b"gap".to_vec())),
    case("bytes before the directory", Layer::Outside, |a| zip(a, |zip| zip.gap = b"gap".to_vec())),
    case("deflate bomb", Layer::Outside, |a| {
        zip(a, |zip| {
            video(zip).both(|head| (head.method, head.unpacked, head.needed) = (8, u32::MAX - 1, 20));
        })
    }),
    case("name ../", Layer::Outside, |a| zip(a, |z| rename(z, "../../etc/cron.d/x"))),
    case("name absolute", Layer::Outside, |a| zip(a, |z| rename(z, "/etc/cron.d/x"))),
    case("name with a drive", Layer::Outside, |a| zip(a, |z| rename(z, "c:/windows/x"))),
    case("name with a backslash", Layer::Outside, |a| zip(a, |z| rename(z, "a\\b"))),
    case("name with NUL", Layer::Outside, |a| zip(a, |z| rename(z, "a\0b"))),
    case("name of a Windows device", Layer::Outside, |a| zip(a, |z| rename(z, "data/nul.mp4"))),
    case("symlink", Layer::Outside, |a| zip(a, |zip| video(zip).attributes = 0o120_777 << 16)),
    case("folder entry", Layer::Outside, |a| zip(a, |zip| zip.entries.push(RawEntry::new("x/", b"")))),
    case("local ≠ central", Layer::Outside, |a| zip(a, |zip| video(zip).local.name.swap(20, 40))),
    case("local size ≠ central size", Layer::Outside, |a| zip(a, |zip| video(zip).local.unpacked -= 1)),
    case("data descriptor", Layer::Outside, |a| {
        zip(a, |zip| {
            let entry = video(zip);
            entry.both(|head| head.flags |= 8);
            let mut descriptor = b"PK\x07\x08".to_vec();
            u32s(&mut descriptor, &[entry.local.crc32, entry.local.packed, entry.local.unpacked]);
            entry.behind = descriptor;
            (entry.local.crc32, entry.local.packed, entry.local.unpacked) = (0, 0, 0);
        })
    }),
    case("second end record", Layer::Outside, |a| {
        bytes(a, |bytes| bytes.extend_from_within(bytes.len() - 22..))
    }),
    case("comment", Layer::Outside, |a| zip(a, |zip| zip.end.comment = b"a comment".to_vec())),
    case("comment that holds an end record", Layer::Outside, |a| {
        zip(a, |zip| zip.end.comment = [&b"PK\x05\x06"[..], &[0; 18]].concat())
    }),
    case("comment of an entry", Layer::Outside, |a| zip(a, |zip| video(zip).comment = b"a comment".to_vec())),
    case("extra field", Layer::Outside, |a| zip(a, |zip| video(zip).both(|head| head.extra = extra()))),
    case("zip64", Layer::Outside, |a| zip(a, zip64)),
    case("time stamp changed", Layer::Outside, |a| zip(a, |zip| video(zip).both(|head| head.time = 1))),
    case("encrypted", Layer::Outside, |a| zip(a, |zip| video(zip).both(|head| head.flags = 1))),
    case("UTF-8 flag", Layer::Outside, |a| zip(a, |zip| video(zip).both(|head| head.flags = 1 << 11))),
    case("directory in another order", Layer::Outside, |a| {
        zip(a, |zip| zip.order = Some((0..zip.entries.len()).rev().collect()))
    }),
    case("more entries claimed than there are", Layer::Outside, |a| {
        zip(a, |zip| (zip.end.entries, zip.end.entries_here) = (Some(65_000), Some(65_000)))
    }),
    case("two disks", Layer::Outside, |a| zip(a, |zip| zip.end.disk = 1)),
    case("canonical re-zip", Layer::Outside, |a| zip(a, |_| {})),
    case("re-zip in another order", Layer::Outside, |a| zip(a, |zip| zip.entries.reverse())),
];

fn zip(archive: &mut Archive, change: fn(&mut RawZip)) {
    archive.part("01").change_zip = change;
}

fn bytes(archive: &mut Archive, change: fn(&mut Vec<u8>)) {
    let Part { change_bytes, .. } = archive.part("01");
    *change_bytes = change;
}

fn video(zip: &mut RawZip) -> &mut RawEntry {
    zip.entry("entrance-1/000001.mp4")
}

fn rename(zip: &mut RawZip, name: &str) {
    video(zip).both(|head| head.name = name.as_bytes().to_vec());
}

/// A second entry of the first one's name, or nearly.
fn again(zip: &mut RawZip, change: fn(&mut [u8])) {
    let mut entry = RawEntry::new("", b"other bytes");
    let mut name = zip.entries[0].local.name.clone();
    change(&mut name);
    entry.both(|head| head.name = name.clone());
    zip.entries.push(entry);
}

fn extra() -> Vec<u8> {
    let mut extra = Vec::new();
    u16s(&mut extra, &[0x5455, 1]);
    extra.push(0);
    extra
}

/// End record and locator of zip64 before the end record, which says to look there.
fn zip64(zip: &mut RawZip) {
    let mut records = b"PK\x06\x06".to_vec();
    u32s(&mut records, &[44, 0]);
    u16s(&mut records, &[45, 45]);
    u32s(&mut records, &[0, 0]);
    let count = zip.entries.len() as u32;
    u32s(&mut records, &[count, 0, count, 0, 0, 0, 0, 0]);
    records.extend(b"PK\x06\x07");
    u32s(&mut records, &[0, 0, 0, 1]);
    zip.before_end = records;
    (zip.end.entries, zip.end.entries_here) = (Some(u16::MAX), Some(u16::MAX));
}
