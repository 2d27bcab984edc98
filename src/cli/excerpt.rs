//! `invigil excerpt`: some minutes of one camera, for an appeal.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::progress::Progress;
use super::{Context, Failure, code};
use crate::archive::Report;
use crate::archive::excerpt::{ExcerptError, Wanted, When, make};
use crate::i18n::Message;
use crate::point::{CameraId, DayId};

/// Grows by one with every change of [`Outcome`] that an older reader could not read.
const OUTCOME_FORMAT: u32 = 1;

/// Make an excerpt for an appeal: some minutes of one camera that prove themselves
///
/// The excerpt is a small file that `verify` judges against the original signatures and `extract` takes
/// apart. It begins with the key frame before the time asked for, and discloses nothing else of the day.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil excerpt /media/usb/77-0101-2026-05-29-main --camera room-0003 --from 11:20 --to 11:25 --out appeal.zip"
)]
pub struct Args {
    /// Parts of an archive, or the folder that holds them
    #[arg(required = true, value_name = "ARCHIVE")]
    paths: Vec<PathBuf>,
    /// The camera's id in the profile
    #[arg(long, value_name = "ID")]
    camera: CameraId,
    /// Beginning: 11:20, 11:20:30 or 2026-05-29T11:20:30, by the point's clocks
    #[arg(long, value_name = "TIME")]
    from: When,
    /// End, likewise
    #[arg(long, value_name = "TIME")]
    to: When,
    /// The excerpt's file; one that is there is not overwritten
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What was made as JSON
    #[arg(long)]
    json: bool,
}

/// The result for another program.
#[derive(Serialize)]
struct Outcome<'a> {
    format: u32,
    file: String,
    bytes: u64,
    /// Other stations' archives that have video of this time.
    others: &'a [DayId],
    report: &'a Report,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let wanted = Wanted { camera: args.camera, from: args.from, to: args.to };
    let mut progress = Progress::new();
    let made = make(&args.paths, &wanted, &args.out, &mut |done, total| progress.tell(done, total));
    progress.end();
    let made = made.map_err(|error| Failure::new(code_of(&error), error.message()))?;
    let file = args.out.display().to_string();
    if args.json {
        let (bytes, report, others) = (made.bytes, &made.report, &*made.others);
        context.say_json(&Outcome { format: OUTCOME_FORMAT, file, bytes, others, report })?;
    } else {
        context.say_message(&Message::new("excerpt-made").with("path", file).with("bytes", made.bytes))?;
        if let Some(message) = made.report.covers() {
            context.say_message(&message)?;
        }
        for day in &made.others {
            context.say_message(&Message::new("excerpt-other-station").with("day", day.as_str()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn code_of(error: &ExcerptError) -> u8 {
    match error {
        ExcerptError::Write { .. } | ExcerptError::Exists(_) => code::FILES,
        ExcerptError::Times => code::USAGE,
        ExcerptError::Stopped => 1,
        _ => code::EVIDENCE,
    }
}
