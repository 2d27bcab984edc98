//! The command line: a file a subcommand, each with its `Args` and its `run`.
//!
//! A new subcommand is a file here with `pub struct Args` and
//! `pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode>`, a `mod` line, a variant
//! of [`Command`] and its line in [`Cli::run`].
//!
//! Results go to stdout through [`Context::say`] and [`Context::say_json`], everything else to the log.
//! What went wrong is returned as a [`Failure`]; `main` puts it into words once.

#[cfg(feature = "station")]
mod access;
#[cfg(feature = "station")]
mod act;
#[cfg(feature = "station")]
mod asking;
#[cfg(feature = "station")]
mod briefing;
#[cfg(feature = "cameras")]
mod cameras;
#[cfg(feature = "station")]
mod check;
#[cfg(feature = "station")]
mod checklist;
mod compare;
#[cfg(feature = "station")]
mod configured;
#[cfg(feature = "station")]
mod copy;
#[cfg(feature = "station")]
mod countersign;
#[cfg(feature = "station")]
mod day_of;
#[cfg(feature = "station")]
mod days;
#[cfg(feature = "station")]
mod equipment;
mod excerpt;
mod extract;
mod failure;
#[cfg(feature = "station")]
mod form;
#[cfg(feature = "window")]
mod gallery;
#[cfg(feature = "station")]
mod incidents;
#[cfg(feature = "station")]
mod inherited;
mod keys;
mod lint;
mod logging;
#[cfg(feature = "station")]
mod notes;
#[cfg(feature = "station")]
mod operations;
#[cfg(feature = "station")]
mod outages;
mod point;
mod progress;
#[cfg(feature = "station")]
mod record;
#[cfg(feature = "station")]
mod rehearse;
#[cfg(feature = "station")]
mod requests;
#[cfg(feature = "window")]
mod review;
#[cfg(feature = "station")]
mod seal;
#[cfg(feature = "station")]
mod secret;
#[cfg(feature = "station")]
mod station;
#[cfg(feature = "station")]
mod takeover;
mod verifier;
mod verify;
#[cfg(feature = "window")]
mod window;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use serde::Serialize;

use crate::i18n::{Language, Message, Texts};
use crate::point::{DEMO_PROFILE, EXAMPLE_FORMS, EXAMPLES, Profile, demo};
use crate::signing::{Digest, Sealer, memory};
use crate::tables::{self, ReadError};

pub use failure::{Failure, code, is_closed_pipe};

/// Exam-point technical support kiosk: checks, camera recording, access log and signed archives.
#[cfg_attr(feature = "window", doc = "\nWithout a command it opens the kiosk window.")]
#[derive(Debug, Parser)]
#[command(version, after_help = AFTER_HELP)]
pub struct Cli {
    /// Folder of the profile, the keys, the exam days and the log [default: invigil in the user's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Language of the texts [default: that of the computer, Russian if it is neither]
    #[arg(long, global = true)]
    lang: Option<Language>,
    /// Open the window at a normal size instead of the full screen
    #[cfg(feature = "window")]
    #[arg(long, global = true)]
    windowed: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[cfg(feature = "window")]
const AFTER_HELP: &str = "Example: invigil --windowed --lang en";
#[cfg(not(feature = "window"))]
const AFTER_HELP: &str = "Example: invigil verify FOLDER";

/// The names of the built-in profiles, for an argument.
fn examples() -> PossibleValuesParser {
    PossibleValuesParser::new(EXAMPLES.map(|(name, _)| name))
}

/// The text of the built-in profile of that name, one of [`examples`].
fn example(name: &str) -> &'static str {
    EXAMPLES.iter().find(|(known, _)| *known == name).map_or(DEMO_PROFILE, |(_, text)| text)
}

