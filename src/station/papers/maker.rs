//! Making forms: from journals to the files that lie in an archive, or are wanted now.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::{AsOf, DayFacts, Due, PAPERS, Paper, PapersError, PointFacts};
use crate::archive::ClosingAct;
use crate::checklist::Checklists;
use crate::day::Handover;
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

    /// What part 00 holds: every form that can be filled in by then, as PDF, as workbook and as JSON, by their
    /// names below `data/`. What can't be made is logged and left out, but for its data: no form keeps a day
    /// from being sealed.
    pub fn at_close(&self, place: &JournalPlace) -> Vec<(String, Vec<u8>)> {
        let Some(mut facts) = self.of_journal(place) else { return Vec::new() };
        facts.closing = facts.act_so_far();
        let point = self
            .of_point(AsOf::Then(facts.now_ms()))
            .inspect_err(|error| tracing::error!(%error, "no forms of the point"))
            .map(|point| PointFacts { exam: Some(facts.document.plan.date), ..point });
        let point = point.ok();
        facts.handover = point.as_ref().map(|point| Handover::of(facts.document.day.clone(), &point.records));
        let filled = PAPERS.iter().filter_map(|paper| {
            Some((paper, paper.of_day(&facts).or_else(|| paper.of_point(point.as_ref()?))?))
        });
        self.files(filled)
    }

    /// What lies beside part 00: the forms that tell its hash, made as those in it.
    pub fn at_seal(&self, place: &JournalPlace, act: &ClosingAct) -> Vec<(String, Vec<u8>)> {
        let Some(mut facts) = self.of_journal(place) else { return Vec::new() };
        facts.closing = Some(act.clone());
        let due = PAPERS.iter().filter(|paper| paper.due == Due::Sealed);
        self.files(due.filter_map(|paper| Some((paper, paper.of_day(&facts)?))))
    }

    fn of_journal(&self, place: &JournalPlace) -> Option<DayFacts> {
        let facts = DayFacts::of_journal(place).inspect_err(|error| tracing::error!(%error, "no forms"));
        Some(facts.ok()?.with_words(&self.profile, self.checklists.clone()))
    }

    fn files(&self, filled: impl Iterator<Item = (&'static Paper, FormData)>) -> Vec<(String, Vec<u8>)> {
        let texts = Texts::load(self.language);
        let mut files = Vec::new();
        for (paper, filled) in filled {
            // A defect of a library that draws letters must not cost the day its seal either.
            let made = AssertUnwindSafe(|| self.made(paper, &filled, &texts));
            match catch_unwind(made).unwrap_or_else(|_| Err(FormError::Pdf("a defect".to_owned()))) {
                Ok(made) => files.extend(made),
                Err(error) => {
                    tracing::error!(%error, form = paper.id(), "form not made");
                    files.push(file(paper, "json", filled.to_json()));
                }
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
        Ok([
            file(paper, "pdf", pdf::write(&sheet)?),
            file(paper, "xlsx", xlsx::write(&sheet)?),
            file(paper, "json", filled.to_json()),
        ])
    }
}

fn file(paper: &Paper, ending: &str, bytes: Vec<u8>) -> (String, Vec<u8>) {
    (format!("forms/{}.{ending}", paper.id()), bytes)
}
