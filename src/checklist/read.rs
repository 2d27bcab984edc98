//! From a checklist's TOML to a [`Checklist`], or to the list of everything that is wrong with it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Bilingual, CheckKind, Checklist, Step, StepKind};
use crate::i18n::Message;
use crate::point::{ChecklistId, StepId};
use crate::tables::{self, Faults, ReadError, Section, Spot};

const KINDS: [(&str, StepKind); 3] =
    [("manual", StepKind::Manual), ("automatic", StepKind::Automatic), ("both", StepKind::Both)];

impl Checklist {
    /// Reads a checklist's text. `file` is its file's name: the checklist's id with an ending.
    pub fn read(text: &str, file: &str) -> Result<Self, Faults> {
        tables::read(text, file, |root| read(root, file))
    }

    pub fn load(path: &Path) -> Result<Self, ReadError> {
        Ok(Self::read(&tables::read_text(path)?, &path.display().to_string())?)
    }
}

fn read(root: &mut Section<'_>, file: &str) -> Option<Checklist> {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let id = root.required("id").and_then(|item| {
        let id: ChecklistId = item.parsed()?;
        if id.as_str() != stem {
            item.fault(Message::new("fault-checklist-id").with("text", stem));
        }
        Some(id)
    });
    let version = root.required("version").and_then(|item| item.integer(1..=1_000_000));
    let name = bilingual(root, "name", 80);
    let every_minutes = root.optional("every_minutes").and_then(|item| item.integer(10..=1440));
    let steps = root.required("steps").and_then(|item| item.sections(1..=100, step)).unwrap_or_default();
    let mut seen = BTreeMap::new();
    for (id, spot) in steps.iter().filter_map(|(id, _)| id.as_ref()) {
        if let Some(first) = seen.insert(id, spot.line) {
            let twice = Message::new("fault-twice").with("text", id.as_str()).with("first", first);
            root.fault(spot, twice);
        }
    }
    let steps = steps.into_iter().map(|(_, step)| step).collect::<Option<_>>();
    Some(Checklist { id: id?, version: version?, name: name?, every_minutes, steps: steps? })
}

/// A step as far as it could be read, its id with its place apart.
type LooseStep = (Option<(StepId, Spot)>, Option<Step>);

fn step(section: &mut Section<'_>) -> LooseStep {
    let id = section.required("id").and_then(|item| Some((item.parsed::<StepId>()?, item.spot)));
    let kind = section.required("kind").and_then(|item| item.choice(&KINDS));
    let named = section.optional("check");
    let check = named.as_ref().and_then(|item| item.choice(&CheckKind::ALL));
    match (kind, &named) {
        (Some(StepKind::Automatic | StepKind::Both), None) => {
            section.fault(section.spot(), Message::new("fault-check-missing"));
        }
        (Some(StepKind::Manual), Some(item)) => item.fault(Message::new("fault-check-unwanted")),
        _ => {}
    }
    let title = bilingual(section, "title", 80);
    let text = bilingual(section, "text", 400);
    let expected = bilingual(section, "expected", 400);
    let remedy = bilingual(section, "remedy", 400);
    let deadline_minutes = section.required("deadline_minutes").and_then(|item| item.integer(-1440..=1440));
    let blocking = section.required("blocking").and_then(|item| item.boolean());
    let whole = || {
        Some(Step {
            id: id.as_ref()?.0.clone(),
            kind: kind?,
            check,
            title: title?,
            text: text?,
            expected: expected?,
            remedy: remedy?,
            deadline_minutes: deadline_minutes?,
            blocking: blocking?,
        })
    };
    (id.clone(), whole())
}

fn bilingual(section: &mut Section<'_>, key: &str, max: usize) -> Option<Bilingual> {
    let mut both = section.required(key)?.section()?;
    let ru = both.required("ru").and_then(|item| item.text(max));
    let en = both.required("en").and_then(|item| item.text(max));
    both.finish();
    Some(Bilingual { ru: ru?, en: en? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_is_written_as_it_is_kept() {
        for (word, check) in CheckKind::ALL {
            assert_eq!(serde_json::to_string(&check).unwrap(), format!("{word:?}"));
        }
    }

    #[test]
    fn a_wrong_checklist_is_refused_with_every_fault_in_it() {
        let text = r#"
id = "other"
version = 0
name = { ru = "Имя", en = "" }
[[steps]]
id = "one"
kind = "automatic"
title = { ru = "Имя" }
text = { ru = "Имя", en = "Name" }
expected = { ru = "Имя", en = "Name" }
remedy = { ru = "Имя", en = "Name", de = "Name" }
deadline_minutes = -60
blocking = true
[[steps]]
id = "one"
kind = "manual"
check = "clock"
title = { ru = "Имя", en = "Name" }
text = { ru = "Имя", en = "Name" }
expected = { ru = "Имя", en = "Name" }
remedy = { ru = "Имя", en = "Name" }
deadline_minutes = "soon"
"#;
        let faults = Checklist::read(text, "list.toml").unwrap_err();
        let listed: Vec<_> = faults.0.iter().map(|fault| (fault.spot.line, fault.message().id)).collect();
        let expected = [
            (2, "fault-checklist-id"),
            (3, "fault-range"),
            (4, "fault-empty"),
            (5, "fault-check-missing"),
            (8, "fault-missing"),
            (11, "fault-unknown-key"),
            (14, "fault-missing"),
            (15, "fault-twice"),
            (17, "fault-check-unwanted"),
            (22, "fault-type"),
        ];
        assert_eq!(listed, expected.map(|(line, id)| (line, id.to_owned())));
    }
}
