//! Handing a finished form to a printer: what the system's own program takes is in its queue, and needs
//! the file no longer.

#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(not(windows), path = "unix.rs")]
mod system;

use std::fs;
use std::path::Path;
use std::process;
use std::time::Duration;

use crate::checks::{ProgramError, RunProgram, SystemPrograms};
use crate::durable;
use crate::i18n::Message;

/// A queue that has not taken a form by then takes none.
const LIMIT: Duration = Duration::from_secs(30);

/// Printers that a person would choose from.
const MOST_PRINTERS: usize = 30;
/// Of a printer's name, as long as CUPS takes.
const MOST_NAME: usize = 127;

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
    #[error("the print service does not run")]
    NoService,
    #[error("the queue did not answer")]
    TooLong,
    #[error("no printer is set up as the usual one")]
    NoPrinter,
    #[error("no printer {0}")]
    NoSuchPrinter(String),
    #[error("refused: {0}")]
    Refused(String),
    #[error("no file to print from: {0}")]
    File(String),
}

impl PrintError {
    /// What happened and what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::NoProgram => Message::new("print-no-program"),
            Self::NoService => Message::new("print-no-service"),
            Self::TooLong => Message::new("print-too-long"),
            Self::NoPrinter => Message::new("print-no-printer"),
            Self::NoSuchPrinter(printer) => {
                Message::new("print-no-such-printer").with("printer", printer.as_str())
            }
            Self::Refused(detail) => Message::new("print-refused").with("detail", detail.as_str()),
            Self::File(detail) => Message::new("print-no-file").with("detail", detail.as_str()),
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

/// The names of this computer's printers.
pub fn printers(programs: &dyn RunProgram) -> Result<Vec<String>, PrintError> {
    let said = system::printers(programs)?;
    let plain = |name: &&str| {
        let usable = !name.is_empty() && !name.starts_with('-') && !name.chars().any(char::is_control);
        usable && name.chars().count() <= MOST_NAME
    };
    Ok(said.lines().map(str::trim).filter(plain).take(MOST_PRINTERS).map(str::to_owned).collect())
}

/// As [`print`], through a file of its own in `folder`, which is gone once the queue has the form. A process
/// prints one at a time.
pub fn print_bytes(
    programs: &dyn RunProgram,
    folder: &Path,
    pdf: &[u8],
    title: &str,
    printer: Option<&str>,
) -> Result<Queued, PrintError> {
    let file = folder.join(format!("print-{}.pdf", process::id()));
    let fault = |error: std::io::Error| PrintError::File(error.to_string());
    durable::replace_private(&file, pdf).map_err(fault)?;
    let queued = print(programs, &file, title, printer);
    fs::remove_file(&file).map_err(fault)?;
    queued
}

/// As [`print_bytes`], on this computer's usual printer.
pub fn print_here(folder: &Path, pdf: &[u8], title: &str) -> Result<Queued, PrintError> {
    print_bytes(&SystemPrograms, folder, pdf, title, None)
}

/// The first line of what a program said, short enough to be shown.
fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().chars().take(200).collect()
}
