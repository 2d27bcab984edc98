//! Printed forms as other programs read them: poppler, qpdf, openpyxl.

#[cfg(target_os = "linux")]
mod cups;
mod day;
mod paper;
#[cfg(target_os = "linux")]
mod printing;
mod reading;
mod tables;
#[path = "../../src/forms/trial.rs"]
mod trial;
mod workbook;

// The trial form names them as the library's own tests do.
use invigil::{forms, i18n};
use reading::{pages, pdf_text, said};
