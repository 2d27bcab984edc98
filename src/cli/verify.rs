//! `invigil verify`: judges an archive by its bytes alone.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::{Context, Failure};
use crate::archive::verify::{Act, BadAct, VerifyOptions, verify};
use crate::archive::{Coverage, Integrity, Place, REPORT_SCHEMA, Report, StationSummary};
use crate::clock::{Clock, SystemClock};
use crate::i18n::Message;
use crate::signing::{AllowedSigners, BadSignersFile};

/// Exit code for arguments that make no sense (`EX_USAGE` of sysexits.h).
const WRONG_USAGE: u8 = 64;

/// Verify an exam day's archive: is it whole and unchanged, and whose is it
///
/// Exit codes: 0 valid, 1 something is missing, 2 something was changed, 3 signed with a key that
/// the list does not trust, 4 can't be verified.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil verify /media/usb/77-0101-2026-05-29-main --signers signers.txt")]
pub struct Args {
    /// Parts of an archive, the folder that holds them, or an excerpt
    #[arg(required_unless_present = "schema", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Keys that are trusted, in the form of ssh-keygen's allowed signers
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
    /// Keys that are trusted no more: one public key a line, as `ssh-keygen -Y verify -r` reads
    #[arg(long, value_name = "FILE", requires = "signers")]
    revoked: Option<PathBuf>,
    /// Judge the keys as of this day instead of now, in UTC: a key may have been valid then [example: 2026-05-29]
    #[arg(long, value_name = "DATE")]
    at: Option<NaiveDate>,
    /// What the paper acts say: "opening CODE closing CODE restarts N"
    #[arg(long, value_name = "TEXT")]
    act: Option<String>,
    /// The whole report as JSON
    #[arg(long)]
    json: bool,
    /// Print the JSON Schema that describes the report, and verify nothing
    #[arg(long, conflicts_with = "paths")]
    schema: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    if args.schema {
        context.say(REPORT_SCHEMA.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    let act: Option<Act> = match args.act.as_deref().map(str::parse) {
        None => None,
        Some(Ok(act)) => Some(act),
        Some(Err(BadAct)) => {
            return Err(Failure::new(WRONG_USAGE, Message::new("archive-cli-act")).into());
        }
    };
    let signers = args.signers.as_deref().map(AllowedSigners::load).transpose();
    let mut signers = signers.map_err(|error| refused(&error))?;
    if let (Some(signers), Some(path)) = (&mut signers, &args.revoked) {
        signers.revoke_file(path).map_err(|error| refused(&error))?;
    }
    let at_ms = match args.at {
        // The day's end: a key that became valid on that day counts.
        Some(date) => (date.and_time(NaiveTime::MIN) + TimeDelta::days(1)).and_utc().timestamp_millis() - 1,
        None => SystemClock::new().now().utc_ms,
    };
    let options = VerifyOptions { signers, act, at_ms };
    let report = verify(&args.paths, &options, &mut |_, _| ControlFlow::Continue(()));
    let said = if args.json { context.say_json(&report) } else { say(&report, context) };
    match said {
        // Whoever stopped reading has the verdict all the same: it is the exit code.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        said => said?,
    }
    Ok(ExitCode::from(report.exit_code()))
}

fn refused(error: &BadSignersFile) -> Failure {
    Failure::new(Integrity::CannotVerify.code(), error.message())
}

fn say(report: &Report, context: &Context) -> io::Result<()> {
    let words = |message: &Message| context.texts.message(message);
    context.say(report.headline(&words))?;
    context.say_message(&report.integrity.message())?;
    context.say_message(&report.provenance.message())?;
    for station in &report.stations {
        say_station(station, context)?;
    }
    if let Some(message) = report.covers() {
        context.say_message(&message)?;
    }
    for part in &report.parts {
        let message =
            Message::new("archive-cli-part").with("file", part.file.as_str()).with("bytes", part.bytes);
        context.say_message(&message)?;
    }
    for found in &report.countersignatures {
        let message = Message::new("archive-cli-countersigned")
            .with("role", found.role.word())
            .with("signed", found.signed.word())
            .with("key", found.key.as_deref().unwrap_or("none"));
        context.say_message(&message)?;
    }
    say_cameras(report, context)?;
    let faults = report.faults.iter().map(|fault| (&fault.place, &fault.message)).collect::<Vec<_>>();
    say_list("archive-cli-faults", &faults, report.more_faults, report, context)?;
    let warnings =
        report.warnings.iter().map(|warning| (&warning.place, &warning.message)).collect::<Vec<_>>();
    say_list("archive-cli-warnings", &warnings, report.more_warnings, report, context)
}

fn say_station(station: &StationSummary, context: &Context) -> io::Result<()> {
    let day = Message::new("archive-cli-day").with("day", station.day.as_str());
    context.say_message(&day.with("records", station.records))?;
    if let Some(key) = &station.signer {
        context.say_message(&Message::new("archive-cli-key").with("key", key.as_str()))?;
    }
    if let Some(code) = &station.opening_code {
        context.say_message(&Message::new("archive-cli-opening").with("code", code.as_str()))?;
    }
    if let (Some(code), Some(restarts)) = (&station.closing_code, station.restarts) {
        let message = Message::new("archive-cli-closing").with("code", code.as_str());
        context.say_message(&message.with("restarts", restarts))?;
    }
    Ok(())
}

/// A line a camera: how much of its day is signed, changed, missing.
fn say_cameras(report: &Report, context: &Context) -> io::Result<()> {
    if report.cameras.is_empty() {
        return Ok(());
    }
    let word = |id: &str| context.texts.message(&Message::new(id));
    let mut lines = vec![
        [
            "archive-cli-camera",
            "archive-cli-signed",
            "archive-cli-changed",
            "archive-cli-missing",
            "archive-cli-admitted",
            "archive-cli-kept",
        ]
        .map(word),
    ];
    for camera in &report.cameras {
        let times = [&camera.signed, &camera.changed, &camera.missing, &camera.admitted, &camera.kept];
        let [signed, changed, missing, admitted, kept] = times.map(length);
        lines.push([camera.camera.to_string(), signed, changed, missing, admitted, kept]);
    }
    let widths: Vec<usize> = (0..6)
        .map(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0))
        .collect();
    for line in lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        context.say(format_args!("  {}", cells.collect::<Vec<_>>().join("  ")))?;
    }
    Ok(())
}

/// `7:02:10`; nothing at all is a dash. What is shorter than a second still counts as one.
fn length(coverage: &Coverage) -> String {
    match coverage.ms {
        0 => "–".to_owned(),
        ms => {
            let seconds = (ms / 1000).max(1);
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
    }
}

fn say_list(
    title: &str,
    lines: &[(&Place, &Message)],
    more: u64,
    report: &Report,
    context: &Context,
) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let words = |message: &Message| context.texts.message(message);
    context.say_message(&Message::new(title))?;
    for (place, message) in lines {
        let place = place.words(report.time_zone, &words);
        match place.as_str() {
            "" => context.say(format_args!("  {}", words(message)))?,
            place => context.say(format_args!("  {place}: {}", words(message)))?,
        }
    }
    if more > 0 {
        context.say_message(&Message::new("archive-cli-more").with("count", more))?;
    }
    Ok(())
}
