//! The exam day that a command reads.

use std::path::Path;

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
