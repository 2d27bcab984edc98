//! The public tools that judge a part of the archive, each run for real.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {output:?}");
    output
}

/// The part's bag, unpacked below `into`.
pub fn unpacked(part: &Path, into: &Path) -> PathBuf {
    run(Command::new("unzip").arg("-q").arg(part).arg("-d").arg(into));
    into.join(part.file_stem().unwrap())
}

/// Holds the part against `unzip`, `bagit.py`, `sha256sum`, `openssl` and `ssh-keygen`; `key` is the
/// signer's line of `invigil keys show`. Gives the unpacked bag.
pub fn accept(part: &Path, key: &str, into: &Path) -> PathBuf {
    run(Command::new("unzip").arg("-tqq").arg(part));
    let bag = unpacked(part, into);
    run(Command::new("bagit.py").arg("--validate").arg("--quiet").arg(&bag));
    for list in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        run(Command::new("sha256sum").args(["-c", "--strict", "--quiet", list]).current_dir(&bag));
    }
    let (key_file, signature) = ("sig/station.pem", "sig/station.ed25519");
    run(Command::new("openssl")
        .args(["pkeyutl", "-verify", "-pubin", "-inkey", key_file, "-rawin", "-sigfile", signature])
        .args(["-in", "tagmanifest-sha256.txt"])
        .current_dir(&bag));
    let signers = into.join("signers");
    fs::write(&signers, format!("station {key}\n")).unwrap();
    run(Command::new("ssh-keygen")
        .args(["-Y", "verify", "-I", "station", "-n", "invigil-archive", "-s", "sig/station.sshsig", "-f"])
        .arg(&signers)
        .current_dir(&bag)
        .stdin(fs::File::open(bag.join("tagmanifest-sha256.txt")).unwrap()));
    bag
}
