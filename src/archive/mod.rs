//! Evidence that needs no trust in us: the parts of a day's archive, how they are written, and
//! what a reader may conclude from them.
//!
//! A part is a BagIt 1.0 bag (RFC 8493) in a strict [`zip`], signed over its tag manifest. A day is a
//! folder of parts; part 00 holds the journal, which names all others.

mod verdict;
pub mod zip;

pub use verdict::{
    Fault, Integrity, PartSummary, Place, Provenance, REPORT_FORMAT, RecordingSummary, Report, Warning,
};
