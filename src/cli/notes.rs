//! `invigil notes`: explanatory notes on the failures of an exam day, filled in from its journal.

use std::io;
use std::process::ExitCode;

use super::Context;
use super::day_of::ListArgs;
use crate::i18n::Message;
use crate::journal::{DayDocument, ReadBack};
use crate::station::{DayLogs, NoteRecord};

/// Explanatory notes on the failures of an exam day: outages, equipment, late requests, failed checks
///
/// Each with what the journal knows of it and what a person wrote. Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil notes --json\nExit code 31 if there is no exam day.")]
pub struct Args {
    #[command(flatten)]
    list: ListArgs,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let make = |read: &ReadBack<DayDocument>| DayLogs::of(&read.document, &read.records).notes();
    args.list.say(context, make, "cli-notes-none", say)
}

fn say(context: &Context, note: &NoteRecord) -> io::Result<()> {
    let NoteRecord { region, point, point_name, .. } = note;
    let head = Message::new("cli-note-head")
        .with("number", note.number)
        .with("about", note.about.id())
        .with("point", format!("{region}-{point} {point_name}"));
    context.say_message(&head)?;
    let time = Message::new("cli-note-time").with("from", note.from.as_str());
    let to = note.to.as_deref().unwrap_or("…");
    context.say_message(&time.with("to", to).with("place", note.place.as_str()))?;
    let what = context.texts.message(&note.what);
    context.say_message(&Message::new("cli-note-what").with("what", what))?;
    context.say_message(&match &note.written {
        Some(written) => Message::new("cli-note-written")
            .with("text", written.text.as_str())
            .with("who", written.by.as_ref().map(|by| by.words()).unwrap_or_default())
            .with("at", written.at.as_str()),
        None => Message::new("cli-note-unwritten"),
    })
}
