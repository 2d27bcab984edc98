//! Can the archive be copied onto the chosen medium? A test file is written, synced, read back.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{CheckContext, CheckResult, gigabytes};
use crate::i18n::Message;

/// Enough to leave a stick's own cache behind, little enough for a slow one.
const TEST_BYTES: usize = 8 * 1024 * 1024;
const BLOCK_BYTES: usize = 64 * 1024;
const TEST_FILE: &str = "invigil-write-test.tmp";

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let Some(target) = &context.target else {
        return CheckResult::unknown(Message::new("checks-target-none"));
    };
    let folder = target.display().to_string();
    if !target.is_dir() {
        return CheckResult::failed(Message::new("checks-target-missing").with("folder", folder));
    }
    let space = match fs4::statvfs(target) {
        Ok(stats) => stats.available_space(),
        Err(error) => {
            let message = Message::new("checks-target-unknown").with("folder", folder);
            return CheckResult::unknown(message.with("detail", error.to_string()));
        }
    };
    let needed = context.target_needed_bytes;
    let begun_ms = context.clock.now().mono_ms;
    let mut written_ms = begun_ms;
    let written = write_and_read_back(target, || written_ms = context.clock.now().mono_ms);
    let took_ms = context.clock.now().mono_ms.saturating_sub(begun_ms).max(1);
    let writing_ms = written_ms.saturating_sub(begun_ms).max(1);
    // Bytes a millisecond are thousands of bytes a second.
    let write_kb_per_s = TEST_BYTES as u64 / writing_ms;
    let read_kb_per_s = TEST_BYTES as u64 / took_ms.saturating_sub(writing_ms).max(1);
    let result = match written {
        Err(TestError::Unwritable(error)) => {
            let message = Message::new("checks-target-unwritable").with("folder", folder);
            return CheckResult::failed(message.with("detail", error.to_string()));
        }
        Err(TestError::Unreadable(error)) => {
            let message = Message::new("checks-target-unreadable").with("folder", folder);
            return CheckResult::failed(message.with("detail", error.to_string()));
        }
        Err(TestError::Differs) => {
            return CheckResult::failed(Message::new("checks-target-differs").with("folder", folder));
        }
        Ok(()) if write_kb_per_s < u64::from(context.rules.target_medium.min_kb_per_second) => {
            let slow = Message::new("checks-target-slow").with("folder", folder);
            let needed = context.rules.target_medium.min_kb_per_second;
            CheckResult::failed(slow.with("speed", write_kb_per_s).with("needed", needed))
        }
        Ok(()) if space < needed => {
            let message = Message::new("checks-target-short").with("folder", folder);
            CheckResult::failed(gigabytes(gigabytes(message, "free", space), "needed", needed))
        }
        Ok(()) => {
            let message = Message::new("checks-target-ok").with("folder", folder);
            CheckResult::passed(gigabytes(message, "free", space))
        }
    };
    result
        .measured("free_bytes", space)
        .measured("needed_bytes", needed)
        .measured("tested_bytes", TEST_BYTES)
        .measured("test_ms", took_ms)
        .measured("write_kb_per_s", write_kb_per_s)
        .measured("read_kb_per_s", read_kb_per_s)
}

enum TestError {
    Unwritable(io::Error),
    Unreadable(io::Error),
    /// What was read is not what was written.
    Differs,
}

/// Removes the test file, however the test ends.
struct TestFile(PathBuf);

impl Drop for TestFile {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(file = %self.0.display(), %error, "test file stays on the medium");
        }
    }
}

