//! What `invigil extract` lays into a folder, and what it keeps out of it.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use invigil::archive::{APART, ExtractError, Extraction, Integrity, extract};
use invigil::signing::Digest;

use crate::day::*;

fn take(paths: &[PathBuf], to: &Path, even_if_tampered: bool) -> Result<Extraction, ExtractError> {
    extract(paths, to, even_if_tampered, &mut |_, _| ControlFlow::Continue(()))
}

/// Every file below a folder, by its path there.
fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                    found.push((name, fs::read(&path).unwrap()));
                }
            }
        }
    }
    found.sort();
    found
}

fn all_files(archive: &Archive) -> Vec<(String, Vec<u8>)> {
    let after = archive.folder.path().join(format!("{}-after-1.zip", day()));
    let parts = [archive.part(0), archive.part(1), archive.part(2), after];
    let mut all: Vec<_> = parts.iter().flat_map(|part| files_of(part)).collect();
    all.sort();
    all
}

#[test]
fn everything_comes_out_as_it_is_and_a_second_time_nothing_is_written() {
    let archive = seal_day(None);
    let to = tempfile::tempdir().unwrap();
    let folder = to.path().join("new/folder");
    let done = take(&archive.paths(), &folder, false).unwrap();
    assert_eq!(done.report.integrity, Integrity::Valid);
    let expected = all_files(&archive);
    assert_eq!(files_below(&folder), expected);
    assert_eq!(done.files.len(), expected.len());
    assert!(done.files.iter().all(|file| file.holds && !file.was_there));

    // As a kill leaves it: one file not there, another half written.
    let (gone, half) = (folder.join(&expected[3].0), folder.join(&expected[7].0));
    fs::remove_file(&gone).unwrap();
    fs::rename(&half, folder.join(format!("{}~", expected[7].0))).unwrap();
    let again = take(&archive.paths(), &folder, false).unwrap();
    assert_eq!(files_below(&folder), expected);
    assert_eq!(again.files.iter().filter(|file| !file.was_there).count(), 2);
}

#[test]
fn what_was_tampered_with_is_refused_or_put_apart() {
    let archive = seal_day(None);
    let changed = "video/entrance-1/000001.mp4";
    flip(&archive.part(1), offset_in_part(&archive.part(1), changed) + 900, 1);
    let to = tempfile::tempdir().unwrap();
    let refused = take(&archive.paths(), to.path(), false).unwrap();
    assert_eq!((refused.report.integrity, refused.files), (Integrity::Tampered, vec![]));
    assert_eq!(files_below(to.path()), []);

    let done = take(&archive.paths(), to.path(), true).unwrap();
    let apart: Vec<_> = done.files.iter().filter(|file| !file.holds).map(|file| file.file.clone()).collect();
    assert_eq!(apart, [format!("{APART}/{}-01/data/{changed}", day())]);
    let below = files_below(to.path());
    assert_eq!(below.len(), all_files(&archive).len());
    assert_eq!(below.iter().filter(|(name, _)| name.starts_with(APART)).count(), 1);
}

#[test]
fn a_part_that_nobody_vouches_for_is_put_apart_whole() {
    let archive = seal_day(None);
    let signature = offset_in_part(&archive.part(1), "sig/station.sshsig") + 60;
    flip(&archive.part(1), signature, 0);
    let to = tempfile::tempdir().unwrap();
    let done = take(&archive.paths(), to.path(), true).unwrap();
    let part = format!("{}-01/", day());
    assert!(done.files.iter().all(|file| file.holds != file.file.contains(&part)), "{:?}", done.files);
}

#[test]
fn a_file_that_is_there_is_never_overwritten_and_no_link_is_followed() {
    let archive = seal_day(None);
    let name = format!("{}-00/data/day.json", day());
    let to = tempfile::tempdir().unwrap();
    fs::create_dir_all(to.path().join(&name).parent().unwrap()).unwrap();
    fs::write(to.path().join(&name), "mine").unwrap();
    let refused = take(&archive.paths(), to.path(), false).unwrap_err();
    assert!(matches!(&refused, ExtractError::Other(path) if path.ends_with(&name)), "{refused}");
    assert_eq!(fs::read(to.path().join(&name)).unwrap(), b"mine");

    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        let to = tempfile::tempdir().unwrap();
        let part = to.path().join(format!("{}-00", day()));
        std::os::unix::fs::symlink(outside.path(), &part).unwrap();
        let refused = take(&archive.paths(), to.path(), false).unwrap_err();
        assert!(matches!(refused, ExtractError::Write { .. }), "{refused}");
        assert_eq!(files_below(outside.path()), []);
    }
}

