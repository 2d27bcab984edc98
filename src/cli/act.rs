//! `invigil act`: what the paper acts of an exam day say, ready to be printed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::DateTime;
use clap::ValueEnum;

use super::{Context, Failure, code};
use crate::archive::{PaperAct, PartName, closing_act};
use crate::i18n::Message;
use crate::journal::{DayDocument, Journal, JournalPlace, ReadBack};
use crate::point::DayId;
use crate::qr::Qr;

/// Show what the paper act of an exam day says: keys, codes, hashes and counts, with a QR code of them
///
/// The QR code's text is what `invigil verify --act` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil act closing --svg closing.svg")]
pub struct Args {
    /// Which act
    act: Which,
    /// The exam day [default: the newest of the data folder]
    #[arg(long, value_name = "DAY")]
    day: Option<DayId>,
    /// The act's data as JSON
    #[arg(long)]
    json: bool,
    /// Also write the QR code as a picture, to print it
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// Once the day is begun
    Opening,
    /// Once its archive is sealed
    Closing,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let data = context.data()?;
    let no_day = || Failure::new(code::EVIDENCE, Message::new("act-no-day"));
    let day = args.day.or_else(|| newest(data)).ok_or_else(no_day)?;
    let place = JournalPlace::day(data, &day);
    let ReadBack { document, records, .. } = Journal::read::<DayDocument>(&place).map_err(|error| {
        tracing::info!(%error, "no journal");
        no_day()
    })?;
    let act = match args.act {
        Which::Opening => PaperAct::opening(&document, &records),
        Which::Closing => {
            let folder = place.document.with_file_name("archive");
            let sealed = closing_act(&folder.join(PartName::After(day.clone(), 1).file_name()));
            let sealed = sealed.ok_or_else(|| {
                Failure::new(code::EVIDENCE, Message::new("act-not-closed").with("day", day.as_str()))
            })?;
            PaperAct::closing(&document, &records, &sealed)
        }
    };
    let qr = Qr::of(&act.code_text());
    if let (Some(path), Some(qr)) = (&args.svg, &qr) {
        fs::write(path, qr.svg())?;
    }
    if args.json {
        context.say_json(&act)?;
        return Ok(ExitCode::SUCCESS);
    }
    let clock = |at_ms: i64| {
        let time = DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
        time.with_timezone(&document.time_zone).format("%Y-%m-%d %H:%M:%S").to_string()
    };
    for line in act.lines(&clock) {
        context.say_message(&line)?;
    }
    if let Some(qr) = qr {
        context.say(qr.letters())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn newest(data: &Path) -> Option<DayId> {
    let names =
        fs::read_dir(data.join("days")).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let days = names.filter_map(|name| name.parse().ok());
    days.filter(|day| JournalPlace::day(data, day).exists()).max()
}
