//! The exam day that a command reads.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::{Context, Failure, code};
use crate::i18n::Message;
use crate::journal::{DayDocument, Journal, JournalPlace, ReadBack};
use crate::point::DayId;

#[derive(Debug, clap::Args)]
pub struct DayArgs {
    /// The exam day [default: the newest]
    #[arg(long, value_name = "DAY")]
    day: Option<DayId>,
}

/// A list that is made of an exam day's journal.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    day: DayArgs,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl ListArgs {
    /// Says every entry that `make` finds in the day, or `none` where there is none.
    pub fn say<T: Serialize>(
        self,
        context: &Context,
        make: impl FnOnce(&ReadBack<DayDocument>) -> Vec<T>,
        none: &str,
        say: impl Fn(&Context, &T) -> io::Result<()>,
    ) -> anyhow::Result<ExitCode> {
        let read = self.day.read(context)?;
        let entries = make(&read);
        if self.json {
            context.say_json(&entries)?;
        } else if entries.is_empty() {
            context.say_message(&Message::new(none).with("day", read.document.day.as_str()))?;
        } else {
            entries.iter().try_for_each(|entry| say(context, entry))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl DayArgs {
    /// The day that was named, if one was.
    pub fn named(&self) -> Option<&DayId> {
        self.day.as_ref()
    }

    /// The day of that name, or the newest.
    pub fn find(&self, context: &Context) -> Result<DayId, Failure> {
        let data = context.data()?;
        let day = self.day.clone().or_else(|| newest_day(data));
        day.filter(|day| JournalPlace::day(data, day).exists()).ok_or_else(|| {
            let message = Message::new("cli-no-day").with("folder", data.display().to_string());
            Failure::new(code::DATA_FOLDER, message)
        })
    }

    /// What the day's journal says; the station may run meanwhile.
    pub fn read(self, context: &Context) -> anyhow::Result<ReadBack<DayDocument>> {
        let data = context.data()?;
        let day = self.find(context)?;
        let read = Journal::read::<DayDocument>(&JournalPlace::day(data, &day));
        Ok(read.map_err(|error| Failure::new(code::EVIDENCE, error.message()))?)
    }
}

/// The newest of the data folder's exam days.
fn newest_day(data: &Path) -> Option<DayId> {
    let names = std::fs::read_dir(data.join("days")).ok()?;
    let days = names.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    days.filter(|day| JournalPlace::day(data, day).exists()).max()
}
