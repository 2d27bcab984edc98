//! Workbooks (XLSX, ISO/IEC 29500) as far as a table goes that somebody keeps in the first sheet of one.
//!
//! Such a file is a stranger's: how much is unpacked, and how much text is kept, is bounded, whatever it
//! says of its own sizes.

mod parts;
mod sheet;
mod write;

use std::collections::BTreeMap;

use super::Row;
use crate::i18n::Message;
use parts::Book;
pub use write::write;

/// What every ZIP archive, and so every workbook, begins with.
const MAGIC: &[u8] = b"PK\x03\x04";

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XlsxFault {
    #[error("no workbook")]
    NoWorkbook,
    #[error("a workbook that is broken (row {0})")]
    Broken(usize),
    #[error("a workbook of more than {} MB", parts::MOST_BYTES >> 20)]
    TooLong,
    #[error("more than {} columns", sheet::MOST_COLUMNS)]
    TooWide,
    #[error("more than {0} rows")]
    TooManyRows(usize),
}

impl XlsxFault {
    pub fn message(self) -> Message {
        match self {
            Self::NoWorkbook => Message::new("xlsx-no-workbook"),
            Self::Broken(line) => Message::new("xlsx-broken").with("line", line),
            Self::TooLong => Message::new("xlsx-too-long").with("max", parts::MOST_BYTES >> 20),
            Self::TooWide => Message::new("xlsx-too-wide").with("max", sheet::MOST_COLUMNS),
            Self::TooManyRows(max) => Message::new("csv-too-many").with("max", max),
        }
    }
}

