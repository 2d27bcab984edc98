//! `invigil form`: the printed forms of an exam day, filled in from its journal.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serde::Serialize;

use super::day_of::DayArgs;
use super::{Context, Failure, code, configured};
use crate::checks::SystemPrograms;
use crate::durable;
use crate::forms::{Definition, FormData, FormError, Sheet, pdf, xlsx};
use crate::i18n::Message;
use crate::station::papers::{DayFacts, FOLDER, PAPERS, Paper};
use crate::station::printing;
use crate::tables::ReadError;

/// Fill in the forms of an exam day: access logs, acts, check report, outages, report on functioning
///
/// Reads the day's journal; the station may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil form pdf access-log-b --out access.pdf")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the forms, and which of them can be filled in by now
    #[command(after_help = "Example: invigil form list --json")]
    List {
        #[command(flatten)]
        day: DayArgs,
        /// The list as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a form as PDF/A
    #[command(after_help = "Example: invigil form pdf closing-act --out closing.pdf")]
    Pdf(Written),
    /// Write a form as a workbook
    #[command(after_help = "Example: invigil form xlsx access-log-b --out access.xlsx")]
    Xlsx(Written),
    /// Print a form
    #[command(after_help = "Example: invigil form print access-log-b --printer Brother\n\
        Exit code 38 if no printer takes it.")]
    Print {
        /// Which form: see `invigil form list`
        form: String,
        #[command(flatten)]
        day: DayArgs,
        /// The printer's name [default: the computer's usual one]
        #[arg(long, value_name = "NAME")]
        printer: Option<String>,
    },
    /// Write a form's data as JSON, as it lies in the archive; its SHA-256 stands on the form
    #[command(after_help = "Example: invigil form json functioning")]
    Json {
        /// Which form: see `invigil form list`
        form: String,
        #[command(flatten)]
        day: DayArgs,
    },
    /// Check the region's own definitions in the data folder's `forms`
    #[command(after_help = "Example: invigil form lint\nExit code 34 if there is a fault.")]
    Lint,
}

