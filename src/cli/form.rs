//! `invigil form`: printed forms, filled in from a journal: those of an exam day, and those of the point.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serde::Serialize;

use super::day_of::DayArgs;
use super::progress::Progress;
use super::{Context, Failure, code, configured};
use crate::archive::Integrity;
use crate::checklist::Checklists;
use crate::checks::SystemPrograms;
use crate::clock::{Clock, SystemClock};
use crate::forms::{Definition, FormData, FormError, Sheet, pdf, xlsx};
use crate::i18n::Message;
use crate::station::papers::{AsOf, DayFacts, FOLDER, PAPERS, Paper, PapersError, PointFacts};
use crate::station::printing;
use crate::tables::ReadError;

/// Fill in forms: access logs, acts, check report, report on functioning; equipment, labels, briefings
///
/// Reads the day's journal; the station may run meanwhile. Forms of the point (briefings, equipment, labels)
/// tell of now, or with --day of that day's end.
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
        of: Of,
        /// The list as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a form as PDF/A; exit code of verify if it is made from an archive
    #[command(
        after_help = "Example: invigil form pdf access-log-a --archive /media/usb/77-0101-2026-05-29-main"
    )]
    Pdf(Written),
    /// Write a form as a workbook
    #[command(after_help = "Example: invigil form xlsx access-log-b --out access.xlsx")]
    Xlsx(Written),
    /// Print a form
    #[command(after_help = "Example: invigil form print access-log-b --printer Brother\n\
        Exit code 38 if no printer takes it.")]
    Print {
        #[command(flatten)]
        wanted: Wanted,
        /// The printer's name [default: the computer's usual one]
        #[arg(long, value_name = "NAME")]
        printer: Option<String>,
    },
    /// Write a form's data as JSON, as it lies in the archive; its SHA-256 stands on the form
    #[command(after_help = "Example: invigil form json functioning")]
    Json(Wanted),
    /// Check the region's own definitions in the data folder's `forms`
    #[command(after_help = "Example: invigil form lint\nExit code 34 if there is a fault.")]
    Lint,
}

