//! Finding the station of a data folder, or starting one that outlives this process.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::SocketConnection;
use crate::i18n::{Language, Message};

/// Printed by `invigil station` once clients may connect.
pub const READY: &str = "ready";

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the station can't be started: {0}")]
    Spawn(io::Error),
    /// What the station said before it gave up, in the language asked for.
    #[error("{0}")]
    Ended(String),
    #[error("the station started but can't be reached: {0}")]
    Unreachable(io::Error),
}

impl StartError {
    pub fn message(&self) -> Message {
        Message::new("station-not-started").with("detail", self.to_string())
    }
}

/// Connects to the station of `data`; if none runs, starts `program station` on its own and
/// waits until it is ready.
pub fn connect_or_start(
    data: &Path,
    program: &Path,
    language: Language,
) -> Result<SocketConnection, StartError> {
    if let Ok(connection) = SocketConnection::open(data) {
        return Ok(connection);
    }
    let mut command = Command::new(program);
    let language = match language {
        Language::Ru => "ru",
        Language::En => "en",
    };
    command.args(["--lang", language, "--data"]).arg(data).arg("station");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    detach(&mut command);
    let child = command.spawn().map_err(StartError::Spawn)?;
    wait_until_ready(child)?;
    SocketConnection::open(data).map_err(StartError::Unreachable)
}

/// Reads the child's first line. Its standard streams are let go then: nothing more is said there.
fn wait_until_ready(mut child: Child) -> Result<(), StartError> {
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout).read_line(&mut line).map_err(StartError::Spawn)?;
    }
    if line.trim_end() == READY {
        return Ok(());
    }
    let output = child.wait_with_output().map_err(StartError::Spawn)?;
    Err(StartError::Ended(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// A group of its own: the terminal's interrupt and hang-up go to the window alone.
#[cfg(unix)]
fn detach(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// `DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP` of `CreateProcess`. Not built here.
#[cfg(windows)]
fn detach(command: &mut Command) {
    std::os::windows::process::CommandExt::creation_flags(command, 0x0000_0008 | 0x0000_0200);
}
