//! A form as a workbook: one sheet with what stands around the tables, and one for each table, whose cells
//! are numbers, dates and texts. A text stays a text, whatever it begins with: nothing in it is calculated.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone, Timelike};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Align, Cell, Column, FormError, Sheet, Show, ShownTable, Source};
use crate::i18n::{Language, Message};

/// UTF-16 units that a cell of the format can hold, a few less.
const MAX_CELL: usize = 32_000;
/// And a sheet's name.
const MAX_NAME: usize = 31;
/// Width of a table's columns together, in letters.
const TABLE_WIDTH: f64 = 150.0;

/// The form's workbook: the same bytes for the same sheet.
pub fn write(sheet: &Sheet<'_>) -> Result<Vec<u8>, FormError> {
    workbook(sheet).map_err(|error| FormError::Xlsx(error.to_string()))
}

fn workbook(sheet: &Sheet<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let at = sheet.data.origin.at;
    let made = chrono::Utc.timestamp_opt(at.timestamp(), 0).single();
    let title = sheet.own(&sheet.definition.title);
    let properties = DocProperties::new().set_title(title).set_comment(sheet.footer());
    let made = made.map(|made| excel(made.date_naive(), made.time())).unwrap_or(Ok(ExcelDateTime::default()));
    workbook.set_properties(&properties.set_creation_datetime(&made.unwrap_or_default()));
    let formats = Formats::new(sheet.language());
    let mut names = Vec::new();
    for table in &sheet.definition.tables {
        let wanted = table.title.as_ref().map_or(title, |own| sheet.own(own));
        let name = sheet_name(wanted, &names);
        names.push(name.to_lowercase());
        let page = workbook.add_worksheet();
        page.set_name(name)?;
        write_table(sheet, table, page, &formats)?;
        set_paper(sheet, page);
    }
    let page = workbook.add_worksheet();
    page.set_name(sheet_name(&sheet.frame(&Message::new("form-about")), &names))?;
    write_head(sheet, page, &formats)?;
    set_paper(sheet, page);
    workbook.save_to_buffer()
}

fn set_paper(sheet: &Sheet<'_>, page: &mut Worksheet) {
    // A4, as wide as the page.
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if sheet.definition.landscape {
        page.set_landscape();
    }
}

