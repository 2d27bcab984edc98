//! The files of an archive that was looked at, for who takes them out.

use std::collections::HashSet;
use std::fs::File;

use super::bag::Bag;
use crate::archive::name::segment_of;
use crate::archive::zip::Entry;
use crate::archive::{Integrity, Report};
use crate::signing::Digest;

/// The files of one part.
#[derive(Debug)]
pub struct Contents {
    /// The part's file as given.
    pub label: String,
    pub file: File,
    /// In the order of their names.
    pub files: Vec<Found>,
}

/// One file in a part, as it was read.
#[derive(Clone, Debug)]
pub struct Found {
    pub entry: Entry,
    pub sha256: Digest,
    /// It is what was signed: the signed lists have it as it is, and no fault names it.
    pub holds: bool,
}

impl Contents {
    pub(super) fn of(bag: Bag, report: &Report) -> Self {
        // Of faults beyond those listed nobody knows what they name.
        let mut whole_part = report.more_faults > 0 || bag.signer.is_none();
        let (mut paths, mut segments) = (HashSet::new(), HashSet::new());
        for fault in report.faults.iter().filter(|fault| fault.effect >= Integrity::CannotVerify) {
            let place = &fault.place;
            match (place.part.as_deref() == Some(&*bag.label), &place.file, &place.camera) {
                (false, ..) => {}
                (true, Some(path), _) => drop(paths.insert(path.as_str())),
                (true, None, Some(camera)) => drop(segments.insert((camera, place.segment))),
                (true, None, None) => whole_part = true,
            }
        }
        let holds = |path: &str, file: &super::bag::BagFile| {
            let of_segment = segment_of(path)
                .is_some_and(|(camera, segment, _)| segments.contains(&(&camera, Some(segment))));
            let as_listed = file.holds() || file.listed.is_none();
            !whole_part && as_listed && !of_segment && !paths.contains(path)
        };
        let files = bag.files.iter().map(|(path, file)| Found {
            entry: file.entry.clone(),
            sha256: file.sha256,
            holds: holds(path, file),
        });
        let files = files.collect();
        Self { label: bag.label, file: bag.file, files }
    }
}
