//! How a form looks.

use std::collections::BTreeMap;

use super::catalogue::Kind;
use crate::checklist::Bilingual;
use crate::i18n::Language;

/// A form's definition; everything in it that names data names what the catalogue has.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub id: &'static str,
    /// Grows with every change; stands on the form.
    pub version: u32,
    pub landscape: bool,
    pub title: Bilingual,
    /// Above the tables, one below the other.
    pub fields: Vec<ShownField>,
    /// Between fields and tables.
    pub text: Vec<Paragraph>,
    pub tables: Vec<ShownTable>,
    /// Below the tables.
    pub notes: Vec<Paragraph>,
    /// Who signs by hand at the end.
    pub signers: Vec<Signer>,
    /// The PDF is then sheets of labels, and of the rest the workbook alone is made.
    pub labels: Option<LabelSheet>,
    pub words: BTreeMap<String, Bilingual>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ShownField {
    /// Its place in the catalogue.
    pub field: usize,
    pub caption: Bilingual,
    pub show: Show,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ShownTable {
    /// Its place in the catalogue.
    pub table: usize,
    pub title: Option<Bilingual>,
    /// Stands there instead of rows when there are none.
    pub empty: Bilingual,
    /// The columns are numbered below their headings.
    pub numbered: bool,
    /// At least one.
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub source: Source,
    pub heading: Bilingual,
    /// Columns side by side with the same one share a heading above their own.
    pub group: Option<Bilingual>,
    /// Its share of the page's width.
    pub width: u32,
    pub align: Align,
    pub show: Show,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Its place in the catalogue's table.
    Data(usize),
    /// Counts the rows from 1.
    RowNumber,
    /// Left free, to be written into by hand.
    Blank,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Text,
    Number,
    Date,
    Time,
    DateTime,
    YesNo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// A text with values of fields in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    pub ru: Vec<Piece>,
    pub en: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String),
    /// A field's place in the catalogue.
    Field(usize),
}

/// A line for a signature by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Signer {
    pub post: Bilingual,
    /// The field that has the name, if it is known.
    pub name: Option<usize>,
}

/// Labels side by side on a page, one for each row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelSheet {
    /// The table's place in the catalogue.
    pub table: usize,
    pub across: u32,
    pub down: u32,
    /// Of one label.
    pub width_um: u32,
    pub height_um: u32,
    /// From the page's edges to the first one.
    pub left_um: u32,
    pub top_um: u32,
    /// From one to the next.
    pub gap_across_um: u32,
    pub gap_down_um: u32,
    /// Lines to cut along.
    pub frame: bool,
    /// The column whose value the QR code holds.
    pub code: usize,
    /// Small, above the lines.
    pub heading: Option<Paragraph>,
    pub lines: Vec<LabelLine>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LabelLine {
    pub column: usize,
    pub show: Show,
    pub bold: bool,
}

impl LabelSheet {
    /// Labels on a page.
    pub fn per_page(&self) -> usize {
        (self.across * self.down) as usize
    }

    /// How much of a page they take, from its edges on.
    pub fn size_um(&self) -> (u32, u32) {
        let reach = |edge: u32, count: u32, size: u32, gap: u32| edge + count * size + (count - 1) * gap;
        (
            reach(self.left_um, self.across, self.width_um, self.gap_across_um),
            reach(self.top_um, self.down, self.height_um, self.gap_down_um),
        )
    }
}

impl Show {
    /// Every way to write values of the kind, the usual one first.
    pub fn of(kind: Kind) -> &'static [(&'static str, Self)] {
        const TEXT: (&str, Show) = ("text", Show::Text);
        const DATE: (&str, Show) = ("date", Show::Date);
        const TIME: (&str, Show) = ("time", Show::Time);
        match kind {
            Kind::Text | Kind::Word => &[TEXT],
            Kind::Number => &[("number", Self::Number), TEXT],
            Kind::Date => &[DATE],
            Kind::Clock => &[TIME],
            Kind::Moment => &[("date_time", Self::DateTime), DATE, TIME],
            Kind::YesNo => &[("yes_no", Self::YesNo)],
        }
    }

    /// Where such values stand in their column.
    pub fn align(self) -> Align {
        match self {
            Self::Text => Align::Left,
            Self::Number => Align::Right,
            Self::Date | Self::Time | Self::DateTime | Self::YesNo => Align::Centre,
        }
    }
}

impl Paragraph {
    pub fn pieces(&self, language: Language) -> &[Piece] {
        match language {
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}
