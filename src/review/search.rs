//! Which records of a journal are asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

use super::{Lines, Topic, Wake};
use crate::i18n::{Language, Texts};

/// Found rows are handed on after so many records were looked at.
const STEP: usize = 2_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these words have to stand in a record's line, in any order and case.
    pub words: String,
    pub topic: Option<Topic>,
}

impl Query {
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.topic.is_none()
    }
}

/// Looks through a log on a thread of its own. Dropping it ends that.
#[derive(Debug)]
pub struct Search {
    pub query: Query,
    /// Rows of the log, in its order.
    pub found: Vec<u32>,
    /// Not all records were looked at yet.
    pub runs: bool,
    rows: usize,
    said: Receiver<Vec<u32>>,
    looked: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Search {
    pub fn start(lines: Lines, query: Query, language: Language, wake: Wake) -> std::io::Result<Self> {
        let (tell, said) = sync_channel(4);
        let (stop, looked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let rows = lines.log.rows();
        let worker = Worker {
            words: query.words.to_lowercase().split_whitespace().map(str::to_owned).collect(),
            topic: query.topic,
            lines,
            stop: Arc::clone(&stop),
            looked: Arc::clone(&looked),
            wake,
        };
        let run = move || worker.run(&Texts::load(language), &tell);
        thread::Builder::new().name("search".to_owned()).spawn(run)?;
        Ok(Self { query, found: Vec::new(), runs: true, rows, said, looked, stop })
    }

    /// Takes in what was found since.
    pub fn hear(&mut self) {
        loop {
            match self.said.try_recv() {
                Ok(found) => self.found.extend(found),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    self.runs = false;
                    return;
                }
            }
        }
    }

    /// How much of the log was looked at, in percent.
    pub fn percent(&self) -> usize {
        self.looked.load(Ordering::Relaxed) * 100 / self.rows.max(1)
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

struct Worker {
    /// In lower case.
    words: Vec<String>,
    topic: Option<Topic>,
    lines: Lines,
    stop: Arc<AtomicBool>,
    looked: Arc<AtomicUsize>,
    wake: Wake,
}

impl Worker {
    fn run(&self, texts: &Texts, tell: &SyncSender<Vec<u32>>) {
        let rows = self.lines.log.rows();
        for begin in (0..rows).step_by(STEP) {
            let end = rows.min(begin + STEP);
            let found: Vec<u32> =
                (begin..end).filter(|row| self.fits(texts, *row)).map(|row| row as u32).collect();
            self.looked.store(end, Ordering::Relaxed);
            if self.stop.load(Ordering::Relaxed) || (!found.is_empty() && tell.send(found).is_err()) {
                return;
            }
            (self.wake)();
        }
    }

    fn fits(&self, texts: &Texts, row: usize) -> bool {
        let topic_fits = self.topic.is_none_or(|topic| self.lines.log.topic(row) == Some(topic));
        topic_fits && (self.words.is_empty() || self.reads(texts, row))
    }

    /// As the table shows it: number, time, event, who.
    fn reads(&self, texts: &Texts, row: usize) -> bool {
        let Some(line) = self.lines.log.line(row) else { return false };
        let event = texts.message(&self.lines.names.put_into(&line.text));
        let who = line.person.map(|person| self.lines.names.person(&person)).unwrap_or_default();
        let time = self.lines.time(line.utc_ms);
        let text = format!("{} {time} {event} {who}", line.n).to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Log, Names};
    use super::*;
    use crate::day::trial::{access_opened, plugged_in, record};

    fn found(words: &str, topic: Option<Topic>) -> Vec<u32> {
        let mut log = Log::default();
        for n in 0..5_000 {
            let event =
                if n % 1_000 == 7 { plugged_in("1-1", 1_500, 2_000) } else { access_opened(1 + n as u32) };
            log.take(&record(n, "technician", 1_000 * n as i64, event));
        }
        let names = Names {
            cameras: Vec::new(),
            people: vec![("technician".parse().unwrap(), "Анна Светлова".to_owned())],
        };
        let lines = Lines { log: Arc::new(log), names: Arc::new(names), offset_min: 0 };
        let query = Query { words: words.to_owned(), topic };
        let mut search = Search::start(lines, query, Language::En, Arc::new(|| {})).unwrap();
        while search.runs {
            search.hear();
            thread::yield_now();
        }
        assert_eq!(search.percent(), 100);
        search.found.clone()
    }

    #[test]
    fn a_line_is_found_by_what_people_read_in_it() {
        assert_eq!(found("", Some(Topic::Access)).len(), 5_000, "accesses, and what they explain");
        assert_eq!(found("1-1", None), [7, 1_007, 2_007, 3_007, 4_007]);
        assert_eq!(found("СВЕТЛОВА 01:23:19", None), [4_999], "a name, and a time");
        assert_eq!(found("светлова нигде", None), [0_u32; 0]);
    }
}
