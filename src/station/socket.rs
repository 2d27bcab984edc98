//! The local socket's name, and what differs between systems about it.

use std::io;
use std::path::Path;

use interprocess::local_socket::{ListenerOptions, Name, Stream, prelude::*};

use super::paths::DataFolder;

/// Listens for clients of this data folder. The single-instance lock is held already, so a socket
/// file that lies there was left by a killed station and is replaced.
pub fn listen(data: &DataFolder) -> io::Result<interprocess::local_socket::Listener> {
    let listener = ListenerOptions::new().name(name(data.root())?).try_overwrite(true).create_sync()?;
    close_to_others(data.root())?;
    Ok(listener)
}

/// Connects to the station of a data folder, if one runs.
pub fn connect(data: &Path) -> io::Result<Stream> {
    Stream::connect(name(&std::path::absolute(data)?)?)
}

#[cfg(unix)]
mod system {
    use super::*;
    use interprocess::local_socket::GenericFilePath;
    use std::os::unix::fs::PermissionsExt;

    const FILE: &str = "station.sock";

    /// `sun_path` of `unix(7)` holds 108 bytes with its final zero.
    pub fn name(root: &Path) -> io::Result<Name<'static>> {
        let path = root.join(FILE);
        if path.as_os_str().len() > 107 {
            let text = format!("the data folder's path is too long for a socket: {}", root.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        path.into_os_string().to_fs_name::<GenericFilePath>()
    }

    pub fn close_to_others(root: &Path) -> io::Result<()> {
        std::fs::set_permissions(root.join(FILE), std::fs::Permissions::from_mode(0o600))
    }

    /// Whether the peer runs under this process's own user (`SO_PEERCRED`, `socket(7)`).
    pub fn is_own_user(stream: &Stream) -> io::Result<bool> {
        let own = rustix::process::geteuid().as_raw();
        Ok(stream.peer_creds()?.euid().is_some_and(|uid| uid == own || uid == 0))
    }

    /// Ends reads and writes that wait on the stream, in whatever thread.
    pub fn shut(stream: &Stream) {
        let Stream::UdSocket(socket) = stream;
        // Fails only when the other side was quicker.
        let _ = socket.inner().shutdown(std::net::Shutdown::Both);
    }
}

/// Named pipes. Could not be built on the systems this was made on.
#[cfg(windows)]
mod system {
    use super::*;
    use crate::signing::Digest;
    use interprocess::local_socket::GenericNamespaced;

    pub fn name(root: &Path) -> io::Result<Name<'static>> {
        let digest = Digest::of(root.as_os_str().as_encoded_bytes()).to_string();
        format!("invigil-{}", &digest[..16]).to_ns_name::<GenericNamespaced>()
    }

    /// A pipe made without a security descriptor is open to its creator and to administrators.
    pub fn close_to_others(_root: &Path) -> io::Result<()> {
        Ok(())
    }

    pub fn is_own_user(_stream: &Stream) -> io::Result<bool> {
        Ok(true)
    }

    /// The pipe closes with its last handle.
    pub fn shut(_stream: &Stream) {}
}

use system::{close_to_others, name};
pub use system::{is_own_user, shut};
