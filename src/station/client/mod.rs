//! The clients' side of the station: a socket to another process, or a channel in this one.

mod dialogue;
mod local;
mod mailbox;
mod socket;
mod start;

pub use dialogue::{Dialogue, DialogueError};
pub use local::LocalConnection;
pub use socket::SocketConnection;
pub use start::{READY, StartError, connect_or_start};

pub use super::outbox::Heed;
use super::protocol::{PreviewPicture, Request, Update};

/// A line to a station. Never blocks; dropping it signs out and disconnects.
pub trait Connection: Send {
    /// Hands the request over; its answer comes as an [`Update::Answer`] of the same id.
    fn send(&mut self, request: Request) -> Result<(), ConnectionLost>;

    /// The next update that has come, if any.
    fn poll(&mut self) -> Result<Option<Update>, ConnectionLost>;

    /// The newest picture of each watched camera that came since the last call.
    fn previews(&mut self) -> Vec<PreviewPicture>;

    /// Called from another thread whenever an update (not a picture) has come that is heeded.
    fn on_update(&mut self, heed: Heed, wake: Box<dyn Fn() + Send + Sync>);
}

/// The station is gone; recording goes on if it only was this line that broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the station does not answer")]
pub struct ConnectionLost;
