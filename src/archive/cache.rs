//! Reading back what was written, from the disk and not from memory.

use std::fs::File;
use std::io;

/// Asks the system to forget what it holds of a file in memory, so that the next reading comes from
/// the disk. To be called after a sync; what is not yet on disk stays in memory.
#[cfg(target_os = "linux")]
pub fn forget(file: &File) -> io::Result<()> {
    use rustix::fs::{Advice, fadvise};
    use rustix::io::Errno;
    match fadvise(file, 0, None, Advice::DontNeed) {
        // A file system without a cache of its own has nothing to forget.
        Ok(()) | Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Other systems have no such request for an open file: the reading may come from memory. Not built here.
#[cfg(not(target_os = "linux"))]
pub fn forget(_file: &File) -> io::Result<()> {
    Ok(())
}
