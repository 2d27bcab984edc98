//! Lines by the thousand: read one after the other, decoded and hashed on all cores.

use std::io::{self, BufRead};
use std::num::NonZero;
use std::ops::Range;
use std::thread;

use super::line::{self, BadLine, append_line};
use super::record::Record;
use crate::signing::Digest;
use crate::signing::merkle::leaf_hash;

/// A batch ends with the line that reaches this, or with so many lines.
const BATCH_BYTES: usize = 2 << 20;
const BATCH_LINES: usize = 8 << 10;
/// More are no faster: who puts the records into their chain is one.
const MAX_WORKERS: usize = 4;
/// Fewer are decoded before a thread has begun.
const WORTH_THREADS_LINES: usize = 512;

/// Lines that follow each other. Never more than [`BATCH_BYTES`] and one line.
#[derive(Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
    lines: Vec<Range<usize>>,
}

/// What one line came to.
#[derive(Debug)]
pub struct Decoded {
    pub record: Result<Record, BadLine>,
    /// SHA-256 of the line with its LF.
    pub hash: Digest,
    /// RFC 6962 leaf hash of the same.
    pub leaf: Digest,
}

impl Batch {
    /// Reads the next lines in the place of those before; none at the end.
    pub fn read(&mut self, reader: &mut dyn BufRead) -> io::Result<()> {
        self.bytes.clear();
        self.lines.clear();
        while self.bytes.len() < BATCH_BYTES && self.lines.len() < BATCH_LINES {
            let start = self.bytes.len();
            if !append_line(reader, &mut self.bytes)? {
                break;
            }
            self.lines.push(start..self.bytes.len());
        }
        Ok(())
    }

    /// The lines as they stand.
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.lines.iter().map(|line| &self.bytes[line.clone()])
    }

    /// One for each line, in their order.
    pub fn decoded(&self) -> Vec<Decoded> {
        self.of_each(&|line| Decoded {
            record: line::decode(line),
            hash: Digest::of(line),
            leaf: leaf_hash(line),
        })
    }

    /// RFC 6962 leaf hash of each line, in their order.
    pub fn leaves(&self) -> Vec<Digest> {
        self.of_each(&leaf_hash)
    }

    fn of_each<T: Send>(&self, make: &(dyn Fn(&[u8]) -> T + Sync)) -> Vec<T> {
        let made = |lines: &[Range<usize>]| -> Vec<T> {
            lines.iter().map(|line| make(&self.bytes[line.clone()])).collect()
        };
        let cores = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS);
        if cores < 2 || self.lines.len() < WORTH_THREADS_LINES {
            return made(&self.lines);
        }
        thread::scope(|scope| {
            let mut pieces = self.lines.chunks(self.lines.len().div_ceil(cores));
            let mine = pieces.next().unwrap_or_default();
            let others: Vec<_> = pieces
                .map(|lines| {
                    let worker = thread::Builder::new().name("journal".to_owned());
                    (lines, worker.spawn_scoped(scope, move || made(lines)))
                })
                .collect();
            let mut all = made(mine);
            for (lines, worker) in others {
                // What no thread did is done here.
                let done = worker.ok().and_then(|worker| worker.join().ok());
                all.extend(done.unwrap_or_else(|| made(lines)));
            }
            all
        })
    }
}
