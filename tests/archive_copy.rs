//! Copies: verified, taken up again, never over something else.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use invigil::archive::{CopyError, copy};

fn sources(folder: &Path) -> Vec<PathBuf> {
    [("a.zip", 3_000_000), ("b.zip", 10)]
        .map(|(name, length)| {
            let path = folder.join(name);
            fs::write(&path, vec![name.as_bytes()[0]; length]).unwrap();
            path
        })
        .to_vec()
}

#[test]
fn a_copy_is_equal_and_tells_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let files = sources(folder.path());
    let target = folder.path().join("usb/archive");
    let mut seen = Vec::new();
    let copies = copy(&files, &target, &mut |done, total| {
        seen.push((done, total));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(copies.iter().map(|copy| copy.was_there).collect::<Vec<_>>(), [false, false]);
    assert_eq!(seen.last(), Some(&(6_000_020, 6_000_020)));
    assert!(seen.is_sorted());
    for file in &files {
        assert_eq!(fs::read(file).unwrap(), fs::read(target.join(file.file_name().unwrap())).unwrap());
    }
}

#[test]
fn a_stopped_copy_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let files = sources(folder.path());
    let target = folder.path().join("usb");
    let mut until_second_file = |done, _| match done {
        0..6_000_001 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    assert!(matches!(copy(&files, &target, &mut until_second_file), Err(CopyError::Stopped)));
    assert!(target.join("a.zip").exists() && !target.join("b.zip").exists());
    let copies = copy(&files, &target, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(copies.iter().map(|copy| copy.was_there).collect::<Vec<_>>(), [true, false]);
    assert_eq!(fs::read_dir(&target).unwrap().count(), 2, "nothing unfinished is left");
}

#[test]
fn another_file_of_the_name_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let files = sources(folder.path());
    let target = folder.path().join("usb");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("b.zip"), b"somebody's").unwrap();
    let result = copy(&files, &target, &mut |_, _| ControlFlow::Continue(()));
    assert!(matches!(result, Err(CopyError::Other(_))));
    assert_eq!(fs::read(target.join("b.zip")).unwrap(), b"somebody's");
}
