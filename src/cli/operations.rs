//! `invigil operations`: what was done with the equipment on an exam day, by time.

use std::process::ExitCode;

use super::Context;
use super::day_of::DayArgs;
use crate::i18n::Message;
use crate::station::DayLogs;

/// Operation log of an exam day: checks and their results, accesses, requests, failures, by time
///
/// Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil operations --json\nExit code 31 if there is no exam day.")]
pub struct Args {
    #[command(flatten)]
    day: DayArgs,
    /// The log as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let read = args.day.read(context)?;
    let operations = DayLogs::of(&read.document, &read.records).operations(&read.records);
    if args.json {
        context.say_json(&operations)?;
        return Ok(ExitCode::SUCCESS);
    }
    for operation in &operations {
        let who = operation.by.as_ref().map(|by| by.words()).unwrap_or_default();
        let line = Message::new("cli-operation")
            .with("at", operation.at.as_str())
            .with("what", context.texts.message(&operation.what))
            .with("who", if who.is_empty() { "—".to_owned() } else { who });
        context.say_message(&line)?;
    }
    Ok(ExitCode::SUCCESS)
}
