//! `invigil verifier`: the page that checks archives in any browser, out of this program.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Context, Failure, code};
use crate::archive::{PAGE_NAME, VERIFIER_PAGE, save_page};
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
        save_page(path).map_err(|error| Failure::new(code::FILES, error.message()))?;
    }
    // In the form of sha256sum, which `sha256sum -c` reads.
    let name = args.out.as_deref().map_or(PAGE_NAME.to_owned(), |path| path.display().to_string());
    context.say(format_args!("{}  {name}", Digest::of(VERIFIER_PAGE)))?;
    Ok(ExitCode::SUCCESS)
}
