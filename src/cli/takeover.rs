//! `invigil takeover`: this computer goes on with the exam day of one that failed, without a window.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Context;
use super::asking::Asking;
use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::protocol::{Command, OldStation};

/// Go on with the exam day of another computer that failed, and record at once; the station has to run here
///
/// What is known of the other one goes into this day's document: its journal if its disk can be read
/// here, else the newest of its codes on paper, else nothing. Reads the person's PIN as one line from
/// standard input.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil takeover --person technician --from main --code K7QD-2M9X-RT4W-0FHE \
                        --reason \"no power\""
)]
pub struct Args {
    /// Who does it, by the id in the profile
    #[arg(long, value_name = "ID")]
    person: PersonId,
    /// Station name of the computer that failed, as its profile has it
    #[arg(long, value_name = "STATION", required_unless_present = "disk")]
    from: Option<String>,
    /// The newest code of it that was written on paper
    #[arg(long, value_name = "CODE", conflicts_with = "disk")]
    code: Option<String>,
    /// Its data folder, where its disk can be read here
    #[arg(long, value_name = "DIR")]
    disk: Option<PathBuf>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let mut station = Asking::open(context)?;
    station.sign_in(args.person)?;
    let data = match args.disk {
        Some(disk) => std::path::absolute(disk)?.display().to_string(),
        None => String::new(),
    };
    let from =
        OldStation { station: args.from.unwrap_or_default(), code: args.code.unwrap_or_default(), data };
    station.ask(Command::TakeOver { from, reason: args.reason })?;
    let day = station.view()?.day.as_ref().map(|day| day.id.to_string()).unwrap_or_default();
    context.say_message(&Message::new("takeover-done").with("day", day))?;
    Ok(ExitCode::SUCCESS)
}
