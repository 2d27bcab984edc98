//! Everything that forms are filled in from.

use std::io;
use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::super::opening;
use super::super::point_time::at_point;
use crate::archive::verify::{OnProgress, VerifyOptions, verify_and_read};
use crate::archive::{CLOSING_ACT_FORMAT, ClosingAct, PartName, Report, closing_act};
use crate::checklist::{Bilingual, Checklists, Places};
use crate::day::{Day, Handover, Stage};
use crate::forms::{Catalogue, Cell, FormData, Origin};
use crate::i18n::{Arg, Message};
use crate::journal::{
    DayDocument, HeadDocument, Journal, JournalError, JournalPlace, PointDocument, ReadBack, Record,
};
use crate::point::{CameraId, DayId, Person, PersonId, Profile, Role, RoomNumber, Wording};
use crate::signing::PaperCode;
use crate::tables::ReadError;

/// Records of an archive that are read; of more nobody would print a form.
const MOST_ARCHIVED: usize = 500_000;

/// An exam day as its journal tells it, and what was learnt of it afterwards.
pub struct DayFacts {
    pub document: DayDocument,
    pub records: Vec<Record>,
    pub day: Day,
    /// The code of all records' RFC 6962 root; none if an archive does not tell.
    pub head: Option<PaperCode>,
    /// Once the day is sealed. While part 00 is written, all that is known of it but that part.
    pub closing: Option<ClosingAct>,
    /// From the point's journal.
    pub handover: Option<Handover>,
    /// What the profile calls that which is done with the equipment.
    pub actions: Vec<Wording>,
    /// And kinds of requests.
    pub requests: Vec<Wording>,
    /// The steps' words.
    pub checklists: Option<Checklists>,
    /// What its archive is worth, where it was read from one.
    pub archived: Option<Box<Report>>,
}

/// Why a form can't be filled in.
#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("the journal can't be read: {0}")]
    Records(#[from] io::Error),
    #[error("no journal of a point in {0}")]
    NoPoint(String),
    #[error("no exam day yet")]
    NoDay,
    #[error("no readable journal in the archive {0}")]
    Archive(String),
    #[error(transparent)]
    Briefings(#[from] ReadError),
    /// What the form of this id tells of has not happened yet.
    #[error("nothing to fill {0} in with yet")]
    TooEarly(&'static str),
}

impl PapersError {
    /// What happened and what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::Journal(error) => error.message(),
            Self::Records(error) => Message::new("form-not-made").with("detail", error.to_string()),
            Self::NoPoint(folder) => Message::new("form-no-point").with("folder", folder.as_str()),
            Self::NoDay => Message::new("form-no-day"),
            Self::Archive(folder) => Message::new("form-archive-unreadable").with("folder", folder.as_str()),
            Self::Briefings(error) => error.message(),
            Self::TooEarly(form) => Message::new("form-too-early").with("form", *form),
        }
    }
}

impl DayFacts {
    /// Reads a day of the data folder; a station may write it meanwhile.
    pub fn read(data: &Path, day: &DayId) -> Result<Self, PapersError> {
        let place = JournalPlace::day(data, day);
        let mut facts = Self::of_journal(&place)?;
        let archive = place.document.with_file_name("archive");
        facts.closing = closing_act(&archive.join(PartName::After(day.clone(), 1).file_name()));
        let point = JournalPlace::point(data);
        if point.exists() {
            let ReadBack { records, .. } = Journal::read::<PointDocument>(&point)?;
            facts.handover = Some(Handover::of(day.clone(), &records));
        }
        Ok(facts)
    }

    /// What the day's own journal tells.
    pub fn of_journal(place: &JournalPlace) -> Result<Self, PapersError> {
        let ReadBack { document, records, root } = Journal::read::<DayDocument>(place)?;
        Ok(Self {
            day: opening::fold(&document, &records),
            head: Some(PaperCode::of(&root)),
            document,
            records,
            closing: None,
            handover: None,
            actions: Vec::new(),
            requests: Vec::new(),
            checklists: None,
            archived: None,
        })
    }

    /// What an archive tells, whatever it is worth.
    pub fn of_archive(folder: &Path, now_ms: i64, on_progress: OnProgress) -> Result<Self, PapersError> {
        let options = VerifyOptions { signers: None, act: None, at_ms: now_ms };
        let mut records: Vec<Record> = Vec::new();
        let mut take = |record: &Record| {
            // Where stations took over from each other, the last one's journal tells of the day.
            if record.n == 0 {
                records.clear();
            }
            if records.len() < MOST_ARCHIVED {
                records.push(record.clone());
            }
        };
        let (report, document) = verify_and_read(&[folder.to_owned()], &options, on_progress, &mut take);
        let document = document.ok_or_else(|| PapersError::Archive(folder.display().to_string()))?;
        let after = PartName::After(document.day.clone(), 1).file_name();
        let mut facts = Self::of_report(document, report);
        facts.day = opening::fold(&facts.document, &records);
        facts.closing = closing_act(&folder.join(after));
        facts.records = records;
        Ok(facts)
    }

    /// What a report on an archive tells by itself, without any record of the journal.
    pub fn of_report(document: DayDocument, report: Report) -> Self {
        Self {
            day: opening::fold(&document, &[]),
            head: report.closing_code.as_deref().and_then(|code| code.parse().ok()),
            closing: None,
            document,
            records: Vec::new(),
            handover: None,
            actions: Vec::new(),
            requests: Vec::new(),
            checklists: None,
            archived: Some(Box::new(report)),
        }
    }

