//! `invigil gallery`: the parts that the window is put together from, each in all its states.

use std::process::ExitCode;
use std::sync::Arc;

use super::{Context, window};
use crate::clock::SystemClock;
use crate::ui::Gallery;

/// Look at all parts of the window in all their states, in each look, size and language
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil --windowed gallery")]
pub struct Args {}

pub fn run(_: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let language = context.texts.language();
    window::show(context, |ctx| Box::new(Gallery::new(ctx, language, Arc::new(SystemClock::new()))))
}
