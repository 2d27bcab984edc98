//! `invigil point`: looks at the exam point's profile.

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// Look at the exam point's profile
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil point lint profile.toml")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {}

pub fn run(args: Args, _context: &Context) -> anyhow::Result<ExitCode> {
    match args.action {}
}
