//! Runs other programs: without a shell, for a limited time, with limited output.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

/// More output than this is not read.
const MAX_OUTPUT_BYTES: u64 = 64 * 1024;
/// How often a running program is asked whether it has ended.
const POLL: Duration = Duration::from_millis(10);

/// Runs programs. Tests feed recorded outputs instead.
pub trait RunProgram: Send + Sync {
    /// Runs `command` (program, then arguments) and waits for its end, at most `limit`.
    fn run(&self, command: &[String], limit: Duration) -> Result<ProgramOutput, ProgramError>;
}

/// What a program said before it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramOutput {
    pub success: bool,
    /// Standard output, then standard error; bytes that are no UTF-8 are replaced.
    pub text: String,
}

/// Why a program said nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    #[error("no such program")]
    NotFound,
    #[error("did not end in time")]
    TooLong,
    #[error("can't be run: {0}")]
    Failed(String),
}

impl From<io::Error> for ProgramError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// The programs of this computer.
#[derive(Clone, Copy, Debug)]
pub struct SystemPrograms;

impl RunProgram for SystemPrograms {
    fn run(&self, command: &[String], limit: Duration) -> Result<ProgramOutput, ProgramError> {
        let (program, arguments) = command.split_first().ok_or(ProgramError::NotFound)?;
        let mut child = Command::new(program)
            .args(arguments)
            // What is parsed here is parsed in English.
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let outputs = [
            child.stdout.take().map(|pipe| read_aside(Box::new(pipe))),
            child.stderr.take().map(|pipe| read_aside(Box::new(pipe))),
        ];
        let success = wait(&mut child, limit)?;
        let mut text = String::new();
        for output in outputs.into_iter().flatten() {
            // A grandchild may hold the pipe open for ever: what came by now has to do.
            let bytes = output?.recv_timeout(Duration::from_secs(1)).map_err(|_| ProgramError::TooLong)?;
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
        Ok(ProgramOutput { success, text })
    }
}

fn read_aside(pipe: Box<dyn Read + Send>) -> io::Result<Receiver<Vec<u8>>> {
    let (sender, receiver) = sync_channel(1);
    let read = move || {
        let mut bytes = Vec::new();
        // A pipe that breaks has said what it had to say.
        let _ = pipe.take(MAX_OUTPUT_BYTES).read_to_end(&mut bytes);
        let _ = sender.send(bytes);
    };
    thread::Builder::new().name("program output".into()).spawn(read)?;
    Ok(receiver)
}

/// Waits for the end and kills what does not end in time.
fn wait(child: &mut Child, limit: Duration) -> Result<bool, ProgramError> {
    for _ in 0..=limit.as_millis() / POLL.as_millis() {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        thread::sleep(POLL);
    }
    child.kill()?;
    child.wait()?;
    Err(ProgramError::TooLong)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(command: &[&str]) -> Result<ProgramOutput, ProgramError> {
        let command: Vec<String> = command.iter().map(ToString::to_string).collect();
        SystemPrograms.run(&command, Duration::from_millis(500))
    }

    #[test]
    fn both_outputs_and_the_success_come_back() {
        let output = run(&["sh", "-c", "echo one; echo two >&2; exit 3"]).unwrap();
        assert_eq!(output, ProgramOutput { success: false, text: "one\ntwo\n".into() });
    }

    #[test]
    fn what_does_not_end_is_killed_and_what_floods_is_cut() {
        assert_eq!(run(&["sleep", "1000"]), Err(ProgramError::TooLong));
        assert_eq!(run(&["no-such-program-anywhere"]), Err(ProgramError::NotFound));
        assert_eq!(run(&[]), Err(ProgramError::NotFound));
        let flood = run(&["head", "-c", "1000000", "/dev/zero"]).unwrap();
        assert_eq!(flood.text.len() as u64, MAX_OUTPUT_BYTES);
    }
}
