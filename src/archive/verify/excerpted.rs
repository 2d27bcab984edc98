//! An excerpt in the place of an archive: it proves itself, and is judged alone.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;

use super::source::Source;
use super::{Contents, Meter, OnProgress, VerifyOptions, rotations};
use crate::archive::excerpt::{Judged, judge};
use crate::archive::{Integrity, PartSummary, Place, Provenance, Report};
use crate::i18n::Message;

/// Judges an excerpt that is one of so many files; gives what it holds.
pub fn examine(
    source: &Source,
    sources: usize,
    options: &VerifyOptions,
    on_progress: OnProgress,
    report: &mut Report,
) -> ControlFlow<(), Option<Contents>> {
    let unreadable = |error: io::Error| Message::new("archive-unreadable").with("detail", error.to_string());
    let file = match File::open(&source.path) {
        Ok(file) if sources == 1 => file,
        other => {
            let message = other.map_or_else(unreadable, |_| Message::new("excerpt-not-alone"));
            report.fault(Integrity::CannotVerify, Place::part(&source.label), message);
            return ControlFlow::Continue(None);
        }
    };
    let meter = &mut Meter::new(source.bytes, on_progress);
    let judged = judge(&source.label, file, report, meter)?;
    judge_provenance(&judged, options, report);
    report.parts.push(PartSummary {
        file: source.label.clone(),
        bytes: source.bytes,
        name: judged.name.clone(),
        sha256: None,
        intact: report.faults.is_empty(),
    });
    ControlFlow::Continue(Some(judged.contents(report)))
}

/// As of an archive, but that nobody can count the restarts.
fn judge_provenance(judged: &Judged, options: &VerifyOptions, report: &mut Report) {
    report.signer = judged.key.map(|key| key.fingerprint());
    let mut anchored = false;
    if let (Some(act), Some(anchors)) = (&options.act, &judged.anchors) {
        let agrees = [
            (anchors.opening == act.opening, "archive-act-opening"),
            (anchors.closing == Some(act.closing), "archive-act-closing"),
        ];
        for (_, id) in agrees.iter().filter(|(agrees, _)| !agrees) {
            report.fault(Integrity::Tampered, Place::default(), Message::new(id));
        }
        anchored = agrees.iter().all(|(agrees, _)| *agrees);
    }
    if let Some(anchors) = judged.anchors.as_ref().filter(|anchors| !anchored && anchors.unlinked > 0) {
        let message = Message::new("archive-restart-unlinked").with("count", anchors.unlinked);
        report.fault(Integrity::Incomplete, Place::default(), message);
    }
    let mistrusted = match judged.key.zip(report.day.clone()) {
        Some((key, day)) => rotations::is_mistrusted(key, &judged.rotations, &day, options, report),
        // Nobody vouches for it.
        None => true,
    };
    report.provenance = match &options.signers {
        Some(_) if mistrusted => Provenance::UntrustedKey,
        _ if anchored => Provenance::Anchored,
        Some(_) => Provenance::KnownKey,
        None => Provenance::Unchecked,
    };
}
