//! `invigil point`: looks at the exam point's profile.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, code, lint};
use crate::i18n::{Language, Message};
use crate::point::Profile;

/// Look at the exam point's profile
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil point lint profile.toml")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a one-time code for somebody's first PIN, and the line of the profile that knows it
    ///
    /// The code goes to that person on paper; the profile keeps its hash, and each computer takes the code once.
    #[cfg(feature = "station")]
    #[command(after_help = "Example: invigil point code")]
    Code,
    /// List everything that is wrong with a profile, by file, line and key; exit code 1 if anything is
    #[command(after_help = "Example: invigil point lint profile.toml")]
    Lint {
        /// The profile [default: profile.toml in the data folder]
        file: Option<PathBuf>,
    },
    /// Print an example to write one's own profile from; `demo` explains every key
    #[command(after_help = "Example: invigil point example > profile.toml")]
    Example {
        #[arg(default_value = "demo", value_parser = super::examples())]
        name: String,
    },
    /// Show the exam point: that of the data folder, or the built-in example if there is none
    #[command(after_help = "Example: invigil point show --json")]
    Show {
        /// The whole profile as JSON, without passwords
        #[arg(long)]
        json: bool,
    },
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    match args.action {
        #[cfg(feature = "station")]
        Action::Code => code_for_a_person(context),
        Action::Lint { file } => sound(file, context),
        Action::Example { name } => {
            context.say(super::example(&name).trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Show { json } => show(json, context),
    }
}

#[cfg(feature = "station")]
fn code_for_a_person(context: &Context) -> anyhow::Result<ExitCode> {
    let (code, hash) = crate::station::one_time_code()?;
    let groups: Vec<&str> = [0..4, 4..8, 8..12].into_iter().filter_map(|group| code.0.get(group)).collect();
    context.say_message(&Message::new("cli-point-code").with("code", groups.join(" ")))?;
    context.say_message(&Message::new("cli-point-code-line"))?;
    context.say(format_args!("first_pin_code = \"{hash}\""))?;
    Ok(ExitCode::SUCCESS)
}

fn sound(file: Option<PathBuf>, context: &Context) -> anyhow::Result<ExitCode> {
    let file = match file {
        Some(file) => file,
        None => context.data()?.join("profile.toml"),
    };
    let words = |_: &Profile| Message::new("point-sound");
    lint::files(&[file], &Profile::load, &words, code::PROFILE, context)
}

fn show(json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let (profile, path) = context.profile()?;
    if json {
        context.say_json(&profile)?;
        return Ok(ExitCode::SUCCESS);
    }
    let timetable = &profile.timetable;
    let point = Message::new("point-show-point")
        .with("region", profile.region.as_str())
        .with("point", profile.point.as_str())
        .with("station", profile.station.as_str())
        .with("name", profile.name.as_str())
        .with("address", profile.address.as_str());
    let exam = Message::new("point-show-exam")
        .with("subject", profile.subject.as_str())
        .with("start", timetable.exam_start.format("%H:%M").to_string())
        .with("minutes", timetable.exam_minutes)
        .with("zone", profile.time_zone.name());
    match path {
        Some(path) => context.say(path.display())?,
        None => context.say(context.texts.text("point-file-demo"))?,
    }
    context.say_message(&point)?;
    context.say_message(&exam)?;
    context.say_message(&Message::new("point-show-rooms").with("count", profile.rooms.len()))?;
    for room in &profile.rooms {
        context.say(format_args!("  {}  {}", room.number, room.name))?;
    }
    context.say_message(&Message::new("point-show-cameras").with("count", profile.cameras.len()))?;
    for camera in &profile.cameras {
        let (width, height) = (camera.width, camera.height);
        let (id, room, source, rate) = (&camera.id, &camera.room, &camera.source, camera.frames_per_second);
        context.say(format_args!("  {id}  {room}  {source}  {width}x{height}  {rate}/s  {}", camera.name))?;
    }
    context.say_message(&Message::new("point-show-people").with("count", profile.people.len()))?;
    for person in &profile.people {
        context.say(format_args!("  {}  {}, {}", person.id, person.name, person.post))?;
    }
    context.say_message(&Message::new("point-show-phases").with("count", timetable.phases.len()))?;
    for phase in &profile.timetable.phases {
        let name = match context.texts.language() {
            Language::Ru => &phase.name_ru,
            Language::En => &phase.name_en,
        };
        let at = timetable.exam_start + chrono::TimeDelta::minutes(phase.at_minutes.into());
        context.say(format_args!("  {}  {name}", at.format("%H:%M")))?;
    }
    Ok(ExitCode::SUCCESS)
}
