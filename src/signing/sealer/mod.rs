//! Sealing a secret by the system's own means: this computer alone opens it again, and does so without
//! anybody there. After a power cut the station has to record on by itself, so no passphrase can do that.
//!
//! What only one system has stands in [`system`], with its twin for the other beside it.

#[cfg(not(windows))]
#[path = "linux.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

/// What is sealed, in the seal itself: one for anything else is refused.
const NAME: &str = "invigil-device-key";
/// A sealed device key has some hundred bytes, a thousand with a TPM's.
pub const MAX_SEALED_BYTES: usize = 64 << 10;
/// What of a program's complaint is kept.
const MAX_COMPLAINT_BYTES: u64 = 2000;
/// A TPM takes a second or two. A station that waits for ever records nothing.
const LIMIT: Duration = Duration::from_secs(30);
/// How often a program that has said all is asked whether it has ended.
const POLL: Duration = Duration::from_millis(10);

/// The program that seals and opens.
#[derive(Clone, Debug)]
pub struct Sealer {
    program: PathBuf,
    /// Where a service manager puts what it has opened itself.
    opened: Option<PathBuf>,
    limit: Duration,
}

#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("{} is not there", .0.display())]
    NoProgram(PathBuf),
    /// As the program says.
    #[error("{0}")]
    Refused(String),
    #[error("{} did not end within {seconds} s", .program.display())]
    TooLong { program: PathBuf, seconds: u64 },
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// How a program ended, and what it said.
struct Ended {
    success: bool,
    output: Zeroizing<Vec<u8>>,
    complaint: Vec<u8>,
}

impl Sealer {
    /// That of this system.
    pub fn new() -> Self {
        Self::by(Path::new(system::PROGRAM))
    }

    /// Another one that is called in the same way.
    pub fn by(program: &Path) -> Self {
        Self { program: program.to_owned(), opened: None, limit: LIMIT }
    }

    /// What the service manager has opened lies in this folder: systemd's `$CREDENTIALS_DIRECTORY`.
    pub fn with_opened(self, folder: Option<PathBuf>) -> Self {
        Self { opened: folder.map(|folder| folder.join(NAME)), ..self }
    }

    /// What the service manager has opened, if it was told to.
    pub(super) fn opened(&self, max: u64) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let Some(path) = &self.opened else { return Ok(None) };
        match std::fs::File::open(path) {
            Ok(file) => {
                let mut bytes = Zeroizing::new(Vec::with_capacity(max as usize));
                file.take(max).read_to_end(&mut bytes)?;
                Ok(Some(bytes))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A text for a file.
    pub fn seal(&self, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        let sealed = self.run(&system::seal_arguments(NAME), &system::plain_in(secret))?;
        // It is useless unless it can be opened.
        match *self.open(&sealed)? == *secret {
            true => Ok(sealed.to_vec()),
            false => Err(SealError::Refused("opened, it is not what was sealed".to_owned())),
        }
    }

    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let opened = self.run(&system::open_arguments(NAME), sealed)?;
        system::plain_out(opened).ok_or_else(|| SealError::Refused("no plain text came of it".to_owned()))
    }

    fn run(&self, arguments: &[String], input: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => SealError::NoProgram(self.program.clone()),
            _ => SealError::Io(error),
        })?;
        // Shorter than a pipe's room: nobody waits for the other. One that needs no input may have ended.
        if let Some(mut to) = child.stdin.take()
            && let Err(error) = to.write_all(input)
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            return Err(error.into());
        }
        let complaint = match self.watch(&mut child) {
            Ok(Ended { success: true, output, .. }) if !output.is_empty() => return Ok(output),
            Ok(ended) => ended.complaint,
            Err(error) => {
                // It may have ended by now; what went wrong before says more.
                let _ = child.kill().and_then(|()| child.wait());
                return Err(error);
            }
        };
        let complaint = String::from_utf8_lossy(&complaint);
        let last = complaint.lines().rev().map(str::trim).find(|line| !line.is_empty());
        let plain = |line: &str| line.chars().filter(|c| !c.is_control()).collect();
        Err(SealError::Refused(last.map_or_else(|| self.program.display().to_string(), plain)))
    }
}

impl Sealer {
    /// Waits for its end, no longer than it may take.
    fn watch(&self, child: &mut Child) -> Result<Ended, SealError> {
        let too_long = || SealError::TooLong { program: self.program.clone(), seconds: self.limit.as_secs() };
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let (sender, receiver) = sync_channel(1);
        let read = move || {
            let (mut output, mut complaint) =
                (Zeroizing::new(Vec::with_capacity(MAX_SEALED_BYTES)), Vec::new());
            let read = out.map_or(Ok(0), |out| out.take(MAX_SEALED_BYTES as u64).read_to_end(&mut output));
            let heard = err.map_or(Ok(0), |err| err.take(MAX_COMPLAINT_BYTES).read_to_end(&mut complaint));
            // Nobody listens any more if it took too long.
            let _ = sender.send(read.and(heard).map(|_| (output, complaint)));
        };
        thread::Builder::new().name("sealer output".into()).spawn(read)?;
        let (output, complaint) = receiver.recv_timeout(self.limit).map_err(|_| too_long())??;
        for _ in 0..=self.limit.as_millis() / POLL.as_millis() {
            if let Some(status) = child.try_wait()? {
                return Ok(Ended { success: status.success(), output, complaint });
            }
            thread::sleep(POLL);
        }
        Err(too_long())
    }
}

impl Default for Sealer {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a file's bytes may be a seal: base 64 in lines, in both systems.
pub(super) fn looks_sealed(bytes: &[u8]) -> bool {
    let of_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\r\n".contains(byte);
    !bytes.is_empty() && bytes.len() < MAX_SEALED_BYTES && bytes.iter().all(of_base64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_here_and_a_changed_seal_does_not() {
        let sealer = Sealer::new();
        let secret = b"\x30\x51 a secret\n\0";
        let sealed = match sealer.seal(secret) {
            Ok(sealed) => sealed,
            // Only the administrator reaches the computer's own key.
            Err(SealError::Refused(complaint)) => return assert!(!complaint.is_empty()),
            Err(error) => panic!("{error}"),
        };
        assert!(looks_sealed(&sealed) && !looks_sealed(secret));
        assert!(!sealed.windows(secret.len()).any(|window| window == secret));
        assert_eq!(**sealer.open(&sealed).unwrap(), *secret);
        let mut changed = sealed.clone();
        let at = sealed.len() / 2;
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert!(matches!(sealer.open(&changed), Err(SealError::Refused(_))));
        assert!(matches!(sealer.open(b""), Err(SealError::Refused(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_is_ended() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal");
        // One keeps its outputs, the other closes them and stays.
        for script in ["exec sleep 1000", "echo x; exec >&- 2>&-; exec sleep 1000"] {
            std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
            let sealer = Sealer { limit: Duration::from_millis(200), ..Sealer::by(&path) };
            assert!(matches!(sealer.open(b"x"), Err(SealError::TooLong { .. })), "{script}");
        }
    }

    #[test]
    fn a_computer_without_the_program_says_which_one_it_is() {
        let sealer = Sealer::by(Path::new("/nowhere/seal"));
        let error = sealer.seal(b"x").unwrap_err();
        assert_eq!(error.to_string(), "/nowhere/seal is not there");
    }
}
