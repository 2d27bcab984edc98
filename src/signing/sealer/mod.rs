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
use std::process::{Command, Stdio};

use zeroize::Zeroizing;

/// What is sealed, in the seal itself: one for anything else is refused.
const NAME: &str = "invigil-device-key";
/// A sealed device key has some hundred bytes, a thousand with a TPM's.
pub const MAX_SEALED_BYTES: usize = 64 << 10;
/// What of a program's complaint is kept.
const MAX_COMPLAINT_BYTES: u64 = 2000;

/// The program that seals and opens.
#[derive(Clone, Debug)]
pub struct Sealer {
    program: PathBuf,
    /// Where a service manager puts what it has opened itself.
    opened: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("{} is not there", .0.display())]
    NoProgram(PathBuf),
    /// As the program says.
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Sealer {
    /// That of this system.
    pub fn new() -> Self {
        Self::by(Path::new(system::PROGRAM))
    }

    /// Another one that is called in the same way.
    pub fn by(program: &Path) -> Self {
        Self { program: program.to_owned(), opened: None }
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
        let mut output = Zeroizing::new(Vec::with_capacity(MAX_SEALED_BYTES));
        if let Some(from) = child.stdout.take() {
            from.take(MAX_SEALED_BYTES as u64).read_to_end(&mut output)?;
        }
        let mut complaint = Vec::new();
        if let Some(from) = child.stderr.take() {
            from.take(MAX_COMPLAINT_BYTES).read_to_end(&mut complaint)?;
        }
        if child.wait()?.success() && !output.is_empty() {
            return Ok(output);
        }
        let complaint = String::from_utf8_lossy(&complaint);
        let last = complaint.lines().rev().map(str::trim).find(|line| !line.is_empty());
        let plain = |line: &str| line.chars().filter(|c| !c.is_control()).collect();
        Err(SealError::Refused(last.map_or_else(|| self.program.display().to_string(), plain)))
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

    #[test]
    fn a_computer_without_the_program_says_which_one_it_is() {
        let sealer = Sealer::by(Path::new("/nowhere/seal"));
        let error = sealer.seal(b"x").unwrap_err();
        assert_eq!(error.to_string(), "/nowhere/seal is not there");
    }
}
