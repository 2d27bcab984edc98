//! Through the program that Windows opens PDFs with. This twin was never built or run.

use std::path::Path;

use super::{LIMIT, PrintError, Queued, first_line};
use crate::checks::RunProgram;

pub(super) fn print(
    programs: &dyn RunProgram,
    file: &Path,
    _title: &str,
    printer: Option<&str>,
) -> Result<Queued, PrintError> {
    let file = literal(&file.display().to_string());
    let how = match printer {
        Some(printer) => format!("PrintTo -ArgumentList {}", literal(&format!("\"{printer}\""))),
        None => "Print".to_owned(),
    };
    let script = format!("$ErrorActionPreference = 'Stop'; Start-Process -FilePath {file} -Verb {how} -Wait");
    let command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", &script].map(str::to_owned);
    let said = programs.run(&command, LIMIT)?;
    if !said.success() {
        return Err(PrintError::Refused(first_line(&said.text())));
    }
    Ok(Queued { job: String::new(), stopped: None })
}

/// A name a line.
pub(super) fn printers(programs: &dyn RunProgram) -> Result<String, PrintError> {
    let script = "$ErrorActionPreference = 'Stop'; Get-Printer | ForEach-Object { $_.Name }";
    let command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", script].map(str::to_owned);
    let said = programs.run(&command, LIMIT)?;
    if said.success() { Ok(said.out) } else { Err(PrintError::Refused(first_line(&said.text()))) }
}

/// A text that nothing is read into: PowerShell takes any of these marks for the quote that ends it.
fn literal(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars() {
        if matches!(character, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted + "'"
}
