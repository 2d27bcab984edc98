//! `invigil point`: looks at the exam point's profile, and changes it.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

#[cfg(feature = "station")]
use super::asking::Asking;
use super::{Context, Failure, code, lint};
use crate::i18n::{Language, Message};
use crate::point::Profile;
#[cfg(feature = "station")]
use crate::{
    point::PersonId,
    station::protocol::{Answer, Command, ProfileCommand, ProfileText},
    tables::{self, ReadError},
};

/// Look at the exam point's profile, or put another one in its place
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
        /// Write it there instead, as profile.toml, with the forms that it has of its own
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Let the running station go by this profile from now on, as the screen “Settings” does
    ///
    /// Reads the person's PIN as one line from standard input. No exam day may be open. The file before is kept
    /// beside it as profile.toml.old, and the point's journal tells who changed it.
    #[cfg(feature = "station")]
    #[command(after_help = "Example: invigil point save --person point-head profile.toml")]
    Save {
        /// Who does it, by the id in the profile; has the right `configure`
        #[arg(long, value_name = "ID")]
        person: PersonId,
        file: PathBuf,
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
        #[cfg(feature = "station")]
        Action::Save { person, file } => save(person, &file, context),
        Action::Example { name, to } => {
            match to {
                Some(folder) => write_example(&name, &folder, context)?,
                None => context.say(super::example(&name).trim_end())?,
            }
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

#[cfg(feature = "station")]
fn save(person: PersonId, file: &Path, context: &Context) -> anyhow::Result<ExitCode> {
    let read = |error: ReadError| Failure::file(code::PROFILE, &error);
    let text = tables::read_text(file).map_err(read)?;
    Profile::read(&text, &file.display().to_string()).map_err(|faults| read(faults.into()))?;
    let mut station = Asking::open(context)?;
    station.sign_in(person)?;
    let Answer::Profile(shown) = station.ask_for(Command::Profile(ProfileCommand::Read))? else {
        return Ok(ExitCode::SUCCESS);
    };
    let (text, logins) = (ProfileText(text), Vec::new());
    station.ask(Command::Profile(ProfileCommand::Save { text, base: shown.base, logins }))?;
    context.say_message(&Message::new("point-saved").with("file", file.display().to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// Into a data folder of one's own, over no file that is there.
fn write_example(name: &str, folder: &Path, context: &Context) -> anyhow::Result<()> {
    let forms = super::example_forms(name).iter().map(|(file, text)| (Path::new("forms").join(file), *text));
    for (file, text) in std::iter::once((PathBuf::from("profile.toml"), super::example(name))).chain(forms) {
        let path = folder.join(file);
        let written = fs::create_dir_all(path.parent().unwrap_or(folder))
            .and_then(|()| File::create_new(&path))
            .and_then(|mut new| new.write_all(text.as_bytes()));
        let about = |id: &str| Message::new(id).with("file", path.display().to_string());
        written.map_err(|error| {
            Failure::new(code::FILES, about("point-example-not-written").with("detail", error.to_string()))
        })?;
        context.say_message(&about("point-example-written"))?;
    }
    Ok(())
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
    let (profile, file) = context.profile()?;
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
    match file {
        Some(file) => context.say(file.path.display())?,
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
