//! `invigil keys seal`: the key opens on this computer alone.

use std::process::ExitCode;

use super::data_folder;
use crate::cli::{Context, Failure};
use crate::i18n::Message;
use crate::station;

/// Seal the station's key: this computer opens it by itself, no other one can
///
/// By the system's means: systemd-creds, with the TPM if the computer has one, else with the system's own
/// key. That takes the administrator's rights; a station that runs as another user gets its key through
/// the service's line LoadCredentialEncrypted=invigil-device-key:DATA/private/device.key. No station may
/// run meanwhile. Deposit the key first: the seal does not survive a new computer or a new system.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil keys seal\nExit code 35 if it can't be sealed, 32 if a station runs."
)]
pub struct Args {}

pub fn run(_args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let data = data_folder(context)?;
    let key = station::seal_key(&data).map_err(|error| Failure::station(&error, data.root()))?;
    context.say_message(&Message::new("keys-sealed").with("fingerprint", key.fingerprint()))?;
    Ok(ExitCode::SUCCESS)
}
