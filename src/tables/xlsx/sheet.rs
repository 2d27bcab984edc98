//! What stands in a workbook's files: which sheets there are, the texts that they share, the rows of one.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::XlsxFault;
use super::parts::MOST_BYTES;
use crate::tables::Row;

/// A table of equipment has fewer.
pub(super) const MOST_COLUMNS: usize = 256;
/// Longest text of a cell, in bytes: the format knows 32,767 characters.
const MOST_CELL_BYTES: usize = 4 * 32_767;

/// The sheets' names for their files, in order.
pub(super) fn ids(text: impl BufRead) -> Result<Vec<String>, XlsxFault> {
    let mut ids = Vec::new();
    walk(text, |_, event| {
        if let Walked::Begin(tag) = event
            && tag.local_name().as_ref() == b"sheet"
        {
            ids.extend(attribute(tag, b"id"));
        }
        Ok(())
    })?;
    Ok(ids)
}

/// Kind and place of every file that the workbook names.
pub(super) fn relations(text: impl BufRead) -> Result<BTreeMap<String, (String, String)>, XlsxFault> {
    let mut relations = BTreeMap::new();
    walk(text, |_, event| {
        if let Walked::Begin(tag) = event
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(tag, b"Id"), attribute(tag, b"Type"), attribute(tag, b"Target"))
        {
            relations.insert(id, (kind, target));
        }
        Ok(())
    })?;
    Ok(relations)
}

