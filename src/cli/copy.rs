//! `invigil copy`: copies the archive to media, without a window.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::Context;
use super::asking::Asking;
use crate::day::Handover;
use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::protocol::{Command, CopyLive, CopyState, View};

/// Copy the archive to a medium and verify the copy, even while recording goes on; or hand the copies over
///
/// Without --to or --hand-over it tells where the copies are. Two media are asked for. Reads the
/// person's PIN as one line from standard input. The station has to run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil copy --person technician --to /media/stick")]
pub struct Args {
    /// Who copies, by the id in the profile
    #[arg(long, value_name = "ID", requires = "action")]
    person: Option<PersonId>,
    /// Copy into this folder or onto this medium what is closed by now; a half copy is taken up again
    #[arg(long, value_name = "DIR", requires = "person", group = "action")]
    to: Option<PathBuf>,
    /// Wait until the day is closed and all of its archive is there
    #[arg(long, requires = "to")]
    whole: bool,
    /// Record that the copies were handed over
    #[arg(long, requires = "person", group = "action")]
    hand_over: bool,
    /// Make the profile's backups that are not there yet
    #[arg(long, requires = "person", group = "action")]
    backup: bool,
    /// Why on fewer media than two
    #[arg(long, value_name = "TEXT", requires = "hand_over")]
    reason: Option<String>,
    /// Where the copies are, as JSON
    #[arg(long, conflicts_with = "action")]
    json: bool,
}

/// What other programs are told.
#[derive(Serialize)]
struct State<'a> {
    media: usize,
    media_asked: usize,
    handover: Option<&'a Handover>,
    copies: &'a [CopyLive],
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let mut station = Asking::open(context)?;
    if let Some(person) = args.person {
        station.sign_in(person)?;
    }
    if let Some(to) = args.to {
        let mut told = None;
        let copied = station.copied(&to, args.whole, &mut |copy| {
            let now = (copy.files, percent(copy) / 10);
            if told.replace(now) != Some(now) {
                let progress = Message::new("cli-copy-progress").with("files", copy.files);
                context.say_message(&progress.with("percent", percent(copy)))?;
            }
            Ok(())
        })?;
        let id = if copied.state == CopyState::Verified { "cli-copied" } else { "cli-copy-waiting" };
        context.say_message(&Message::new(id).with("folder", copied.target))?;
    } else if args.backup {
        station.ask(Command::BackUp)?;
    } else if args.hand_over {
        station.ask(Command::HandOver { reason: args.reason.unwrap_or_default() })?;
    }
    let view = station.view()?;
    let media = view.handover.as_ref().map_or(0, Handover::media);
    if args.json {
        let (handover, copies) = (view.handover.as_ref(), &*view.live.copies);
        context.say_json(&State { media, media_asked: Handover::MEDIA, handover, copies })?;
        return Ok(ExitCode::SUCCESS);
    }
    tell(context, view, media)?;
    Ok(ExitCode::SUCCESS)
}

fn tell(context: &Context, view: &View, media: usize) -> std::io::Result<()> {
    for copy in &view.live.copies {
        let state = match copy.state {
            CopyState::Copying => "copying",
            CopyState::HeldBack => "held-back",
            CopyState::Waiting => "waiting",
            CopyState::Verified => "verified",
            CopyState::Failed(_) => "failed",
        };
        let told = Message::new("cli-copy-state").with("state", state).with("folder", copy.target.as_str());
        context.say_message(&told.with("files", copy.files).with("percent", percent(copy)))?;
        if let CopyState::Failed(cause) = &copy.state {
            context.say_message(cause)?;
        }
    }
    let asked = Handover::MEDIA;
    context.say_message(&Message::new("cli-copy-media").with("media", media).with("asked", asked))?;
    match view.handover.as_ref().and_then(|handover| handover.handed_over.as_ref()) {
        Some(over) => context.say_message(&Message::new("cli-copy-handed-over").with("media", over.media)),
        None => Ok(()),
    }
}

fn percent(copy: &CopyLive) -> u64 {
    (copy.done_bytes * 100).checked_div(copy.total_bytes).unwrap_or(0)
}
