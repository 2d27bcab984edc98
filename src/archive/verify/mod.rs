//! Judging an archive by its bytes alone: strict ZIP, then hashes, then signatures, then the journal,
//! then what the journal says of the parts and of every segment. No fault ends it; memory stays
//! bounded whatever the files hold.

mod act;
mod bag;
mod contents;
mod countersign;
mod coverage;
mod duty;
mod facts;
mod journal;
mod manifest;
mod parts;
mod progress;
mod source;
mod spans;
mod stills;
mod video;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use act::{Act, BadAct};
use bag::Bag;
pub(in crate::archive) use contents::{Contents, Found};
use coverage::Coverage;
use journal::Journal;
pub(in crate::archive) use progress::Meter;
pub use progress::OnProgress;

use super::name::segment_of;
use super::{Integrity, PartName, PartSummary, Place, Provenance, Report};
use crate::i18n::Message;
use crate::journal::{DayDocument, Record};
use crate::point::CameraId;
use crate::signing::{AllowedSigners, Digest, PublicKey, SignerRole};

/// What the reader knows beside the files.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// Whose keys are trusted. None: nobody said.
    pub signers: Option<AllowedSigners>,
    /// What the paper acts say.
    pub act: Option<Act>,
    /// When: keys may be trusted for a time. UTC ms.
    pub at_ms: i64,
}

/// Verifies part files, folders of parts, or both together as one archive. Progress is told in
/// bytes; stopped by it, the archive is not verified.
pub fn verify(paths: &[PathBuf], options: &VerifyOptions, on_progress: OnProgress) -> Report {
    verify_and_read(paths, options, on_progress, &mut |_| {}).0
}

/// As [`verify`]; also gives the day's document and hands out every readable record of its journal.
pub fn verify_and_read(
    paths: &[PathBuf],
    options: &VerifyOptions,
    on_progress: OnProgress,
    on_record: &mut dyn FnMut(&Record),
) -> (Report, Option<DayDocument>) {
    let (report, examined) = examined(paths, options, on_progress, on_record);
    (report, examined.document)
}

/// As [`verify`], of nothing but the files; also gives those files that it looked at, and says of each
/// whether it holds.
pub(in crate::archive) fn contents_of(paths: &[PathBuf], on_progress: OnProgress) -> (Report, Vec<Contents>) {
    let options = VerifyOptions { signers: None, act: None, at_ms: 0 };
    let (report, examined) = examined(paths, &options, on_progress, &mut |_| {});
    let contents = examined.bags.into_iter().map(|bag| Contents::of(bag, &report)).collect();
    (report, contents)
}

/// What a verification read besides what it reports.
#[derive(Default)]
struct Examined {
    document: Option<DayDocument>,
    bags: Vec<Bag>,
}

fn examined(
    paths: &[PathBuf],
    options: &VerifyOptions,
    on_progress: OnProgress,
    on_record: &mut dyn FnMut(&Record),
) -> (Report, Examined) {
    let mut report = Report::new();
    let examined = match examine(paths, options, on_progress, on_record, &mut report) {
        ControlFlow::Continue(examined) => examined,
        ControlFlow::Break(()) => {
            report.fault(Integrity::CannotVerify, Place::default(), Message::new("archive-verify-stopped"));
            Examined::default()
        }
    };
    (report, examined)
}

fn examine(
    paths: &[PathBuf],
    options: &VerifyOptions,
    on_progress: OnProgress,
    on_record: &mut dyn FnMut(&Record),
    report: &mut Report,
) -> ControlFlow<(), Examined> {
    let source::Sources { parts: sources, countersignatures } = source::sources(paths, report);
    // Every byte is read once, and video once more against its index.
    let total_bytes = sources.iter().map(|source| source.bytes).sum::<u64>().saturating_mul(2);
    let meter = &mut Meter::new(total_bytes, on_progress);
    let mut bags = Vec::new();
    for source in &sources {
        match File::open(&source.path) {
            Ok(file) => bags.extend(Bag::open(&source.label, file, report, meter)?),
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                report.fault(Integrity::CannotVerify, Place::part(&source.label), message);
            }
        }
    }
    let mut bags = parts::of_one_day(bags, report);
    let Some(day) = report.day.clone() else {
        summarize(&sources, &bags, report);
        return ControlFlow::Continue(Examined { document: None, bags });
    };
    let journal = match bags.iter_mut().find(|bag| bag.name.number() == Some(0)) {
        Some(bag) => journal::read(bag, report, on_record),
        None => {
            report.fault(Integrity::Incomplete, Place::default(), Message::new("archive-journal-missing"));
            None
        }
    };
    let document = journal.as_ref().and_then(|journal| journal.report.document.clone());
    if let Some(journal) = &journal {
        parts::hold_to_journal(&bags, &journal.facts, report);
        parts::hold_to_close(&journal.facts, &journal.report, report);
    }
    if let Some(document) = document.as_ref().filter(|document| document.day != day) {
        let message = Message::new("archive-other-day").with("day", document.day.as_str());
        report.fault(Integrity::Tampered, Place::default(), message);
    }
    let key = parts::hold_to_one_key(&bags, document.as_ref(), report);
    parts::hold_to_closing_acts(&mut bags, &day, journal.as_ref().map(|journal| &journal.report), report);
    let mut coverage = Coverage::default();
    let facts = journal.as_ref().map(|journal| &journal.facts);
    video::check(&mut bags, facts, &mut coverage, report, meter)?;
    if let Some(facts) = facts {
        stills::hold_to_journal(&bags, facts, report);
        coverage.hold_to_journal(facts, report);
    }
    coverage.tell(|camera| camera_name(document.as_ref(), camera), report);
    note_other_changes(&bags, report);
    tell_journal(journal.as_ref(), report);
    let countersigned = countersign::check(&countersignatures, &mut bags, &day, facts, key, options, report);
    countersign::tell_unused_lines(options, report);
    judge_provenance(key, journal.as_ref(), options, report);
    if countersigned.untrusted {
        report.provenance = Provenance::UntrustedKey;
    }
    summarize(&sources, &bags, report);
    ControlFlow::Continue(Examined { document, bags })
}

