//! A table as a workbook of one sheet.

use rust_xlsxwriter::{Workbook, XlsxError};

/// Every cell is a text, whatever it begins with: nothing in it is calculated. `name` is at most 31
/// characters long.
pub fn write<'a, R>(name: &str, rows: impl IntoIterator<Item = R>) -> Result<Vec<u8>, XlsxError>
where
    R: IntoIterator<Item = &'a str>,
{
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    for (line, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(line, column, text)?;
        }
    }
    // The names of the columns stay in sight.
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}
