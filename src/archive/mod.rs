//! Evidence that needs no trust in us: the parts of a day's archive, how they are written, and
//! what a reader may conclude from them.
//!
//! A part is a BagIt 1.0 bag (RFC 8493) in a strict [`zip`], signed over its tag manifest. A day is a
//! folder of parts; part 00 holds the journal, which names all others.

mod after;
#[cfg(feature = "station")]
mod age;
#[cfg(feature = "station")]
mod backup;
mod cache;
mod compare;
#[cfg(feature = "station")]
mod confidential;
mod copy;
#[cfg(feature = "station")]
mod countersign;
pub mod excerpt;
mod extract;
mod file_words;
mod name;
mod page;
mod paper_act;
mod part;
mod place;
mod settle;
mod verdict;
pub mod verify;
pub mod zip;

pub use after::{
    CLOSING_ACT_FORMAT, COUNTERSIGNATURE_FORMAT, ClosingAct, CountersignatureNote, VerifiedCopy, closing_act,
    write as write_after, write_countersignature,
};
#[cfg(feature = "station")]
pub use backup::keep_from;
pub use compare::{
    COMPARISON_FORMAT, Comparison, Fork, PartDifference, Relation, Said, Side, VideoDifference, compare,
};
pub use copy::{Copied, CopyError, CopyTarget, copy};
#[cfg(feature = "station")]
pub use countersign::{CountersignError, Countersigning, HandedIn, PutBeside};
pub use extract::{APART, ExtractError, ExtractedFile, Extraction, extract, refuses};
pub use name::{
    CHECKPOINTS, CLOSING_ACT, COUNTERSIGNATURE, CountersignatureName, DAY_DOCUMENT, PartName, RECORDS,
    rotation_names, segment_names, still_name, still_of,
};
pub use page::{PAGE_NAME, PageError, save_page};
pub use paper_act::{ClosingData, CodeOnPaper, PAPER_ACT_FORMAT, PaperAct};
pub use part::{Appended, BagInfo, PartError, PartWriter};
pub use place::Place;
pub use settle::{Original, Settled, Unsettled};
pub use verdict::{
    CameraSummary, Countersignature, Coverage, Fault, Integrity, PartSummary, Provenance, REPORT_FORMAT,
    REPORT_SCHEMA, RecordingSummary, Report, Signed, Span, StationSummary, Warning,
};

/// The page that checks archives in a browser: a second opinion of its own, built from `assets/verifier`.
pub const VERIFIER_PAGE: &[u8] = include_bytes!("../../assets/verifier.html");
