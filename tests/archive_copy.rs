//! Copies: verified, taken up again, never over something else.

use std::fs;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use invigil::archive::{CopyError, CopyTarget, copy};
use invigil::point::AgeRecipient;

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

/// A key pair of Debian's `age`: where the secret one lies, and the recipient.
fn age_keys(folder: &Path, name: &str) -> (PathBuf, AgeRecipient) {
    let path = folder.join(name);
    let output = Command::new("age-keygen").arg("-o").arg(&path).output().expect("age is installed");
    assert!(output.status.success(), "{output:?}");
    let text = fs::read_to_string(&path).unwrap();
    let recipient = text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap();
    (path, recipient.parse().unwrap())
}

/// What `age -d` makes of it.
fn opened(file: &Path, key: &Path) -> Option<Vec<u8>> {
    let output = Command::new("age").arg("-d").arg("-i").arg(key).arg(file).output().unwrap();
    output.status.success().then_some(output.stdout)
}

#[test]
fn a_confidential_copy_is_opened_by_every_recipient_and_by_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let keys = ["centre", "deputy", "stranger"].map(|name| age_keys(folder.path(), name));
    let recipients: Vec<AgeRecipient> = keys[..2].iter().map(|(_, recipient)| recipient.clone()).collect();
    let target = CopyTarget::open(&folder.path().join("usb")).unwrap();
    let go_on = &mut |_, _| ControlFlow::Continue(());
    // Empty, shorter than a chunk, whole chunks, one byte more, several megabytes.
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 3_000_001] {
        let name = format!("part-{length}.zip");
        let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        let file = folder.path().join(&name);
        fs::write(&file, &bytes).unwrap();
        let copied = target.copy_for(&file, &recipients, None, go_on).unwrap();
        let copy = target.folder().join(format!("{name}.age"));
        assert_eq!(
            (copied.file.as_str(), copied.bytes),
            (copy.file_name().unwrap().to_str().unwrap(), fs::metadata(&copy).unwrap().len())
        );
        assert_eq!(copied.sha256, invigil::signing::Digest::of(&fs::read(&copy).unwrap()));
        assert!(!target.folder().join(&name).exists(), "nothing plain");
        for (key, _) in &keys[..2] {
            assert_eq!(opened(&copy, key), Some(bytes.clone()), "{length}");
        }
        assert_eq!(opened(&copy, &keys[2].0), None);
        // What an earlier copy left is taken as it is if it is still that, else made anew.
        let again = target.copy_for(&file, &recipients, Some(copied.sha256), go_on).unwrap();
        assert!(again.was_there && again.sha256 == copied.sha256);
        fs::write(&copy, b"rotten").unwrap();
        let mended = target.copy_for(&file, &recipients, Some(copied.sha256), go_on).unwrap();
        assert!(!mended.was_there && mended.sha256 != copied.sha256, "another key, other bytes");
        assert_eq!(opened(&copy, &keys[0].0), Some(bytes));
        assert!(!target.folder().join(format!("{name}.age.copying")).exists());
    }
}

#[test]
fn a_confidential_copy_to_nobody_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = large(folder.path());
    let target = CopyTarget::open(&folder.path().join("usb")).unwrap();
    let result = target.copy_for(&file, &[], None, &mut |_, _| ControlFlow::Continue(()));
    assert!(matches!(result, Err(CopyError::Write { .. })));
    assert!(!target.folder().join("a.zip.age").exists());
}
