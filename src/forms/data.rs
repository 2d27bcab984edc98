//! What a form says of one day.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat};
use serde_json::{Map, Value, json};

use super::catalogue::Catalogue;
use crate::checklist::Bilingual;
use crate::i18n::Message;
use crate::signing::Digest;

/// Grows by one with every change of the JSON that an older reader could not read.
pub(super) const FORMAT: u32 = 1;

/// One value, in no person's language.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// A number with so many digits after the point: 9987 with 2 is 99.87.
    Number {
        value: i64,
        digits: u8,
    },
    Date(NaiveDate),
    Clock(NaiveTime),
    Moment(DateTime<FixedOffset>),
    YesNo(bool),
    /// One of the catalogue's words.
    Word(&'static str),
    /// Put into words in the form's language.
    Said(Message),
    /// The same, with a text of a profile or a checklist for the argument of that name.
    SaidOf {
        message: Message,
        argument: &'static str,
        text: Bilingual,
    },
    /// A text of a profile or a checklist.
    Both(Bilingual),
}

/// What the data was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The exam day, or what else the form is of.
    pub of: String,
    /// The journal's records that were read, and what they come to: the code of their RFC 6962 root.
    pub records: u64,
    pub head: String,
    /// Of the newest of those records.
    pub at: DateTime<FixedOffset>,
}

/// A form's values: a cell for every field, rows with a cell for every column of each table.
#[derive(Clone, Debug, PartialEq)]
pub struct FormData {
    pub catalogue: &'static Catalogue,
    pub origin: Origin,
    fields: Vec<Cell>,
    tables: Vec<Vec<Vec<Cell>>>,
}

impl FormData {
    /// Without any value yet.
    pub fn new(catalogue: &'static Catalogue, origin: Origin) -> Self {
        Self {
            fields: vec![Cell::Empty; catalogue.fields.len()],
            tables: vec![Vec::new(); catalogue.tables.len()],
            catalogue,
            origin,
        }
    }

    /// `field` is one of the catalogue.
    pub fn set(&mut self, field: &str, value: impl Into<Cell>) {
        let known = self.catalogue.field(field);
        debug_assert!(known.is_some(), "{} has a field {field}", self.catalogue.id);
        if let Some((at, _)) = known {
            self.fields[at] = value.into();
        }
    }

    /// `table` is one of the catalogue; the row has its cells in the catalogue's order.
    pub fn push<const COLUMNS: usize>(&mut self, table: &str, row: [Cell; COLUMNS]) {
        let known = self.catalogue.table(table);
        debug_assert!(known.is_some_and(|(_, entry)| entry.columns.len() == COLUMNS), "{table}: {COLUMNS}");
        if let Some((at, entry)) = known {
            let mut row = Vec::from(row);
            row.resize(entry.columns.len(), Cell::Empty);
            self.tables[at].push(row);
        }
    }

    /// A row of the catalogue's table of this place, with a cell for each of its columns.
    pub(super) fn push_row(&mut self, table: usize, row: Vec<Cell>) {
        if let Some(rows) = self.tables.get_mut(table) {
            rows.push(row);
        }
    }

    pub fn field(&self, at: usize) -> &Cell {
        self.fields.get(at).unwrap_or(&Cell::Empty)
    }

