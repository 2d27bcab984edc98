//! Handing a finished form to a printer: what the system's own program takes is in its queue, and needs
//! the file no longer.

#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(not(windows), path = "unix.rs")]
mod system;

use std::path::Path;
use std::time::Duration;

use crate::checks::{ProgramError, RunProgram};
use crate::i18n::Message;

/// A queue that has not taken a form by then takes none.
const LIMIT: Duration = Duration::from_secs(30);

/// A form in a printer's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// As the system names it, `Brother-12`; empty where it names none.
    pub job: String,
    /// Why the printer does not print now, in the system's words.
    pub stopped: Option<String>,
}

/// Why no printer took it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    #[error("no program that prints")]
    NoProgram,
    #[error("the queue did not answer")]
    TooLong,
    #[error("no printer is set up as the usual one")]
    NoPrinter,
    #[error("no printer {0}")]
    NoSuchPrinter(String),
    #[error("refused: {0}")]
    Refused(String),
}

impl PrintError {
    /// What happened and what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::NoProgram => Message::new("print-no-program"),
            Self::TooLong => Message::new("print-too-long"),
            Self::NoPrinter => Message::new("print-no-printer"),
            Self::NoSuchPrinter(printer) => {
                Message::new("print-no-such-printer").with("printer", printer.as_str())
            }
            Self::Refused(detail) => Message::new("print-refused").with("detail", detail.as_str()),
        }
    }
}

impl From<ProgramError> for PrintError {
    fn from(error: ProgramError) -> Self {
        match error {
            ProgramError::NotFound => Self::NoProgram,
            ProgramError::TooLong => Self::TooLong,
            ProgramError::Failed(detail) => Self::Refused(detail),
        }
    }
}

/// Puts the PDF into the queue of `printer`, or of the usual one.
pub fn print(
    programs: &dyn RunProgram,
    file: &Path,
    title: &str,
    printer: Option<&str>,
) -> Result<Queued, PrintError> {
    // It would be read as an option.
    if let Some(odd) = printer.filter(|name| name.starts_with('-') || name.chars().any(char::is_control)) {
        return Err(PrintError::NoSuchPrinter(odd.chars().take(80).collect()));
    }
    system::print(programs, file, title, printer)
}

/// The first line of what a program said, short enough to be shown.
fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().chars().take(200).collect()
}
