//! Making forms: from journals to the files that lie in an archive, or are wanted now.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::{AsOf, DayFacts, Due, PAPERS, Paper, PapersError, PointFacts};
use crate::archive::ClosingAct;
use crate::checklist::Checklists;
use crate::forms::{FormData, FormError, Sheet, pdf, xlsx};
use crate::i18n::{Language, Texts};
use crate::journal::JournalPlace;
use crate::point::{DayId, Profile};
use crate::station::StationConfig;

/// What forms are made with besides journals.
#[derive(Clone)]
pub struct FormMaker {
    /// The data folder.
    pub data: PathBuf,
    pub language: Language,
    pub profile: Profile,
    /// None: steps are called by their ids.
    pub checklists: Option<Checklists>,
}

/// What a form is wanted of.
#[derive(Clone, Debug)]
pub struct Order {
    /// For forms of a day.
    pub day: Option<DayId>,
    /// For forms of the point: when, and with which equipment ([`PointFacts::words`]).
    pub as_of: AsOf,
    pub words: String,
}

impl FormMaker {
    pub fn of(config: &StationConfig) -> Self {
        Self {
            data: config.data.root().to_owned(),
            language: config.profile.forms.language,
            profile: config.profile.clone(),
            checklists: Some(config.checklists.clone()),
        }
    }

    /// What is known of a day of the data folder, a station writing it or not.
    pub fn of_day(&self, day: &DayId) -> Result<DayFacts, PapersError> {
        Ok(DayFacts::read(&self.data, day)?.with_words(&self.profile, self.checklists.clone()))
    }

    /// What is known of the point.
    pub fn of_point(&self, as_of: AsOf) -> Result<PointFacts, PapersError> {
        Ok(PointFacts::read(&self.data, &self.profile, as_of)?.with_words(self.checklists.clone()))
    }

    /// The values of a form.
    pub fn filled(&self, paper: &Paper, order: &Order) -> Result<FormData, PapersError> {
        let filled = if paper.is_of_a_day() {
            paper.of_day(&self.of_day(order.day.as_ref().ok_or(PapersError::NoDay)?)?)
        } else {
            paper.of_point(&PointFacts { words: order.words.clone(), ..self.of_point(order.as_of)? })
        };
        filled.ok_or(PapersError::TooEarly(paper.id()))
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
        let mut facts = facts.with_words(&self.profile, self.checklists.clone());
        facts.closing = act.cloned();
        let due: Vec<&Paper> = PAPERS.iter().filter(|paper| paper.due == due).collect();
        let point = due.iter().any(|paper| !paper.is_of_a_day()).then(|| {
            self.of_point(AsOf::Then(facts.now_ms()))
                .inspect_err(|error| tracing::error!(%error, "no forms of the point"))
        });
        let point = point.and_then(Result::ok);
        let texts = Texts::load(self.language);
        let mut files = Vec::new();
        for paper in due {
            let filled = paper.of_day(&facts).or_else(|| paper.of_point(point.as_ref()?));
            let Some(filled) = filled else { continue };
            // A defect of a library that draws letters must not cost the day its seal either.
            let made = AssertUnwindSafe(|| self.made(paper, &filled, &texts));
            match catch_unwind(made).unwrap_or_else(|_| Err(FormError::Pdf("a defect".to_owned()))) {
                Ok(made) => files.extend(made),
                Err(error) => tracing::error!(%error, form = paper.id(), "form not made"),
            }
        }
        files
    }

    fn made(
        &self,
        paper: &Paper,
        filled: &FormData,
        texts: &Texts,
    ) -> Result<[(String, Vec<u8>); 3], FormError> {
        let definition = paper.usable_definition(&self.data);
        let definition = definition.map_err(|error| FormError::Pdf(error.to_string()))?;
        let sheet = Sheet::new(&definition, filled, texts)?;
        let file = |ending: &str, bytes| (format!("forms/{}.{ending}", paper.id()), bytes);
        Ok([
            file("pdf", pdf::write(&sheet)?),
            file("xlsx", xlsx::write(&sheet)?),
            file("json", filled.to_json()),
        ])
    }
}
