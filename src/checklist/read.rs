//! From a checklist's TOML to a [`Checklist`], or to the list of everything that is wrong with it.

use std::collections::BTreeMap;
use std::path::Path;

use super::set::MAIN_ID;
use super::{Bilingual, CheckKind, Checklist, Each, Fact, Photo, Span, Step, StepKind, StepRules};
use crate::i18n::Message;
use crate::point::{ChecklistId, ROLES, StepId};
use crate::tables::{self, Faults, Item, ReadError, Section, Spot};

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
    let named = root.optional("span");
    let span = named.as_ref().map_or(Some(Span::InDay), |item| item.choice(&Span::ALL));
    if let (Some(item), Some(span)) = (&named, span)
        && id.as_ref().is_some_and(|id| id.as_str() == MAIN_ID)
        && span != Span::InDay
    {
        item.fault(Message::new("fault-span-main"));
    }
    let every = root.optional("every_minutes");
    if let (Some(item), Some(Span::BeforeDay | Span::AfterDay)) = (&every, span) {
        item.fault(Message::new("fault-span-round"));
    }
    let every_minutes = every.and_then(|item| item.integer(10..=1440));
    // Judged with what is usual where the span itself is wrong.
    let in_span = span.unwrap_or_default();
    let steps =
        root.required("steps").and_then(|item| item.sections(1..=100, |section| step(section, in_span)));
    let steps = steps.unwrap_or_default();
    apart(root, &steps);
    let steps = steps.into_iter().map(|loose| loose.step).collect::<Option<_>>();
    Some(Checklist { id: id?, version: version?, name: name?, every_minutes, span: span?, steps: steps? })
}

/// A step as far as it could be read, its id with its place apart.
struct LooseStep {
    id: Option<(StepId, Spot)>,
    for_each: Option<Each>,
    step: Option<Step>,
}

/// No two steps have an id in common, those for each room or camera included.
fn apart(root: &mut Section<'_>, steps: &[LooseStep]) {
    let mut seen = BTreeMap::new();
    for (id, spot) in steps.iter().filter_map(|loose| loose.id.as_ref()) {
        if let Some(first) = seen.insert(id, spot.line) {
            let twice = Message::new("fault-twice").with("text", id.as_str()).with("first", first);
            root.fault(spot, twice);
        }
    }
    let repeated = steps.iter().filter(|loose| loose.for_each.is_some());
    for (many, at) in repeated.filter_map(|loose| loose.id.as_ref()) {
        let begins =
            |id: &StepId| id.as_str().strip_prefix(many.as_str()).is_some_and(|rest| rest.starts_with('-'));
        for (id, spot) in steps.iter().filter_map(|loose| loose.id.as_ref()).filter(|(id, _)| begins(id)) {
            let clash = Message::new("fault-for-each-clash").with("text", id.as_str());
            root.fault(spot, clash.with("many", many.as_str()).with("first", at.line));
        }
    }
}

fn step(section: &mut Section<'_>, span: Span) -> LooseStep {
    let id = section.required("id").and_then(|item| Some((item.parsed::<StepId>()?, item.spot)));
    let kind = section.required("kind").and_then(|item| item.choice(&KINDS));
    let named = section.optional("check");
    let check = named.as_ref().and_then(|item| item.choice(&CheckKind::ALL));
    match (kind, &named) {
        (Some(StepKind::Automatic | StepKind::Both), None) => {
            section.fault(section.spot(), Message::new("fault-check-missing"));
        }
        (Some(StepKind::Manual), Some(item)) => item.fault(Message::new("fault-check-unwanted")),
        // A view is approved of in the day's own journal.
        (_, Some(item)) if check == Some(CheckKind::References) && span != Span::InDay => {
            item.fault(Message::new("fault-check-in-day"));
        }
        _ => {}
    }
    let rules = rules(section, kind, span, id.as_ref());
    let for_each = rules.as_ref().and_then(|rules| rules.for_each);
    let title = bilingual(section, "title", 80);
    let text = bilingual(section, "text", 400);
    let expected = bilingual(section, "expected", 400);
    let remedy = bilingual(section, "remedy", 400);
    if rules.is_some() {
        let texts = [("title", &title), ("text", &text), ("expected", &expected), ("remedy", &remedy)];
        texts.into_iter().for_each(|(key, text)| placeholders(section, key, text.as_ref(), for_each));
    }
    let minutes = match span {
        Span::BeforeDay => -43_200..=0,
        Span::InDay => -1_440..=1_440,
        Span::AfterDay => 0..=10_080,
    };
    let deadline_minutes = section.required("deadline_minutes").and_then(|item| item.integer(minutes));
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
            rules: rules?,
        })
    };
    LooseStep { step: whole(), id, for_each }
}

fn rules(
    section: &mut Section<'_>,
    kind: Option<StepKind>,
    span: Span,
    id: Option<&(StepId, Spot)>,
) -> Option<StepRules> {
    let when = choice(section, "when", &Fact::ALL);
    let for_each = choice(section, "for_each", &Each::ALL);
    if let (Some(Some(each)), Some((id, spot))) = (for_each, id)
        && id.as_str().len() > each.max_id_chars()
    {
        section.fault(spot, Message::new("fault-too-long").with("max", each.max_id_chars()));
    }
    let two_persons = of_a_person(section, "two_persons", kind);
    let note = of_a_person(section, "note", kind);
    let tone = of_a_person(section, "tone", kind);
    let photo = for_a_person(section, "photo", kind);
    if let Some(item) = photo.as_ref().filter(|_| span != Span::InDay) {
        // It is kept in the day's own archive.
        item.fault(Message::new("fault-photo-in-day"));
    }
    let photo = photo.map_or(Some(None), |item| item.choice(&Photo::ALL).map(Some));
    let waive = match section.optional("waive") {
        Some(item) => {
            let roles = item.items(1..=ROLES.len());
            roles.and_then(|roles| roles.iter().map(|role| role.choice(&ROLES)).collect::<Option<Vec<_>>>())
        }
        None => Some(Vec::new()),
    };
    Some(StepRules {
        when: when?,
        for_each: for_each?,
        two_persons: two_persons?,
        note: note?,
        tone: tone?,
        photo: photo?,
        waive: waive?,
    })
}

