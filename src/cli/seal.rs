//! `invigil seal`: closes the day and signs its archive, without a window.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Context;
use super::asking::Asking;
use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::protocol::Command;

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
    let mut station = Asking::open(context)?;
    station.sign_in(args.person)?;
    station.ask(Command::Seal)?;
    let sealed = station.sealed()?;
    context.say_message(&Message::new("cli-sealed").with("folder", sealed.subject))?;
    if let Some(target) = args.copy_to {
        let copied = station.copied(&target, true, &mut |_| Ok(()))?;
        context.say_message(&Message::new("cli-copied").with("folder", copied.target))?;
    }
    Ok(ExitCode::SUCCESS)
}
