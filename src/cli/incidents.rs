//! `invigil incidents`: what happened to the computer on an exam day, and what explains it.

use std::process::ExitCode;

use super::Context;
use super::day_of::ListArgs;
use crate::i18n::Message;
use crate::journal::{DayDocument, ReadBack};
use crate::station::{DayLogs, IncidentRecord, describe};

/// List what happened to the computer on an exam day: devices plugged in, links, log-ins, power, restarts
///
/// Each with the access that was open then, or with what a person wrote about it. Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil incidents --json\nExit code 31 if there is no exam day.")]
pub struct Args {
    #[command(flatten)]
    list: ListArgs,
    /// Those alone that no access and nobody explains
    #[arg(long)]
    unexplained: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let make = |read: &ReadBack<DayDocument>| {
        let mut incidents = DayLogs::of(&read.document, &read.records).incidents();
        incidents.retain(|one| !args.unexplained || (one.access.is_none() && one.explained.is_none()));
        incidents
    };
    args.list.say(context, make, "cli-incidents-none", say)
}

fn say(context: &Context, incident: &IncidentRecord) -> std::io::Result<()> {
    let what = context.texts.message(&describe(&incident.what.event()).1);
    let told = Message::new("cli-incident-told")
        .with("number", incident.number)
        .with("time", incident.from.as_str())
        .with("what", what)
        .with("record", incident.record);
    context.say_message(&told)?;
    context.say_message(&match (incident.access, &incident.explained) {
        (Some(access), _) => Message::new("cli-incident-access").with("access", access),
        (None, Some(written)) => Message::new("cli-incident-reason")
            .with("text", written.text.as_str())
            .with("who", written.by.as_ref().map(|by| by.words()).unwrap_or_default())
            .with("at", written.at.as_str()),
        (None, None) => Message::new("cli-incident-no-reason"),
    })
}