/// Whether the file is one, by its beginning.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads at most `max_rows` of the first sheet, the empty ones left out. A cell is the text that was typed;
/// of a formula, what came of it.
pub fn read(bytes: &[u8], max_rows: usize) -> Result<Vec<Row>, XlsxFault> {
    let mut book = Book::open(bytes)?;
    let sheets = sheet::ids(book.part("xl/workbook.xml")?.ok_or(XlsxFault::NoWorkbook)?)?;
    let parts = book.part("xl/_rels/workbook.xml.rels")?.ok_or(XlsxFault::NoWorkbook)?;
    let parts: BTreeMap<String, (String, String)> = sheet::relations(parts)?;
    // A sheet may be a chart.
    let tables =
        sheets.iter().filter_map(|id| parts.get(id)).filter(|(kind, _)| kind.ends_with("/worksheet"));
    let table = tables.map(|(_, target)| path_of(target)).next().ok_or(XlsxFault::NoWorkbook)?;
    let shared = parts.values().find(|(kind, _)| kind.ends_with("/sharedStrings"));
    let shared = match shared.map(|(_, target)| book.part(&path_of(target))) {
        Some(part) => part?.map(sheet::shared_texts).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    sheet::rows(book.part(&table)?.ok_or(XlsxFault::NoWorkbook)?, &shared, max_rows)
}

/// A target is named from the workbook's folder, or from the top.
fn path_of(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("xl/{target}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::{Compression, write::DeflateEncoder};
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    use super::*;

    const RELATIONS: &str = r#"<Relationships xmlns="r"><Relationship Id="r1" Type="x/worksheet" Target="/xl/s.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="t.xml"/></Relationships>"#;
    const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>"#;

    /// A workbook of these texts, nothing of it packed.
    fn book(shared: &str, sheet: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let files = [
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/t.xml", shared),
            ("xl/s.xml", sheet),
        ];
        for (name, text) in files {
            zip.start_file(name, stored).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn fields(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes, 100).unwrap().into_iter().map(|row| row.fields).collect()
    }

    #[test]
    fn what_was_written_is_read_and_a_formula_is_a_text() {
        let rows = [vec!["номер", "имя"], vec!["0001", "=1+1"], vec!["", "<б> & \"в\" \u{202e}🎓"]];
        let bytes = write("Лист", rows.iter().map(|row| row.iter().copied())).unwrap();
        assert!(is_one(&bytes));
        assert_eq!(fields(&bytes), rows);
    }

    #[test]
    fn every_kind_of_cell_is_read_as_it_is_seen() {
        let shared = "<sst><si><t>a &amp; b</t></si><si><r><t>ри</t></r><r><t>ч</t></r><rPh><t>no</t></rPh></si></sst>";
        let sheet = r#"<worksheet><sheetData>
            <row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2"><v>101</v></c><c><v>1.01E3</v></c></row>
            <row/>
            <row r="7"><c t="inlineStr"><is><t>&#1103;<![CDATA[<]]></t></is></c><c t="str"><f>A1</f><v>x</v></c>
              <c t="s"><v>0</v></c><c><v>1.5</v></c></row>
        </sheetData></worksheet>"#;
        let rows = read(&book(shared, sheet), 9).unwrap();
        let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 7]);
        assert_eq!(rows[0].fields, ["рич", "", "101", "1010"]);
        assert_eq!(rows[1].fields, ["я<", "x", "a & b", "1.5"]);
        assert_eq!(read(&book(shared, sheet), 1), Err(XlsxFault::TooManyRows(1)));
    }

    #[test]
    fn what_is_no_table_is_told_and_nothing_is_unpacked_without_end() {
        let sheet = |text: &str| read(&book("<sst/>", text), 9).unwrap_err();
        assert_eq!(read(b"PK\x03\x04", 9), Err(XlsxFault::NoWorkbook));
        assert_eq!(
            sheet("<worksheet><sheetData><row r=\"4\"><c t=\"s\"><v>9</v></c></row>"),
            XlsxFault::Broken(4)
        );
        assert_eq!(sheet("<worksheet><row><c r=\"ZZZ1\"><v>1</v></c></row></worksheet>"), XlsxFault::TooWide);
        assert_eq!(sheet("<worksheet><row><c><v>&bomb;</v></c></row></worksheet>"), XlsxFault::Broken(1));
        assert_eq!(sheet("<worksheet><row"), XlsxFault::Broken(0));
        // One long text, named again and again: little to unpack, and much to keep.
        let shared = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(30_000));
        let cells = "<c t=\"s\"><v>0</v></c>".repeat(250);
        let rows = format!("<row>{cells}</row>").repeat(20);
        let many = book(&shared, &format!("<worksheet>{rows}</worksheet>"));
        assert_eq!(read(&many, 100), Err(XlsxFault::TooLong));
    }

    #[test]
    fn no_bytes_make_the_reader_panic() {
        let shared = "<sst><si><t>a&amp;</t></si></sst>";
        let sheet =
            "<worksheet><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c><v>7</v></c></row></worksheet>";
        let whole = book(shared, sheet);
        assert_eq!(fields(&whole), [["a&", "7"]]);
        for at in 0..whole.len() {
            let _ = read(&whole[..at], 9);
            let mut changed = whole.clone();
            for bit in 0..8 {
                changed[at] ^= 1 << bit;
                let _ = read(&changed, 9);
                changed[at] ^= 1 << bit;
            }
        }
    }

    #[test]
    fn a_bomb_stops_where_the_bound_is() {
        // Blanks take hardly any room; the archive's own word for their size is a lie.
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        let blanks = vec![b' '; 1 << 20];
        (0..160).for_each(|_| packed.write_all(&blanks).unwrap());
        let packed = packed.finish().unwrap();
        let plain = book("<sst/>", &String::from_utf8(vec![b'x'; packed.len()]).unwrap());
        let mark = vec![b'x'; packed.len()];
        let at = plain.windows(mark.len()).position(|window| window == mark).unwrap();
        let mut bomb = plain.clone();
        bomb[at..at + packed.len()].copy_from_slice(&packed);
        // The method of the last file, in its own header and in the directory: deflate.
        let local = plain[..at].windows(4).rposition(|window| window == b"PK\x03\x04").unwrap();
        let central = plain.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        (bomb[local + 8], bomb[central + 10]) = (8, 8);
        assert_eq!(read(&bomb, 9), Err(XlsxFault::TooLong));
    }
}
