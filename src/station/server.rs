//! Clients' lines into the station: accepts them, reads requests, writes updates and pictures.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use interprocess::local_socket::{Stream, prelude::*};

use super::framing::{MAX_REQUEST_BYTES, read_json, write_bytes, write_json};
use super::handle::{Line, StationHandle};
use super::outbox::Outbox;
use super::paths::DataFolder;
use super::protocol::{PreviewPicture, Request};
use super::socket;

/// A client that doesn't read for so long is cut off.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// A window has two lines; nobody needs more than a few windows.
const MAX_LINES: usize = 16;

/// Accepts clients until dropped; what they were still to be told is written by then.
pub struct Server {
    data: DataFolder,
    stopping: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Server {
    pub fn start(data: &DataFolder, station: StationHandle) -> io::Result<Self> {
        let listener = socket::listen(data)?;
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let thread = thread::Builder::new().name("accept".into()).spawn(move || {
            let mut lines: Vec<Told> = Vec::new();
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                lines.retain(|line| !line.thread.is_finished());
                match stream.and_then(|stream| admit(stream, &station, lines.len())) {
                    Ok(line) => lines.push(line),
                    Err(error) => tracing::warn!(%error, "client turned away"),
                }
            }
            lines.iter().for_each(|line| line.outbox.close());
            for line in lines {
                let _ = line.thread.join();
            }
        })?;
        Ok(Self { data: data.clone(), stopping, thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // The accepting thread wakes on a last connection of our own.
        let woken = socket::connect(self.data.root()).is_ok();
        if let Some(thread) = self.thread.take().filter(|_| woken) {
            let _ = thread.join();
        }
    }
}

/// What a client is told. The thread ends soon after the outbox is closed: once all that waited there is written,
/// or the client has not read for [`SEND_TIMEOUT`].
struct Told {
    outbox: Arc<Outbox>,
    thread: thread::JoinHandle<()>,
}

fn admit(stream: Stream, station: &StationHandle, lines: usize) -> io::Result<Told> {
    if lines >= MAX_LINES {
        return Err(io::Error::other("too many clients"));
    }
    if !socket::is_own_user(&stream)? {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "another user's process"));
    }
    stream.set_send_timeout(Some(SEND_TIMEOUT))?;
    let stream = Arc::new(stream);
    let line = station.connect();
    let outbox = line.outbox();
    let (out, waiting) = (Arc::clone(&stream), Arc::clone(&outbox));
    let thread = thread::Builder::new().name("client-out".into()).spawn(move || {
        if let Err(error) = write_out(&out, &waiting) {
            tracing::info!(%error, "client does not read");
        }
        socket::shut(&out);
    })?;
    let heard = Arc::clone(&outbox);
    let hearing = thread::Builder::new().name("client".into()).spawn(move || {
        if let Err(error) = hear(&stream, &line) {
            tracing::info!(%error, "client gone");
        }
        drop(line);
        heard.close();
    });
    if let Err(error) = hearing {
        outbox.close();
        return Err(error);
    }
    Ok(Told { outbox, thread })
}

/// Passes on what the client asks, until it is gone or the station is.
fn hear(stream: &Stream, line: &Line) -> io::Result<()> {
    loop {
        match read_json::<Request>(&mut { stream }, MAX_REQUEST_BYTES) {
            Ok(request) => {
                if line.ask(request).is_err() {
                    return Ok(());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

fn write_out(stream: &Stream, outbox: &Outbox) -> io::Result<()> {
    loop {
        let taken = outbox.wait(Duration::from_secs(60));
        for update in &taken.updates {
            write_json(&mut &*stream, update)?;
        }
        for picture in &taken.pictures {
            write_bytes(&mut &*stream, &encode_picture(picture))?;
        }
        if taken.closed {
            return Ok(());
        }
    }
}

/// Marks a frame that holds a picture; JSON never begins with it.
const PICTURE_MARK: u8 = 0;

/// Mark, length of the camera's name, name, width and height (u16, little-endian), RGB.
fn encode_picture(picture: &PreviewPicture) -> Vec<u8> {
    let name = picture.camera.as_str().as_bytes();
    let mut bytes = Vec::with_capacity(6 + name.len() + picture.rgb.len());
    bytes.push(PICTURE_MARK);
    bytes.push(name.len() as u8);
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(&(picture.width as u16).to_le_bytes());
    bytes.extend_from_slice(&(picture.height as u16).to_le_bytes());
    bytes.extend_from_slice(&picture.rgb);
    bytes
}

/// A frame's picture; none if it holds an update or is malformed.
pub(super) fn decode_picture(bytes: &[u8]) -> Option<PreviewPicture> {
    let (&[mark, name_len], rest) = bytes.split_first_chunk::<2>()?;
    let (name, rest) = rest.split_at_checked(name_len as usize)?;
    let (&[w0, w1, h0, h1], rgb) = rest.split_first_chunk::<4>()?;
    let (width, height) = (u16::from_le_bytes([w0, w1]).into(), u16::from_le_bytes([h0, h1]).into());
    if mark != PICTURE_MARK || rgb.len() != width as usize * height as usize * 3 {
        return None;
    }
    let camera = std::str::from_utf8(name).ok()?.parse().ok()?;
    Some(PreviewPicture { camera, width, height, rgb: rgb.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_comes_back_whole_and_a_torn_one_not_at_all() {
        let picture = PreviewPicture {
            camera: "entrance".parse().unwrap(),
            width: 2,
            height: 1,
            rgb: vec![1, 2, 3, 4, 5, 6],
        };
        let bytes = encode_picture(&picture);
        assert_eq!(decode_picture(&bytes), Some(picture));
        for cut in 0..bytes.len() {
            assert_eq!(decode_picture(&bytes[..cut]), None, "{cut}");
        }
        assert_eq!(decode_picture(b"{\"view\":1}"), None);
    }
}
