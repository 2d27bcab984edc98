//! `invigil checklist`: looks at the checklists of the exam day and of the days before and after it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, code, configured, lint};
use crate::checklist::Checklist;
use crate::i18n::Message;

/// Look at the checklists of the exam day, and of the days before and after it
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil checklist lint gate.toml")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List everything that is wrong with checklists, by file, line and key; exit code 34 if anything is
    #[command(after_help = "Example: invigil checklist lint gate.toml")]
    Lint {
        /// The files [default: the data folder's checklists]
        files: Vec<PathBuf>,
    },
    /// List the checklists in the order in which they are due: the built-in ones and those of the data folder
    #[command(after_help = "Example: invigil checklist list --json")]
    List {
        /// All of them with their steps as JSON
        #[arg(long)]
        json: bool,
    },
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Lint { files } if files.is_empty() => {
            configured::checklists(context.data()?)?;
            context.say_message(&Message::new("checklist-all-sound"))?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Lint { files } => {
            let words = |list: &Checklist| Message::new("checklist-sound").with("steps", list.steps.len());
            lint::files(&files, &Checklist::load, &words, code::CHECKLIST, context)
        }
        Action::List { json } => list(json, context),
    }
}

fn list(json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let lists = configured::checklists(context.data()?)?;
    if json {
        context.say_json(&lists)?;
        return Ok(ExitCode::SUCCESS);
    }
    for list in lists.every() {
        let name = list.name.get(context.texts.language());
        context.say(format_args!("{}  {}  {name}", list.id, list.steps.len()))?;
    }
    Ok(ExitCode::SUCCESS)
}
