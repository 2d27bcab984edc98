//! What fuzzing has found worth keeping (`tests/nightly/fuzz`) is read once more, without a fuzzer.

use std::fs;
use std::path::Path;

#[path = "fuzz/readers.rs"]
mod readers;

/// Reads every kept input; a fault panics, and its file's name says which it was.
fn replay(target: &str, read: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut inputs = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let done = std::panic::catch_unwind(|| read(&bytes));
        assert!(done.is_ok(), "{}", path.display());
        inputs += 1;
    }
    assert!(inputs > 0, "{target}");
}

macro_rules! targets {
    ($($target:ident)*) => { $(
        #[test]
        fn $target() {
            replay(stringify!($target), readers::$target);
        }
    )* };
}

targets! { zip journal idx checkpoint sshsig signers repair }
