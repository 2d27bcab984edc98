//! What is made of an archive that was verified: reports, excerpts, files, a countersignature.

use std::fmt;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use zeroize::Zeroizing;

use super::verification::first_parts;
use super::{ArchivedForm, Coming, Reviewed, Wake, Wanted};
use crate::archive::excerpt;
use crate::archive::{Countersigning, ExtractError, HandedIn, extract, refuses};
use crate::durable;
use crate::forms::{FormError, Sheet, pdf, xlsx};
use crate::i18n::{Language, Message, Texts};
use crate::signing::SignerRole;
use crate::station::papers::{DayFacts, Paper, VERIFICATION};
use crate::station::printing;

/// What a person asks for. A name that is taken makes it fail: nothing is ever overwritten.
pub enum Task {
    /// Puts a signature beside part 00.
    Countersign { role: SignerRole, file: PathBuf, passphrase: Zeroizing<Vec<u8>> },
    /// Writes the report on the verification into the folder.
    Report { ending: Ending, folder: PathBuf },
    /// Makes an excerpt in the folder.
    Excerpt { wanted: Wanted, folder: PathBuf },
    /// Takes out all but the video: forms, journal, stills.
    Files { folder: PathBuf },
    /// Puts one of the archive's forms into the folder, as it lies there: its PDF and its workbook.
    Form { form: ArchivedForm, folder: PathBuf },
    /// Prints its PDF on the usual printer, by way of a private folder.
    Print { form: ArchivedForm, folder: PathBuf },
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Countersign { .. } => "Countersign",
            Self::Report { .. } => "Report",
            Self::Excerpt { .. } => "Excerpt",
            Self::Files { .. } => "Files",
            Self::Form { .. } => "Form",
            Self::Print { .. } => "Print",
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Pdf,
    Xlsx,
    Json,
}

/// A task that is done, or can't be: what happened, and what to do.
pub type Done = Result<Message, Message>;

/// A task that runs. Dropping it stops it where it can be stopped.
pub struct Work {
    said: Coming<Done>,
    amount: Arc<Amount>,
    stop: Arc<AtomicBool>,
}

#[derive(Default)]
struct Amount {
    done_bytes: AtomicU64,
    total_bytes: AtomicU64,
}

impl Work {
    pub fn start(task: Task, reviewed: Arc<Reviewed>, language: Language, wake: Wake) -> io::Result<Self> {
        let (amount, stop) = (Arc::new(Amount::default()), Arc::new(AtomicBool::new(false)));
        let going = Going { amount: Arc::clone(&amount), stop: Arc::clone(&stop), wake: Arc::clone(&wake) };
        let said = Coming::start("review-work", wake, move || task.run(&reviewed, language, &going))?;
        Ok(Self { said, amount, stop })
    }

    /// Bytes that were read, and how many there are; 0 while that is not known.
    pub fn bytes(&self) -> (u64, u64) {
        let read = |bytes: &AtomicU64| bytes.load(Ordering::Relaxed);
        (read(&self.amount.done_bytes), read(&self.amount.total_bytes))
    }

