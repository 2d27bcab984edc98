//! Lines to a station in another process. Pictures come on a line of their own, opened when they
//! are first asked for, so that an answer never waits behind them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use interprocess::local_socket::Stream;

use super::mailbox::Mailbox;
use super::{Connection, ConnectionLost, Heed};
use crate::station::framing::{MAX_PICTURE_BYTES, MAX_UPDATE_BYTES, read_bytes, read_json, write_json};
use crate::station::outbox::Outbox;
use crate::station::protocol::{Command, PreviewPicture, Request, Update};
use crate::station::{server, socket};

pub struct SocketConnection {
    data: PathBuf,
    commands: Half,
    pictures: Option<Half>,
}

impl SocketConnection {
    /// Connects to the station of this data folder.
    pub fn open(data: &Path) -> io::Result<Self> {
        let commands = Half::open(data, "station-in", |stream, mailbox| {
            let update: Update = read_json(&mut &*stream, MAX_UPDATE_BYTES)?;
            mailbox.put(update);
            Ok(())
        })?;
        Ok(Self { data: data.to_owned(), commands, pictures: None })
    }

    fn pictures(&mut self) -> io::Result<&mut Half> {
        if self.pictures.as_ref().is_none_or(|half| half.mailbox.source().is_closed()) {
            self.pictures = Some(Half::open(&self.data, "pictures-in", |stream, mailbox| {
                if let Some(picture) = server::decode_picture(&read_bytes(&mut &*stream, MAX_PICTURE_BYTES)?)
                {
                    mailbox.put_picture(Arc::new(picture));
                }
                Ok(())
            })?);
        }
        self.pictures.as_mut().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl Connection for SocketConnection {
    fn send(&mut self, request: Request) -> Result<(), ConnectionLost> {
        let half = match request.command {
            Command::Watch { .. } => self.pictures().map_err(|_| ConnectionLost)?,
            _ => &mut self.commands,
        };
        write_json(&mut &*half.stream, &request).map_err(|_| ConnectionLost)
    }

    fn poll(&mut self) -> Result<Option<Update>, ConnectionLost> {
        self.commands.mailbox.poll()
    }

    fn previews(&mut self) -> Vec<PreviewPicture> {
        self.pictures.as_mut().map(|half| half.mailbox.previews()).unwrap_or_default()
    }

    fn on_update(&mut self, heed: Heed, wake: Box<dyn Fn() + Send + Sync>) {
        self.commands.mailbox.source().on_update(heed, Arc::from(wake));
    }
}

/// One socket with the thread that reads it; shut when dropped.
struct Half {
    stream: Arc<Stream>,
    mailbox: Mailbox,
}

impl Half {
    fn open(data: &Path, name: &str, read: fn(&Stream, &Outbox) -> io::Result<()>) -> io::Result<Self> {
        let stream = Arc::new(socket::connect(data)?);
        let received = Arc::new(Outbox::default());
        let mailbox = Mailbox::new(Arc::clone(&received));
        let reading = Arc::clone(&stream);
        thread::Builder::new().name(name.into()).spawn(move || {
            let error = loop {
                if let Err(error) = read(&reading, &received) {
                    break error;
                }
            };
            tracing::info!(%error, "line to the station ended");
            received.close();
        })?;
        Ok(Self { stream, mailbox })
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        socket::shut(&self.stream);
    }
}
