//! `invigil verifier`: the page that checks archives in any browser, out of this program.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{Context, Failure, code};
use crate::archive::VERIFIER_PAGE;
use crate::i18n::Message;
use crate::signing::Digest;

/// Write the page that checks archives in any browser, without this program and without a network
///
/// Prints the page's SHA-256. Who checks an archive gets the page beforehand and compares that: a page that
/// was brought on the same medium as the archive proves nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil verifier --out verifier.html")]
pub struct Args {
    /// Where to write the page; without it only its SHA-256 is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.out {
        // Never over a file that is there: whose it is can't be known.
        let written = OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| {
            file.write_all(VERIFIER_PAGE)?;
            file.sync_all()
        });
        written.map_err(|error| {
            let message = Message::new("cli-verifier-unwritten")
                .with("path", path.display().to_string())
                .with("detail", error.to_string());
            Failure::new(code::FILES, message)
        })?;
    }
    // In the form of sha256sum, which `sha256sum -c` reads.
    let name = args.out.as_deref().map_or("verifier.html".to_owned(), |path| path.display().to_string());
    context.say(format_args!("{}  {name}", Digest::of(VERIFIER_PAGE)))?;
    Ok(ExitCode::SUCCESS)
}
