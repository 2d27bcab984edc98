//! Nobody is asked for it. This twin was never built or run.

use std::io;
use std::path::Path;

/// A drive's serial number is not asked for.
pub fn serial(_folder: &Path) -> io::Result<Option<String>> {
    Ok(None)
}

/// There are no such folders.
pub fn serial_above(_folder: &Path) -> Option<String> {
    None
}
