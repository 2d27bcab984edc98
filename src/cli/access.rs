//! `invigil access`: the access log of an exam day.

use std::io;
use std::process::ExitCode;

use super::Context;
use super::day_of::ListArgs;
use crate::i18n::Message;
use crate::journal::{DayDocument, ReadBack};
use crate::station::{AccessRecord, DayLogs};

/// Log of access to the equipment on an exam day, with the cabinet's seals
///
/// Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil access list --json\nExit code 31 if there is no exam day.")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(List),
}

/// List the entries with their corrections
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil access list")]
struct List {
    #[command(flatten)]
    list: ListArgs,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let Command::List(List { list }) = args.command;
    let make = |read: &ReadBack<DayDocument>| DayLogs::of(&read.document, &read.records).accesses();
    list.say(context, make, "cli-accesses-none", say)
}

fn say(context: &Context, access: &AccessRecord) -> io::Result<()> {
    let rooms = match access.first_room == access.last_room {
        true => access.first_room.to_string(),
        false => format!("{}–{}", access.first_room, access.last_room),
    };
    let told = Message::new("cli-access-told")
        .with("number", access.number)
        .with("date", access.date.as_str())
        .with("from", access.time_from.as_str())
        .with("to", access.time_to.as_deref().unwrap_or("…"))
        .with("rooms", rooms)
        .with("action", access.action.as_str())
        .with("reason", access.reason.as_str());
    context.say_message(&told)?;
    let [person, second] = access.operators.each_ref().map(|by| by.words());
    let who = Message::new("cli-access-who").with("person", person).with("second", second);
    context.say_message(&who)?;
    if let Some(cabinet) = &access.cabinet {
        let before: Vec<&str> = cabinet.seals_before.iter().map(|seal| seal.number.as_str()).collect();
        let pak = match cabinet.pak_on {
            Some(true) => "on",
            Some(false) => "off",
            None => "unknown",
        };
        let told = Message::new("cli-access-cabinet")
            .with("initiator", cabinet.initiator.words())
            .with("before", before.join(", "))
            .with("after", cabinet.seals_after.join(", "))
            .with("pak", pak);
        context.say_message(&told)?;
    }
    let ends = [("cli-access-result", &access.result), ("cli-access-explained", &access.explained)];
    for (id, text) in ends {
        if let Some(text) = text {
            context.say_message(&Message::new(id).with("text", text.as_str()))?;
        }
    }
    for correction in &access.corrections {
        let message = Message::new("cli-access-corrected").with("text", correction.text.as_str());
        context.say_message(&message.with("reason", correction.reason.as_str()))?;
    }
    Ok(())
}