#[derive(Debug, clap::Args)]
struct Written {
    /// Which form: see `invigil form list`
    form: String,
    #[command(flatten)]
    day: DayArgs,
    /// The file to write [default: named like the form and the day]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A line of the list.
#[derive(Serialize)]
struct Listed {
    form: &'static str,
    title: String,
    known: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::List { day, json } => list(&day, json, context),
        Action::Pdf(written) => write(written, "pdf", &pdf::write, context),
        Action::Xlsx(written) => write(written, "xlsx", &xlsx::write, context),
        Action::Print { form, day, printer } => print(&form, &day, printer.as_deref(), context),
        Action::Json { form, day } => {
            let (_, data) = filled(&form, &day, context)?;
            context.say(String::from_utf8_lossy(&data.to_json()).trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Lint => lint(context),
    }
}

fn list(day: &DayArgs, json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let facts = facts(day, context)?;
    let mut listed = Vec::new();
    for paper in PAPERS {
        let title = definition(paper, context)?.title;
        let title = title.get(context.texts.language()).to_owned();
        listed.push(Listed { form: paper.id(), title, known: paper.fill(&facts).is_some() });
    }
    if json {
        context.say_json(&listed)?;
        return Ok(ExitCode::SUCCESS);
    }
    for Listed { form, title, known } in listed {
        let line = Message::new("form-listed").with("form", form).with("title", title);
        context.say_message(&line.with("known", if known { "yes" } else { "no" }))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write(
    written: Written,
    ending: &str,
    make: &dyn Fn(&Sheet<'_>) -> Result<Vec<u8>, FormError>,
    context: &Context,
) -> anyhow::Result<ExitCode> {
    let (paper, data) = filled(&written.form, &written.day, context)?;
    let bytes = made(paper, &data, make, context)?;
    let name = || PathBuf::from(format!("{}-{}.{ending}", data.origin.of, paper.id()));
    let out = written.out.unwrap_or_else(name);
    fs::write(&out, bytes).map_err(|error| not_written(&out, &error))?;
    context.say_message(&Message::new("form-written").with("file", out.display().to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// Through a file of its own in the data folder, which is gone once the queue has the form.
fn print(form: &str, day: &DayArgs, printer: Option<&str>, context: &Context) -> anyhow::Result<ExitCode> {
    let (paper, data) = filled(form, day, context)?;
    let bytes = made(paper, &data, &pdf::write, context)?;
    let title = definition(paper, context)?.title;
    let file = context.data()?.join(format!("print-{}.pdf", std::process::id()));
    durable::replace_private(&file, &bytes).map_err(|error| not_written(&file, &error))?;
    let queued = printing::print(&SystemPrograms, &file, title.get(context.texts.language()), printer);
    fs::remove_file(&file).map_err(|error| not_written(&file, &error))?;
    let queued = queued.map_err(|error| Failure::new(code::REFUSED, error.message()))?;
    context.say_message(&Message::new("print-queued").with("form", form).with("job", queued.job))?;
    if let Some(reason) = queued.stopped {
        context.say_message(&Message::new("print-stopped").with("reason", reason))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn made(
    paper: &Paper,
    data: &FormData,
    make: &dyn Fn(&Sheet<'_>) -> Result<Vec<u8>, FormError>,
    context: &Context,
) -> anyhow::Result<Vec<u8>> {
    let definition = definition(paper, context)?;
    let made = Sheet::new(&definition, data, &context.texts).and_then(|sheet| make(&sheet));
    Ok(made.map_err(|error| Failure::new(code::FILES, error.message()))?)
}

fn not_written(file: &Path, error: &std::io::Error) -> Failure {
    let message = Message::new("form-not-written").with("file", file.display().to_string());
    Failure::new(code::FILES, message.with("detail", error.to_string()))
}

fn filled(form: &str, day: &DayArgs, context: &Context) -> anyhow::Result<(&'static Paper, FormData)> {
    let Some(paper) = Paper::find(form) else {
        let known = PAPERS.iter().map(Paper::id).collect::<Vec<_>>().join(", ");
        let message = Message::new("form-unknown").with("form", form).with("known", known);
        return Err(Failure::new(code::USAGE, message).into());
    };
    let data = paper.fill(&facts(day, context)?);
    let early = || Failure::new(code::REFUSED, Message::new("form-too-early").with("form", form));
    Ok((paper, data.ok_or_else(early)?))
}

fn facts(day: &DayArgs, context: &Context) -> anyhow::Result<DayFacts> {
    let data = context.data()?;
    let day = day.find(context)?;
    let facts = DayFacts::read(data, &day).map_err(|error| Failure::new(code::EVIDENCE, error.message()))?;
    // Without their words the forms show ids.
    let checklists = configured::checklists(data)
        .inspect_err(|error| tracing::warn!(%error, "forms without the checklists' words"));
    Ok(facts.with_words(&context.profile()?.0, checklists.ok()))
}

fn definition(paper: &Paper, context: &Context) -> anyhow::Result<Definition> {
    let read = paper.form.load(&context.data()?.join(FOLDER));
    Ok(read.map_err(|error| Failure::file(code::CHECKLIST, &error))?)
}

fn lint(context: &Context) -> anyhow::Result<ExitCode> {
    let folder = context.data()?.join(FOLDER);
    let (mut own, mut wrong) = (0_u32, false);
    for paper in PAPERS {
        own += u32::from(folder.join(paper.form.file_name()).exists());
        if let Err(error) = paper.form.load(&folder) {
            wrong = true;
            error.messages().iter().try_for_each(|fault| context.say_message(fault))?;
        }
    }
    for stranger in strangers(&folder)? {
        wrong = true;
        context.say_message(&Message::new("form-stranger").with("file", stranger))?;
    }
    if wrong {
        return Ok(ExitCode::from(code::CHECKLIST));
    }
    let sound = Message::new("form-sound").with("own", own).with("forms", PAPERS.len());
    context.say_message(&sound)?;
    Ok(ExitCode::SUCCESS)
}

/// Files in the folder that no form is called like.
fn strangers(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| {
            let file = folder.display().to_string();
            Failure::file(code::CHECKLIST, &ReadError::Unreadable { file, detail: error.to_string() })
        })?,
    };
    let mut strangers = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !PAPERS.iter().any(|paper| paper.form.file_name() == name) {
            strangers.push(folder.join(name).display().to_string());
        }
    }
    strangers.sort();
    Ok(strangers)
}
