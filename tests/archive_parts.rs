//! Parts written and closed, and what public tools say of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use invigil::archive::{BagInfo, Original, PartError, PartWriter};
use invigil::journal::{Group, SealedPart};
use invigil::point::DayId;
use invigil::signing::{DeviceKey, Digest};
use judges::{run, unpacked};
use ring::rand::SystemRandom;

mod judges;

fn day() -> DayId {
    "77-0101-2026-05-29-main".parse().unwrap()
}

fn info() -> BagInfo {
    BagInfo {
        organization: "77-0101, Школа № 101\nwith a line break".to_owned(),
        date: "2026-05-29".parse().unwrap(),
        software: "invigil test".to_owned(),
    }
}

fn new_key(folder: &Path) -> DeviceKey {
    DeviceKey::create(&folder.join("device.pk8"), &SystemRandom::new()).unwrap()
}

/// A closed part with two files, and the key that signed it.
fn closed_part(folder: &Path) -> (PathBuf, SealedPart, DeviceKey) {
    let key = new_key(folder);
    let mut part = PartWriter::create(folder, &day(), 1, Group::Delivered).unwrap();
    let segment = folder.join("000000.mp4");
    fs::write(&segment, vec![7; 100_000]).unwrap();
    let appended = part.append_file(&"video/entrance-1/000000.mp4".parse().unwrap(), &segment).unwrap();
    assert_eq!(appended.bytes, 100_000);
    part.append_bytes(&"video/entrance-1/000000.idx".parse().unwrap(), b"{}\n").unwrap();
    let bound = part.len_bytes();
    let sealed = part.close(&info(), &key).unwrap();
    let path = folder.join("77-0101-2026-05-29-main-01.zip");
    assert_eq!(sealed.file, "77-0101-2026-05-29-main-01.zip");
    assert_eq!(sealed.bytes, fs::metadata(&path).unwrap().len());
    let closed = PartWriter::closed(folder, &day(), 1, Group::Delivered, &key.public());
    assert_eq!(closed.as_ref(), Some(&sealed));
    assert!(sealed.bytes <= bound, "{} > {bound}", sealed.bytes);
    (path, sealed, key)
}

#[test]
fn public_tools_accept_every_layer() {
    let folder = tempfile::tempdir().unwrap();
    let (path, sealed, key) = closed_part(folder.path());
    let bag = judges::accept(&path, &key.public().to_string(), &folder.path().join("out"));
    let hash = run(Command::new("sha256sum").arg("tagmanifest-sha256.txt").current_dir(&bag)).stdout;
    assert!(String::from_utf8(hash).unwrap().starts_with(&sealed.sha256.to_string()));
}

#[test]
fn the_part_says_how_to_check_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _, key) = closed_part(folder.path());
    let bag = unpacked(&path, &folder.path().join("out"));
    let text = fs::read_to_string(bag.join("verify.txt")).unwrap();
    assert!(text.contains(&key.public().fingerprint()) && text.contains(&key.public().to_string()));
    assert!(text.contains("77-0101-2026-05-29-main-01") && !text.contains('{'));
    let info = fs::read_to_string(bag.join("bag-info.txt")).unwrap();
    assert!(info.contains("Payload-Oxum: 100003.2\n") && info.contains("Invigil-Group: delivered\n"));
}

#[test]
fn an_open_part_is_taken_up_again_after_a_crash_at_any_moment_of_its_close() {
    let folder = tempfile::tempdir().unwrap();
    let (path, sealed, key) = closed_part(folder.path());
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let open = folder.path().join("77-0101-2026-05-29-main-01.zip.open");
    // Once both files are in, any cut leaves both.
    let whole = 100_000 + 2 * 30 + 130;
    for cut in [whole, whole + 40, bytes.len() - 700, bytes.len() - 1, bytes.len()] {
        fs::write(&open, &bytes[..cut]).unwrap();
        let part = PartWriter::recover(folder.path(), &day(), 1, Group::Delivered, 2).unwrap();
        let names: Vec<String> = part.files().map(|file| file.name.to_string()).collect();
        assert_eq!(names, ["video/entrance-1/000000.mp4", "video/entrance-1/000000.idx"]);
        assert_eq!(part.close(&info(), &key).unwrap(), sealed, "cut at {cut}");
        fs::remove_file(&path).unwrap();
    }
}

/// A new open part, and a file that is to go into it.
fn open_part(folder: &Path) -> (PartWriter, PathBuf, Vec<u8>) {
    let part = PartWriter::create(folder, &day(), 1, Group::Delivered).unwrap();
    let (path, bytes) = (folder.join("000000.mp4"), vec![7; 3_000_000]);
    fs::write(&path, &bytes).unwrap();
    (part, path, bytes)
}

fn original<'a>(path: &'a Path, name: &str, sha256: Option<Digest>) -> Original<'a> {
    Original { name: format!("video/a/{name}").parse().unwrap(), path, sha256 }
}

