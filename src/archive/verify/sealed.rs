//! One sealed part by itself, for who goes on working with it.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use super::bag::Listed;
use super::progress::Meter;
use super::read_all;
use crate::archive::{Integrity, PartName, Report};
use crate::signing::{Digest, PublicKey};

/// A part that is as it was sealed.
#[derive(Debug)]
pub struct Sealed {
    pub name: PartName,
    /// Of its tag manifest.
    pub hash: Digest,
    pub signer: PublicKey,
    /// Its tag manifest: what signatures are over.
    #[cfg_attr(not(feature = "station"), expect(dead_code, reason = "only a station countersigns"))]
    pub signed: Vec<u8>,
}

/// Reads all of a part. None: it can't be read, or something of it is not as it was sealed.
pub fn sealed(path: &Path) -> Option<Sealed> {
    let file = File::open(path).ok()?;
    let mut report = Report::new();
    let mut go_on = |_, _| ControlFlow::Continue(());
    let part = Listed::open("", file, &mut report)?;
    let meter = &mut Meter::new(0, &mut go_on);
    let bag = read_all(vec![part], false, &mut report, meter).continue_value()?.pop()?;
    let mut listed = bag.files.iter().filter(|(path, _)| path.starts_with("data/"));
    if report.integrity != Integrity::Valid || !listed.all(|(_, file)| file.holds()) {
        return None;
    }
    let signed = bag.signed_bytes()?;
    Some(Sealed { hash: bag.hash?, signer: bag.signer?, name: bag.name, signed })
}
