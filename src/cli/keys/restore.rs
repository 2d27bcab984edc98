//! `invigil keys restore`: the deposited key on a computer that has none.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use zeroize::Zeroizing;

use super::data_folder;
use crate::cli::{Context, Failure, code, secret};
use crate::i18n::Message;
use crate::signing::{MAX_KEY_FILE_BYTES, OpenSshKey};
use crate::station;

/// Bring the station's key back from the file where it was deposited
///
/// Its passphrase is read as one line from standard input. A key that opens here is never replaced; one that
/// is sealed for another computer or damaged is kept beside it. No station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil keys restore /media/safe/station.key\nExit code 38 if the file does not open, \
                  35 if there is a key already."
)]
pub struct Args {
    /// The file that `invigil keys deposit` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let shown = args.file.display().to_string();
    let mut text = Zeroizing::new(Vec::with_capacity(MAX_KEY_FILE_BYTES + 1));
    let read = File::open(&args.file)
        .and_then(|file| file.take(MAX_KEY_FILE_BYTES as u64 + 1).read_to_end(&mut text));
    read.map_err(|error| {
        let message = Message::new("countersign-io").with("path", shown);
        Failure::new(code::FILES, message.with("detail", error.to_string()))
    })?;
    let passphrase = match OpenSshKey::needs_passphrase(&text) {
        true => {
            context.prompt(&Message::new("countersign-passphrase"))?;
            secret::read_line()?
        }
        false => Zeroizing::default(),
    };
    let key = OpenSshKey::open(&text, &passphrase);
    let key = key.map_err(|error| Failure::new(code::REFUSED, error.message()))?;
    let data = data_folder(context)?;
    let public = station::restore_key(&data, key).map_err(|error| Failure::station(&error, data.root()))?;
    context.say_message(&Message::new("keys-restored").with("fingerprint", public.fingerprint()))?;
    Ok(ExitCode::SUCCESS)
}
