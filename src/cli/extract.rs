//! `invigil extract`: takes the files out of an archive.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::progress::Progress;
use super::{Context, Failure, code};
use crate::archive::{APART, ExtractError, ExtractedFile, Report, extract, refuses};
use crate::i18n::Message;

/// Grows by one with every change of [`Outcome`] that an older reader could not read.
const OUTCOME_FORMAT: u32 = 1;

/// Take all files out of an archive or an excerpt, verified while they are written
///
/// Nothing is overwritten. Of an archive that was tampered with nothing is taken out unless it is asked
/// for. Started again after an interruption it goes on where it was. The exit codes of a verdict are
/// those of `verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil extract /media/usb/77-0101-2026-05-29-main --to appeal")]
pub struct Args {
    /// Parts of an archive, the folder that holds them, or an excerpt
    #[arg(required = true, value_name = "ARCHIVE")]
    paths: Vec<PathBuf>,
    /// Folder for the files, made if it is missing
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Also take out what was changed; it is put apart, into not-verified
    #[arg(long)]
    even_if_tampered: bool,
    /// Verdict and files as JSON
    #[arg(long)]
    json: bool,
}

/// The result for another program.
#[derive(Serialize)]
struct Outcome<'a> {
    format: u32,
    report: &'a Report,
    folder: String,
    files: &'a [ExtractedFile],
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let mut progress = Progress::new();
    let extracted =
        extract(&args.paths, &args.to, args.even_if_tampered, &mut |done, total| progress.tell(done, total));
    progress.end();
    let extraction = extracted.map_err(|error| Failure::new(code_of(&error), error.message()))?;
    let (report, files) = (&extraction.report, &extraction.files);
    let folder = args.to.display().to_string();
    if args.json {
        context.say_json(&Outcome { format: OUTCOME_FORMAT, report, folder, files })?;
        return Ok(ExitCode::from(report.exit_code()));
    }
    context.say(report.headline(&|message| context.texts.message(message)))?;
    if refuses(report.integrity) && !args.even_if_tampered {
        let apart = args.to.join(APART).display().to_string();
        context.say_message(&Message::new("extract-refused").with("folder", apart))?;
        return Ok(ExitCode::from(report.exit_code()));
    }
    context.say_message(&Message::new("extract-done").with("count", files.len()).with("folder", folder))?;
    let were_there = files.iter().filter(|file| file.was_there).count();
    if were_there > 0 {
        context.say_message(&Message::new("extract-were-there").with("count", were_there))?;
    }
    let apart = files.iter().filter(|file| !file.holds);
    if apart.clone().next().is_some() {
        context.say_message(&Message::new("extract-apart"))?;
    }
    for file in apart {
        context.say(format_args!("  {}", file.file))?;
    }
    Ok(ExitCode::from(report.exit_code()))
}

fn code_of(error: &ExtractError) -> u8 {
    match error {
        ExtractError::Write { .. } | ExtractError::NoRoom { .. } | ExtractError::Other(_) => code::FILES,
        ExtractError::Read { .. } | ExtractError::Changed { .. } => code::EVIDENCE,
        ExtractError::Stopped => 1,
    }
}