    /// The outcome, once it is there.
    pub fn hear(&mut self) -> Option<Done> {
        self.said.hear().map(|done| done.unwrap_or_else(|_| Err(Message::new("review-broken"))))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// What long work tells, and is told.
struct Going {
    amount: Arc<Amount>,
    stop: Arc<AtomicBool>,
    wake: Wake,
}

impl Going {
    fn tell(&self, done: u64, total: u64) -> ControlFlow<()> {
        self.amount.done_bytes.store(done, Ordering::Relaxed);
        self.amount.total_bytes.store(total, Ordering::Relaxed);
        (self.wake)();
        if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Task {
    fn run(self, reviewed: &Reviewed, language: Language, going: &Going) -> Done {
        match self {
            Self::Countersign { role, file, passphrase } => {
                countersign(&reviewed.folder, role, &file, &passphrase)
            }
            Self::Report { ending, folder } => report(reviewed, ending, &folder, language),
            Self::Excerpt { wanted, folder } => make_excerpt(reviewed, &wanted, &folder, going),
            Self::Files { folder } => files(reviewed, &folder, going),
            Self::Form { form, folder } => save_form(reviewed, &form, &folder),
            Self::Print { form, folder } => print_form(&form, &folder),
        }
    }
}

fn countersign(folder: &Path, role: SignerRole, file: &Path, passphrase: &[u8]) -> Done {
    let put = Countersigning::open(folder)
        .and_then(|day| day.take(role, &HandedIn::read(file)?, passphrase))
        .map_err(|error| error.message())?;
    Ok(Message::new("countersign-done")
        .with("path", put.path.display().to_string())
        .with("key", put.key.map_or_else(|| "none".to_owned(), |key| key.fingerprint())))
}

fn report(reviewed: &Reviewed, ending: Ending, folder: &Path, language: Language) -> Done {
    let (bytes, ending) = match ending {
        Ending::Pdf => (form(reviewed, language, pdf::write)?, "pdf"),
        Ending::Xlsx => (form(reviewed, language, xlsx::write)?, "xlsx"),
        Ending::Json => (serde_json::to_vec_pretty(&reviewed.report).unwrap_or_default(), "json"),
    };
    let path = folder.join(format!("{}-{VERIFICATION}.{ending}", day(reviewed)));
    write_new(&path, &bytes)?;
    Ok(Message::new("form-written").with("file", path.display().to_string()))
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Message> {
    durable::create_whole(path, bytes).map_err(|error| {
        Message::new("form-not-written")
            .with("file", path.display().to_string())
            .with("detail", error.to_string())
    })
}

fn form(
    reviewed: &Reviewed,
    language: Language,
    write: fn(&Sheet<'_>) -> Result<Vec<u8>, FormError>,
) -> Result<Vec<u8>, Message> {
    let unread = || Message::new("review-no-document");
    let document = reviewed.document.as_deref().ok_or_else(unread)?;
    let facts = DayFacts::of_report(document.clone(), reviewed.report.clone());
    let paper = Paper::find(VERIFICATION).ok_or_else(unread)?;
    let data = paper.of_day(&facts).ok_or_else(unread)?;
    let definition = paper.form.definition().map_err(|error| error.message())?;
    let texts = Texts::load(language);
    let written = Sheet::new(&definition, &data, &texts).and_then(|sheet| write(&sheet));
    written.map_err(|error| error.message())
}

/// What files that are made of it are called by.
fn day(reviewed: &Reviewed) -> &str {
    reviewed.report.day.as_ref().map_or("archive", |day| day.as_str())
}

fn make_excerpt(reviewed: &Reviewed, wanted: &Wanted, folder: &Path, going: &Going) -> Done {
    let begin = reviewed.document.as_ref().and_then(|document| {
        let begin_ms = wanted.from.utc_ms(document.plan.date, document.time_zone, false)?;
        Some(reviewed.lines.time(begin_ms).replace(':', ""))
    });
    let name = format!("{}-{}-{}.excerpt.zip", day(reviewed), wanted.camera, begin.unwrap_or_default());
    let out = folder.join(name);
    let paths = [reviewed.folder.clone()];
    let made = excerpt::make(&paths, wanted, &out, &mut |done, total| going.tell(done, total));
    let made = made.map_err(|error| error.message())?;
    Ok(Message::new("excerpt-made").with("path", out.display().to_string()).with("bytes", made.bytes))
}

fn files(reviewed: &Reviewed, folder: &Path, going: &Going) -> Done {
    let parts = first_parts(&reviewed.folder);
    fs::create_dir_all(folder)
        .map_err(|source| ExtractError::Write { path: folder.to_owned(), source }.message())?;
    let taken = extract(&parts, folder, false, &mut |done, total| going.tell(done, total));
    let taken = taken.map_err(|error| error.message())?;
    if refuses(taken.report.integrity) {
        return Err(Message::new("review-refused"));
    }
    Ok(Message::new("extract-done")
        .with("count", taken.files.len())
        .with("folder", folder.display().to_string()))
}

fn save_form(reviewed: &Reviewed, form: &ArchivedForm, folder: &Path) -> Done {
    let mut first = None;
    for ending in ["pdf", "xlsx"].into_iter().filter(|ending| form.has(ending)) {
        let bytes = form.bytes(ending).map_err(|_| Message::new("shown-form-unread"))?;
        let path = folder.join(format!("{}-{}.{ending}", day(reviewed), form.id));
        write_new(&path, &bytes)?;
        first.get_or_insert(path);
    }
    let path = first.ok_or_else(|| Message::new("shown-form-unread"))?;
    Ok(Message::new("form-written").with("file", path.display().to_string()))
}

fn print_form(form: &ArchivedForm, folder: &Path) -> Done {
    let pdf = form.bytes("pdf").map_err(|_| Message::new("shown-form-unread"))?;
    let queued = printing::print_here(folder, &pdf, &form.id).map_err(|error| error.message())?;
    Ok(match queued.stopped {
        Some(reason) => Message::new("shown-form-waits").with("job", queued.job).with("reason", reason),
        None => Message::new("shown-form-queued").with("job", queued.job),
    })
}
