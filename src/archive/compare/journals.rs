//! The journals of two archives, read line by line beside each other in bounded memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::archive::name::{DAY_DOCUMENT, RECORDS};
use crate::archive::zip::{self, Entry};
use crate::archive::{PartName, PartSummary};
use crate::journal::{MAX_DOCUMENT_BYTES, decode_line, read_line};
use crate::point::{DayId, PersonId};

/// No more of an event is quoted, in characters.
const MAX_QUOTED: usize = 1000;

/// The first record in which the journals differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fork {
    /// Whose journal: an archive may hold those of several stations.
    pub day: DayId,
    /// Its number; 0 also where the documents differ that the journals begin from.
    pub record: u64,
    /// None: what stands there is no record.
    pub first: Option<Said>,
    pub second: Option<Said>,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub utc_ms: i64,
    pub person: Option<PersonId>,
    /// The event as the journal has it, JSON; cut if it is long.
    pub event: String,
}

/// The parts of one archive that hold a journal, by the station's day.
#[derive(Debug, Default)]
pub struct Journals(BTreeMap<DayId, PathBuf>);

/// What came of comparing the journals.
pub struct Compared {
    pub relation: Relation,
    pub in_common: u64,
    pub fork: Option<Fork>,
}

impl Journals {
    /// Among the parts that a verification looked at; of two with one name the first.
    pub fn find(parts: impl IntoIterator<Item = (PathBuf, PartSummary)>) -> Self {
        let mut found = BTreeMap::new();
        for (path, part) in parts {
            if let Some(PartName::Numbered(day, 0)) = part.name.as_deref().and_then(PartName::parse) {
                found.entry(day).or_insert(path);
            }
        }
        Self(found)
    }
}

/// Each day that both have a journal of, the worst relation counts.
pub fn compare_journals(first: &Journals, second: &Journals) -> Compared {
    let mut all = Compared { relation: Relation::Same, in_common: 0, fork: None };
    let both: Vec<_> =
        first.0.iter().filter_map(|(day, path)| Some((day, path, second.0.get(day)?))).collect();
    if both.is_empty() {
        let comparable = !first.0.is_empty() && !second.0.is_empty();
        all.relation = if comparable { Relation::OtherDay } else { Relation::CannotCompare };
        return all;
    }
    if both.len() < first.0.len() {
        all.relation = Relation::SecondEarlier;
    }
    if both.len() < second.0.len() {
        all.relation =
            if both.len() < first.0.len() { Relation::CannotCompare } else { Relation::FirstEarlier };
    }
    for (day, first, second) in both {
        let (relation, in_common, fork) = match beside(day, first, second) {
            Ok(compared) => compared,
            Err(error) => {
                tracing::info!(%error, %day, "journals not compared");
                (Relation::CannotCompare, 0, None)
            }
        };
        all.in_common += in_common;
        all.relation = worse(all.relation, relation);
        all.fork = all.fork.or(fork);
    }
    all
}

/// Of two journals the first may be the longer one and of two others the second: then neither archive
/// is the earlier one.
fn worse(a: Relation, b: Relation) -> Relation {
    use Relation::{CannotCompare, FirstEarlier, Fork, OtherDay, Same, SecondEarlier};
    match (a, b) {
        (Fork, _) | (_, Fork) => Fork,
        (CannotCompare, _) | (_, CannotCompare) => CannotCompare,
        (OtherDay, _) | (_, OtherDay) => OtherDay,
        (Same, other) | (other, Same) => other,
        (FirstEarlier, FirstEarlier) => FirstEarlier,
        (SecondEarlier, SecondEarlier) => SecondEarlier,
        (FirstEarlier, SecondEarlier) | (SecondEarlier, FirstEarlier) => CannotCompare,
    }
}

fn beside(day: &DayId, first: &Path, second: &Path) -> io::Result<(Relation, u64, Option<Fork>)> {
    let (mut first, mut second) = (Part::open(first)?, Part::open(second)?);
    let same_document = first.document()? == second.document()?;
    let (mut first, mut second) = (first.records()?, second.records()?);
    let (mut a, mut b) = (Vec::new(), Vec::new());
    let mut record = 0;
    loop {
        let (more_first, more_second) = (read_line(&mut first, &mut a)?, read_line(&mut second, &mut b)?);
        let relation = match (more_first, more_second) {
            (true, true) if a == b && same_document => {
                record += 1;
                continue;
            }
            (true, true) => Relation::Fork,
            _ if !same_document => Relation::Fork,
            (false, false) => Relation::Same,
            (false, true) => Relation::FirstEarlier,
            (true, false) => Relation::SecondEarlier,
        };
        let fork = (relation == Relation::Fork).then(|| Fork {
            day: day.clone(),
            record,
            first: said(&a),
            second: said(&b),
        });
        return Ok((relation, record, fork));
    }
}

fn said(line: &[u8]) -> Option<Said> {
    let record = decode_line(line).ok()?;
    let event = serde_json::to_string(&record.event).ok()?;
    let cut = event.char_indices().nth(MAX_QUOTED).map_or(event.len(), |(at, _)| at);
    Some(Said {
        utc_ms: record.utc_ms,
        person: record.actor.person,
        // Whatever a foreign text holds, a terminal gets one line of it.
        event: event[..cut].chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
    })
}

/// Part 00 of an archive.
struct Part {
    file: File,
    entries: Vec<Entry>,
}

impl Part {
    /// What a strict reading refuses is read by its local headers, as the verification does.
    fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let entries = match zip::read(&mut file) {
            Ok(entries) => entries,
            Err(_) => zip::walk(&mut file).map_err(io::Error::other)?.0,
        };
        Ok(Self { file, entries })
    }

    fn document(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.contents(DAY_DOCUMENT)?.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn records(&mut self) -> io::Result<impl BufRead> {
        Ok(BufReader::with_capacity(256 * 1024, self.contents(RECORDS)?))
    }

    fn contents(&mut self, path: &str) -> io::Result<impl Read> {
        let inside =
            |entry: &&Entry| entry.name.as_str().split_once('/').is_some_and(|(_, inside)| inside == path);
        let entry = self.entries.iter().find(inside).ok_or(io::ErrorKind::NotFound)?;
        zip::contents(&mut self.file, entry)
    }
}
