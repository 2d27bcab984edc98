//! Tables that other programs saved as text: CSV in UTF-8 or Windows-1251, with `;`, `,` or tabs between
//! (RFC 4180 as far as programs keep to it).

use super::Row;
use crate::i18n::Message;

/// Why a text is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvFault {
    #[error("neither UTF-8 nor Windows-1251 (line {0})")]
    Encoding(usize),
    #[error("a quote that is never closed (line {0})")]
    OpenQuote(usize),
    #[error("text behind a closed quote (line {0})")]
    BehindQuote(usize),
    #[error("more than {0} rows")]
    TooManyRows(usize),
}

impl CsvFault {
    pub fn message(self) -> Message {
        match self {
            Self::Encoding(line) => Message::new("csv-encoding").with("line", line),
            Self::OpenQuote(line) => Message::new("csv-open-quote").with("line", line),
            Self::BehindQuote(line) => Message::new("csv-behind-quote").with("line", line),
            Self::TooManyRows(max) => Message::new("csv-too-many").with("max", max),
        }
    }
}

/// Reads at most `max_rows`, the empty ones left out.
pub fn read(bytes: &[u8], max_rows: usize) -> Result<Vec<Row>, CsvFault> {
    let text = decode(bytes)?;
    let delimiter = delimiter_of(&text);
    let mut rows = Vec::new();
    let mut chars = text.chars().peekable();
    let mut line = 1;
    while chars.peek().is_some() {
        let begin = line;
        let mut fields = Vec::new();
        let mut field = String::new();
        // A field that begins with a quote ends with one.
        let mut quoted = false;
        loop {
            match chars.next() {
                Some('"') if field.is_empty() && !quoted => {
                    quoted = true;
                    in_quotes(&mut chars, &mut field, &mut line).ok_or(CsvFault::OpenQuote(begin))?;
                }
                Some(c) if c == delimiter => {
                    fields.push(std::mem::take(&mut field));
                    quoted = false;
                }
                Some('\r') if matches!(chars.peek(), Some('\n')) => {}
                Some('\n' | '\r') | None => break,
                Some(_) if quoted => return Err(CsvFault::BehindQuote(line)),
                Some(c) => field.push(c),
            }
        }
        line += 1;
        fields.push(field);
        if fields.iter().any(|field| !field.trim().is_empty()) {
            if rows.len() == max_rows {
                return Err(CsvFault::TooManyRows(max_rows));
            }
            rows.push(Row { line: begin, fields });
        }
    }
    Ok(rows)
}

/// The rest of a quoted field, where a quote is written twice. None: it never ends.
fn in_quotes(
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    field: &mut String,
    line: &mut usize,
) -> Option<()> {
    loop {
        match chars.next()? {
            '"' if chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => return Some(()),
            c => {
                *line += usize::from(c == '\n');
                field.push(c);
            }
        }
    }
}

/// What stands most often between the names in the first line.
fn delimiter_of(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let times = |delimiter: &char| first.matches(*delimiter).count();
    [',', '\t', ';'].into_iter().max_by_key(times).unwrap_or(';')
}

/// UTF-8 with or without a mark, else Windows-1251.
fn decode(bytes: &[u8]) -> Result<String, CsvFault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line_of = |at: usize| 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(CsvFault::Encoding(line_of(at)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let chars = bytes.iter().enumerate().map(|(at, byte)| from_1251(*byte).ok_or_else(|| line_of(at)));
    chars.collect::<Result<String, usize>>().map_err(CsvFault::Encoding)
}

/// 0x80 to 0xBF of Windows-1251; 0x98 stands for nothing.
const UPPER_1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

fn from_1251(byte: u8) -> Option<char> {
    match byte {
        0..0x80 => Some(char::from(byte)),
        0x80..0xC0 => UPPER_1251.chars().nth(usize::from(byte - 0x80)).filter(|c| *c != '\u{fffd}'),
        0xC0.. => char::from_u32(0x410 + u32::from(byte - 0xC0)),
    }
}

/// A row for a program that opens tables: `;` between, quotes where they are needed, and what such a
/// program would take for a formula marked as text by an apostrophe.
pub fn row<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let quoted = fields.into_iter().map(|field| {
        let field = if is_formula(field) { format!("'{field}") } else { field.to_owned() };
        match field.contains(['"', ';', '\n', '\r']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => field,
        }
    });
    quoted.collect::<Vec<_>>().join(";") + "\r\n"
}

/// The text of a field as it was before [`row`] marked it.
pub fn unmarked(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(field)
}

fn is_formula(field: &str) -> bool {
    field.starts_with(['=', '+', '-', '@', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes, 100).unwrap().into_iter().map(|row| row.fields).collect()
    }

    #[test]
    fn both_encodings_and_all_three_delimiters_are_read() {
        let rows = vec![vec!["номер", "имя №1"], vec!["1", "а;б \"в\"\nг, ё"]];
        let text = "номер;имя №1\r\n1;\"а;б \"\"в\"\"\nг, ё\"\r\n\r\n";
        assert_eq!(fields(text.as_bytes()), rows);
        assert_eq!(fields(format!("\u{feff}{text}").as_bytes()), rows);
        let legacy = |c: char| (0..=255).find(|byte| from_1251(*byte) == Some(c)).unwrap();
        assert_eq!(fields(&text.chars().map(legacy).collect::<Vec<u8>>()), rows);
        assert_eq!(fields(b"a,b\nc,d"), [["a", "b"], ["c", "d"]]);
        assert_eq!(fields(b"a\tb\nc\td;e"), [["a", "b"], ["c", "d;e"]]);
        let lines: Vec<_> = read(text.as_bytes(), 9).unwrap().iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 2]);
    }

    #[test]
    fn what_is_no_table_is_told_with_its_line() {
        assert_eq!(read(b"a;b\n1;\"x", 9), Err(CsvFault::OpenQuote(2)));
        assert_eq!(read(b"a;b\n\"x\"y;1", 9), Err(CsvFault::BehindQuote(2)));
        assert_eq!(read(b"a;b\n\xD0\x98\x98", 9), Err(CsvFault::Encoding(2)));
        assert_eq!(read(b"a\0;\0b\0", 9), Err(CsvFault::Encoding(1)));
        assert_eq!(read(b"a\nb\nc", 2), Err(CsvFault::TooManyRows(2)));
        assert_eq!(read(b"", 2), Ok(Vec::new()));
    }

    #[test]
    fn what_is_written_is_read_and_opens_no_formula() {
        let written = row(["=1+1", "a\"b", "x;y", "-"]);
        assert_eq!(written, "'=1+1;\"a\"\"b\";\"x;y\";'-\r\n");
        let read = fields(format!("a;b;c;d\r\n{written}").as_bytes());
        assert_eq!(
            read[1].iter().map(|field| unmarked(field)).collect::<Vec<_>>(),
            ["=1+1", "a\"b", "x;y", "-"]
        );
    }
}
