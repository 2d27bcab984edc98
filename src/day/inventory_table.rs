//! The register as a table: what is read from one that another program saved, and what is written for one.

use std::collections::BTreeMap;

use super::Card;
use crate::i18n::{Language, Message};
use crate::journal::{Item, ItemState};
use crate::point::InventoryNumber;
#[cfg(feature = "station")]
use crate::tables::xlsx;
use crate::tables::{Row, csv};

/// Rows of one table.
const MOST_ROWS: usize = 100_000;
/// Faults that are told; a table with more is not the one that was meant.
const MOST_FAULTS: usize = 100;
/// Longest text of a field, in characters.
const MOST_CHARS: usize = 200;

/// A column, with what people write above it: first the names that are written by this program.
struct Column {
    ru: &'static str,
    en: &'static str,
    also: &'static [&'static str],
    get: fn(&Item) -> &str,
}

const NUMBER: usize = 0;
const KIND: usize = 2;
const STATE: usize = 6;

/// In the order in which they are written.
const COLUMNS: [Column; 8] = [
    Column {
        ru: "инвентарный номер",
        en: "inventory number",
        also: &["инв. номер", "инв. №", "инв №", "number"],
        get: |item| item.number.as_str(),
    },
    Column {
        ru: "серийный номер",
        en: "serial number",
        also: &["заводской номер", "зав. №", "serial"],
        get: |item| &item.serial,
    },
    Column { ru: "вид", en: "kind", also: &["тип", "type"], get: |item| &item.kind },
    Column {
        ru: "наименование", en: "name", also: &["название", "модель", "model"], get: |item| &item.name
    },
    Column {
        ru: "место",
        en: "place",
        also: &["помещение", "кабинет", "аудитория", "room"],
        get: |item| &item.place,
    },
    Column {
        ru: "у кого",
        en: "holder",
        also: &["ответственный", "мол", "держатель"],
        get: |item| &item.holder,
    },
    Column { ru: "состояние", en: "state", also: &["статус", "status"], get: |_| "" },
    Column { ru: "назначение", en: "role", also: &["роль"], get: |item| &item.role },
];

const STATES: [(ItemState, &str, &str, &[&str]); 4] = [
    (ItemState::InUse, "в работе", "in use", &["", "исправно", "используется"]),
    (ItemState::Reserve, "резерв", "reserve", &["в резерве", "запас", "spare"]),
    (ItemState::Repair, "ремонт", "repair", &["в ремонте", "неисправно", "broken"]),
    (ItemState::WrittenOff, "списано", "written off", &["списан"]),
];

/// The pieces that a table lists, CSV or XLSX, or what is wrong with it, each fault with its line.
pub fn items_of(bytes: &[u8]) -> Result<Vec<Item>, Vec<Message>> {
    let mut rows = rows_of(bytes).map_err(|fault| vec![fault])?.into_iter();
    let Some(head) = rows.next() else { return Err(vec![Message::new("inventory-empty")]) };
    let mut faults = Vec::new();
    let mut places = [None; COLUMNS.len()];
    for (at, name) in head.fields.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
        match COLUMNS.iter().position(|column| column.is_called(name)) {
            Some(column) if places[column].is_none() => places[column] = Some(at),
            Some(_) => faults.push(Message::new("inventory-column-twice").with("name", shown(name))),
            None => faults.push(Message::new("inventory-column-unknown").with("name", shown(name))),
        }
    }
    for column in [NUMBER, KIND].into_iter().filter(|column| places[*column].is_none()) {
        let name = COLUMNS[column].ru;
        faults
            .push(Message::new("inventory-column-missing").with("name", name).with("or", COLUMNS[column].en));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut items = Vec::with_capacity(rows.len());
    let mut seen: BTreeMap<InventoryNumber, usize> = BTreeMap::new();
    for row in rows {
        let field =
            |column: usize| places[column].and_then(|at| row.fields.get(at)).map_or("", String::as_str);
        match item(row.line, &field) {
            Ok(item) => match seen.insert(item.number.clone(), row.line) {
                Some(first) => faults.push(
                    Message::new("inventory-twice")
                        .with("line", row.line)
                        .with("number", item.number.as_str())
                        .with("first", first),
                ),
                None => items.push(item),
            },
            Err(fault) => faults.push(fault),
        }
        if faults.len() == MOST_FAULTS {
            break;
        }
    }
    if faults.is_empty() { Ok(items) } else { Err(faults) }
}

fn rows_of(bytes: &[u8]) -> Result<Vec<Row>, Message> {
    #[cfg(feature = "station")]
    if xlsx::is_one(bytes) {
        return xlsx::read(bytes, MOST_ROWS + 1).map_err(|fault| fault.message());
    }
    csv::read(bytes, MOST_ROWS + 1).map_err(|fault| fault.message())
}

fn item<'a>(line: usize, field: &dyn Fn(usize) -> &'a str) -> Result<Item, Message> {
    let number = field(NUMBER);
    let at = |id: &str| Message::new(id).with("line", line);
    let number: InventoryNumber = csv::unmarked(number.trim())
        .parse()
        .map_err(|_| at("inventory-number").with("number", shown(number)))?;
    let text = |column: usize| {
        let text = line_of(csv::unmarked(field(column).trim()));
        match text.chars().count() > MOST_CHARS {
            true => Err(at("inventory-too-long").with("name", COLUMNS[column].ru).with("max", MOST_CHARS)),
            false => Ok(text),
        }
    };
    let kind = text(KIND)?;
    if kind.is_empty() {
        return Err(at("inventory-no-kind"));
    }
    let written = field(STATE).trim().to_lowercase();
    let state = STATES
        .iter()
        .find(|(_, ru, en, also)| *ru == written || *en == written || also.contains(&written.as_str()));
    let Some((state, ..)) = state else {
        let known = STATES.map(|(_, ru, en, _)| format!("{ru} ({en})")).join(", ");
        return Err(at("inventory-state-unknown").with("text", shown(field(STATE))).with("known", known));
    };
    Ok(Item {
        number,
        serial: text(1)?,
        kind,
        name: text(3)?,
        place: text(4)?,
        holder: text(5)?,
        state: *state,
        role: text(7)?,
    })
}