/// The texts that cells name by their number.
pub(super) fn shared_texts(text: impl BufRead) -> Result<Vec<String>, XlsxFault> {
    let mut texts: Vec<String> = Vec::new();
    let mut collects = Collects::default();
    walk(text, |_, event| {
        match event {
            Walked::Begin(tag) if tag.local_name().as_ref() == b"si" => texts.push(String::new()),
            Walked::Begin(tag) => collects.begin(tag.local_name().as_ref()),
            Walked::End(name) => collects.end(name),
            Walked::Text(text) if collects.now() => {
                texts.last_mut().ok_or(XlsxFault::Broken(0))?.push_str(text);
            }
            Walked::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(texts)
}

/// A cell while it is read.
struct Cell {
    column: usize,
    /// `s`: its text is the number of a shared one.
    kind: String,
    text: String,
}

pub(super) fn rows(text: impl BufRead, shared: &[String], max_rows: usize) -> Result<Vec<Row>, XlsxFault> {
    let mut rows = Vec::new();
    let mut row = Row { line: 0, fields: Vec::new() };
    let mut cell: Option<Cell> = None;
    let mut collects = Collects::default();
    let mut left_bytes = MOST_BYTES as usize;
    walk(text, |line, event| {
        match event {
            Walked::Begin(tag) => match tag.local_name().as_ref() {
                b"row" => {
                    let named = attribute(tag, b"r").and_then(|line| line.parse().ok());
                    *line = named.unwrap_or(*line + 1);
                    row = Row { line: *line, fields: Vec::new() };
                }
                b"c" => {
                    let named = attribute(tag, b"r").and_then(|place| column_of(&place));
                    let column = named.unwrap_or(row.fields.len());
                    if column >= MOST_COLUMNS {
                        return Err(XlsxFault::TooWide);
                    }
                    let kind = attribute(tag, b"t").unwrap_or_default();
                    cell = Some(Cell { column, kind, text: String::new() });
                }
                name => collects.begin(name),
            },
            Walked::Text(text) => {
                if let Some(cell) = cell.as_mut().filter(|_| collects.now()) {
                    cell.text.push_str(text);
                    if cell.text.len() > MOST_CELL_BYTES {
                        return Err(XlsxFault::Broken(*line));
                    }
                }
            }
            Walked::End(b"c") => {
                if let Some(cell) = cell.take() {
                    let column = cell.column;
                    let text = seen(cell, shared).ok_or(XlsxFault::Broken(*line))?;
                    left_bytes = left_bytes.checked_sub(text.len()).ok_or(XlsxFault::TooLong)?;
                    if row.fields.len() <= column {
                        row.fields.resize(column + 1, String::new());
                    }
                    row.fields[column] = text;
                }
            }
            Walked::End(b"row") => {
                if row.fields.iter().any(|field| !field.trim().is_empty()) {
                    if rows.len() == max_rows {
                        return Err(XlsxFault::TooManyRows(max_rows));
                    }
                    rows.push(Row { line: *line, fields: std::mem::take(&mut row.fields) });
                }
            }
            Walked::End(name) => collects.end(name),
        }
        Ok(())
    })?;
    Ok(rows)
}

/// The cell's text as its program shows it, as far as that takes no format. None: it names a shared text
/// that is not there.
fn seen(cell: Cell, shared: &[String]) -> Option<String> {
    match cell.kind.as_str() {
        "s" => shared.get(cell.text.trim().parse::<usize>().ok()?).cloned(),
        "" | "n" => Some(number(cell.text)),
        _ => Some(cell.text),
    }
}

/// A whole number as people write it: programs save 1010 as `1.01E3` too.
fn number(text: String) -> String {
    const WHOLE_TO: f64 = 9_007_199_254_740_992.0;
    match text.parse::<f64>() {
        Ok(value) if value.fract() == 0.0 && value.abs() < WHOLE_TO => format!("{value:.0}"),
        _ => text,
    }
}

/// `C7` is the column 2. None: no place of a cell.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    // Three letters name the last column that the format knows.
    let column = letters.take(4).fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    column.checked_sub(1)
}

/// Whether the text that comes now is a cell's, and not a formula's or a reading aid's.
#[derive(Default)]
struct Collects {
    in_text: bool,
    in_aid: bool,
}

impl Collects {
    fn begin(&mut self, name: &[u8]) {
        match name {
            b"v" | b"t" => self.in_text = true,
            b"rPh" => self.in_aid = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"v" | b"t" => self.in_text = false,
            b"rPh" => self.in_aid = false,
            _ => {}
        }
    }

    fn now(&self) -> bool {
        self.in_text && !self.in_aid
    }
}

/// What a file is made of, as far as it is looked at.
enum Walked<'a> {
    Begin(&'a BytesStart<'a>),
    Text(&'a str),
    /// The name of what ends.
    End(&'a [u8]),
}

/// Goes through a file to its end; `look` is given the row at hand and keeps it, for faults.
fn walk(
    text: impl BufRead,
    mut look: impl FnMut(&mut usize, Walked<'_>) -> Result<(), XlsxFault>,
) -> Result<(), XlsxFault> {
    let mut reader = Reader::from_reader(text);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut line = 0;
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(|error| fault(&error, line))?;
        let broken = || XlsxFault::Broken(line);
        match event {
            Event::Start(tag) => look(&mut line, Walked::Begin(&tag))?,
            Event::End(tag) => look(&mut line, Walked::End(tag.local_name().as_ref()))?,
            Event::Text(text) => {
                let text = text.xml10_content().map_err(|_| broken())?;
                look(&mut line, Walked::Text(&text))?;
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|_| broken())?;
                look(&mut line, Walked::Text(&text))?;
            }
            Event::GeneralRef(named) => {
                let char = meant(&named).ok_or_else(broken)?;
                look(&mut line, Walked::Text(char.encode_utf8(&mut [0; 4])))?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

/// A character that is named. None: a name that the file itself would have to explain; no workbook does.
fn meant(named: &BytesRef<'_>) -> Option<char> {
    if named.is_char_ref() {
        return named.resolve_char_ref().ok()?;
    }
    let name: &[u8] = named;
    match name {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => None,
    }
}

fn fault(error: &quick_xml::Error, line: usize) -> XlsxFault {
    match error {
        quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => XlsxFault::TooLong,
        _ => XlsxFault::Broken(line),
    }
}

/// An attribute by its name without what stands before a colon.
fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let mut attributes = tag.attributes().filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    String::from_utf8(found.value.into_owned()).ok()
}
