//! The thread that syncs and closes files, so that the camera's thread never waits for the disk to
//! turn.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::durable::sync_folder;
use crate::point::CameraId;
use crate::recording::mp4::close::Finished;
use crate::recording::mp4::writer::SegmentWriter;

/// Jobs that may wait; a sync that finds no room is left to the next second.
const JOBS: usize = 64;
/// How often a file that could not be closed is tried again.
const RETRY: Duration = Duration::from_secs(2);
/// Files that wait for a full disk to have room again; more are left to repair.
const MOST_UNCLOSED: usize = 16;

enum Job {
    /// Sync a file, and the folder that names it if that is given.
    Sync(File, Option<PathBuf>),
    Close(Box<SegmentWriter>),
    /// Say when everything before is done.
    Settle,
}

/// What became of a job.
#[derive(Debug)]
pub enum Done {
    Closed(Finished),
    /// Told once a file; it is tried again until it works or the recorder ends.
    NotClosed(io::Error),
    NotSynced(io::Error),
    Settled,
}

pub struct Disk {
    jobs: Option<SyncSender<Job>>,
    done: Receiver<Done>,
    thread: Option<JoinHandle<()>>,
}

impl Disk {
    pub fn start(camera: CameraId) -> io::Result<Self> {
        let (jobs, todo) = sync_channel(JOBS);
        // Never more than one answer a job and one a file left open.
        let (answers, done) = sync_channel(JOBS * 2);
        let name = format!("disk-{camera}");
        let thread = thread::Builder::new().name(name).spawn(move || serve(&camera, &todo, &answers))?;
        Ok(Self { jobs: Some(jobs), done, thread: Some(thread) })
    }

    /// Syncs soon, if the disk is not behind.
    pub fn sync(&self, file: File, folder: Option<PathBuf>) {
        if let Some(jobs) = &self.jobs {
            // Full: the next second's sync covers this one.
            let _ = jobs.try_send(Job::Sync(file, folder));
        }
    }

    pub fn close(&self, writer: SegmentWriter) {
        if let Some(jobs) = &self.jobs
            && jobs.send(Job::Close(Box::new(writer))).is_err()
        {
            tracing::error!("the disk's thread is gone; repair will close the file");
        }
    }

    /// What was done since the last call, without waiting.
    pub fn poll(&self) -> Vec<Done> {
        self.done.try_iter().collect()
    }

    /// Waits until every job is done.
    pub fn settle(&self) -> Vec<Done> {
        let mut all = Vec::new();
        if let Some(jobs) = &self.jobs
            && jobs.send(Job::Settle).is_ok()
        {
            while let Ok(done) = self.done.recv() {
                match done {
                    Done::Settled => break,
                    done => all.push(done),
                }
            }
        }
        all
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a disk thread panicked");
        }
    }
}

fn serve(camera: &CameraId, todo: &Receiver<Job>, answers: &SyncSender<Done>) {
    let mut unclosed: Vec<Box<SegmentWriter>> = Vec::new();
    loop {
        let job = match todo.recv_timeout(RETRY) {
            Ok(job) => Some(job),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let retry = job.is_none() || matches!(job, Some(Job::Settle));
        if retry {
            unclosed.retain_mut(|writer| match writer.finish(camera) {
                Ok(finished) => {
                    finished.into_iter().for_each(|finished| answer(answers, Done::Closed(finished)));
                    false
                }
                Err(_) => true,
            });
        }
        match job {
            Some(Job::Sync(file, folder)) => {
                let synced =
                    file.sync_data().and_then(|()| folder.map_or(Ok(()), |folder| sync_folder(&folder)));
                if let Err(error) = synced {
                    answer(answers, Done::NotSynced(error));
                }
            }
            Some(Job::Close(mut writer)) => match writer.finish(camera) {
                Ok(finished) => finished.into_iter().for_each(|f| answer(answers, Done::Closed(f))),
                Err(error) => {
                    answer(answers, Done::NotClosed(error));
                    if unclosed.len() < MOST_UNCLOSED {
                        unclosed.push(writer);
                    }
                }
            },
            Some(Job::Settle) => answer(answers, Done::Settled),
            None => {}
        }
    }
}

fn answer(answers: &SyncSender<Done>, done: Done) {
    // The recorder is gone: nobody needs the answer.
    let _ = answers.send(done);
}
