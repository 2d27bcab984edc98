//! `invigil outages`: the outage records of an exam day, filled in from its journal.

use std::io;
use std::process::ExitCode;

use super::Context;
use super::day_of::ListArgs;
use crate::i18n::Message;
use crate::journal::{DayDocument, ReadBack};
use crate::station::{OutageRecord, outage_records};

/// List the times without video of an exam day: camera, room, from, to, cause and reason
///
/// Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil outages --json\nExit code 31 if there is no exam day.")]
pub struct Args {
    #[command(flatten)]
    list: ListArgs,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let make = |read: &ReadBack<DayDocument>| outage_records(&read.document, &read.records);
    args.list.say(context, make, "cli-outages-none", say)
}

fn say(context: &Context, outage: &OutageRecord) -> io::Result<()> {
    let OutageRecord { region, point, point_name, .. } = outage;
    let room = outage.room.as_ref().map(ToString::to_string).unwrap_or_default();
    let place = Message::new("cli-outage-place")
        .with("number", outage.number)
        .with("point", format!("{region}-{point} {point_name}"))
        .with("room", format!("{room} {}", outage.room_name).trim())
        .with("camera", outage.camera_name.as_str())
        .with("id", outage.camera.as_str());
    let seconds = outage.lost_ms.div_ceil(1000);
    let time = Message::new("cli-outage-time")
        .with("from", outage.from.as_str())
        .with("to", outage.to.as_deref().unwrap_or("…"))
        .with("minutes", seconds / 60)
        .with("seconds", seconds % 60)
        .with("times", outage.times)
        .with("record", outage.record);
    let cause = context.texts.message(&outage.cause.clone().with("camera", outage.camera_name.as_str()));
    let reason = match &outage.reason {
        Some(reason) => Message::new("cli-outage-reason")
            .with("text", reason.text.as_str())
            .with("who", format!("{} {}", reason.post, reason.name).trim())
            .with("at", reason.at.as_str()),
        None => Message::new("cli-outage-no-reason"),
    };
    context.say_message(&place)?;
    context.say_message(&time)?;
    context.say_message(&Message::new("cli-outage-cause").with("cause", cause))?;
    context.say_message(&reason)
}
