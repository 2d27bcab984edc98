//! A subcommand's conversation with the running station: somebody signs in, asks, and waits.

use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{Context, Failure, code};
use crate::clock::SystemClock;
use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::client::{Dialogue, DialogueError, SocketConnection};
use crate::station::protocol::{Answer, Command, CopyLive, CopyState, Pin, View, WorkKind, WorkLive};

/// Long work that gets on by nothing for this long is given up.
const STUCK: Duration = Duration::from_secs(300);

pub struct Asking {
    station: Dialogue,
}

impl Asking {
    /// Connects to the station of the data folder.
    pub fn open(context: &Context) -> anyhow::Result<Self> {
        let root = context.open_data()?;
        let connection = SocketConnection::open(root).map_err(|error| {
            tracing::info!(%error, "no station");
            let message = Message::new("cli-no-station").with("folder", root.display().to_string());
            Failure::new(code::NO_STATION, message)
        })?;
        Ok(Self { station: Dialogue::new(Box::new(connection), Arc::new(SystemClock::new())) })
    }

    /// The PIN is one line of standard input.
    pub fn sign_in(&mut self, person: PersonId) -> anyhow::Result<()> {
        let mut pin = String::new();
        std::io::stdin().lock().read_line(&mut pin)?;
        self.ask(Command::SignIn { person, pin: Pin(pin.trim().to_owned()) })
    }

    pub fn ask(&mut self, command: Command) -> anyhow::Result<()> {
        self.ask_for(command).map(|_| ())
    }

    /// Asks for something that the answer brings.
    pub fn ask_for(&mut self, command: Command) -> anyhow::Result<Answer> {
        match self.station.ask(command) {
            Ok(answer) => Ok(answer),
            Err(DialogueError::Refused(message)) => Err(Failure::new(code::REFUSED, message).into()),
            Err(error) => Err(error.into()),
        }
    }

    pub fn wait_for(
        &mut self,
        patience: Duration,
        condition: impl FnMut(&View) -> bool,
    ) -> anyhow::Result<&View> {
        Ok(self.station.wait_for(patience, condition)?)
    }

    pub fn view(&mut self) -> anyhow::Result<&View> {
        Ok(self.station.view()?)
    }

    /// Waits for the end of the seal, however long it takes while it gets on.
    pub fn sealed(&mut self) -> anyhow::Result<WorkLive> {
        let mut done_bytes = 0;
        loop {
            let moved = |view: &View| {
                let work = view.live.work.as_ref().filter(|work| work.kind == WorkKind::Seal);
                work.is_some_and(|work| !work.runs() || work.done_bytes > done_bytes)
            };
            match self.station.wait_for(STUCK, moved)?.live.work.clone() {
                Some(WorkLive { failed: Some(cause), .. }) => {
                    return Err(Failure::new(code::FILES, cause).into());
                }
                Some(work) if work.finished => return Ok(work),
                Some(work) => done_bytes = work.done_bytes,
                None => {}
            }
        }
    }

    /// Begins a copy and waits until all that is closed by now is there, or with `whole` all of the
    /// archive, however long it takes while it gets on or waits; tells `on_progress` of every step.
    pub fn copied(
        &mut self,
        to: &Path,
        whole: bool,
        on_progress: &mut dyn FnMut(&CopyLive) -> anyhow::Result<()>,
    ) -> anyhow::Result<CopyLive> {
        let target = std::path::absolute(to)?;
        match self.station.ask(Command::CopyTo { target: target.display().to_string() }) {
            // The station was at it already: it goes on with its copies by itself.
            Err(DialogueError::Refused(refused)) if refused.id == "refused-copy-runs" => {}
            Err(DialogueError::Refused(refused)) => return Err(Failure::new(code::REFUSED, refused).into()),
            begun => drop(begun?),
        }
        let mut before: Option<CopyLive> = None;
        loop {
            let ours = |view: &View| {
                let here = |copy: &&CopyLive| Path::new(&copy.target).parent() == Some(&target);
                view.live.copies.iter().rev().find(here).cloned()
            };
            // While it waits for the next part, the exam takes as long as it takes.
            let resting = before.as_ref().is_some_and(|copy| copy.state != CopyState::Copying);
            let patience = if resting { Duration::from_secs(24 * 3_600) } else { STUCK };
            let view = self.station.wait_for(patience, |view| ours(view) != before)?;
            let Some(copy) = ours(view) else { continue };
            on_progress(&copy)?;
            match &copy.state {
                CopyState::Failed(cause) => return Err(Failure::new(code::FILES, cause.clone()).into()),
                CopyState::Verified => return Ok(copy),
                // Its last bytes are told a moment before.
                CopyState::Waiting if !whole && copy.files > 0 && copy.done_bytes == copy.total_bytes => {
                    return Ok(copy);
                }
                _ => before = Some(copy),
            }
        }
    }
}
