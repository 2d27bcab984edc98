//! Runs other programs: without a shell, for a limited time, with limited output.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;
use std::time::Duration;

use super::words::plain;
use crate::i18n::Message;

/// More of either output is not read: the longest is a list of thousands of installed programs.
const MAX_OUTPUT_BYTES: u64 = 4 * 1024 * 1024;
/// How often a running program is asked whether it has ended.
const POLL: Duration = Duration::from_millis(10);

/// Runs programs. Tests feed recorded outputs instead.
pub trait RunProgram: Send + Sync {
    /// Runs `command` (program, then arguments) and waits for its end, at most `limit`.
    fn run(&self, command: &[String], limit: Duration) -> Result<ProgramOutput, ProgramError>;
}

/// What a program said before it ended. Bytes that are no UTF-8 are replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramOutput {
    /// None when it was killed.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
    /// It said more than was read.
    pub cut: bool,
}

impl ProgramOutput {
    pub fn success(&self) -> bool {
        self.code == Some(0)
    }

    /// Both outputs, the standard one first.
    pub fn text(&self) -> String {
        [self.out.as_str(), self.err.as_str()].concat()
    }
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

impl ProgramError {
    /// What it means for the check that asked `program`.
    pub(super) fn message(&self, program: &str) -> Message {
        match self {
            Self::NotFound => Message::new("checks-program-missing").with("program", program),
            Self::TooLong => Message::new("checks-program-hangs").with("program", program),
            Self::Failed(detail) => Message::new("checks-program-failed")
                .with("program", program)
                .with("detail", plain(detail, 200)),
        }
    }
}

/// The programs of this computer.
#[derive(Clone, Copy, Debug)]
pub struct SystemPrograms;

impl RunProgram for SystemPrograms {
    fn run(&self, command: &[String], limit: Duration) -> Result<ProgramOutput, ProgramError> {
        let (program, arguments) = command.split_first().ok_or(ProgramError::NotFound)?;
        let mut prepared = Command::new(program);
        prepared
            .args(arguments)
            // What is parsed here is parsed in English.
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        family::prepare(&mut prepared);
        let mut child = prepared.spawn()?;
        let ended = watch(&mut child, limit);
        if ended.is_err() {
            family::kill(&mut child);
        }
        ended
    }
}

/// Waits until the program has ended and closed both outputs. A grandchild that keeps one open belongs
/// to it.
fn watch(child: &mut Child, limit: Duration) -> Result<ProgramOutput, ProgramError> {
    let mut out = Output::read_aside(child.stdout.take())?;
    let mut err = Output::read_aside(child.stderr.take())?;
    for _ in 0..=limit.as_millis() / POLL.as_millis() {
        // Not asked before its outputs have ended: until then its id stays its own, and can be killed.
        if out.has_ended()
            && err.has_ended()
            && let Some(status) = child.try_wait()?
        {
            let cut = [&out, &err].iter().any(|output| output.bytes.len() as u64 > MAX_OUTPUT_BYTES);
            return Ok(ProgramOutput { code: status.code(), out: out.text(), err: err.text(), cut });
        }
        thread::sleep(POLL);
    }
    Err(ProgramError::TooLong)
}

/// One output, read in a thread of its own.
struct Output {
    bytes: Vec<u8>,
    coming: Option<Receiver<Vec<u8>>>,
}

impl Output {
    fn read_aside(pipe: Option<impl Read + Send + 'static>) -> io::Result<Self> {
        let Some(pipe) = pipe else { return Ok(Self { bytes: Vec::new(), coming: None }) };
        let (sender, receiver) = sync_channel(1);
        let read = move || {
            let mut bytes = Vec::new();
            // A pipe that breaks has said what it had to say.
            let _ = pipe.take(MAX_OUTPUT_BYTES + 1).read_to_end(&mut bytes);
            let _ = sender.send(bytes);
        };
        thread::Builder::new().name("program output".into()).spawn(read)?;
        Ok(Self { bytes: Vec::new(), coming: Some(receiver) })
    }

    fn has_ended(&mut self) -> bool {
        match self.coming.as_ref().map(Receiver::try_recv) {
            Some(Err(TryRecvError::Empty)) => return false,
            Some(Ok(bytes)) => self.bytes = bytes,
            Some(Err(TryRecvError::Disconnected)) | None => {}
        }
        self.coming = None;
        true
    }

    fn text(&self) -> String {
        let most = self.bytes.len().min(MAX_OUTPUT_BYTES as usize);
        String::from_utf8_lossy(&self.bytes[..most]).into_owned()
    }
}

/// A program and all that it started are one process group.
#[cfg(unix)]
mod family {
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};

    use rustix::process::{Pid, Signal, kill_process_group};

    pub(super) fn prepare(command: &mut Command) {
        command.process_group(0);
    }

    /// The program has not been waited for: its id is no other's.
    pub(super) fn kill(child: &mut Child) {
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        if let Some(Err(error)) = group.map(|group| kill_process_group(group, Signal::KILL)) {
            tracing::warn!(%error, "a program that hangs could not be ended");
        }
        if let Err(error) = child.kill().and_then(|()| child.wait()) {
            tracing::warn!(%error, "a program that hangs could not be ended");
        }
    }
}

/// Not built nor tried on Windows yet.
#[cfg(windows)]
mod family {
    use std::process::{Child, Command, Stdio};

    pub(super) fn prepare(_command: &mut Command) {}

    pub(super) fn kill(child: &mut Child) {
        let id = child.id().to_string();
        let mut tree = Command::new("taskkill");
        tree.args(["/T", "/F", "/PID", &id]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Err(error) = tree.status().and_then(|_| child.kill()).and_then(|()| child.wait()) {
            tracing::warn!(%error, "a program that hangs could not be ended");
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(command: &[&str]) -> Result<ProgramOutput, ProgramError> {
        let command: Vec<String> = command.iter().map(ToString::to_string).collect();
        SystemPrograms.run(&command, Duration::from_millis(500))
    }

    #[test]
    fn both_outputs_and_the_code_come_back() {
        let output = run(&["sh", "-c", "echo one; echo two >&2; exit 3"]).unwrap();
        let said = ProgramOutput { code: Some(3), out: "one\n".into(), err: "two\n".into(), cut: false };
        assert_eq!(output, said);
        assert_eq!((output.success(), output.text()), (false, "one\ntwo\n".into()));
    }

    #[test]
    fn what_does_not_end_is_killed_and_what_floods_is_cut() {
        assert_eq!(run(&["sleep", "1000"]), Err(ProgramError::TooLong));
        assert_eq!(run(&["no-such-program-anywhere"]), Err(ProgramError::NotFound));
        assert_eq!(run(&[]), Err(ProgramError::NotFound));
        let command = ["head", "-c", "5000000", "/dev/zero"].map(str::to_owned);
        let flood = SystemPrograms.run(&command, Duration::from_secs(60)).unwrap();
        assert!(flood.cut);
        assert_eq!(flood.out.len() as u64, MAX_OUTPUT_BYTES);
    }

    /// The pipe's other end closes when the last of them is gone.
    #[test]
    fn its_children_go_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (gone, told) = sync_channel(1);
        let read = {
            let pipe = pipe.clone();
            move || gone.send(std::fs::read(pipe).unwrap()).unwrap()
        };
        thread::Builder::new().spawn(read).unwrap();
        let script = format!("(exec 3>'{}'; sleep 1000) & exit 0", pipe.display());
        assert_eq!(run(&["sh", "-c", &script]), Err(ProgramError::TooLong));
        assert_eq!(told.recv_timeout(Duration::from_secs(60)).unwrap(), b"");
    }
}
