//! One station's day: its parts, its journal, and what each says of the other.

use std::collections::BTreeSet;

use super::bag::{Bag, journal_part};
use super::coverage::Coverage;
use super::journal::{self, Journal};
use super::source::Source;
use super::{VerifyOptions, countersign, parts, rotations, stills, video};
use crate::archive::name::{DAY_DOCUMENT, segment_of};
use crate::archive::{CountersignatureName, Integrity, Place, Report, StationSummary};
use crate::i18n::Message;
use crate::journal::{DayDocument, HeadDocument, MAX_DOCUMENT_BYTES, Record};
use crate::point::DayId;
use crate::signing::{PublicKey, Rotation};

/// The parts of one station, each once.
pub struct Station {
    pub day: DayId,
    pub bags: Vec<Bag>,
    /// As its journal's part has it; what is wrong with it is told with the journal.
    pub document: Option<DayDocument>,
    pub journal: Option<Journal>,
    /// Whose signatures the parts bear.
    pub key: Option<PublicKey>,
    /// Which keys of it took whose place.
    pub rotations: Vec<Rotation>,
    /// Another station goes on where this journal was then: that one's records vouch for it.
    pub continued: bool,
}

impl Station {
    /// Reads no more than the document.
    pub fn new(day: DayId, bags: Vec<Bag>) -> Self {
        let bytes = journal_part(&bags)
            .and_then(|bag| bag.read(DAY_DOCUMENT, MAX_DOCUMENT_BYTES as u64).ok().flatten());
        let document = bytes.and_then(|bytes| DayDocument::parse(&bytes).ok());
        Self { day, bags, document, journal: None, key: None, rotations: Vec::new(), continued: false }
    }

    /// Reads the journal, and keeps its roots at these sizes.
    pub fn read(&mut self, sizes: &BTreeSet<u64>, report: &mut Report, on_record: &mut dyn FnMut(&Record)) {
        self.journal = match journal_part(&self.bags) {
            Some(bag) => journal::read(bag, sizes, report, on_record),
            None => {
                let message = Message::new("archive-journal-missing");
                report.fault(Integrity::Incomplete, Place::default(), message);
                None
            }
        };
    }

    /// Takes what was found when its journal was held to the checkpoints; how many records that has. The parts
    /// are held to one key.
    pub fn take_held(&mut self, held: journal::Held, report: &mut Report) -> u64 {
        let records = journal_part(&self.bags).and_then(|bag| journal::tell_held(held, bag, report));
        parts::hold_to_one_key(&self.bags, self.document.as_ref(), report);
        self.note_other_changes(report);
        records.unwrap_or_default()
    }

    /// Holds parts, journal and recordings to each other.
    pub fn judge(&mut self, coverage: &mut Coverage, report: &mut Report) {
        let journal = self.journal.as_ref();
        if let Some(Journal { facts, report: read, .. }) = journal {
            parts::hold_to_journal(&self.bags, facts, self.continued, report);
            parts::hold_to_close(facts, read, self.continued, report);
        }
        if let Some(document) = self.document.as_ref().filter(|document| document.day != self.day) {
            let message = Message::new("archive-other-day").with("day", document.day.as_str());
            let place = journal_part(&self.bags)
                .map_or_else(Place::default, |bag| Place::file(&bag.label, DAY_DOCUMENT));
            report.fault(Integrity::Tampered, place, message);
        }
        self.key = parts::hold_to_one_key(&self.bags, self.document.as_ref(), report);
        self.rotations = rotations::read(&self.bags, report);
        let read = journal.map(|journal| &journal.report);
        parts::hold_to_closing_acts(&mut self.bags, &self.day, read, report);
        let facts = journal.map(|journal| &journal.facts);
        video::check(&mut self.bags, facts, &self.day, coverage, report);
        if let Some(facts) = facts {
            stills::hold_to_journal(&self.bags, facts, report);
            coverage.hold_to_journal(facts, report);
        }
        self.note_other_changes(report);
        report.stations.push(self.summary());
    }

    /// Holds the countersignatures beside its part 00 to it; whether one was made with a key that may not.
    pub fn judge_countersignatures(
        &mut self,
        files: &[(CountersignatureName, Source)],
        options: &VerifyOptions,
        report: &mut Report,
    ) -> bool {
        let facts = self.journal.as_ref().map(|journal| &journal.facts);
        countersign::check(files, &mut self.bags, &self.day, facts, self.key, options, report).untrusted
    }

    /// Files under `data/` that are not what the manifest says, and that nobody else looks at as closely.
    fn note_other_changes(&self, report: &mut Report) {
        let judged_here = |path: &str| path.starts_with("data/") && segment_of(path).is_none();
        for bag in &self.bags {
            for (path, _) in bag.files.iter().filter(|(path, file)| judged_here(path) && file.is_changed()) {
                let place = Place::file(&bag.label, path);
                report.fault(Integrity::Tampered, place, Message::new("archive-file-changed"));
            }
        }
    }

    fn summary(&self) -> StationSummary {
        let journal = self.journal.as_ref().map(|journal| &journal.report);
        let takes_over = self.document.as_ref().and_then(|document| document.takes_over.as_ref());
        StationSummary {
            day: self.day.clone(),
            takes_over: takes_over.map(|takes_over| takes_over.day.clone()),
            signer: self.key.map(|key| key.fingerprint()),
            records: journal.map_or(0, |journal| journal.records),
            restarts: journal.map(|journal| journal.restarts),
            closed: journal.is_some_and(|journal| journal.closed),
            opening_code: journal.and_then(|journal| journal.opening_code()).map(|code| code.to_string()),
            closing_code: journal.and_then(|journal| journal.closing_code()).map(|code| code.to_string()),
        }
    }
}
