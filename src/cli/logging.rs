//! The log: a file in the data folder, shared by all processes that work there.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;

use tracing_subscriber::EnvFilter;

use crate::durable::create_private_folder;

/// At the start a log longer than this becomes `invigil.log.old`, in place of the one before.
const KEEP_BYTES: u64 = 16 * 1024 * 1024;

/// Makes the data folder and logs to its `log/invigil.log` from now on. What is logged:
/// `wanted`, in the words of `tracing_subscriber::EnvFilter`; `info` by default.
pub(super) fn start(data: &Path, wanted: &str) -> io::Result<()> {
    create_private_folder(data)?;
    let folder = data.join("log");
    fs::create_dir_all(&folder)?;
    let path = folder.join("invigil.log");
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > KEEP_BYTES) {
        fs::rename(&path, folder.join("invigil.log.old"))?;
    }
    // Appending keeps the lines of several processes whole: each line is one write.
    let file = OpenOptions::new().create(true).append(true).open(&path)?;
    let filter = EnvFilter::builder().with_default_directive(tracing::Level::INFO.into()).parse_lossy(wanted);
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(Arc::new(file))
        .finish();
    // A second start in one process (tests) keeps logging where the first one did.
    let _ = tracing::subscriber::set_global_default(subscriber);
    Ok(())
}
