//! What is done while a window goes on drawing.

use std::io;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;

use super::Wake;

/// What comes of work on a thread of its own, since a medium may be slow.
#[derive(Debug)]
pub struct Coming<T>(Receiver<T>);

impl<T: Send + 'static> Coming<T> {
    pub(super) fn start(
        name: &str,
        wake: Wake,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<Self> {
        let (tell, told) = sync_channel(1);
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            // Nobody may be there to hear it any more.
            let _ = tell.send(work());
            wake();
        })?;
        Ok(Self(told))
    }

    /// Once it is there; an error when it will never be.
    pub fn hear(&self) -> Option<Result<T, Gone>> {
        match self.0.try_recv() {
            Ok(done) => Some(Ok(done)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(Gone)),
        }
    }
}

/// The thread is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the thread is gone")]
pub struct Gone;
