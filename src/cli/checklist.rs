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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use crate::checklist::of_the_day;
    use crate::cli::Cli;
    use crate::i18n::{Language, Texts};

    /// What a list calls by its name, and what of it is not this program's.
    const QUOTES: [(Language, char, char); 2] = [(Language::Ru, '«', '»'), (Language::En, '“', '”')];
    const OTHERS: [&str; 6] =
        ["сеть", "никогда", "never", "причина не установлена", "the cause was not found", "{camera}"];

    #[test]
    fn what_a_list_calls_by_its_name_is_called_so_by_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let lists = of_the_day(folder.path()).unwrap();
        let command = Cli::command();
        let is_command = |words: &str| {
            let mut words = words.split(' ').skip(1);
            words.try_fold(&command, |command, word| command.find_subcommand(word)).is_some()
        };
        for (language, begin, end) in QUOTES {
            let texts = Texts::load(language);
            let shown = texts.lines();
            for (list, step) in
                lists.every().iter().flat_map(|list| list.steps.iter().map(|step| (&list.id, step)))
            {
                let said = [&step.text, &step.expected, &step.remedy].map(|text| text.get(language));
                for quoted in said.iter().flat_map(|text| text.split(begin).skip(1)) {
                    let name = quoted.split(end).next().unwrap();
                    let known = shown.contains(name)
                        || OTHERS.contains(&name)
                        || name.starts_with("invigil ") && is_command(name)
                        || name == "{room}";
                    assert!(known, "{list}/{}: {name}", step.id);
                }
                // Whoever is to press a button is told which.
                let press = texts.text("ui-step-run");
                let told = said[0].contains(&format!("{begin}{press}{end}"));
                assert_eq!(told, step.check.is_some(), "{list}/{}: {}", step.id, said[0]);
            }
        }
    }
}
