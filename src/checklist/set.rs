//! The checklists of an exam day: those that are part of the program, and a point's own.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Bilingual, Checklist, Span};
use crate::point::ChecklistId;
use crate::tables::{self, ReadError};

/// The check two hours before the exam.
pub(super) const MAIN_ID: &str = "two-hours-before";

/// The main check and its file's name.
const MAIN: (&str, &str) = ("two-hours-before.toml", include_str!("../../checklists/two-hours-before.toml"));

/// The others that are part of the program.
const OTHERS: [(&str, &str); 8] = [
    ("two-weeks-before.toml", include_str!("../../checklists/two-weeks-before.toml")),
    ("five-days-before.toml", include_str!("../../checklists/five-days-before.toml")),
    ("day-before.toml", include_str!("../../checklists/day-before.toml")),
    ("staff-room-opens.toml", include_str!("../../checklists/staff-room-opens.toml")),
    ("before-participants.toml", include_str!("../../checklists/before-participants.toml")),
    ("hourly-round.toml", include_str!("../../checklists/hourly-round.toml")),
    ("end-of-exam.toml", include_str!("../../checklists/end-of-exam.toml")),
    ("closing.toml", include_str!("../../checklists/closing.toml")),
];

/// Files of its own that a point may have.
const MOST_OF_ITS_OWN: usize = 40;

/// What is gone through on an exam day, before and after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklists {
    /// The check two hours before the exam: it stands in the day's document.
    pub main: Checklist,
    /// All others of the day, with ids of their own.
    pub others: Vec<Checklist>,
    /// Those of the days before and after: gone through while no exam day is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub around: Vec<Checklist>,
}

impl Checklists {
    /// Before anybody told any: a main one without steps.
    pub fn untold() -> Self {
        let nothing = || Bilingual { ru: String::new(), en: String::new() };
        let main = Checklist {
            id: MAIN_ID.parse().expect("it names a file of the program"),
            version: 0,
            name: nothing(),
            every_minutes: None,
            span: Span::InDay,
            steps: Vec::new(),
        };
        Self { main, others: Vec::new(), around: Vec::new() }
    }

    /// Lists that were told one by one.
    pub fn told(lists: impl IntoIterator<Item = Checklist>) -> Self {
        let mut all = Self::untold();
        for list in lists {
            match list.span {
                Span::InDay if list.id == all.main.id => all.main = list,
                Span::InDay => all.others.push(list),
                Span::BeforeDay | Span::AfterDay => all.around.push(list),
            }
        }
        all
    }

    pub fn get(&self, id: &ChecklistId) -> Option<&Checklist> {
        self.every().into_iter().find(|list| list.id == *id)
    }

    /// Those of the day, in the order in which they are due.
    pub fn all(&self) -> Vec<&Checklist> {
        in_order(std::iter::once(&self.main).chain(&self.others))
    }

    /// Those of the days before, or after, in the order in which they are due.
    pub fn around(&self, span: Span) -> Vec<&Checklist> {
        in_order(self.around.iter().filter(|list| list.span == span))
    }

    /// Those of the days before and after too, in the order in which they are due.
    pub fn every(&self) -> Vec<&Checklist> {
        in_order(std::iter::once(&self.main).chain(&self.others).chain(&self.around))
    }
}

fn in_order<'a>(lists: impl Iterator<Item = &'a Checklist>) -> Vec<&'a Checklist> {
    let mut lists: Vec<_> = lists.collect();
    lists.sort_by_key(|list| list.steps.iter().map(|step| step.deadline_minutes).min());
    lists
}

/// The checklists that are part of the program; a file of the same name in the data folder's `checklists`
/// takes the place of one, and any other there is one more.
pub fn of_the_day(data: &Path) -> Result<Checklists, ReadError> {
    let folder = data.join("checklists");
    let mut others =
        OTHERS.into_iter().map(|built_in| replaced(&folder, built_in)).collect::<Result<Vec<_>, _>>()?;
    for path in tables::files_in(&folder, MOST_OF_ITS_OWN)? {
        let is_built_in = |name: &str| path.file_name().is_some_and(|own| own == name);
        if !is_built_in(MAIN.0) && !OTHERS.iter().any(|(name, _)| is_built_in(name)) {
            others.push(Checklist::load(&path)?);
        }
    }
    let (others, around) = others.into_iter().partition(|list| list.span == Span::InDay);
    Ok(Checklists { main: replaced(&folder, MAIN)?, others, around })
}

fn replaced(folder: &Path, (name, text): (&str, &str)) -> Result<Checklist, ReadError> {
    match Checklist::load(&folder.join(name)) {
        Err(ReadError::Missing { .. }) => Ok(Checklist::read(text, name)?),
        read => read,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::checklist::CheckKind;

    #[test]
    fn the_built_in_check_has_every_automatic_check_and_a_deadline_order() {
        let folder = tempfile::tempdir().unwrap();
        let lists = of_the_day(folder.path()).unwrap();
        assert!(lists.main.steps.len() >= 12);
        for (word, check) in CheckKind::ALL {
            assert!(lists.main.steps.iter().any(|step| step.check == Some(check)), "{word}");
        }
        for list in lists.every() {
            assert!(list.steps.is_sorted_by_key(|step| step.deadline_minutes), "{}", list.id);
        }
        let ids = |lists: Vec<&Checklist>| lists.iter().map(|list| list.id.to_string()).collect::<Vec<_>>();
        let due =
            ["staff-room-opens", "two-hours-before", "before-participants", "hourly-round", "end-of-exam"];
        assert_eq!(ids(lists.all()), due);
        let before = ["two-weeks-before", "five-days-before", "day-before"];
        assert_eq!(ids(lists.every()), [&before[..], &due, &["closing"]].concat());
        assert_eq!(ids(lists.around(Span::BeforeDay)), before);
        let told = Checklists::told(lists.every().into_iter().rev().cloned());
        assert_eq!((&told.main, told.every()), (&lists.main, lists.every()));
    }

    #[test]
    fn one_in_the_data_folder_goes_first_and_is_refused_when_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("checklists");
        fs::create_dir(&own).unwrap();
        let path = own.join(MAIN.0);
        fs::write(&path, MAIN.1.replacen("version = ", "version = 10", 1)).unwrap();
        let round = MAIN.1.replace("id = \"two-hours-before\"", "id = \"gate\"");
        fs::write(own.join("gate.toml"), round).unwrap();
        let lists = of_the_day(folder.path()).unwrap();
        assert_eq!(lists.main.version, 105);
        assert_eq!(lists.others.len() + lists.around.len(), OTHERS.len() + 1);
        assert!(lists.get(&"gate".parse().unwrap()).is_some());
        fs::write(&path, "version = 7").unwrap();
        assert!(matches!(of_the_day(folder.path()), Err(ReadError::Wrong(_))));
    }
}
