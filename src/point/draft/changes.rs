//! What differs between two texts of a profile, value by value.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// A value that is another one now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// As in faults, but with a table of a list called by its own name: `cameras[entrance].room`.
    pub key: String,
    /// None: there was none.
    pub before: Option<String>,
    /// None: there is none any more.
    pub after: Option<String>,
}

/// Keys that tell one table of a list from another.
const NAMES: [&str; 2] = ["id", "number"];

/// The values that came or changed, then those that went. Of a text that is no TOML nothing can be said.
pub(super) fn between(before: &str, after: &str) -> Vec<Change> {
    let (old, new) = (values(before), values(after));
    let find = |values: &[(String, String)], key: &str| {
        values.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
    };
    let come = new.iter().filter_map(|(key, value)| {
        let before = find(&old, key);
        let differs = before.as_ref() != Some(value);
        differs.then(|| Change { key: key.clone(), before, after: Some(value.clone()) })
    });
    let gone = old.iter().filter(|(key, _)| find(&new, key).is_none());
    let gone = gone.map(|(key, value)| Change { key: key.clone(), before: Some(value.clone()), after: None });
    come.chain(gone).collect()
}

/// Every value by its key, in the order of the text.
fn values(text: &str) -> Vec<(String, String)> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut found = Vec::new();
    if errors.is_empty() {
        of_table(table.get_ref(), "", &mut found);
    }
    found.sort_by_key(|(at, _, _)| *at);
    found.into_iter().map(|(_, key, value)| (key, value)).collect()
}

type Found = Vec<(usize, String, String)>;

fn of_table(table: &DeTable<'_>, above: &str, found: &mut Found) {
    for (name, value) in table {
        let name = name.get_ref();
        let key = if above.is_empty() { name.to_string() } else { format!("{above}.{name}") };
        of_value(value, key, found);
    }
}

fn of_value(value: &Spanned<DeValue<'_>>, key: String, found: &mut Found) {
    let at = value.span().start;
    match value.get_ref() {
        DeValue::Table(table) => of_table(table, &key, found),
        DeValue::Array(array) if array.iter().any(|value| value.get_ref().is_table()) => {
            of_list(array, &key, found);
        }
        DeValue::Array(array) => {
            let texts: Vec<_> = array.iter().map(|value| plain(value.get_ref())).collect();
            found.push((at, key, texts.join(", ")));
        }
        other => found.push((at, key, plain(other))),
    }
}

fn of_list(array: &DeArray<'_>, above: &str, found: &mut Found) {
    for (number, value) in (1..).zip(array.iter()) {
        let name = match value.get_ref() {
            DeValue::Table(table) => NAMES.iter().find_map(|name| Some(plain(table.get(*name)?.get_ref()))),
            _ => None,
        };
        let name = name.unwrap_or_else(|| number.to_string());
        of_value(value, format!("{above}[{name}]"), found);
    }
}

fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(values) => {
            values.iter().map(|value| plain(value.get_ref())).collect::<Vec<_>>().join(", ")
        }
        DeValue::Table(table) => {
            let entry = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
                let name: &std::borrow::Cow<'_, str> = name.get_ref();
                format!("{name} = {}", plain(value.get_ref()))
            };
            table.iter().map(entry).collect::<Vec<_>>().join(", ")
        }
    }
}
