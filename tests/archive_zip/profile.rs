//! The strict ZIP profile, held against readers that know the whole format.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use invigil::archive::zip::{self, Entry, EntryName, ZipFault, ZipWriter};
use proptest::prelude::*;

const FILES: [(&str, &[u8]); 4] = [
    ("x-01/bagit.txt", b"BagIt-Version: 1.0\n"),
    ("x-01/data/empty", b""),
    ("x-01/data/video/entrance-1/000000.mp4", &[7; 300]),
    ("x-01/data/zip-in-zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
];

fn name(text: &str) -> EntryName {
    text.parse().unwrap()
}

fn read_write(path: &Path) -> File {
    File::options().read(true).write(true).create(true).truncate(false).open(path).unwrap()
}

fn sample(path: &Path) -> Vec<u8> {
    let mut writer = ZipWriter::new(read_write(path)).unwrap();
    for (file, bytes) in FILES {
        writer.append(name(file), &mut &bytes[..]).unwrap();
    }
    let expected = writer.finished_bytes();
    writer.finish().unwrap();
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(bytes.len() as u64, expected);
    bytes
}

fn sample_bytes() -> Vec<u8> {
    static BYTES: LazyLock<Vec<u8>> =
        LazyLock::new(|| sample(&tempfile::tempdir().unwrap().path().join("x.zip")));
    BYTES.clone()
}

fn read(bytes: &[u8]) -> Result<Vec<Entry>, ZipFault> {
    zip::read(&mut Cursor::new(bytes))
}

#[test]
fn what_was_written_is_read_by_us_by_the_zip_crate_and_by_unzip() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    let bytes = sample(&path);
    let entries = read(&bytes).unwrap();
    let mut file = Cursor::new(&bytes);
    zip::agrees(&mut file, &entries).unwrap();
    for (entry, (file_name, contents)) in entries.iter().zip(FILES) {
        assert_eq!(entry.name.as_str(), file_name);
        let mut found = Vec::new();
        zip::contents(&mut file, entry).unwrap().read_to_end(&mut found).unwrap();
        assert_eq!(found, contents);
    }
    let unzip = Command::new("unzip").arg("-tqq").arg(&path).output().unwrap();
    assert!(unzip.status.success(), "{unzip:?}");
    assert!(unzip.stderr.is_empty(), "{unzip:?}");
}

#[test]
fn prefixes_suffixes_and_gaps_are_refused() {
    let bytes = sample_bytes();
    assert!(matches!(read(&[b"x", &bytes[..]].concat()), Err(ZipFault::Directory)));
    assert!(matches!(read(&[&bytes[..], b"x"].concat()), Err(ZipFault::NoEnd)));
    assert!(matches!(read(&bytes[..bytes.len() - 1]), Err(ZipFault::NoEnd)));
    assert!(matches!(read(b""), Err(ZipFault::NoEnd)));
    // A byte between the last entry and the directory, with the end record put right.
    let end = bytes.len() - 22;
    let directory = u32::from_le_bytes(bytes[end + 16..end + 20].try_into().unwrap());
    let mut gap = bytes.clone();
    gap.insert(directory as usize, 0);
    gap[end + 17..end + 21].copy_from_slice(&(directory + 1).to_le_bytes());
    assert!(matches!(read(&gap), Err(ZipFault::GapOrOverlap { .. })));
}

#[test]
fn a_second_file_of_a_name_and_a_folder_of_a_files_name_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    let mut writer = ZipWriter::new(read_write(&path)).unwrap();
    writer.append(name("a/b"), &mut &b"1"[..]).unwrap();
    assert!(writer.append(name("a/b"), &mut &b"2"[..]).is_err());
    writer.append(name("a/c"), &mut &b"3"[..]).unwrap();
    writer.finish().unwrap();
    let good = std::fs::read(&path).unwrap();
    assert_eq!(read(&good).unwrap().len(), 2);
    let renamed = |from: &[u8], to: &[u8]| {
        let mut bytes = good.clone();
        for at in 0..bytes.len() - from.len() {
            if bytes[at..].starts_with(from) {
                bytes[at..at + from.len()].copy_from_slice(to);
            }
        }
        read(&bytes)
    };
    assert!(matches!(renamed(b"a/c", b"a/b"), Err(ZipFault::Twice(_))));
    assert!(matches!(renamed(b"a/c", b"a/C"), Err(ZipFault::Name { entry: 1, .. })));
    assert!(matches!(renamed(b"a/c", b"../"), Err(ZipFault::Name { entry: 1, .. })));

    let mut writer = ZipWriter::new(read_write(&path)).unwrap();
    writer.append(name("a"), &mut &b"1"[..]).unwrap();
    writer.append(name("a/b"), &mut &b"1"[..]).unwrap();
    let file = &mut writer.finish().unwrap();
    assert!(matches!(zip::read(file), Err(ZipFault::FileAndFolder(_))));
}

