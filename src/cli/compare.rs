//! `invigil compare`: two archives of one exam day side by side.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::Context;
use super::progress::Progress;
use crate::archive::verify::VerifyOptions;
use crate::archive::{Comparison, Fork, Place, Relation, Said, Side, compare};
use crate::clock::{Clock, SystemClock};
use crate::i18n::Message;
use crate::time_zone::Tz;

/// Compare two archives of one exam day: the same, an earlier export, or two that tell different things
///
/// Exit codes: 0 the same, 1 one of them holds more and nothing contradicts, 2 they contradict each
/// other or one was changed, 3 different exam days, 4 they can't be compared.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil compare /media/usb/77-0101-2026-05-29-main ~/received")]
pub struct Args {
    /// Folder of the first archive's parts, or its part 00
    first: PathBuf,
    /// Folder of the second archive's parts, or its part 00
    second: PathBuf,
    /// The whole comparison as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let options = VerifyOptions { signers: None, act: None, at_ms: SystemClock::new().now().utc_ms };
    let mut progress = Progress::new();
    let comparison =
        compare(&[args.first], &[args.second], &options, &mut |done, total| progress.tell(done, total));
    progress.end();
    let said = if args.json { context.say_json(&comparison) } else { say(&comparison, context) };
    match said {
        // Whoever stopped reading has the outcome all the same: it is the exit code.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        said => said?,
    }
    Ok(ExitCode::from(comparison.exit_code()))
}

fn say(comparison: &Comparison, context: &Context) -> io::Result<()> {
    let time_zone = comparison.time_zone;
    let words = |message: &Message| context.texts.message(message);
    let meaning = match comparison.relation {
        Relation::Same if comparison.is_alike() => "compare-same",
        Relation::Same if comparison.exit_code() == 2 => "compare-changed",
        Relation::Same => "compare-same-journal",
        Relation::FirstEarlier => "compare-first-earlier",
        Relation::SecondEarlier => "compare-second-earlier",
        Relation::Fork => "compare-fork",
        Relation::OtherDay => "compare-other-day",
        Relation::CannotCompare => "compare-cannot",
    };
    context.say(format_args!("{}: {}", comparison.relation.word(), words(&Message::new(meaning))))?;
    say_side("compare-first", &comparison.first, context)?;
    say_side("compare-second", &comparison.second, context)?;
    let common = Message::new("compare-common").with("count", comparison.records_in_common);
    context.say_message(&common)?;
    if let Some(fork) = &comparison.fork {
        say_fork(fork, time_zone, context)?;
    }
    if !comparison.parts.is_empty() || !comparison.videos.is_empty() {
        context.say_message(&Message::new("compare-differences"))?;
    }
    let which = |first: &Option<String>, second: &Option<String>| {
        words(&Message::new(match (first, second) {
            (Some(_), Some(_)) => "compare-in-both",
            (_, None) => "compare-in-first",
            (None, Some(_)) => "compare-in-second",
        }))
    };
    for part in &comparison.parts {
        let which = which(&part.first_sha256, &part.second_sha256);
        context.say(format_args!("  {}.zip: {which}", part.name))?;
    }
    for video in &comparison.videos {
        let place = Place {
            camera: Some(video.camera.clone()),
            segment: Some(video.segment),
            from_ms: Some(video.from_ms),
            to_ms: Some(video.to_ms),
            ..Place::default()
        };
        let which = which(&video.first_sha256, &video.second_sha256);
        context.say(format_args!("  {}: {which}", place.words(time_zone, &words)))?;
    }
    if comparison.more > 0 {
        context.say_message(&Message::new("archive-cli-more").with("count", comparison.more))?;
    }
    Ok(())
}

fn say_side(title: &str, side: &Side, context: &Context) -> io::Result<()> {
    let day = side.day.as_ref().map_or("–", |day| day.as_str());
    let title = context.texts.message(&Message::new(title));
    context.say(format_args!("  {title}: {day}, {} · {}", side.integrity.word(), side.provenance.word()))
}

fn say_fork(fork: &Fork, time_zone: Option<Tz>, context: &Context) -> io::Result<()> {
    let place = Message::new("compare-forked-at").with("day", fork.day.as_str()).with("record", fork.record);
    context.say_message(&place)?;
    for (title, said) in [("compare-first", &fork.first), ("compare-second", &fork.second)] {
        let title = context.texts.message(&Message::new(title));
        match said {
            Some(Said { utc_ms, event, .. }) => {
                let at = Place { from_ms: Some(*utc_ms), ..Place::default() };
                let at = at.words(time_zone, &|message| context.texts.message(message));
                context.say(format_args!("  {title}: {at} {event}"))?;
            }
            None => {
                let none = context.texts.message(&Message::new("compare-no-record"));
                context.say(format_args!("  {title}: {none}"))?;
            }
        }
    }
    Ok(())
}
