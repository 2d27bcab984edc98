//! Asks the programs and the files of the system.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::words::plain;
use super::{ProgramError, ProgramOutput, RunProgram};
use crate::i18n::Message;

/// Where programs for administrators are, that a plain user's search path leaves out.
const SYSTEM_FOLDERS: [&str; 2] = ["/usr/sbin", "/sbin"];
/// A program that only tells what it knows.
pub(super) const SOON: Duration = Duration::from_secs(10);
/// Longest file of the system that is read.
const MAX_FILE_BYTES: u64 = 1024 * 1024;

pub(super) fn ask(
    programs: &dyn RunProgram,
    command: &[&str],
    limit: Duration,
) -> Result<ProgramOutput, ProgramError> {
    let mut command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
    let first = programs.run(&command, limit);
    let Some(program) = command.first().cloned().filter(|_| first == Err(ProgramError::NotFound)) else {
        return first;
    };
    if cfg!(unix) && !program.contains('/') {
        for folder in SYSTEM_FOLDERS {
            command[0] = format!("{folder}/{program}");
            match programs.run(&command, limit) {
                Err(ProgramError::NotFound) => {}
                answer => return answer,
            }
        }
    }
    Err(ProgramError::NotFound)
}

/// What a program says that ends well.
pub(super) fn said(programs: &dyn RunProgram, command: &[&str]) -> Result<String, Message> {
    let program = command.first().copied().unwrap_or_default();
    let output = ask(programs, command, SOON).map_err(|error| error.message(program))?;
    let complaint = match (output.success(), output.cut) {
        (true, false) => return Ok(output.out),
        (_, true) => "too long".to_owned(),
        _ => output
            .err
            .lines()
            .chain(output.out.lines())
            .find(|line| !line.trim().is_empty())
            .unwrap_or("?")
            .to_owned(),
    };
    Err(ProgramError::Failed(complaint).message(program))
}

/// The JSON that a program says.
pub(super) fn json<T: DeserializeOwned>(program: &str, text: &str) -> Result<T, Message> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| unclear(program))
}

/// A program's answer is none that is known.
pub(super) fn unclear(program: &str) -> Message {
    Message::new("checks-program-unclear").with("program", program)
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Message {
    Message::new("checks-file-unreadable")
        .with("file", path.display().to_string())
        .with("detail", plain(&error.to_string(), 200))
}

/// A file of the system, in bounded memory.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// One value out of `/sys`; none when it can't be had.
pub(super) fn value(path: &Path) -> Option<String> {
    read(path).ok().map(|text| text.trim().to_owned())
}

/// Names of a folder's entries, in order; empty when there is no such folder.
pub(super) fn entries(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.take(4096).filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// What PowerShell says. Not tried on Windows yet.
pub(super) fn powershell(programs: &dyn RunProgram, script: &str) -> Result<String, Message> {
    said(programs, &["powershell", "-NoProfile", "-NonInteractive", "-Command", script])
}

/// Names of everything that runs, cut by the kernel to 15 characters. Only Linux tells them so.
pub(super) fn running(root: &Path) -> Vec<String> {
    let proc = root.join("proc");
    let is_process = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    let processes = entries(&proc).into_iter().filter(is_process);
    processes.filter_map(|id| value(&proc.join(id).join("comm"))).collect()
}