/// Headings in the first row, which stays in sight; a filter on each.
fn write_table(
    sheet: &Sheet<'_>,
    table: &ShownTable,
    page: &mut Worksheet,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let shares: u32 = table.columns.iter().map(|column| column.width).sum();
    for (at, column) in (0_u16..).zip(&table.columns) {
        let heading = match &column.group {
            Some(group) => format!("{}: {}", sheet.own(group), sheet.own(&column.heading)),
            None => sheet.own(&column.heading).to_owned(),
        };
        page.write_string_with_format(0, at, heading, &formats.heading)?;
        let width = f64::from(column.width) / f64::from(shares.max(1)) * TABLE_WIDTH;
        page.set_column_width(at, width.clamp(6.0, 80.0))?;
    }
    let rows = sheet.data.rows(table.table).len();
    for row in 0..rows {
        let line = u32::try_from(row + 1).unwrap_or(u32::MAX);
        for (at, column) in (0_u16..).zip(&table.columns) {
            let cell = sheet.cell(table.table, row, column);
            write_cell(sheet, page, (line, at), &cell, column, formats)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.autofilter(0, 0, u32::try_from(rows).unwrap_or(u32::MAX).max(1), last)?;
    Ok(())
}

fn write_cell(
    sheet: &Sheet<'_>,
    page: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell,
    column: &Column,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let show = if column.source == Source::RowNumber { Show::Number } else { column.show };
    let aligned = |format: &Format| match column.align {
        Align::Left => format.clone().set_align(FormatAlign::Left),
        Align::Centre => format.clone().set_align(FormatAlign::Center),
        Align::Right => format.clone().set_align(FormatAlign::Right),
    };
    match (cell, show) {
        (Cell::Empty, _) => page.write_blank(row, at, &formats.text)?,
        (Cell::Number { value, digits }, _) => {
            let format = match digits {
                0 => aligned(&formats.whole),
                digits => {
                    aligned(&formats.text).set_num_format(format!("0.{}", "0".repeat((*digits).into())))
                }
            };
            let number = *value as f64 / 10_f64.powi(i32::from(*digits));
            page.write_number_with_format(row, at, number, &format)?
        }
        (Cell::Date(_) | Cell::Clock(_) | Cell::Moment(_), _) => match moment(cell, show, formats) {
            Ok((value, format)) => page.write_datetime_with_format(row, at, &value, &aligned(format))?,
            // The format counts from 1900 to 9999 alone.
            Err(_) => page.write_string_with_format(row, at, sheet.words(cell, show), &formats.text)?,
        },
        (Cell::YesNo(yes), _) => page.write_boolean_with_format(row, at, *yes, &aligned(&formats.text))?,
        (Cell::Text(_) | Cell::Word(_) | Cell::Said(_) | Cell::SaidOf { .. } | Cell::Both(_), _) => {
            page.write_string_with_format(row, at, held(&sheet.words(cell, show)), &aligned(&formats.text))?
        }
    };
    Ok(())
}

/// A date or a time as the format keeps it: as the point's clock showed it, since it knows no zones.
fn moment<'a>(
    cell: &Cell,
    show: Show,
    formats: &'a Formats,
) -> Result<(ExcelDateTime, &'a Format), XlsxError> {
    Ok(match (cell, show) {
        (Cell::Date(date), _) => (excel(*date, NaiveTime::MIN)?, &formats.date),
        (Cell::Clock(time), _) => (clock(*time)?, &formats.clock),
        (Cell::Moment(at), Show::Date) => (excel(at.date_naive(), NaiveTime::MIN)?, &formats.date),
        (Cell::Moment(at), Show::Time) => (clock(at.time())?, &formats.time),
        (Cell::Moment(at), _) => (excel(at.date_naive(), at.time())?, &formats.date_time),
        _ => (ExcelDateTime::default(), &formats.text),
    })
}

/// Everything that does not stand in a table.
fn write_head(sheet: &Sheet<'_>, page: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
    let definition = sheet.definition;
    page.set_column_width(0, 40.0)?;
    page.set_column_width(1, 80.0)?;
    page.write_string_with_format(0, 0, sheet.own(&definition.title), &formats.title)?;
    if let Some(remark) = sheet.remark() {
        page.write_string_with_format(1, 0, held(remark), &formats.title)?;
    }
    let mut row = 2;
    for field in &definition.fields {
        page.write_string_with_format(row, 0, sheet.own(&field.caption), &formats.text)?;
        let words = sheet.words(sheet.data.field(field.field), field.show);
        page.write_string_with_format(row, 1, held(&words), &formats.text)?;
        row += 1;
    }
    for paragraph in definition.text.iter().chain(&definition.notes) {
        page.write_string_with_format(row, 1, held(&sheet.paragraph(paragraph)), &formats.text)?;
        row += 1;
    }
    for signer in &definition.signers {
        page.write_string_with_format(row, 0, sheet.own(&signer.post), &formats.text)?;
        let name = signer.name.map(|field| sheet.words(sheet.data.field(field), Show::Text));
        page.write_string_with_format(row, 1, held(&name.unwrap_or_default()), &formats.text)?;
        row += 1;
    }
    for line in sheet.code_text().lines() {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        page.write_string_with_format(row, 0, name, &formats.text)?;
        page.write_string_with_format(row, 1, value, &formats.text)?;
        row += 1;
    }
    Ok(())
}

struct Formats {
    title: Format,
    heading: Format,
    text: Format,
    whole: Format,
    date: Format,
    time: Format,
    /// Without seconds, as people type it.
    clock: Format,
    date_time: Format,
}

impl Formats {
    fn new(language: Language) -> Self {
        let framed = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        let date = match language {
            Language::Ru => "dd.mm.yyyy",
            Language::En => "yyyy-mm-dd",
        };
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: framed
                .clone()
                .set_bold()
                .set_background_color(0x00E8_E8E8)
                .set_align(FormatAlign::Center),
            whole: framed.clone().set_num_format("0"),
            date: framed.clone().set_num_format(date),
            time: framed.clone().set_num_format("hh:mm:ss"),
            clock: framed.clone().set_num_format("hh:mm"),
            date_time: framed.clone().set_num_format(format!("{date} hh:mm:ss")),
            text: framed,
        }
    }
}

fn excel(date: NaiveDate, time: NaiveTime) -> Result<ExcelDateTime, XlsxError> {
    // No year at all is refused like one that is out of range.
    let year = u16::try_from(date.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, small(date.month()), small(date.day()))?.and_hms(
        time.hour() as u16,
        small(time.minute()),
        time.second(),
    )
}

fn clock(time: NaiveTime) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_hms(time.hour() as u16, small(time.minute()), time.second())
}

fn small(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// As much of a text as a cell holds.
fn held(text: &str) -> String {
    if text.len() <= MAX_CELL {
        return text.to_owned();
    }
    // Counted as the format counts, in UTF-16.
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units < MAX_CELL
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// A name that a sheet may have, and that no other sheet has.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let clean: String = wanted.chars().filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c)).collect();
    let clean = clean.trim();
    for number in 1.. {
        let end = if number == 1 { String::new() } else { format!(" {number}") };
        // Counted as the format counts, in UTF-16.
        let mut name = String::new();
        let mut units = end.len();
        for character in clean.chars() {
            units += character.len_utf16();
            if units > MAX_NAME {
                break;
            }
            name.push(character);
        }
        let name = format!("{}{end}", name.trim_end());
        if !name.is_empty() && !taken.contains(&name.to_lowercase()) {
            return name;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_plain_and_all_different() {
        let mut taken = Vec::new();
        for wanted in ["Журнал: [вход]/выход и ещё очень длинное название", "a", "A", "", "'"]
        {
            let name = sheet_name(wanted, &taken);
            assert!((1..=31).contains(&name.encode_utf16().count()), "{name:?}");
            assert!(!name.contains(['[', ':', '/', '\'']), "{name:?}");
            assert!(!taken.contains(&name.to_lowercase()), "{name:?}");
            taken.push(name.to_lowercase());
        }
    }
}
