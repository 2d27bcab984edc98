//! Judging an archive by its bytes alone: strict ZIP, then hashes, then signatures, then the journal,
//! then what the journal says of the parts and of every segment. Stations that took over from each
//! other are judged one by one, and then what each says of the one before. No fault ends it; memory stays
//! bounded whatever the files hold.

mod act;
mod bag;
mod clocks;
mod contents;
mod countersign;
mod coverage;
mod duty;
mod excerpted;
mod facts;
mod first_words;
mod incidents;
mod journal;
mod labels;
mod manifest;
mod parts;
mod progress;
mod rotations;
mod sealed;
mod source;
mod spans;
mod station;
mod stills;
mod sums;
mod takeover;
mod video;

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

pub use act::{Act, BadAct};
pub(in crate::archive) use bag::entries;
use bag::{Bag, Listed};
pub(in crate::archive) use contents::{Contents, Found};
use coverage::Coverage;
pub use first_words::{FirstWords, first_words};
pub(in crate::archive) use progress::Meter;
pub use progress::OnProgress;
pub(in crate::archive) use rotations::read_row;
pub(in crate::archive) use sealed::sealed;
use source::Source;
pub(in crate::archive) use source::{Sources, sources};
use station::Station;
pub(in crate::archive) use sums::{Job, Sums, sums_of};

use super::verdict::Noted;
use super::{Integrity, PartSummary, Place, Provenance, Report, excerpt};
use crate::i18n::Message;
use crate::journal::{DayDocument, Record};
use crate::point::CameraId;
use crate::signing::AllowedSigners;

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
    let parts = examined.bags.into_iter().map(|bag| Contents::of(bag, &report));
    let contents = parts.chain(examined.excerpt).collect();
    (report, contents)
}

/// What a verification read besides what it reports.
#[derive(Default)]
struct Examined {
    document: Option<DayDocument>,
    bags: Vec<Bag>,
    excerpt: Option<Contents>,
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
    let Sources { parts: sources, mut countersignatures } = sources(paths, report);
    if let Some(excerpt) = sources.iter().find(|source| excerpt::is_excerpt(&source.path)) {
        let excerpt = excerpted::examine(excerpt, sources.len(), options, on_progress, report)?;
        return ControlFlow::Continue(Examined { excerpt, ..Examined::default() });
    }
    let total_bytes = sources.iter().map(|source| source.bytes).sum();
    let meter = &mut Meter::new(total_bytes, on_progress);
    let bags = read_all(list_all(&sources, report), true, report, meter)?;
    let mut stations = takeover::stations(bags, report);
    let mut coverage = Coverage::default();
    for at in 0..stations.len() {
        let sizes = takeover::claimed_sizes(&stations, &stations[at].day);
        let before = report.noted();
        stations[at].read(&sizes, report, on_record);
        tell_station(&stations, at, before, report);
    }
    if stations.is_empty() {
        summarize(&sources, &[], report);
        return ControlFlow::Continue(Examined::default());
    }
    takeover::hold_to_claims(&mut stations, &mut coverage, report);
    let mut untrusted = false;
    for at in 0..stations.len() {
        let last = at + 1 == stations.len();
        let before = report.noted();
        stations[at].judge(&mut coverage, report);
        // What belongs to no station here is told with the last.
        let of_others = stations[..at].iter().map(|station| station.day.clone()).collect::<Vec<_>>();
        let own: Vec<_> = countersignatures
            .extract_if(.., |(name, _)| {
                name.day == stations[at].day || (last && !of_others.contains(&name.day))
            })
            .collect();
        untrusted |= stations[at].judge_countersignatures(&own, options, report);
        tell_station(&stations, at, before, report);
    }
    countersign::tell_unused_lines(options, report);
    let documents = || stations.iter().rev().filter_map(|station| station.document.as_ref());
    coverage.tell(|camera| camera_name(documents(), camera), report);
    tell_day(&stations, report);
    judge_provenance(&stations, options, report);
    if untrusted {
        report.provenance = Provenance::UntrustedKey;
    }
    let document = stations.last().and_then(|station| station.document.clone());
    let bags: Vec<Bag> = stations.into_iter().flat_map(|station| station.bags).collect();
    summarize(&sources, &bags, report);
    ControlFlow::Continue(Examined { document, bags, excerpt: None })
}

/// The parts that can be opened.
fn list_all(sources: &[Source], report: &mut Report) -> Vec<Listed> {
    let mut listed = Vec::new();
    for source in sources {
        match File::open(&source.path) {
            Ok(file) => listed.extend(Listed::open(&source.label, file, report)),
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                report.fault(Integrity::CannotVerify, Place::part(&source.label), message);
            }
        }
    }
    listed
}

