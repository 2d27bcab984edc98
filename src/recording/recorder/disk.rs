//! The disk that recordings go to: one thread that syncs what all its recorders wrote and closes
//! their files, so that no camera's thread waits for the disk to turn.
//!
//! It works in rounds, at most one a second and each with one sync of the whole disk. A file is closed
//! in two rounds, since its `moov` has to be on the disk before its header says so.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::latency::{Latency, Written};
use super::lock;
use crate::clock::Clock;
use crate::durable::DiskSync;
use crate::point::CameraId;
use crate::recording::mp4::close::Finished;
use crate::recording::mp4::writer::SegmentWriter;

/// The rest of this long after the first write passes before a round, for others to join.
const ROUND: Duration = Duration::from_secs(1);
/// Files of one camera that wait for a full disk to have room again; more are left to repair.
const MOST_UNCLOSED: usize = 64;
/// A recorder with more files to close than this is not made to wait for the next second.
const MANY_UNCLOSED: usize = 2;
/// A file that is not closed after so many rounds without a pause can't be closed now.
const ROUNDS_TO_SETTLE: u64 = 3;

/// One disk's thread. Recorders that write to the same disk share it; they must be dropped first.
pub struct Disk {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What became of a file.
#[derive(Debug)]
pub enum Done {
    Closed(Box<Finished>),
    /// Told once a file; it is tried again every round until it works or the disk's thread ends.
    NotClosed(io::Error),
    NotSynced(io::Error),
}

/// One recorder's way to the disk's thread.
pub struct Desk {
    camera: CameraId,
    number: u32,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// There is work, or some was done.
    changed: Condvar,
    latency: Mutex<Latency>,
    strain: Mutex<Strain>,
    clock: Arc<dyn Clock>,
}

/// How the disk kept up in the last rounds.
#[derive(Default)]
struct Strain {
    /// When the running round's sync was begun.
    since_ms: Option<u64>,
    last_ms: u64,
}

#[derive(Default)]
struct State {
    desks: BTreeMap<u32, Work>,
    next_desk: u32,
    /// Rounds that were finished.
    rounds: u64,
    /// Recorders that wait for their files to be closed: rounds follow each other without a pause.
    settling: usize,
    ended: bool,
}

/// What one recorder has given, and what it is to be told.
#[derive(Default)]
struct Work {
    /// The open file, if it was written to since the last round.
    written: Option<File>,
    frames: Vec<Written>,
    closing: Vec<Closing>,
    done: Vec<Done>,
    /// Files that were given to be closed and are not, those of a running round included.
    unclosed: usize,
}

/// A file on its way to being closed.
struct Closing {
    writer: Box<SegmentWriter>,
    camera: CameraId,
    /// Its `moov` is on the disk.
    appended: bool,
    /// This round's write worked.
    stepped: bool,
    told: bool,
}

impl Disk {
    /// `folder` is on the disk and exists.
    pub fn start(folder: &Path, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let sync = DiskSync::open(folder)?;
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            latency: Mutex::default(),
            strain: Mutex::default(),
            clock,
        });
        let serving = Arc::clone(&shared);
        let thread = thread::Builder::new().name("disk".to_owned()).spawn(move || serving.serve(&sync))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// How long frames took from their arrival to the disk, over everything since the start.
    pub fn latency(&self) -> Latency {
        lock(&self.shared.latency).clone()
    }

    /// How long the last sync took, or takes by now: what else works on this disk should leave it alone
    /// when that grows.
    pub fn strain_ms(&self) -> u64 {
        let strain = lock(&self.shared.strain);
        let running =
            strain.since_ms.map(|since_ms| self.shared.clock.now().mono_ms.saturating_sub(since_ms));
        strain.last_ms.max(running.unwrap_or(0))
    }

    pub(super) fn desk(&self, camera: CameraId) -> Desk {
        let mut state = self.shared.state();
        let number = state.next_desk;
        state.next_desk += 1;
        state.desks.insert(number, Work::default());
        Desk { camera, number, shared: Arc::clone(&self.shared) }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.shared.state().ended = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the disk's thread panicked");
        }
    }
}

impl Desk {
    /// The file was written to and is synced in the next round.
    pub fn written(&self, file: File, frames: Written) {
        self.with(|work| {
            work.written = Some(file);
            work.frames.push(frames);
        });
        self.shared.changed.notify_all();
    }

    pub fn close(&self, writer: SegmentWriter) {
        let camera = self.camera.clone();
        self.with(|work| {
            work.written = None;
            if work.unclosed >= MOST_UNCLOSED {
                return tracing::error!(%camera, "too many files wait to be closed; repair will close this one");
            }
            work.unclosed += 1;
            let writer = Box::new(writer);
            work.closing.push(Closing { writer, camera, appended: false, stepped: false, told: false });
        });
        self.shared.changed.notify_all();
    }

    /// What was done since the last call, without waiting.
    pub fn poll(&self) -> Vec<Done> {
        self.with(|work| std::mem::take(&mut work.done))
    }

