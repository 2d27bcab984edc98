//! Verifies an archive on a thread of its own, and keeps of it what the review shows.

mod marks;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

use chrono::{Offset, TimeZone};
use eframe::egui::Context;
pub use marks::{Mark, MarkKind};

use crate::archive::Report;
use crate::archive::verify::{VerifyOptions, verify_and_read};
use crate::i18n::Message;
use crate::journal::{Event, Still};
use crate::point::{CameraId, PersonId};
use crate::station::describe;

/// So many records of the journal are kept for the table; the rest are counted.
const MAX_LOG: usize = 50_000;
/// No day finds more people ill.
const MAX_STAND_INS: usize = 1_000;

/// A verification that runs. Dropping it stops it.
pub struct Verification {
    pub folder: PathBuf,
    pub done_bytes: u64,
    pub total_bytes: u64,
    said: Receiver<Said>,
    stop: Arc<AtomicBool>,
}

/// An archive that was verified.
pub struct Reviewed {
    pub folder: PathBuf,
    pub report: Report,
    /// What the day's document calls them; empty when it can't be read.
    pub cameras: Vec<(CameraId, String)>,
    pub people: Vec<(PersonId, String)>,
    pub title: Option<Title>,
    pub offset_min: i32,
    pub marks: Vec<Mark>,
    pub log: Vec<LogLine>,
    /// Records beyond those kept.
    pub more_log: u64,
}

/// Which day it is.
pub struct Title {
    pub point: String,
    pub subject: String,
    pub date: chrono::NaiveDate,
}

/// A record of the day's journal in words.
pub struct LogLine {
    pub n: u64,
    pub utc_ms: i64,
    pub person: Option<PersonId>,
    pub text: Message,
    /// The picture that was kept with it.
    pub still: Option<Still>,
}

enum Said {
    Progress(u64, u64),
    Done(Box<Reviewed>),
}

impl Verification {
    /// Begins; `now_ms` decides which keys are valid. `ctx` is woken when there is something to hear.
    pub fn start(folder: PathBuf, now_ms: i64, ctx: &Context) -> std::io::Result<Self> {
        let (tell, said) = sync_channel(8);
        let stop = Arc::new(AtomicBool::new(false));
        let (path, stopped, ctx) = (folder.clone(), Arc::clone(&stop), ctx.clone());
        thread::Builder::new()
            .name("review".to_owned())
            .spawn(move || run(path, now_ms, &tell, &stopped, &ctx))?;
        Ok(Self { folder, done_bytes: 0, total_bytes: 0, said, stop })
    }

    /// Takes in what was said since; the outcome, once it is there. `Err` when the thread is gone
    /// without one.
    pub fn hear(&mut self) -> Result<Option<Box<Reviewed>>, ()> {
        loop {
            match self.said.try_recv() {
                Ok(Said::Progress(done, total)) => (self.done_bytes, self.total_bytes) = (done, total),
                Ok(Said::Done(reviewed)) => return Ok(Some(reviewed)),
                Err(TryRecvError::Empty) => return Ok(None),
                Err(TryRecvError::Disconnected) => return Err(()),
            }
        }
    }
}

impl Drop for Verification {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn run(folder: PathBuf, now_ms: i64, tell: &SyncSender<Said>, stopped: &AtomicBool, ctx: &Context) {
    let mut told_percent = u64::MAX;
    let mut on_progress = |done: u64, total: u64| {
        let percent = done.saturating_mul(100) / total.max(1);
        if percent != told_percent {
            told_percent = percent;
            // A window that is busy hears the next one.
            let _ = tell.try_send(Said::Progress(done, total));
            ctx.request_repaint();
        }
        if stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let (mut log, mut more_log) = (Vec::new(), 0);
    let mut stood_in: Vec<(PersonId, String)> = Vec::new();
    let mut marks = marks::Marks::default();
    let options = VerifyOptions { signers: None, act: None, at_ms: now_ms };
    let paths = [folder.clone()];
    let (report, document) = verify_and_read(&paths, &options, &mut on_progress, &mut |record| {
        marks.take(record);
        if let Event::PersonReplaced(told) = &record.event
            && stood_in.len() < MAX_STAND_INS
        {
            stood_in.push((told.person.clone(), post_or_name(told.name.clone(), told.post.clone())));
        }
        if log.len() < MAX_LOG {
            let text = describe(&record.event).1;
            log.push(LogLine {
                n: record.n,
                utc_ms: record.utc_ms,
                person: record.actor.person.clone(),
                text,
                still: still_of(&record.event).cloned(),
            });
        } else {
            more_log += 1;
        }
    });
    let mut reviewed = Reviewed {
        folder,
        report,
        cameras: Vec::new(),
        people: Vec::new(),
        title: None,
        offset_min: 0,
        marks: marks.finish(),
        log,
        more_log,
    };
    if let Some(document) = document {
        let noon = document.plan.date.and_hms_opt(12, 0, 0).unwrap_or_default();
        let offset = document.time_zone.offset_from_utc_datetime(&noon).fix();
        reviewed.offset_min = offset.local_minus_utc() / 60;
        reviewed.cameras = document.cameras.into_iter().map(|camera| (camera.id, camera.name)).collect();
        let people = document.people.into_iter();
        let named = people.map(|person| (person.id, post_or_name(person.name, person.post)));
        reviewed.people = named.chain(stood_in).collect();
        reviewed.title = Some(Title {
            point: document.point.to_string(),
            subject: document.subject,
            date: document.plan.date,
        });
    }
    // Nobody may be there to hear it any more.
    let _ = tell.send(Said::Done(Box::new(reviewed)));
    ctx.request_repaint();
}

fn still_of(event: &Event) -> Option<&Still> {
    match event {
        Event::StepPhotographed(photo) => Some(&photo.still),
        Event::ReferenceApproved { still, .. } => Some(still),
        Event::PictureFinding { still, .. } => still.as_ref(),
        _ => None,
    }
}

fn post_or_name(name: String, post: String) -> String {
    if post.is_empty() { name } else { post }
}

impl Reviewed {
    pub fn camera_name(&self, id: &CameraId) -> String {
        let known = self.cameras.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }

    pub fn person(&self, id: Option<&PersonId>) -> Option<String> {
        let id = id?;
        let known = self.people.iter().find(|(known, _)| known == id);
        Some(known.map_or_else(|| id.to_string(), |(_, name)| name.clone()))
    }

    /// The message with cameras and people called by their names instead of their ids.
    pub fn named(&self, message: &Message) -> Message {
        let mut named = message.clone();
        for value in named.args.values_mut() {
            let crate::i18n::Arg::Text(text) = value else { continue };
            let camera = self.cameras.iter().find(|(id, _)| id.as_str() == text).map(|(_, name)| name);
            let person = self.people.iter().find(|(id, _)| id.as_str() == text).map(|(_, name)| name);
            if let Some(name) = camera.or(person) {
                text.clone_from(name);
            }
        }
        named
    }

    /// From the first to the last moment of video or journal, UTC ms; none when there is neither.
    pub fn span(&self) -> Option<(i64, i64)> {
        let videos = self.report.recordings.iter().flat_map(|video| [video.from_ms, video.to_ms]);
        let times = videos.chain(self.log.iter().map(|line| line.utc_ms));
        times.fold(None, |span, at| match span {
            None => Some((at, at)),
            Some((from, to)) => Some((from.min(at), to.max(at))),
        })
    }
}
