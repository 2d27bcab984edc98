//! A profile while somebody changes it: its text with every comment, what is wrong with it now, and the way back.
//!
//! Values are named as in faults, such as `cameras[2].room`, so that a fault finds the field it belongs to.

mod changes;
mod place;
mod usual;

use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

use super::profile::Profile;
use crate::tables::{Fault, Faults};

pub use changes::Change;
use place::Step;
pub use usual::usual;

/// So many steps lead back.
const MOST_STEPS_BACK: usize = 200;

/// What a value is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A text that may be left out: empty, its line goes.
    OptionalText,
    Number,
    /// A number that may be left out.
    OptionalNumber,
    Flag,
    /// A list of words with commas between; of an empty one the line goes.
    Words,
    /// Names, which may have blanks in them: those at an end are typed on the way to the next letter.
    Names,
    /// A list that has nothing in it, which says another thing than none.
    EmptyList,
}

impl Kind {
    fn is_optional(self) -> bool {
        matches!(self, Self::OptionalText | Self::OptionalNumber | Self::Words | Self::Names)
    }

    /// What is written. A number that is none is written as a text, and faulted as one.
    fn value(self, text: &str) -> Value {
        match self {
            Self::Flag => Value::from(text == "true"),
            Self::Number | Self::OptionalNumber => {
                text.trim().parse::<i64>().map_or_else(|_| Value::from(text), Value::from)
            }
            Self::Text | Self::OptionalText => Value::from(text),
            Self::Words => text.split(',').map(str::trim).collect(),
            Self::Names => text.split(',').map(str::trim_start).collect(),
            Self::EmptyList => Array::new().into(),
        }
    }
}

