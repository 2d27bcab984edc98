//! `invigil requests`: the requests for help of an exam day.

use std::io;
use std::process::ExitCode;

use super::Context;
use super::day_of::ListArgs;
use crate::i18n::Message;
use crate::journal::{DayDocument, ReadBack};
use crate::station::{DayLogs, RequestRecord, Written, support_line_id};

/// Requests for help of an exam day: room, what about, who worked at it, how long it took
///
/// Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil requests list --json\nExit code 31 if there is no exam day.")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(List),
}

/// List them in the order in which they were made
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil requests list --open")]
struct List {
    #[command(flatten)]
    list: ListArgs,
    /// Those alone that are not resolved
    #[arg(long)]
    open: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let Command::List(List { list, open }) = args.command;
    let make = |read: &ReadBack<DayDocument>| {
        let mut requests = DayLogs::of(&read.document, &read.records).requests();
        requests.retain(|request| !open || request.resolved.is_none());
        requests
    };
    list.say(context, make, "cli-requests-none", say)
}

fn say(context: &Context, request: &RequestRecord) -> io::Result<()> {
    let room = format!("{} {}", request.room, request.room_name);
    let told = Message::new("cli-request-told")
        .with("number", request.number)
        .with("time", request.made.as_str())
        .with("room", room.trim())
        .with("category", request.category.as_str())
        .with("text", request.text.as_str());
    context.say_message(&told)?;
    for passed in &request.passed {
        let message = Message::new("cli-request-passed").with("to", support_line_id(passed.to));
        context.say_message(&written(message, &passed.reason))?;
    }
    if let Some(late) = request.late {
        context.say_message(&Message::new("cli-request-late").with("to", support_line_id(late)))?;
    }
    context.say_message(&match &request.resolved {
        Some(resolved) => {
            let minutes = request.took_ms.unwrap_or(0).div_ceil(60_000);
            written(Message::new("cli-request-resolved").with("minutes", minutes), resolved)
        }
        None => Message::new("cli-request-open"),
    })
}

fn written(message: Message, said: &Written) -> Message {
    let who = said.by.as_ref().map(|by| by.words()).unwrap_or_default();
    message.with("text", said.text.as_str()).with("who", who).with("at", said.at.as_str())
}