#[test]
fn a_file_cut_at_any_byte_is_recovered_to_its_whole_entries() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    let bytes = sample(&path);
    let entries = read(&bytes).unwrap();
    for cut in 0..bytes.len() {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let mut file = read_write(&path);
        let whole = zip::recovered_entries(&mut file, 0, &|_| true).unwrap();
        let expected: Vec<_> = entries.iter().filter(|entry| entry.end() <= cut as u64).collect();
        assert_eq!(whole.iter().map(|(entry, _)| entry).collect::<Vec<_>>(), expected, "cut at {cut}");
        let writer = ZipWriter::after(file, whole.into_iter().map(|(entry, _)| entry).collect()).unwrap();
        let mut file = writer.finish().unwrap();
        assert_eq!(zip::read(&mut file).unwrap().len(), expected.len());
    }
}

#[test]
fn damage_to_what_was_taken_is_told_and_nothing_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    let mut bytes = sample(&path);
    let entries = read(&bytes).unwrap();
    bytes[entries[2].data_offset as usize] ^= 1;
    bytes.truncate(entries[3].end() as usize);
    std::fs::write(&path, &bytes).unwrap();
    let error = zip::recovered_entries(&mut read_write(&path), 3, &|_| true).unwrap_err();
    assert!(matches!(error, ZipFault::Io(_)), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    // What nobody counts on yet is torn, not damaged: it is left out with what follows.
    assert_eq!(zip::recovered_entries(&mut read_write(&path), 2, &|_| true).unwrap().len(), 2);
}

#[test]
fn every_single_bit_of_the_headers_counts() {
    let bytes = sample_bytes();
    let entries = read(&bytes).unwrap();
    let in_data = |at: u64| entries.iter().any(|entry| (entry.data_offset..entry.end()).contains(&at));
    for at in (0..bytes.len()).filter(|at| !in_data(*at as u64)) {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            assert!(read(&flipped).is_err(), "byte {at} bit {bit}");
        }
    }
}

#[derive(Clone, Debug)]
enum Change {
    Set(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, u8),
    Repeat(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at(), prop::collection::vec(any::<u8>(), 1..40)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (at(), 1u8..40).prop_map(|(at, count)| Change::Remove(at, count)),
        (at(), at()).prop_map(|(from, to)| Change::Repeat(from, to)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: Change) {
    if bytes.is_empty() {
        return;
    }
    match change {
        Change::Set(at, byte) => *at.get_mut(&mut bytes[..]) = byte,
        Change::Insert(at, piece) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece);
        }
        Change::Remove(at, count) => {
            let at = at.index(bytes.len());
            bytes.drain(at..(at + usize::from(count)).min(bytes.len()));
        }
        Change::Repeat(from, to) => {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let piece = bytes[from..].to_vec();
            bytes.splice(to..to, piece);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn what_is_accepted_reads_the_same_everywhere(
        changes in prop::collection::vec(change(), 1..4)
    ) {
        let mut bytes = sample_bytes();
        changes.into_iter().for_each(|change| apply(&mut bytes, change));
        let mut file = Cursor::new(&bytes);
        let _ = zip::walk(&mut file);
        if let Ok(entries) = zip::read(&mut file)
            && let Err(error) = zip::agrees(&mut file, &entries)
        {
            prop_assert!(false, "accepted, but {error}");
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut file = Cursor::new(&bytes);
        let _ = zip::read(&mut file);
        let _ = zip::walk(&mut file);
    }
}
