//! Files that people write, looked at for what is wrong with them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Context, Failure};
use crate::i18n::Message;
use crate::tables::ReadError;

/// Tells every fault of every file, whatever is wrong with the others, and of a sound one its `words` with
/// its name; `wrong` is the exit code if there is a fault, or a file can't be read.
pub fn files<T>(
    files: &[PathBuf],
    read: &dyn Fn(&Path) -> Result<T, ReadError>,
    words: &dyn Fn(&T) -> Message,
    wrong: u8,
    context: &Context,
) -> anyhow::Result<ExitCode> {
    let mut all_sound = true;
    let mut unread = Vec::new();
    for file in files {
        match read(file) {
            Ok(sound) => context.say_message(&words(&sound).with("file", file.display().to_string()))?,
            Err(error @ ReadError::Wrong(_)) => {
                all_sound = false;
                error.messages().iter().try_for_each(|fault| context.say_message(fault))?;
            }
            Err(error) => unread.push(error),
        }
    }
    if let Some(first) = unread.first() {
        let details = unread.iter().skip(1).map(ReadError::message).collect();
        return Err(Failure { details, ..Failure::file(wrong, first) }.into());
    }
    Ok(if all_sound { ExitCode::SUCCESS } else { ExitCode::from(wrong) })
}
