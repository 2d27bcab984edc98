//! How a subcommand fails: in the person's words, with an exit code.

use std::fmt;
use std::io;

use crate::i18n::Message;
#[cfg(feature = "station")]
use crate::station::StationError;
use crate::tables::ReadError;

/// Exit codes of failures, a kind each. Beside them: 0 to 4 are `verify`'s verdicts, 10 to 29 a camera's
/// faults, 64 is wrong usage, and 1 is whatever has no code of its own.
pub mod code {
    /// A recording, or what is taken out of an archive, can't be written.
    pub const FILES: u8 = 30;
    /// The data folder can't be made, read or written, or its disk is full.
    pub const DATA_FOLDER: u8 = 31;
    /// Another station works on the data folder.
    pub const SECOND_STATION: u8 = 32;
    pub const PROFILE: u8 = 33;
    pub const CHECKLIST: u8 = 34;
    /// The device key or the PIN file can't be used.
    pub const PRIVATE_FILE: u8 = 35;
    /// A journal or a part of the archive can't be used.
    pub const EVIDENCE: u8 = 36;
    /// No station runs on the data folder, or it ended.
    pub const NO_STATION: u8 = 37;
    /// The station said no.
    pub const REFUSED: u8 = 38;
    /// A table can't be read, or is wrong.
    pub const TABLE: u8 = 39;
    pub const USAGE: u8 = 64;
}

/// What happened and what to do, and the exit code that says so to programs.
#[derive(Clone, Debug)]
pub struct Failure {
    /// 1 or more.
    pub code: u8,
    pub message: Message,
    /// Each single fault, where there are several to mend.
    pub details: Vec<Message>,
}

impl Failure {
    pub fn new(code: u8, message: Message) -> Self {
        debug_assert_ne!(code, 0);
        Self { code, message, details: Vec::new() }
    }

    /// A file that was refused, with every fault in it.
    pub fn file(code: u8, error: &ReadError) -> Self {
        let details = match error.messages() {
            several if several.len() > 1 => several,
            _ => Vec::new(),
        };
        Self { details, ..Self::new(code, error.message()) }
    }
}

#[cfg(feature = "station")]
impl Failure {
    /// A station that can't start on the data folder `root`.
    pub fn station(error: &StationError, root: &std::path::Path) -> Self {
        let code = match error {
            StationError::Data(_) | StationError::Socket(_) => code::DATA_FOLDER,
            StationError::AlreadyRunning => code::SECOND_STATION,
            StationError::Briefings(_) => code::CHECKLIST,
            StationError::Key(_) | StationError::Pins(_) => code::PRIVATE_FILE,
            StationError::Journal(_) | StationError::Part(_) => code::EVIDENCE,
        };
        Self::new(code, error.message(root))
    }
}

impl fmt::Display for Failure {
    /// For the log; `main` shows the message in the person's language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl std::error::Error for Failure {}

/// Whether it only failed because nobody reads the output any more, as in `invigil … | head`.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
