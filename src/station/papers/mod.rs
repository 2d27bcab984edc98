//! What the printed forms of an exam day say: its journal put into the forms' data.
//!
//! A file a topic, each with the form's [`Catalogue`](crate::forms::Catalogue) and the function that fills
//! it. How a form looks is data: `assets/forms/<id>.toml`.

mod access;
mod acts;
mod availability;
mod check;
mod copies;
mod facts;
mod logs;
mod outages;
mod report;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

pub use facts::{DayFacts, PapersError};

use super::StationConfig;
use crate::archive::{ClosingAct, PartName};
use crate::checklist::Checklists;
use crate::forms::{BuiltIn, Definition, FormData, FormError, Sheet, pdf, xlsx};
use crate::i18n::{Language, Texts};
use crate::journal::JournalPlace;
use crate::point::Profile;
use crate::tables::ReadError;

/// A form of an exam day.
pub struct Paper {
    pub form: BuiltIn,
    pub due: Due,
    /// None: what it tells of has not happened yet.
    fill: fn(&DayFacts) -> Option<FormData>,
}

/// When everything that a form says is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Once the day is closed: it goes into part 00 with the journal.
    Close,
    /// Once part 00 is sealed: it lies beside it, with the closing act.
    Sealed,
    /// Later still: it is printed when it is wanted.
    Handover,
}

/// Where a region's own definitions lie in a data folder.
pub const FOLDER: &str = "forms";

macro_rules! papers {
    ($($id:literal, $topic:ident::$catalogue:ident, $fill:ident, $due:ident;)*) => {
        &[$(Paper {
            form: BuiltIn {
                catalogue: &$topic::$catalogue,
                text: include_str!(concat!("../../../assets/forms/", $id, ".toml")),
            },
            due: Due::$due,
            fill: $topic::$fill,
        }),*]
    };
}

/// All of them, in the order of the day.
pub const PAPERS: &[Paper] = papers![
    "opening-act", acts::OPENING, opening, Close;
    "readiness-act", acts::READINESS, readiness, Close;
    "check-report", check::CATALOGUE, report, Close;
    "access-log-a", access::CABINET, cabinet, Close;
    "access-log-b", access::VIDEO, video, Close;
    "requests", logs::REQUESTS, requests, Close;
    "operation-log", logs::OPERATIONS, operations, Close;
    "explanatory-note", logs::NOTES, notes, Close;
    "outage-record", outages::CATALOGUE, record, Close;
    "functioning", report::CATALOGUE, functioning, Close;
    "closing-act", acts::CLOSING, closing, Sealed;
    "copies", copies::COPIES, copies, Handover;
    "handover-act", copies::HANDOVER, handover, Handover;
];

impl Paper {
    pub fn find(id: &str) -> Option<&'static Self> {
        PAPERS.iter().find(|paper| paper.id() == id)
    }

    pub fn id(&self) -> &'static str {
        self.form.catalogue.id
    }

    /// None: what it tells of has not happened yet.
    pub fn fill(&self, facts: &DayFacts) -> Option<FormData> {
        (self.fill)(facts)
    }

    /// A region's own definition, if it can be used; what is wrong with it is logged.
    pub fn usable_definition(&self, data: &Path) -> Result<Definition, ReadError> {
        match self.form.load(&data.join(FOLDER)) {
            Ok(definition) => Ok(definition),
            Err(error) => {
                tracing::error!(%error, form = self.id(), "the built-in definition is taken");
                self.form.definition()
            }
        }
    }
}

/// What a day's forms are made with besides its journal.
pub struct FormsOfDay {
    data: PathBuf,
    language: Language,
    profile: Profile,
    checklists: Checklists,
}

impl FormsOfDay {
    pub fn of(config: &StationConfig) -> Self {
        Self {
            data: config.data.root().to_owned(),
            language: config.profile.forms.language,
            profile: config.profile.clone(),
            checklists: config.checklists.clone(),
        }
    }

    /// The forms that are due by then, each as PDF, as workbook and as JSON, by their names below `data/`.
    /// What can't be made is logged and left out: no form keeps a day from being sealed.
    pub fn files(&self, place: &JournalPlace, due: Due, act: Option<&ClosingAct>) -> Vec<(String, Vec<u8>)> {
        let facts = match DayFacts::of_journal(place) {
            Ok(facts) => facts,
            Err(error) => {
                tracing::error!(%error, "no forms");
                return Vec::new();
            }
        };
        let mut facts = facts.with_words(&self.profile, Some(self.checklists.clone()));
        facts.closing = act.cloned();
        let texts = Texts::load(self.language);
        let mut files = Vec::new();
        for paper in PAPERS.iter().filter(|paper| paper.due == due) {
            let Some(filled) = paper.fill(&facts) else { continue };
            // A defect of a library that draws letters must not cost the day its seal either.
            let made = AssertUnwindSafe(|| made(paper, &filled, &self.data, &texts));
            match catch_unwind(made).unwrap_or_else(|_| Err(FormError::Pdf("a defect".to_owned()))) {
                Ok(made) => files.extend(made),
                Err(error) => tracing::error!(%error, form = paper.id(), "form not made"),
            }
        }
        files
    }
}

fn made(
    paper: &Paper,
    filled: &FormData,
    data: &Path,
    texts: &Texts,
) -> Result<[(String, Vec<u8>); 3], FormError> {
    let definition = paper.usable_definition(data).map_err(|error| FormError::Pdf(error.to_string()))?;
    let sheet = Sheet::new(&definition, filled, texts)?;
    let file = |ending: &str, bytes| (format!("forms/{}.{ending}", paper.id()), bytes);
    Ok([file("pdf", pdf::write(&sheet)?), file("xlsx", xlsx::write(&sheet)?), file("json", filled.to_json())])
}

/// What comes after the day of this name.
fn after(facts: &DayFacts) -> String {
    PartName::After(facts.document.day.clone(), 1).file_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_definition_fits_its_data_and_names_only_what_there_is() {
        let mut ids = Vec::new();
        for paper in PAPERS {
            if let Err(error) = paper.form.definition() {
                panic!("{error}");
            }
            ids.push(paper.id());
        }
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/forms")).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != "README.md").collect();
        names.sort();
        let mut expected: Vec<_> = ids.iter().map(|id| format!("{id}.toml")).collect();
        expected.sort();
        assert_eq!(names, expected);
    }
}
