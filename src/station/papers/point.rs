//! The point as its own journal tells it, for forms that belong to no single exam day.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::super::point_time::at_point;
use super::facts::PapersError;
use crate::briefing::{self, Briefing};
use crate::checklist::{Checklist, Checklists, Places};
use crate::day::{Preparation, Register, Signatures};
use crate::forms::{Catalogue, Cell, FormData, Origin};
use crate::journal::{Journal, JournalPlace, PointDocument, ReadBack, Record};
use crate::point::{ChecklistId, PersonId, Profile, Role};
use crate::signing::merkle::MerkleTree;
use crate::signing::{Digest, PaperCode};

/// Of when a form of the point tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// UTC ms; all that the journal has.
    Now(i64),
    /// UTC ms; nothing of what was recorded later.
    Then(i64),
}

/// What the point's journal told by then.
pub struct PointFacts {
    pub document: PointDocument,
    pub records: Vec<Record>,
    pub register: Register,
    pub signatures: Signatures,
    pub preparation: Preparation,
    /// Which exam's preparation is meant; none: that which was named last.
    pub exam: Option<NaiveDate>,
    /// The steps' words.
    pub checklists: Option<Checklists>,
    /// Each with its hash.
    pub briefings: Vec<(Briefing, Digest)>,
    pub profile: Profile,
    /// The code of all these records' RFC 6962 root.
    pub head: PaperCode,
    pub now_ms: i64,
    /// Of the equipment only that with all these words in it; all if empty.
    pub words: String,
}

impl PointFacts {
    /// Reads the data folder; a station may write it meanwhile.
    pub fn read(data: &Path, profile: &Profile, as_of: AsOf) -> Result<Self, PapersError> {
        let place = JournalPlace::point(data);
        if !place.exists() {
            return Err(PapersError::NoPoint(data.display().to_string()));
        }
        let ReadBack { document, mut records, mut root } = Journal::read::<PointDocument>(&place)?;
        let now_ms = match as_of {
            AsOf::Now(now_ms) => now_ms,
            AsOf::Then(then_ms) => {
                let later = |record: &Record| record.utc_ms > then_ms;
                let told = records.len() - records.iter().rev().take_while(|record| later(record)).count();
                if told < records.len() {
                    records.truncate(told);
                    root = root_of(&place, told)?;
                }
                then_ms
            }
        };
        let (mut register, mut signatures) = (Register::default(), Signatures::default());
        let mut preparation = Preparation::default();
        for record in &records {
            register.apply(record);
            signatures.apply(record);
            preparation.apply(record);
        }
        let briefings = briefing::of_the_point(data)?.into_iter();
        let briefings = briefings.map(|briefing| (briefing.clone(), briefing.sha256())).collect();
        let (profile, head, words) = (profile.clone(), PaperCode::of(&root), String::new());
        Ok(Self {
            document,
            records,
            register,
            signatures,
            preparation,
            exam: None,
            checklists: None,
            briefings,
            profile,
            head,
            now_ms,
            words,
        })
    }

    /// With the words of the point's checklists.
    pub fn with_words(mut self, checklists: Option<Checklists>) -> Self {
        // With a step for each room and camera that it speaks of.
        let places = Places::of(&self.profile);
        self.checklists = checklists.map(|lists| lists.fitting(&self.profile).spread(&places));
        self
    }

    pub fn checklist(&self, id: &ChecklistId) -> Option<&Checklist> {
        self.checklists.as_ref()?.get(id)
    }

    /// A time at the point.
    pub fn at(&self, utc_ms: i64) -> DateTime<FixedOffset> {
        at_point(utc_ms, self.profile.time_zone).fixed_offset()
    }

    /// A form that says where.
    pub fn form(&self, catalogue: &'static Catalogue) -> FormData {
        let PointDocument { region, point, station, .. } = &self.document;
        let newest = self.at(self.records.last().map_or(0, |record| record.utc_ms));
        let origin = Origin {
            of: format!("{region}-{point}-{station}"),
            records: self.records.len() as u64,
            head: self.head.to_string(),
            at: newest,
        };
        let mut form = FormData::new(catalogue, origin);
        form.set("region", region.as_str());
        form.set("point", point.as_str());
        form.set("point_name", self.profile.name.as_str());
        form.set("address", self.profile.address.as_str());
        form.set("station", station.as_str());
        form.set("newest", newest);
        form.set("technician", self.first(Role::Technician));
        form.set("head", self.first(Role::PointHead));
        form
    }

    /// Name of whoever it was, if it was a person; the id of one whom the profile does not know.
    pub fn name(&self, id: Option<&PersonId>) -> Cell {
        id.map_or(Cell::Empty, |id| match self.profile.person(id) {
            Some(person) => Cell::text(&person.name),
            None => Cell::text(id.as_str()),
        })
    }

    pub fn first(&self, role: Role) -> Cell {
        let person = self.profile.people.iter().find(|person| person.role == role);
        person.map_or(Cell::Empty, |person| Cell::text(&person.name))
    }
}

/// The RFC 6962 root over the first so many records.
fn root_of(place: &JournalPlace, records: usize) -> io::Result<Digest> {
    let mut lines = BufReader::new(File::open(place.records())?);
    let (mut tree, mut line) = (MerkleTree::new(), Vec::new());
    for _ in 0..records {
        line.clear();
        lines.read_until(b'\n', &mut line)?;
        tree.push(&line);
    }
    Ok(tree.root())
}

/// What every form of the point can say.
macro_rules! point_fields {
    ($($more:tt)*) => {
        &[
            ("region", Kind::Text),
            ("point", Kind::Text),
            ("point_name", Kind::Text),
            ("address", Kind::Text),
            ("station", Kind::Text),
            ("newest", Kind::Moment),
            ("technician", Kind::Text),
            ("head", Kind::Text),
            $($more)*
        ]
    };
}
pub(super) use point_fields;
