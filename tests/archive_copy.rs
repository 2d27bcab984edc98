//! Copies: verified, taken up again, never over something else.

use std::fs;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use invigil::archive::{CopyError, CopyTarget, copy};

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

/// A file whose pieces all differ.
fn large(folder: &Path) -> (PathBuf, Vec<u8>) {
    let (path, bytes) =
        (folder.join("a.zip"), (0..1_500_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
    fs::write(&path, &bytes).unwrap();
    (path, bytes)
}

#[test]
fn a_half_copy_goes_on_where_it_is_equal() {
    let folder = tempfile::tempdir().unwrap();
    let (file, bytes) = large(folder.path());
    let target = CopyTarget::open(&folder.path().join("usb")).unwrap();
    let unfinished = target.folder().join("a.zip.copying");
    for (half, equal) in [(4_000_000, 4_000_000), (7_000_000, 6_000_000), (0, 0)] {
        let mut left = bytes[..half.min(bytes.len())].to_vec();
        left.resize(half, 0);
        fs::write(&unfinished, left).unwrap();
        let copied = target.copy(&file, &mut |_, _| ControlFlow::Continue(())).unwrap();
        assert_eq!((copied.resumed_bytes, copied.was_there), (equal, false));
        assert_eq!(fs::read(target.folder().join("a.zip")).unwrap(), bytes);
        fs::remove_file(target.folder().join("a.zip")).unwrap();
    }
    // What a bad medium holds otherwise is written anew, from the piece before.
    let mut left = bytes[..4_000_000].to_vec();
    left[2_500_000] ^= 1;
    fs::write(&unfinished, left).unwrap();
    let copied = target.copy(&file, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(copied.resumed_bytes, 2 << 20);
    assert_eq!(fs::read(target.folder().join("a.zip")).unwrap(), bytes);
    assert!(!unfinished.exists());
}

/// Runs itself again, to be killed.
#[test]
fn a_copy_that_was_killed_goes_on_and_is_whole() {
    const INNER: &str = "INVIGIL_TEST_KILLED_COPY";
    if let Some(folder) = std::env::var_os(INNER) {
        let folder = Path::new(&folder);
        let target = CopyTarget::open(&folder.join("usb")).unwrap();
        target
            .copy(&folder.join("a.zip"), &mut |done, _| {
                if done >= 3_000_000 {
                    println!("\nhalf");
                    std::thread::park();
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (file, bytes) = large(folder.path());
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "--nocapture", "a_copy_that_was_killed_goes_on_and_is_whole"]);
    let mut child = again.env(INNER, folder.path()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "half"));
    child.kill().unwrap();
    child.wait().unwrap();
    let target = CopyTarget::open(&folder.path().join("usb")).unwrap();
    assert!(!target.folder().join("a.zip").exists(), "half a copy does not look like one");
    let copied = target.copy(&file, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert!(copied.resumed_bytes >= 3_000_000, "{copied:?}");
    assert_eq!(fs::read(target.folder().join("a.zip")).unwrap(), bytes);
}