/// The forms that it has of its own: names and texts of their files.
fn example_forms(name: &str) -> &'static [(&'static str, &'static str)] {
    EXAMPLE_FORMS.iter().find(|(known, _)| *known == name).map_or(&[], |(_, forms)| *forms)
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "station")]
    Access(access::Args),
    #[cfg(feature = "station")]
    Act(act::Args),
    #[cfg(feature = "station")]
    Briefing(briefing::Args),
    #[cfg(feature = "cameras")]
    Cameras(cameras::Args),
    #[cfg(feature = "station")]
    Check(check::Args),
    #[cfg(feature = "station")]
    Checklist(checklist::Args),
    Compare(compare::Args),
    #[cfg(feature = "station")]
    Copy(copy::Args),
    Excerpt(excerpt::Args),
    Extract(extract::Args),
    #[cfg(feature = "station")]
    Countersign(countersign::Args),
    #[cfg(feature = "station")]
    Days(days::Args),
    #[cfg(feature = "station")]
    Equipment(equipment::Args),
    #[cfg(feature = "station")]
    Form(form::Args),
    #[cfg(feature = "window")]
    Gallery(gallery::Args),
    #[cfg(feature = "station")]
    Incidents(incidents::Args),
    Keys(keys::Args),
    #[cfg(feature = "station")]
    Notes(notes::Args),
    #[cfg(feature = "station")]
    Operations(operations::Args),
    #[cfg(feature = "station")]
    Outages(outages::Args),
    Point(point::Args),
    #[cfg(feature = "station")]
    Record(record::Args),
    #[cfg(feature = "station")]
    Rehearse(rehearse::Args),
    #[cfg(feature = "station")]
    Requests(requests::Args),
    #[cfg(feature = "window")]
    Review(review::Args),
    #[cfg(feature = "station")]
    Seal(seal::Args),
    #[cfg(feature = "station")]
    Station(station::Args),
    #[cfg(feature = "station")]
    Takeover(takeover::Args),
    Verifier(verifier::Args),
    Verify(verify::Args),
}

impl Cli {
    /// The texts in the language asked for.
    pub fn texts(&self) -> Texts {
        Texts::load(self.language())
    }

    /// Does what was asked for.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        // PINs, passphrases and keys go through this process.
        if let Err(error) = memory::forbid_dumps() {
            tracing::warn!(%error, "images of a crash are not forbidden");
        }
        let context = Context {
            texts: self.texts(),
            data: self.data.or_else(default_data_folder),
            #[cfg(feature = "window")]
            windowed: self.windowed,
            #[cfg(feature = "window")]
            asked: self.lang,
        };
        match self.command {
            #[cfg(feature = "window")]
            None => window::run(&context),
            #[cfg(not(feature = "window"))]
            None => Err(Failure::new(1, Message::new("cli-no-window")).into()),
            #[cfg(feature = "station")]
            Some(Command::Access(args)) => access::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Act(args)) => act::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Briefing(args)) => briefing::run(args, &context),
            #[cfg(feature = "cameras")]
            Some(Command::Cameras(args)) => cameras::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Check(args)) => check::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Checklist(args)) => checklist::run(args, &context),
            Some(Command::Compare(args)) => compare::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Copy(args)) => copy::run(args, &context),
            Some(Command::Excerpt(args)) => excerpt::run(args, &context),
            Some(Command::Extract(args)) => extract::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Countersign(args)) => countersign::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Days(args)) => days::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Equipment(args)) => equipment::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Form(args)) => form::run(args, &context),
            #[cfg(feature = "window")]
            Some(Command::Gallery(args)) => gallery::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Incidents(args)) => incidents::run(args, &context),
            Some(Command::Keys(args)) => keys::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Notes(args)) => notes::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Operations(args)) => operations::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Outages(args)) => outages::run(args, &context),
            Some(Command::Point(args)) => point::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Record(args)) => record::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Requests(args)) => requests::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Rehearse(args)) => rehearse::run(args, &context),
            #[cfg(feature = "window")]
            Some(Command::Review(args)) => review::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Seal(args)) => seal::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Station(args)) => station::run(args, &context),
            #[cfg(feature = "station")]
            Some(Command::Takeover(args)) => takeover::run(args, &context),
            Some(Command::Verifier(args)) => verifier::run(args, &context),
            Some(Command::Verify(args)) => verify::run(args, &context),
        }
    }

    fn language(&self) -> Language {
        self.lang.unwrap_or_else(|| {
            match environment("LC_ALL").or_else(|| environment("LC_MESSAGES")).or_else(|| environment("LANG"))
            {
                Some(locale) if locale.to_string_lossy().starts_with("en") => Language::En,
                _ => Language::default(),
            }
        })
    }
}

/// A profile's file as it was read.
pub struct ProfileFile {
    pub path: PathBuf,
    pub sha256: Digest,
}

