//! Printed forms: from one definition each to PDF and XLSX.
//!
//! A [`Catalogue`] is what a form can say, a constant of the program; [`FormData`] is what it does say of
//! one day, in no person's language; a [`Definition`] is how it looks — title, columns, headings, words,
//! signers — read from `assets/forms/<id>.toml`, which a region replaces by a file of its own. The three
//! meet in a [`Sheet`], which [`pdf`] and [`xlsx`] write.

mod catalogue;
mod data;
mod definition;
mod from_json;
mod page;
pub mod pdf;
mod read;
#[cfg(test)]
mod read_test;
mod sheet;
#[cfg(test)]
mod trial;
pub mod xlsx;

use std::path::Path;

use crate::i18n::Message;
use crate::tables::{self, ReadError};

pub use catalogue::{Catalogue, Kind, TableEntry};
pub use data::{Cell, FormData, Origin};
pub use definition::{
    Align, Column, Definition, LabelLine, LabelSheet, Paragraph, Piece, Show, ShownField, ShownTable, Signer,
    Source,
};
pub use from_json::BadData;
pub use page::{Page, PageColumn, PageTable};
pub use sheet::Sheet;

/// A definition that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    pub catalogue: &'static Catalogue,
    pub text: &'static str,
}

impl BuiltIn {
    /// The file's name, the built-in one and a region's own.
    pub fn file_name(&self) -> String {
        format!("{}.toml", self.catalogue.id)
    }

    /// The definition of the folder if it has one of that name, else the built-in one.
    pub fn load(&self, folder: &Path) -> Result<Definition, ReadError> {
        let path = folder.join(self.file_name());
        match tables::read_text(&path) {
            Ok(text) => Ok(Definition::read(&text, &path.display().to_string(), self.catalogue)?),
            Err(ReadError::Missing { .. }) => Ok(self.definition()?),
            Err(error) => Err(error),
        }
    }

    /// The built-in one.
    pub fn definition(&self) -> Result<Definition, ReadError> {
        Ok(Definition::read(self.text, &self.file_name(), self.catalogue)?)
    }
}

/// Why a form can't be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    #[error("the definition of {definition} does not fit the data of {data}")]
    OtherForm { definition: String, data: String },
    #[error("{rows} rows are more than {max}")]
    TooLong { rows: usize, max: usize },
    #[error("no PDF: {0}")]
    Pdf(String),
    #[error("no XLSX: {0}")]
    Xlsx(String),
}

impl FormError {
    /// What happened and what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::OtherForm { definition, data } => {
                Message::new("form-other").with("definition", definition.as_str()).with("data", data.as_str())
            }
            Self::TooLong { rows, max } => {
                Message::new("form-too-long").with("rows", *rows).with("max", *max)
            }
            Self::Pdf(detail) | Self::Xlsx(detail) => {
                Message::new("form-not-made").with("detail", detail.as_str())
            }
        }
    }
}
