//! `invigil keys export`: the card that goes to the regional centre.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::DateTime;

use super::device_key;
use crate::cli::{Context, Failure, code};
use crate::clock::{Clock, SystemClock};
use crate::i18n::Message;
use crate::qr::Qr;
use crate::signing::KeyCard;

/// Show the card of the public key for the regional centre: fingerprint, the line for its list of signers, a QR code
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil keys export --out /media/usb\nExit code 35 if there is no key yet.")]
pub struct Args {
    /// Also write it there, as <station>-key.txt and <station>-key.svg; files that are there stay as they are
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The card as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let key = device_key(context)?;
    let (profile, _) = context.profile()?;
    let now = DateTime::from_timestamp_millis(SystemClock::new().now().utc_ms).unwrap_or_default();
    let date = now.with_timezone(&profile.time_zone).date_naive();
    let place = format!("{}-{}", profile.region, profile.point);
    let card = KeyCard::new(&place, profile.station.as_str(), date, &key.public());
    let qr = Qr::of(&card.code_text());
    let text = text(&card, context);
    if let Some(folder) = &args.out {
        let stem = format!("{}-key", card.station);
        write_new(&folder.join(format!("{stem}.txt")), &text, context, args.json)?;
        if let Some(qr) = &qr {
            write_new(&folder.join(format!("{stem}.svg")), &qr.svg(), context, args.json)?;
        }
    }
    if args.json {
        context.say_json(&card)?;
        return Ok(ExitCode::SUCCESS);
    }
    context.say(text)?;
    if let Some(qr) = qr {
        context.say(qr.letters())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn text(card: &KeyCard, context: &Context) -> String {
    let lines = [
        Message::new("card-station").with("station", card.station.as_str()),
        Message::new("card-date").with("date", card.date.to_string()),
        Message::new("card-key").with("fingerprint", card.fingerprint.as_str()),
        Message::new("card-line"),
    ];
    let mut text: String =
        lines.iter().flat_map(|line| [context.texts.message(line), "\n".to_owned()]).collect();
    text.push_str(&card.signers_line);
    text.push('\n');
    text
}

fn write_new(path: &Path, text: &str, context: &Context, quiet: bool) -> anyhow::Result<()> {
    let write = || -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    let shown = path.display().to_string();
    write().map_err(|error| {
        let message = Message::new("countersign-io").with("path", shown.as_str());
        Failure::new(code::FILES, message.with("detail", error.to_string()))
    })?;
    if !quiet {
        context.say_message(&Message::new("card-written").with("path", shown))?;
    }
    Ok(())
}
