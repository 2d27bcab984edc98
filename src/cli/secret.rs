//! A line that nobody should see or find again: read from standard input without showing it on a
//! terminal, and wiped when it is dropped.

use std::fs::File;
use std::io::{self, Read};

use zeroize::Zeroizing;

const MAX_BYTES: usize = 1024;

/// Reads one line without its end. What is longer than 1 KiB is an error.
pub fn read_line() -> io::Result<Zeroizing<Vec<u8>>> {
    let _hidden = system::hide();
    // Standard input's own buffer would keep the line; so it is read byte by byte, past that.
    let mut input: File = system::stdin()?;
    let mut line = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
    let mut byte = Zeroizing::new([0]);
    while line.len() < MAX_BYTES {
        match input.read(&mut *byte) {
            Ok(0) => return Ok(line),
            Ok(_) if byte[0] == b'\n' => {
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "longer than 1 KiB"))
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsFd;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    pub fn stdin() -> io::Result<File> {
        Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
    }

    /// Shows what is typed again when it is dropped.
    pub struct Hidden(Option<Termios>);

    /// No terminal, nothing to hide.
    pub fn hide() -> Hidden {
        let Ok(before) = tcgetattr(io::stdin()) else { return Hidden(None) };
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        hidden.local_modes.insert(LocalModes::ECHONL);
        let done = tcsetattr(io::stdin(), OptionalActions::Flush, &hidden);
        Hidden(done.is_ok().then_some(before))
    }

    impl Drop for Hidden {
        fn drop(&mut self) {
            if let Some(before) = &self.0 {
                // A terminal that is gone needs no more.
                let _ = tcsetattr(io::stdin(), OptionalActions::Flush, before);
            }
        }
    }
}

/// Never built or tried.
#[cfg(windows)]
mod system {
    use std::fs::File;
    use std::io;
    use std::os::windows::io::AsHandle;

    pub fn stdin() -> io::Result<File> {
        Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
    }

    /// What is typed is shown: hiding it needs the console's own calls.
    pub struct Hidden;

    pub fn hide() -> Hidden {
        Hidden
    }
}