/// `written` is called between the two.
fn write_and_read_back(folder: &Path, written: impl FnOnce()) -> Result<(), TestError> {
    let path = folder.join(TEST_FILE);
    let mut file = create(&path).map_err(TestError::Unwritable)?;
    let test_file = TestFile(path);
    let mut block = vec![0; BLOCK_BYTES];
    let mut noise = Noise::new();
    for _ in 0..TEST_BYTES / BLOCK_BYTES {
        noise.fill(&mut block);
        file.write_all(&block).map_err(TestError::Unwritable)?;
    }
    file.sync_all().map_err(TestError::Unwritable)?;
    forget_cached(&file);
    drop(file);
    written();

    let mut file = File::open(&test_file.0).map_err(TestError::Unreadable)?;
    let mut read = vec![0; BLOCK_BYTES];
    let mut noise = Noise::new();
    for _ in 0..TEST_BYTES / BLOCK_BYTES {
        noise.fill(&mut block);
        file.read_exact(&mut read).map_err(TestError::Unreadable)?;
        if read != block {
            return Err(TestError::Differs);
        }
    }
    Ok(())
}

/// A new file; one that a power cut left behind is replaced, anything else of that name is not.
fn create(path: &Path) -> io::Result<File> {
    if path.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() <= TEST_BYTES as u64) {
        fs::remove_file(path)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// The same bytes every time, no block like another, so that a stick that maps several onto one
/// is found out. xorshift64 (Marsaglia 2003).
struct Noise(u64);

impl Noise {
    fn new() -> Self {
        Self(0x2545_f491_4f6c_dd1d)
    }

    fn fill(&mut self, block: &mut [u8]) {
        for bytes in block.chunks_mut(8) {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            bytes.copy_from_slice(&self.0.to_le_bytes()[..bytes.len()]);
        }
    }
}

/// Asks the system to read from the medium next time, not from memory; only Linux takes the hint.
#[cfg(target_os = "linux")]
fn forget_cached(file: &File) {
    if let Err(error) = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed) {
        tracing::debug!(%error, "the test may be read from memory");
    }
}

#[cfg(not(target_os = "linux"))]
fn forget_cached(_file: &File) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::context;
    use crate::journal::Outcome;

    fn check(target: Option<&Path>, needed_bytes: u64) -> (Outcome, String) {
        let mut context = context(Path::new("."));
        context.target = target.map(Path::to_owned);
        context.target_needed_bytes = needed_bytes;
        // No time passes by it: the fastest medium there is.
        context.clock = std::sync::Arc::new(crate::clock::SimulatedClock::new(0, 0));
        let result = run(&context);
        (result.outcome, result.finding.id)
    }

    #[test]
    fn a_good_medium_passes_and_nothing_stays_on_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(TEST_FILE), "left by a power cut").unwrap();
        assert_eq!(check(Some(folder.path()), 1), (Outcome::Passed, "checks-target-ok".into()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_slow_medium_is_found() {
        /// An hour passes between any two looks at it.
        #[derive(Debug)]
        struct Slow(crate::clock::SimulatedClock);
        impl crate::clock::Clock for Slow {
            fn now(&self) -> crate::clock::Stamp {
                self.0.advance(std::time::Duration::from_secs(3600));
                self.0.now()
            }

            fn sleep(&self, duration: std::time::Duration) {
                self.0.sleep(duration);
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let mut context = context(Path::new("."));
        context.target = Some(folder.path().to_owned());
        context.clock = std::sync::Arc::new(Slow(crate::clock::SimulatedClock::new(0, 0)));
        let result = run(&context);
        assert_eq!((result.outcome, result.finding.id.as_str()), (Outcome::Failed, "checks-target-slow"));
    }

    #[test]
    fn no_medium_is_unknown_and_a_bad_one_fails() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(check(None, 1), (Outcome::Unknown, "checks-target-none".into()));
        let gone = folder.path().join("gone");
        assert_eq!(check(Some(&gone), 1), (Outcome::Failed, "checks-target-missing".into()));
        assert_eq!(check(Some(folder.path()), u64::MAX), (Outcome::Failed, "checks-target-short".into()));
        // A folder where the test file should be: nothing can be written there.
        fs::create_dir(folder.path().join(TEST_FILE)).unwrap();
        assert_eq!(check(Some(folder.path()), 1), (Outcome::Failed, "checks-target-unwritable".into()));
    }
}