#[test]
fn a_file_is_settled_while_the_next_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (mut part, path, bytes) = open_part(folder.path());
    let known = Some(Digest::of(&bytes));
    let first = part.write_files(&[original(&path, "000000.mp4", known)]).unwrap();
    let second = part.write_files(&[original(&path, "000001.mp4", None)]).unwrap();
    assert_eq!(part.files().count(), 0, "none is known to be on the disk");
    let first = std::thread::spawn(|| first.settle()).join().unwrap();
    assert_eq!(part.confirm(first).unwrap().len(), 1);
    let appended = part.confirm(second.settle()).unwrap();
    assert_eq!((appended[0].name.as_str(), appended[0].bytes), ("video/a/000001.mp4", 3_000_000));
    assert_eq!(part.files().map(|file| file.sha256).collect::<Vec<_>>(), vec![Digest::of(&bytes); 2]);
    part.close(&info(), &new_key(folder.path())).unwrap();
}

#[test]
fn what_the_disk_gives_back_otherwise_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (mut part, path, bytes) = open_part(folder.path());
    part.append_bytes(&"video/a/000000.idx".parse().unwrap(), b"{}\n").unwrap();
    let written = part.write_files(&[original(&path, "000000.mp4", Some(Digest::of(&bytes)))]).unwrap();
    let mut on_disk = fs::read(part.path()).unwrap();
    let last = on_disk.len() - 1;
    on_disk[last] ^= 1;
    fs::write(part.path(), &on_disk).unwrap();
    assert!(matches!(part.confirm(written.settle()), Err(PartError::ReadBack(_))));
    let refused = part.append_bytes(&"video/a/000001.idx".parse().unwrap(), b"{}\n");
    assert!(matches!(refused, Err(PartError::Broken(_))));
    drop(part);
    let part = PartWriter::recover(folder.path(), &day(), 1, Group::Delivered, 1).unwrap();
    assert_eq!(part.files().count(), 1, "cut to what it held");
}

#[test]
fn a_file_that_is_not_what_was_said_of_it_is_packed_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (mut part, path, bytes) = open_part(folder.path());
    let other = Digest::of(b"what the journal says");
    let written = part.write_files(&[original(&path, "000000.mp4", Some(other))]).unwrap();
    assert_eq!(part.confirm(written.settle()).unwrap()[0].sha256, Digest::of(&bytes));
}

#[test]
fn a_part_does_not_close_before_all_of_it_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (mut part, path, _) = open_part(folder.path());
    let _unsettled = part.write_files(&[original(&path, "000000.mp4", None)]).unwrap();
    let refused = part.close(&info(), &new_key(folder.path()));
    assert!(matches!(refused, Err(PartError::Broken(_))));
    // Nor after a file of several that can't be read.
    let mut part = PartWriter::create(folder.path(), &day(), 2, Group::Kept).unwrap();
    let missing = Path::new("/nonexistent");
    let both = [original(&path, "000000.mp4", None), original(missing, "000000.idx", None)];
    assert!(matches!(part.write_files(&both), Err(PartError::Source { .. })));
    assert!(part.is_broken());
}

#[test]
fn a_part_that_lost_what_the_journal_says_it_holds_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let (path, ..) = closed_part(folder.path());
    let open = folder.path().join("77-0101-2026-05-29-main-01.zip.open");
    let bytes = fs::read(&path).unwrap()[..50_000].to_vec();
    fs::remove_file(&path).unwrap();
    fs::write(&open, &bytes).unwrap();
    let result = PartWriter::recover(folder.path(), &day(), 1, Group::Delivered, 2);
    assert!(matches!(result, Err(PartError::Damaged { .. })));
    assert_eq!(fs::read(&open).unwrap(), bytes);
}

#[test]
fn nothing_is_ever_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (_, _, _) = closed_part(folder.path());
    let again = PartWriter::create(folder.path(), &day(), 1, Group::Delivered);
    assert!(matches!(again, Err(PartError::Exists(_))));
    let _open = PartWriter::create(folder.path(), &day(), 2, Group::Kept).unwrap();
    let again = PartWriter::create(folder.path(), &day(), 2, Group::Kept);
    assert!(matches!(again, Err(PartError::Exists(_))));
}

#[test]
fn a_part_tells_when_it_has_no_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut part = PartWriter::create(folder.path(), &day(), 3, Group::Kept).unwrap();
    assert!(!part.would_exceed(1 << 30, (1 << 30) - 100_000));
    assert!(part.would_exceed(1 << 30, 1 << 30));
    // Larger than any part may be, whatever is asked for.
    assert!(part.would_exceed(u64::MAX, 4 << 30));
    assert!(part.would_exceed(u64::MAX, u64::MAX));
    let missing = part.append_file(&"video/a/000000.mp4".parse().unwrap(), Path::new("/nonexistent"));
    assert!(matches!(missing, Err(PartError::Source { .. })));
    // That was no write: the part goes on.
    part.append_bytes(&"video/a/000000.mp4".parse().unwrap(), b"x").unwrap();
}
