//! A form as plain words, for whoever looks at it on a screen.

use super::Sheet;
use super::definition::Align;

/// Everything that stands on a form, from its top to its foot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub title: String,
    pub remark: Option<String>,
    /// Caption and value.
    pub fields: Vec<(String, String)>,
    pub text: Vec<String>,
    pub tables: Vec<PageTable>,
    pub notes: Vec<String>,
    /// Post and, if it is known, name.
    pub signers: Vec<(String, String)>,
    pub footer: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTable {
    pub title: Option<String>,
    pub columns: Vec<PageColumn>,
    /// A text for each column.
    pub rows: Vec<Vec<String>>,
    /// Stands there instead of rows when there are none.
    pub empty: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageColumn {
    pub heading: String,
    /// Its share of the width.
    pub width: u32,
    pub align: Align,
}

impl Page {
    pub fn of(sheet: &Sheet<'_>) -> Self {
        let definition = sheet.definition;
        let own = |both| sheet.own(both).to_owned();
        let fields = definition
            .fields
            .iter()
            .map(|shown| (own(&shown.caption), sheet.words(sheet.data.field(shown.field), shown.show)));
        let signers = definition.signers.iter().map(|signer| {
            let name = signer.name.map(|field| sheet.words(sheet.data.field(field), super::Show::Text));
            (own(&signer.post), name.unwrap_or_default())
        });
        let tables = definition.tables.iter().map(|shown| {
            let columns = shown.columns.iter().map(|column| PageColumn {
                heading: match &column.group {
                    Some(group) => format!("{} · {}", own(group), own(&column.heading)),
                    None => own(&column.heading),
                },
                width: column.width,
                align: column.align,
            });
            let rows = (0..sheet.data.rows(shown.table).len()).map(|row| {
                let cell = |column| sheet.words(&sheet.cell(shown.table, row, column), column.show);
                shown.columns.iter().map(cell).collect()
            });
            PageTable {
                title: shown.title.as_ref().map(own),
                columns: columns.collect(),
                rows: rows.collect(),
                empty: own(&shown.empty),
            }
        });
        Self {
            title: own(&definition.title),
            remark: sheet.remark().map(str::to_owned),
            fields: fields.collect(),
            text: definition.text.iter().map(|text| sheet.paragraph(text)).collect(),
            tables: tables.collect(),
            notes: definition.notes.iter().map(|note| sheet.paragraph(note)).collect(),
            signers: signers.collect(),
            footer: sheet.footer(),
        }
    }
}
