//! `invigil keys deposit`: a copy of the key for the safe.

use std::path::PathBuf;
use std::process::ExitCode;

use ring::rand::SystemRandom;

use super::device_key;
use crate::cli::{Context, Failure, code, secret};
use crate::durable;
use crate::i18n::Message;
use crate::signing::OpenSshKey;

const FEWEST_CHARACTERS: usize = 12;

/// Write the station's key to a file that a passphrase opens, to be kept in a safe or at the regional centre
///
/// An OpenSSH private key. The passphrase is read from standard input, twice, a line each. Whoever has file
/// and passphrase signs as this computer: keep them apart, and keep both from whoever copies archives.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil keys deposit --out /media/safe/station.key\nExit code 35 if there is no key \
                  yet, 30 if the file can't be written or is there already."
)]
pub struct Args {
    /// The file; one that is there is never overwritten
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let key = device_key(context)?;
    context.prompt(&Message::new("deposit-passphrase").with("min", FEWEST_CHARACTERS))?;
    let passphrase = secret::read_line()?;
    let characters = std::str::from_utf8(&passphrase).map_or(0, |text| text.chars().count());
    if characters < FEWEST_CHARACTERS {
        let message = Message::new("deposit-short").with("min", FEWEST_CHARACTERS);
        return Err(Failure::new(code::REFUSED, message).into());
    }
    context.prompt(&Message::new("deposit-again"))?;
    if secret::read_line()? != passphrase {
        return Err(Failure::new(code::REFUSED, Message::new("deposit-differs")).into());
    }
    let private = |error: crate::signing::DeviceKeyError| Failure::new(code::PRIVATE_FILE, error.message());
    let text = key.deposit(&passphrase, "invigil-station", &SystemRandom::new()).map_err(private)?;
    // What does not open is no copy.
    let opened = OpenSshKey::open(text.as_bytes(), &passphrase);
    if !opened.is_ok_and(|opened| opened.public() == key.public()) {
        return Err(Failure::new(code::PRIVATE_FILE, Message::new("no-random-numbers")).into());
    }
    let shown = args.out.display().to_string();
    durable::create_private(&args.out, text.as_bytes()).map_err(|error| {
        let message = Message::new("countersign-io").with("path", shown.as_str());
        Failure::new(code::FILES, message.with("detail", error.to_string()))
    })?;
    let message = Message::new("deposit-done").with("path", shown);
    context.say_message(&message.with("fingerprint", key.public().fingerprint()))?;
    Ok(ExitCode::SUCCESS)
}
