//! How a subcommand fails: in the person's words, with an exit code.

use std::fmt;
use std::io;

use crate::i18n::Message;

/// What happened and what to do, and the exit code that says so to programs.
#[derive(Clone, Debug)]
pub struct Failure {
    /// 1 or more.
    pub code: u8,
    pub message: Message,
}

impl Failure {
    pub fn new(code: u8, message: Message) -> Self {
        debug_assert_ne!(code, 0);
        Self { code, message }
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
