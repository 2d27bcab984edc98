//! `invigil briefing`: what people have to read before an exam, and who did.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::asking::Asking;
use super::{Context, Failure, code, lint};
use crate::briefing::{self, Briefing};
use crate::i18n::Message;

/// Look at the briefings of the point
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil briefing list")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List everything that is wrong with briefings, by file, line and key; exit code 34 if anything is
    #[command(after_help = "Example: invigil briefing lint first-aid.toml")]
    Lint {
        /// The files [default: the data folder's briefings]
        files: Vec<PathBuf>,
    },
    /// List the briefings with those who have signed and those who still have to; the station has to run
    #[command(after_help = "Example: invigil briefing list --json")]
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Lint { files } if files.is_empty() => {
            let read = briefing::of_the_point(context.data()?);
            read.map_err(|error| Failure::file(code::CHECKLIST, &error))?;
            context.say_message(&Message::new("briefings-sound"))?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Lint { files } => {
            let words = |_: &Briefing| Message::new("briefing-sound");
            lint::files(&files, &Briefing::load, &words, code::CHECKLIST, context)
        }
        Action::List { json } => list(json, context),
    }
}

fn list(json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let mut station = Asking::open(context)?;
    let view = station.view()?;
    if json {
        context.say_json(&view.briefings)?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = |id: &crate::point::PersonId| {
        let person = view.point.people.iter().find(|person| person.id == *id);
        person.map_or_else(|| id.to_string(), |person| person.name.clone())
    };
    for line in &view.briefings {
        let title = line.title.get(context.texts.language());
        context.say(format_args!("{}  {title}", line.id))?;
        for (id, people) in [("briefing-signed", &line.signed), ("briefing-unsigned", &line.unsigned)] {
            let names: Vec<String> = people.iter().map(name).collect();
            if !names.is_empty() {
                context.say_message(&Message::new(id).with("names", names.join(", ")))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
