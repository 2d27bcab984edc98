//! `invigil days`: the exam days that this station held.

use std::process::ExitCode;
use std::time::Duration;

use clap::Subcommand;

use super::asking::Asking;
use super::{Context, Failure, code};
use crate::i18n::Message;
use crate::point::{DayId, PersonId};
use crate::station::protocol::{Answer, Command, DayLine, DayState, DaysCommand, DaysPage, View, WorkLive};

/// A verification that gets on by nothing for this long is given up.
const STUCK: Duration = Duration::from_secs(300);

/// The exam days that this station held: how each stands; verify one again
///
/// Reads the person's PIN as one line from standard input. The station has to run. A day is copied again
/// and deleted on the screen “Days”: that takes two persons.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil days --person technician list")]
pub struct Args {
    /// Who does it, by the id in the profile
    #[arg(long, value_name = "ID")]
    person: PersonId,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the days, the newest first
    #[command(after_help = "Example: invigil days --person technician list --json")]
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Verify a day's archive once more; what came of it stands in the point's journal
    #[command(after_help = "Example: invigil days --person technician verify 77-0101-2026-05-29-main")]
    Verify { day: DayId },
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let mut station = Asking::open(context)?;
    station.sign_in(args.person)?;
    match args.action {
        Action::List { json } => {
            let days = days(&mut station)?;
            if json {
                context.say_json(&days)?;
            } else {
                days.iter().try_for_each(|day| tell(context, day))?;
            }
        }
        Action::Verify { day } => {
            station.ask(Command::Days(DaysCommand::Verify { day: day.clone() }))?;
            verified(&mut station)?;
            if let Some(line) = days(&mut station)?.iter().find(|line| line.day == day) {
                tell(context, line)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn days(station: &mut Asking) -> anyhow::Result<Vec<DayLine>> {
    let mut days = Vec::new();
    loop {
        let list = Command::Days(DaysCommand::List { from: u32::try_from(days.len())? });
        let Answer::Days(page) = station.ask_for(list)? else { return Ok(days) };
        let DaysPage { total, days: more, .. } = *page;
        if more.is_empty() {
            return Ok(days);
        }
        days.extend(more);
        if days.len() >= total {
            return Ok(days);
        }
    }
}

/// Waits for the end of the verification, however long it takes while it gets on.
fn verified(station: &mut Asking) -> anyhow::Result<()> {
    let mut done_bytes = 0;
    loop {
        let moved = |view: &View| {
            view.live.older.as_ref().is_none_or(|work| !work.runs() || work.done_bytes > done_bytes)
        };
        match station.wait_for(STUCK, moved)?.live.older.clone() {
            Some(WorkLive { failed: Some(cause), .. }) => {
                return Err(Failure::new(code::FILES, cause).into());
            }
            Some(work) if work.runs() => done_bytes = work.done_bytes,
            _ => return Ok(()),
        }
    }
}

fn tell(context: &Context, line: &DayLine) -> std::io::Result<()> {
    let state = match line.state {
        DayState::Open => "ui-days-open",
        DayState::Unsealed => "ui-days-unsealed",
        DayState::Sealed => "ui-days-sealed",
        DayState::Deleting => "ui-days-deleting",
        DayState::Deleted => "ui-days-deleted",
        DayState::Missing => "ui-days-missing",
    };
    let told = Message::new("days-line").with("day", line.day.as_str());
    let told = told.with("state", context.texts.text(state)).with("megabytes", line.bytes / 1_000_000);
    let until = line.keep_until.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let verdict = line.told.verified.as_ref().map_or("-", |verified| &verified.verdict);
    context.say_message(&told.with("until", until).with("verdict", verdict))
}
