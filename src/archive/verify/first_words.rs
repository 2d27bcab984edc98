//! What can be said of an archive at once: the parts with number 00 hold all but the video.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;

use super::bag::Listed;
use super::journal::{Held, hold_to_checkpoints};
use super::{Meter, OnProgress, Sources, bags, list_all, sources, sums_of_all, takeover};
use crate::archive::{Integrity, Report, excerpt};
use crate::journal::DayDocument;
use crate::point::DayId;

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
    let (sums, mut held) = beside(|| sums_of_all(&listed, false, meter), &|| journals(&listed));
    let ControlFlow::Continue(sums) = sums else { return None };
    let mut stations = takeover::stations(bags(listed, sums, report), report);
    let mut records = 0;
    for station in &mut stations {
        records = station.take_held(held.remove(&station.day).flatten(), report);
    }
    let tampered = match report.integrity {
        Integrity::Valid | Integrity::Incomplete => false,
        Integrity::Tampered => true,
        Integrity::CannotVerify => return None,
    };
    let last = stations.pop()?;
    Some(FirstWords { document: last.document, records, tampered })
}

/// The journals in these parts, by the day that a part names: the first part of a day, as for its station.
fn journals(listed: &[Listed]) -> BTreeMap<DayId, Held> {
    let mut held = BTreeMap::new();
    for part in listed.iter().filter(|part| part.name.number() == Some(0)) {
        held.entry(part.name.day().clone()).or_insert_with(|| hold_to_checkpoints(part));
    }
    held
}

/// Does both at the same time: a journal takes as long as all the sums.
fn beside<A, B: Send>(here: impl FnOnce() -> A, there: &(dyn Fn() -> B + Sync)) -> (A, B) {
    thread::scope(|scope| {
        let worker = thread::Builder::new().name("journal".to_owned()).spawn_scoped(scope, there);
        let done = here();
        // What no thread did is done here.
        (done, worker.ok().and_then(|worker| worker.join().ok()).unwrap_or_else(there))
    })
}
