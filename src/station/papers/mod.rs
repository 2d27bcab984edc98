//! What the printed forms say: journals put into the forms' data.
//!
//! A file a topic, each with the form's [`Catalogue`](crate::forms::Catalogue) and the function that fills
//! it. How a form looks is data: `assets/forms/<id>.toml`.

mod access;
mod acts;
mod availability;
mod briefings;
mod check;
mod copies;
mod equipment;
mod facts;
mod logs;
mod maker;
mod outages;
mod point;
mod preparation;
mod report;
mod verification;

use std::path::Path;

pub use facts::{DayFacts, PapersError};
pub use maker::{FormMaker, Order};
pub use point::{AsOf, PointFacts};

use crate::archive::PartName;
use crate::forms::{BuiltIn, Definition, FormData};
use crate::tables::ReadError;

/// A form of an exam day, or of the point.
pub struct Paper {
    pub form: BuiltIn,
    pub due: Due,
    fill: Fill,
}

/// What fills it in. None: what it tells of has not happened yet.
#[derive(Clone, Copy)]
enum Fill {
    Day(fn(&DayFacts) -> Option<FormData>),
    Point(fn(&PointFacts) -> Option<FormData>),
}

/// When a form that lies in an archive is filled in. Every one of them lies in part 00, as far as it can be
/// filled in when the day is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Then, with the journal.
    Close,
    /// And once more when part 00 is sealed, whose hash it tells: it lies beside it, with the closing act.
    Sealed,
    /// Never: it tells of the archive that it would lie in.
    Verified,
}

/// The id of the report on a verification.
pub const VERIFICATION: &str = "verification";

/// Where a region's own definitions lie in a data folder.
pub const FOLDER: &str = "forms";

macro_rules! papers {
    ($($id:literal, $topic:ident::$catalogue:ident, $of:ident($fill:ident), $due:ident;)*) => {
        &[$(Paper {
            form: BuiltIn {
                catalogue: &$topic::$catalogue,
                text: include_str!(concat!("../../../assets/forms/", $id, ".toml")),
            },
            due: Due::$due,
            fill: Fill::$of($topic::$fill),
        }),*]
    };
}

/// All of them, in the order of the day; then those of the point.
pub const PAPERS: &[Paper] = papers![
    "opening-act", acts::OPENING, Day(opening), Close;
    "readiness-act", acts::READINESS, Day(readiness), Close;
    "check-report", check::CATALOGUE, Day(report), Close;
    "access-log-a", access::CABINET, Day(cabinet), Close;
    "access-log-b", access::VIDEO, Day(video), Close;
    "requests", logs::REQUESTS, Day(requests), Close;
    "operation-log", logs::OPERATIONS, Day(operations), Close;
    "explanatory-note", logs::NOTES, Day(notes), Close;
    "outage-record", outages::CATALOGUE, Day(record), Close;
    "functioning", report::CATALOGUE, Day(functioning), Close;
    "closing-act", acts::CLOSING, Day(closing), Sealed;
    "copies", copies::COPIES, Day(copies), Close;
    "handover-act", copies::HANDOVER, Day(handover), Close;
    "verification", verification::CATALOGUE, Day(report), Verified;
    "preparation-act", preparation::CATALOGUE, Point(act), Close;
    "briefing-sheet", briefings::CATALOGUE, Point(sheet), Close;
    "equipment-list", equipment::LIST, Point(list), Close;
    "equipment-movements", equipment::MOVEMENTS, Point(movements), Close;
    "labels", equipment::LABELS, Point(labels), Close;
];

impl Paper {
    pub fn find(id: &str) -> Option<&'static Self> {
        PAPERS.iter().find(|paper| paper.id() == id)
    }

    pub fn id(&self) -> &'static str {
        self.form.catalogue.id
    }

    /// What it tells of: a `day`, the `point`, or an `archive`.
    pub fn of(&self) -> &'static str {
        match (self.due, self.fill) {
            (Due::Verified, _) => "archive",
            (_, Fill::Day(_)) => "day",
            (_, Fill::Point(_)) => "point",
        }
    }

    /// Whether it tells of one exam day; else of the point.
    pub fn is_of_a_day(&self) -> bool {
        matches!(self.fill, Fill::Day(_))
    }

    /// None: what it tells of has not happened yet, or it is no form of a day.
    pub fn of_day(&self, facts: &DayFacts) -> Option<FormData> {
        match self.fill {
            Fill::Day(fill) => fill(facts),
            Fill::Point(_) => None,
        }
    }

    /// None: what it tells of has not happened yet, or it is no form of the point.
    pub fn of_point(&self, facts: &PointFacts) -> Option<FormData> {
        match self.fill {
            Fill::Day(_) => None,
            Fill::Point(fill) => fill(facts),
        }
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

/// What comes after the day of this name.
fn after(facts: &DayFacts) -> String {
    PartName::After(facts.document.day.clone(), 1).file_name()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::point::EXAMPLE_FORMS;

    #[test]
    fn the_examples_own_forms_fit_their_data() {
        for (example, forms) in EXAMPLE_FORMS {
            for (file, text) in forms {
                let paper = Paper::find(file.strip_suffix(".toml").unwrap()).unwrap();
                if let Err(error) = Definition::read(text, file, paper.form.catalogue) {
                    panic!("{example}: {error}");
                }
            }
        }
    }

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
