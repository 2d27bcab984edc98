//! `invigil seal`: closes the day and signs its archive, without a window.

use std::io::BufRead;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::{Context, Failure, code};
use crate::clock::SystemClock;
use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::client::{Dialogue, DialogueError, SocketConnection};
use crate::station::protocol::{Command, Pin, View, WorkKind, WorkLive};

/// Close the exam day, sign its archive and copy it; the station has to run and recording has to be stopped
///
/// Reads the person's PIN as one line from standard input.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil seal --person technician --copy-to /media/stick")]
pub struct Args {
    /// Who seals, by the id in the profile
    #[arg(long, value_name = "ID")]
    person: PersonId,
    /// Also copy the archive to this folder or medium and verify the copy
    #[arg(long, value_name = "DIR")]
    copy_to: Option<PathBuf>,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let root = context.open_data()?;
    let connection = SocketConnection::open(root).map_err(|error| {
        tracing::info!(%error, "no station");
        Failure::new(
            code::NO_STATION,
            Message::new("cli-no-station").with("folder", root.display().to_string()),
        )
    })?;
    let mut pin = String::new();
    std::io::stdin().lock().read_line(&mut pin)?;
    let mut station = Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()));
    let pin = Pin(pin.trim().to_owned());
    ask(&mut station, Command::SignIn { person: args.person, pin })?;

    ask(&mut station, Command::Seal)?;
    let sealed = wait(&mut station, WorkKind::Seal)?;
    context.say_message(&Message::new("cli-sealed").with("folder", sealed.subject))?;
    if let Some(target) = args.copy_to {
        let target = std::path::absolute(target)?.display().to_string();
        ask(&mut station, Command::CopyTo { target })?;
        let copied = wait(&mut station, WorkKind::Copy)?;
        context.say_message(&Message::new("cli-copied").with("folder", copied.subject))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks; what the station refuses is a failure with its reason.
pub(super) fn ask(station: &mut Dialogue, command: Command) -> anyhow::Result<()> {
    match station.ask(command) {
        Ok(_) => Ok(()),
        Err(DialogueError::Refused(message)) => Err(Failure::new(code::REFUSED, message).into()),
        Err(error) => Err(error.into()),
    }
}

/// Waits for the end of long work, however long it takes while it gets on.
fn wait(station: &mut Dialogue, kind: WorkKind) -> anyhow::Result<WorkLive> {
    const STUCK: Duration = Duration::from_secs(300);
    let mut done_bytes = 0;
    loop {
        let moved = |view: &View| {
            let work = view.live.work.as_ref().filter(|work| work.kind == kind);
            work.is_some_and(|work| work.finished || work.failed.is_some() || work.done_bytes > done_bytes)
        };
        let work = station.wait_for(STUCK, moved)?.live.work.clone();
        match work {
            Some(WorkLive { failed: Some(cause), .. }) => return Err(Failure::new(code::FILES, cause).into()),
            Some(work) if work.finished => return Ok(work),
            Some(work) => done_bytes = work.done_bytes,
            None => {}
        }
    }
}