/// Files under `data/` that are not what the manifest says, and that nobody else looks at as closely.
fn note_other_changes(bags: &[Bag], report: &mut Report) {
    for bag in bags {
        let changed = |file: &bag::BagFile| file.listed.is_some() && !file.holds();
        for (path, _) in bag
            .files
            .iter()
            .filter(|(path, file)| path.starts_with("data/") && segment_of(path).is_none() && changed(file))
        {
            let place = Place::file(&bag.label, path);
            report.fault(Integrity::Tampered, place, Message::new("archive-file-changed"));
        }
    }
}

/// As the day's document calls it.
fn camera_name(document: Option<&DayDocument>, id: &CameraId) -> String {
    let cameras = document.map_or(&[][..], |document| &document.cameras);
    cameras.iter().find(|camera| camera.id == *id).map(|camera| camera.name.clone()).unwrap_or_default()
}

fn tell_journal(journal: Option<&Journal>, report: &mut Report) {
    let Some(Journal { report: journal, .. }) = journal else { return };
    report.time_zone = journal.document.as_ref().map(|document| document.time_zone);
    report.records = journal.records;
    report.restarts = Some(journal.restarts);
    report.opening_code = journal.opening_code().map(|code| code.to_string());
    report.closing_code = journal.closing_code().map(|code| code.to_string());
}

/// Whose archive it is. An act that agrees also vouches for a restart that no key vouches for.
fn judge_provenance(
    key: Option<PublicKey>,
    journal: Option<&Journal>,
    options: &VerifyOptions,
    report: &mut Report,
) {
    report.signer = key.map(|key| key.fingerprint());
    let mut anchored = false;
    if let (Some(act), Some(Journal { report: journal, .. })) = (&options.act, journal) {
        let agrees = [
            (journal.opening_code() == Some(act.opening), "archive-act-opening"),
            (journal.closing_code() == Some(act.closing), "archive-act-closing"),
            (journal.restarts == act.restarts, "archive-act-restarts"),
        ];
        for (_, id) in agrees.iter().filter(|(agrees, _)| !agrees) {
            report.fault(Integrity::Tampered, Place::default(), Message::new(id));
        }
        anchored = agrees.iter().all(|(agrees, _)| *agrees);
    }
    if let Some(Journal { report: journal, .. }) = journal.filter(|_| !anchored)
        && journal.unlinked > 0
    {
        let message = Message::new("archive-restart-unlinked").with("count", journal.unlinked);
        report.fault(Integrity::Incomplete, Place::default(), message);
    }
    let mistrusted = match (key, report.day.clone()) {
        (Some(key), Some(day)) => {
            let key = key.into();
            let why = countersign::mistrust(&key, SignerRole::Station, &day, options);
            if let Some(why) = why {
                let message = countersign::mistrusted(&key, SignerRole::Station, &day, why);
                report.warn(Place::default(), message);
            }
            why.is_some()
        }
        // Nobody vouches for it.
        _ => true,
    };
    report.provenance = match &options.signers {
        Some(_) if mistrusted => Provenance::UntrustedKey,
        _ if anchored => Provenance::Anchored,
        Some(_) => Provenance::KnownKey,
        None => Provenance::Unchecked,
    };
}

fn summarize(sources: &[source::Source], bags: &[Bag], report: &mut Report) {
    for source in sources {
        let bag = bags.iter().find(|bag| bag.label == source.label);
        let has_fault = report.faults.iter().any(|fault| fault.place.part.as_deref() == Some(&*source.label));
        report.parts.push(PartSummary {
            file: source.label.clone(),
            bytes: source.bytes,
            name: bag.map(|bag| bag.name.to_string()),
            sha256: bag.and_then(|bag| bag.hash).map(|hash| hash.to_string()),
            intact: !has_fault && bag.is_some_and(|bag| bag.signer.is_some()),
        });
    }
}

/// The hash of a part that was just closed, if all of it is as it should be and signed with `key`.
pub(in crate::archive) fn sealed_part_holds(path: &Path, name: &PartName, key: &PublicKey) -> Option<Digest> {
    let file = File::open(path).ok()?;
    let mut report = Report::new();
    let mut go_on = |_, _| ControlFlow::Continue(());
    let bag = match Bag::open("", file, &mut report, &mut Meter::new(0, &mut go_on)) {
        ControlFlow::Continue(Some(bag)) => bag,
        _ => return None,
    };
    let listed = |path: &str| path.starts_with("data/");
    let whole = report.integrity == Integrity::Valid
        && bag.name == *name
        && bag.signer == Some(*key)
        && bag.files.iter().filter(|(path, _)| listed(path)).all(|(_, file)| file.holds());
    if whole { bag.hash } else { None }
}