/// Reads every byte of these parts, once; holds videos to their indexes if that is asked for.
fn read_all(
    listed: Vec<Listed>,
    with_indexes: bool,
    report: &mut Report,
    meter: &mut Meter,
) -> ControlFlow<(), Vec<Bag>> {
    let sums = sums_of_all(&listed, with_indexes, meter)?;
    ControlFlow::Continue(bags(listed, sums, report))
}

/// What the files of each part came to, in the order of both.
type AllSums = Vec<Vec<io::Result<Sums>>>;

fn sums_of_all(listed: &[Listed], with_indexes: bool, meter: &mut Meter) -> ControlFlow<(), AllSums> {
    let jobs: Vec<Vec<Job>> = listed.iter().map(|part| part.jobs(with_indexes)).collect();
    let counts: Vec<usize> = jobs.iter().map(Vec::len).collect();
    let jobs: Vec<Job> = jobs.into_iter().flatten().collect();
    let mut sums = sums_of(&jobs, meter)?.into_iter();
    ControlFlow::Continue(counts.into_iter().map(|count| sums.by_ref().take(count).collect()).collect())
}

fn bags(listed: Vec<Listed>, sums: AllSums, report: &mut Report) -> Vec<Bag> {
    listed.into_iter().zip(sums).map(|(listed, sums)| Bag::of(listed, sums, report)).collect()
}

/// Where there are several, what was noted since says of which station it is.
fn tell_station(stations: &[Station], at: usize, since: Noted, report: &mut Report) {
    if stations.len() > 1 {
        report.place_at(&stations[at].day, since);
    }
}

/// As the newest document calls it.
fn camera_name<'a>(mut documents: impl Iterator<Item = &'a DayDocument>, id: &CameraId) -> String {
    let camera = documents.find_map(|document| document.cameras.iter().find(|camera| camera.id == *id));
    camera.map(|camera| camera.name.clone()).unwrap_or_default()
}

/// The report is that of the station which ended the day; the others stand in its list.
fn tell_day(stations: &[Station], report: &mut Report) {
    let Some((station, summary)) = stations.last().zip(report.stations.last()) else { return };
    let summary = summary.clone();
    report.day = Some(station.day.clone());
    report.time_zone = station.document.as_ref().map(|document| document.time_zone);
    report.records = summary.records;
    report.restarts = summary.restarts;
    report.signer = summary.signer;
    report.opening_code = summary.opening_code;
    report.closing_code = summary.closing_code;
}

/// Whose archive it is. An act that agrees also vouches for a restart that no key vouches for. It is
/// that of the station which ended the day, and reaches as far back as each one knew the one before.
fn judge_provenance(stations: &[Station], options: &VerifyOptions, report: &mut Report) {
    let mut anchored = false;
    if let (Some(act), Some(journal)) =
        (&options.act, stations.last().and_then(|station| station.journal.as_ref()))
    {
        let journal = &journal.report;
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
    let vouched = |at: usize| anchored && stations[at..stations.len() - 1].iter().all(|old| old.continued);
    for (at, station) in stations.iter().enumerate().filter(|(at, _)| !vouched(*at)) {
        let Some(journal) = station.journal.as_ref().filter(|journal| journal.report.unlinked > 0) else {
            continue;
        };
        let message = Message::new("archive-restart-unlinked").with("count", journal.report.unlinked);
        let before = report.noted();
        report.fault(Integrity::Incomplete, Place::default(), message);
        tell_station(stations, at, before, report);
    }
    let mut mistrusted = false;
    for (at, station) in stations.iter().enumerate() {
        let before = report.noted();
        mistrusted |= is_mistrusted(station, options, report);
        tell_station(stations, at, before, report);
    }
    report.provenance = match &options.signers {
        Some(_) if mistrusted => Provenance::UntrustedKey,
        _ if anchored => Provenance::Anchored,
        Some(_) => Provenance::KnownKey,
        None => Provenance::Unchecked,
    };
}

/// Whether the list of signers does not trust the station's key; why not, is noted.
fn is_mistrusted(station: &Station, options: &VerifyOptions, report: &mut Report) -> bool {
    // Nobody vouches for it.
    let Some(key) = station.key else { return true };
    rotations::is_mistrusted(key, &station.rotations, &station.day, options, report)
}

/// Where the parts lie that a report tells of: it was made of these paths, a moment ago.
pub(in crate::archive) fn part_paths(paths: &[PathBuf], report: &Report) -> Vec<(PathBuf, PartSummary)> {
    let sources = source::sources(paths, &mut Report::new()).parts.into_iter().map(|source| source.path);
    sources.zip(report.parts.iter().cloned()).collect()
}

fn summarize(sources: &[Source], bags: &[Bag], report: &mut Report) {
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
