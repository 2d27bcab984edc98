//! `invigil keys rotate`: a new key, which the old one signs for.

use std::process::ExitCode;

use ring::rand::SystemRandom;
use serde::Serialize;

use super::data_folder;
use crate::cli::{Context, Failure, code};
use crate::clock::{Clock, SystemClock};
use crate::i18n::Message;
use crate::station::{self, RotationError};

/// Give the station a new key; the old one signs that it takes its place, and is gone
///
/// No station may run, and no exam day be open or today's. What the old key signed goes into every later
/// archive, so that whoever trusts the old key can follow. Hand the new key's card to the regional centre
/// all the same: `invigil keys export`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil keys rotate\nExit code 38 if an exam day is open, 32 if a station runs, \
                  35 if there is no key yet."
)]
pub struct Args {
    /// Both fingerprints as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Fingerprints {
    old: String,
    new: String,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let data = data_folder(context)?;
    let root = data.root();
    let (profile, _) = context.profile()?;
    let now = SystemClock::new().now();
    let rotated =
        station::rotate(&data, &profile, now, &SystemRandom::new()).map_err(|error| match &error {
            RotationError::Station(error) => Failure::station(error, root),
            RotationError::DayOpen(_) | RotationError::TooMany => {
                Failure::new(code::REFUSED, error.message(root))
            }
            RotationError::File { .. } => Failure::new(code::PRIVATE_FILE, error.message(root)),
        })?;
    let shown = Fingerprints { old: rotated.old.fingerprint(), new: rotated.new.fingerprint() };
    if args.json {
        context.say_json(&shown)?;
    } else {
        context.say_message(&Message::new("rotate-done").with("old", shown.old).with("new", shown.new))?;
    }
    Ok(ExitCode::SUCCESS)
}
