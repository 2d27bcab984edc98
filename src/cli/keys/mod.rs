//! `invigil keys`: the station's key, as the regional centre registers it, and what takes its place.

#[cfg(feature = "station")]
mod deposit;
#[cfg(feature = "station")]
mod export;
#[cfg(feature = "station")]
mod restore;
#[cfg(feature = "station")]
mod rotate;
#[cfg(feature = "station")]
mod seal;

use std::process::ExitCode;

use clap::Subcommand;
use serde::Serialize;

use super::{Context, Failure, code};
use crate::i18n::Message;
use crate::signing::{DeviceKey, PublicKey};
#[cfg(feature = "station")]
use crate::station::{DataFolder, StationError};

#[cfg_attr(
    feature = "station",
    doc = "Look at the key that this station signs with; change, seal and deposit it"
)]
#[cfg_attr(not(feature = "station"), doc = "Look at the key that a station signs with")]
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil keys show --json")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show the public key: its OpenSSH fingerprint, its OpenSSH line and its PEM form for OpenSSL
    #[command(after_help = "Example: invigil keys show --json\nExit code 35 if there is no key yet.")]
    Show {
        /// The three forms as JSON
        #[arg(long)]
        json: bool,
    },
    #[cfg(feature = "station")]
    Export(export::Args),
    #[cfg(feature = "station")]
    Rotate(rotate::Args),
    #[cfg(feature = "station")]
    Seal(seal::Args),
    #[cfg(feature = "station")]
    Deposit(deposit::Args),
    #[cfg(feature = "station")]
    Restore(restore::Args),
}

/// The public key in the forms that other programs read.
#[derive(Serialize)]
struct Forms {
    fingerprint: String,
    openssh: String,
    pem: String,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Show { json } => show(json, context),
        #[cfg(feature = "station")]
        Action::Export(args) => export::run(args, context),
        #[cfg(feature = "station")]
        Action::Rotate(args) => rotate::run(args, context),
        #[cfg(feature = "station")]
        Action::Seal(args) => seal::run(args, context),
        #[cfg(feature = "station")]
        Action::Deposit(args) => deposit::run(args, context),
        #[cfg(feature = "station")]
        Action::Restore(args) => restore::run(args, context),
    }
}

fn device_key(context: &Context) -> Result<DeviceKey, Failure> {
    let path = DeviceKey::path_in(context.data()?);
    DeviceKey::open_with(&path, &context.sealer())
        .map_err(|error| Failure::new(code::PRIVATE_FILE, error.message()))
}

#[cfg(feature = "station")]
fn data_folder(context: &Context) -> Result<DataFolder, Failure> {
    let root = context.open_data()?;
    let data = DataFolder::open(root).map_err(|error| Failure::station(&StationError::Data(error), root))?;
    Ok(data.with_sealer(context.sealer()))
}

fn show(json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let forms = Forms::of(&device_key(context)?.public());
    if json {
        context.say_json(&forms)?;
    } else {
        context.say_message(&Message::new("keys-fingerprint").with("fingerprint", forms.fingerprint))?;
        context.say(forms.openssh)?;
        context.say(forms.pem.trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Forms {
    fn of(key: &PublicKey) -> Self {
        Self { fingerprint: key.fingerprint(), openssh: key.openssh_line("invigil-station"), pem: key.pem() }
    }
}