    /// Waits until every file is closed, or can't be.
    pub fn settle(&self) -> Vec<Done> {
        let mut state = self.shared.state();
        state.settling += 1;
        let last = state.rounds + ROUNDS_TO_SETTLE;
        self.shared.changed.notify_all();
        let mut state = wait_while(&self.shared.changed, state, |state| {
            let unclosed = state.desks.get(&self.number).map_or(0, |work| work.unclosed);
            unclosed > 0 && state.rounds < last && !state.ended
        });
        state.settling -= 1;
        drop(state);
        self.poll()
    }

    fn with<T: Default>(&self, change: impl FnOnce(&mut Work) -> T) -> T {
        self.shared.state().desks.get_mut(&self.number).map(change).unwrap_or_default()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.shared.state().desks.remove(&self.number);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    fn serve(&self, sync: &DiskSync) {
        loop {
            let state = wait_while(&self.changed, self.state(), |state| !state.has_work() && !state.ended);
            let pausing = |state: &mut State| !state.hurries() && !state.ended;
            let waited = self.changed.wait_timeout_while(state, ROUND, pausing);
            let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if state.ended {
                return;
            }
            let mut round = state.take();
            drop(state);
            self.round(sync, &mut round);
            self.give_back(round);
        }
    }

    /// Everything that was written is synced, and each file that is to be closed comes a step further.
    fn round(&self, sync: &DiskSync, desks: &mut BTreeMap<u32, Work>) {
        let mut files = Vec::new();
        for work in desks.values_mut() {
            files.extend(work.written.take());
            for closing in &mut work.closing {
                match closing.step() {
                    Ok(written) => files.extend(written),
                    Err(error) => work.done.extend(closing.failed(error)),
                }
            }
        }
        let began_ms = self.clock.now().mono_ms;
        lock(&self.strain).since_ms = Some(began_ms);
        let synced = sync.sync(&files);
        let now_ms = self.clock.now().mono_ms;
        *lock(&self.strain) = Strain { since_ms: None, last_ms: now_ms.saturating_sub(began_ms) };
        for work in desks.values_mut() {
            match &synced {
                Ok(()) => {
                    let mut latency = lock(&self.latency);
                    work.frames.iter().for_each(|written| latency.add(written, now_ms));
                }
                Err(error) if !work.frames.is_empty() => work.done.push(Done::NotSynced(same(error))),
                Err(_) => {}
            }
            for mut closing in std::mem::take(&mut work.closing) {
                match closing.after_sync(&synced) {
                    Ok(Some(finished)) => work.done.push(Done::Closed(Box::new(finished))),
                    Ok(None) => work.closing.push(closing),
                    Err(error) => {
                        work.done.extend(closing.failed(error));
                        work.closing.push(closing);
                    }
                }
            }
        }
    }

    fn give_back(&self, round: BTreeMap<u32, Work>) {
        let mut state = self.state();
        for (number, work) in round {
            // A recorder that is gone needs no answer.
            let Some(desk) = state.desks.get_mut(&number) else { continue };
            let closed = work.done.iter().filter(|done| matches!(done, Done::Closed(_))).count();
            desk.unclosed -= closed;
            desk.done.extend(work.done);
            desk.closing.splice(0..0, work.closing);
        }
        state.rounds += 1;
        drop(state);
        self.changed.notify_all();
    }
}

impl State {
    fn has_work(&self) -> bool {
        self.desks.values().any(|work| work.written.is_some() || !work.closing.is_empty())
    }

    /// The next round begins at once.
    fn hurries(&self) -> bool {
        let fresh = |work: &Work| work.closing.iter().filter(|closing| !closing.told).count();
        self.settling > 0 || self.desks.values().any(|work| fresh(work) > MANY_UNCLOSED)
    }

    /// What there is to do now; what comes meanwhile waits for the next round.
    fn take(&mut self) -> BTreeMap<u32, Work> {
        let work = |work: &mut Work| Work {
            written: work.written.take(),
            frames: std::mem::take(&mut work.frames),
            closing: std::mem::take(&mut work.closing),
            ..Work::default()
        };
        self.desks.iter_mut().map(|(number, desk)| (*number, work(desk))).collect()
    }
}

impl Closing {
    /// Writes what comes next; gives the files to sync.
    fn step(&mut self) -> io::Result<Vec<File>> {
        self.stepped = false;
        match self.appended {
            false => self.writer.end_movie()?,
            true => self.writer.mark_closed()?,
        }
        let files = self.writer.handles()?;
        self.stepped = true;
        Ok(files)
    }

    /// What the step came to: a finished file, or None while there is more to do.
    fn after_sync(&mut self, synced: &io::Result<()>) -> io::Result<Option<Finished>> {
        if !self.stepped {
            return Ok(None);
        }
        synced.as_ref().map_err(same)?;
        match std::mem::replace(&mut self.appended, true) {
            false => Ok(None),
            true => self.writer.describe(&self.camera).map(Some),
        }
    }

    fn failed(&mut self, error: io::Error) -> Option<Done> {
        (!std::mem::replace(&mut self.told, true)).then_some(Done::NotClosed(error))
    }
}

/// One error of the disk is told to every recorder that it concerns.
fn same(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

fn wait_while<'a>(
    changed: &Condvar,
    state: MutexGuard<'a, State>,
    condition: impl FnMut(&mut State) -> bool,
) -> MutexGuard<'a, State> {
    changed.wait_while(state, condition).unwrap_or_else(PoisonError::into_inner)
}