/// Whether the key is this one, or stands below it.
pub fn is_under(key: &str, above: &str) -> bool {
    key.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

pub struct Draft {
    /// As it was read.
    before: String,
    text: String,
    /// None while the text is no TOML.
    document: Option<DocumentMut>,
    faults: Vec<Fault>,
    /// Texts before each change, and what was changed then.
    back: Vec<(String, String)>,
}

impl Draft {
    pub fn new(text: String) -> Self {
        let mut draft = Self {
            before: text.clone(),
            text: String::new(),
            document: None,
            faults: Vec::new(),
            back: Vec::new(),
        };
        draft.take(text);
        draft
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_changed(&self) -> bool {
        self.text != self.before
    }

    /// Everything that is wrong with it, from its top to its end.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// What is wrong with this value, or with what is below it.
    pub fn faults_under<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Fault> {
        self.faults.iter().filter(move |fault| is_under(&fault.spot.key, key))
    }

    /// The values that differ from what was read, in the order of the file.
    pub fn changes(&self) -> Vec<Change> {
        changes::between(&self.before, &self.text)
    }

    /// Another text altogether, as somebody typed it.
    pub fn write(&mut self, text: String) {
        if text != self.text {
            self.remember("");
            self.take(text);
        }
    }

    /// A value as text; none if there is none.
    pub fn value(&self, key: &str) -> Option<String> {
        match place::item(self.root()?, &place::steps(key))?.as_value()? {
            Value::String(text) => Some(text.value().clone()),
            Value::Integer(number) => Some(number.value().to_string()),
            Value::Boolean(flag) => Some(flag.value().to_string()),
            Value::Array(words) if words.iter().all(Value::is_str) => {
                Some(words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","))
            }
            other => Some(other.to_string().trim().to_owned()),
        }
    }

    /// Puts a value there; its comment stays.
    pub fn set(&mut self, key: &str, text: &str, kind: Kind) {
        let value = kind.value(text);
        self.change(key, |root| {
            let steps = place::steps(key);
            let (Step::Key(name), way) = steps.split_last()? else { return None };
            let table = place::table_mut(root, way)?;
            if kind.is_optional() && text.trim().is_empty() {
                table.remove(name);
                return Some(());
            }
            match table.get_mut(name).and_then(Item::as_value_mut) {
                Some(old) => {
                    let decor = old.decor().clone();
                    *old = value;
                    *old.decor_mut() = decor;
                }
                None => drop(table.insert(name, Item::Value(value))),
            }
            Some(())
        });
    }

    /// Whether a word of the list has a comma in it: by that a field would part it.
    pub fn has_comma(&self, key: &str) -> bool {
        let words = self.root().and_then(|root| place::item(root, &place::steps(key))?.as_array());
        words.is_some_and(|words| words.iter().filter_map(Value::as_str).any(|word| word.contains(',')))
    }

    /// Whether the list of words has this one.
    pub fn has_word(&self, key: &str, word: &str) -> bool {
        let item = self.root().and_then(|root| place::item(root, &place::steps(key)));
        let words = item.and_then(Item::as_array);
        words.is_some_and(|words| words.iter().any(|known| known.as_str() == Some(word)))
    }

    /// Puts the word into the list, or takes it out; a list that gets empty goes.
    pub fn set_word(&mut self, key: &str, word: &str, on: bool) {
        self.change("", |root| {
            let steps = place::steps(key);
            let (Step::Key(name), way) = steps.split_last()? else { return None };
            let table = place::table_mut(root, way)?;
            let list =
                table.entry(name).or_insert_with(|| Item::Value(Array::new().into())).as_array_mut()?;
            list.retain(|known| known.as_str() != Some(word));
            if on {
                list.push(word);
            }
            if list.is_empty() {
                table.remove(name);
            }
            Some(())
        });
    }

    /// How many tables the list has.
    pub fn count(&self, list: &str) -> usize {
        let item = self.root().and_then(|root| place::item(root, &place::steps(list)));
        match item {
            Some(Item::ArrayOfTables(tables)) => tables.len(),
            Some(Item::Value(Value::Array(values))) => values.len(),
            _ => 0,
        }
    }

    /// Adds a table with these values at the list's end.
    pub fn add(&mut self, list: &str, values: &[(&str, &str, Kind)]) {
        self.change("", |root| place::add(root, list, values));
    }

    /// Takes the table out of the list, counted from 1. What is said above the first one is said above the next.
    pub fn remove(&mut self, list: &str, number: usize) {
        self.change("", |root| place::remove(root, list, number));
    }

    pub fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// As it was before the last change; letters typed into one field are one change.
    pub fn go_back(&mut self) {
        if let Some((_, text)) = self.back.pop() {
            self.take(text);
        }
    }

    fn root(&self) -> Option<&dyn TableLike> {
        self.document.as_ref().map(|document| document.as_table() as &dyn TableLike)
    }

    /// Changes the document; one that is none stays as it is.
    fn change(&mut self, key: &str, change: impl FnOnce(&mut dyn TableLike) -> Option<()>) {
        let Some(mut document) = self.document.clone() else { return };
        if change(document.as_table_mut()).is_some() {
            let text = document.to_string();
            if text != self.text {
                self.remember(key);
                self.take(text);
            }
        }
    }

    fn remember(&mut self, key: &str) {
        let goes_on = !key.is_empty() && self.back.last().is_some_and(|(last, _)| last == key);
        if !goes_on {
            self.back.push((key.to_owned(), self.text.clone()));
        }
        if self.back.len() > MOST_STEPS_BACK {
            self.back.remove(0);
        }
    }

    fn take(&mut self, text: String) {
        self.document = text.parse().ok();
        self.faults = match Profile::read(&text, "") {
            Ok(_) => Vec::new(),
            Err(Faults(faults)) => faults,
        };
        self.text = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::point::DEMO_PROFILE;

    fn demo() -> Draft {
        Draft::new(DEMO_PROFILE.to_owned())
    }

    /// The lines of `after` that are not in `before`, and the other way round.
    fn differ(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
        let not_in = |text: &str, other: &str| -> Vec<String> {
            text.lines()
                .filter(|line| !other.lines().any(|known| known == *line))
                .map(str::to_owned)
                .collect()
        };
        (not_in(before, after), not_in(after, before))
    }

    #[test]
    fn a_change_touches_its_own_line_and_every_comment_stays() {
        let mut draft = demo();
        assert!(draft.faults().is_empty() && !draft.is_changed());
        draft.set("name", "Школа № 7", Kind::Text);
        draft.set("rooms[2].name", "Класс", Kind::Text);
        draft.set("cameras[1].frames_per_second", "20", Kind::Number);
        draft.set("recording.health.black_seconds", "12", Kind::Number);
        let (old, new) = differ(DEMO_PROFILE, draft.text());
        // The other camera has as many frames as this one had.
        assert_eq!((old.len(), new.len()), (3, 4), "{old:#?} {new:#?}");
        assert_eq!(new[0], "name = \"Школа № 7\"");
        assert!(new[1].ends_with("zone = \"auditorium\", name = \"Класс\" },"), "{new:#?}");
        assert_eq!(draft.value("rooms[2].name").as_deref(), Some("Класс"));
        assert!(draft.faults().is_empty(), "{:?}", draft.faults());
        let keys: Vec<String> = draft.changes().into_iter().map(|change| change.key).collect();
        let expected = [
            "name",
            "rooms[0003].name",
            "cameras[corridor].frames_per_second",
            "recording.health.black_seconds",
        ];
        assert_eq!(keys, expected);
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        let mut draft = demo();
        draft.set("cameras[2].room", "9999", Kind::Text);
        draft.set("cameras[1].width", "wide", Kind::Number);
        draft.set("region", "", Kind::Text);
        let at = |key: &str| draft.faults_under(key).map(|fault| fault.message().id).collect::<Vec<_>>();
        assert_eq!(at("cameras[2].room"), ["fault-unknown-room"]);
        assert_eq!(at("cameras[1].width"), ["fault-type"]);
        assert_eq!(at("cameras[1]").len(), 1);
        assert_eq!(at("region").len(), 1);
        assert_eq!(at("cameras[2].name").len(), 0);
        assert_eq!(draft.value("cameras[1].width").as_deref(), Some("wide"), "what was typed stays");
    }

    #[test]
    fn tables_come_and_go_in_either_way_of_writing() {
        let mut draft = demo();
        let room = [("number", "0005", Kind::Text), ("zone", "gate", Kind::Text), ("name", "N", Kind::Text)];
        draft.add("rooms", &room);
        draft.add("people", &[("id", "second", Kind::Text), ("name", "N", Kind::Text)]);
        assert_eq!((draft.count("rooms"), draft.count("people")), (6, 6));
        assert_eq!(draft.value("rooms[6].number").as_deref(), Some("0005"));
        assert_eq!(draft.faults_under("people[6]").count(), 2, "post and role are missing");
        assert!(draft.text().contains("\n    { number = \"0005\", zone = \"gate\", name = \"N\" }"));
        draft.remove("people", 6);
        draft.remove("rooms", 1);
        draft.remove("cameras", 1);
        assert!(draft.faults().is_empty(), "{:?}", draft.faults());
        assert_eq!(draft.value("cameras[1].id").as_deref(), Some("entrance"));
        assert!(draft.text().contains("# source: usb:0"), "what is said above the list stays");
    }

    #[test]
    fn words_come_and_go_in_their_list() {
        let mut draft = demo();
        draft.set_word("rights.technician", "waive", true);
        draft.set_word("rights.technician", "plan", false);
        assert!(draft.has_word("rights.technician", "waive") && !draft.has_word("rights.technician", "plan"));
        let line = "technician = [\"check\", \"start\", \"access\", \"seal\", \"write_code\", \"waive\"]";
        assert!(draft.text().replace("[ ", "[").contains(line), "{}", draft.text());
        draft.set_word("archive.countersignatures", "head", true);
        assert!(draft.text().contains("[archive]\ncountersignatures = [\"head\"]"), "{}", draft.text());
        draft.set_word("archive.countersignatures", "head", false);
        draft.set_word("rights.organiser", "check", true);
        assert!(draft.faults().is_empty(), "{:?}", draft.faults());
        for right in ["stop", "second_sign", "write_code"] {
            draft.set_word("rights.commission_member", right, false);
        }
        assert_eq!(draft.value("rights.commission_member"), None);
    }

    #[test]
    fn lists_within_tables_and_lists_of_words_are_changed_in_their_place() {
        let mut draft = demo();
        draft.set("timetable.phases[2].at_minutes", "-100", Kind::Number);
        draft.remove("timetable.phases", 1);
        assert_eq!(draft.value("timetable.phases[1].at_minutes").as_deref(), Some("-100"));
        let kind = [("id", "fire", Kind::Text), ("ru", "дым", Kind::Text), ("en", "smoke", Kind::Text)];
        draft.add("requests.categories", &kind);
        draft.set("requests.categories[1].minutes", "1", Kind::Number);
        draft.set("requests.categories[1].head_minutes", "2", Kind::Number);
        assert!(draft.text().contains("[[requests.categories]]\nid = \"fire\""), "{}", draft.text());
        draft.set("timetable.exams", "2026-05-29, 2026-06-02", Kind::Words);
        assert_eq!(draft.value("timetable.exams").as_deref(), Some("2026-05-29,2026-06-02"));
        draft.set("timetable.longer.0001", "60", Kind::OptionalNumber);
        draft.set("zones.auditorium.cameras", "0", Kind::OptionalNumber);
        assert!(draft.faults().is_empty(), "{:?}", draft.faults());
        draft.set("archive.recipients", "nobody", Kind::Words);
        assert_eq!(draft.faults_under("archive.recipients").count(), 1);
        draft.set("archive.recipients", "", Kind::Words);
        draft.set("timetable.exams", "", Kind::Words);
        draft.remove("requests.categories", 1);
        assert!(draft.faults().is_empty(), "{:?}", draft.faults());
        assert_eq!(draft.value("timetable.exams"), None);
    }

    #[test]
    fn names_keep_their_blanks_while_they_are_typed_and_an_empty_list_is_another_thing_than_none() {
        let (mut draft, key) = (demo(), "checks.usb_media.allowed");
        for typed in ["SanDisk ", "SanDisk U", "SanDisk Ultra, ", "SanDisk Ultra, Kingston"] {
            draft.set(key, typed, Kind::Names);
        }
        assert_eq!(draft.value(key).as_deref(), Some("SanDisk Ultra,Kingston"));
        draft.set(key, "SanDisk ", Kind::Names);
        assert_eq!(draft.value(key).as_deref(), Some("SanDisk "), "the next letter is to come");
        let allowed = |draft: &Draft| Profile::read(draft.text(), "").unwrap().checks.usb_media.allowed;
        assert_eq!(allowed(&draft), Some(vec!["SanDisk".to_owned()]));
        draft.set(key, "", Kind::EmptyList);
        assert_eq!((draft.value(key).as_deref(), allowed(&draft)), (Some(""), Some(Vec::new())));
        draft.set(key, "", Kind::Names);
        assert_eq!((draft.value(key), allowed(&draft)), (None, None));
    }

    #[test]
    fn each_step_leads_back() {
        let mut draft = demo();
        for typed in ["Ш", "Шк", "Шко"] {
            draft.set("name", typed, Kind::Text);
        }
        draft.set("archive.backup.daily", "/srv/daily", Kind::OptionalText);
        assert!(draft.text().contains("[archive.backup]\ndaily = \"/srv/daily\""), "{}", draft.text());
        assert!(draft.faults().is_empty(), "{:?}", draft.faults());
        draft.write("no TOML [".to_owned());
        assert_eq!(draft.faults().len(), 1);
        draft.set("name", "nothing to change", Kind::Text);
        draft.go_back();
        draft.go_back();
        assert_eq!(draft.value("name").as_deref(), Some("Шко"));
        draft.go_back();
        assert_eq!(draft.text(), DEMO_PROFILE);
        assert!(!draft.can_go_back() && draft.changes().is_empty());
    }
}