/// What every subcommand is handed.
#[derive(Debug)]
pub struct Context {
    pub texts: Texts,
    /// Open the window at a normal size.
    #[cfg(feature = "window")]
    pub windowed: bool,
    /// The language, if one was asked for.
    #[cfg(feature = "window")]
    pub asked: Option<Language>,
    data: Option<PathBuf>,
}

impl Context {
    /// The data folder's path; it need not exist.
    pub fn data(&self) -> Result<&Path, Failure> {
        self.data
            .as_deref()
            .ok_or_else(|| Failure::new(code::DATA_FOLDER, Message::new("cli-no-data-folder")))
    }

    /// Makes the data folder if it is missing and begins to log there. To be called once, first
    /// thing, by every subcommand that works in the data folder.
    pub fn open_data(&self) -> Result<&Path, Failure> {
        let folder = self.data()?;
        let wanted = environment("INVIGIL_LOG").unwrap_or_default();
        logging::start(folder, &wanted.to_string_lossy()).map_err(|error| {
            let message = Message::new("cli-data-folder")
                .with("folder", folder.display().to_string())
                .with("detail", error.to_string());
            Failure::new(code::DATA_FOLDER, message)
        })?;
        Ok(folder)
    }

    /// How the device key is opened. A service manager may have done it, and says where.
    pub fn sealer(&self) -> Sealer {
        Sealer::new().with_opened(absolute("CREDENTIALS_DIRECTORY"))
    }

    /// The profile of the data folder with its file; the built-in example if there is none.
    pub fn profile(&self) -> Result<(Profile, Option<ProfileFile>), Failure> {
        let path = self.data()?.join("profile.toml");
        let read = |text: String| -> Result<_, ReadError> {
            let profile = Profile::read(&text, &path.display().to_string())?;
            Ok((profile, ProfileFile { sha256: Digest::of(text.as_bytes()), path: path.clone() }))
        };
        match tables::read_text(&path).and_then(read) {
            Ok((profile, file)) => Ok((profile, Some(file))),
            Err(ReadError::Missing { .. }) => Ok((demo(), None)),
            Err(error) => Err(Failure::file(code::PROFILE, &error)),
        }
    }

    /// A line of the result.
    pub fn say(&self, line: impl Display) -> io::Result<()> {
        writeln!(io::stdout(), "{line}")
    }

    /// Asks for something on standard input, where it does not get among the results.
    pub fn prompt(&self, message: &Message) -> io::Result<()> {
        writeln!(io::stderr(), "{}", self.texts.message(message))
    }

    /// A line of the result in the person's words.
    pub fn say_message(&self, message: &Message) -> io::Result<()> {
        self.say(self.texts.message(message))
    }

    /// The whole result for another program, as one JSON text.
    pub fn say_json(&self, value: &impl Serialize) -> io::Result<()> {
        self.say(serde_json::to_string_pretty(value)?)
    }
}

/// Where data lives if nothing else is said: XDG Base Directory Specification, `$XDG_DATA_HOME`.
#[cfg(unix)]
fn default_data_folder() -> Option<PathBuf> {
    let base = absolute("XDG_DATA_HOME").or_else(|| Some(absolute("HOME")?.join(".local/share")));
    base.map(|base| base.join("invigil"))
}

/// Where data lives if nothing else is said: the known folder `LocalAppData`.
#[cfg(windows)]
fn default_data_folder() -> Option<PathBuf> {
    absolute("LOCALAPPDATA").map(|base| base.join("invigil"))
}

/// The one place where the environment is read.
#[allow(clippy::disallowed_methods, reason = "this is cli, which hands it on")]
fn environment(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|value| !value.is_empty())
}

/// A path that an environment variable names; the specification says to ignore relative ones.
fn absolute(variable: &str) -> Option<PathBuf> {
    environment(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound_and_every_command_shows_an_example() {
        let mut command = Cli::command();
        command.clone().debug_assert();
        command.build();
        fn visit(command: &clap::Command) {
            let example = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(example.contains("Example"), "{}", command.get_name());
            assert!(command.get_about().is_some(), "{}", command.get_name());
            command.get_subcommands().filter(|sub| sub.get_name() != "help").for_each(visit);
        }
        visit(&command);
    }
}