fn choice<T: Copy>(section: &mut Section<'_>, key: &str, words: &[(&str, T)]) -> Option<Option<T>> {
    section.optional(key).map_or(Some(None), |item| item.choice(words).map(Some))
}

fn of_a_person(section: &mut Section<'_>, key: &str, kind: Option<StepKind>) -> Option<bool> {
    for_a_person(section, key, kind).map_or(Some(false), |item| item.boolean())
}

/// A rule for the person who confirms the step: nobody does that of an automatic one.
fn for_a_person<'a>(section: &mut Section<'a>, key: &str, kind: Option<StepKind>) -> Option<Item<'a>> {
    let item = section.optional(key);
    if let Some(item) = item.as_ref().filter(|_| kind == Some(StepKind::Automatic)) {
        item.fault(Message::new("fault-nobody-confirms"));
    }
    item
}

/// Only what `for_each` gives is named in the texts, and each title says which one it is.
fn placeholders(section: &mut Section<'_>, key: &str, text: Option<&Bilingual>, for_each: Option<Each>) {
    let (Some(text), Some(item)) = (text, section.optional(key)) else { return };
    let known = for_each.map_or(&[][..], Each::names);
    for text in [&text.ru, &text.en] {
        let wrong = text.match_indices('{').find_map(|(at, _)| {
            let rest = &text[at..];
            let known = known.iter().any(|name| rest.starts_with(name));
            (!known).then(|| rest.chars().take(20).collect::<String>())
        });
        if let Some(wrong) = wrong {
            let known = if known.is_empty() { "-".to_owned() } else { known.join(", ") };
            item.fault(Message::new("fault-placeholder").with("text", wrong).with("known", known));
        }
        let which = for_each.map(|each| each.names()[0]);
        if let Some(which) = which.filter(|which| key == "title" && !text.contains(which)) {
            item.fault(Message::new("fault-placeholder-missing").with("text", which));
        }
    }
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

    #[test]
    fn what_a_step_asks_for_is_read_and_what_makes_no_sense_is_named() {
        let head =
            "id = \"list\"\nversion = 1\nspan = \"before_day\"\nname = { ru = \"Имя\", en = \"Name\" }\n";
        let step = |title: &str, rest: &str| {
            let text = "{ ru = \"Имя\", en = \"Name\" }";
            let texts = ["text", "expected", "remedy"].map(|key| format!("{key} = {text}\n")).concat();
            let title = format!("title = {{ ru = \"{title}\", en = \"{title}\" }}\n");
            format!("[[steps]]\ndeadline_minutes = -20_160\nblocking = true\n{title}{texts}{rest}\n")
        };
        let read = |steps: &[String]| Checklist::read(&format!("{head}{}", steps.concat()), "list.toml");
        let sound = "id = \"a\"\nkind = \"manual\"\nwhen = \"sound\"\nfor_each = \"camera\"\n\
                     two_persons = true\nnote = true\nwaive = [\"point_head\"]";
        let list = read(&[step("{camera} in {room}", sound)]).unwrap();
        let rules = &list.steps[0].rules;
        assert_eq!((rules.when, rules.for_each), (Some(Fact::Sound), Some(Each::Camera)));
        assert!(rules.two_persons && rules.note && rules.waive.len() == 1);

        let faults = |steps: &[String]| {
            let faults = read(steps).unwrap_err();
            faults.0.iter().map(|fault| fault.message().id).collect::<Vec<_>>()
        };
        let manual = |rest: &str| format!("kind = \"manual\"\n{rest}");
        let many = manual("id = \"a\"\nfor_each = \"auditorium\"");
        let long = manual("id = \"a-very-long-name-of-a-step\"\nfor_each = \"camera\"");
        let nobody = "id = \"a\"\nkind = \"automatic\"\ncheck = \"clock\"\ntwo_persons = true";
        let views = "id = \"a\"\nkind = \"automatic\"\ncheck = \"references\"";
        for (steps, expected) in [
            (
                vec![step("{camera}", &many)],
                vec!["fault-placeholder"; 2].into_iter().chain(["fault-placeholder-missing"; 2]).collect(),
            ),
            (vec![step("Name", &many)], vec!["fault-placeholder-missing"; 2]),
            (vec![step("{room", &manual("id = \"a\""))], vec!["fault-placeholder"; 2]),
            (vec![step("{camera}", &long)], vec!["fault-too-long"]),
            (
                vec![step("{room}", &many), step("Name", &manual("id = \"a-0001\""))],
                vec!["fault-for-each-clash"],
            ),
            (vec![step("Name", nobody)], vec!["fault-nobody-confirms"]),
            (vec![step("Name", views)], vec!["fault-check-in-day"]),
            (vec![step("Name", &manual("id = \"a\"\nphoto = \"required\""))], vec!["fault-photo-in-day"]),
        ] {
            let mut found = faults(&steps);
            found.sort();
            let mut expected: Vec<&str> = expected;
            expected.sort();
            assert_eq!(found, expected, "{steps:?}");
        }
        let text = format!("{head}every_minutes = 60\n{}", step("Name", &manual("id = \"a\"")));
        let faults = Checklist::read(&text, "list.toml").unwrap_err();
        assert_eq!(faults.0[0].message().id, "fault-span-round");
    }
}
