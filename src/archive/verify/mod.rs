//! Judging an archive by its bytes alone.

mod act;
mod bag;
mod manifest;
mod progress;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

pub use act::{Act, BadAct};
use bag::Bag;
pub(in crate::archive) use progress::Meter;
pub use progress::OnProgress;

use super::{Integrity, PartName, Report};
use crate::signing::{Digest, PublicKey};

/// The hash of a part that was just closed, if all of it is as it should be and signed with `key`.
pub(in crate::archive) fn sealed_part_holds(path: &Path, name: &PartName, key: &PublicKey) -> Option<Digest> {
    let file = File::open(path).ok()?;
    let mut report = Report::new();
    let mut go_on = |_, _| ControlFlow::Continue(());
    let bag = match Bag::open("", file, &mut report, &mut Meter::new(0, &mut go_on)) {
        ControlFlow::Continue(Some(bag)) => bag,
        _ => return None,
    };
    let whole = report.integrity == Integrity::Valid
        && bag.name.as_ref() == Some(name)
        && bag.signer == Some(*key)
        && bag.files.values().filter(|file| file.entry.name.as_str().contains("/data/")).all(|f| f.holds());
    if whole { bag.hash } else { None }
}