#[test]
fn it_can_be_stopped_and_leaves_nothing_half_written() {
    let archive = seal_day(None);
    let to = tempfile::tempdir().unwrap();
    // The parts are counted first, then their files: another total.
    let (mut parts_total, mut files) = (None, 0);
    let stopped = extract(&archive.paths(), to.path(), false, &mut |_, total| {
        files += u32::from(*parts_total.get_or_insert(total) != total);
        if files > 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped, Err(ExtractError::Stopped)));
    let below = files_below(to.path());
    assert!(!below.is_empty() && below.iter().all(|(name, _)| !name.ends_with('~')), "{below:?}");
}

fn invigil(arguments: &[&str], paths: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["--lang", "en", "extract"]).args(paths).args(arguments).output().unwrap()
}

#[test]
fn the_command_says_what_it_did_and_gives_the_verdict_s_exit_code() {
    let archive = seal_day(None);
    let to = tempfile::tempdir().unwrap();
    let folder = to.path().to_str().unwrap();
    let output = invigil(&["--to", folder], &[archive.folder.path()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    let count = all_files(&archive).len();
    assert!(text.contains(&format!("{count} files taken out into {folder}")), "{text}");

    flip(&archive.part(2), offset_in_part(&archive.part(2), "room-3/000000.idx") + 20, 2);
    let output = invigil(&["--to", folder, "--json"], &[archive.folder.path()]);
    assert_eq!(output.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["report"]["integrity"], "TAMPERED");
    assert_eq!(json["files"].as_array().map(Vec::len), Some(0));
    let output = invigil(&["--to", folder, "--even-if-tampered"], &[archive.folder.path()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("not-verified/"), "{text}");
    assert_eq!(output.status.code(), Some(2));
}

/// Takes the archive out onto a disk in memory, made so, in a mount namespace of the command's own; tells
/// the exit code, what was said, and the files there with their hashes.
fn onto_a_disk(options: &str, archive: &Path) -> (i32, String, Vec<(String, String)>) {
    let disk = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o \"$1\" tmpfs \"$2\" || exit 99
        \"$3\" --lang en extract \"$4\" --to \"$2/out\"; code=$?
        cd \"$2\" && find . -type f -exec sha256sum {} + >&2; exit $code";
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", options]).arg(disk.path());
    let output = command.arg(env!("CARGO_BIN_EXE_invigil")).arg(archive).output();
    let output = output.expect("unshare is installed");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    let (mut words, mut files) = (String::new(), Vec::new());
    for line in said.lines() {
        match line.split_once("  ./out/") {
            Some((hash, name)) => files.push((name.to_owned(), hash.to_owned())),
            None => words += line,
        }
    }
    (output.status.code().unwrap(), words, files)
}

#[test]
fn a_full_disk_is_told_and_every_file_there_is_whole() {
    let archive = seal_day(None);
    let folder = archive.folder.path();
    let whole: Vec<(String, String)> =
        all_files(&archive).into_iter().map(|(name, bytes)| (name, Digest::of(&bytes).to_string())).collect();
    let (code, said, mut files) = onto_a_disk("size=64m", folder);
    files.sort();
    assert_eq!((code, &files), (0, &whole), "{said}");

    let (code, said, files) = onto_a_disk("size=8k", folder);
    assert_eq!((code, files.len()), (30, 0), "{said}");
    assert!(said.contains("Nothing was written"), "{said}");

    // Room for the bytes and not for the files, which nobody can know beforehand.
    let (code, said, files) = onto_a_disk("size=64m,nr_inodes=14", folder);
    assert_eq!(code, 30, "{said}");
    assert!(said.contains("The disk is full: ") && said.contains("stays whole"), "{said}");
    assert!(!files.is_empty() && files.len() < whole.len(), "{files:?}");
    assert!(files.iter().all(|file| whole.contains(file)), "{files:?}");
}