// What the forms tell of. Those of the point tell of now, or of that day's end if a day is named.
#[derive(Debug, clap::Args)]
struct Of {
    #[command(flatten)]
    day: DayArgs,
    /// Fill in from an archive instead, in this folder; what verify says of it stands on the form
    #[arg(long, value_name = "FOLDER", conflicts_with = "day")]
    archive: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Wanted {
    /// Which form: see `invigil form list`
    form: String,
    #[command(flatten)]
    of: Of,
    /// Only equipment with all these words in it (equipment list, movements, labels)
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    only: String,
}

#[derive(Debug, clap::Args)]
struct Written {
    #[command(flatten)]
    wanted: Wanted,
    /// The file to write [default: named like the form and what it is of]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A line of the list.
#[derive(Serialize)]
struct Listed {
    form: &'static str,
    title: String,
    /// What it tells of: a `day`, the `point`, or an `archive`.
    of: &'static str,
    known: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::List { of, json } => list(&of, json, context),
        Action::Pdf(written) => write(written, "pdf", &pdf::write, context),
        Action::Xlsx(written) => write(written, "xlsx", &xlsx::write, context),
        Action::Print { wanted, printer } => print(&wanted, printer.as_deref(), context),
        Action::Json(wanted) => {
            let filled = Filled::of(&wanted, context)?;
            context.say(String::from_utf8_lossy(&filled.data.to_json()).trim_end())?;
            // Only the values stand on the standard output.
            Ok(ExitCode::from(filled.verdict.map_or(0, Integrity::code)))
        }
        Action::Lint => lint(context),
    }
}

fn list(of: &Of, json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let (day, point) = (known(day_facts(of, context))?, known(point_facts(of, "", context))?);
    let mut listed = Vec::new();
    for paper in PAPERS {
        let title = definition(paper, context)?.title;
        let title = title.get(context.texts.language()).to_owned();
        let of_day = || paper.of_day(day.as_ref()?);
        let known = of_day().or_else(|| paper.of_point(point.as_ref()?)).is_some();
        listed.push(Listed { form: paper.id(), title, of: paper.of(), known });
    }
    if json {
        context.say_json(&listed)?;
        return Ok(ExitCode::SUCCESS);
    }
    for Listed { form, title, known, .. } in listed {
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
    let filled = Filled::of(&written.wanted, context)?;
    let bytes = filled.made(make, context)?;
    let name = || PathBuf::from(format!("{}-{}.{ending}", filled.data.origin.of, filled.paper.id()));
    let out = written.out.unwrap_or_else(name);
    fs::write(&out, bytes).map_err(|error| not_written(&out, &error))?;
    context.say_message(&Message::new("form-written").with("file", out.display().to_string()))?;
    filled.end(context)
}

/// Through a file of its own in the data folder, which is gone once the queue has the form.
fn print(wanted: &Wanted, printer: Option<&str>, context: &Context) -> anyhow::Result<ExitCode> {
    let filled = Filled::of(wanted, context)?;
    let bytes = filled.made(&pdf::write, context)?;
    let title = definition(filled.paper, context)?.title;
    let title = title.get(context.texts.language());
    let queued = printing::print_bytes(&SystemPrograms, context.data()?, &bytes, title, printer);
    let queued = queued.map_err(|error| Failure::new(code::REFUSED, error.message()))?;
    let form = filled.paper.id();
    context.say_message(&Message::new("print-queued").with("form", form).with("job", queued.job))?;
    if let Some(reason) = queued.stopped {
        context.say_message(&Message::new("print-stopped").with("reason", reason))?;
    }
    filled.end(context)
}

/// A form's values.
struct Filled {
    paper: &'static Paper,
    data: FormData,
    /// Of the archive that they come from.
    verdict: Option<Integrity>,
}

impl Filled {
    fn of(wanted: &Wanted, context: &Context) -> anyhow::Result<Self> {
        let Some(paper) = Paper::find(&wanted.form) else {
            let known = PAPERS.iter().map(Paper::id).collect::<Vec<_>>().join(", ");
            let message = Message::new("form-unknown").with("form", wanted.form.as_str());
            return Err(Failure::new(code::USAGE, message.with("known", known)).into());
        };
        let (data, verdict) = if paper.is_of_a_day() {
            let facts = day_facts(&wanted.of, context)?;
            (paper.of_day(&facts), facts.archived.map(|report| report.integrity))
        } else {
            (paper.of_point(&point_facts(&wanted.of, &wanted.only, context)?), None)
        };
        let data = data.ok_or_else(|| failure(&PapersError::TooEarly(paper.id())))?;
        Ok(Self { paper, data, verdict })
    }

    fn made(
        &self,
        make: &dyn Fn(&Sheet<'_>) -> Result<Vec<u8>, FormError>,
        context: &Context,
    ) -> anyhow::Result<Vec<u8>> {
        let definition = definition(self.paper, context)?;
        let remark = self.verdict.map(|verdict| said_of_archive(verdict, context));
        let sheet = Sheet::new(&definition, &self.data, &context.texts);
        let made = sheet.map(|sheet| sheet.with_remark(remark)).and_then(|sheet| make(&sheet));
        Ok(made.map_err(|error| Failure::new(code::FILES, error.message()))?)
    }

    /// The verdict on the archive is told to people, and to programs.
    fn end(&self, context: &Context) -> anyhow::Result<ExitCode> {
        let Some(verdict) = self.verdict else { return Ok(ExitCode::SUCCESS) };
        context.say(said_of_archive(verdict, context))?;
        Ok(ExitCode::from(verdict.code()))
    }
}

fn said_of_archive(verdict: Integrity, context: &Context) -> String {
    context.texts.message(&Message::new("form-archive").with("verdict", verdict.word()))
}

fn not_written(file: &Path, error: &std::io::Error) -> Failure {
    let message = Message::new("form-not-written").with("file", file.display().to_string());
    Failure::new(code::FILES, message.with("detail", error.to_string()))
}

fn day_facts(of: &Of, context: &Context) -> anyhow::Result<DayFacts> {
    let facts = match &of.archive {
        Some(folder) => {
            let mut progress = Progress::new();
            let now_ms = SystemClock::new().now().utc_ms;
            let facts = DayFacts::of_archive(folder, now_ms, &mut |done, total| progress.tell(done, total));
            progress.end();
            facts
        }
        None => DayFacts::read(context.data()?, &of.day.find(context)?),
    };
    let facts = facts.map_err(|error| failure(&error))?;
    Ok(facts.with_words(&context.profile()?.0, checklists(context)?))
}

/// None: without their words the forms show ids.
fn checklists(context: &Context) -> Result<Option<Checklists>, Failure> {
    let read = configured::checklists(context.data()?);
    Ok(read.inspect_err(|error| tracing::warn!(%error, "forms without the checklists' words")).ok())
}

/// As of now, or of the end of the day that was named.
fn point_facts(of: &Of, only: &str, context: &Context) -> anyhow::Result<PointFacts> {
    if of.archive.is_some() {
        return Err(Failure::new(code::REFUSED, Message::new("form-not-in-archive")).into());
    }
    let (as_of, exam) = match of.day.named() {
        Some(_) => {
            let facts = day_facts(of, context)?;
            (AsOf::Then(facts.now_ms()), Some(facts.document.plan.date))
        }
        None => (AsOf::Now(SystemClock::new().now().utc_ms), None),
    };
    let read = PointFacts::read(context.data()?, &context.profile()?.0, as_of);
    let facts = read.map_err(|error| failure(&error))?.with_words(checklists(context)?);
    Ok(PointFacts { words: only.to_owned(), exam, ..facts })
}

fn failure(error: &PapersError) -> Failure {
    let code = match error {
        PapersError::NoPoint(_) => code::DATA_FOLDER,
        PapersError::Briefings(_) => code::CHECKLIST,
        PapersError::NoDay | PapersError::TooEarly(_) => code::REFUSED,
        PapersError::Journal(_) | PapersError::Records(_) | PapersError::Archive(_) => code::EVIDENCE,
    };
    Failure::new(code, error.message())
}

/// None: it is not there yet, or not there to be asked.
fn known<T>(read: anyhow::Result<T>) -> anyhow::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) => match error.downcast_ref::<Failure>() {
            Some(failure) if [code::DATA_FOLDER, code::REFUSED].contains(&failure.code) => Ok(None),
            _ => Err(error),
        },
    }
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
