//! The test file that every antivirus takes for a virus (EICAR), and that does no harm.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const FILE: &str = "antivirus-test.tmp";

/// In two halves, the second one backwards: else this program itself would be taken for a virus.
const HALVES: (&str, &str) = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-", "*H+H$!ELIF-TSET-SURIVITNA-DRADNATS");

/// It is there until it is dropped, if no antivirus has taken it away.
pub(super) struct Sample(PathBuf);

impl Sample {
    pub fn write(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        // What a power cut left behind.
        if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
            fs::remove_file(&path)?;
        }
        let (first, second) = HALVES;
        let text: String = first.chars().chain(second.chars().rev()).collect();
        let sample = Self(path);
        match OpenOptions::new().write(true).create_new(true).open(&sample.0) {
            Ok(mut file) => match file.write_all(text.as_bytes()) {
                // One that watches closely does not even let it be written.
                Err(error) if error.kind() != io::ErrorKind::PermissionDenied => Err(error),
                _ => Ok(sample),
            },
            Err(error) => Err(error),
        }
    }

    pub fn path(&self) -> String {
        self.0.display().to_string()
    }

    /// Somebody took it away, or lets nobody read it.
    pub fn is_taken(&self) -> bool {
        fs::read(&self.0).is_err()
    }
}

impl Drop for Sample {
    fn drop(&mut self) {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(file = %self.0.display(), %error, "the antivirus's test file stays");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing::Digest;

    #[test]
    fn it_is_the_well_known_file_and_does_not_stay() {
        let folder = tempfile::tempdir().unwrap();
        let sample = Sample::write(&folder.path().join("data")).unwrap();
        let bytes = fs::read(sample.path()).unwrap();
        // As published by EICAR.
        let published = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";
        assert_eq!((bytes.len(), Digest::of(&bytes).to_string()), (68, published.to_owned()));
        assert!(!sample.is_taken());
        let path = sample.path();
        drop(sample);
        assert!(!Path::new(&path).exists());
    }
}
