//! Reading parts: every byte once, whatever is computed of it, on all cores.

use std::fs::File;
use std::io;
use std::mem;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::progress::Meter;
use crate::archive::zip::{Entry, Window};
use crate::recording::index::{Index, MAX_INDEX_BYTES};
use crate::recording::inspect::{Seen, read_through};
use crate::signing::{Digest, Hasher};

/// While one waits for the disk, another hashes.
const WORKERS_A_CORE: usize = 2;
/// More readers at once only make a disk seek.
const MAX_WORKERS: usize = 8;
/// Less than this is read before a thread has begun.
const WORTH_THREADS_BYTES: u64 = 4 << 20;
/// A worker tells how far it is after so many bytes: whoever is told is woken each time, on a core that has
/// other work.
const TOLD_AT_ONCE_BYTES: u64 = 4 << 20;
/// How far the workers may be ahead of who is told.
const AHEAD: usize = 64;

/// A file in a part that is to be read.
pub struct Job<'a> {
    pub file: &'a File,
    pub entry: Entry,
    /// Of a video that stands beside it.
    pub index: Option<Entry>,
}

/// What was computed of a file.
#[derive(Clone, Debug)]
pub struct Sums {
    pub crc32: u32,
    pub sha256: Digest,
    /// Of a video with an index that could be read.
    pub seen: Option<Seen>,
}

/// What a worker says.
enum Told {
    Bytes(u64),
    Done(usize, io::Result<Sums>),
}

/// Reads all of these files; their sums in the same order. Breaks off when the meter says so.
pub fn sums_of(jobs: &[Job<'_>], meter: &mut Meter) -> ControlFlow<(), Vec<io::Result<Sums>>> {
    let bytes: u64 = jobs.iter().map(|job| job.entry.bytes).sum();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let workers = (cores * WORKERS_A_CORE).min(MAX_WORKERS).min(jobs.len());
    if workers < 2 || bytes < WORTH_THREADS_BYTES {
        return here(jobs, meter);
    }
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (to, told) = sync_channel(AHEAD);
        let mut started = 0;
        for number in 0..workers {
            let (to, next) = (to.clone(), &next);
            let worker = thread::Builder::new().name(format!("verify-{number}"));
            started += usize::from(worker.spawn_scoped(scope, move || work(jobs, next, &to)).is_ok());
        }
        drop(to);
        match started {
            0 => here(jobs, meter),
            _ => gather(jobs.len(), told, meter),
        }
    })
}

/// Takes the next job until none is left or nobody listens any more.
fn work(jobs: &[Job<'_>], next: &AtomicUsize, to: &SyncSender<Told>) {
    let tell = |told| to.send(told).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe));
    let mut untold = 0;
    while let Some((number, job)) = {
        let number = next.fetch_add(1, Ordering::Relaxed);
        jobs.get(number).map(|job| (number, job))
    } {
        let sums = job.sums(&mut |bytes| {
            untold += bytes;
            if untold < TOLD_AT_ONCE_BYTES { Ok(()) } else { tell(Told::Bytes(mem::take(&mut untold))) }
        });
        if tell(Told::Done(number, sums)).is_err() {
            return;
        }
    }
    // Nobody may listen any more.
    let _ = tell(Told::Bytes(untold));
}

/// Dropping the receiver ends the workers.
fn gather(count: usize, told: Receiver<Told>, meter: &mut Meter) -> ControlFlow<(), Vec<io::Result<Sums>>> {
    let missing = || Err(io::Error::other("it was not read"));
    let mut all: Vec<io::Result<Sums>> = std::iter::repeat_with(missing).take(count).collect();
    for told in told {
        match told {
            Told::Bytes(bytes) => meter.add(bytes)?,
            Told::Done(number, sums) => all[number] = sums,
        }
    }
    ControlFlow::Continue(all)
}

fn here(jobs: &[Job<'_>], meter: &mut Meter) -> ControlFlow<(), Vec<io::Result<Sums>>> {
    let mut all = Vec::with_capacity(jobs.len());
    for job in jobs {
        let mut stopped = false;
        all.push(job.sums(&mut |bytes| {
            stopped = meter.add(bytes).is_break();
            if stopped { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
        }));
        if stopped {
            return ControlFlow::Break(());
        }
    }
    ControlFlow::Continue(all)
}

impl Job<'_> {
    fn sums(&self, on_bytes: &mut dyn FnMut(u64) -> io::Result<()>) -> io::Result<Sums> {
        let (mut hasher, mut crc) = (Hasher::new(), crc32fast::Hasher::new());
        let mut take = |piece: &[u8]| {
            crc.update(piece);
            hasher.update(piece);
            on_bytes(piece.len() as u64)
        };
        let mut file = Window::new(self.file, &self.entry);
        // Without an index the pass reads all the same, and holds it to nothing.
        let index = self.index();
        let none = Index::parse_prefix(b"").0;
        let seen = read_through(&mut file, index.as_ref().unwrap_or(&none), &mut take)?;
        Ok(Sums { crc32: crc.finalize(), sha256: hasher.finish(), seen: index.map(|_| seen) })
    }

    fn index(&self) -> Option<Index> {
        let bytes = Window::whole(self.file, self.index.as_ref()?, MAX_INDEX_BYTES).ok().flatten()?;
        Some(Index::parse_prefix(&bytes).0)
    }
}
