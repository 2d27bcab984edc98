//! Verifies an archive on a thread of its own.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

use chrono::{Offset, TimeZone};

use super::log::Log;
use super::marks::Marks;
use super::{Against, Lines, Names, Reviewed, Title, Wake, findings};
use crate::archive::verify::{OnProgress, VerifyOptions, first_words, verify_and_read};
use crate::archive::{PartName, Report};
use crate::i18n::Message;
use crate::journal::{DayDocument, Event};
use crate::point::PersonId;
use crate::signing::AllowedSigners;

/// No day finds more people ill.
const MAX_STAND_INS: usize = 1_000;

/// A verification that runs. Dropping it stops it.
pub struct Verification {
    pub folder: PathBuf,
    pub against: Against,
    pub done_bytes: u64,
    pub total_bytes: u64,
    /// What the first part alone told.
    pub begun: Option<Begun>,
    said: Receiver<Said>,
    stop: Arc<AtomicBool>,
}

/// What is known before the video is read: all but the video lies in the parts with number 00.
#[derive(Clone, Debug)]
pub struct Begun {
    pub title: Option<Title>,
    /// Lines of its journal.
    pub records: u64,
    /// Something was changed: whatever the video says, it stays so.
    pub tampered: bool,
}

enum Said {
    Begun(Begun),
    Progress(u64, u64),
    Done(Result<Box<Reviewed>, Message>),
}

/// Why there is no outcome.
#[derive(Debug)]
pub enum Failed {
    /// The thread is gone.
    Gone,
    /// What it was to be held against can't be used.
    Against(Message),
}

impl Verification {
    /// Begins; `now_ms` decides which keys are valid. `wake` is called when there is something to hear.
    pub fn start(folder: PathBuf, against: Against, now_ms: i64, wake: Wake) -> std::io::Result<Self> {
        let (tell, said) = sync_channel(8);
        let stop = Arc::new(AtomicBool::new(false));
        let run = Run {
            folder: folder.clone(),
            against: against.clone(),
            now_ms,
            tell,
            stopped: Arc::clone(&stop),
            wake,
        };
        thread::Builder::new().name("review".to_owned()).spawn(move || run.run())?;
        Ok(Self { folder, against, done_bytes: 0, total_bytes: 0, begun: None, said, stop })
    }

    /// Takes in what was said since; the outcome, once it is there.
    pub fn hear(&mut self) -> Result<Option<Box<Reviewed>>, Failed> {
        loop {
            match self.said.try_recv() {
                Ok(Said::Begun(begun)) => self.begun = Some(begun),
                Ok(Said::Progress(done, total)) => (self.done_bytes, self.total_bytes) = (done, total),
                Ok(Said::Done(reviewed)) => return reviewed.map(Some).map_err(Failed::Against),
                Err(TryRecvError::Empty) => return Ok(None),
                Err(TryRecvError::Disconnected) => return Err(Failed::Gone),
            }
        }
    }
}

impl Drop for Verification {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// What the thread works with.
struct Run {
    folder: PathBuf,
    against: Against,
    now_ms: i64,
    tell: SyncSender<Said>,
    stopped: Arc<AtomicBool>,
    wake: Wake,
}

impl Run {
    fn run(self) {
        let outcome = self.options().map(|options| {
            self.begin();
            Box::new(self.whole(&options))
        });
        self.say(Said::Done(outcome));
    }

    /// Nobody may be there to hear it any more.
    fn say(&self, said: Said) {
        let _ = self.tell.send(said);
        (self.wake)();
    }

    fn options(&self) -> Result<VerifyOptions, Message> {
        let signers = self.against.signers.as_deref().map(AllowedSigners::load).transpose();
        let signers = signers.map_err(|error| error.message())?;
        Ok(VerifyOptions { signers, act: self.against.act, at_ms: self.now_ms })
    }

    /// Looks at the parts with number 00 alone, which takes a moment.
    fn begin(&self) {
        let first = first_parts(&self.folder);
        let found = first_words(&first, &mut |_, _| self.go_on());
        if let Some(found) = found.filter(|_| !first.is_empty()) {
            let title = found.document.as_ref().map(Title::of);
            self.say(Said::Begun(Begun { title, records: found.records, tampered: found.tampered }));
        }
    }

    fn whole(&self, options: &VerifyOptions) -> Reviewed {
        let mut told_percent = u64::MAX;
        let mut on_progress = |done: u64, total: u64| {
            let percent = done.saturating_mul(100) / total.max(1);
            if percent != told_percent {
                told_percent = percent;
                // A window that is busy hears the next one.
                let _ = self.tell.try_send(Said::Progress(done, total));
                (self.wake)();
            }
            self.go_on()
        };
        self.reviewed(options, &mut on_progress)
    }

    fn go_on(&self) -> ControlFlow<()> {
        if self.stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn reviewed(&self, options: &VerifyOptions, on_progress: OnProgress) -> Reviewed {
        let (mut log, mut marks, mut stood_in) = (Log::default(), Marks::default(), Vec::new());
        let paths = [self.folder.clone()];
        let (report, document) = verify_and_read(&paths, options, on_progress, &mut |record| {
            marks.take(record);
            log.take(record);
            if let Event::PersonReplaced(told) = &record.event
                && stood_in.len() < MAX_STAND_INS
            {
                stood_in.push((told.person.clone(), post_or_name(&told.name, &told.post)));
            }
        });
        let span = span(&report, &log);
        let offset_min = document.as_ref().map_or(0, offset_min);
        let names = document.as_ref().map(|document| names(document, stood_in)).unwrap_or_default();
        Reviewed {
            folder: self.folder.clone(),
            against: self.against.clone(),
            findings: findings(&report),
            report,
            title: document.as_ref().map(Title::of),
            document: document.map(Box::new),
            marks: marks.finish(),
            lines: Lines { log: Arc::new(log), names: Arc::new(names), offset_min },
            span,
        }
    }
}

/// Of an archive's folder; of anything else none.
pub(super) fn first_parts(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let is_first = |path: &PathBuf| {
        let stem = path.extension().filter(|ending| *ending == "zip").and_then(|_| path.file_stem());
        let name = stem.and_then(|stem| PartName::parse(&stem.to_string_lossy()));
        name.is_some_and(|name| name.number() == Some(0))
    };
    entries.flatten().map(|entry| entry.path()).filter(is_first).collect()
}

fn offset_min(document: &DayDocument) -> i32 {
    let noon = document.plan.date.and_hms_opt(12, 0, 0).unwrap_or_default();
    document.time_zone.offset_from_utc_datetime(&noon).fix().local_minus_utc() / 60
}

/// With whoever stood in for somebody during the day.
fn names(document: &DayDocument, stood_in: Vec<(PersonId, String)>) -> Names {
    let cameras = document.cameras.iter().map(|camera| (camera.id.clone(), camera.name.clone()));
    let people =
        document.people.iter().map(|person| (person.id.clone(), post_or_name(&person.name, &person.post)));
    Names { cameras: cameras.collect(), people: people.chain(stood_in).collect() }
}

fn post_or_name(name: &str, post: &str) -> String {
    if post.is_empty() { name.to_owned() } else { post.to_owned() }
}

fn span(report: &Report, log: &Log) -> Option<(i64, i64)> {
    let videos = report.recordings.iter().map(|video| (video.from_ms, video.to_ms));
    videos.chain(log.span()).reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
}
