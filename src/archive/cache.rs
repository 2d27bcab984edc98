//! Reading back what was written, from the disk and not from memory.

use std::fs::File;
use std::io;

/// As [`forget_range`], of the whole file.
pub fn forget(file: &File) -> io::Result<()> {
    forget_range(file, 0, None)
}

/// Asks the system to forget what it holds in memory of `bytes` from `from` on, up to the file's end if
/// none, so that the next reading comes from the disk. To be called after a sync; what is not yet on
/// disk stays in memory.
#[cfg(target_os = "linux")]
pub fn forget_range(file: &File, from: u64, bytes: Option<u64>) -> io::Result<()> {
    use std::num::NonZeroU64;

    use rustix::fs::{Advice, fadvise};
    use rustix::io::Errno;
    /// Pages that are only partly in the range would stay: it is widened by the largest page there is.
    const PAGE: u64 = 64 * 1024;
    let begin = from / PAGE * PAGE;
    let length = bytes.and_then(|bytes| NonZeroU64::new((from + bytes).next_multiple_of(PAGE) - begin));
    match fadvise(file, begin, length, Advice::DontNeed) {
        // A file system without a cache of its own has nothing to forget.
        Ok(()) | Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Other systems have no such request for an open file: the reading may come from memory. Not built here.
#[cfg(not(target_os = "linux"))]
pub fn forget_range(_file: &File, _from: u64, _bytes: Option<u64>) -> io::Result<()> {
    Ok(())
}
