//! Whatever a file claims, reading it takes little memory: the program judges each of these in an
//! address space of 512 MB, its own code and threads among them.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;

use crate::raw_zip::{RawZip, sparse, u16s, u32s};

const SPACE_KB: u32 = 512 * 1024;
const PART: &str = "77-0101-2026-05-29-main-00";

/// The exit code of `invigil verify` in a small address space.
fn verify(path: &Path) -> Option<i32> {
    let limited = format!("ulimit -v {SPACE_KB}; exec \"$0\" --lang en verify --json \"$1\"");
    let program = env!("CARGO_BIN_EXE_invigil");
    let done = Command::new("bash").args(["-c", &limited, program]).arg(path).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!said.contains("panicked") && !said.contains("memory allocation"), "{said}");
    done.status.code()
}

#[test]
fn a_directory_of_four_gigabytes_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.zip");
    let mut file = File::create(&path).unwrap();
    file.seek(SeekFrom::Start(3_800_000_000)).unwrap();
    let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
    u16s(&mut end, &[65_534, 65_534]);
    u32s(&mut end, &[3_800_000_000, 0]);
    u16s(&mut end, &[0]);
    file.write_all(&end).unwrap();
    assert_eq!(verify(&path), Some(2));
}

#[test]
fn a_file_larger_than_any_part_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.zip");
    let mut file = File::create(&path).unwrap();
    file.seek(SeekFrom::Start(1 << 40)).unwrap();
    file.write_all(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
    assert_eq!(verify(&path), Some(2));
}

#[test]
fn sixty_five_thousand_long_names_fit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.zip");
    let name = |n: usize| format!("{PART}/data/{n:05}{}", "n".repeat(200 - PART.len() - 11));
    let files: Vec<_> = (0..65_534).map(|n| (name(n), Vec::new())).collect();
    std::fs::write(&path, RawZip::of(&files).bytes()).unwrap();
    assert_eq!(verify(&path), Some(2));
}

/// Lines without an end, and lists that are nothing but lines.
#[test]
fn huge_files_in_the_place_of_small_ones_are_refused_or_read_in_pieces() {
    const GB: u32 = 1 << 30;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.zip");
    let lines = "\n".repeat(30 << 20);
    for (name, data, zeros) in [
        ("manifest-sha256.txt", &b""[..], GB),
        ("tagmanifest-sha256.txt", b"", GB),
        ("tagmanifest-sha256.txt", lines.as_bytes(), 0),
        ("bagit.txt", b"", GB),
        ("sig/station.sshsig", b"-----BEGIN SSH SIGNATURE-----\n", GB),
        ("data/day.json", b"{", GB),
        ("data/journal/records.jsonl", b"{", GB),
        ("data/journal/records.jsonl", lines.as_bytes(), 0),
        ("data/journal/checkpoints.txt", lines.as_bytes(), 0),
        ("data/video/entrance-1/000000.idx", b"{", GB),
        ("data/video/entrance-1/000000.mp4", b"\0\0\0\x20ftyp", GB),
    ] {
        let mut files: Vec<(&str, &[u8], u32)> = vec![
            ("data/day.json", b"{}", 0),
            ("data/journal/records.jsonl", b"{}\n", 0),
            ("data/journal/checkpoints.txt", b"x\n", 0),
        ];
        files.retain(|(other, ..)| *other != name);
        files.push((name, data, zeros));
        sparse(&path, PART, &files);
        assert!(matches!(verify(&path), Some(2 | 4)), "{name}");
    }
}
