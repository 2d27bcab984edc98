//! A definition and the data that it shows, in one language.

use super::data::{Cell, FormData, decimal};
use super::definition::{Column, Definition, Paragraph, Piece, Show, Source};
use super::{FormError, data};
use crate::checklist::Bilingual;
use crate::i18n::{Arg, Language, Message, Texts};

/// More rows than this are no form that anybody prints.
pub const MAX_ROWS: usize = 50_000;

/// Everything that a form is written from.
#[derive(Debug)]
pub struct Sheet<'a> {
    pub definition: &'a Definition,
    pub data: &'a FormData,
    texts: &'a Texts,
    /// SHA-256 of the data as JSON.
    pub hash: String,
    /// Stands below the title: what the reader has to know of where the data is from.
    remark: Option<String>,
}

impl<'a> Sheet<'a> {
    pub fn new(definition: &'a Definition, data: &'a FormData, texts: &'a Texts) -> Result<Self, FormError> {
        if definition.id != data.catalogue.id {
            let (definition, data) = (definition.id.to_owned(), data.catalogue.id.to_owned());
            return Err(FormError::OtherForm { definition, data });
        }
        let longest = (0..data.catalogue.tables.len()).map(|table| data.rows(table).len()).max();
        let rows = longest.unwrap_or(0);
        if rows > MAX_ROWS {
            return Err(FormError::TooLong { rows, max: MAX_ROWS });
        }
        Ok(Self { definition, data, texts, hash: data.hash().to_string(), remark: None })
    }

    /// With that below the title.
    pub fn with_remark(self, remark: Option<String>) -> Self {
        Self { remark, ..self }
    }

    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    pub fn language(&self) -> Language {
        self.texts.language()
    }

    /// A text of the definition.
    pub fn own(&self, both: &'a Bilingual) -> &'a str {
        both.get(self.language())
    }

    /// A text of the program.
    pub fn frame(&self, message: &Message) -> String {
        self.texts.message(message)
    }

    /// A value as it is written.
    pub fn words(&self, cell: &Cell, show: Show) -> String {
        match (cell, show) {
            (Cell::Empty, _) => String::new(),
            (Cell::Text(text), _) => text.clone(),
            (Cell::Number { value, digits }, _) => {
                let point = match self.language() {
                    Language::Ru => ',',
                    Language::En => '.',
                };
                decimal(*value, *digits, point)
            }
            (Cell::Date(date), _) => date.format(self.date_format()).to_string(),
            (Cell::Clock(time), _) => time.format("%H:%M").to_string(),
            (Cell::Moment(at), Show::Date) => at.format(self.date_format()).to_string(),
            (Cell::Moment(at), Show::Time) => at.format("%H:%M:%S").to_string(),
            (Cell::Moment(at), _) => at.format(&format!("{} %H:%M:%S", self.date_format())).to_string(),
            (Cell::YesNo(yes), _) => self.texts.text(if *yes { "form-yes" } else { "form-no" }),
            (Cell::Word(word), _) => match self.definition.words.get(*word) {
                Some(said) => said.get(self.language()).to_owned(),
                None => (*word).to_owned(),
            },
            (Cell::Said(message), _) => self.texts.message(message),
            (Cell::SaidOf { message, argument, text }, _) => {
                self.texts.message(&message.clone().with(argument, text.get(self.language())))
            }
            (Cell::Both(both), _) => both.get(self.language()).to_owned(),
        }
    }

    /// What a row has in the column.
    pub fn cell(&self, table: usize, row: usize, column: &Column) -> Cell {
        match column.source {
            Source::Data(at) => {
                let row = self.data.rows(table).get(row);
                row.and_then(|row| row.get(at)).cloned().unwrap_or_default()
            }
            Source::RowNumber => data::Cell::from(row + 1),
            Source::Blank => Cell::Empty,
        }
    }

    /// A paragraph with the values that it names.
    pub fn paragraph(&self, paragraph: &Paragraph) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(at) => {
                let value = self.data.field(*at);
                let show = match value {
                    Cell::Date(_) => Show::Date,
                    _ => Show::Text,
                };
                self.words(value, show)
            }
        };
        paragraph.pieces(self.language()).iter().map(piece).collect()
    }

    /// What stands in the form's QR code, a line a value: where its data is from, and its hash.
    pub fn code_text(&self) -> String {
        let origin = &self.data.origin;
        let (id, hash) = (self.definition.id, &self.hash);
        let (of, records, head) = (&origin.of, origin.records, &origin.head);
        format!("form {id}\nof {of}\nrecords {records}\nhead {head}\nsha256 {hash}\n")
    }

    /// What binds the pages of one form together, at their lower edge.
    pub fn footer(&self) -> String {
        let origin = &self.data.origin;
        self.frame(
            &Message::new("form-footer")
                .with("form", self.definition.id)
                .with("version", self.definition.version)
                .with("of", origin.of.as_str())
                .with("records", Arg::Text(origin.records.to_string()))
                .with("hash", self.hash.chars().take(16).collect::<String>()),
        )
    }

    fn date_format(&self) -> &'static str {
        match self.language() {
            Language::Ru => "%d.%m.%Y",
            Language::En => "%Y-%m-%d",
        }
    }
}