/// These pieces as CSV, with a head; UTF-8 with the mark by which programs know it.
pub fn csv_of<'a>(cards: impl IntoIterator<Item = &'a Card>, language: Language) -> String {
    let rows = cards.into_iter().map(|card| csv::row(fields(card, language)));
    format!("\u{feff}{}", csv::row(head(language))) + &rows.collect::<String>()
}

/// The same as a workbook; what its writer says of why it can't be.
#[cfg(feature = "station")]
pub fn xlsx_of<'a>(cards: impl IntoIterator<Item = &'a Card>, language: Language) -> Result<Vec<u8>, String> {
    let name = match language {
        Language::Ru => "Оборудование",
        Language::En => "Equipment",
    };
    let rows = cards.into_iter().map(|card| fields(card, language));
    xlsx::write(name, std::iter::once(head(language)).chain(rows)).map_err(|error| error.to_string())
}

fn head(language: Language) -> [&'static str; COLUMNS.len()] {
    COLUMNS.each_ref().map(|column| match language {
        Language::Ru => column.ru,
        Language::En => column.en,
    })
}

fn fields(card: &Card, language: Language) -> [&str; COLUMNS.len()] {
    let state = STATES.iter().find(|(state, ..)| *state == card.item.state);
    let state = state.map_or("", |(_, ru, en, _)| match language {
        Language::Ru => ru,
        Language::En => en,
    });
    std::array::from_fn(|at| if at == STATE { state } else { (COLUMNS[at].get)(&card.item) })
}

impl Column {
    fn is_called(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        self.ru == name || self.en == name || self.also.contains(&name.as_str())
    }
}

/// One line, and nothing but characters.
fn line_of(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// As much of a foreign text as a message takes.
fn shown(text: &str) -> String {
    line_of(text).chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Инв. номер;Вид;Наименование;У кого;Состояние\n";

    fn faults(text: &str) -> Vec<String> {
        items_of(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_table_is_read_with_the_names_that_people_write_and_written_back() {
        let emoji = "Очень длинное имя 🎓 \u{202e}אב".to_owned() + &"я".repeat(150);
        let text = format!("{HEAD}0101;камера;\"HD; 720p\";{emoji};\n0102;ноутбук;=1;;Резерв\n");
        let items = items_of(text.as_bytes()).unwrap();
        assert_eq!((items[0].holder.as_str(), items[0].state), (emoji.as_str(), ItemState::InUse));
        assert_eq!((items[1].name.as_str(), items[1].state), ("=1", ItemState::Reserve));
        let card = |item: &Item| Card { item: item.clone(), changed_ms: 0, by: None, counted_ms: None };
        let cards: Vec<Card> = items.iter().map(card).collect();
        for language in Language::ALL {
            let table = csv_of(&cards, language);
            assert!(table.contains("'=1"), "no formula: {table}");
            assert_eq!(items_of(table.as_bytes()).unwrap(), items);
            assert_eq!(items_of(&xlsx_of(&cards, language).unwrap()).unwrap(), items);
        }
    }

    #[test]
    fn every_row_that_is_wrong_is_told_with_its_line() {
        let told = faults(&format!("{HEAD}1;камера;;;\n;камера;;;\n1;камера;;;\n2;;;;\n3;камера;;;лежит\n"));
        let expected = [
            "inventory-number line=3",
            "inventory-twice first=2 line=4",
            "inventory-no-kind line=5",
            "inventory-state-unknown",
        ];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        assert!(told.iter().zip(expected).all(|(told, expected)| told.starts_with(expected)), "{told:#?}");
        let long = "я".repeat(201);
        assert!(faults(&format!("{HEAD}1;камера;{long};;\n"))[0].starts_with("inventory-too-long line=2"));
        assert!(faults("Инв. номер;Цена\n1;2\n")[0].starts_with("inventory-column-unknown"));
        assert_eq!(faults("Номер")[..1], ["inventory-column-unknown name=\"Номер\""]);
        assert_eq!(faults(""), ["inventory-empty"]);
    }

    #[test]
    fn a_hundred_thousand_rows_are_read_and_one_more_is_refused() {
        let table = |rows: usize| {
            let rows: String =
                (0..rows).map(|row| format!("{row:06};камера;Камера HD;Орлов;резерв\n")).collect();
            format!("{HEAD}{rows}")
        };
        let items = items_of(table(100_000).as_bytes()).unwrap();
        assert_eq!(items.len(), 100_000);
        let card = |item: &Item| Card { item: item.clone(), changed_ms: 0, by: None, counted_ms: None };
        let cards: Vec<Card> = items.iter().map(card).collect();
        assert_eq!(items_of(&xlsx_of(&cards, Language::Ru).unwrap()).unwrap(), items);
        assert_eq!(faults(&table(100_001)), ["csv-too-many max=100001"]);
    }
}