    pub fn rows(&self, table: usize) -> &[Vec<Cell>] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// The values for programs, always the same bytes for the same values.
    pub fn to_json(&self) -> Vec<u8> {
        let object = |entries: &[(&'static str, super::Kind)], cells: &[Cell]| -> Value {
            let named = entries.iter().zip(cells).map(|((id, _), cell)| ((*id).to_owned(), cell.to_json()));
            Value::Object(named.collect::<Map<_, _>>())
        };
        let tables = self.catalogue.tables.iter().zip(&self.tables).map(|(entry, rows)| {
            let rows = rows.iter().map(|row| object(entry.columns, row)).collect();
            (entry.id.to_owned(), Value::Array(rows))
        });
        let Origin { of, records, head, at } = &self.origin;
        let value = json!({
            "form": self.catalogue.id,
            "format": FORMAT,
            "of": of,
            "records": records,
            "head": head,
            "at": at.to_rfc3339_opts(SecondsFormat::Secs, true),
            "fields": object(self.catalogue.fields, &self.fields),
            "tables": tables.collect::<Map<_, _>>(),
        });
        let mut bytes = serde_json::to_vec_pretty(&value).expect("text keys and plain values are JSON");
        bytes.push(b'\n');
        bytes
    }

    /// SHA-256 of [`to_json`](Self::to_json): stands on the form.
    pub fn hash(&self) -> Digest {
        Digest::of(&self.to_json())
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A time of day as a person typed it; what is none stays a text.
    pub fn clock(typed: &str) -> Self {
        match NaiveTime::parse_from_str(typed, "%H:%M") {
            Ok(time) => Self::Clock(time),
            Err(_) => Self::text(typed),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => json!(text),
            Self::Number { value, digits: 0 } => json!(value),
            Self::Number { value, digits } => json!(decimal(*value, *digits, '.')),
            Self::Date(date) => json!(date.to_string()),
            Self::Clock(time) => json!(time.format("%H:%M").to_string()),
            Self::Moment(at) => json!(at.to_rfc3339_opts(SecondsFormat::Secs, true)),
            Self::YesNo(yes) => json!(yes),
            Self::Word(word) => json!(word),
            Self::Said(message) => json!(message),
            Self::SaidOf { message, argument, text } => {
                let mut said = json!(message);
                said["args"][*argument] = json!(text);
                said
            }
            Self::Both(both) => json!(both),
        }
    }
}

/// `9987` with two digits is `99.87`.
pub(super) fn decimal(value: i64, digits: u8, point: char) -> String {
    if digits == 0 {
        return value.to_string();
    }
    let digits = usize::from(digits.min(9));
    let sign = if value < 0 { "-" } else { "" };
    let all = format!("{:0width$}", value.unsigned_abs(), width = digits + 1);
    let (whole, part) = all.split_at(all.len() - digits);
    format!("{sign}{whole}{point}{part}")
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<Message> for Cell {
    fn from(message: Message) -> Self {
        Self::Said(message)
    }
}

macro_rules! numbers {
    ($($integer:ty),*) => {
        $(impl From<$integer> for Cell {
            fn from(value: $integer) -> Self {
                Self::Number { value: i64::try_from(value).unwrap_or(i64::MAX), digits: 0 }
            }
        })*
    };
}

numbers!(i64, u32, u64, usize);

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<DateTime<FixedOffset>> for Cell {
    fn from(at: DateTime<FixedOffset>) -> Self {
        Self::Moment(at)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::YesNo(yes)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_whole() {
        for (value, digits, text) in
            [(9987, 2, "99.87"), (5, 2, "0.05"), (-5, 1, "-0.5"), (0, 3, "0.000"), (7, 0, "7")]
        {
            assert_eq!(decimal(value, digits, '.'), text);
        }
    }

    #[test]
    fn a_message_about_a_text_keeps_it_in_both_languages() {
        let text = Bilingual { ru: "Часы".into(), en: "Clock".into() };
        let message = Message::new("event-step").with("step", "clock").with("tries", 2_u32);
        let cell = Cell::SaidOf { message, argument: "step", text };
        let said =
            json!({ "id": "event-step", "args": { "step": { "ru": "Часы", "en": "Clock" }, "tries": 2 } });
        assert_eq!(cell.to_json(), said);
    }

    #[test]
    fn what_is_no_time_of_day_stays_a_text() {
        assert!(matches!(Cell::clock("08:15"), Cell::Clock(_)));
        assert_eq!(Cell::clock("25:99"), Cell::Text("25:99".into()));
        assert_eq!(Cell::clock(""), Cell::Empty);
    }
}
