//! `invigil review PATH`: the window over an archive, without any station.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Context, window};
use crate::clock::SystemClock;
use crate::ui::siren::Silence;
use crate::ui::{Link, Setup};

/// Look at an archive in the window: verdict, recordings, journal
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil review /media/usb/77-0101-2026-05-29-main")]
pub struct Args {
    /// Folder of the archive's parts, or one part
    path: PathBuf,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let setup = Setup {
        link: Link::None,
        clock: Arc::new(SystemClock::new()),
        language: context.texts.language(),
        review: Some(args.path),
        days: None,
        home: std::env::home_dir(),
        keeper: None,
        kiosk: false,
        siren: Box::new(Silence),
    };
    window::open(context, setup)
}
