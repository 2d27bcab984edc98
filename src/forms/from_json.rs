//! The values of a form, read back from the JSON that lies beside it in an archive.

use chrono::{DateTime, NaiveDate, NaiveTime};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::catalogue::{Catalogue, Kind};
use super::data::{Cell, FORMAT, FormData, Origin};
use super::sheet::MAX_ROWS;
use crate::checklist::Bilingual;
use crate::i18n::Message;

/// What is not the data of this form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the data of the form {0}")]
pub struct BadData(pub &'static str);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    form: String,
    format: u32,
    of: String,
    records: u64,
    head: String,
    at: String,
    fields: Map<String, Value>,
    tables: Map<String, Value>,
}

impl FormData {
    /// Reads what [`to_json`](Self::to_json) writes; what the catalogue does not know is left out.
    pub fn from_json(bytes: &[u8], catalogue: &'static Catalogue) -> Result<Self, BadData> {
        read(bytes, catalogue).ok_or(BadData(catalogue.id))
    }
}

fn read(bytes: &[u8], catalogue: &'static Catalogue) -> Option<FormData> {
    let Written { form, format, of, records, head, at, fields, tables } =
        serde_json::from_slice(bytes).ok()?;
    if form != catalogue.id || format != FORMAT {
        return None;
    }
    let at = DateTime::parse_from_rfc3339(&at).ok()?;
    let mut data = FormData::new(catalogue, Origin { of, records, head, at });
    for (id, kind) in catalogue.fields {
        if let Some(value) = fields.get(*id) {
            data.set(id, cell(value, *kind, catalogue)?);
        }
    }
    for (at, table) in catalogue.tables.iter().enumerate() {
        let rows = tables.get(table.id).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if rows.len() > MAX_ROWS {
            return None;
        }
        for row in rows {
            let value = |id: &str| row.get(id).unwrap_or(&Value::Null);
            let cells = table.columns.iter().map(|(id, kind)| cell(value(id), *kind, catalogue));
            data.push_row(at, cells.collect::<Option<_>>()?);
        }
    }
    Some(data)
}

fn cell(value: &Value, kind: Kind, catalogue: &'static Catalogue) -> Option<Cell> {
    Some(match value {
        Value::Null => Cell::Empty,
        Value::Bool(yes) => Cell::YesNo(*yes),
        Value::Number(number) => Cell::Number { value: number.as_i64()?, digits: 0 },
        Value::String(text) => of_text(text, kind, catalogue)?,
        Value::Object(object) if object.contains_key("id") => said(object)?,
        Value::Object(_) => Cell::Both(Bilingual::deserialize(value).ok()?),
        Value::Array(_) => return None,
    })
}

/// A time that a person typed may be none, and stays a text.
fn of_text(text: &str, kind: Kind, catalogue: &'static Catalogue) -> Option<Cell> {
    Some(match kind {
        Kind::Text | Kind::YesNo => Cell::Text(text.to_owned()),
        Kind::Number => decimal(text)?,
        Kind::Date => text.parse::<NaiveDate>().map_or_else(|_| Cell::Text(text.to_owned()), Cell::Date),
        Kind::Clock => {
            let time = NaiveTime::parse_from_str(text, "%H:%M");
            time.map_or_else(|_| Cell::Text(text.to_owned()), Cell::Clock)
        }
        Kind::Moment => {
            let at = DateTime::parse_from_rfc3339(text);
            at.map_or_else(|_| Cell::Text(text.to_owned()), Cell::Moment)
        }
        Kind::Word => match catalogue.words.iter().find(|word| **word == text) {
            Some(word) => Cell::Word(word),
            None => Cell::Text(text.to_owned()),
        },
    })
}

/// `99.87` is 9987 with two digits.
fn decimal(text: &str) -> Option<Cell> {
    let (whole, part) = text.split_once('.')?;
    let digits = u8::try_from(part.len()).ok().filter(|digits| *digits <= 9)?;
    let value = format!("{whole}{part}").parse().ok()?;
    Some(Cell::Number { value, digits })
}

/// A message, or one with a text in both languages for an argument.
fn said(object: &Map<String, Value>) -> Option<Cell> {
    let mut object = object.clone();
    let mut both = None;
    if let Some(Value::Object(args)) = object.get_mut("args") {
        let name = args.iter().find(|(_, value)| value.is_object()).map(|(name, _)| name.clone());
        if let Some(name) = name {
            let text = Bilingual::deserialize(args.remove(&name)?).ok()?;
            both = Some((name, text));
        }
    }
    let message = Message::deserialize(Value::Object(object)).ok()?;
    Some(match both {
        // The one argument that any form gives so.
        Some((name, text)) if name == "step" => Cell::SaidOf { message, argument: "step", text },
        Some(_) => return None,
        None => Cell::Said(message),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::trial;

    #[test]
    fn what_was_written_is_read_back_to_the_byte() {
        let data = trial::data(&["Орлов Пётр", "Лугов"]);
        let json = data.to_json();
        assert_eq!(FormData::from_json(&json, data.catalogue).unwrap().to_json(), json);
    }

    #[test]
    fn what_is_no_form_s_data_is_refused() {
        let data = trial::data(&["Орлов Пётр", "Лугов"]);
        let json = String::from_utf8(data.to_json()).unwrap();
        let others = [
            json.replace("\"format\": 1", "\"format\": 2"),
            json.replace("\"form\":", "\"from\":"),
            json.replacen("\"at\": \"2", "\"at\": \"x", 1),
            "[]".to_owned(),
            String::new(),
        ];
        for other in others {
            assert_ne!(other, json);
            assert!(FormData::from_json(other.as_bytes(), data.catalogue).is_err(), "{other:.80}");
        }
    }
}
