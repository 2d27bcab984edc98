//! The records of a reviewed journal, as small as can be. A million of them are here at once; in words are
//! only those that are seen or searched.

use super::Topic;
use crate::i18n::Message;
use crate::journal::{Event, Record, Still};
use crate::point::PersonId;
use crate::station::describe;

/// Events are kept up to here; the rest of the records are counted. A day has some megabytes of them.
const MOST_BYTES: usize = 512 << 20;
/// Grown in pieces, so that nothing is ever copied.
const PIECE_BYTES: usize = 1 << 20;

/// Records in the order in which they were read.
#[derive(Debug, Default)]
pub struct Log {
    /// Who and what, as JSON, one behind the other.
    pieces: Vec<Vec<u8>>,
    rows: Vec<Row>,
    /// The rows at which a journal begins: within one the numbers grow.
    begins: Vec<usize>,
    bytes: usize,
    /// Records beyond those kept.
    pub more: u64,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    n: u64,
    utc_ms: i64,
    piece: u32,
    begin: u32,
    bytes: u32,
    topic: Topic,
}

/// A record in words.
#[derive(Debug)]
pub struct LogLine {
    pub n: u64,
    pub utc_ms: i64,
    /// None: the station itself.
    pub person: Option<PersonId>,
    pub text: Message,
    /// The picture that was kept with it.
    pub still: Option<Still>,
}

impl Log {
    pub fn take(&mut self, record: &Record) {
        // An event was read from JSON: it can be written as such.
        let event = serde_json::to_vec(&(&record.actor.person, &record.event)).unwrap_or_default();
        if self.bytes + event.len() > MOST_BYTES || self.more > 0 {
            self.more += 1;
            return;
        }
        self.bytes += event.len();
        if self.pieces.last().is_none_or(|piece| piece.len() + event.len() > PIECE_BYTES) {
            self.pieces.push(Vec::with_capacity(PIECE_BYTES.max(event.len())));
        }
        if self.rows.last().is_none_or(|row| row.n >= record.n) {
            self.begins.push(self.rows.len());
        }
        let piece = self.pieces.len() - 1;
        let begin = self.pieces[piece].len();
        self.pieces[piece].extend(&event);
        self.rows.push(Row {
            n: record.n,
            utc_ms: record.utc_ms,
            piece: piece as u32,
            begin: begin as u32,
            bytes: event.len() as u32,
            topic: Topic::of(&record.event),
        });
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub fn line(&self, row: usize) -> Option<LogLine> {
        let row = self.rows.get(row)?;
        let (begin, end) = (row.begin as usize, row.begin as usize + row.bytes as usize);
        let json = self.pieces[row.piece as usize].get(begin..end)?;
        let (person, event): (Option<PersonId>, Event) = serde_json::from_slice(json).ok()?;
        Some(LogLine {
            n: row.n,
            utc_ms: row.utc_ms,
            person,
            text: describe(&event).1,
            still: still_of(event),
        })
    }

    /// The first record of this number.
    pub fn numbered(&self, n: u64) -> Option<LogLine> {
        let ends = self.begins.iter().skip(1).copied().chain([self.rows.len()]);
        let row = self.begins.iter().zip(ends).find_map(|(begin, end)| {
            Some(begin + self.rows[*begin..end].binary_search_by_key(&n, |row| row.n).ok()?)
        });
        self.line(row?)
    }

    pub fn topic(&self, row: usize) -> Option<Topic> {
        self.rows.get(row).map(|row| row.topic)
    }

    /// From the earliest to the latest moment, UTC ms.
    pub fn span(&self) -> Option<(i64, i64)> {
        let times = || self.rows.iter().map(|row| row.utc_ms);
        times().min().zip(times().max())
    }
}

fn still_of(event: Event) -> Option<Still> {
    match event {
        Event::StepPhotographed(photo) => Some(photo.still),
        Event::ReferenceApproved { still, .. } => Some(still),
        Event::PictureFinding { still, .. } => still,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::{access_opened, record};

    #[test]
    fn lines_come_out_as_they_went_in() {
        let mut log = Log::default();
        for n in 0..30_000 {
            let person = if n % 2 == 0 { "technician" } else { "head" };
            log.take(&record(n, person, 1_000 + n as i64, access_opened(1 + n as u32)));
        }
        assert!(log.pieces.len() > 1, "the events fill more than one piece");
        assert_eq!((log.rows(), log.more, log.span()), (30_000, 0, Some((1_000, 30_999))));
        for n in [0_u64, 1, 14_999, 29_999] {
            let line = log.line(n as usize).unwrap();
            assert_eq!((line.n, line.utc_ms), (n, 1_000 + n as i64));
            assert_eq!(line.person.unwrap().as_str(), if n % 2 == 0 { "technician" } else { "head" });
            assert_eq!(line.text, describe(&access_opened(1 + n as u32)).1);
        }
        assert!(log.line(30_000).is_none());
        assert_eq!(log.numbered(7).unwrap().utc_ms, 1_007);
        // Another station's journal counts anew.
        for n in 0..10 {
            log.take(&record(n, "head", 90_000 + n as i64, access_opened(1)));
        }
        log.take(&record(40_000, "head", 91_000, access_opened(1)));
        assert_eq!(log.numbered(7).unwrap().utc_ms, 1_007);
        assert_eq!(log.numbered(40_000).unwrap().utc_ms, 91_000);
        assert!(log.numbered(30_000).is_none());
    }
}