    /// With the words of the point's profile and of its checklists.
    pub fn with_words(mut self, profile: &Profile, checklists: Option<Checklists>) -> Self {
        self.actions.clone_from(&profile.access.actions);
        self.requests = profile.requests.categories.iter().map(|kind| kind.name.clone()).collect();
        // With a step for each room and camera that it speaks of.
        let spread = |lists: Checklists| lists.fitting(profile).spread(&Places::of(profile));
        self.checklists = checklists.map(spread);
        self
    }

    /// The closing act without part 00, which alone can't tell its own hash. None while the day is open.
    pub fn act_so_far(&self) -> Option<ClosingAct> {
        (self.day.stage == Stage::Closed).then_some(())?;
        Some(ClosingAct {
            format: CLOSING_ACT_FORMAT,
            day: self.document.day.clone(),
            opening_code: self.document.head().opening_code(),
            closing_code: self.head?,
            restarts: self.day.restarts,
            records: self.day.records,
            parts: self.day.sealed_parts.clone(),
            copies: Vec::new(),
        })
    }

    /// When the newest record was written; without records, when an archive's newest video ends.
    pub fn now_ms(&self) -> i64 {
        let videos = || self.archived.iter().flat_map(|report| &report.recordings);
        let newest = self.records.last().map(|record| record.utc_ms);
        newest.or_else(|| videos().map(|video| video.to_ms).max()).unwrap_or(0)
    }

    /// A time at the point.
    pub fn at(&self, utc_ms: i64) -> DateTime<FixedOffset> {
        at_point(utc_ms, self.document.time_zone).fixed_offset()
    }

    /// A form that says where and when.
    pub fn form(&self, catalogue: &'static Catalogue) -> FormData {
        let document = &self.document;
        let origin = Origin {
            of: document.day.to_string(),
            records: self.archived.as_ref().map_or(self.records.len() as u64, |report| report.records),
            head: self.head.as_ref().map(PaperCode::to_string).unwrap_or_default(),
            at: self.at(self.now_ms()),
        };
        let mut form = FormData::new(catalogue, origin);
        form.set("region", document.region.as_str());
        form.set("point", document.point.as_str());
        form.set("point_name", document.point_name.as_str());
        form.set("address", document.address.as_str());
        form.set("subject", document.subject.as_str());
        form.set("date", document.plan.date);
        form.set("station", document.station.as_str());
        form.set("technician", self.first(Role::Technician));
        form.set("head", self.first(Role::PointHead));
        form.set("member", self.first(Role::CommissionMember));
        form
    }

    /// Name and post of a person; the id of one that the day does not know.
    pub fn person(&self, id: &PersonId) -> (Cell, Cell) {
        match self.people().iter().find(|person| person.id == *id) {
            Some(Person { name, post, .. }) => (Cell::text(name), Cell::text(post)),
            None => (Cell::text(id.as_str()), Cell::Empty),
        }
    }

    /// Name of whoever it was, if it was a person.
    pub fn name(&self, id: Option<&PersonId>) -> Cell {
        id.map_or(Cell::Empty, |id| self.person(id).0)
    }

    fn first(&self, role: Role) -> Cell {
        let people = self.people();
        let person = people.iter().find(|person| person.role == role);
        person.map_or(Cell::Empty, |person| Cell::text(&person.name))
    }

    /// Whoever stood in comes before the one whose work they did.
    fn people(&self) -> Vec<Person> {
        self.day.stand_ins.people(&self.document.people, self.document.plan.date)
    }

    /// What a message says of an event, with a camera's name in it instead of the id.
    pub fn named(&self, message: Message) -> Message {
        let known = match message.args.get("camera") {
            Some(Arg::Text(id)) => self.document.cameras.iter().find(|camera| camera.id.as_str() == id),
            _ => None,
        };
        match known {
            Some(camera) => message.with("camera", camera.name.as_str()),
            None => message,
        }
    }

    /// Name and room of a camera.
    pub fn camera(&self, id: &CameraId) -> (Cell, Cell) {
        match self.document.cameras.iter().find(|camera| camera.id == *id) {
            Some(camera) => (Cell::text(&camera.name), Cell::text(self.room(&camera.room))),
            None => (Cell::text(id.as_str()), Cell::Empty),
        }
    }

    /// `0003 Аудитория 0003`.
    pub fn room(&self, number: &RoomNumber) -> String {
        let room = self.document.rooms.iter().find(|room| room.number == *number);
        match room.map(|room| room.name.as_str()).filter(|name| !name.contains(number.as_str())) {
            Some(name) => format!("{number} {name}"),
            None => room.map_or_else(|| number.to_string(), |room| room.name.clone()),
        }
    }

    /// What was done, in the profile's words.
    pub fn action(&self, id: &str) -> Cell {
        match self.actions.iter().find(|action| action.id == id) {
            Some(Wording { ru, en, .. }) => Cell::Both(Bilingual { ru: ru.clone(), en: en.clone() }),
            None => Cell::text(id),
        }
    }
}

/// What every form of a day can say.
macro_rules! day_fields {
    ($($more:tt)*) => {
        &[
            ("region", Kind::Text),
            ("point", Kind::Text),
            ("point_name", Kind::Text),
            ("address", Kind::Text),
            ("subject", Kind::Text),
            ("date", Kind::Date),
            ("station", Kind::Text),
            ("technician", Kind::Text),
            ("head", Kind::Text),
            ("member", Kind::Text),
            $($more)*
        ]
    };
}
pub(super) use day_fields;
