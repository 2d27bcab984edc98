//! `invigil checklist`: looks at the checklists of the exam day and of the days before and after it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, code, configured};
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
        Action::Lint { files } => lint(&files, context),
        Action::List { json } => list(json, context),
    }
}

/// Every fault of every file, whatever is wrong with the others.
fn lint(files: &[PathBuf], context: &Context) -> anyhow::Result<ExitCode> {
    let mut all_sound = true;
    for file in files {
        match Checklist::load(file) {
            Ok(list) => {
                let message = Message::new("checklist-sound").with("file", file.display().to_string());
                context.say_message(&message.with("steps", list.steps.len()))?;
            }
            Err(error) => {
                all_sound = false;
                for fault in error.messages() {
                    context.say_message(&fault)?;
                }
            }
        }
    }
    Ok(if all_sound { ExitCode::SUCCESS } else { ExitCode::from(code::CHECKLIST) })
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
