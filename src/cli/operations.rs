//! `invigil operations`: what was done with the equipment on an exam day, by time.

use std::io;
use std::process::ExitCode;

use super::Context;
use super::day_of::ListArgs;
use crate::i18n::Message;
use crate::journal::{DayDocument, ReadBack};
use crate::station::{DayLogs, OperationRecord};

/// Operation log of an exam day: checks and their results, accesses, requests, failures, by time
///
/// Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil operations --json\nExit code 31 if there is no exam day.")]
pub struct Args {
    #[command(flatten)]
    list: ListArgs,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let make =
        |read: &ReadBack<DayDocument>| DayLogs::of(&read.document, &read.records).operations(&read.records);
    args.list.say(context, make, "cli-operations-none", say)
}

fn say(context: &Context, operation: &OperationRecord) -> io::Result<()> {
    let who = operation.by.as_ref().map(|by| by.words()).unwrap_or_default();
    let line = Message::new("cli-operation")
        .with("at", operation.at.as_str())
        .with("what", context.texts.message(&operation.what))
        .with("who", if who.is_empty() { "—".to_owned() } else { who });
    context.say_message(&line)
}
