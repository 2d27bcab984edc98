//! What can be said of an archive at once: the parts with number 00 hold all but the video.

use std::ops::ControlFlow;
use std::path::PathBuf;

use super::{Meter, OnProgress, Sources, list_all, read_all, sources, takeover};
use crate::archive::{Integrity, Report, excerpt};
use crate::journal::DayDocument;

/// What is known before the video is read. The whole verdict may find more, and takes nothing back.
#[derive(Clone, Debug)]
pub struct FirstWords {
    /// Of the station that ended the day.
    pub document: Option<DayDocument>,
    /// Lines of its journal.
    pub records: u64,
    /// Something is not as it was signed: whatever the video says, it stays so.
    pub tampered: bool,
}

/// Holds these parts, of all stations those with number 00, to their manifests, their signatures and their
/// checkpoints. What the records say is not looked at, so that a long journal makes nobody wait. None: they are
/// no such parts or can't be read, or `on_progress` stopped it.
pub fn first_words(paths: &[PathBuf], on_progress: OnProgress) -> Option<FirstWords> {
    let report = &mut Report::new();
    let Sources { parts: sources, .. } = sources(paths, report);
    if sources.iter().any(|source| excerpt::is_excerpt(&source.path)) {
        return None;
    }
    let listed = list_all(&sources, report);
    let meter = &mut Meter::new(sources.iter().map(|source| source.bytes).sum(), on_progress);
    let ControlFlow::Continue(bags) = read_all(listed, false, report, meter) else { return None };
    let mut stations = takeover::stations(bags, report);
    let mut records = 0;
    for station in &mut stations {
        records = station.look(report);
    }
    let tampered = match report.integrity {
        Integrity::Valid | Integrity::Incomplete => false,
        Integrity::Tampered => true,
        Integrity::CannotVerify => return None,
    };
    let last = stations.pop()?;
    Some(FirstWords { document: last.document, records, tampered })
}
