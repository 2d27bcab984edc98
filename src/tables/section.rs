//! A table and its values, looked at key by key.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::fault::{Collector, Spot};
use crate::i18n::{Arg, Message};

/// One table. Every key that is asked for is known; [`Section::finish`] faults the others.
#[derive(Debug)]
pub struct Section<'a> {
    table: &'a DeTable<'a>,
    spot: Spot,
    known: BTreeSet<String>,
    collector: &'a Collector<'a>,
}

/// One value with its place. The methods that want it to be something fault it if it is not.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    value: &'a DeValue<'a>,
    pub spot: Spot,
    collector: &'a Collector<'a>,
}

impl<'a> Section<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, spot: Spot, collector: &'a Collector<'a>) -> Self {
        Self { table, spot, known: BTreeSet::new(), collector }
    }

    /// Where the table begins.
    pub fn spot(&self) -> &Spot {
        &self.spot
    }

    /// The value of a key that may be absent.
    pub fn optional(&mut self, key: &str) -> Option<Item<'a>> {
        self.known.insert(key.to_owned());
        self.table.get_key_value(key).map(|(name, value)| self.item(name, value))
    }

    /// The value of a key that must be there.
    pub fn required(&mut self, key: &str) -> Option<Item<'a>> {
        let item = self.optional(key);
        if item.is_none() {
            let spot = Spot { line: self.spot.line, key: self.path(key) };
            self.collector.add(&spot, Message::new("fault-missing"));
        }
        item
    }

    /// Every key there is with its value, for tables whose keys are names.
    pub fn entries(&mut self) -> Vec<(&'a str, Item<'a>)> {
        let table = self.table;
        self.known.extend(table.keys().map(|name| name.get_ref().to_string()));
        table.iter().map(|(name, value)| (name.get_ref().as_ref(), self.item(name, value))).collect()
    }

    pub fn fault(&self, spot: &Spot, problem: Message) {
        self.collector.add(spot, problem);
    }

    /// Faults every key that nobody asked for.
    pub fn finish(&mut self) {
        for (name, value) in
            self.table.iter().filter(|(name, _)| !self.known.contains(name.get_ref().as_ref()))
        {
            let known = self.known.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            self.item(name, value).fault(Message::new("fault-unknown-key").with("known", known));
        }
    }

    fn item(&self, name: &Spanned<Cow<'a, str>>, value: &'a Spanned<DeValue<'a>>) -> Item<'a> {
        let line = self.collector.line(name.span().start);
        let spot = Spot { line, key: self.path(name.get_ref()) };
        Item { value: value.get_ref(), spot, collector: self.collector }
    }

    fn path(&self, key: &str) -> String {
        // A key is as foreign as any value: what is shown of it stays short.
        let key: String = key.chars().take(80).collect();
        if self.spot.key.is_empty() { key } else { format!("{}.{key}", self.spot.key) }
    }
}

impl<'a> Item<'a> {
    pub fn fault(&self, problem: Message) {
        self.collector.add(&self.spot, problem);
    }

    /// A text of one line with something in it, at most `max` characters.
    pub fn text(&self, max: usize) -> Option<String> {
        let text = self.raw_text()?;
        if text.trim().is_empty() {
            self.fault(Message::new("fault-empty"));
        } else if text.chars().count() > max {
            self.fault(Message::new("fault-too-long").with("max", max));
        } else if text.chars().any(char::is_control) {
            self.fault(Message::new("fault-control"));
        } else {
            return Some(text.to_owned());
        }
        None
    }

    /// A text that `T` understands; its error says what would be right.
    pub fn parsed<T: FromStr<Err: Into<Message>>>(&self) -> Option<T> {
        self.understood(|text| text.parse().map_err(Into::into))
    }

    /// A text that `understand` takes; its error says what would be right.
    pub fn understood<T>(&self, understand: impl FnOnce(&str) -> Result<T, Message>) -> Option<T> {
        let text = self.raw_text()?;
        match understand(text) {
            Ok(value) => Some(value),
            Err(mut problem) => {
                // A problem that brings its own text has a reason, such as a password in this one.
                let shown = || Arg::Text(text.chars().take(80).collect());
                problem.args.entry("text".to_owned()).or_insert_with(shown);
                self.fault(problem);
                None
            }
        }
    }

    /// One of these words.
    pub fn choice<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let text = self.raw_text()?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let shown: String = text.chars().take(80).collect();
            let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            self.fault(Message::new("fault-choice").with("text", shown).with("known", known));
        }
        found.map(|(_, value)| *value)
    }

    /// A whole number within the range.
    pub fn integer<T>(&self, range: RangeInclusive<T>) -> Option<T>
    where
        T: TryFrom<i64> + PartialOrd + Display,
    {
        let DeValue::Integer(written) = self.value else {
            return self.wrong_type("integer");
        };
        let value = as_i64(written).and_then(|value| T::try_from(value).ok()).filter(|v| range.contains(v));
        if value.is_none() {
            let (min, max) = (range.start().to_string(), range.end().to_string());
            self.fault(Message::new("fault-range").with("min", min).with("max", max));
        }
        value
    }

    pub fn boolean(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(value) => Some(*value),
            _ => self.wrong_type("boolean"),
        }
    }

    pub fn section(&self) -> Option<Section<'a>> {
        match self.value {
            DeValue::Table(table) => Some(Section::new(table, self.spot.clone(), self.collector)),
            _ => self.wrong_type("table"),
        }
    }

    /// The values of an array of `min` to `max` values.
    pub fn items(&self, count: RangeInclusive<usize>) -> Option<Vec<Item<'a>>> {
        let DeValue::Array(array) = self.value else {
            return self.wrong_type("array");
        };
        if !count.contains(&array.len()) {
            let (min, max) = (*count.start(), *count.end());
            self.fault(Message::new("fault-count").with("min", min).with("max", max));
            return None;
        }
        let item = |(i, value): (usize, &'a Spanned<DeValue<'a>>)| Item {
            value: value.get_ref(),
            spot: Spot {
                line: self.collector.line(value.span().start),
                key: format!("{}[{}]", self.spot.key, i + 1),
            },
            collector: self.collector,
        };
        Some(array.iter().enumerate().map(item).collect())
    }

    /// An array of tables, each read by `read`. A value that is no table is faulted and left out.
    pub fn sections<T>(
        &self,
        count: RangeInclusive<usize>,
        mut read: impl FnMut(&mut Section<'a>) -> T,
    ) -> Option<Vec<T>> {
        let read_item = |item: Item<'a>| {
            let mut section = item.section()?;
            let value = read(&mut section);
            section.finish();
            Some(value)
        };
        Some(self.items(count)?.into_iter().filter_map(read_item).collect())
    }

    fn raw_text(&self) -> Option<&'a str> {
        match self.value {
            DeValue::String(text) => Some(text.as_ref()),
            _ => self.wrong_type("string"),
        }
    }

    fn wrong_type<T>(&self, wanted: &str) -> Option<T> {
        self.fault(Message::new("fault-type").with("wanted", wanted));
        None
    }
}

fn as_i64(written: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(written.as_str(), written.radix()).ok()
}
